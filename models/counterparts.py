"""Counterparts: where the evidence of judged countries lies in the space of an encoder, requirement by requirement.

What answers a requirement in one country's law is near what answers it in another's. For each judged country and requirement
one vector is kept: the mean of the pieces that people cite, less the mean of all pieces of that country searched. No text can be read off it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.models.weight_files import broken, shipped_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SHIPPED = "counterparts.safetensors"


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Vectors by country, a row a requirement, rows of zeros where a country has no evidence.

    ``space`` is the encoder's (``Encoder.space``): with the vectors of another they have nothing to do.
    """

    space: str
    requirements: tuple[str, ...]
    by_country: Mapping[str, Matrix]

    def without(self, *countries: str) -> Counterparts:
        """Return the counterparts of all other countries."""
        return Counterparts(self.space, self.requirements, {name: rows for name, rows in self.by_country.items() if name not in countries})

    def evidence(self, requirements: Sequence[str], space: str) -> Matrix | None:
        """Return the mean over countries for each requirement, zeros where none is known; None where nothing holds for these."""
        if space != self.space or not self.by_country or not set(requirements) & set(self.requirements):
            return None
        stacked = np.stack(list(self.by_country.values())).astype(np.float32)
        counts = np.any(stacked != 0, axis=2).sum(axis=0)
        mean = stacked.sum(axis=0) / np.maximum(counts, 1)[:, None]
        rows = {name: mean[row] for row, name in enumerate(self.requirements)}
        return np.stack([rows.get(name, np.zeros(mean.shape[1], np.float32)) for name in requirements]).astype(np.float32)

    def write(self, path: Path) -> None:
        """Write the vectors in half precision as a safetensors file; the same vectors give the same bytes."""
        from safetensors.numpy import save

        tensors = {name: np.ascontiguousarray(rows, dtype=np.float16) for name, rows in sorted(self.by_country.items())}
        path.write_bytes(save(tensors, {"about": json.dumps({"space": self.space, "requirements": self.requirements}, sort_keys=True)}))


def counterparts_in(path: Path, folder: Path | None = None) -> Counterparts:
    """Return the counterparts in a file that `Counterparts.write` wrote; ``folder`` is that of a user's own weights, for errors.

    Raises:
        ModelError: the file is missing or broken.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as file:
            about = json.loads(file.metadata()["about"])
            rows = {name: file.get_tensor(name).astype(np.float32) for name in sorted(file.keys())}
        return Counterparts(about["space"], tuple(about["requirements"]), rows)
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise broken(path.name, repr(error), folder) from error


@cache
def shipped_counterparts() -> Counterparts:
    """Return the shipped counterparts.

    Raises:
        ModelError: the file is missing or broken.
    """
    with as_file(shipped_weights() / SHIPPED) as path:
        return counterparts_in(path)
