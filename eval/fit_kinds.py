"""Fit the model that tells what a figure of law measures, on figures noted by people, and score it on countries it has not seen.

python -m lexfloor.eval.fit_kinds --gold ../shared/gold/dev --laws ../shared/laws [--write]

Each country is scored by a model fitted on all others; ``--write`` ships the model fitted on all. Beside the gold files the
model learns from figures drawn at random and judged (the sample "training" in corpora/annotations/figures); no other sample is
read, so that these stay unseen.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.figure_samples import JudgedPlace, stored_samples
from lexfloor.eval.figure_samples.stored import STORED
from lexfloor.eval.kind_calibration import Outcome, calibration, mean_gap, without
from lexfloor.eval.kind_examples import SAME, Example, JudgedCountry, close, is_noted, judged_country
from lexfloor.eval.kind_fitting import fitted, is_known
from lexfloor.models.kinds import HELD_OUT, SHIPPED, KindModel
from lexfloor.pipeline.stages.extract.details import with_payer
from lexfloor.pipeline.stages.extract.kinds import counted, kind_of

WEIGHTS = Path(__file__).resolve().parents[1] / "models" / "weights"


@dataclass
class Score:
    """Counts of one country or kind.

    Of the figures noted: those whose value and unit are read anywhere in the laws judged, those given their kind anywhere, and
    those given it in the section of their quote. Of the figures drawn at random: those given a kind, and of these the ones whose
    kind, value and unit are right.
    """

    noted: int = 0
    read: int = 0
    found: int = 0
    in_section: int = 0
    told: int = 0
    right: int = 0

    def add(self, other: Score) -> None:
        """Add the counts of another."""
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))

    def shares(self) -> dict[str, float]:
        """Return recall over whole laws and in the section of the quote, and precision of the figures drawn; nan where there are none."""
        recall, in_section, precision = ((self.found, self.noted), (self.in_section, self.noted), (self.right, self.told))
        named = {"recall": recall, "recall_in_section": in_section, "precision": precision}
        return {name: round(part / whole, 3) if whole else math.nan for name, (part, whole) in named.items()}

    def line(self, name: str) -> str:
        """Return a line of the report."""
        shares = "  ".join(f"{key} {value:5.3f}" for key, value in self.shares().items())
        return f"{name:28s} noted {self.noted:4d}, value read {self.read:4d}  {shares} of {self.told} told"


def scored(country: JudgedCountry, model: KindModel) -> dict[str, Score]:
    """Return the counts of one country by kind, as a model tells its figures."""
    scores: dict[str, Score] = {}
    told = [(example, _told(example, model)) for example in country.examples]
    for figure in country.noted:
        sections = {(example.file, example.section) for example, _ in told if example.file == figure.file and example.start < figure.end and figure.start < example.end}
        same = [(example, kind) for example, kind in told if is_noted(example.around, figure)]
        found = [example for example, kind in same if kind == figure.kind]
        score = scores.setdefault(figure.kind, Score())
        score.noted += 1
        score.read += bool(same)
        score.found += bool(found)
        score.in_section += any((example.file, example.section) in sections for example in found)
    for example, kind in told:
        if example.drawn and kind is not None:
            score = scores.setdefault(kind, Score())
            score.told += 1
            score.right += _right(example, example.drawn, kind)
    return scores


def _told(example: Example, model: KindModel) -> str | None:
    kind, _ = kind_of(example.around, model)
    return with_payer(kind, example.around) if kind else None


def _right(example: Example, truth: JudgedPlace, kind: str) -> bool:
    quantity = example.around.quantity
    return (kind, quantity.unit) == (SAME.get(truth.kind, truth.kind), truth.unit) and close(counted(quantity, kind), truth.value)


def outcomes(country: JudgedCountry, model: KindModel) -> list[Outcome]:
    """Return how strongly each figure drawn of a country was told, and whether rightly; figures that were told to be nothing are left out."""
    told = []
    for example in country.examples:
        kind, strength = kind_of(example.around, model) if example.drawn else (None, 0.0)
        if example.drawn and kind:
            told.append((strength, _right(example, example.drawn, with_payer(kind, example.around))))
    return told


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
    parser.add_argument("--samples", type=Path, default=STORED, help=f"folder of judged samples ({STORED}); an empty one shows what they are worth")
    parser.add_argument("--write", action="store_true", help="fit on all countries and write models/weights/ of this checkout")
    asked = parser.parse_args()
    standard = load_standard("c102")
    samples = [sample for sample in stored_samples(asked.samples) if sample.for_training]
    countries = [judged_country(path, standard, asked.laws, samples) for path in sorted(asked.gold.glob("*.json"))]
    whole = Score()
    kinds: dict[str, Score] = {}
    models: dict[str, KindModel] = {}
    known_country = {country.country: country for country in countries}
    told: dict[str, list[Outcome]] = {}
    for name, model, scores in held_out(countries):
        models[name] = model
        told[name] = outcomes(known_country[name], model)
        total = Score()
        for kind, score in scores.items():
            total.add(score)
            kinds.setdefault(kind, Score()).add(score)
        whole.add(total)
        print(total.line(name))  # noqa: T201 - this module is a command
    for kind, score in sorted(kinds.items()):
        print(score.line(kind))  # noqa: T201
    print(whole.line("all"))  # noqa: T201
    models = {name: replace(model, calibration=calibration(without(name, told))) for name, model in models.items()}
    sure = [(model.calibration.confidence(strength), right) for name, model in models.items() for strength, right in told[name]]
    print(f"confidence: off by {mean_gap(sure):.3f} on average, each country held out, of {len(sure)} told")  # noqa: T201
    if asked.write:
        known = [example for country in countries for example in country.examples]
        about = {"fitted_on": [country.country for country in countries], "examples": sum(map(is_known, known)), "held_out": whole.shares()}
        shipped = replace(fitted(known, about), calibration=calibration(without("", told)))
        (WEIGHTS / SHIPPED).write_text(json.dumps(shipped.content(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        lines = (f"{json.dumps(name)}: {json.dumps(model.content(), ensure_ascii=False)}" for name, model in models.items())
        (WEIGHTS / HELD_OUT).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
