"""How far labels agree: of a system with people, of people with each other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.metrics.codes import Labels, coded, column, labels_in, listed

POWERS = {"linear": 1, "quadratic": 2}


def confusion(gold: Labels, said: Labels, labels: Sequence[Hashable] | None = None) -> tuple[tuple[Hashable, ...], NDArray[np.intp]]:
    """Return the labels, and how often each (row) was called each (column).

    Without ``labels``: those that occur in either list, sorted as text.

    Raises:
        ValueError: the lists are of unequal length, or a label is not among ``labels``.

    >>> confusion(["a", "a", "b"], ["a", "b", "b"])[1].tolist()
    [[1, 1], [0, 1]]
    """
    one, two = listed(gold), listed(said)
    if len(one) != len(two):
        raise ValueError(f"{len(one)} labels cannot be compared with {len(two)}")
    names = labels_in(one, two) if labels is None else tuple(labels)
    pairs = coded(one, names) * len(names) + coded(two, names)
    return names, np.bincount(pairs, minlength=len(names) ** 2).reshape(len(names), len(names))


def agreement(first: Labels, second: Labels) -> float:
    """Return the share of equal labels, 0 to 1; nan where there are none.

    Raises:
        ValueError: the lists are of unequal length.

    >>> agreement(["a", "b", "b"], ["a", "b", "a"])
    0.6666666666666666
    """
    one, two = column(first), column(second)
    if one.size != two.size:
        raise ValueError(f"{one.size} labels cannot be compared with {two.size}")
    return float((one == two).mean()) if one.size else np.nan


def kappa(first: Labels, second: Labels) -> float:
    """Return Cohen's kappa: agreement beyond what the labels' frequencies give by chance, -1 to 1.

    1 where both always give one and the same label; nan where there are none. Source: Cohen 1960.

    >>> kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    counts = confusion(first, second)[1]
    return _beyond_chance(counts, 1 - np.eye(len(counts)))


def weighted_kappa(first: Labels, second: Labels, order: Sequence[Hashable], weights: Literal["linear", "quadratic"] = "linear") -> float:
    """Return kappa of ordered labels, where a disagreement weighs by its number of steps in ``order`` (or by their square).

    1 and nan as for ``kappa``. Source: Cohen 1968.

    Raises:
        ValueError: the lists are of unequal length, or a label is not in ``order``.

    >>> weighted_kappa(["low", "low", "high", "high"], ["low", "low", "mid", "high"], ["low", "mid", "high"])
    0.75
    """
    counts = confusion(first, second, order)[1]
    places = np.arange(len(order))
    return _beyond_chance(counts, np.abs(places[:, None] - places[None, :]) ** POWERS[weights])


def _beyond_chance(counts: NDArray[np.intp], cost: NDArray[Any]) -> float:
    """Return 1 less the cost of the disagreements over their cost by chance."""
    if not counts.sum():
        return np.nan
    by_chance = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    expected = float((cost * by_chance).sum())
    return 1 - float((cost * counts).sum()) / expected if expected else 1.0


def f1_by_label(gold: Labels, said: Labels) -> dict[Hashable, float]:
    """Return the F1 of each label that occurs in gold or was said: the harmonic mean of its precision and recall, 0 to 1.

    >>> f1_by_label(["a", "a", "b"], ["a", "a", "a"])
    {'a': 0.8, 'b': 0.0}
    """
    labels, counts = confusion(gold, said)
    return dict(zip(labels, _f1(counts).tolist(), strict=True))


def f1_of(gold: Labels, said: Labels, label: Hashable) -> float:
    """Return the F1 of one label, 0 to 1; nan where it neither occurs in gold nor was said.

    >>> f1_of(["a", "a", "b"], ["a", "a", "a"], "a")
    0.8
    """
    return f1_by_label(gold, said).get(label, np.nan)


def macro_f1(gold: Labels, said: Labels) -> float:
    """Return the mean F1 over the labels that occur in gold, 0 to 1; nan where there are none.

    A label that was said but never occurs in gold has no term of its own; it counts through the recall of the others. This is
    scikit-learn's ``f1_score(gold, said, labels=sorted(set(gold)), average="macro", zero_division=0)``.

    >>> macro_f1(["a", "a", "b"], ["a", "a", "a"])
    0.4
    """
    counts = confusion(gold, said)[1]
    in_gold = counts.any(axis=1)
    return float(_f1(counts)[in_gold].mean()) if counts.size else np.nan


def _f1(counts: NDArray[np.intp]) -> NDArray[np.float64]:
    return np.asarray(2 * counts.diagonal() / (counts.sum(axis=1) + counts.sum(axis=0)), dtype=np.float64)


def krippendorff_alpha(ratings: Sequence[Labels] | NDArray[Any], order: Sequence[Hashable] | None = None) -> float:
    """Return Krippendorff's alpha of any number of raters: 1 less observed over expected disagreement, 1 at best.

    ``ratings`` has a row for each unit and a column for each rater; None or nan where a rater did not label a unit. Labels are
    nominal (equal or not); with ``order``, ordinal: labels disagree the more, the more ratings lie between them. nan where
    no unit has two ratings, or all are the same: without variation nothing tells agreement from habit. Source: Krippendorff
    2011, sections C and D.

    Raises:
        ValueError: a label is not in ``order``, or the rows are of unequal length.

    >>> krippendorff_alpha([["a", "a"], ["b", "b"], ["a", None], ["a", "b"]])
    0.4444444444444444
    """
    if not len(ratings):
        return np.nan
    given = np.array(ratings, dtype=object)
    flat = listed(given.ravel())
    missing = [label for label in set(flat) if _missing(label)]
    labels = labels_in(set(flat).difference(missing)) if order is None else tuple(order)
    codes = coded(flat, [*labels, *missing])
    known = codes < len(labels)
    cells = np.repeat(np.arange(len(given)), given.shape[1])[known] * len(labels) + codes[known]
    by_unit = np.bincount(cells, minlength=len(given) * len(labels)).reshape(len(given), len(labels))
    by_unit = by_unit[by_unit.sum(axis=1) > 1]
    weighed = by_unit / (by_unit.sum(axis=1, keepdims=True) - 1)
    together = weighed.T @ by_unit - np.diag(weighed.sum(axis=0))
    often = together.sum(axis=1)
    cost = 1 - np.eye(len(labels)) if order is None else _ordinal_cost(often)
    expected = float((cost * np.outer(often, often)).sum())
    return float(1 - (often.sum() - 1) * (cost * together).sum() / expected) if expected else np.nan


def _missing(label: Any) -> bool:
    return label is None or label != label  # nan does not equal itself


def _ordinal_cost(often: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the squared number of ratings from the middle of one label to the middle of another."""
    middle = np.cumsum(often) - often / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2, dtype=np.float64)
