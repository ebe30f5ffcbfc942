"""What the ranking looks at: the sections of one country with their scores, and what earlier stages know of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import Link, Parameter, Provision
from lexfloor.pipeline.stages.retrieve import Scores, Searched

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

COUNTERPART_WEIGHT = 0.35
"""What nearness to the evidence of other countries counts beside the fused score, where sections are compared before they are ranked."""


@dataclass(frozen=True)
class View:
    """One country's sections as the ranking sees them; matrices are (requirements, sections).

    Attributes:
        vectors: of the pieces searched.
        parameters: figures of law; those of sections that were not searched do no harm.
        links: what provisions refer to; only references to provisions that were found count.
        titles: of the acts, by file.
        counterparts: how near each section comes to other countries' evidence for each requirement, in standard deviations;
            None where that is not known.
    """

    standard: Standard
    found: Searched
    vectors: Matrix
    scores: Scores
    parameters: Sequence[Parameter]
    links: Sequence[Link]
    titles: Mapping[str, str]
    counterparts: Matrix | None = None

    @property
    def sections(self) -> tuple[Provision, ...]:
        """The sections, in the order of the matrices' columns."""
        return self.found.sections

    @property
    def shape(self) -> tuple[int, int]:
        """Number of requirements and of sections."""
        return len(self.standard.requirements), len(self.sections)

    @cached_property
    def together(self) -> Matrix:
        """All that is known of nearness in one score."""
        fused = self.scores.fused
        return fused if self.counterparts is None else fused + np.float32(COUNTERPART_WEIGHT) * self.counterparts

    @cached_property
    def rows_of_part(self) -> dict[str, list[int]]:
        """The rows of each Part's requirements."""
        rows: dict[str, list[int]] = {}
        for row, requirement in enumerate(self.standard.requirements):
            rows.setdefault(requirement.part, []).append(row)
        return rows

    @cached_property
    def columns_of_act(self) -> dict[str, list[int]]:
        """The columns of each act's sections, in order of the text."""
        columns: dict[str, list[int]] = {}
        for column in sorted(range(len(self.sections)), key=self._place):
            columns.setdefault(self.sections[column].file, []).append(column)
        return columns

    @cached_property
    def columns_of_chapter(self) -> dict[tuple[str, tuple[str, ...]], list[int]]:
        """The columns of the sections that stand in one act under the same headings, in order of the text."""
        columns: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for column in (column for act in self.columns_of_act.values() for column in act):
            columns.setdefault((self.sections[column].file, self.sections[column].path), []).append(column)
        return columns

    def _place(self, column: int) -> tuple[str, int]:
        section = self.sections[column]
        return section.file, section.span.start
