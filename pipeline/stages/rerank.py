"""Rerank: the sections that are likeliest to be evidence, read once more together with the requirement and put into a better order.

A cascade: the reranker reads only the best few sections of each requirement. Their probabilities stay as they are and are handed
out in the new order, so that how likely it is that a requirement is answered at all does not move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lexfloor.corpora.languages import nearest_language
from lexfloor.models.encoder import Progress
from lexfloor.models.reranker import Pair, Reranker, mixed
from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


def reranked(view: View, likely: Matrix, reranker: Reranker, depth: int, progress: Progress | None = None) -> Matrix:
    """Return the probabilities (requirements, sections) with those of each requirement's best ``depth`` sections in another order."""
    best = best_first(view, likely)[:, :depth]
    scores = reranker.scores([pair(view, row, int(column)) for row, columns in enumerate(best) for column in columns], progress=progress).reshape(best.shape)
    found = likely.copy()
    for row, columns in enumerate(best):
        order = np.argsort(-mixed(prior(likely[row, columns]), scores[row], reranker.weight), kind="stable")
        found[row, columns[order]] = likely[row, columns]
    return found


def best_first(view: View, likely: Matrix) -> NDArray[np.int64]:
    """Return (requirements, sections): the places of the sections, the likeliest first; of those equally likely the better score."""
    return np.lexsort([-view.scores.fused, -likely])


def pair(view: View, row: int, column: int) -> Pair:
    """Return what is read together: what the requirement asks, in the section's language, and the section's best piece."""
    requirement, section = view.standard.requirements[row], view.sections[column]
    wording = view.standard.in_language(nearest_language(section.language))
    return wording.requirements[requirement.id].statement, view.found.pieces[int(view.scores.best_piece[row, column])].words


def prior(likely: Matrix) -> Matrix:
    """Return the logits of probabilities."""
    clipped = np.clip(likely, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped / (1 - clipped)), np.float32)
