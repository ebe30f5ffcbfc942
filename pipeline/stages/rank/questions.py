"""How likely each section is to answer a single question, where questions are asked and not the requirements of a standard.

Requirements of a standard are told apart by each other; a question stands alone. What counts is how near a section comes to it in
meaning and in words, beside the best, what its neighbours and its act have of both, and how long it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lexfloor.corpora.languages import nearest_language
from lexfloor.models.ranking import RankingModel
from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Places = NDArray[np.int64]

READ = 100
"""The best sections of each question by score; the others stay behind them, in the order of their scores."""
BEST_OF_ACT = 5
"""How many of an act's sections tell how well the act answers."""


def answering(view: View, model: RankingModel) -> Matrix:
    """Return (questions, sections): the probability of each of a question's best sections to answer it, 0 for all others."""
    columns, features = question_features(view)
    likely = np.zeros(view.shape, np.float32)
    np.put_along_axis(likely, columns, model.probabilities(features), axis=1)
    return likely


def question_features(view: View) -> tuple[Places, dict[str, Matrix]]:
    """Return the places of each question's best sections, the best first, and what is seen of them by name: matrices of one shape."""
    scores = view.scores
    columns = np.argsort(-scores.fused, axis=1, kind="stable")[:, :READ]
    found = {}
    for name, values in (("dense", scores.dense), ("lexical", scores.lexical)):
        found[name] = np.take_along_axis(values, columns, axis=1)
        found[f"{name}_below_best"] = found[name] - values.max(axis=1, keepdims=True)
    found["rank"] = np.broadcast_to(np.log1p(np.arange(columns.shape[1], dtype=np.float32)), columns.shape)
    asked = np.array([[np.log1p(len(text.split()))] for text in _questions(view)], np.float32)
    found["shared_words"] = np.log(np.take_along_axis(_shared(view), columns, axis=1) / asked + np.float32(0.1))
    found["act"] = np.take_along_axis(_acts(view), columns, axis=1)
    found["around"] = _around(view, columns)
    length = np.array([np.log1p(len(section.text.split())) for section in view.sections], np.float32)[columns]
    found |= {"length": length, "length_squared": length**2, "length_by_question": length * asked}
    return columns, found


def _questions(view: View) -> list[str]:
    wording = view.standard.in_language(nearest_language(view.sections[0].language))
    return [wording.requirements[requirement.id].statement for requirement in view.standard.requirements]


def _shared(view: View) -> Matrix:
    """Return (questions, sections): the words that a section shares with a question, not measured beside other sections."""
    shared = np.zeros(view.shape, np.float32)
    for place, piece in enumerate(view.found.pieces):
        np.maximum(shared[:, piece.section], view.found.lexical[:, place], out=shared[:, piece.section])
    return shared


def _acts(view: View) -> Matrix:
    """Return (questions, sections): the mean score of the best sections of the same act."""
    found = np.zeros(view.shape, np.float32)
    for columns in view.columns_of_act.values():
        best = np.sort(view.scores.fused[:, columns], axis=1)[:, -BEST_OF_ACT:]
        found[:, columns] = best.mean(axis=1, keepdims=True)
    return found


def _around(view: View, columns: Places) -> Matrix:
    """Return the mean score of the sections before and after each section of an act, 0 where it stands alone."""
    beside = np.full((2, view.shape[1]), -1)
    for own in view.columns_of_act.values():
        beside[0, own[1:]], beside[1, own[:-1]] = own[:-1], own[1:]
    known = beside[:, columns] >= 0
    values = np.stack([np.take_along_axis(view.scores.fused, np.maximum(places[columns], 0), axis=1) for places in beside])
    return np.asarray((values * known).sum(axis=0) / np.maximum(known.sum(axis=0), 1), np.float32)
