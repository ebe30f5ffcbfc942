"""The suite ``absence``: does silence in the law come out as silence, and only silence? On the predictions of the suite ``c102``."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.adapters.c102 import predictions
from lexfloor.eval.metrics import labels
from lexfloor.eval.suite import Columns, Measure
from lexfloor.pipeline.records import Verdict

SILENT = str(Verdict.NOT_ADDRESSED)
__all__ = ["MEASURES", "predictions"]


def _silent(column: str, rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows[column] == SILENT)


def _spoken(rows: Columns) -> NDArray[np.bool_]:
    return ~_silent("gold", rows)


def _missed(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(_spoken(rows) & _silent("said", rows) & (rows["wanted"] > 0))


def _wrongly_claimed(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(_silent("gold", rows) & ~_silent("said", rows))


def _called(verdict: str, rows: Columns) -> float:
    return float(np.mean(rows["said"] == verdict))


def _claimed(rows: Columns) -> float:
    return 1.0 - _called(SILENT, rows)


def _precision(rows: Columns) -> float:
    return float(np.mean(rows["gold"] == SILENT))


def _nearest_right(rows: Columns) -> float:
    return float(np.mean(rows["cited_right"] > 0))


def _not_for_review(rows: Columns) -> float:
    return float(np.mean(~rows["review"].astype(bool)))


def _f1(rows: Columns) -> float:
    return labels.f1_of(np.where(rows["gold"] == SILENT, SILENT, "addressed"), np.where(rows["said"] == SILENT, SILENT, "addressed"), SILENT)


def _kappa(rows: Columns) -> float:
    return labels.kappa(np.where(rows["gold"] == SILENT, SILENT, "addressed"), np.where(rows["said"] == SILENT, SILENT, "addressed"))


MEASURES = (
    Measure("silence/f1", "findings", _f1),
    Measure("silence/kappa, addressed or not", "findings", _kappa),
    Measure("silence/claims something where the law is silent", "findings", _claimed, "lower", partial(_silent, "gold")),
    Measure("silence/claims silence where the law speaks", "findings", partial(_called, SILENT), "lower", _spoken),
    Measure("silence/precision of silence", "findings", _precision, on=partial(_silent, "said")),
    Measure("silence/wrong claims not marked for review", "findings", _not_for_review, "lower", _wrongly_claimed),
    Measure("near misses/of wrong silence, the nearest misses hold a deciding section", "findings", _nearest_right, on=_missed),
    *(
        Measure(f"silent law called {verdict}", "findings", partial(_called, str(verdict)), "lower", partial(_silent, "gold"))
        for verdict in Verdict
        if verdict is not Verdict.NOT_ADDRESSED
    ),
)
