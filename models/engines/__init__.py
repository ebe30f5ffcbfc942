"""Engines: what computes the rows of a model from tokenized texts, in one precision on one device.

An encoder's row is a text's vector; a cross-encoder's row would be a pair's logits: tokens of both come in the same shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Features = dict[str, NDArray[np.int64]]

Precision = Literal["float32", "bfloat16", "float16", "int8"]


class Engine(Protocol):
    """Computes rows; the row of a text depends on its own tokens and on the shape of the batch, never on what the batch's other texts say."""

    single: bool
    """True where that holds only if each text is computed alone: batches of one."""
    packed: bool
    """True where padding is left out, so that texts of several lengths make a batch, and batches are computed side by side, each by one thread."""

    def rows(self, features: Features) -> NDArray[np.float32]:
        """Return (n, width) float32 for what a tokenizer made of n texts: names of inputs to (n, length) token numbers."""
        ...
