"""Tables of a DOCX file: which rows and cells are printed, and whether a table holds data or only places text on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from lexfloor.pipeline.stages.ingest.docx.parts import MC, W, number, switched, value
from lexfloor.pipeline.stages.ingest.docx.styles import Styles
from lexfloor.pipeline.stages.ingest.docx.words import GONE, KEPT, has_words, visible_part
from lexfloor.pipeline.stages.ingest.markers import MARKER_ALONE

PARAGRAPH, TABLE, ROW, CELL = W + "p", W + "tbl", W + "tr", W + "tc"
_TEXT = W + "t"
_WRAPPERS = frozenset((W + "sdt", W + "customXml", W + "smartTag", W + "ins", W + "moveTo", MC + "AlternateContent"))
_LONG_CELL, _MANY_PARAGRAPHS = 600, 2
_LABELLED_ROWS = 0.8
_MOST_COLUMNS = 63
LARGEST_GRID = 200_000
"""Columns of all rows together; in a larger table no cell is written wider than one, and columns are not aligned."""


def blocks(container: Iterable[etree._Element], counts: Counter[str], *wanted: str) -> Iterator[etree._Element]:
    """Yield the elements of some kinds in a container, in order, those inside content controls and insertions too.

    ``counts`` takes what was left out on the way.
    """
    stack = [iter(container)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in wanted:
            yield child
        elif child.tag in GONE:
            counts["deletions"] += has_words(child)
        elif child.tag in _WRAPPERS:
            counts["insertions"] += child.tag in KEPT and has_words(child)
            stack.append(iter(visible_part(child)))
        elif child.tag == W + "altChunk":
            counts["foreign"] += 1


def printed_rows(table: etree._Element, counts: Counter[str]) -> list[etree._Element]:
    """Return the rows of a table that are printed: none that were deleted or are hidden."""
    rows = []
    for row in blocks(table, counts, ROW):
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            counts["deletions"] += has_words(row)
        elif properties is not None and switched(properties.find(W + "hidden")):
            counts["hidden"] += has_words(row)
        else:
            counts["insertions"] += properties is not None and properties.find(W + "ins") is not None
            rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row; ``element`` is None where the row leaves columns free, ``continued`` where it is part of the cell above."""

    element: etree._Element | None
    across: int = 1
    continued: bool = False


def row_cells(row: etree._Element, counts: Counter[str]) -> Iterator[Cell]:
    """Yield the cells of a row, as many columns wide as each spans."""
    if before := _columns(row.find(f"{W}trPr/{W}gridBefore"), 0):
        yield Cell(None, before)
    for cell in blocks(row, counts, CELL):
        properties = cell.find(W + "tcPr")
        if properties is None:
            yield Cell(cell)
            continue
        if properties.find(W + "cellDel") is not None:
            counts["deletions"] += has_words(cell)
            continue
        below = properties.find(W + "vMerge")
        yield Cell(cell, _columns(properties.find(W + "gridSpan"), 1), below is not None and value(below) != "restart")


def first_row_heads(table: etree._Element, rows: list[etree._Element], styles: Styles) -> bool:
    """Tell whether a table's properties or its style make a header of the first row."""
    if switched(rows[0].find(f"{W}trPr/{W}tblHeader")):
        return True
    look = table.find(f"{W}tblPr/{W}tblLook")
    stated, bits = value(look, "firstRow"), value(look)
    applied = stated in ("1", "true", "on") or (not stated and len(bits) == 4 and bits[2:3] in "2367ABEFabef")
    return applied and styles.bold_first_row(value(table.find(f"{W}tblPr/{W}tblStyle")))


def is_layout(rows: list[etree._Element], styles: Styles) -> bool:
    """Tell a table that only places text on the page: one column, tables or headings or long texts in cells, or labels beside text."""
    cells = [row.findall(CELL) for row in rows]
    if all(len(row) <= 1 for row in cells):
        return True
    if any(cell.find(TABLE) is not None or _holds_text_of_law(cell, styles) for row in cells for cell in row):
        return True
    labelled = sum(len(row) == 2 and MARKER_ALONE.fullmatch(_words(row[0])) is not None for row in cells)
    return labelled >= _LABELLED_ROWS * len(cells)


def _holds_text_of_law(cell: etree._Element, styles: Styles) -> bool:
    """Tell a cell with headings, or with several paragraphs of some length."""
    paragraphs = cell.findall(PARAGRAPH)
    if any(styles.paragraph(value(paragraph.find(f"{W}pPr/{W}pStyle"))).heading for paragraph in paragraphs):
        return True
    lengths = [len(_words(paragraph)) for paragraph in paragraphs] if len(paragraphs) > _MANY_PARAGRAPHS else []
    return sum(length > 0 for length in lengths) > _MANY_PARAGRAPHS and sum(lengths) > _LONG_CELL


def _words(element: etree._Element) -> str:
    """Return the words of an element as they are stored, as far as is needed to know their kind."""
    return "".join(text.text or "" for text in islice(element.iter(_TEXT), 200)).strip()


def _columns(element: etree._Element | None, usual: int) -> int:
    stated = number(element)
    return usual if stated is None else min(max(stated, usual), _MOST_COLUMNS)
