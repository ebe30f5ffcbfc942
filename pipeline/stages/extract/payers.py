"""Who pays a contribution: read from the words between a rate and its neighbours, and from the sums that rates make.

"12%, of which 7% is paid by the employer and 5% by the worker" holds three rates: the first is the total and nobody's, the
others each have their payer. In one sentence payers stand after their rates ("7% by the employer, 5% by the worker") or
before them ("the employer 7%, the worker 5%"), seldom both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lexfloor.pipeline.numbers import Quantity
from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.extract.birth import PART

EMPLOYEE, EMPLOYER, STATE = PAYERS = ("employee", "employer", "state")
TOTAL, SHARED = "total", "shared"
"""Lists of the words for a contribution as a whole, which stand before its rate, and of those that share it out, after it."""
RATE = "percent"
HALF = 50
"""A rate that is itself a share of the contribution."""
PARTS = 4
"""Parts of a total at most: the worker's, the employer's, the State's, and one more."""
ROUNDED = 0.011
"""By how much the parts may miss their total."""
TAIL = 80
"""Characters after the last part within which its payer stands."""
OF_BASE = 25
"""Characters between what a rate is taken of and the person whose it is: "of the earnings of the worker"."""
OWNED = 0.5
"""What a worker so named tells of the side on which payers stand, beside 1 of others."""


def payer(around: Around) -> str:
    """Return who pays a rate of contribution, a name of `PAYERS`; empty where nobody is named, or where it is a total of several payers."""
    named = [hit for hit in around.own if hit.group == "payers" and not _names_base(hit, around)]
    paying = [hit for hit in named if hit.label in PAYERS]
    before = [hit for hit in paying if around.setting.clause[0] <= hit.start and hit.end <= around.quantity.start]
    if _is_total(around, named, before):
        return ""
    beside = _beside(around, paying)
    clause = [hit for hit in paying if around.setting.clause[0] <= hit.start < around.setting.clause[1]]
    if nearest := beside or clause or paying:
        return min(nearest, key=around.gap).label
    return next((hit.label for hit in _flat((around.chapeau, around.heading, around.before)) if hit.group == "payers" and hit.label in PAYERS), "")


def _is_total(around: Around, named: Sequence[Hit], before: Sequence[Hit]) -> bool:
    """Tell whether a rate is that of all payers: called so, shared out, or followed by its parts, of which payers are named.

    ``before`` are payers named before it in its clause: beside these the parts need two payers to be theirs.
    """
    quantity, rates = around.quantity, _rates(around)
    first = max((rate.end for rate in rates if rate.end <= quantity.start), default=around.setting.sentence[0])
    following = [rate for rate in rates if rate.start >= quantity.end]
    ends = [rate.start for rate in following] + [around.setting.sentence[1]]
    own = [hit.label for hit in named if first <= hit.start and hit.end <= quantity.start]
    if own and own[-1] == TOTAL and not set(own) & set(PAYERS):
        return True
    if quantity.value != HALF and any(hit.label == SHARED and quantity.end <= hit.start < ends[min(1, len(following))] for hit in named):
        return True
    payers = {hit.label for hit in named if hit.label in PAYERS and quantity.end <= hit.start < _last_part(around, following, ends)}
    return len(payers) > len({hit.label for hit in before[:1]})


def _last_part(around: Around, following: Sequence[Quantity], ends: Sequence[int]) -> int:
    """Return up to where the parts of a rate reach that it is divided into; its own end where it is not."""
    quantity = around.quantity
    for count in range(2, min(len(following), PARTS) + 1):
        if abs(sum(part.value for part in following[:count]) - quantity.value) <= ROUNDED:
            return min(following[count - 1].end + TAIL, ends[count])
    divided = any(hit.group == "cues" and hit.label == PART and quantity.end <= hit.start < ends[0] for hit in around.own)
    return ends[1] if divided and following and following[0].value < quantity.value else quantity.end


def _beside(around: Around, paying: Sequence[Hit]) -> list[Hit]:
    """Return the payers between a rate and its neighbours, on the side on which the sentence's rates have theirs; after it where both sides do."""
    rates = sorted([around.quantity, *_rates(around)], key=_start)
    start, end = around.setting.sentence
    bounds = [start, *(rate.end for rate in rates)], [*(rate.start for rate in rates), end]
    gaps = [[hit for hit in paying if first <= hit.start and hit.end <= last] for first, last in zip(*bounds, strict=True)]
    worth = [max((OWNED if _owns_base(hit, around) else 1.0 for hit in gap), default=0.0) for gap in gaps]
    place, within = rates.index(around.quantity), around.setting.clause
    chosen = gaps[place] if sum(worth[:-1]) > sum(worth[1:]) else [hit for hit in gaps[place + 1] if within[0] <= hit.start < within[1]]
    return [hit for hit in chosen if not _owns_base(hit, around)] or chosen


def _rates(around: Around) -> list[Quantity]:
    return [other for other in around.others if other.unit == RATE]


def _names_base(hit: Hit, around: Around) -> bool:
    """Tell whether a payer is part of what a rate is taken of: "of the worker's wages" does not say who pays."""
    return hit.label in PAYERS and any(base.group == "bases" and hit.start < base.end and base.start < hit.end for base in around.own)


def _owns_base(hit: Hit, around: Around) -> bool:
    """Tell whether a worker stands right after what a rate is taken of: it may be the one whose earnings these are."""
    return hit.label == EMPLOYEE and any(base.group == "bases" and 0 <= hit.start - base.end <= OF_BASE for base in around.own)


def _start(quantity: Quantity) -> int:
    return quantity.start


def _flat(groups: Iterable[Sequence[Hit]]) -> Iterable[Hit]:
    for group in groups:
        yield from reversed(group)
