"""Weights that order sections for single questions: of the sections read those that answer are to come first.

A softmax over the sections of each question is fitted; then the numbers are scaled into probabilities.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.metrics.ranking import ranking_row
from lexfloor.models.questions import ALL, FOLDS
from lexfloor.models.ranking import FARTHEST, RankingModel

PENALTY = 1e-4
"""Strength of the L2 penalty beside the mean loss of a question."""
DEPTH = 10
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rows:
    """What is learned from: (questions, sections, features) numbers, which of these sections answer, and how many of all sections do."""

    names: tuple[str, ...]
    values: Numbers
    answers: NDArray[np.bool_]
    wanted: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> Rows:
        """Return the rows of some questions."""
        return Rows(self.names, self.values[chosen], self.answers[chosen], self.wanted[chosen])

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """Return the rows of all parts, one after the other; their features are the same."""
        return cls(parts[0].names, *(np.concatenate([getattr(part, name) for part in parts]) for name in ("values", "answers", "wanted")))


def fitted(rows: Rows) -> RankingModel:
    """Return the model fitted on questions of which some section read answers."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression

    known = rows.of(np.asarray(rows.answers.any(axis=1)))
    mean, scale = known.values.mean(axis=(0, 1)), np.maximum(known.values.std(axis=(0, 1)), 1e-6)
    values = np.clip((known.values - mean) / scale, -FARTHEST, FARTHEST)
    wanted = known.answers / known.answers.sum(axis=1, keepdims=True)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        logits = values @ weights
        logits -= logits.max(axis=1, keepdims=True)
        total = np.log(np.exp(logits).sum(axis=1, keepdims=True))
        off = np.exp(logits - total) - wanted
        gradient = off.ravel() @ values.reshape(-1, values.shape[2]) / len(values) + 2 * PENALTY * weights
        return float(-(wanted * (logits - total)).sum() / len(values) + PENALTY * (weights**2).sum()), gradient

    weights = minimize(loss, np.zeros(len(rows.names)), jac=True, method="L-BFGS-B").x
    scaled = LogisticRegression(C=1e6).fit((values @ weights).reshape(-1, 1), known.answers.ravel())
    slope = float(scaled.coef_[0, 0])
    return RankingModel(rows.names, tuple(mean.tolist()), tuple(scale.tolist()), tuple((slope * weights).tolist()), float(scaled.intercept_[0]))


def cross_fitted(rows: Rows, folds: NDArray[np.int64]) -> dict[str, RankingModel]:
    """Return the model of all questions, and by fold the models of all others."""
    return {ALL: fitted(rows)} | {str(fold): fitted(rows.of(folds != fold)) for fold in range(FOLDS)}


def held_out_scores(rows: Rows, folds: NDArray[np.int64], models: Mapping[str, RankingModel]) -> dict[str, float]:
    """Return recall and mean average precision among the first ten, each question ordered by the model of its fold, out of ``models`` by its number."""
    found = []
    for numbers, answers, wanted, fold in zip(rows.values, rows.answers, rows.wanted, folds.tolist(), strict=True):
        likely = models[str(fold)].probabilities({name: numbers[:, place].astype(np.float32) for place, name in enumerate(rows.names)})
        order = [str(place) for place in np.argsort(-likely, kind="stable")]
        own = {str(place) for place in np.flatnonzero(answers)}
        missed = {f"not read {number}" for number in range(int(wanted) - len(own))}
        found.append(ranking_row(order, frozenset(own | missed), (DEPTH,)))
    return {name: round(float(np.mean([float(row[name] or 0) for row in found])), 4) for name in (f"recall@{DEPTH}", f"ap@{DEPTH}")}
