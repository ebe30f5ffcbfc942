"""Precedents: what the evidence of judged documents reads like, by requirement and by verdict.

What settles a requirement is worded alike from document to document, and otherwise where it settles it otherwise. One linear
model a requirement and verdict, over the space of an encoder, tells how like a piece of text is to what people cite. It is
learned from their judgements alone (eval/precedents.py); no text can be read off it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.models.verdict import VERDICTS
from lexfloor.pipeline.records import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

SHOWN = tuple(verdict for verdict in VERDICTS if verdict is not Verdict.NOT_ADDRESSED)
"""The verdicts that texts show: silence has no evidence."""
KINDS = ("evidence", *map(str, SHOWN))
"""What a piece may be like: evidence at all, and evidence of each verdict."""


@dataclass(frozen=True, slots=True)
class Precedents:
    """What the evidence of some judged documents reads like.

    Attributes:
        requirements: ids, in the order of the second axis of ``weights``.
        weights: (dimension of the encoder, requirements, `KINDS`).
        typical: (requirements, signals): what the judged documents look like, each beside the others, in the mean.
    """

    requirements: tuple[str, ...]
    weights: Numbers
    typical: Numbers

    def likeness(self, vectors: NDArray[np.float32]) -> Numbers:
        """Return (`KINDS`, requirements, pieces): about 1 for what reads as evidence does, 0 for the mean piece.

        ``vectors`` are those of pieces apart from their document's mean (``apart`` of the stage that ranks).
        """
        return np.asarray(np.einsum("pd,drk->krp", vectors.astype(np.float64), self.weights, optimize=True))
