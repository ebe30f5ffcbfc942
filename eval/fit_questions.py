"""Fit what single questions are asked with, on ObliQA: ``python -m lexfloor.eval.fit_questions --help``.

First the encoder is taught questions (models/training/questions.py), then the passages nearest to them are weighed (eval/question_weights.py).

No question is scored by anything that it had a part in. For the questions of a fold the encoder is taught by those of the other folds. How much
nearness by a taught encoder counts beside words can only be seen on questions that did not teach it, and to order the passages of a fold
it must not be seen with an encoder that this fold taught. So for each two neighbouring folds the encoder is also taught without both: with
it the questions of each of them tell the weights by which those of the other are answered.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import numpy as np
import typer
from numpy.typing import NDArray

from lexfloor.configs.run import load_config
from lexfloor.eval.adapters.obliqa import Search, search_of
from lexfloor.eval.labelled.readers.obliqa import ObliQA, read_obliqa
from lexfloor.eval.operations import configured
from lexfloor.eval.question_weights import Rows, cross_fitted, fitted, held_out_scores
from lexfloor.eval.suite import Asked, load_suite, revision_of
from lexfloor.models.adapter import write_adapter
from lexfloor.models.cards import AdapterSource
from lexfloor.models.encoder import Encoder, SentenceEncoder
from lexfloor.models.questions import ALL, FITTED_ON, FOLDS, SHIPPED, adapter_file, fold_of
from lexfloor.models.ranking import RankingModel
from lexfloor.models.training.questions import Lessons
from lexfloor.models.vectors import cache_folder
from lexfloor.pipeline.runner import Report
from lexfloor.pipeline.stages.rank.questions import question_features
from lexfloor.pipeline.store import filled_whole

SEED = 0


@dataclass(frozen=True)
class Fit:
    """Questions with their folds, the passages they are asked of, and the encoder that is taught.

    ``checkpoints`` is a folder of its own: what was taught before a fit was ended is there when it is begun again.
    """

    search: Search
    benchmark: ObliQA
    folds: NDArray[np.int64]
    base: SentenceEncoder
    lessons: Lessons
    checkpoints: Path
    report: Report

    def places(self, fold: int) -> list[int]:
        """Return the places of a fold's questions."""
        return np.flatnonzero(self.folds == fold).tolist()

    def taught(self, path: Path, *left_out: int) -> AdapterSource:
        """Write what the questions of all folds but some teach the encoder."""
        chosen = [place for place in np.flatnonzero(~np.isin(self.folds, left_out)).tolist() if self.lessons.answers[place]]
        told = json.dumps([self.lessons.about, SEED, chosen])
        checkpoint = self.checkpoints / f"{sha256(told.encode()).hexdigest()}.safetensors"
        adapter = self.lessons.taught(chosen, SEED, checkpoint, told, self.report)
        return AdapterSource(path=str(path), sha256=write_adapter(path, adapter))

    def rows(self, places: Sequence[int], encoder: Encoder) -> Rows:
        """Return what is seen of the passages nearest to some questions, when these are encoded with ``encoder``."""
        names: tuple[str, ...] = ()
        values: list[NDArray[np.float64]] = []
        answers: list[NDArray[np.bool_]] = []
        for asked, view in self.search.views(places, encoder):
            self.report("questions", len(values), len(places))
            columns, features = question_features(view)
            names = tuple(features)
            values += list(np.stack([features[name] for name in names], axis=2).astype(np.float64))
            ids = np.array([section.id for section in view.sections])
            answers += [np.isin(ids[row], self._relevant(place)) for row, place in zip(columns, asked, strict=True)]
        return Rows(names, np.stack(values), np.stack(answers), np.array([len(self._relevant(place)) for place in places]))

    def _relevant(self, place: int) -> list[str]:
        return list(self.benchmark.relevant[self.benchmark.questions[place].id])


def fit_of(asked: Asked, checkpoints: Path) -> Fit:
    """Return the fit of a suite's benchmark: passages are embedded, and the encoder's lower layers run over the questions."""
    import torch

    benchmark = read_obliqa(asked.data["benchmark"], FITTED_ON)
    search = search_of(asked, benchmark.passages, benchmark.questions)
    base = search.runner.encoder
    assert isinstance(base, SentenceEncoder), "a runner of a configuration has an encoder of a model card"
    own: dict[str, list[int]] = {}
    for number, piece in enumerate(search.found.pieces):
        own.setdefault(search.found.sections[piece.section].id, []).append(number)
    answers = [[piece for name in benchmark.relevant[question.id] for piece in own.get(name, [])] for question in benchmark.questions]
    whole = SentenceEncoder(base.card, device=base.device, precision="float32")
    passages = torch.from_numpy(search.vectors).to(base.device)
    lessons = Lessons.of(whole, [question.text for question in benchmark.questions], passages, answers)
    folds = np.array([fold_of(question.id) for question in benchmark.questions])
    return Fit(search, benchmark, folds, base, lessons, checkpoints, asked.report)


def taught_models(fit: Fit, own: dict[str, AdapterSource], work: Path) -> tuple[dict[str, RankingModel], dict[str, float]]:
    """Return the weights beside the encoder as it was taught, for all questions and by fold, and how well questions are answered by those of their fold.

    ``own`` is what the encoder was taught without each fold, by its number; what it is taught without two goes into ``work``.
    """
    unseen = {fold: fit.rows(fit.places(fold), fit.base.taught(own[str(fold)])) for fold in range(FOLDS)}
    models = {ALL: fitted(Rows.joined(list(unseen.values())))}
    seen: dict[int, list[Rows]] = {fold: [] for fold in range(FOLDS)}
    for fold in range(FOLDS):
        other = (fold + 1) % FOLDS
        encoder = fit.base.taught(fit.taught(work / f"{fold}.safetensors", fold, other))
        seen[fold].append(fit.rows(fit.places(other), encoder))
        seen[other].append(fit.rows(fit.places(fold), encoder))
    models |= {str(fold): fitted(Rows.joined(parts)) for fold, parts in seen.items()}
    folds = np.repeat(list(unseen), [len(rows.wanted) for rows in unseen.values()])
    return models, held_out_scores(Rows.joined(list(unseen.values())), folds, models)


def alone_models(fit: Fit) -> tuple[dict[str, RankingModel], dict[str, float]]:
    """Return the same beside an encoder that was taught nothing."""
    rows = fit.rows(range(len(fit.folds)), fit.base)
    models = cross_fitted(rows, fit.folds)
    return models, held_out_scores(rows, fit.folds, models)


def fit_questions(asked: Asked, out: Path, checkpoints: Path) -> dict[str, dict[str, float]]:
    """Write what questions are asked with into a folder, and return how well questions are answered by what is of the other folds."""
    source = asked.card.data["benchmark"]
    checkpoints.mkdir(parents=True, exist_ok=True)
    fit = fit_of(asked, checkpoints)
    about: dict[str, Any] = {
        "fitted_on": f"{len(fit.folds)} questions of {source.path}, split {FITTED_ON}; nothing of their texts is kept",
        "sha256": revision_of(asked.data["benchmark"], source.pattern),
        "licence": "Apache-2.0 (these numbers); of the data: " + source.licence,
        "encoder": fit.base.name,
        "folds": [len(fit.places(fold)) for fold in range(FOLDS)],
    }
    with filled_whole(out) as building, TemporaryDirectory(prefix="lexfloor-") as work:
        sources = {ALL: fit.taught(building / adapter_file(ALL))} | {str(fold): fit.taught(building / adapter_file(str(fold)), fold) for fold in range(FOLDS)}
        taught, taught_scores = taught_models(fit, sources, Path(work))
        alone, alone_scores = alone_models(fit)
        about["held_out"] = {"taught": taught_scores, "alone": alone_scores}
        content: dict[str, Any] = {"about": about, "encoder": fit.base.weights, "adapters": {name: source.sha256 for name, source in sources.items()}}
        for kind, models in (("taught", taught), ("alone", alone)):
            content[kind] = {name: model.content() for name, model in models.items()}
        (building / SHIPPED).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(checkpoints)
    return {"taught": taught_scores, "alone": alone_scores}


def main(
    benchmark: Annotated[Path, typer.Argument(help="Folder of ObliQA: ObliQA_dev.json with the regulations.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for questions.json and the adapters questions-*.safetensors.")] = Path("models/weights"),
) -> None:
    """Teach the encoder questions and fit the weights that order sections for them, by all questions and by all but those of each fold.

    Half an hour on one core; a fit that was ended goes on when it is begun again.
    """
    card = load_suite("obliqa")
    fit_questions(Asked(card, {"benchmark": benchmark}, configured(load_config(), card)), out, cache_folder() / "questions")


if __name__ == "__main__":
    typer.run(main)
