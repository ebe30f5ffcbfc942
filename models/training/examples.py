"""What encoders and rerankers learn from: questions with passages that answer them and passages that come near."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

import numpy as np


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its passages.

    Attributes:
        key: examples of one key ask the same; what answers one of them is no negative of the other.
        group: country, document or instrument: what is held out whole.
        questions: wordings of the question; each is asked in turn.
        positives: passages that answer it, one at least.
        negatives: passages near to it that do not.
        ordered: the passages that the search gives first, best first, those that answer among them.
        prior: for each of these how sure the search is, on a scale of its own.
    """

    key: str
    group: str
    questions: tuple[str, ...]
    positives: tuple[str, ...]
    negatives: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    prior: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One example as it stands in a batch: one question, one passage that answers it, some that do not."""

    key: str
    question: str
    positive: str
    negatives: tuple[str, ...]
    answers: frozenset[str]
    """All passages that answer it: none of them counts as wrong."""


def hash_of(examples: Sequence[Example]) -> str:
    """Return the sha256 of examples: the same for the same, in the same order."""
    digest = sha256()
    for example in examples:
        digest.update(json.dumps(asdict(example), ensure_ascii=False).encode() + b"\n")
    return digest.hexdigest()


def batch_of(examples: Sequence[Example], step: int, *, size: int, negatives: int, seed: int) -> list[Drawn]:
    """Return the batch of a step, from 0: a function of its arguments alone, so that a training can go on anywhere.

    Batches are of one group where it has enough examples: what sets its passages apart is then what answers, not the language or the style.
    """
    turn, place = divmod(step, max(1, len(examples) // size))
    generator = np.random.default_rng([seed, turn, 2, place])
    return [_drawn(examples[index], negatives, generator) for index in places_of([example.group for example in examples], step, size=size, seed=seed)]


def places_of(groups: Sequence[str], step: int, *, size: int, seed: int) -> list[int]:
    """Return the places of the items that make the batch of a step, from 0; each pass over the items, whose groups are given, takes them in another order."""
    per_pass = max(1, len(groups) // size)
    turn, place = divmod(step, per_pass)
    order = _order(groups, size, np.random.default_rng([seed, turn]))
    batches = [order[start : start + size] for start in range(0, per_pass * size, size)]
    mixed = np.random.default_rng([seed, turn, 1]).permutation(len(batches))
    return batches[mixed[place]]


def _order(groups: Sequence[str], size: int, generator: np.random.Generator) -> list[int]:
    """Return the places of items: whole batches of one group first, what is left over last."""
    members: dict[str, list[int]] = {}
    for index in generator.permutation(len(groups)).tolist():
        members.setdefault(groups[index], []).append(index)
    whole, rest = [], []
    for own in members.values():
        cut = len(own) // size * size
        whole += own[:cut]
        rest += own[cut:]
    return whole + rest


def _drawn(example: Example, negatives: int, generator: np.random.Generator) -> Drawn:
    question = example.questions[int(generator.integers(len(example.questions)))]
    positive = example.positives[int(generator.integers(len(example.positives)))]
    count = min(negatives, len(example.negatives))
    chosen = generator.choice(len(example.negatives), count, replace=False).tolist() if count else []
    return Drawn(example.key, question, positive, tuple(example.negatives[index] for index in chosen), frozenset(example.positives))
