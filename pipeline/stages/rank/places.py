"""Where a section stands: in which act, how early, among which neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

BEST = 10
"""The best sections of each requirement of a Part tell which acts deal with it."""
NEAR = 2
"""Sections before and after that count as neighbours."""


def places(view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield features by name."""
    yield "act", _act(view)
    yield "act_in_country", _everywhere(view, _act_in_country(view))
    part = _part_here(view)
    yield "part_here", part
    yield "part_around", _around(view, part)
    yield "early_in_act", _everywhere(view, _early_in_act(view))
    yield "early_in_chapter", _everywhere(view, _early_in_chapter(view))
    yield "length", _everywhere(view, np.array([np.log1p(len(section.text)) for section in view.sections]))


def _everywhere(view: View, values: NDArray[np.float64]) -> Matrix:
    """Return values of the sections as rows that hold for every requirement."""
    return np.broadcast_to(values.astype(np.float32), view.shape)


def _act(view: View) -> Matrix:
    """Return the share of the best sections of the requirement's Part that stand in the same act."""
    shares = np.zeros(view.shape, np.float32)
    best = np.argsort(-view.together, axis=1, kind="stable")[:, :BEST]
    for rows in view.rows_of_part.values():
        found = np.zeros(view.shape[1], np.float32)
        for row in rows:
            found[best[row]] += 1 / (len(rows) * best.shape[1])
        for columns in view.columns_of_act.values():
            shares[np.ix_(rows, columns)] = found[columns].sum()
    return shares


def _part_here(view: View) -> Matrix:
    """Return how well the section does for the other requirements of the Part, on average."""
    values = np.zeros(view.shape, np.float32)
    for rows in view.rows_of_part.values():
        if len(rows) > 1:
            own = view.together[rows]
            values[rows] = (own.sum(axis=0) - own) / (len(rows) - 1)
    return values


def _around(view: View, values: Matrix) -> Matrix:
    """Return the mean of a feature over the neighbours of each section."""
    around = np.zeros(view.shape, np.float32)
    for columns in view.columns_of_act.values():
        for place, column in enumerate(columns):
            near = [columns[other] for other in range(max(0, place - NEAR), min(len(columns), place + NEAR + 1)) if other != place]
            if near:
                around[:, column] = values[:, near].mean(axis=1)
    return around


def _act_in_country(view: View) -> NDArray[np.float64]:
    """Return the share of all requirements whose best section stands in the same act."""
    best = np.bincount(np.argmax(view.together, axis=1), minlength=view.shape[1]) / view.shape[0]
    shares = np.zeros(view.shape[1])
    for columns in view.columns_of_act.values():
        shares[columns] = best[columns].sum()
    return shares


def _early_in_act(view: View) -> NDArray[np.float64]:
    """Return how near each section stands to the beginning of its act, by length of text: 1 at the beginning, 0 at the end.

    General rules come first, and what is said of persons and conditions before what is said of procedure.
    """
    early = np.ones(view.shape[1])
    for columns in view.columns_of_act.values():
        end = view.sections[columns[-1]].span.end
        early[columns] = [1 - view.sections[column].span.start / max(1, end) for column in columns]
    return early


def _early_in_chapter(view: View) -> NDArray[np.float64]:
    """Return the same among the sections under the same headings, by number: 1 the first, 0 the last."""
    early = np.ones(view.shape[1])
    for columns in view.columns_of_chapter.values():
        early[columns] = 1 - np.arange(len(columns)) / max(1, len(columns) - 1)
    return early
