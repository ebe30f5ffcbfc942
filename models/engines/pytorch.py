"""The engine of PyTorch: a module in its own precision (float32, bfloat16, float16) on a CPU or a CUDA device."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

    from lexfloor.models.engines import Features


class TorchEngine:
    """Computes rows by a function of tensors."""

    single = False
    packed = False

    def __init__(self, compute: Callable[[dict[str, Tensor]], Tensor], device: str) -> None:
        """Keep the function, which takes tensors (n, length) on the device and returns (n, width) in any precision."""
        self._compute, self._device = compute, device

    def rows(self, features: Features) -> NDArray[np.float32]:
        """Return (n, width) float32."""
        import torch

        with torch.inference_mode():
            found = self._compute({name: torch.from_numpy(values).to(self._device) for name, values in features.items()})
            array: NDArray[np.float32] = found.float().cpu().numpy()
        return array


def sentence_vectors(model: SentenceTransformer) -> Callable[[dict[str, Tensor]], Tensor]:
    """Return what computes the vectors of a sentence-transformers model, pooled as its own modules say."""

    def compute(features: dict[str, Tensor]) -> Tensor:
        found: Tensor = model(features)["sentence_embedding"]
        return found

    return compute
