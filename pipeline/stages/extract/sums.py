"""Sums: "six weeks before and eight weeks after confinement" is one duration of fourteen weeks.

Where two durations of the same unit stand together in one sentence or list, or as the labels of two short sentences, one of
them the time before the birth and the other the time after it (cases of the language data), they are parts of one leave.
Where the sentence states the whole ("84 days, of which 42 before and 42 after"), that is the leave, however little else says
so; otherwise a parameter is added that spans both parts. The parts stay as they are, for whoever asks when the leave begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from lexfloor.pipeline.numbers import convert
from lexfloor.pipeline.records import Contingency, Parameter, Provision, Span
from lexfloor.pipeline.stages.extract.around import DURATIONS, Around, contingency
from lexfloor.pipeline.stages.extract.birth import AFTER, BEFORE, side_after, side_before
from lexfloor.pipeline.stages.extract.details import COMPULSORY
from lexfloor.pipeline.stages.extract.parameters import parameter

SUMMED = "maximum_duration"
WHOLE = "before_birth + after_birth"
"""Qualifier of a sum."""
PARENTS = "parental"
"""Case of leave that is not the mother's alone: hers is a part of it."""
LIMIT = "deadline"
"""List of the words by which a date is bounded ("not earlier than"); what they bound is no part of a leave."""
BOUND = 3
"""Characters between a bounding word and the figure that it bounds."""
ADDED, STATED = 0.5, 0.8
"""Probability, at least, of a duration that two parts amount to, and of one that a sentence states beside parts that amount to it."""

Told = tuple[Around, Parameter | None]
"""A figure and what was told of it, None where that was nothing."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The time before a birth and the time after it, in order of the text."""

    first: Around
    second: Around

    @property
    def total(self) -> float:
        """Return what they amount to, in their unit."""
        return round(self.first.quantity.value + self.second.quantity.value, 4)


def with_sums(section: Provision, told: Sequence[Told]) -> Iterator[Parameter]:
    """Yield the parameters told of a section, in order, with the durations that their parts amount to."""
    found = {id(around): parameter for around, parameter in told}
    added: dict[int, Parameter] = {}
    for parts in _all_parts([around for around, _ in told if around.family == DURATIONS]):
        whole = _whole(parts, told)
        if whole is None:
            added[id(parts.second)] = _sum(section, parts, [parameter for parameter in found.values() if parameter is not None])
            continue
        known = found[id(whole)]
        kept = (known, found[id(parts.first)], found[id(parts.second)])
        strength = max(STATED if _equal(whole, parts) else ADDED, *(one.strength for one in kept if one is not None), 0.0)
        if known is None or known.kind != SUMMED or known.strength < strength:
            found[id(whole)] = _of_both(parameter(section, whole, SUMMED, strength))
    for around, _ in told:
        if (own := found[id(around)]) is not None:
            yield own
        if id(around) in added:
            yield added[id(around)]


def _all_parts(durations: Sequence[Around]) -> Iterator[_Parts]:
    """Yield the pairs of periods that are the time before a birth and the time after it; none is a part twice."""
    taken: Around | None = None
    for first, second in pairwise(durations):
        if first is not taken and _are_parts(first, second):
            taken = second
            yield _Parts(first, second)


def _are_parts(first: Around, second: Around) -> bool:
    one, other = first.quantity, second.quantity
    if one.unit != other.unit or one.ordinal is not other.ordinal or any(contingency(around) is not Contingency.MATERNITY for around in (first, second)):
        return False
    if _is_bound(first) or _is_bound(second):
        return False
    if _together(first, second) and {side_after(first), side_after(second)} == {BEFORE, AFTER}:
        return True
    return (_together(first, second) or first.setting.sentence == second.setting.before) and {side_before(first), side_before(second)} == {BEFORE, AFTER}


def _whole(parts: _Parts, told: Sequence[Told]) -> Around | None:
    """Return the duration of which a sentence says that the two are parts: one before them that is both together, or longer."""
    before = [around for around, _ in told if around.family == DURATIONS and not around.quantity.ordinal and around.quantity.end <= parts.first.quantity.start]
    near = [around for around in before if _together(around, parts.first) and contingency(around) is Contingency.MATERNITY and not _of_parents(around)]
    equal = [around for around in near if _equal(around, parts)]
    kinds = {id(around): known.kind for around, known in told if known is not None}
    longer = [around for around in near if kinds.get(id(around), SUMMED) == SUMMED and _is_longer(around, parts)]
    return next(reversed(equal or longer), None)


def _is_longer(around: Around, parts: _Parts) -> bool:
    same = convert(around.quantity.value, around.quantity.unit, parts.first.quantity.unit)
    return same is not None and same.value > parts.total


def _equal(whole: Around, parts: _Parts) -> bool:
    return whole.quantity.unit == parts.first.quantity.unit and whole.quantity.value == parts.total


def _of_parents(around: Around) -> bool:
    start, end = around.setting.clause
    named = [hit for hit in around.own if hit.group == "cases" and hit.label == PARENTS]
    return any(start <= hit.start < end or 0 <= hit.start - around.quantity.end <= BOUND for hit in named)


def _sum(section: Provision, parts: _Parts, told: Sequence[Parameter]) -> Parameter:
    """Return the sum of two parts, as likely as the likelier of them is where the section states it most clearly."""
    one, other = parts.first.quantity, parts.second.quantity
    same = [known.strength for known in told if known.kind == SUMMED and known.unit == one.unit and known.value in (one.value, other.value)]
    made = parameter(section, parts.second, SUMMED, max((ADDED, *same)))
    return replace(
        _of_both(made),
        value=parts.total,
        comparator="exactly",
        high=None,
        span=Span(one.start, other.end),
        clause=Span(parts.first.setting.sentence[0], made.clause.end),
    )


def _of_both(whole: Parameter) -> Parameter:
    """Return a duration as one that lies on both sides of the birth."""
    others = [case for case in whole.qualifier.split(", ") if case == COMPULSORY]
    return replace(whole, qualifier=", ".join((WHOLE, *others)))


def _together(one: Around, other: Around) -> bool:
    """Tell whether two figures stand in one sentence, or in items of one list."""
    first, second = one.setting, other.setting
    return first.sentence == second.sentence or (second.chapeau is not None and second.chapeau in (first.chapeau, first.sentence))


def _is_bound(around: Around) -> bool:
    """Tell whether a figure is a bound of a date: "not earlier than six weeks before"."""
    return any(hit.group == "parameters" and hit.label == LIMIT and 0 <= around.quantity.start - hit.end <= BOUND for hit in around.own)
