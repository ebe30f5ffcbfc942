"""Whether confidence can be believed: as a number (calibration), and as an order (which answers a person should look at).

``confidence`` is from 0 to 1, one a row; ``right`` says whether the row's answer is. A row of which either is missing (None
or nan) is left out. Every measure is nan where no row is left.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from lexfloor.eval.metrics.codes import Labels, coded, listed

Floats = NDArray[np.float64]


def calibration_error(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width, 0 to 1.

    The distance in each bin between mean confidence and share right, weighed by the bin's rows. A bin holds its upper bound;
    the first holds 0 too. Source: Naeini et al. 2015.

    >>> round(calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, False]), 3)
    0.1
    """
    said, truth = _known(confidence, right)
    return _distance(said, truth, _bins_of_equal_width(said, bins))


def calibration_error_equal_mass(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> float:
    """Return the expected calibration error over bins of as nearly the same number of rows as ties allow, 0 to 1.

    Rows of one confidence share a bin, so that the order of rows does not matter. Source: Nixon et al. 2019.

    >>> round(calibration_error_equal_mass([0.6, 0.7, 0.8, 0.9], [False, True, True, True], bins=2), 3)
    0.15
    """
    said, truth = _known(confidence, right)
    _, block, sizes = np.unique(said, return_inverse=True, return_counts=True)
    middles = 2 * np.cumsum(sizes) - sizes  # twice the middle place of each block of ties
    return _distance(said, truth, (middles * bins // (2 * max(1, said.size)))[block])


def _known(confidence: ArrayLike, right: ArrayLike) -> tuple[Floats, Floats]:
    said, truth = np.asarray(confidence, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if said.shape != truth.shape:
        raise ValueError(f"{said.size} confidences are given for {truth.size} answers")
    missing = np.isnan(said) | np.isnan(truth)
    return (said[~missing], truth[~missing]) if missing.any() else (said, truth)


def _bins_of_equal_width(said: Floats, bins: int) -> NDArray[np.intp]:
    return np.clip(np.searchsorted(np.arange(bins + 1) / bins, said) - 1, 0, bins - 1)


def _distance(said: Floats, truth: Floats, bin_of: NDArray[np.intp]) -> float:
    return float(np.abs(np.bincount(bin_of, said - truth)).sum() / said.size) if said.size else np.nan


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of a similar confidence: above ``lower``, at most ``upper``; their mean confidence, their share right, their count."""

    lower: float
    upper: float
    confidence: float
    right: float
    count: int


def reliability_bins(confidence: ArrayLike, right: ArrayLike, bins: int = 10) -> tuple[Bin, ...]:
    """Return the bins of equal width that hold rows, ascending: the points of a reliability diagram. Source: DeGroot and Fienberg 1983.

    >>> reliability_bins([0.75, 0.75, 1.0], [True, False, True], bins=2)
    (Bin(lower=0.5, upper=1.0, confidence=0.8333333333333334, right=0.6666666666666666, count=3),)
    """
    said, truth = _known(confidence, right)
    bin_of = _bins_of_equal_width(said, bins)
    inside = [(number, bin_of == number) for number in np.unique(bin_of).tolist()]
    return tuple(Bin(number / bins, (number + 1) / bins, float(said[rows].mean()), float(truth[rows].mean()), int(rows.sum())) for number, rows in inside)


def brier(confidence: ArrayLike, right: ArrayLike) -> float:
    """Return the mean squared distance between the confidence in the answer given and whether it is right, 0 to 1.

    Source: Brier 1950, of the event that the answer is right.

    >>> brier([1.0, 0.5], [True, False])
    0.125
    """
    said, truth = _known(confidence, right)
    return float(((said - truth) ** 2).mean()) if said.size else np.nan


def brier_of_labels(probabilities: ArrayLike, gold: Labels, labels: Sequence[Hashable]) -> float:
    """Return the mean squared distance of the probabilities of all labels from the truth, 0 to 2.

    ``probabilities`` has a row for each label in ``gold`` and a column for each of ``labels``. Source: Brier 1950.

    Raises:
        ValueError: the shape is another, or a gold label is not among ``labels``.

    >>> brier_of_labels([[0.5, 0.5], [1.0, 0.0]], ["a", "b"], ["a", "b"])
    1.25
    """
    shares, truth = np.asarray(probabilities, dtype=np.float64), coded(listed(gold), labels)
    if shares.shape != (truth.size, len(labels)):
        raise ValueError(f"probabilities of shape {shares.shape} are given for {truth.size} rows of {len(labels)} labels")
    return float(((shares - np.eye(len(labels))[truth]) ** 2).sum(axis=1).mean()) if truth.size else np.nan


def auroc(confidence: ArrayLike, right: ArrayLike) -> float:
    """Return how well confidence tells right answers from errors, 0 to 1: 0.5 is chance; nan where all are right or none is.

    The probability that a right answer has a greater confidence than a wrong one, a tie counting half: the area under the ROC
    curve. Source: Hanley and McNeil 1982.

    >>> auroc([0.9, 0.8, 0.8, 0.3], [True, True, False, False])
    0.875
    """
    said, truth = _known(confidence, right)
    positive = np.sort(said[truth > 0])
    negative = said[truth <= 0]
    if not positive.size or not negative.size:
        return np.nan
    below = np.searchsorted(positive, negative, side="left")
    up_to = np.searchsorted(positive, negative, side="right")
    return float(1 - (below + up_to).sum() / (2 * positive.size * negative.size))


class RiskCoverage(NamedTuple):
    """What is risked by answering only where confidence is at least ``threshold``: three arrays, coverage ascending.

    ``coverage`` is the share of rows answered, ``risk`` the share of errors among them.
    """

    threshold: Floats
    coverage: Floats
    risk: Floats


def risk_coverage(confidence: ArrayLike, right: ArrayLike) -> RiskCoverage:
    """Return the risk at each coverage that a threshold can reach, one point for each confidence that occurs.

    Rows of one confidence are answered together or not at all. Source: El-Yaniv and Wiener 2010.

    >>> [points.tolist() for points in risk_coverage([0.9, 0.5, 0.5], [True, True, False])]
    [[0.9, 0.5], [0.3333333333333333, 1.0], [0.0, 0.3333333333333333]]
    """
    threshold, answered, errors = _blocks(*_known(confidence, right))
    return RiskCoverage(threshold, answered / answered[-1:], errors / answered)


def area_under_risk_coverage(confidence: ArrayLike, right: ArrayLike) -> float:
    """Return the mean of the risks at the coverages 1/n, 2/n ... n/n of n rows, 0 to 1; lower is better.

    Among rows of one confidence, of which a threshold takes all or none, the risk is that expected when they are answered in
    random order. Source: Geifman and El-Yaniv 2017; the treatment of ties is ours.

    >>> area_under_risk_coverage([0.9, 0.8], [True, False])
    0.25
    """
    said, truth = _known(confidence, right)
    if not said.size:
        return np.nan
    _, answered, errors = _blocks(said, truth)
    counts = np.arange(1, said.size + 1)
    expected = np.interp(counts, np.concatenate(([0.0], answered)), np.concatenate(([0.0], errors)))
    return float((expected / counts).mean())


def coverage_at_risk(confidence: ArrayLike, right: ArrayLike, risk: float) -> float:
    """Return the greatest share of rows that a threshold on confidence can answer with at most ``risk`` errors among them.

    0 to 1; 0 where every threshold risks more. Rows of one confidence are answered together or not at all. Source: Geifman and
    El-Yaniv 2017.

    >>> coverage_at_risk([0.9, 0.8, 0.7, 0.6], [True, True, False, False], 0.34)
    0.75
    """
    _, coverage, risks = risk_coverage(confidence, right)
    return float(coverage[risks <= risk].max(initial=0.0)) if coverage.size else np.nan


def _blocks(said: Floats, truth: Floats) -> tuple[Floats, Floats, Floats]:
    """Return each confidence that occurs, descending, with how many rows have at least it and how many of these are wrong."""
    order = np.argsort(-said)
    falling = said[order]
    last = np.flatnonzero(np.append(falling[1:] != falling[:-1], True)[: said.size])
    return falling[last], (last + 1).astype(np.float64), np.cumsum(1 - truth[order])[last]
