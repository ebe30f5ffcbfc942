"""Shares of those who pay: "two thirds by the fund, one third by the employer" is the whole of the wage.

Where two rates of benefit that stand next to each other make up a hundred, and the employer is named beside one of them, they
tell who bears the benefit, not how high it is. What they tell of its height is their sum, which less speaks for than for a
rate that is stated: a fund and an employer may share the cost of any benefit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lexfloor.pipeline.records import Parameter, Span
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.extract.sums import Told

RATE, EMPLOYER = "replacement_rate", "employer"
HUNDRED, ROUNDED = 100.0, 0.1
BESIDE = 60
"""Characters between a share and the word for the employer, who bears it."""
APART = 300
"""Characters between two shares at most."""
STANDING = 0.6
"""How far the sum of shares stands as a rate beside one that is stated."""


def with_shares(told: Sequence[Told]) -> list[Told]:
    """Return the figures with what was told of them, shares of those who pay replaced by their sum, in the place of the second."""
    made = list(told)
    rates = [index for index, (around, _) in enumerate(told) if around.quantity.unit == "percent" and around.quantity.standing == 1]
    taken = -1
    for first, second in pairwise(rates):
        (one, known), (other, next_known) = told[first], told[second]
        if first == taken or known is None or next_known is None or not _are_shares(one, known, other, next_known):
            continue
        made[first], made[second], taken = (one, None), (other, _total(known, next_known)), second
    return made


def _are_shares(one: Around, known: Parameter, other: Around, next_known: Parameter) -> bool:
    if known.kind != RATE or next_known.kind != RATE or abs(known.value + next_known.value - HUNDRED) > ROUNDED:
        return False
    return other.quantity.start - one.quantity.end <= APART and (_employers(one) or _employers(other))


def _employers(around: Around) -> bool:
    """Tell whether the employer is named beside a share."""
    return any(hit.group == "payers" and hit.label == EMPLOYER and around.gap(hit) <= BESIDE for hit in around.own)


def _total(one: Parameter, other: Parameter) -> Parameter:
    return replace(
        one,
        value=HUNDRED,
        comparator="exactly",
        high=None,
        span=Span(one.span.start, other.span.end),
        clause=Span(one.clause.start, max(one.clause.end, other.clause.end)),
        strength=round(STANDING * max(one.strength, other.strength), 3),
    )
