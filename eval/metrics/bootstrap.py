"""How far a measure could have come out otherwise: percentile intervals by drawing the rows again.

Rows of one country (contract, document) are alike, so whole clusters are drawn; single rows would make the intervals too
narrow. Where there are too few clusters for that, rows are drawn, and ``Interval.unit`` says so. Even clusters give intervals
that are somewhat too narrow while they are fewer than about twenty.

Sources: Efron 1979 (bootstrap); Efron and Tibshirani 1993, chapter 13 (percentile interval); Field and Welsh 2007 (clusters).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.metrics.codes import coded, labels_in, listed

if TYPE_CHECKING:
    from lexfloor.eval.suite import Columns

MIN_CLUSTERS = 5
"""Of fewer clusters, too few different samples can be drawn."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A measure of the rows as they are, between the bounds that its resamples give.

    ``count`` is of the resamples in which the measure was defined: ``low`` and ``high`` are nan where it is 0. ``unit`` is what
    was drawn.
    """

    value: float
    low: float
    high: float
    count: int
    unit: Literal["cluster", "item"]


def unit(clusters: NDArray[Any]) -> Literal["cluster", "item"]:
    """Return what is drawn of rows of these clusters: whole clusters, or single rows where there are fewer than five clusters.

    >>> unit(np.array(list("aabbccddee"), dtype=object)), unit(np.array(list("aabb"), dtype=object))
    ('cluster', 'item')
    """
    return "cluster" if len(set(listed(clusters))) >= MIN_CLUSTERS else "item"


def resamples(clusters: NDArray[Any], *, count: int = 1000, seed: int = 0) -> Iterator[NDArray[np.intp]]:
    """Yield ``count`` samples drawn with replacement, each as places of rows; none where there are no rows.

    As many clusters are drawn as there are, each with all its rows, or as many rows (``unit`` says which). The same seed draws
    the same samples.
    """
    rows = clusters.size
    if not rows:
        return
    random = np.random.default_rng(seed)
    if unit(clusters) == "item":
        for _ in range(count):
            yield random.integers(rows, size=rows, dtype=np.intp)
        return
    names = listed(clusters)
    cluster_of = coded(names, labels_in(names))
    by_cluster = np.argsort(cluster_of, kind="stable").astype(np.intp)
    sizes = np.bincount(cluster_of)
    starts = np.cumsum(sizes) - sizes
    for _ in range(count):
        drawn = random.integers(sizes.size, size=sizes.size)
        long = sizes[drawn]
        ends = np.cumsum(long)
        # Place in by_cluster of each row drawn: the start of its cluster there, and how far into the cluster it is.
        yield by_cluster[np.repeat(starts[drawn] - ends + long, long) + np.arange(ends[-1])]


class Drawn(Mapping[str, NDArray[Any]]):
    """The columns of a resample; each is drawn when first read, for most measures read two or three of twenty."""

    __slots__ = ("_columns", "_done", "_rows")

    def __init__(self, columns: Columns, rows: NDArray[np.intp]) -> None:
        self._columns, self._rows = columns, rows
        self._done: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        if name not in self._done:
            self._done[name] = self._columns[name][self._rows]
        return self._done[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def interval(function: Callable[[Columns], float], columns: Columns, clusters: NDArray[Any], *, count: int = 1000, level: float = 0.95, seed: int = 0) -> Interval:
    """Return what ``function`` makes of the columns, with its percentile interval: the middle ``level`` of its values over the resamples.

    Raises:
        ValueError: a column has more or fewer rows than ``clusters``.
    """
    _check(columns, clusters)
    values = [function(Drawn(columns, rows)) for rows in resamples(clusters, count=count, seed=seed)]
    return _interval(function(columns), values, level, unit(clusters))


def paired(
    function: Callable[[Columns], float], columns_a: Columns, columns_b: Columns, clusters: NDArray[Any], *, count: int = 1000, level: float = 0.95, seed: int = 0
) -> Interval:
    """Return how much more ``function`` makes of b than of a, with the percentile interval of that difference.

    Both hold the same rows in the same order, and each resample draws the same of both, so that what makes rows easy or hard
    for both does not widen the interval. Source: Efron and Tibshirani 1993, chapter 8.

    Raises:
        ValueError: a column has more or fewer rows than ``clusters``.
    """
    _check(columns_a, clusters)
    _check(columns_b, clusters)
    differences = [function(Drawn(columns_b, rows)) - function(Drawn(columns_a, rows)) for rows in resamples(clusters, count=count, seed=seed)]
    return _interval(function(columns_b) - function(columns_a), differences, level, unit(clusters))


def _check(columns: Columns, clusters: NDArray[Any]) -> None:
    for name, column in columns.items():
        if len(column) != len(clusters):
            raise ValueError(f"column {name} has {len(column)} rows for the clusters of {len(clusters)}")


def _interval(value: float, values: list[float], level: float, drawn: Literal["cluster", "item"]) -> Interval:
    known = np.array(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2]) if known.size else (np.nan, np.nan)
    return Interval(float(value), float(low), float(high), known.size, drawn)
