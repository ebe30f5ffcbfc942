"""Whether a section states a figure of the kind that the requirement's rule asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.records import Dimension, Parameter
from lexfloor.pipeline.stages.classify.comparison import answered_by
from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SAME, UNTOLD, OTHER = 1.0, 0.3, -1.0
"""Worth of a figure for the requirement's contingency, for one that the words do not tell, and for another."""


def answers(view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield features by name."""
    column_of = {(section.file, section.id): column for column, section in enumerate(view.sections)}
    by_column: dict[int, list[Parameter]] = {}
    for parameter in view.parameters:
        column = column_of.get((parameter.file, parameter.provision))
        if column is not None:
            by_column.setdefault(column, []).append(parameter)
    figure, own_figure, asked = (np.zeros(view.shape, np.float32) for _ in range(3))
    for row, requirement in enumerate(view.standard.requirements):
        rule = requirement.rule or requirement.practice
        kinds = answered_by(rule) if rule else ()
        asked[row] = bool(kinds)
        for column, parameters in by_column.items() if kinds else ():
            if right := [parameter for parameter in parameters if parameter.kind in kinds]:
                figure[row, column] = max(parameter.strength for parameter in right)
                own_figure[row, column] = max(_worth(parameter, requirement) * parameter.strength for parameter in right)
    yield "figure", figure
    yield "figure_of_contingency", own_figure
    yield "figure_asked", asked
    for dimension in (Dimension.COVERAGE, Dimension.GOVERNANCE):
        rows = np.array([[requirement.dimension is dimension] for requirement in view.standard.requirements], np.float32)
        yield f"asks_{dimension}", np.broadcast_to(rows, view.shape)


def _worth(parameter: Parameter, requirement: Requirement) -> float:
    if parameter.contingency is None:
        return UNTOLD
    return SAME if parameter.contingency is requirement.contingency else OTHER
