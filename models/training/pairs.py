"""Teaching a reranker: of the passages read with a question, the one that answers gets the highest score (Gao et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from lexfloor.models.reranker import Pair, pair_scores
from lexfloor.models.training.examples import Drawn

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SCORED_AT_ONCE = 32
FIRST_WEIGHTS = 0.02
"""Standard deviation of the head's weights before training."""


def new_head(dimension: int, seed: int) -> nn.Linear:
    """Return a head of random weights, the same for the same seed."""
    head = nn.Linear(dimension, 1)
    with torch.no_grad():
        head.weight.copy_(torch.randn(1, dimension, generator=torch.Generator().manual_seed(seed)) * FIRST_WEIGHTS)
        head.bias.zero_()
    return head


def scored(model: SentenceTransformer, head: nn.Linear, pairs: Sequence[Pair], max_tokens: int) -> Tensor:
    """Return (n,) scores of pairs."""
    questions, passages = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    features = model.tokenizer(questions, passages, padding=True, truncation=True, max_length=max_tokens, return_tensors="pt")
    return pair_scores(model, head, dict(features))


def pair_loss(model: SentenceTransformer, head: nn.Linear, batch: Sequence[Drawn], max_tokens: int) -> Tensor:
    """Return the loss of a batch: for each question its passage against its hard negatives, the mean over questions that have some."""
    pairs = [(item.question, text) for item in batch for text in (item.positive, *item.negatives)]
    values = scored(model, head, pairs, max_tokens)
    losses = []
    start = 0
    for item in batch:
        own = values[start : start + 1 + len(item.negatives)]
        losses.append(-nn.functional.log_softmax(own, dim=0)[0])
        start += len(own)
    return torch.stack(losses).mean()


def scores_of(model: SentenceTransformer, head: nn.Linear, pairs: Sequence[Pair], max_tokens: int) -> list[float]:
    """Return the scores of pairs, in their order, without gradients."""
    order = sorted(range(len(pairs)), key=lambda index: sum(map(len, pairs[index])))
    found = [0.0] * len(pairs)
    with torch.no_grad():
        for start in range(0, len(order), SCORED_AT_ONCE):
            chosen = order[start : start + SCORED_AT_ONCE]
            for index, value in zip(chosen, scored(model, head, [pairs[index] for index in chosen], max_tokens).tolist(), strict=True):
                found[index] = value
    return found
