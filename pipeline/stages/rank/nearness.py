"""How near a section is to a requirement and to what answers it elsewhere, by itself and beside the other requirements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.retrieve import Searched, by_language, standardized

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]


def counterpart_nearness(found: Searched, vectors: Matrix, evidence: Matrix) -> Matrix:
    """Return (requirements, sections): how near the best piece of each section comes to the evidence of other countries.

    ``evidence`` are mean vectors, a row a requirement, each less the mean of its country; so are the pieces compared with them,
    within each language: what is left is what sets a provision apart from the rest of its law.
    """
    near = np.zeros((len(evidence), len(found.sections)), np.float32)
    for _, chosen in by_language(found.sections, found.pieces):
        own = vectors[chosen]
        owners = np.array([found.pieces[int(i)].section for i in chosen])
        members = np.unique(owners)
        by_piece = evidence @ (own - own.mean(axis=0)).T
        near[:, members] = standardized(np.maximum.reduceat(by_piece, np.searchsorted(owners, members), axis=1))
    return near


def nearness(view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield features by name."""
    scores = view.scores
    yield "dense", scores.dense
    yield "lexical", scores.lexical
    yield "passage", scores.passage
    yield "nearest", scores.nearest
    if view.counterparts is not None:
        yield "counterpart", view.counterparts
        yield from _beside_others("counterpart", view.counterparts, view)


def _beside_others(name: str, values: Matrix, view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield how much better a section does for a requirement than for any of other Parts, and than for any other of the same Part."""
    elsewhere, same = np.zeros_like(values), np.zeros_like(values)
    for rows in view.rows_of_part.values():
        others = np.setdiff1d(np.arange(len(values)), rows)
        if others.size:
            elsewhere[rows] = values[rows] - values[others].max(axis=0)
        for row in rows:
            if peers := [peer for peer in rows if peer != row]:
                same[row] = values[row] - values[peers].max(axis=0)
    yield f"{name}_beside_other_parts", elsewhere
    yield f"{name}_beside_same_part", same
