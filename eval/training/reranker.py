"""``lexfloor train reranker``: an encoder with a head taught to read a question and a passage together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from torch import Tensor

from lexfloor.configs.training import RerankerTraining
from lexfloor.eval.training.reading import Read, best_weight, scores_by
from lexfloor.eval.training.scores import Scores
from lexfloor.eval.training.session import MODEL, Session
from lexfloor.models.training.examples import Drawn, Example
from lexfloor.models.training.low_rank import adapter_of, add_low_rank, parameters_of
from lexfloor.models.training.pairs import new_head, pair_loss, scores_of
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.runner import Report

ABOUT = (
    "Of the passages that the search gives first, those that people cite were given the highest score: each question and passage read together. "
    "Scores tell where what answers comes among the passages found for a question, of the questions for which it is among them."
)


def train_reranker(config: RerankerTraining, out: Path, *, device: str = "auto", report: Report) -> dict[str, Scores]:
    """Train a reranker and leave adapter, model card and card in ``out``; return the scores on what was held out.

    Where ``out`` holds what this very training comes to, nothing is done, and no scores are returned.

    Raises:
        DataFileError: data are faulty.
        InputError: data are not there or have no hard negatives, or ``out`` holds the checkpoint of another training.
        ModelError: the base is missing, or the device asked for is not there.
    """
    session = Session(config, "reranker", out, device, report)
    if session.finished:
        return {}
    learned = tuple(example for example in session.data.learned if example.negatives)
    if not learned or not config.steps.negatives:
        raise InputError("a reranker learns from passages that come near and do not answer: name judged law or the corpus obliqa, and steps.negatives above 0")
    model = session.encoder.loaded()
    added = add_low_rank(model[0].auto_model, **config.adapter.model_dump(), seed=config.seed)
    head = new_head(session.base.dimension, config.seed).to(model.device)

    def loss_of(batch: list[Drawn]) -> Tensor:
        return pair_loss(model, head, batch, config.max_tokens)

    losses = session.trained(learned, parameters_of(added) | {f"head.{name}": parameter for name, parameter in head.named_parameters()}, loss_of)
    read: dict[str, list[Read]] = {}
    for group, examples in session.data.held_out.items():
        report(f"{group}: scoring what is held out", 0, 1)
        for example in filter(_can_be_ordered, examples):
            scores = scores_of(model, head, [(example.questions[-1], text) for text in example.ordered], config.max_tokens)
            read.setdefault(group, []).append((example, np.array(scores, np.float32)))
    found = scores_by(read)
    weight = best_weight([pair for own in read.values() for pair in own])
    adapter = replace(adapter_of(added, session.encoder.weights), head={"weight": head.weight, "bias": head.bias}, weight=weight)
    use = f'[retrieve]\nrerank = "{(out / MODEL).as_posix()}"\n\nlexfloor screen LAWS --out OUT --config mine.toml'
    session.write(adapter, losses, found, use=use, about=f"{ABOUT} Beside the order of the search the reranker counts {weight:g}.", max_tokens=config.max_tokens)
    return found


def _can_be_ordered(example: Example) -> bool:
    """Tell whether there is anything to put into order: what answers is among several passages found."""
    return len(example.ordered) > 1 and bool(set(example.ordered) & set(example.positives))
