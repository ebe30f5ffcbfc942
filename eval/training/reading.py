"""What a reranker's reading is worth: the search's order, the reranker's, and both mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.training.scores import MEAN, Ordered, Scores, scores_of
from lexfloor.models.reranker import mixed
from lexfloor.models.training.examples import Example

SEARCH, ALONE, MIXED = "In the order of the search", "In the order of the reranker alone", "In the order of both, by the weight that is best for the others held out"
WEIGHTS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
"""What the reranker's scores may count beside the order of the search."""
UNKNOWN = 0.5
"""What they count where nothing is held out to tell."""
Read = tuple[Example, NDArray[np.float32]]
"""An example with the reranker's scores of the passages found."""


def scores_by(read: Mapping[str, Sequence[Read]]) -> dict[str, Scores]:
    """Return the scores of each group in the search's order, in the reranker's, and mixed by a weight that the other groups tell."""
    search: dict[str, list[Ordered]] = {group: [(example, example.ordered) for example, _ in own] for group, own in read.items()}
    alone = {group: [_alone(pair) for pair in own] for group, own in read.items()}
    both = {}
    for group, own in read.items():
        weight = best_weight([pair for other, others in read.items() if other != group for pair in others])
        both[group] = [_mixed(pair, weight) for pair in own]
    return {SEARCH: scores_of(search), ALONE: scores_of(alone), MIXED: scores_of(both)}


def best_weight(read: Sequence[Read]) -> float:
    """Return the weight by which what answers comes first soonest: the least of the best; `UNKNOWN` where nothing tells."""
    if not read:
        return UNKNOWN
    return WEIGHTS[int(np.argmax([scores_of({MEAN: [_mixed(pair, weight) for pair in read]})[MEAN]["mrr"] for weight in WEIGHTS]))]


def _alone(read: Read) -> Ordered:
    example, scores = read
    return example, [example.ordered[index] for index in np.argsort(-scores, kind="stable").tolist()]


def _mixed(read: Read, weight: float) -> Ordered:
    example, scores = read
    by = mixed(np.array(example.prior, np.float32), scores, weight)
    return example, [example.ordered[index] for index in np.argsort(-by, kind="stable").tolist()]
