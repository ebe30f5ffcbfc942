"""Tables of HTML: tables of data become rows, tables that only lay out a page become lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lexfloor.pipeline.stages.ingest.html.block import Block
from lexfloor.pipeline.stages.ingest.markers import MARKER_ALONE

MOST_SPANNED = 1000
"""Columns that one cell may span, as in browsers."""
LARGEST_GRID, LARGEST_TEXT = 200_000, 10_000_000
"""Cells and characters of a table with all spans written out; of a larger one each cell is written once."""
LONGEST_REPEATED = 300
"""Characters of a cell over several rows or columns that is written into each of them; a longer one is written once."""
LONG_CELL = 600
LINE_OF_TEXT = 60
LABELLED_ROWS = 0.8
_SECTION_LABEL = re.compile(r"(?:§+|第|[^\W\d_]{2,12}\.?)\s?\d{1,4}\s?[^\W\d_]?[.:]?|\d{1,3}\.?")


@dataclass(slots=True)
class Cell:
    """One cell as the page has it."""

    head: bool
    across: int
    down: int
    blocks: list[Block] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words of the cell in one line."""
        return " ".join(block.words for block in self.blocks if block.words)


@dataclass(slots=True)
class Table:
    """A table while it is read; ``layout`` where the page says that it is none of data."""

    layout: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    heads: set[int] = field(default_factory=set)
    before: list[Block] = field(default_factory=list)

    def blocks(self) -> list[Block]:
        """Return the table as blocks: one for each row of a table of data, else the blocks of its cells in reading order."""
        rows = [(index in self.heads, row) for index, row in enumerate(self.rows)]
        if self.layout or self._lays_out():
            return [*self.before, *(block for _, row in rows for cell in row for block in cell.blocks)]
        headed = [head or all(cell.head for cell in row if cell.blocks) for head, row in rows]
        last_head = next((index for index, head in enumerate(headed) if not head), len(headed)) - 1
        first = next(block for _, row in rows for cell in row for block in cell.blocks)
        grid = _without_empty_columns(_grid([row for _, row in rows], headed))
        made = [replace(first, kind="row", level=0, cells=tuple(cells), header=index == last_head, words=" ".join(filter(None, cells))) for index, cells in enumerate(grid)]
        return [*self.before, *(row for row in made if row.words)]

    def _lays_out(self) -> bool:
        """Tell a table that puts a label beside its text, or text beside text, from one that holds data."""
        filled = [[cell for cell in row if cell.blocks] for row in self.rows]
        filled = [row for row in filled if row]
        if max(map(len, filled), default=0) <= 1:
            return True
        cells = [cell for row in filled for cell in row]
        if any(block.kind == "row" or block.level for cell in cells for block in cell.blocks):
            return True
        if any(cell.head for cell in cells) or self.heads:
            return False
        if any(len(cell.blocks) > 3 and len(cell.words) > LONG_CELL for cell in cells):
            return True
        labelled = sum(MARKER_ALONE.fullmatch(row[0].words) is not None for row in filled if len(row) == 2)
        if labelled >= LABELLED_ROWS * len(filled):
            return True
        texts = sorted(len(row[1].words) for row in filled if len(row) == 2 and _SECTION_LABEL.fullmatch(row[0].words))
        return len(texts) >= LABELLED_ROWS * len(filled) and texts[len(texts) // 2] >= LINE_OF_TEXT


def _grid(rows: Sequence[Sequence[Cell]], headed: Sequence[bool]) -> list[list[str]]:
    """Return the words of every place of a table: a cell over several rows stands in each, a heading also in each column that it spans."""
    covered = [(cell.across * min(cell.down, len(rows)), cell.words) for row in rows for cell in row]
    written = sum(places * len(words) for places, words in covered if len(words) <= LONGEST_REPEATED)
    whole = sum(places for places, _ in covered) <= LARGEST_GRID and written <= LARGEST_TEXT
    hanging: dict[int, tuple[int, str]] = {}  # column: how many further rows a cell of an earlier row covers, and its words
    grid = []
    for row, head in zip(rows, headed, strict=True):
        line: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        cells = iter(row)
        cell = next(cells, None)
        while cell is not None or len(line) in hanging:
            column = len(line)
            if column in hanging:
                rows_left, words = hanging[column]
                across = 1
            else:
                assert cell is not None
                rows_left, words, across = (cell.down, cell.words, cell.across) if whole else (1, cell.words, 1)
                cell = next(cells, None)
            line.extend([words] + [words if head and len(words) <= LONGEST_REPEATED else ""] * (across - 1))
            if rows_left > 1:
                below.update((place, (rows_left - 1, line[place] if len(words) <= LONGEST_REPEATED else "")) for place in range(column, column + across))
        hanging = below
        grid.append(line)
    return grid


def _without_empty_columns(grid: list[list[str]]) -> list[list[str]]:
    """Return rows of one length without the columns in which no row has words; rows of a huge table as they are."""
    used = sorted({column for row in grid for column, words in enumerate(row) if words})
    if len(used) * len(grid) > LARGEST_GRID:
        return grid
    return [[row[column] if column < len(row) else "" for column in used] for row in grid]
