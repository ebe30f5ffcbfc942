"""The suite ``maternity``: the length of maternity leave and the share of wages that countries pay, read off the notes on their law.

Each footnote of the benchmark is a section of law under a heading of its own; its figures are the pipeline's, and of these
the comparison with the requirement of the standard chooses, as it does for a law.

The benchmark gives weeks as whole numbers: 90 days are its 13 weeks, 45 days its 6. A figure in days or months is therefore
exact where its weeks, rounded to the nearest whole number, are the benchmark's; a figure in weeks where it is the same number.
A percentage is exact within half a point (two thirds are 66.7). Where the benchmark gives several percentages in words, each of
them counts as right; where its words hold no percentage ("Unpaid", "Flat rate benefit"), or where there is no footnote, nothing
is scored, and ``state`` says so.

Table ``figures``, a row for each country and quantity; its clusters are countries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from lexfloor.corpora.languages import language_rules
from lexfloor.corpora.standards import Requirement, Standard, load_standard
from lexfloor.eval.adapters.questions import LANGUAGE, section_of
from lexfloor.eval.labelled.readers.maternity import MaternityLeave, read_maternity
from lexfloor.eval.metrics.ranking import mean_of_known
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.numbers import converted, quantities
from lexfloor.pipeline.records import Match, Parameter, Provision
from lexfloor.pipeline.stages.classify.comparison import Comparison, answered_by, compare
from lexfloor.pipeline.stages.extract import extract

WEEKS, PERCENT = QUANTITIES = ("weeks", "percent")
CLOSE = {WEEKS: 0.5, PERCENT: 0.5}
"""How far a figure may lie from the benchmark's and still be the same, rounded."""
SCORED, NO_NOTE, NO_FIGURE = "scored", "no footnote", "no figure in the benchmark"
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_FRACTION = re.compile(r"(?<![\d/])(\d)/(\d)(?![\d/])")


class Asking(BaseModel):
    """What is asked of the notes on one quantity: the requirement that it answers, and the heading the note is read under."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requirement: str
    heading: str


class Options(BaseModel):
    """What the card may choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weeks: Asking
    percent: Asking


@dataclass(frozen=True, slots=True)
class Note:
    """What the benchmark says of one quantity of a country: the figures that count as right, and the words of its footnote."""

    country: str
    region: str
    quantity: str
    gold: tuple[float, ...]
    words: str


def predictions(asked: Asked) -> Tables:
    """Return a row for each country and quantity.

    Raises:
        DataFileError: the benchmark's file or the card's options are broken, or the standard has no such requirement.
    """
    try:
        options = Options.model_validate(asked.card.options)
    except ValidationError as error:
        raise DataFileError.of_validation(f"suite {asked.card.name}", "options", error) from error
    standard = load_standard(asked.config.standard)
    asking = {WEEKS: options.weeks, PERCENT: options.percent}
    requirements = {quantity: standard.requirement(item.requirement) for quantity, item in asking.items()}
    known = [leave for leave in read_maternity(asked.data["benchmark"]) if asked.wanted(leave.country)]
    rows = [row(note, asking[note.quantity].heading, requirements[note.quantity], standard) for leave in known for note in notes(leave)]
    return {"figures": rows}


def notes(leave: MaternityLeave) -> Iterator[Note]:
    """Yield what the benchmark says of a country, a note a quantity."""
    yield Note(leave.country, leave.region, WEEKS, (float(leave.weeks),), leave.weeks_note)
    rates = (leave.rate,) if leave.rate is not None else percentages(leave.wages)
    yield Note(leave.country, leave.region, PERCENT, rates, leave.wages_note)


def percentages(words: str) -> tuple[float, ...]:
    """Return the percentages in the words of the benchmark, in their order, fractions first.

    >>> percentages("6/7 or 100%"), percentages("Unpaid")
    ((85.7, 100.0), ())
    """
    fractions = [round(100 * int(top) / int(bottom), 1) for top, bottom in _FRACTION.findall(words) if 0 < int(top) < int(bottom)]
    return (*fractions, *(float(number) for number in _PERCENT.findall(words)))


def row(note: Note, heading: str, requirement: Requirement, standard: Standard) -> Row:
    """Return what the benchmark and the pipeline say of one quantity, and what became of the benchmark's figure on the way."""
    state = NO_NOTE if not note.words else SCORED if note.gold else NO_FIGURE
    scored = state == SCORED
    chosen, lost = looked(note, heading, requirement, standard) if note.words else (None, "")
    said = chosen.value if chosen else None
    return {
        "item": f"{note.country} {note.quantity}",
        "cluster": note.country,
        "region": note.region,
        "quantity": note.quantity,
        "state": state,
        "gold": note.gold[0] if note.gold else None,
        "all_gold": "; ".join(f"{figure:g}" for figure in note.gold),
        "said": round(said, 2) if said is not None else None,
        "as_written": f"{chosen.parameter.value:g} {chosen.parameter.unit}" if chosen else "",
        "found": float(said is not None) if scored else None,
        "exact": float(_is_right(chosen, note)) if scored else None,
        "error": min(abs(said - figure) for figure in note.gold) if scored and said is not None else None,
        "became": lost if scored else "",
    }


def looked(note: Note, heading: str, requirement: Requirement, standard: Standard) -> tuple[Comparison | None, str]:
    """Return the figure that the comparison chooses in a note, and what became of the benchmark's."""
    section = replace(section_of("note", note.words, 0, country=note.country, file=note.quantity, label="1"), heading=heading)
    found = list(extract([section], standard))
    chosen = compare(requirement, [_match(section, requirement)], {(section.file, section.id): found})
    return chosen, became(note, section, requirement, found, chosen)


def _match(section: Provision, requirement: Requirement) -> Match:
    """Return the section as what was found for a requirement: there is only this one."""
    return Match(section.country, requirement.id, section.file, section.id, section.section, 1, 0.0, 0.0, 0.0, section.span)


def _is_right(chosen: Comparison | None, note: Note) -> bool:
    return chosen is not None and same(chosen.value, chosen.parameter.unit, note)


def same(value: float, unit: str, note: Note) -> bool:
    """Return whether a value in the note's quantity is one of the benchmark's figures; ``unit`` is the one the figure is written in."""
    close = 0.0 if unit == WEEKS else CLOSE[note.quantity]
    return any(abs(value - figure) <= close for figure in note.gold)


def became(note: Note, section: Provision, requirement: Requirement, found: Sequence[Parameter], chosen: Comparison | None) -> str:
    """Return where the benchmark's figure was lost: "right", or the first step that does not have it.

    The steps: the note states it as a figure with its unit; the extractor keeps that figure; it takes it for the kind that the
    requirement measures; the comparison chooses it.
    """
    if _is_right(chosen, note):
        return "right"
    if not _has([(quantity.value, quantity.unit) for quantity in quantities(section.text, language_rules(LANGUAGE))], note):
        return "not read, or not stated by itself"
    if not _has([(parameter.value, parameter.unit) for parameter in found], note):
        return "left out as unclear"
    rule = requirement.rule
    kinds = answered_by(rule) if rule else ()
    if not _has([(parameter.value, parameter.unit) for parameter in found if parameter.kind in kinds], note):
        return "taken for another kind"
    return "another figure chosen"


def _has(figures: Sequence[tuple[float, str]], note: Note) -> bool:
    measured = [(converted(value, unit, note.quantity), unit) for value, unit in figures]
    return any(value is not None and same(value, unit, note) for value, unit in measured)


def _mean(column: str, quantity: str, rows: Columns) -> float:
    return mean_of_known(_numbers(rows[column])[rows["quantity"] == quantity])


def _numbers(values: NDArray[np.object_]) -> NDArray[np.float64]:
    return values.astype(np.float64)


def _share(column: str, value: str, quantity: str, rows: Columns) -> float:
    scored = (rows["quantity"] == quantity) & (rows["state"] == SCORED)
    return float(np.mean(rows[column][scored] == value)) if scored.any() else np.nan


LOST: Mapping[str, str] = {
    "not read, or not stated by itself": "not read",
    "left out as unclear": "left out",
    "taken for another kind": "taken for another kind",
    "another figure chosen": "not chosen",
}
MEASURES = (
    *(Measure(f"{quantity}/exact", "figures", partial(_mean, "exact", quantity)) for quantity in QUANTITIES),
    *(Measure(f"{quantity}/found", "figures", partial(_mean, "found", quantity)) for quantity in QUANTITIES),
    *(Measure(f"{quantity}/mean absolute error", "figures", partial(_mean, "error", quantity), "lower") for quantity in QUANTITIES),
    *(Measure(f"{quantity}/{name}", "figures", partial(_share, "became", value, quantity), "lower") for quantity in QUANTITIES for value, name in LOST.items()),
)
