"""Measures of agreement, retrieval, calibration and extraction, and their bootstrap intervals; each a few lines so that it can be read.

Modules: ``labels``, ``ranking``, ``calibration``, ``spans``, ``bootstrap``. Where a measure is not defined (no rows, nothing
to find, only one class) it is not a number (nan), never an error: in a small stratum or a resample that happens.
"""

from lexfloor.eval.metrics.calibration import calibration_error
from lexfloor.eval.metrics.labels import agreement, kappa, macro_f1
from lexfloor.eval.metrics.ranking import first_hit

__all__ = ["agreement", "calibration_error", "first_hit", "kappa", "macro_f1"]
