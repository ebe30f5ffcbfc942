"""Labels as whole numbers, so that numpy can count them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = Sequence[Hashable] | NDArray[Any]
"""Labels of rows: a list, or a column of a table. None is a label like another: no answer is a wrong answer."""


def listed(values: Labels) -> list[Any]:
    """Return labels as a list of Python's own values, which are quicker to look up one by one than numpy's."""
    return values.tolist() if isinstance(values, np.ndarray) else list(values)


def column(values: Labels) -> NDArray[Any]:
    """Return labels as an array of one dimension."""
    return values if isinstance(values, np.ndarray) else np.fromiter(values, dtype=object, count=len(values))


def labels_in(*columns: Iterable[Hashable]) -> tuple[Hashable, ...]:
    """Return the labels that occur in any of the columns, sorted as text."""
    return tuple(sorted(set().union(*columns), key=str))


def coded(values: list[Any], labels: Sequence[Hashable]) -> NDArray[np.intp]:
    """Return the place of each value among the labels.

    Raises:
        ValueError: a value is not among the labels.
    """
    # A dictionary: sorting 900 strings, as numpy.unique does, takes ten times as long.
    places = {label: place for place, label in enumerate(labels)}
    try:
        return np.fromiter(map(places.__getitem__, values), np.intp, len(values))
    except KeyError as error:
        raise ValueError(f"{error.args[0]!r} is not among the labels {', '.join(map(repr, labels))}") from error
