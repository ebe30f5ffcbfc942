"""Sums: "six weeks before and eight weeks after confinement" is one duration of fourteen weeks.

Where two durations of the same unit stand in one sentence, one of them the time before the birth and the other the time after
it (cases of the language data), a parameter is added that spans both; the two stay as they are, for whoever asks when the
leave begins. Where the sentence gives the sum itself, nothing is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Contingency, Parameter, Span
from lexfloor.pipeline.stages.extract.around import Around, contingency

SUMMED = "maximum_duration"
BEFORE, AFTER = "before_birth", "after_birth"
WHOLE = "before_birth + after_birth"
"""Qualifier of a sum."""

Told = tuple[Around, Parameter | None]
"""A figure and what was told of it, None where that was nothing."""


def sums(told: Sequence[Told]) -> Iterator[Parameter]:
    """Yield the parameters told of a section, in order, with the sums that they amount to."""
    added: dict[int, Parameter] = {}
    stated = [parameter for _, parameter in told if parameter is not None and parameter.kind == SUMMED]
    for first, second in pairwise(told):
        if (total := _sum(first, second)) is not None and not any(_states(parameter, total) for parameter in stated):
            added[id(second[0])] = total
    for around, parameter in told:
        if parameter is not None:
            yield parameter
        if id(around) in added:
            yield added[id(around)]


def _sum(first: Told, second: Told) -> Parameter | None:
    """Return the sum of two periods of maternity benefit, one the time before the birth and the other the time after it.

    One of the two at least was told to be a duration: the words of the other then need not say it again.
    """
    one, other = first[0].quantity, second[0].quantity
    known = max((parameter for _, parameter in (first, second) if parameter is not None and parameter.kind == SUMMED), key=_strength, default=None)
    if known is None or one.unit != other.unit or one.ordinal or other.ordinal or not _together(first[0], second[0]):
        return None
    if any(contingency(around) is not Contingency.MATERNITY for around, _ in (first, second)):
        return None
    if not any({side(first[0]), side(second[0])} == {BEFORE, AFTER} for side in (_side_after, _side_before)):
        return None
    return replace(
        known,
        value=round(one.value + other.value, 4),
        high=None,
        span=Span(one.start, other.end),
        clause=Span(first[0].setting.sentence[0], second[0].setting.sentence[1]),
        qualifier=WHOLE,
    )


def _strength(parameter: Parameter) -> float:
    return parameter.strength


def _together(first: Around, second: Around) -> bool:
    """Tell whether two figures stand in one sentence, or in items of one list."""
    one, other = first.setting, second.setting
    return one.sentence == other.sentence or (other.chapeau is not None and other.chapeau in (one.chapeau, one.sentence))


def _side_after(around: Around) -> str:
    """Return on which side of the birth a duration lies by the first phrase between it and the next figure: "six weeks before"."""
    last = min((other.start for other in around.others if other.start >= around.quantity.end), default=around.setting.sentence[1])
    return next((hit.label for hit in _sides(around) if around.quantity.end <= hit.start and hit.end <= last), "")


def _side_before(around: Around) -> str:
    """Return the same by the last phrase between the figure before it and it: "prenatal leave of six weeks"."""
    first = max((other.end for other in around.others if other.end <= around.quantity.start), default=around.setting.sentence[0])
    return next((hit.label for hit in reversed(_sides(around)) if first <= hit.start and hit.end <= around.quantity.start), "")


def _sides(around: Around) -> list[Hit]:
    return [hit for hit in around.own if hit.group == "cases" and hit.label in (BEFORE, AFTER)]


def _states(parameter: Parameter, total: Parameter) -> bool:
    """Tell whether a parameter is the sum, in the same sentence."""
    return parameter.unit == total.unit and parameter.value == total.value and total.clause.start <= parameter.span.start < total.clause.end
