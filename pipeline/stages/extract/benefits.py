"""Of which benefit a figure is: the contingency that the words beside it name, or its headings, its act, or its kind.

Beside a figure several contingencies may be named in passing ("a child with a disability", "insured for sickness"). What its
own clause names holds; then what the headings above it agree on, then its sentence and what else stands near, then the title
of its act. Within a law on employment injuries invalidity, death and care are those benefits of employment injury.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Contingency
from lexfloor.pipeline.stages.extract.around import Around, contingency

GROUP = "contingencies"
IMPLIED = {"pensionable_age": Contingency.OLD_AGE, "accrual_rate": Contingency.OLD_AGE, "degree_of_incapacity": Contingency.INVALIDITY}
"""Contingencies of the kinds of figure that hardly another has."""
OWN_AGE = "pensionable_age"
"""A kind that is of its implied contingency unless its own sentence names another: an invalidity pension, too, mentions the age."""
BY_INJURY = (Contingency.INVALIDITY, Contingency.SURVIVORS, Contingency.MEDICAL_CARE, Contingency.SICKNESS)
"""Benefits that an employment injury gives rise to (C102 Art. 32)."""
OF_HEALTH = "degree_of_incapacity"
"""A kind that every contingency of health uses: the words of its sentence tell more than the headings."""


def benefit(around: Around, kind: str) -> Contingency | None:
    """Return the contingency of the benefit that a figure of a kind belongs to; None where nothing tells."""
    above = _first_alone(around.heading, around.path)
    nearest = contingency(around)
    if kind == OWN_AGE and not _named(around.own):
        return IMPLIED[kind]
    if above is not None and kind != OF_HEALTH and not _in_clause(around):
        nearest = above
    headings = {*_named(around.heading), *_named(around.path), *_named(around.title)}
    if nearest in BY_INJURY and Contingency.EMPLOYMENT_INJURY in headings and nearest not in headings:
        return Contingency.EMPLOYMENT_INJURY
    return nearest or IMPLIED.get(kind) or _first_alone(around.title)


def _first_alone(*places: Sequence[Hit]) -> Contingency | None:
    """Return the contingency of the first place that names any, None where that names several."""
    named = next((found for place in places if (found := _named(place))), set())
    return named.pop() if len(named) == 1 else None


def _in_clause(around: Around) -> bool:
    start, end = around.setting.clause
    return bool(_named(hit for hit in around.own if start <= hit.start < end))


def _named(hits: Iterable[Hit]) -> set[Contingency]:
    return {Contingency(hit.label) for hit in hits if hit.group == GROUP}
