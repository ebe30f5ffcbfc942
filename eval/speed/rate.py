"""How much of the machine's rate of matrix products embedding reaches."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lexfloor.models.batches import STEP
from lexfloor.models.encoder import SentenceEncoder

SIDE = {"cpu": 2048, "cuda": 8192}
"""Rows and columns of the matrices by which the machine's rate is measured."""
ROUNDS = 5
GIGA = 1e9


@dataclass(frozen=True, slots=True)
class Rate:
    """Billions of operations a second: of products of large matrices, and of embedding; ``padded`` counts what is computed for padding and filling up too."""

    machine: float
    embedding: float
    padded: float
    passages_per_second: float

    @property
    def share(self) -> float:
        """The share that embedding reaches, 0 to 1, padding not counted."""
        return self.embedding / self.machine


def rate(encoder: SentenceEncoder, texts: Sequence[str]) -> Rate:
    """Return the rates of an encoder over passages, everything from text to vector counted; the machine's is the best before and after."""
    from transformers import AutoConfig

    shape = AutoConfig.from_pretrained(encoder.folder())
    prefixed = [encoder.card.passage_prefix + text for text in texts]
    done = partial(operations, hidden=shape.hidden_size, inner=shape.intermediate_size, layers=shape.num_hidden_layers)
    with TemporaryDirectory(prefix="lexfloor-") as fresh:
        own = SentenceEncoder(encoder.card, device=encoder.device, precision=encoder.precision, vectors=Path(fresh))
        own.encode(texts[:1], "query")  # loads the model
        cut = list(own.batches(prefixed))
        before = products(encoder.device, encoder.precision)
        began = time.perf_counter()
        own.encode(texts, "passage")
        seconds = time.perf_counter() - began
        after = products(encoder.device, encoder.precision)
    masks = [batch.features["attention_mask"] for batch in cut]
    needed = sum(done(int(count)) for batch, mask in zip(cut, masks, strict=True) for count in mask[: len(batch.places)].sum(axis=1))
    filled = sum(-int(mask.sum()) % STEP for mask in masks) * done(1)
    computed = needed + filled if own.packed else sum(len(mask) * done(mask.shape[1]) for mask in masks)
    return Rate(max(before, after), needed / seconds / GIGA, computed / seconds / GIGA, len(texts) / seconds)


def operations(length: int, hidden: int, inner: int, layers: int) -> int:
    """Return how many multiplications and additions a BERT does for a text of some tokens: projections, the inner layer, attention.

    >>> operations(1, 384, 1536, 12)
    42485760
    """
    return layers * length * (2 * (4 * hidden * hidden + 2 * hidden * inner) + 4 * length * hidden)


def products(device: str, precision: str) -> float:
    """Return billions of operations a second of large matrix products in a precision of PyTorch."""
    import torch

    side = SIDE[device.partition(":")[0]]
    first, second = (torch.ones((side, side), dtype=getattr(torch, precision), device=device) for _ in range(2))

    def product() -> None:
        torch.mm(first, second)
        if device != "cpu":
            torch.cuda.synchronize()

    return 2 * side**3 / min(_seconds(product) for _ in range(ROUNDS)) / GIGA


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
