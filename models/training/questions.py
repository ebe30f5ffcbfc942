"""Teaching an encoder questions alone: passages keep the vectors they have, so that none has to be embedded anew.

Only the upper layers learn. What the layers below make of a question never changes, so it is computed once for all trainings.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from lexfloor.configs.training import StepsConfig
from lexfloor.models.adapter import Adapter
from lexfloor.models.batches import batches
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.training.examples import places_of
from lexfloor.models.training.loop import train
from lexfloor.models.training.low_rank import adapter_of, add_low_rank, parameters_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from lexfloor.models.training.loop import Report

LAYERS, RANK, SCALE = 4, 8, 2.0
"""How many of the upper layers learn, and the size of what they learn."""
EPOCHS, BATCH, RATE, TEMPERATURE = 3, 32, 1e-3, 0.02
CHECKPOINT_EVERY = 50
SETTINGS = (LAYERS, RANK, SCALE, EPOCHS, BATCH, RATE, TEMPERATURE)
LENGTHS = 8
"""Questions whose numbers of tokens differ by less stand in a batch, where there are enough of them."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions whose answers are known, and what the lower layers of an encoder make of them.

    Attributes:
        encoder: in float32; its upper layers are copied for each training.
        states: for each question (tokens, width) before the upper layers.
        passages: (pieces, dimension) unit vectors, which stay.
        answers: for each question the places of the pieces that answer it; without any it teaches nothing.
        about: tells lessons of other encoders, questions, passages, answers or settings apart.
    """

    encoder: SentenceEncoder
    states: Sequence[Tensor]
    passages: Tensor
    answers: Sequence[Sequence[int]]
    about: str

    @classmethod
    def of(cls, encoder: SentenceEncoder, questions: Sequence[str], passages: Tensor, answers: Sequence[Sequence[int]]) -> Lessons:
        """Return the lessons that questions give: runs the lower layers over them.

        Raises:
            ModelError: the encoder's weights cannot be loaded.
        """
        digest = sha256(json.dumps([SETTINGS, encoder.weights, list(questions), [list(places) for places in answers]]).encode())
        digest.update(passages.cpu().numpy().tobytes())
        return cls(encoder, lower_states(encoder, questions), passages, answers, digest.hexdigest())

    def taught(self, chosen: Sequence[int], seed: int, checkpoint: Path, stamp: str, report: Report) -> Adapter:
        """Return what the questions at some places, each with an answer, teach; ``checkpoint`` and ``stamp`` are those of `train`.

        Raises:
            InputError: the checkpoint is of another training, broken, or cannot be written.
            ModelError: the encoder has no numbered layers.
        """
        lengths = [str(len(self.states[place]) // LENGTHS) for place in chosen]
        options = StepsConfig(steps=EPOCHS * max(1, len(chosen) // BATCH), batch=BATCH, negatives=0, learning_rate=RATE, checkpoint_every=CHECKPOINT_EVERY)
        model = self.encoder.loaded()
        base = model[0].auto_model
        bert = deepcopy(base, {id(base.embeddings): base.embeddings})  # by far the largest part, and not used
        added = add_low_rank(bert, rank=RANK, scale=SCALE, layers=LAYERS, seed=seed)
        bert.encoder.layer = bert.encoder.layer[-LAYERS:]

        def loss_of(step: int) -> Tensor:
            places = [chosen[index] for index in places_of(lengths, step, size=BATCH, seed=seed)]
            vectors = upper_vectors(model, bert, [self.states[place] for place in places])
            return answer_loss(vectors, self.passages, [self.answers[place] for place in places])

        train(parameters_of(added), loss_of, options, checkpoint, stamp, report)
        return adapter_of(added, self.encoder.weights)


def lower_states(encoder: SentenceEncoder, questions: Sequence[str]) -> list[Tensor]:
    """Return for each question (tokens, width): what the layers below those that learn make of it."""
    model = encoder.loaded()
    bert = model[0].auto_model
    whole, bert.encoder.layer = bert.encoder.layer, bert.encoder.layer[:-LAYERS]
    states: list[Tensor] = [torch.empty(0)] * len(questions)
    try:
        with torch.no_grad():
            prefixed = [encoder.card.query_prefix + question for question in questions]
            for batch in batches(model.tokenizer, prefixed, encoder.card.max_tokens, encoder.tokens_per_batch):
                features = {name: torch.from_numpy(values).to(model.device) for name, values in batch.features.items()}
                found = bert(**features).last_hidden_state
                for place, row, mask in zip(batch.places, found, features["attention_mask"], strict=False):  # a batch is filled up
                    states[place] = row[: int(mask.sum())].clone()
    finally:
        bert.encoder.layer = whole
    return states


def upper_vectors(model: SentenceTransformer, bert: nn.Module, states: Sequence[Tensor]) -> Tensor:
    """Return (n, dimension) unit vectors: the layers left in ``bert`` over states, pooled as ``model`` pools."""
    lengths = torch.tensor([len(text) for text in states], device=states[0].device)
    filled = nn.utils.rnn.pad_sequence(list(states), batch_first=True)
    mask = torch.arange(filled.shape[1], device=filled.device) < lengths[:, None]
    unseen = torch.zeros(mask.shape, device=filled.device).masked_fill(~mask, torch.finfo(filled.dtype).min)
    upper: nn.Module = bert.get_submodule("encoder")
    found = {"token_embeddings": upper(filled, attention_mask=unseen[:, None, None, :]).last_hidden_state, "attention_mask": mask.long()}
    for module in list(model)[1:]:
        found = module(found)
    return nn.functional.normalize(found["sentence_embedding"], dim=1)


def answer_loss(vectors: Tensor, passages: Tensor, answers: Sequence[Sequence[int]]) -> Tensor:
    """Return the mean loss of questions: each against all pieces, by the share of those that answer it (softmax, the mean of their logarithms)."""
    likely = torch.log_softmax(vectors @ passages.T / TEMPERATURE, dim=1)
    return -torch.stack([row[list(places)].mean() for row, places in zip(likely, answers, strict=True)]).mean()
