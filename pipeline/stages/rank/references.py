"""What refers to a section: law refers to its main rules, and rules to their conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

BEST = 3
"""What the best sections of a requirement refer to may belong to its answer."""


def references(view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield features by name: how many sections refer to each, and whether one of the requirement's best does."""
    column_of = {(section.file, section.section): column for column, section in enumerate(view.sections)}
    targets: dict[int, set[int]] = {}
    for link in view.links:
        source = column_of.get((link.file, link.section))
        target = column_of.get((link.target_file, link.target_section)) if link.kind == "reference" and link.target else None
        if source is not None and target is not None and source != target:
            targets.setdefault(source, set()).add(target)
    counts = np.zeros(view.shape[1])
    for found in targets.values():
        counts[list(found)] += 1
    yield "referred_to", np.broadcast_to(np.log1p(counts).astype(np.float32), view.shape)
    by_best = np.zeros(view.shape, np.float32)
    for row, best in enumerate(np.argsort(-view.together, axis=1, kind="stable")[:, :BEST]):
        for column in best:
            by_best[row, list(targets.get(int(column), ()))] = 1.0
    yield "referred_to_by_best", by_best
