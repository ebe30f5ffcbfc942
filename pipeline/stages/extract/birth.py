"""On which side of a birth a duration lies: "six weeks before confinement", "postnatal leave of 60 days"."""

from __future__ import annotations

from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.stages.extract.around import Around

BEFORE, AFTER = SIDES = ("before_birth", "after_birth")
"""Cases of the language data that mean something of maternity benefit alone: their lists hold as much as "before"."""
PART = "of_which"
RATE = "percent"
"""Unit of the figures that may stand between a duration and its side: "30 days with full pay before confinement"."""


def side(around: Around) -> str:
    """Return the side on which a duration lies, "before_birth" or "after_birth"; empty where nothing beside it says so."""
    return side_after(around) or side_before(around)


def side_after(around: Around) -> str:
    """Return the side by the first phrase between the duration and the next one: "six weeks before"."""
    following = [other.start for other in around.others if other.start >= around.quantity.end and other.unit != RATE]
    last = min((*following, of_which(around)))
    return next((hit.label for hit in _sides(around) if around.quantity.end <= hit.start and hit.end <= last), "")


def side_before(around: Around) -> str:
    """Return the side by the last phrase between the duration before it and it: "prenatal leave of six weeks"."""
    first = max((other.end for other in around.others if other.end <= around.quantity.start and other.unit != RATE), default=around.setting.sentence[0])
    return next((hit.label for hit in reversed(_sides(around)) if first <= hit.start and hit.end <= around.quantity.start), "")


def of_which(around: Around) -> int:
    """Return where the words after a duration turn to a part of it, the end of its sentence where they do not."""
    words = (hit.start for hit in around.own if hit.group == "cues" and hit.label == PART and hit.start >= around.quantity.end)
    return min(words, default=around.setting.sentence[1])


def _sides(around: Around) -> list[Hit]:
    return [hit for hit in around.own if hit.group == "cases" and hit.label in SIDES]
