"""Measures of predictions: over all, and by every value of the suite's strata, each with an interval."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lexfloor.eval.metrics.bootstrap import interval
from lexfloor.eval.suite import Columns, Measure, SuiteCard, Tables, columns

RESAMPLES = 1000
STRATUM_RESAMPLES = 300
"""Resamples for the intervals of strata: there are many, and each is only read by eye."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: ``low`` and ``high`` bound its 95% bootstrap interval, ``count`` is of rows.

    ``stratum`` is "all", or the column by whose value ``of`` the rows were chosen. ``resampled`` says what was drawn again:
    whole clusters (countries), or items where there are too few clusters.
    """

    measure: str
    table: str
    stratum: str
    of: str
    value: float
    low: float
    high: float
    count: int
    resampled: str


def measured(tables: Tables, measures: Sequence[Measure], card: SuiteCard) -> Iterator[Measured]:
    """Yield every measure over all rows of its table and over the rows of each stratum; what is not defined somewhere is left out there."""
    for name, rows in tables.items():
        if not rows:
            continue
        whole = columns(rows)
        own = [measure for measure in measures if measure.table == name]
        for measure in own:
            yield from _of(measure, whole, ALL, "", RESAMPLES)
        for stratum in card.strata.get(name, ()):
            values = whole[stratum]
            for value in sorted({str(item) for item in values if item is not None}):
                part = {column: content[values.astype(str) == value] for column, content in whole.items()}
                for measure in own:
                    yield from _of(measure, part, stratum, value, STRATUM_RESAMPLES)


def _of(measure: Measure, part: Columns, stratum: str, value: str, count: int) -> Iterator[Measured]:
    found = interval(measure.value, part, part["cluster"], count=count)
    if not math.isnan(found.value):
        yield Measured(measure.name, measure.table, stratum, value, found.value, found.low, found.high, measure.count(part), found.unit)


def lines(measures: Sequence[Measured], main_score: str) -> str:
    """Return the measures over all rows as text, the main score marked."""
    whole = [item for item in measures if item.stratum == ALL]
    width = max((len(item.measure) for item in whole), default=0)
    return "\n".join(
        f"{'*' if item.measure == main_score else ' '} {item.measure:{width}}  {item.value:7.3f}  [{item.low:.3f}, {item.high:.3f}]  of {item.count:,}" for item in whole
    )
