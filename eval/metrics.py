"""Measures of agreement, retrieval and calibration, each a few lines so that it can be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence


def agreement(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return the share of equal labels, 0 to 1.

    >>> agreement(["a", "b", "b"], ["a", "b", "a"])
    0.6666666666666666
    """
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Return Cohen's kappa: agreement beyond what the labels' frequencies give by chance. Source: Cohen 1960.

    >>> kappa(["a", "a", "b", "b"], ["a", "a", "b", "a"])
    0.5
    """
    one, two, count = Counter(first), Counter(second), len(first)
    chance = sum(one[label] * two[label] for label in one) / count**2
    return 1.0 if chance == 1 else (agreement(first, second) - chance) / (1 - chance)


def macro_f1(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Return the mean F1 over the labels that occur in gold.

    >>> macro_f1(["a", "a", "b"], ["a", "a", "a"])
    0.4
    """
    scores = []
    for label in sorted(set(gold), key=str):
        both = sum(a == b == label for a, b in zip(gold, said, strict=True))
        scores.append(2 * both / (sum(a == label for a in gold) + sum(b == label for b in said)))
    return sum(scores) / len(scores)


def calibration_error(confidence: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width. Source: Naeini et al. 2015.

    >>> round(calibration_error([0.9, 0.9, 0.1, 0.1], [True, True, False, False]), 3)
    0.1
    """
    total = 0.0
    for number in range(bins):
        low, high = number / bins, (number + 1) / bins
        inside = [i for i, value in enumerate(confidence) if low < value <= high or (number == 0 and value == 0)]
        if inside:
            total += abs(sum(confidence[i] for i in inside) - sum(right[i] for i in inside))
    return total / len(confidence)


def first_hit(ranked: Sequence[Hashable], wanted: frozenset[Hashable]) -> int | None:
    """Return the rank, from 1, of the first wanted item; None where there is none.

    >>> first_hit(["x", "y", "z"], frozenset({"z", "y"}))
    2
    """
    return next((rank for rank, item in enumerate(ranked, 1) if item in wanted), None)
