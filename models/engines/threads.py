"""Batches computed side by side, each by one thread: none waits for another, however busy the machine is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from lexfloor.models.engines import Engine, Features


def side_by_side(engine: Engine, features: Sequence[Features]) -> Iterator[NDArray[np.float32]]:
    """Yield the rows of each batch, (n, width) float32, in order; as many are computed at once as PyTorch has threads, which it has again afterwards."""
    import torch

    threads = torch.get_num_threads()
    pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))
    try:
        yield from pool.map(engine.rows, features)
    finally:
        pool.shutdown(cancel_futures=True)
        torch.set_num_threads(threads)
