"""How much of what should be found in texts (spans, figures) was found, and how much of what was found should have been.

Each row counts, for one item: ``right``, what was found and should be; ``found``, all that was found; ``expected``, all that
should be. The counts are added up before they are divided (micro average), so that an item weighs by what it holds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def micro_precision(right: ArrayLike, found: ArrayLike) -> float:
    """Return the share of all that was found which should be, 0 to 1; nan where nothing was found.

    >>> micro_precision([1, 2], [1, 3])
    0.75
    """
    return _share(float(np.sum(right)), float(np.sum(found)))


def micro_recall(right: ArrayLike, expected: ArrayLike) -> float:
    """Return the share of all that should be found which was, 0 to 1; nan where nothing should be.

    >>> micro_recall([1, 2], [2, 4])
    0.5
    """
    return _share(float(np.sum(right)), float(np.sum(expected)))


def micro_f1(right: ArrayLike, found: ArrayLike, expected: ArrayLike) -> float:
    """Return the harmonic mean of micro precision and recall, 0 to 1; nan where nothing was or should be found.

    Source: van Rijsbergen 1979, chapter 7 (F with precision and recall of equal weight).

    >>> micro_f1([1, 2], [1, 3], [2, 4])
    0.6
    """
    return _share(2 * float(np.sum(right)), float(np.sum(found)) + float(np.sum(expected)))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan
