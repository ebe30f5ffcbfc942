"""Precedents: how like the sections of a document are to the evidence of judged ones, for ranking them and for the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.models.precedents import KINDS, Precedents
from lexfloor.pipeline.stages.retrieve import Scores, Searched, by_language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    Numbers = NDArray[np.float64]

OWN_WORDS = 0.02
"""What a standard deviation of the score counts beside likeness: it orders what the precedents leave open, and all where they are few."""
BEST = 3
SIGNALS = (*(f"like_{kind}" for kind in KINDS), f"like_evidence_of_{BEST}")
DIGITS = 4


def apart(found: Searched, vectors: Matrix) -> Matrix:
    """Return the pieces' vectors less their mean within each language, of unit length: what sets a piece apart from its document."""
    centred = np.zeros_like(vectors)
    for _, chosen in by_language(found.sections, found.pieces):
        centred[chosen] = vectors[chosen] - vectors[chosen].mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    return np.asarray(np.divide(centred, lengths, out=np.zeros_like(centred), where=lengths > 1e-6), np.float32)


@dataclass(frozen=True)
class Likeness:
    """How like a document's sections are to judged evidence: ``by_section`` is (`KINDS`, requirements, sections), by the best piece of each."""

    known: Precedents
    by_section: Numbers

    @classmethod
    def of(cls, found: Searched, set_apart: Matrix, known: Precedents) -> Likeness:
        """Return the likeness of what was searched; every section has a piece, and the pieces of a section follow each other."""
        owners = np.array([piece.section for piece in found.pieces])
        first = np.searchsorted(owners, np.arange(len(found.sections)))
        return cls(known, np.maximum.reduceat(known.likeness(set_apart), first, axis=2))

    def relevance(self, scores: Scores) -> Matrix:
        """Return (requirements, sections), 0 to 1: how likely each section is to be evidence."""
        return np.asarray(np.round(np.clip(self.by_section[0] + OWN_WORDS * scores.fused, 0, 1), DIGITS), np.float32)

    def seen(self) -> Numbers:
        """Return (requirements, `SIGNALS`): the likeness of the section most like evidence of each kind, and the mean of the best three."""
        ordered = -np.sort(-self.by_section, axis=2)
        return np.column_stack([ordered[:, :, 0].T, ordered[0, :, :BEST].mean(axis=1)])

    def signals(self) -> dict[str, dict[str, float]]:
        """Return the same by requirement and name, less what is typical of the requirement: that tells nothing of one document."""
        return {name: dict(zip(SIGNALS, row, strict=True)) for name, row in zip(self.known.requirements, (self.seen() - self.known.typical).tolist(), strict=True)}
