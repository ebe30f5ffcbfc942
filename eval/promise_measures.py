"""Whether promised rates of error are kept on countries held out, and what they cost.

Of each finding it is told whether it is left without review at each rate in ``PROMISED``. Thresholds come from the other countries,
each of these answered by a model that has seen neither it nor the country judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.suite import Columns, Measure, Row
from lexfloor.models.abstention import Risks
from lexfloor.pipeline.records import Finding
from lexfloor.pipeline.stages.classify.promise import held_to

PROMISED = (0.05, 0.1, 0.15, 0.2)


def answered_at_rates(proposed: Sequence[Finding], risks: Risks | None) -> Iterator[Row]:
    """Yield for each of a country's findings a column a rate: whether it is left without review."""
    held = [held_to(proposed, risks, rate)[0] for rate in PROMISED]
    for same in zip(*held, strict=True):
        yield {_column(rate): not finding.review for rate, finding in zip(PROMISED, same, strict=True)}


def _column(rate: float) -> str:
    return f"answered at {rate:.0%}"


def _wrong(rows: Columns) -> NDArray[np.bool_]:
    return ~np.asarray(rows["right"]).astype(bool)


def _left(rate: float, rows: Columns) -> float:
    return float(np.mean(_answered(rate, rows)))


def _left_and_wrong(rate: float, rows: Columns) -> float:
    return float(np.mean(_answered(rate, rows) & _wrong(rows)))


def _error_of_left(rate: float, rows: Columns) -> float:
    answered = _answered(rate, rows)
    return float(np.mean(_wrong(rows)[answered])) if answered.any() else np.nan


def _answered(rate: float, rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows[_column(rate)]).astype(bool)


def _told(rate: float, rows: Columns) -> NDArray[np.bool_]:
    """Pick all rows of a run that tells of the rate, and none of an earlier one."""
    return np.full(len(rows["right"]), _column(rate) in rows)


PROMISE_MEASURES = tuple(
    measure
    for rate in PROMISED
    for measure in (
        Measure(f"promise {rate:.0%}/left without review", "findings", partial(_left, rate), on=partial(_told, rate)),
        Measure(f"promise {rate:.0%}/left without review and wrong", "findings", partial(_left_and_wrong, rate), "lower", partial(_told, rate)),
        Measure(f"promise {rate:.0%}/wrong of those left without review", "findings", partial(_error_of_left, rate), "lower", partial(_told, rate)),
    )
)
"""Measures of the table ``findings``. The second is what is promised: it should not exceed the rate. All countries have as many findings, so that
the mean over findings is the mean over countries."""
