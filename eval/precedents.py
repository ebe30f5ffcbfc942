"""Learning precedents from judged documents, and the examples of a verdict model that knows them.

What evidence reads like is a ridge regression in its closed form: sums over documents, so that the model of all documents but
one costs the solution of one small system. Every document is described by the evidence of others alone, those that the verdict
model is fitted on as well as those it judges: the model must not learn to trust what a document's own evidence taught.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.held_out import Example
from lexfloor.models.precedents import KINDS, SHOWN, Precedents
from lexfloor.pipeline.records import Verdict
from lexfloor.pipeline.stages.rank.precedents import SIGNALS, Likeness
from lexfloor.pipeline.stages.retrieve import Searched

Numbers = NDArray[np.float64]
PENALTY = 2.0
"""Weight of the L2 penalty, in pieces of unit length."""


@dataclass(frozen=True)
class JudgedDocument:
    """One document with what people said of it.

    Attributes:
        set_apart: vectors of its pieces, apart from their mean (``apart`` of ``rank/precedents.py``).
        cited: (pieces, requirements), whether people cite the piece.
        verdicts: by requirement.
    """

    name: str
    found: Searched
    set_apart: NDArray[np.float32]
    cited: NDArray[np.bool_]
    verdicts: tuple[Verdict, ...]

    def sums(self) -> tuple[Numbers, Numbers]:
        """Return what it adds to the regression: (dimension, dimension) and (dimension, requirements times `KINDS`)."""
        of_kind = np.array([[True, *(verdict is shown for shown in SHOWN)] for verdict in self.verdicts])
        wanted = (self.cited[:, :, None] & of_kind).reshape(len(self.cited), -1)
        vectors = self.set_apart.astype(np.float64)
        return vectors.T @ vectors, vectors.T @ wanted


class Learned:
    """What some judged documents teach (``precedents``), and what each of them looks like beside the others (``signals``, by name)."""

    def __init__(self, documents: Sequence[JudgedDocument], requirements: Sequence[str]) -> None:
        """Learn from the documents, two or more; ``requirements`` are the ids in the order of their columns."""
        sums = [document.sums() for document in documents]
        nearness, answers = (np.asarray(np.sum(parts, axis=0), np.float64) for parts in zip(*sums, strict=True))
        blank = Precedents(tuple(requirements), np.zeros((len(nearness), len(requirements), len(KINDS))), np.zeros((len(requirements), len(SIGNALS))))
        beside = [
            Likeness.of(document.found, document.set_apart, _solved(blank, nearness - own, answers - answered)) for document, (own, answered) in zip(documents, sums, strict=True)
        ]
        blank = replace(blank, typical=np.mean([likeness.seen() for likeness in beside], axis=0))
        self.precedents = _solved(blank, nearness, answers)
        self.signals = {document.name: replace(likeness, known=blank).signals() for document, likeness in zip(documents, beside, strict=True)}

    def examples(self, known: Sequence[Example]) -> list[Example]:
        """Return examples of these documents with what the precedents tell of each."""
        return [replace(example, signals=example.signals | self.signals[example.country][example.requirement]) for example in known]


def _solved(blank: Precedents, nearness: Numbers, answers: Numbers) -> Precedents:
    weights = np.linalg.solve(nearness + PENALTY * np.eye(len(nearness)), answers)
    return replace(blank, weights=np.asarray(weights, np.float64).reshape(blank.weights.shape))
