"""Rerankers: a question and a passage read together into one score, by a packaged encoder with an adapter and a head.

Scores order the passages of one question; they are no probabilities. Each pair of a model is scored once and kept beside the vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from lexfloor.models.batches import batches
from lexfloor.models.cards import ModelCard
from lexfloor.models.encoder import Progress, SentenceEncoder
from lexfloor.models.engines import Precision
from lexfloor.models.engines.pytorch import TorchEngine
from lexfloor.models.vectors import VectorCache, cache_folder
from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from torch import Tensor, nn

Pair = tuple[str, str]
"""A question and a passage."""
WEIGHT, BIAS = "weight", "bias"


def pair_scores(model: SentenceTransformer, head: nn.Linear, features: dict[str, Tensor]) -> Tensor:
    """Return (n,) scores of tokenized pairs: the head's value of the mean of what the model makes of their tokens."""
    moved = {name: tensor.to(model.device) for name, tensor in features.items()}
    hidden = model[0].auto_model(**moved).last_hidden_state.float()
    mask = moved["attention_mask"].unsqueeze(2).to(hidden.dtype)
    scores: Tensor = head((hidden * mask).sum(dim=1) / mask.sum(dim=1).clamp(min=1)).squeeze(1)
    return scores


class Reranker:
    """A reranker of a card; loaded when the first pair comes that is not kept."""

    def __init__(
        self,
        card: ModelCard,
        *,
        device: str = "auto",
        precision: Precision | Literal["auto"] = "auto",
        tokens_per_batch: int = 0,
        cache: Path | None = None,
        vectors: Path | None = None,
    ) -> None:
        """Prepare the reranker of a card; weights are looked up and checked now, loaded later. Options are those of ``SentenceEncoder``.

        Raises:
            ModelError: the card has no adapter with a head, its weights are missing or altered, or the device asked for is not there.
        """
        self.card, self.name = card, card.name
        self._base = SentenceEncoder(card, device=device, precision=precision, tokens_per_batch=tokens_per_batch, cache=cache, vectors=vectors)
        adapter = self._base.adapter
        if adapter is None or set(adapter.head) != {WEIGHT, BIAS}:
            raise ModelError(f"reranker {card.name}: its card names no adapter with a head; `lexfloor train reranker` writes one")
        self._adapter = adapter
        self.weight = adapter.weight
        self.fingerprint = self._base.fingerprint
        self._kept = VectorCache((vectors or cache or cache_folder()) / "vectors.sqlite")
        self._made: TorchEngine | None = None

    def scores(self, pairs: Sequence[Pair], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """Return (n,) scores in the order of the pairs, higher for passages that answer; only pairs not seen before are computed."""
        keys = [hashlib.sha256(f"{self.fingerprint}\0pair\0{question}\0{passage}".encode()).digest() for question, passage in pairs]
        known = self._kept.get(keys)
        if progress:
            progress(sum(key in known for key in keys))
        wanted = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
        missing = sorted(wanted)
        model = self._base.loaded() if missing else None
        for batch in batches(model.tokenizer, [wanted[key] for key in missing], self.card.max_tokens, self._base.tokens_per_batch) if model else ():
            found = self._engine().rows(batch.features)[: len(batch.places)]
            fresh = dict(zip([missing[place] for place in batch.places], found, strict=True))
            self._kept.put(fresh)
            known |= fresh
            if progress:
                progress(len(fresh))
        return np.array([known[key][0] for key in keys], np.float32)

    def _engine(self) -> TorchEngine:
        """Return what computes (n, 1) scores of tokenized pairs."""
        if self._made is None:
            model, head = self._base.loaded(), self._headed()
            self._made = TorchEngine(partial(_column, model, head), self._base.device)
        return self._made

    def _headed(self) -> nn.Linear:
        import torch
        from torch import nn

        weight, bias = self._adapter.head[WEIGHT], self._adapter.head[BIAS]
        if tuple(weight.shape) != (1, self.card.dimension) or tuple(bias.shape) != (1,):
            raise ModelError(f"reranker {self.name}: the head of its adapter does not fit a model of {self.card.dimension} dimensions; train it again")
        head = nn.Linear(self.card.dimension, 1)
        with torch.no_grad():
            head.weight.copy_(weight)
            head.bias.copy_(bias)
        return head.to(self._base.device).requires_grad_(False)


def _column(model: SentenceTransformer, head: nn.Linear, features: dict[str, Tensor]) -> Tensor:
    return pair_scores(model, head, features)[:, None]


def mixed(prior: NDArray[np.float32], scores: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    """Return by what the passages of one question are ordered: how sure the search is and the reranker's scores, each in standard deviations."""
    return np.asarray(_standardized(prior) + weight * _standardized(scores), np.float32)


def _standardized(values: NDArray[np.float32]) -> NDArray[np.float32]:
    spread = float(values.std())
    return np.asarray((values - values.mean()) / spread if spread > 1e-9 else np.zeros_like(values), np.float32)
