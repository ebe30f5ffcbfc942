"""Teaching an encoder: what answers a question comes nearer to it than what answers others (Oord et al. 2018, InfoNCE)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from lexfloor.models.cards import ModelCard
from lexfloor.models.training.examples import Drawn

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SCORED_AT_ONCE = 32


def encoded(model: SentenceTransformer, texts: Sequence[str], max_tokens: int) -> Tensor:
    """Return (n, dimension) unit vectors of texts, prefixes and all."""
    features = model.tokenizer(list(texts), padding=True, truncation=True, max_length=max_tokens, return_tensors="pt")
    vectors: Tensor = model({name: tensor.to(model.device) for name, tensor in features.items()})["sentence_embedding"]
    return nn.functional.normalize(vectors, dim=1)


def contrastive_loss(model: SentenceTransformer, card: ModelCard, batch: Sequence[Drawn], max_tokens: int, temperature: float) -> Tensor:
    """Return the loss of a batch: each question against its passage, its hard negatives and all passages of the others.

    What answers the same requirement elsewhere, and what people cite for the question besides, is not counted as wrong.
    """
    passages = [item.positive for item in batch] + [text for item in batch for text in item.negatives]
    questions = encoded(model, [card.query_prefix + item.question for item in batch], max_tokens)
    near = questions @ encoded(model, [card.passage_prefix + text for text in passages], max_tokens).T / temperature
    allowed = torch.tensor([[_counts(row, column, batch, text) for column, text in enumerate(passages)] for row in range(len(batch))])
    return nn.functional.cross_entropy(near.masked_fill(~allowed.to(near.device), -torch.inf), torch.arange(len(batch), device=near.device))


def _counts(row: int, column: int, batch: Sequence[Drawn], text: str) -> bool:
    """Tell whether a passage is the one wanted for a row, or a wrong one; the first passages are the positives of the rows."""
    if column == row:
        return True
    same = column < len(batch) and batch[column].key == batch[row].key
    return not same and text not in batch[row].answers


def vectors_of(model: SentenceTransformer, texts: Sequence[str], prefix: str, max_tokens: int) -> Tensor:
    """Return (n, dimension) unit vectors of texts, in their order, without gradients."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    rows: list[Tensor] = [torch.empty(0)] * len(texts)
    with torch.no_grad():
        for start in range(0, len(order), SCORED_AT_ONCE):
            chosen = order[start : start + SCORED_AT_ONCE]
            for index, vector in zip(chosen, encoded(model, [prefix + texts[index] for index in chosen], max_tokens).cpu(), strict=True):
                rows[index] = vector
    return torch.stack(rows)
