"""Check a run's evidence against the laws: every quote must be the law's own text between its offsets.

python -m lexfloor.eval.quotes RUN --laws ../shared/laws
"""

from __future__ import annotations

import argparse
import json
from functools import cache
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.stages.ingest import read_law


def altered(run: Path, laws: Path) -> tuple[int, list[str]]:
    """Return how many quotes the run's findings hold, and those that are not the text of their file, with where they stand.

    ``laws`` holds the countries' folders; each file is read anew, as a run reads it.
    """

    @cache
    def text(country: str, file: str) -> str:
        return read_law(laws / country / file, country, file, IngestConfig()).text

    count, wrong = 0, []
    for line in (run / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        for item in finding["evidence"]:
            count += 1
            if collapsed(text(finding["country"], item["file"])[item["start"] : item["end"]]) != item["quote"]:
                wrong.append(f"{finding['country']} {finding['requirement']} {item['file']} {item['section']}")
    return count, wrong


def main() -> None:
    """Print how many quotes were checked and which are not verbatim; exit 1 where there are any."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path, help="folder that lexfloor screen wrote")
    parser.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    asked = parser.parse_args()
    count, wrong = altered(asked.run, asked.laws)
    print(f"{count} quotes, {len(wrong)} not verbatim", *wrong, sep="\n")  # noqa: T201 - this module is a command
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
