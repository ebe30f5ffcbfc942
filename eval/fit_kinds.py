"""Fit the model that tells what a figure of law measures, on figures noted by people, and score it on countries it has not seen.

python -m lexfloor.eval.fit_kinds --gold ../shared/gold/dev --laws ../shared/laws [--write]

Each country is scored by a model fitted on all others; ``--write`` ships the model fitted on all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.kind_examples import Example, JudgedCountry, is_noted, judged_country
from lexfloor.eval.kind_fitting import fitted
from lexfloor.models.kinds import HELD_OUT, SHIPPED, KindModel
from lexfloor.pipeline.stages.extract.details import with_payer
from lexfloor.pipeline.stages.extract.kinds import kind_of

WEIGHTS = Path(__file__).resolve().parents[1] / "models" / "weights"


@dataclass
class Score:
    """Counts of one country or kind: figures noted, those whose value and unit were read, those given their kind; and of those told, the right ones."""

    noted: int = 0
    read: int = 0
    found: int = 0
    told: int = 0
    right: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of another."""
        self.noted, self.read, self.found = self.noted + other.noted, self.read + other.read, self.found + other.found
        self.told, self.right = self.told + other.told, self.right + other.right

    def line(self, name: str) -> str:
        """Return a line of the report."""
        recall, reached, precision = (_share(a, b) for a, b in ((self.found, self.noted), (self.found, self.read), (self.right, self.told)))
        counted = f"{name:28s} noted {self.noted:4d}  value read {_share(self.read, self.noted)}"
        return f"{counted}  recall {recall}  of those read {reached}  precision in quotes {precision} of {self.told}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:5.3f}" if whole else "    -"


def scored(country: JudgedCountry, model: KindModel) -> dict[str, Score]:
    """Return the counts of one country by kind.

    A figure noted is read where its section holds a figure of its value and unit, and found where such a one is given its
    kind; of the figures inside quotes that are given a kind those are right that people noted so.
    """
    scores: dict[str, Score] = {}
    told = [(example, _told(example, model)) for example in country.examples]
    for figure in country.noted:
        sections = {(example.file, example.section) for example, _ in told if example.file == figure.file and example.start < figure.end and figure.start < example.end}
        near = [(example, kind) for example, kind in told if (example.file, example.section) in sections and is_noted(example.around, figure)]
        score = scores.setdefault(figure.kind, Score())
        score.noted += 1
        score.read += bool(near)
        score.found += any(kind == figure.kind for _, kind in near)
    for example, kind in told:
        if example.judged and kind is not None:
            score = scores.setdefault(kind, Score())
            score.told += 1
            score.right += kind in example.kinds
    return scores


def _told(example: Example, model: KindModel) -> str | None:
    kind, _ = kind_of(example.around, model)
    return with_payer(kind, example.around) if kind else None


def held_out(countries: Sequence[JudgedCountry]) -> Iterator[tuple[str, KindModel, dict[str, Score]]]:
    """Yield each country with a model fitted on all others, and its counts by kind as that model tells them."""
    for country in countries:
        others = [example for other in countries if other is not country for example in other.examples]
        model = fitted(others)
        yield country.country, model, scored(country, model)


def main() -> None:
    """Score each country by a model that has not seen it; with --write fit on all and ship."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files, one a country")
    parser.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    parser.add_argument("--write", action="store_true", help="fit on all countries and write models/weights/ of this checkout")
    asked = parser.parse_args()
    standard = load_standard("c102")
    countries = [judged_country(path, standard, asked.laws) for path in sorted(asked.gold.glob("*.json"))]
    whole = Score()
    kinds: dict[str, Score] = {}
    models = {}
    for name, model, scores in held_out(countries):
        models[name] = model.content()
        total = Score()
        for kind, score in scores.items():
            total.add(score)
            kinds.setdefault(kind, Score()).add(score)
        whole.add(total)
        print(total.line(name))  # noqa: T201 - this module is a command
    for kind, score in sorted(kinds.items()):
        print(score.line(kind))  # noqa: T201
    print(whole.line("all"))  # noqa: T201
    if asked.write:
        known = [example for country in countries for example in country.examples]
        about = {
            "fitted_on": [country.country for country in countries],
            "examples": len(known),
            "held_out": {
                "recall": round(whole.found / whole.noted, 3),
                "recall_of_read": round(whole.found / whole.read, 3),
                "precision_in_quotes": round(whole.right / whole.told, 3),
            },
        }
        (WEIGHTS / SHIPPED).write_text(json.dumps(fitted(known, about).content(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        lines = (f"{json.dumps(name)}: {json.dumps(content, ensure_ascii=False)}" for name, content in models.items())
        (WEIGHTS / HELD_OUT).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
