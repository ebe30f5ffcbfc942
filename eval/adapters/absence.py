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


def _claimed(rows: Columns) -> float:
    return _share(rows["said"] != SILENT, rows["gold"] == SILENT)


def _called_silent(rows: Columns) -> float:
    return _share(rows["said"] == SILENT, rows["gold"] != SILENT)


def _precision(rows: Columns) -> float:
    return _share(rows["gold"] == SILENT, rows["said"] == SILENT)


def _nearest_right(rows: Columns) -> float:
    missed = (rows["gold"] != SILENT) & (rows["said"] == SILENT) & (rows["wanted"] > 0)
    return _share(rows["cited_right"] > 0, missed)


def _wrong_in_confidence(rows: Columns) -> float:
    return _share(~rows["review"].astype(bool), (rows["gold"] == SILENT) & (rows["said"] != SILENT))


def _f1(rows: Columns) -> float:
    return labels.f1_of(np.where(rows["gold"] == SILENT, SILENT, "addressed"), np.where(rows["said"] == SILENT, SILENT, "addressed"), SILENT)


def _kappa(rows: Columns) -> float:
    return labels.kappa(np.where(rows["gold"] == SILENT, SILENT, "addressed"), np.where(rows["said"] == SILENT, SILENT, "addressed"))


def _claimed_as(verdict: Verdict, rows: Columns) -> float:
    return _share(rows["said"] == str(verdict), rows["gold"] == SILENT)


def _share(part: NDArray[np.bool_], whole: NDArray[np.bool_]) -> float:
    return float(np.mean(part[whole])) if whole.any() else np.nan


MEASURES = (
    Measure("silence/f1", "findings", _f1),
    Measure("silence/kappa, addressed or not", "findings", _kappa),
    Measure("silence/claims something where the law is silent", "findings", _claimed, "lower"),
    Measure("silence/claims silence where the law speaks", "findings", _called_silent, "lower"),
    Measure("silence/precision of silence", "findings", _precision),
    Measure("silence/wrong claims not marked for review", "findings", _wrong_in_confidence, "lower"),
    Measure("near misses/of wrong silence, the nearest misses hold a deciding section", "findings", _nearest_right),
    *(Measure(f"silent law called {verdict}", "findings", partial(_claimed_as, verdict), "lower") for verdict in Verdict if verdict is not Verdict.NOT_ADDRESSED),
)
