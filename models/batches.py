"""Texts, or pairs of texts, as batches of tokens: of a budget each, and of few shapes.

Every text is tokenized once. For most engines it is padded to the next multiple of `STEP` tokens, so that little is computed for nothing. The
shape of such a batch follows from that length alone: what is not there is filled up. So the row of a text is the same whatever else is computed
with it. Engines that leave padding out get texts of about the same length together, as many as there is room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from lexfloor.models.engines import Features

STEP = 16
"""Texts are padded to a multiple of this many tokens, which is what vector instructions work on: zeros behind it change no bit of a sum."""
Text = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts padded to one length: ``places`` are theirs in what was asked for, ``features`` has as many rows or more."""

    places: tuple[int, ...]
    features: Features


def padded(count: int, most: int) -> int:
    """Return the length that a text of ``count`` tokens is padded to.

    >>> padded(33, 512), padded(500, 510)
    (48, 510)
    """
    return min(most, -(-count // STEP) * STEP)


def batches(tokenizer: Any, texts: Sequence[Text], most: int, budget: int) -> Iterator[Batch]:
    """Yield texts (or pairs) as batches, the shortest first; texts beyond ``most`` tokens are cut.

    ``budget`` is how many tokens, padding included, a batch has at most: a text alone where it is longer.
    """
    found = tokenizer(list(texts), truncation=True, max_length=most)
    by_length: dict[int, list[int]] = {}
    for place, tokens in enumerate(found["input_ids"]):
        by_length.setdefault(padded(len(tokens), most), []).append(place)
    for length in sorted(by_length):
        size = max(1, budget // length)
        for start in range(0, len(by_length[length]), size):
            places = by_length[length][start : start + size]
            filled = places + places[-1:] * (size - len(places))
            yield Batch(tuple(places), {name: _filled([rows[place] for place in filled], length, _filler(tokenizer, name)) for name, rows in found.items()})


def packs(tokenizer: Any, texts: Sequence[Text], most: int, budget: int) -> Iterator[Batch]:
    """Yield texts (or pairs) as batches of several lengths, the shortest first, for engines that leave padding out; texts beyond ``most`` tokens are cut.

    ``budget`` is how many tokens of texts a batch has at most: a text alone where it is longer.
    """
    found = tokenizer(list(texts), truncation=True, max_length=most)
    counts = [len(tokens) for tokens in found["input_ids"]]
    cut: list[list[int]] = []
    room = 0
    for place in sorted(range(len(counts)), key=counts.__getitem__):
        if not cut or counts[place] > room:
            cut.append([])
            room = budget
        cut[-1].append(place)
        room -= counts[place]
    for places in cut:
        yield Batch(tuple(places), {name: _filled([rows[place] for place in places], counts[places[-1]], _filler(tokenizer, name)) for name, rows in found.items()})


def _filled(rows: Sequence[Sequence[int]], length: int, filler: int) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    values = np.full((len(rows), length), filler, np.int64)
    for value, row in zip(values, rows, strict=True):
        value[: len(row)] = row
    return values


def _filler(tokenizer: Any, name: str) -> int:
    """Return the number that stands for no token in one of a model's inputs; attention to it is 0."""
    return int({"input_ids": tokenizer.pad_token_id, "token_type_ids": tokenizer.pad_token_type_id}.get(name, 0))
