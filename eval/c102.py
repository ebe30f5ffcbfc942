"""Measure a run against gold judgements: verdicts, evidence, confidence, by country.

python -m lexfloor.eval.c102 RUN --gold ../shared/gold/dev
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lexfloor.eval.metrics import agreement, calibration_error, first_hit, kappa, macro_f1
from lexfloor.pipeline.stages.segment.labels import number_of

DEPTHS = (1, 3, 5, 10)


@dataclass(frozen=True)
class Scores:
    """The measures of one country or of all: shares from 0 to 1."""

    name: str
    findings: int
    agreement: float
    kappa: float
    macro_f1: float
    calibration_error: float
    hits: dict[int, float]
    review: float


def judged_pairs(run: Path, gold: Path) -> Any:
    """Return a ``datasets.Dataset`` of what the run and people say of each requirement, one row a finding in both.

    Columns: country, requirement, gold, said, confidence, review, rank (of the first gold section among the matches, 0
    where it is not among them, -1 where gold cites none).
    """
    import pyarrow.parquet as pq
    from datasets import Dataset

    said = [json.loads(line) for line in (run / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for match in pq.read_table(run / "matches.parquet").to_pylist():
        found.setdefault((match["country"], match["requirement"]), []).append((match["file"], number_of(match["section"])))
    truth = {path.stem: {item["requirement"]: item for item in json.loads(path.read_text(encoding="utf-8"))["findings"]} for path in sorted(gold.glob("*.json"))}
    rows = []
    for finding in said:
        judged = truth.get(finding["country"], {}).get(finding["requirement"])
        if judged is None:
            continue
        wanted = frozenset((item["file"], number_of(item["section"])) for item in judged["evidence"] if not item.get("near_miss"))
        rank = first_hit(found.get((finding["country"], finding["requirement"]), []), wanted) or 0
        cited = judged["verdict"] != "not_addressed" and wanted
        rows.append(
            {
                "country": finding["country"],
                "requirement": finding["requirement"],
                "gold": judged["verdict"],
                "said": finding["verdict"],
                "confidence": finding["confidence"],
                "review": finding["review"],
                "rank": rank if cited else -1,
            }
        )
    return Dataset.from_list(rows)


def scores(name: str, rows: Sequence[dict[str, Any]]) -> Scores:
    """Return the measures of some rows of ``judged_pairs``."""
    gold, said = [row["gold"] for row in rows], [row["said"] for row in rows]
    ranked = [row["rank"] for row in rows if row["rank"] >= 0]
    hits = {depth: sum(0 < rank <= depth for rank in ranked) / max(1, len(ranked)) for depth in DEPTHS}
    right = [a == b for a, b in zip(gold, said, strict=True)]
    error = calibration_error([row["confidence"] for row in rows], right)
    return Scores(name, len(rows), agreement(gold, said), kappa(gold, said), macro_f1(gold, said), error, hits, sum(row["review"] for row in rows) / len(rows))


def table(measured: Sequence[Scores]) -> str:
    """Return the scores as a Markdown table."""
    heads = ["country", "findings", "agreement", "kappa", "macro-F1", "calibration error", *(f"hit@{depth}" for depth in DEPTHS), "for review"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for item in measured:
        cells = [item.name, str(item.findings), f"{item.agreement:.3f}", f"{item.kappa:.3f}", f"{item.macro_f1:.3f}", f"{item.calibration_error:.3f}"]
        lines.append("| " + " | ".join([*cells, *(f"{item.hits[depth]:.2f}" for depth in DEPTHS), f"{item.review:.2f}"]) + " |")
    return "\n".join(lines)


def fitted_on(run: Path) -> list[str]:
    """Return the countries whose judgements the run's verdict model was fitted on."""
    about = json.loads((run / "run.json").read_text(encoding="utf-8"))["models"]["verdict"]
    return list(about.get("fitted_on", []))


def main() -> None:
    """Print the scores of a run by country and over all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="folder that lexfloor screen wrote")
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files, one a country")
    asked = parser.parse_args()
    rows = list(judged_pairs(asked.run, asked.gold))
    if not rows:
        parser.error(f"no country of {asked.run} has a gold file in {asked.gold}")
    countries = sorted({row["country"] for row in rows})
    measured = [scores(name, [row for row in rows if row["country"] == name]) for name in countries]
    print(table([*measured, scores("all", rows)]))  # noqa: T201 - this module is a command
    if seen := sorted(set(countries) & set(fitted_on(asked.run))):
        print(f"\nThe verdict model was fitted on {', '.join(seen)}: their verdicts look better here than on new countries; see lexfloor.eval.fit.")  # noqa: T201


if __name__ == "__main__":
    main()
