"""``lexfloor train encoder``: an encoder taught by contrast what answers what."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor

from lexfloor.configs.training import EncoderTraining
from lexfloor.eval.training.scores import Ordered, Scores, scores_of
from lexfloor.eval.training.session import MODEL, Session
from lexfloor.models.training.contrastive import contrastive_loss, vectors_of
from lexfloor.models.training.examples import Drawn, Example
from lexfloor.models.training.low_rank import adapter_of, add_low_rank, parameters_of
from lexfloor.pipeline.runner import Report

BASE, TRAINED = "The base", "Trained"
ABOUT = (
    "What answers a question was drawn nearer to it than what answers others: each question against its passage, its hard negatives and the other passages of its batch. "
    "Scores tell where what answers comes among all passages of the country (document, instrument) that stand in examples; how well law is searched tells `lexfloor eval`."
)


def train_encoder(config: EncoderTraining, out: Path, *, device: str = "auto", report: Report) -> dict[str, Scores]:
    """Train an encoder and leave adapter, model card and card in ``out``; return the scores on what was held out.

    Where ``out`` holds what this very training comes to, nothing is done, and no scores are returned.

    Raises:
        DataFileError: data are faulty.
        InputError: data are not there, or ``out`` holds the checkpoint of another training.
        ModelError: the base is missing, or the device asked for is not there.
    """
    session = Session(config, "encoder", out, device, report)
    if session.finished:
        return {}
    model = session.encoder.loaded()
    scores = {BASE: _scores(session)}
    added = add_low_rank(model[0].auto_model, **config.adapter.model_dump(), seed=config.seed)

    def loss_of(batch: list[Drawn]) -> Tensor:
        return contrastive_loss(model, session.base, batch, config.max_tokens, config.temperature)

    losses = session.trained(session.data.learned, parameters_of(added), loss_of)
    scores[TRAINED] = _scores(session)
    use = f"lexfloor screen LAWS --out OUT --model {out / MODEL}"
    session.write(adapter_of(added, session.encoder.weights), losses, scores, use=use, about=ABOUT, max_tokens=session.base.max_tokens)
    return scores


def _scores(session: Session) -> Scores:
    return scores_of({group: _ordered(session, examples) for group, examples in session.data.held_out.items()})


def _ordered(session: Session, examples: Sequence[Example]) -> list[Ordered]:
    """Return each example of a group with all passages of the group, the nearest to its questions first."""
    passages = sorted({text for example in examples for text in (*example.positives, *example.negatives, *example.ordered)})
    session.report(f"{examples[0].group}: scoring what is held out", 0, 1)
    model, most = session.encoder.loaded(), session.config.max_tokens
    vectors = vectors_of(model, passages, session.base.passage_prefix, most)
    found: list[Ordered] = []
    for example in examples:
        near = (vectors_of(model, example.questions, session.base.query_prefix, most) @ vectors.T).mean(dim=0)
        found.append((example, [passages[index] for index in near.argsort(descending=True, stable=True).tolist()]))
    return found
