"""What is said of a figure beside its kind: comparator, payer, base, case and modality."""

from __future__ import annotations

from typing import Literal

from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Contingency
from lexfloor.pipeline.stages.extract.around import DURATIONS, Around, contingency
from lexfloor.pipeline.stages.extract.birth import SIDES, of_which, side
from lexfloor.pipeline.stages.extract.payers import payer

BESIDE, AFTER = 30, 18
"""Characters within which "at least" stands before its figure, and "or more" after it."""
NEXT = 3
"""Characters between "at least" and the figure right after it."""
OF_BASE = 70
"""Characters within which a percentage is followed by what it is taken of."""
_CONTRIBUTION = "contribution_rate"
_PAID = ("per_day", "per_week", "per_month", "per_year")
"""Cases that tell for what time an amount is paid or a rate accrues: the nearest holds, if it stands near."""
_OF_TIME, _OF_SUMS = ("residence",), (*_PAID, "means_tested")
"""Cases of periods alone, and of rates and amounts alone."""
NEAR_PAID = 120
"""Characters within which such a case stands beside its figure."""
COMPULSORY = "compulsory"
"""Case of the part of a leave during which nobody may work: it holds for the whole of its sentence."""


def comparator(around: Around) -> Literal["at_least", "at_most", "exactly"]:
    """Return how the figure bounds what it measures: the words beside it, those before it first."""
    start, end = around.quantity.start, around.quantity.end
    cues = [hit for hit in around.own if hit.group == "cues" and hit.label in ("at_least", "at_most")]
    before = [hit for hit in cues if hit.start < start and start - hit.end <= BESIDE]
    after = [hit for hit in cues if hit.start >= start and hit.start - end <= AFTER and not _of_a_part(hit, around)]
    chosen = before[-1] if before else after[0] if after else None
    if chosen is None:
        return "exactly"
    return "at_least" if chosen.label == "at_least" else "at_most"


def _of_a_part(cue: Hit, around: Around) -> bool:
    """Tell whether a cue after the figure stands right before another one or bounds a part: "98 days, of which at least 42" are 98 days."""
    return cue.start > of_which(around) or any(0 <= other.start - cue.end <= NEXT for other in around.others if other.start > around.quantity.start)


def with_payer(kind: str, around: Around) -> str:
    """Return the kind of a contribution rate with its payer, where the words name one."""
    named = payer(around) if kind == _CONTRIBUTION else ""
    return f"{kind}_{named}" if named else kind


def base(around: Around) -> str:
    """Return what a percentage is taken of: what follows it, else what stands before it in its sentence."""
    if around.quantity.unit not in ("percent", "times"):
        return ""
    named = [hit for hit in around.own if hit.group == "bases"]
    after = [hit for hit in named if hit.end > around.quantity.start and hit.start - around.quantity.end <= OF_BASE]
    before = [hit for hit in named if hit.end <= around.quantity.start]
    return after[0].label if after else before[-1].label if before else ""


def qualifier(around: Around) -> str:
    """Return for whom or in which case the figure holds, names of the language data's lists joined by ", "; empty where nothing is said."""
    barred = (*SIDES, *(_OF_SUMS if around.family == DURATIONS else _OF_TIME), *_PAID)
    cases = [hit for hit in around.own if hit.group == "cases" and hit.label not in barred]
    clause = [hit for hit in cases if around.setting.clause[0] <= hit.start < around.setting.clause[1]]
    listed = [hit for hit in (*around.chapeau, *around.heading) if hit.group == "cases" and hit.label not in barred]
    named = [*(hit.label for hit in (clause or cases or listed)), *_paid(around)]
    if any(hit.label == COMPULSORY for hit in cases):
        named.append(COMPULSORY)
    if contingency(around) is Contingency.MATERNITY and (lies := side(around)):
        named.append(lies)
    return ", ".join(dict.fromkeys(named))


def _paid(around: Around) -> list[str]:
    """Return for what time an amount is paid or a rate accrues: one name, or none."""
    near = [hit for hit in around.own if hit.group == "cases" and hit.label in _PAID and around.gap(hit) <= NEAR_PAID]
    return [min(near, key=around.gap).label] if near and around.family != DURATIONS else []


def modality(around: Around) -> Literal["shall", "may", ""]:
    """Return whether the clause grants ("shall") or leaves it to a decision ("may"); empty where it says neither."""
    words = [hit for hit in (*around.chapeau, *around.own) if hit.group == "cues"]
    if any(hit.label == "discretion" for hit in words):
        return "may"
    return "shall" if any(hit.label in ("entitlement", "refusal") for hit in words) else ""
