"""How well one question's ranked list finds what it should; a table's rows hold these numbers and a suite takes their mean.

Everything is told from the ranks at which something relevant comes for the first time: an item that comes again is not found
again, but takes up a place. Where nothing is relevant, nothing can be found and every measure is nan.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence, Set

import numpy as np
from numpy.typing import ArrayLike

DEPTHS = (1, 3, 5, 10)


def first_hit(ranked: Iterable[Hashable], wanted: Set[Hashable]) -> int | None:
    """Return the rank, from 1, of the first wanted item; None where there is none.

    >>> first_hit(["x", "y", "z"], frozenset({"z", "y"}))
    2
    """
    return next((rank for rank, item in enumerate(ranked, 1) if item in wanted), None)


def hit_ranks(ranked: Iterable[Hashable], relevant: Set[Hashable]) -> list[int]:
    """Return the ranks, from 1, at which each relevant item in the list comes for the first time, ascending.

    >>> hit_ranks(["x", "y", "x", "z"], {"x", "z"})
    [1, 4]
    """
    first: dict[Hashable, int] = {}
    for rank, item in enumerate(ranked, 1):
        if item in relevant:
            first.setdefault(item, rank)
    return list(first.values())


def recall_at(depth: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return the share of what is relevant that is among the first ``depth``. Source: Manning et al. 2008, chapter 8.

    >>> recall_at(2, ["x", "y", "z"], {"x", "z"})
    0.5
    """
    return len(hit_ranks(ranked[:depth], relevant)) / len(relevant) if relevant else math.nan


def precision_at(depth: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return how many of the first ``depth`` places hold something relevant, as a share of ``depth`` even where the list is shorter.

    Source: P_k of NIST's trec_eval.

    >>> precision_at(4, ["x", "y", "z"], {"x", "z"})
    0.5
    """
    return len(hit_ranks(ranked[:depth], relevant)) / depth if relevant else math.nan


def average_precision_at(depth: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return the sum of the precisions at the ranks of relevant items among the first ``depth``, over the number of relevant items.

    Source: map_cut_k of NIST's trec_eval, which divides by all that is relevant, even where it is more than ``depth``.

    >>> average_precision_at(3, ["x", "y", "z"], {"x", "z"})
    0.8333333333333333
    """
    ranks = hit_ranks(ranked[:depth], relevant)
    return sum(found / rank for found, rank in enumerate(ranks, 1)) / len(relevant) if relevant else math.nan


def reciprocal_rank(ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return 1 over the rank of the first relevant item; 0 where the list has none. Source: Voorhees 1999.

    >>> reciprocal_rank(["y", "x"], {"x"})
    0.5
    """
    rank = first_hit(ranked, relevant)
    return (1 / rank if rank else 0.0) if relevant else math.nan


def hit_at(depth: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return 1 where something relevant is among the first ``depth``, else 0: trec_eval's success_k.

    >>> hit_at(1, ["y", "x"], {"x"}), hit_at(2, ["y", "x"], {"x"})
    (0.0, 1.0)
    """
    return float(first_hit(ranked[:depth], relevant) is not None) if relevant else math.nan


def ndcg_at(depth: int, ranked: Sequence[Hashable], relevant: Set[Hashable]) -> float:
    """Return the normalized discounted cumulative gain of the first ``depth``, where what is relevant gains 1 over log2(rank + 1).

    Normalized by the best possible list of that depth. Source: Järvelin and Kekäläinen 2002, as in trec_eval's ndcg_cut_k.

    >>> round(ndcg_at(3, ["x", "y", "z"], {"x", "z"}), 3)
    0.92
    """
    best = range(1, min(depth, len(relevant)) + 1)
    return _gain(hit_ranks(ranked[:depth], relevant)) / _gain(best) if relevant else math.nan


def _gain(ranks: Iterable[int]) -> float:
    return sum(1 / math.log2(rank + 1) for rank in ranks)


def ranking_row(ranked: Sequence[Hashable], relevant: Set[Hashable], depths: Sequence[int] = DEPTHS) -> dict[str, float]:
    """Return every measure of one question, ready for its row: ``recall@5``, ``precision@5``, ``ap@5``, ``hit@5``, ``ndcg@5`` for each depth, and ``rr``.

    >>> ranking_row(["y", "x"], {"x"}, depths=(1,))
    {'recall@1': 0.0, 'precision@1': 0.0, 'ap@1': 0.0, 'hit@1': 0.0, 'ndcg@1': 0.0, 'rr': 0.5}
    """
    each = {"recall": recall_at, "precision": precision_at, "ap": average_precision_at, "hit": hit_at, "ndcg": ndcg_at}
    at_depths = {f"{name}@{depth}": measure(depth, ranked, relevant) for depth in depths for name, measure in each.items()}
    return {**at_depths, "rr": reciprocal_rank(ranked, relevant)}


def mean_of_known(values: ArrayLike) -> float:
    """Return the mean of the numbers that are known (neither None nor nan); nan where there is none.

    >>> mean_of_known([1.0, None, 0.0])
    0.5
    """
    numbers = np.asarray(values, dtype=np.float64)
    known = numbers[~np.isnan(numbers)]
    return float(known.mean()) if known.size else math.nan
