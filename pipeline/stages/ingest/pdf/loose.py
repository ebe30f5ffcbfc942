"""Tables without lines: words that stand in columns row by row, told by the gaps between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from lexfloor.pipeline.stages.ingest.pdf.columns import page_gaps, usual_gaps
from lexfloor.pipeline.stages.ingest.pdf.hyphens import Hyphens
from lexfloor.pipeline.stages.ingest.pdf.labels import label_of
from lexfloor.pipeline.stages.ingest.pdf.lines import Line, usual_size
from lexfloor.pipeline.stages.ingest.pdf.tables import Table

_FEWEST = 3
"""Rows with words in two columns or more that a table has at least."""
_NARROWEST = 0.25
"""Least width of the gap between two columns as a part of the size of the words."""
_LEVEL, _SPACE = 0.35, 0.4
_ROW_GAP, _SIDE_BY_SIDE, _FAR = 1.06, 0.8, 3.5
"""Lines further apart than this many times the usual distance are of two rows, those nearer of cells side by side; the last are of two tables."""
_SAME_SIZE = 0.06
_LONGEST_CELLS, _LONGEST_PAIRS = 5, 2
"""Lines of the middling row: where there are more, text is printed in columns or has notes beside it."""
_LONGEST_HEADER = 24
"""Lines, one to a cell at least, that the rows over a table's columns have at most."""
_LEADERS = "...."


@dataclass(frozen=True, slots=True)
class _Row:
    """What stands at one height."""

    pieces: tuple[Line, ...]

    @property
    def base(self) -> float:
        return self.pieces[0].base

    @property
    def size(self) -> float:
        return max(piece.size for piece in self.pieces)


def loose_tables(pages: Sequence[Sequence[Line]]) -> list[list[Table]]:
    """Return the tables of each page that are printed without lines around their cells."""
    leading = _leading(pages)
    gaps = page_gaps(pages)
    usual = len(usual_gaps(gaps))
    zones = [[] if own and len(own) == usual else _zones(lines, leading) for lines, own in zip(pages, gaps, strict=True)]
    if not any(zones):
        return [[] for _ in pages]
    hyphens = Hyphens(line.words for lines in pages for line in lines)
    found = [[table for rows in zone if (table := _table(rows, leading, hyphens))] for zone in zones]
    # what looks like two columns of text may be a table of more
    return [[table for table in tables if not own or len(table.rows[0]) > len(own) + 1] for tables, own in zip(found, gaps, strict=True)]


def without_repeated_headers(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the lines of each page without the rows over a table's columns that are printed again where it goes on from the page before."""
    kept = [list(lines) for lines in pages]
    for number in range(1, len(pages)):
        seen: dict[tuple[str, int], list[float]] = {}
        for line in pages[number - 1]:
            seen.setdefault((line.words, round(line.left)), []).append(line.base)
        header: list[Line] = []
        offset: float | None = None
        for line in sorted(kept[number], key=lambda line: -line.base):
            found = [base - line.base for near in (-1, 0, 1) for base in seen.get((line.words, round(line.left) + near), ())]
            if offset is None and len(found) == 1:
                offset = found[0]
            if offset is None or not any(abs(apart - offset) < 1 for apart in found):
                break
            header.append(line)
            if len(header) > _LONGEST_HEADER:
                break
        if len(header) > _LONGEST_HEADER:
            continue  # pages alike: forms
        if len({round(line.left) for line in header}) > 1 and (all(line.bold for line in header) or not any(label_of(line.words) for line in header)):
            repeated = set(map(id, header))
            kept[number] = [line for line in kept[number] if id(line) not in repeated]
    return kept


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """Return the distance of two lines of one paragraph as a part of their size."""
    body = usual_size([line for lines in pages for line in lines])
    counted: Counter[float] = Counter()
    for lines in pages:
        for one, other in pairwise(lines):
            apart = one.base - other.base
            if abs(one.size - body) < 1 and abs(one.size - other.size) < 0.1 and abs(one.left - other.left) < 1 and 0.9 < apart / one.size < 2.6:
                counted[round(apart / one.size, 2)] += 1
    most = max(counted.values(), default=0)
    return min((apart for apart, count in counted.items() if count >= 0.2 * most), default=1.2)


def _zones(lines: Sequence[Line], leading: float) -> list[list[_Row]]:
    """Return the stretches of a page that stand in columns from top to bottom."""
    if len(lines) < 2 * _FEWEST:
        return []
    rows = _rows(lines)
    if sum(len(row.pieces) > 1 for row in rows) < _FEWEST:
        return []
    zones: list[list[_Row]] = []
    begin = free = 0
    while begin < len(rows):
        if len(rows[begin].pieces) < 2:
            begin += 1
            continue
        end = _end(rows, begin, leading)
        first = _first(rows[free:end], begin - free, leading) + free
        zones.append(rows[first:end])
        begin = free = end
    return zones


def _first(rows: Sequence[_Row], begin: int, leading: float) -> int:
    """Return where the cells begin that reach higher than the first row with words in two columns."""
    first = begin
    taken = _merged([(piece.left, piece.right) for row in rows[begin:] for piece in row.pieces], rows[begin].size)
    gaps = len(taken)
    for place in range(begin - 1, -1, -1):
        upper, lower = rows[place], rows[place + 1]
        taken = _merged([*taken, *((piece.left, piece.right) for piece in upper.pieces)], upper.size)
        if not _near(upper, lower, leading, _FAR) or len(taken) < gaps:
            break
        if _near(upper, lower, leading, _SIDE_BY_SIDE) or (first == place + 1 and _near(upper, lower, leading, _ROW_GAP)):
            first = place
    return first


def _rows(lines: Sequence[Line]) -> list[_Row]:
    groups: list[list[Line]] = []
    for line in sorted((piece for line in lines for piece in _parted(line)), key=lambda line: -line.base):
        if not groups or groups[-1][0].base - line.base > _LEVEL * line.size:
            groups.append([])
        groups[-1].append(line)
    return [_Row(tuple(sorted(group, key=lambda line: line.left))) for group in groups]


def _parted(line: Line) -> list[Line]:
    """Return a line in two where its second word stands further from the first than a usual space: it may be the next cell's."""
    if line.inner - line.left - line.first < _SPACE * line.size or " " not in line.words:
        return [line]
    first, rest = line.words.split(" ", 1)
    return [replace(line, words=first, right=line.left + line.first, inner=line.left), replace(line, words=rest, left=line.inner, first=line.right - line.inner)]


def _near(upper: _Row, lower: _Row, leading: float, most: float) -> bool:
    return upper.base - lower.base < most * leading * lower.size and abs(upper.size - lower.size) <= _SAME_SIZE * lower.size


def _end(rows: Sequence[_Row], begin: int, leading: float) -> int:
    """Return where the stretch in columns ends that begins with a row."""
    taken = [(piece.left, piece.right) for piece in rows[begin].pieces]
    last = begin + 1
    gaps = len(taken) - 1
    for place in range(begin + 1, len(rows)):
        row, before = rows[place], rows[place - 1]
        merged = _merged([*taken, *((piece.left, piece.right) for piece in row.pieces)], row.size)
        if not _near(before, row, leading, _FAR) or len(merged) < 2 or (len(row.pieces) == 1 and len(merged) - 1 < gaps):
            break
        taken, gaps = merged, len(merged) - 1
        if len(row.pieces) > 1 or _near(before, row, leading, _SIDE_BY_SIDE) or (last == place and _near(before, row, leading, _ROW_GAP)):
            last = place + 1
    return last


def _merged(stretches: Sequence[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    done: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if done and left - done[-1][1] < _NARROWEST * size:
            done[-1] = (done[-1][0], max(right, done[-1][1]))
        else:
            done.append((left, right))
    return done


def _gutters(rows: Sequence[_Row]) -> list[float]:
    """Return the middle of each gap that no line of some rows crosses."""
    merged = _merged([(piece.left, piece.right) for row in rows for piece in row.pieces], rows[0].size)
    return [(one[1] + other[0]) / 2 for one, other in pairwise(merged)]


def _table(rows: Sequence[_Row], leading: float, hyphens: Hyphens) -> Table | None:
    """Return a stretch in columns as a table; None where it is a list, a table of contents or text beside notes."""
    gutters = _gutters(rows)
    cells = _cells(rows, gutters, leading)
    groups: list[list[tuple[int, list[Line]]]] = []
    lowest = 0.0
    for column, lines in cells:
        if groups and lines[0].base > lowest - _LEVEL * lines[0].size:
            groups[-1].append((column, lines))
            lowest = min(lowest, lines[-1].base)
        else:
            groups.append([(column, lines)])
            lowest = lines[-1].base
    made = []
    for group in groups:
        words = [""] * (len(gutters) + 1)
        for column, lines in group:
            for line in lines:
                words[column] = hyphens.joined(words[column], line.words) if words[column] else line.words
        made.append(tuple(words))
    made = _without_headed_gaps(made)
    heights = [max(len(lines) for _, lines in group) for group in groups]
    if not gutters or not _is_table(made, heights):
        return None
    pieces = [piece for row in rows for piece in row.pieces]
    bases = [piece.base for piece in pieces]
    return Table(tuple(made), min(piece.left for piece in pieces), max(piece.right for piece in pieces), max(bases), min(bases), pieces[0].page)


def _without_headed_gaps(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows with each heading over its column: one that is centred may stand in a column of its own beside it."""
    done = [list(row) for row in rows]
    for column in range(len(done[0]) - 1, -1, -1):
        if not done[0][column] or any(row[column] for row in done[1:]):
            continue
        for beside in (column - 1, column + 1):
            if 0 <= beside < len(done[0]) and not done[0][beside]:
                done[0][beside] = done[0][column]
                for row in done:
                    del row[column]
                break
    return [tuple(row) for row in done]


def _cells(rows: Sequence[_Row], gutters: Sequence[float], leading: float) -> list[tuple[int, list[Line]]]:
    """Return the number of the column and the lines of each cell, the highest first."""
    cells: list[tuple[int, list[Line]]] = []
    opened: dict[int, list[Line]] = {}
    for row in rows:
        for piece in row.pieces:
            column = sum(gutter < piece.left for gutter in gutters)
            before = opened.get(column)
            if before and before[-1].base - piece.base < _ROW_GAP * leading * piece.size:
                before.append(piece)
            else:
                opened[column] = [piece]
                cells.append((column, opened[column]))
    return sorted(cells, key=lambda cell: -cell[1][0].base)


def _is_table(rows: Sequence[tuple[str, ...]], heights: Sequence[int]) -> bool:
    filled = [sum(map(bool, row)) for row in rows]
    if sum(count > 1 for count in filled) < max(_FEWEST, 0.5 * len(rows)) or any(_LEADERS in cell for row in rows for cell in row):
        return False
    pairs = len(rows[0]) == 2
    if median(heights) > (_LONGEST_PAIRS if pairs else _LONGEST_CELLS):
        return False
    first, last = [row[0] for row in rows if row[0]], [row[-1] for row in rows if row[-1]]
    if pairs and 2 * sum(label_of(cell) is not None or not any(map(str.isalnum, cell)) for cell in first) > len(first):
        return False
    numbers = [int(cell) for cell in last if cell.isdecimal() and len(cell) < 5]
    return len(numbers) < 0.8 * len(last) or numbers != sorted(numbers)
