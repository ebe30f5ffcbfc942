"""Fit the model that tells what a figure of law measures, on figures noted by people, and score it on countries it has not seen.

Each country is scored by a model fitted on all others. Beside the gold files the model learns from figures drawn at random and
judged (the samples "training" in corpora/annotations/figures); no other sample is read, so that these stay unseen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.eval.figure_samples import JudgedPlace, stored_samples
from lexfloor.eval.figure_samples.stored import STORED
from lexfloor.eval.kind_calibration import Outcome, calibration, without
from lexfloor.eval.kind_examples import SAME, Example, JudgedCountry, close, is_noted, judged_country
from lexfloor.eval.kind_fitting import fitted, is_known
from lexfloor.eval.metrics.calibration import calibration_error
from lexfloor.eval.training.judged import JudgedFile
from lexfloor.eval.training.scores import Scores
from lexfloor.models.kinds import HELD_OUT, SHIPPED, KindModel
from lexfloor.pipeline.stages.extract.details import with_payer
from lexfloor.pipeline.stages.extract.kinds import counted, kind_of


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

    def row(self) -> dict[str, float]:
        """Return the counts and shares as a card shows them, those that are known."""
        counts = {"noted": self.noted, "value read": self.read, "told": self.told}
        return counts | {name: share for name, share in self.shares().items() if not math.isnan(share)}


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


def fit(files: Sequence[JudgedFile], standard: Standard, folder: Path) -> dict[str, Scores]:
    """Fit on all countries and on all but each, write both files into ``folder``, and return the scores of countries held out, by country and by kind.

    Raises:
        DataFileError: judgements are faulty, or a sample was drawn of other laws.
        InputError: a law judged cannot be read.
    """
    samples = [sample for sample in stored_samples(STORED) if sample.for_training]
    countries = [judged_country(file.gold, standard, file.laws, samples) for file in files]
    by_country: dict[str, Score] = {}
    by_kind: dict[str, Score] = {}
    models: dict[str, KindModel] = {}
    told: dict[str, list[Outcome]] = {}
    by_name = {country.country: country for country in countries}
    for name, model, scores in held_out(countries):
        models[name], told[name] = model, outcomes(by_name[name], model)
        for kind, score in scores.items():
            by_country.setdefault(name, Score()).add(score)
            by_kind.setdefault(kind, Score()).add(score)
    whole = Score()
    for score in by_country.values():
        whole.add(score)
    models = {name: replace(model, calibration=calibration(without(name, told))) for name, model in models.items()}
    sure = [(model.calibration.confidence(strength), right) for name, model in models.items() for strength, right in told[name]]
    known = [example for country in countries for example in country.examples]
    about = {"fitted_on": [country.country for country in countries], "examples": sum(map(is_known, known)), "held_out": whole.shares()}
    shipped = replace(fitted(known, about), calibration=calibration(without("", told)))
    (folder / SHIPPED).write_text(json.dumps(shipped.content(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = (f"{json.dumps(name)}: {json.dumps(model.content(), ensure_ascii=False)}" for name, model in models.items())
    (folder / HELD_OUT).write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    tables = {"Figures, by country held out": by_country | {"all": whole}, "Figures, by kind": dict(sorted(by_kind.items()))}
    confidence: Scores = {"all": {"told": len(sure), "off by": round(calibration_error([said for said, _ in sure], [right for _, right in sure]), 4)}}
    return {name: {row: score.row() for row, score in rows.items()} for name, rows in tables.items()} | {"Confidence of figures, country held out": confidence}
