"""The columns of a page, and its lines in the order in which they are read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from lexfloor.pipeline.stages.ingest.pdf.lines import RAISED_BEGIN, RAISED_END, SMALLER, Line
from lexfloor.pipeline.stages.ingest.pdf.tables import Table

_NARROWEST = 6.0
"""Least width of the gap between two columns, in points."""
_FEWEST = 6
"""Lines that a column must have for a page to be taken as printed in columns."""
_SPANNING = 0.3
"""Part of a page's lines that may cross the gap between its columns: titles, notes over the whole width."""
_FILLED = 0.55
"""Part of a column's width that its middling line fills; cells of a table fill less."""
_DEEPEST = 2
_LEVEL, _RAISED = 0.35, 0.7
"""Baselines that differ by less than this many times the size are one; raised figures stand higher."""
_USUAL = 0.25
"""Part of the pages that must show the same columns before others are taken to have them: a table may look like columns."""
_ALIKE = 8.0
"""Gaps of two pages are one where they differ by less, in points."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the column that it stands in.

    Attributes:
        column: tells columns of one page apart: number of columns there, index among them.
        left, right: edges of the column, in points; those of a column alike on many pages where one page shows too little.
    """

    line: Line
    column: tuple[int, int]
    left: float = 0.0
    right: float = 0.0


def in_order(pages: Sequence[tuple[Sequence[Line], Sequence[Table]]]) -> list[Placed | Table]:
    """Return the lines and tables of all pages in reading order, each line joined from its pieces and placed in its column."""
    gaps = page_gaps([lines for lines, _ in pages])
    items = [item for page, (lines, tables) in zip(gaps, pages, strict=True) for item in _page(lines, tables, page)]
    edges = _edges([item for item in items if isinstance(item, Placed)])
    return [_within(item, edges) if isinstance(item, Placed) else item for item in items]


def page_gaps(pages: Sequence[Sequence[Line]]) -> list[list[float]]:
    """Return where the gaps between the columns of each page lie, from the left; none where it has one column."""
    gaps = [sorted(_gaps(lines, 0)) for lines in pages]
    expected = usual_gaps(gaps)
    return [page or (expected if expected and _fits(lines, expected) else []) for page, lines in zip(gaps, pages, strict=True)]


def usual_gaps(pages: Sequence[list[float]]) -> list[float]:
    """Return the gaps that most pages have of those with gaps, none where that are few pages."""
    usual = Counter(tuple(round(gap / _ALIKE) for gap in page) for page in pages if page).most_common(1)
    if not usual or usual[0][1] < _USUAL * len(pages):
        return []
    return next(page for page in pages if tuple(round(gap / _ALIKE) for gap in page) == usual[0][0])


def _fits(lines: Sequence[Line], gaps: Sequence[float]) -> bool:
    """Tell whether a page that shows no columns by itself may have those of other pages: a last page, a page of lists."""
    crossing = sum(line.left < gap < line.right for line in lines for gap in gaps)
    return crossing <= _SPANNING * len(lines) and all(any(line.left > gap for line in lines) for gap in gaps)


def _page(lines: Sequence[Line], tables: Sequence[Table], gaps: Sequence[float]) -> list[Placed | Table]:
    items: list[Line | Table] = sorted([*lines, *tables], key=lambda item: -item.base)
    ordered: list[Placed | Table] = []
    band: list[Line] = []
    for item in items:
        if isinstance(item, Table) or any(item.left < gap < item.right for gap in gaps):
            ordered += _band(band, gaps)
            band = []
            ordered += [item] if isinstance(item, Table) else []
        if isinstance(item, Line):
            if any(item.left < gap < item.right for gap in gaps):
                ordered += [Placed(item, (1, 0))]
            else:
                band.append(item)
    return _joined([*ordered, *_band(band, gaps)])


def _band(lines: Sequence[Line], gaps: Sequence[float]) -> list[Placed | Table]:
    """Return the lines between two that span the page, column by column."""
    columns: dict[int, list[Placed | Table]] = defaultdict(list)
    for line in lines:
        index = sum(gap <= line.left for gap in gaps)
        columns[index].append(Placed(line, (len(gaps) + 1, index)))
    return [placed for index in sorted(columns) for placed in columns[index]]


def _gaps(lines: Sequence[Line], depth: int) -> list[float]:
    """Return where the gaps between the columns of a page lie; none where it has one column."""
    if depth >= _DEEPEST or len(lines) < 2 * _FEWEST:
        return []
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best = _widest_gap(lines, left + 0.2 * (right - left), right - 0.2 * (right - left))
    if best is None:
        return []
    begin, end = best
    before, after = [line for line in lines if line.right <= begin + 1], [line for line in lines if line.left >= end - 1]
    for side, width in ((before, begin - left), (after, right - end)):
        rows: dict[int, float] = defaultdict(float)
        for line in side:
            rows[round(line.base)] += line.right - line.left
        if len(rows) < _FEWEST or median(rows.values()) < _FILLED * width:
            return []
    middle = (begin + end) / 2
    return [*_gaps(before, depth + 1), middle, *_gaps(after, depth + 1)]


def _widest_gap(lines: Sequence[Line], lowest: float, highest: float) -> tuple[float, float] | None:
    """Return the stretch across the page that fewest lines cross, where few enough do."""
    allowed = _SPANNING * len(lines)
    events = sorted([(line.left, 1) for line in lines] + [(line.right, -1) for line in lines])
    crossing, begin, best = 0, None, None
    least = float("inf")
    for place, step in events:
        if begin is not None:
            if place - begin >= _NARROWEST and begin < highest and place > lowest and (crossing, begin - place) < (least, best[0] - best[1] if best else 0.0):
                least, best = crossing, (begin, place)
            begin = None
        crossing += step
        if crossing <= allowed and lowest < place < highest and step < 0:
            begin = place
    return best


def _joined(items: Sequence[Placed | Table]) -> list[Placed | Table]:
    """Join what stands side by side in one column into one line: a number and its text, a word and its raised figure."""
    done: list[Placed | Table] = []
    row: list[Placed] = []
    for item in items:
        if isinstance(item, Placed) and row and item.column == row[0].column and _beside(row[-1].line, item.line):
            row.append(item)
            continue
        done += _one(row)
        row = []
        if isinstance(item, Table):
            done.append(item)
        else:
            row = [item]
    return [*done, *_one(row)]


def _beside(one: Line, other: Line) -> bool:
    """Tell whether two lines stand side by side, the smaller one perhaps raised."""
    size = max(one.size, other.size)
    apart = abs(one.base - other.base)
    if apart < _LEVEL * size:
        return True
    small, large = (one, other) if one.size < other.size else (other, one)
    raised = small.size < SMALLER * size and 0 < small.base - large.base < _RAISED * size
    return raised and large.left < small.left < large.right + 0.5 * size


def _one(row: Sequence[Placed]) -> list[Placed]:
    if len(row) < 2:
        return list(row)
    lines = sorted((placed.line for placed in row), key=lambda line: line.left)
    main = max(lines, key=lambda line: len(line.words) * line.size)
    first = lines[0]
    whole = replace(
        main,
        words=_words(lines, main),
        left=first.left,
        right=max(line.right for line in lines),
        first=first.first,
        inner=first.inner if " " in first.words else lines[1].left,
        bold=all(line.bold for line in lines),
    )
    return [replace(row[0], line=whole)]


def _words(lines: Sequence[Line], main: Line) -> str:
    pieces: list[str] = []
    previous: Line | None = None
    for line in lines:
        raised = line.size < SMALLER * main.size and line.base - main.base > 0.1 * main.size
        close = previous is not None and line.left - previous.right < (0.3 if raised else 0.12) * main.size
        pieces += ["" if close or previous is None else " ", f"{RAISED_BEGIN}{line.words}{RAISED_END}" if raised else line.words]
        previous = line
    return "".join(pieces)


def _edges(placed: Sequence[Placed]) -> dict[tuple[int, int, int], tuple[float, float]]:
    """Return the edges of columns that are alike on even or on odd pages."""
    lefts: dict[tuple[int, int, int], dict[int, float]] = defaultdict(dict)
    rights: dict[tuple[int, int, int], list[float]] = defaultdict(list)
    for each in placed:
        key = (*each.column, each.line.page % 2)
        lefts[key][each.line.page] = min(each.line.left, lefts[key].get(each.line.page, each.line.left))
        rights[key].append(each.line.right)
    edges = {}
    for key, ends in rights.items():
        ends.sort()
        edges[key] = (median(lefts[key].values()), ends[min(len(ends) - 1, int(0.97 * len(ends)))])
    return edges


def _within(placed: Placed, edges: dict[tuple[int, int, int], tuple[float, float]]) -> Placed:
    left, right = edges[(*placed.column, placed.line.page % 2)]
    return replace(placed, left=left, right=right)
