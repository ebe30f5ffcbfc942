"""Honest confidence: how often figures told with some strength were right, learned from figures drawn at random and judged.

Two numbers, after Platt (1999): the log odds of being right rise with the log odds that the model gives. Numbers for each
kind fit the judged figures closer and tell those of another country no better. A country's own figures never count for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lexfloor.models.kinds import Calibration, log_odds

Outcome = tuple[float, bool]
"""Strength with which a figure was told, and whether kind, payer, value and unit were right."""
PENALTY = 1e-3
"""Keeps the two numbers finite where everything is right."""


def calibration(told: Sequence[Outcome]) -> Calibration:
    """Return the likeliest calibration of what was told; that which changes nothing where nothing was judged."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    if not told:
        return Calibration()
    odds = np.array([log_odds(strength) for strength, _ in told])
    signs = np.array([1.0 if right else -1.0 for _, right in told])

    def loss(numbers: NDArray[np.float64]) -> float:
        """Return the penalized negative log likelihood."""
        slope, intercept = numbers
        return float(np.logaddexp(0.0, -signs * (slope * odds + intercept)).sum() + PENALTY * ((slope - 1) ** 2 + intercept**2))

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="BFGS").x
    return Calibration(round(float(slope), 3), round(float(intercept), 3))


def without(country: str, told: Mapping[str, Sequence[Outcome]]) -> list[Outcome]:
    """Return what was told of all countries but one."""
    return [outcome for name, outcomes in told.items() if name != country for outcome in outcomes]
