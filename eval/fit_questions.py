"""Fit the model that orders sections for single questions, on ObliQA: ``python -m lexfloor.eval.fit_questions --help``.

Of the best hundred passages of a question those that answer are to come first (softmax over the passages of each question); then the
numbers are scaled into probabilities. Every question is scored by a model fitted on the questions of the other folds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from lexfloor.configs.run import load_config
from lexfloor.eval.adapters.obliqa import views
from lexfloor.eval.labelled.readers.obliqa import read_obliqa
from lexfloor.eval.metrics.ranking import ranking_row
from lexfloor.eval.operations import configured
from lexfloor.eval.suite import Asked, load_suite, revision_of
from lexfloor.models.questions import ALL, FITTED_ON, FOLDS, SHIPPED, fold_of
from lexfloor.models.ranking import FARTHEST, RankingModel
from lexfloor.pipeline.stages.rank.questions import question_features

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
    """Return recall and mean average precision among the first ten, each question ordered by the model of its fold."""
    found = []
    for numbers, answers, wanted, fold in zip(rows.values, rows.answers, rows.wanted, folds.tolist(), strict=True):
        likely = models[str(fold)].probabilities({name: numbers[:, place].astype(np.float32) for place, name in enumerate(rows.names)})
        order = [str(place) for place in np.argsort(-likely, kind="stable")]
        own = {str(place) for place in np.flatnonzero(answers)}
        missed = {f"not read {number}" for number in range(int(wanted) - len(own))}
        found.append(ranking_row(order, frozenset(own | missed), (DEPTH,)))
    return {name: round(float(np.mean([float(row[name] or 0) for row in found])), 4) for name in (f"recall@{DEPTH}", f"ap@{DEPTH}")}


def rows_of(asked: Asked) -> tuple[Rows, NDArray[np.int64]]:
    """Return the rows of all questions of the suite's benchmark, and the fold of each."""
    benchmark = read_obliqa(asked.data["benchmark"], FITTED_ON)
    values: list[Numbers | None] = [None] * len(benchmark.questions)
    answers: list[NDArray[np.bool_] | None] = [None] * len(benchmark.questions)
    names: tuple[str, ...] = ()
    for _, places, view, _ in views(asked, benchmark.passages, benchmark.questions, by_fold=False):
        columns, features = question_features(view)
        names = tuple(features)
        stacked = np.stack([features[name] for name in names], axis=2).astype(np.float64)
        ids = np.array([section.id for section in view.sections])
        for row, place in enumerate(places):
            values[place] = stacked[row]
            answers[place] = np.isin(ids[columns[row]], list(benchmark.relevant[benchmark.questions[place].id]))
    folds = np.array([fold_of(question.id) for question in benchmark.questions])
    wanted = np.array([len(benchmark.relevant[question.id]) for question in benchmark.questions])
    return Rows(names, np.stack([item for item in values if item is not None]), np.stack([item for item in answers if item is not None]), wanted), folds


def main(
    benchmark: Annotated[Path, typer.Argument(help="Folder of ObliQA: ObliQA_dev.json with the regulations.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for questions.json.")] = Path("models/weights"),
) -> None:
    """Fit the weights that order sections for single questions, for all questions and for all but each fold."""
    card = load_suite("obliqa")
    asked = Asked(card, {"benchmark": benchmark}, configured(load_config(), card))
    rows, folds = rows_of(asked)
    source = card.data["benchmark"]
    about: dict[str, Any] = {
        "fitted_on": f"{len(folds)} questions of {source.path}, split {FITTED_ON}; nothing of their texts is kept",
        "sha256": revision_of(benchmark, source.pattern),
        "licence": "Apache-2.0 (these numbers); of the data: " + source.licence,
        "encoder": asked.config.embed.model,
        "folds": [int((folds == fold).sum()) for fold in range(FOLDS)],
    }
    models = cross_fitted(rows, folds)
    about["held_out"] = held_out_scores(rows, folds, models)
    content = {"about": about, "models": {name: model.content() for name, model in models.items()}}
    out.mkdir(parents=True, exist_ok=True)
    (out / SHIPPED).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
