"""What every workbook shares: cells that hold text and never formulas, names of sheets, printing, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.pipeline.stages.export.tables import plain_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

A3 = 8
CELL_LIMIT = 32_000
"""Characters of a cell: spreadsheets take 32,767."""
HEAD = {"bold": True, "bg_color": "#1f3a5f", "font_color": "#ffffff"}
CELL = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#d0d0d0", "font_size": 10}
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date: the same results give the same bytes


@contextmanager
def opened_book(path: Path, title: str) -> Iterator[Workbook]:
    """Give a workbook to fill; it is written at the end."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title, "created": _MADE})
        yield book


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that spreadsheets allow and that is not taken, and take it."""
    base = re.sub(r"[\[\]:*?/\\']", "-", wanted)[:28] or "country"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base[:25]} {number}", number + 1
    taken.add(name.lower())
    return name


def cell_text(text: str) -> str:
    """Return what a cell holds of a text: no formula, and no more than a cell takes."""
    shown = plain_cell(text)
    return shown if len(shown) <= CELL_LIMIT else f"{shown[:CELL_LIMIT]}…"


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write a text into a cell."""
    sheet.write_string(row, column, cell_text(text), style)


def made_printable(sheet: Worksheet, head: int, footer: str, *, wide: int = 1) -> None:
    """Set a sheet up for paper: across on A3, ``wide`` pages wide, the row ``head`` on each page."""
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(wide, 0)
    sheet.repeat_rows(head)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&RPage &P of &N")
