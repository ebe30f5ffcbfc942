"""Tables that are drawn with lines: their cells by pdfplumber, the words in the cells by pdfium."""

from __future__ import annotations

import ctypes
import io
import struct
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from types import TracebackType
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lexfloor.pipeline.stages.ingest.pdf.lines import Line, cleaned

_FIRST_OBJECTS, _LAST_OBJECTS = 4_000, 2_000
"""Objects of a page that are looked at: where a page has more, each letter is one, and lines are drawn before or after them."""
_MOST_LINES = 3_000
"""Pages with more lines are drawings; the search for cells takes minutes there."""
_MOST_PAGES = 400
_MOST_SECONDS = 5.0
_PATH = raw.FPDF_PAGEOBJ_PATH
_PDFMINER_RAISES = (ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError, TypeError, ValueError, struct.error, zlib.error)
_THIN = 3.0
_LONG = 15.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page; ``base`` is its upper edge, ``bottom`` its lower one, in points from the page's lower left corner."""

    rows: tuple[tuple[str, ...], ...]
    left: float
    right: float
    base: float
    bottom: float
    page: int

    def holds(self, line: Line) -> bool:
        """Tell whether a line of the page stands in the table."""
        return self.bottom - 1 <= line.base <= self.base + 1 and line.left >= self.left - 2 and line.right <= self.right + 2


def is_ruled(page: pdfium.PdfPage) -> bool:
    """Tell whether lines or boxes are drawn on a page that may form a table."""
    edges = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(edge) for edge in edges]
    across = upright = boxes = paths = 0
    ruled = False
    handle = page.raw
    count = raw.FPDFPage_CountObjects(handle)
    for index in chain(range(min(count, _FIRST_OBJECTS)), range(max(_FIRST_OBJECTS, count - _LAST_OBJECTS), count)):
        drawn = raw.FPDFPage_GetObject(handle, index)
        if raw.FPDFPageObj_GetType(drawn) != _PATH or not raw.FPDFPageObj_GetBounds(drawn, *references):
            continue
        paths += 1
        width, height = edges[2].value - edges[0].value, edges[3].value - edges[1].value
        across += height <= _THIN and width >= _LONG
        upright += width <= _THIN and height >= 5
        boxes += width > _LONG and height > 5
        ruled = ruled or (across >= 2 and upright >= 2) or boxes >= 4 or (boxes > 0 and raw.FPDFPath_CountSegments(drawn) > 8)
        if paths > _MOST_LINES:
            return False
    return ruled


class TableFinder:
    """Finds the tables of the pages of one file; gives up, and says so in ``skipped``, where that takes too long."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._seconds = 0.0
        self._pages = 0
        self._opened: Any = None
        self.skipped: list[int] = []

    def __enter__(self) -> TableFinder:
        """Open nothing yet: most files have no table."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()

    def tables(self, page: pdfium.PdfPage, number: int) -> list[Table]:
        """Return the tables of a page that have at least two rows and two columns with words in them."""
        if self._pages >= _MOST_PAGES or self._seconds > _MOST_SECONDS or page.get_rotation():
            self.skipped.append(number)
            return []
        from pdfminer.psexceptions import PSException
        from pdfplumber.utils.exceptions import PdfminerException

        started = time.monotonic()
        self._pages += 1
        try:
            found = self._found(number)
        except (PSException, PdfminerException, *_PDFMINER_RAISES):  # on files that pdfium mends: the page is read without tables then
            self.skipped.append(number)
            return []
        finally:
            self._seconds += time.monotonic() - started
        return self._with_words(found, page, number)

    def _found(self, number: int) -> list[list[list[tuple[float, float, float, float] | None]]]:
        """Return the tables of a page as rows of cells (left, top, right, bottom from the page's upper edge)."""
        import pdfplumber

        if self._opened is None:
            self._opened = pdfplumber.open(io.BytesIO(self._data))
        page = self._opened.pages[number]
        tables = [[list(row.cells) for row in table.rows] for table in page.find_tables()]
        page.close()
        return tables

    def _with_words(self, found: list[list[list[tuple[float, float, float, float] | None]]], page: pdfium.PdfPage, number: int) -> list[Table]:
        left, _, _, top = page.get_bbox()
        text_page = page.get_textpage()
        try:
            tables = []
            for cells in found:
                rows = tuple(tuple(_words(text_page, cell, left, top) if cell else "" for cell in row) for row in cells)
                drawn = [cell for row in cells for cell in row if cell]
                filled = [sum(bool(cell) for cell in row) for row in rows]
                if sum(count > 0 for count in filled) < 2 or max(filled) < 2:
                    continue
                edges = [min(cell[0] for cell in drawn), max(cell[2] for cell in drawn), min(cell[1] for cell in drawn), max(cell[3] for cell in drawn)]
                height = top - page.get_bbox()[1]
                tables.append(Table(rows, edges[0], edges[1], height - edges[2], height - edges[3], number))
        finally:
            text_page.close()
        return tables


def _words(text_page: pdfium.PdfTextPage, cell: tuple[float, float, float, float], left: float, top: float) -> str:
    """Return the words in a cell, line-end hyphens joined."""
    begin, upper, end, lower = cell
    text = text_page.get_text_bounded(left + begin, top - lower, left + end, top - upper)
    return " ".join(cleaned(line) for line in text.replace("\ufffe\r\n", "").replace("\ufffe", "").split("\n")).strip()


def outside(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line]:
    """Return the lines that stand in none of the tables."""
    return [line for line in lines if not any(table.holds(line) for table in tables)]
