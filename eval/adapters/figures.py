"""The suite ``figures``: is what a figure of law measures told, and is what is told right, over whole laws?

Table ``gold``: a row for each figure that people noted; it counts as read where any provision of the laws judged has a figure
of its kind, value and unit, and, more narrowly, where its own section has. Table ``judged``: a row for each figure that was
drawn at random and judged. A sample holds so many figures that the extractor of its day gave a kind ("told") and so many of all
others; ``weight`` is for how many figures of the country's law a row stands. Precision is therefore that of the extractor of
that day only in its own sample, and of a later one by the weighted shares. Samples that models are fitted on are told from those
held apart; these are what counts. Each
country is read by a kinds model that has not seen it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.figure_samples import FigureSample, JudgedPlace, sampled_laws, stored_samples
from lexfloor.eval.figure_samples.places import LawFigure, SectionFigures, section_figures
from lexfloor.eval.kind_examples import SAME, Noted, class_of, close, noted_figures
from lexfloor.eval.labelled import check_judgements
from lexfloor.eval.metrics.calibration import calibration_error
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.models.kinds import NONE, Calibration, held_out_kind_model
from lexfloor.pipeline.figures_table import LISTED
from lexfloor.pipeline.records import Law, Parameter

LEAST = (0.3, 0.4, 0.5, LISTED, 0.8)
"""Confidences at which precision and recall are told together: the trade-off, and the one that figures are listed from."""


def predictions(asked: Asked) -> Tables:
    """Return the rows of all countries that have a gold file or a sample.

    Raises:
        DataFileError: a gold file or a sample is broken, or made on other laws; names file and entry.
    """
    standard = load_standard(asked.config.standard)
    samples = stored_samples(asked.data["samples"])
    gold = {path.stem: path for path in sorted(asked.data["gold"].glob("*.json"))}
    countries = [country for country in sorted({*gold, *(sample.country for sample in samples)}) if asked.wanted(country)]
    tables: Tables = {"gold": [], "judged": []}
    for number, country in enumerate(countries):
        asked.report(country, number, len(countries))
        judged = check_judgements(gold[country], standard, asked.data["laws"]) if country in gold else None
        own = [sample for sample in samples if sample.country == country]
        laws: dict[str, Law] = dict(judged.laws) if judged else {}
        for sample in own:
            laws |= sampled_laws(sample, asked.data["laws"])
        model = held_out_kind_model(country, asked.config.weights_folder)
        sections = list(section_figures(laws.values(), standard, model))
        if judged:
            inside = [found for found in sections if found.law.file in judged.laws]
            tables["gold"] += gold_rows(country, judged.judgements.language, noted_figures(judged, standard), inside, model.calibration)
        figures = [figure for found in sections for figure in found.figures]
        for sample in own:
            tables["judged"] += judged_rows(sample, laws, figures, model.calibration)
    return tables


def gold_rows(country: str, language: str, noted: Sequence[Noted], sections: Sequence[SectionFigures], calibration: Calibration) -> Iterator[Row]:
    """Yield a row for each figure that people noted of a country: whether it is read, anywhere and in its section."""
    for number, figure in enumerate(noted):
        told = [parameter for found in sections for parameter in found.parameters if _same(parameter, figure)]
        own = [found for found in sections if found.law.file == figure.file and found.section.span.start < figure.end and figure.start < found.section.span.end]
        yield {
            "item": f"{country} {figure.requirement} noted {number}",
            "cluster": country,
            "country": country,
            "language": language,
            "requirement": figure.requirement,
            "kind": figure.kind,
            "value": figure.value,
            "unit": figure.unit,
            "quantity_read": any(_same_quantity(item, figure) for found in sections for item in found.figures),
            "quantity_in_section": any(_same_quantity(item, figure) for found in own for item in found.figures),
            "read": bool(told),
            "confidence": round(max((calibration.confidence(parameter.strength) for parameter in told), default=0.0), 3),
            "read_in_section": any(_same(parameter, figure) for found in own for parameter in found.parameters),
        }


def _same_quantity(item: LawFigure, figure: Noted) -> bool:
    """Tell whether value and unit are the same, whatever it is told to measure; a waiting period "from the fourth day" is 3 days."""
    quantity = item.around.quantity
    values = [quantity.value, quantity.high, quantity.value - 1 if quantity.ordinal and figure.kind == "waiting_period" else None]
    return quantity.unit == figure.unit and any(value is not None and close(value, figure.value) for value in values)


def _same(parameter: Parameter, figure: Noted) -> bool:
    values = (parameter.value, parameter.high)
    return (parameter.kind, parameter.unit) == (figure.kind, figure.unit) and any(value is not None and close(value, figure.value) for value in values)


def judged_rows(sample: FigureSample, laws: Mapping[str, Law], figures: Sequence[LawFigure], calibration: Calibration) -> Iterator[Row]:
    """Yield a row for each figure of a sample: what people judged it to be, and what is told of it now.

    ``figures`` are those of the laws; of one that is no longer read nothing is told.
    """
    for number, truth in enumerate(sample.figures, start=1):
        law = laws[sample.files[truth.file].file]
        there = [figure for figure in figures if figure.law.file == law.file and figure.start < truth.end and truth.start < figure.end]
        said = next((figure.parameter for figure in there if figure.parameter), None)
        yield {
            "item": f"{sample.sample} {sample.country} {number}",
            "cluster": sample.country,
            "country": sample.country,
            "language": law.language,
            "sample": sample.sample,
            "held_apart": not sample.for_training,
            "stratum": truth.stratum,
            "weight": sample.weight(truth.stratum),
            "doubtful": "yes" if truth.doubtful else "no",
            "judged_kind": truth.kind,
            "said_kind": said.kind if said else NONE,
            "is_figure": truth.kind != NONE,
            "said": said is not None,
            "confidence": round(calibration.confidence(said.strength), 3) if said else 0.0,
            **(_marks(said, truth) if said else dict.fromkeys(("right", "kind_right", "comparator_right", "contingency_right"), False)),
        }


def _marks(said: Parameter, truth: JudgedPlace) -> dict[str, bool]:
    """Return what is right of a parameter, by the judgement on its place; its kind alone leaves the payer of a contribution aside."""
    return {
        "right": said.kind == SAME.get(truth.kind, truth.kind) and said.unit == truth.unit and close(said.value, truth.value),
        "kind_right": class_of(said.kind) == class_of(truth.kind),
        "comparator_right": said.comparator == truth.comparator,
        "contingency_right": (said.contingency or None) == truth.contingency,
    }


def _share(column: str, rows: Columns) -> float:
    return float(np.mean(rows[column].astype(float))) if rows[column].size else np.nan


def _weighted(column: str, rows: Columns) -> float:
    weights = rows["weight"].astype(float)
    return float(np.average(rows[column].astype(float), weights=weights)) if weights.sum() else np.nan


def _said(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["said"].astype(bool))


def _held_apart(least: float, rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["held_apart"].astype(bool) & _said(rows) & (rows["confidence"].astype(float) >= least))


def _listed(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["confidence"].astype(float) >= LISTED)


def _recall_from(least: float, rows: Columns) -> float:
    return float(np.mean(rows["confidence"].astype(float) >= least)) if rows["confidence"].size else np.nan


def _gap(rows: Columns) -> float:
    return calibration_error(rows["confidence"].astype(float), rows["right"])


def _right(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["right"].astype(bool))


def _is_figure(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["is_figure"].astype(bool))


MEASURES = (
    Measure("gold/recall, kind, value and unit", "gold", partial(_share, "read")),
    *(Measure(f"gold/recall, confidence of {least} and more", "gold", partial(_recall_from, least)) for least in LEAST),
    Measure("gold/recall in the section of the quote", "gold", partial(_share, "read_in_section")),
    Measure("gold/recall, value and unit", "gold", partial(_share, "quantity_read")),
    Measure("gold/recall, value and unit in the section of the quote", "gold", partial(_share, "quantity_in_section")),
    Measure("held apart/precision, kind, value and unit", "judged", partial(_share, "right"), on=partial(_held_apart, 0.0)),
    *(Measure(f"held apart/precision, confidence of {least} and more", "judged", partial(_share, "right"), on=partial(_held_apart, least)) for least in LEAST),
    Measure("held apart/confidence off by", "judged", _gap, "lower", on=partial(_held_apart, 0.0)),
    Measure("judged/precision, kind, value and unit", "judged", partial(_share, "right"), on=_said),
    Measure(f"judged/precision, confidence of {LISTED} and more", "judged", partial(_share, "right"), on=_listed),
    Measure("judged/precision, weighted as in the laws", "judged", partial(_weighted, "right"), on=_said),
    Measure("judged/precision, kind alone", "judged", partial(_share, "kind_right"), on=_said),
    Measure("judged/comparator right, of the right", "judged", partial(_share, "comparator_right"), on=_right),
    Measure("judged/contingency right, of the right", "judged", partial(_share, "contingency_right"), on=_right),
    Measure("judged/recall, weighted as in the laws", "judged", partial(_weighted, "right"), on=_is_figure),
)
