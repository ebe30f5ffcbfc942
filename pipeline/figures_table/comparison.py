"""Countries side by side: for each contingency and kind of figure, what each country's law says first and what else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.pipeline.figures_table.rows import CountryFigures, FigureRow
from lexfloor.pipeline.figures_table.told import case_words, each_once, figure_words, place_words
from lexfloor.pipeline.figures_table.wanted import BRANCHES, KINDS

PLACES = 3
"""Sections named for one figure, at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that a country's law gives, wherever it stands: equal figures are one."""

    figure: str
    case: str
    places: tuple[str, ...]
    confidence: float
    weight: float

    @property
    def line(self) -> str:
        """The figure in one line: "26 weeks (multiple birth): section 5 · The Act"."""
        more = len(self.places) - PLACES
        where = "; ".join(self.places[:PLACES]) + (f"; and {more} more" if more > 0 else "")
        return f"{self.figure}{f' ({self.case})' if self.case else ''}: {where}"


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of the comparison: ``told`` gives each country's figures, that of the general scheme first."""

    contingency: str
    kind: str
    told: dict[str, tuple[Told, ...]]


def compared(countries: Sequence[CountryFigures]) -> list[Compared]:
    """Return the comparison of countries, in the order of the Convention's Parts and of a scheme's rules.

    The first figure of a cell is the one that speaks most for the general scheme: told clearly, of no special case, in an
    operative provision of the act with most figures of the contingency; told several times, it counts for more.
    """
    cells: dict[tuple[str, str], dict[str, list[FigureRow]]] = defaultdict(lambda: defaultdict(list))
    for country in countries:
        for row in each_once(country.rows):
            cells[row.contingency, row.kind][country.country].append(row)
    branches, kinds = [*BRANCHES], [*KINDS]

    def place(cell: tuple[str, str]) -> tuple[int, int, str]:
        return branches.index(cell[0] or "none"), kinds.index(cell[1]) if cell[1] in kinds else len(kinds), cell[1]

    return [Compared(*cell, {country: _told(rows) for country, rows in cells[cell].items()}) for cell in sorted(cells, key=place)]


def _told(rows: Sequence[FigureRow]) -> tuple[Told, ...]:
    alike: dict[tuple[str, str], list[FigureRow]] = defaultdict(list)
    for row in rows:
        alike[figure_words(row), case_words(row)].append(row)
    told = [
        Told(figure, case, tuple(dict.fromkeys(map(place_words, same))), max(row.confidence for row in same), max(row.weight for row in same))
        for (figure, case), same in alike.items()
    ]
    return tuple(sorted(told, key=_by_weight))


def _by_weight(told: Told) -> tuple[float, str, str]:
    return -told.weight, told.figure, told.case
