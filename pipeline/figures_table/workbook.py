"""The workbook of figures: countries side by side, then a sheet a country with section and quote, that can be filtered and printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.pipeline.figures_table.comparison import Compared, Told, compared
from lexfloor.pipeline.figures_table.flat import Add
from lexfloor.pipeline.figures_table.rows import CountryFigures, FigureRow
from lexfloor.pipeline.figures_table.told import each_once, figure_words, named
from lexfloor.pipeline.figures_table.wanted import branch_text, kind_text
from lexfloor.pipeline.stages.export.sheets import CELL, CELL_LIMIT, HEAD, cell_text, made_printable, opened_book, sheet_name, write_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    ("Contingency", 15),
    ("What it measures", 19),
    ("Figure", 17),
    ("For whom, in which case", 17),
    ("Taken of", 15),
    ("Section", 12),
    ("Heading", 22),
    ("Act", 26),
    ("Page", 6),
    ("The law's words", 70),
    ("Confidence", 8),
    ("Value", 10),
    ("Up to", 8),
    ("Unit", 10),
    ("As the law prints it", 16),
    ("The law's unit", 12),
    ("Comparator", 11),
    ("Shall / may", 9),
    ("Provision is", 12),
    ("Text is", 14),
    ("Text of", 11),
    ("File", 26),
    ("Provision id", 22),
    ("Start", 9),
    ("End", 9),
)
"""Columns of a country's sheet, with their widths."""
PRINTED = 11
"""Columns that are printed: the rest is for filters and for finding the place again."""
HEIGHT, TALLEST = 14, 250
"""Points of a line of text, and of a row at most."""
COMPARED = 34
"""Width of a country's column in the comparison."""
SIDE_BY_SIDE = 6
"""Countries on one page across."""
FAINT = 0.4
"""Figures less likely than this to be right are shown grey."""
BAND, GREY = "#f1f5fa", "#767676"
_EXPLAINED = (
    ("Comparison", "Each cell shows first the figure that speaks most for the general scheme: told clearly, of no special case, in a provision that is neither transitional"
     " nor a schedule, of the act that says most of the contingency. A note on the cell lists the others; all stand in the country's sheet."),
    ("Figure", "The figure as the law gives it, never converted; 'at least' and 'at most' where the law says so, a range where the law gives one."),
    ("For whom", "The case in which the figure holds, where the law's words name one. Empty: none is named near the figure."),
    ("Taken of", "What a percentage is taken of: previous earnings, the minimum wage, another pension."),
    ("Confidence", "How often figures told like this one had the right kind, value and unit when drawn at random and judged; the doubtful are grey."),
    ("The law's words", "The clause around the figure, the figure in bold, markup removed; '…' marks what is left out of a long clause."),
    ("Provision is", "What the provision is there for; law that is repealed or not in force is left out."),
    ("Start, End", "Place of the figure in the file's text, in characters from its beginning."),
    ("Read by machine", "A figure may be missed, or taken for another kind: read the quote before you rely on it."),
)  # fmt: skip


@contextmanager
def workbook_file(path: Path) -> Iterator[Add]:
    """Write the workbook once all countries are there; cells hold text and numbers, never formulas."""
    countries: list[CountryFigures] = []
    yield countries.append
    with opened_book(path, "Figures of law") as book:
        styles = _Styles(book), _Styles(book, BAND)
        _comparison(book.add_worksheet("Comparison"), countries, styles)
        taken = {"comparison", "about", "history"}  # the last is reserved by spreadsheets
        for country in countries:
            _country(book.add_worksheet(sheet_name(country.country, taken)), country, styles)
        _about(book.add_worksheet("About"), styles[0])


class _Styles:
    """The formats of the workbook; ``band`` is the background of the rows that they are for."""

    def __init__(self, book: Workbook, band: str = "") -> None:
        cell = {**CELL, "bg_color": band} if band else CELL
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({**CELL, **HEAD})
        self.cell: Format = book.add_format(cell)
        self.strong: Format = book.add_format({**cell, "bold": True})
        self.faint: Format = book.add_format({**cell, "bold": True, "font_color": GREY})
        self.number: Format = book.add_format({**cell, "num_format": "#,##0.####"})
        self.count: Format = book.add_format({**cell, "num_format": "0"})
        self.share: Format = book.add_format({**cell, "num_format": "0%", "align": "center"})
        self.bold: Format = book.add_format({"bold": True, "font_size": 10})
        self.bold_faint: Format = book.add_format({"bold": True, "font_size": 10, "font_color": GREY})
        self.plain: Format = book.add_format({"font_size": 10})

    def figure(self, confidence: float) -> Format:
        """Return the format of a figure in a cell of its own."""
        return self.strong if confidence >= FAINT else self.faint


Bands = tuple[_Styles, _Styles]
"""Formats of white and of coloured rows."""


def _bands(groups: Sequence[object]) -> list[int]:
    """Return 0 or 1 for each row: rows of one group lie on one background, the next group on the other.

    >>> _bands(["a", "a", "b", "a"])
    [0, 0, 1, 0]
    """
    bands: list[int] = []
    for place, group in enumerate(groups):
        bands.append((bands[-1] if group == groups[place - 1] else 1 - bands[-1]) if bands else 0)
    return bands


def _comparison(sheet: Worksheet, countries: Sequence[CountryFigures], banded: Bands) -> None:
    lines, styles = compared(countries), banded[0]
    sheet.write_string(0, 0, "Figures of law, country by country", styles.title)
    sheet.write_string(
        1, 0, "Each cell: the figure of the general scheme, as far as the words tell, and its section; further figures stand in a note and in the country's sheet. Read by machine."
    )
    for column, head in enumerate(("Contingency", "What it measures", *(country.country for country in countries))):
        write_text(sheet, 3, column, head, styles.head)
    bands = _bands([line.contingency for line in lines])
    for row, (line, band) in enumerate(zip(lines, bands, strict=True), 4):
        styles = banded[band]
        write_text(sheet, row, 0, branch_text(line.contingency), styles.strong)
        write_text(sheet, row, 1, kind_text(line.kind), styles.cell)
        for column, country in enumerate(countries, 2):
            _compared_cell(sheet, row, column, line.told.get(country.country, ()), styles)
        sheet.set_row(row, HEIGHT * _lines_of(line))
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, max(2, len(countries) + 1), COMPARED)
    sheet.set_row(3, 2 * HEIGHT)
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, 3 + len(lines), 1 + len(countries))
    sheet.repeat_columns(0, 1)
    made_printable(sheet, 3, "Figures of law: comparison", wide=max(1, ceil(len(countries) / SIDE_BY_SIDE)))


def _compared_cell(sheet: Worksheet, row: int, column: int, told: Sequence[Told], styles: _Styles) -> None:
    if not told:
        write_text(sheet, row, column, "", styles.cell)
        return
    bold = styles.bold if told[0].confidence >= FAINT else styles.bold_faint
    _write_rich(sheet, row, column, ("", told[0].figure, _rest(told)), bold, styles)
    if told[1:]:
        words = "\n".join(cell_text(other.line) for other in told[1:])
        sheet.write_comment(row, column, words[:CELL_LIMIT], {"author": "lexfloor", "x_scale": 3, "y_scale": min(6, 0.6 + 0.3 * len(told)), "font_size": 9})


def _rest(told: Sequence[Told]) -> str:
    """Return what a cell of the comparison says after its figure."""
    first, others = told[0], len(told) - 1
    case = f" ({first.case})" if first.case else ""
    more = f"\n+ {others} other {'figure' if others == 1 else 'figures'}" if others else ""
    return f"{case}\n{first.places[0]}{more}"


def _lines_of(line: Compared) -> int:
    """Return how many lines of text the fullest cell of a line takes."""
    cells = [f"{told[0].figure}{_rest(told)}" for told in line.told.values()]
    return max(sum(1 + len(part) // (COMPARED - 6) for part in cell.split("\n")) for cell in cells)


def _country(sheet: Worksheet, country: CountryFigures, banded: Bands) -> None:
    rows, styles = each_once(country.rows), banded[0]
    write_text(sheet, 0, 0, f"{country.country}: figures of law", styles.title)
    sheet.write_string(
        1, 0, f"{len(rows):,} different figures of {country.laws:,} {'law' if country.laws == 1 else 'laws'}; the general scheme's first. Read by machine: check the quote."
    )
    for column, (head, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        write_text(sheet, 3, column, head, styles.head)
    bands = _bands([(row.contingency, row.kind) for row in rows])
    for row, (figure, band) in enumerate(zip(rows, bands, strict=True), 4):
        _figure(sheet, row, figure, banded[band])
    sheet.set_row(3, 2 * HEIGHT)
    sheet.freeze_panes(4, 3)
    sheet.autofilter(3, 0, 3 + len(rows), len(COLUMNS) - 1)
    sheet.print_area(0, 0, 3 + len(rows), PRINTED - 1)
    made_printable(sheet, 3, f"Figures of law: {country.country}")


def _figure(sheet: Worksheet, row: int, figure: FigureRow, styles: _Styles) -> None:
    cells: tuple[str | float | None, ...] = (
        branch_text(figure.contingency),
        kind_text(figure.kind),
        figure_words(figure),
        named(figure.qualifier),
        named(figure.base),
        figure.section,
        figure.heading,
        figure.act,
        figure.page,
        figure.quote,
        figure.confidence,
        figure.value,
        figure.high,
        figure.unit.replace("_", " "),
        figure.printed,
        figure.own_unit,
        figure.comparator.replace("_", " "),
        figure.modality,
        figure.provision_kind.replace("_", " "),
        figure.text_state.replace("_", " "),
        figure.text_date,
        figure.file,
        figure.provision,
        figure.start,
        figure.end,
    )
    numbers = {8: styles.count, 10: styles.share, 11: styles.number, 12: styles.number, 23: styles.count, 24: styles.count}
    for column, cell in enumerate(cells):
        if isinstance(cell, int | float):
            sheet.write_number(row, column, cell, numbers[column])
        else:
            write_text(sheet, row, column, cell or "", styles.figure(figure.confidence) if column == 2 else styles.cell)
    end = figure.place + len(figure.printed)
    _write_rich(sheet, row, 9, (figure.quote[: figure.place], figure.quote[figure.place : end], figure.quote[end:]), styles.bold, styles)
    longest = max(1 + len(str(cell or "")) // COLUMNS[column][1] for column, cell in enumerate(cells[:PRINTED]))
    sheet.set_row(row, min(TALLEST, HEIGHT * longest + 4))


def _write_rich(sheet: Worksheet, row: int, column: int, parts: tuple[str, str, str], bold: Format, styles: _Styles) -> None:
    """Write a text into a cell, its middle part in the format ``bold``; a cell of formatted text is never a formula."""
    before, strong, after = cell_text(parts[0]) if parts[0] else "", parts[1] if parts[0] else cell_text(parts[1]), parts[2]
    if not (before or after) or len(before) + len(strong) + len(after) > CELL_LIMIT:
        write_text(sheet, row, column, "".join(parts), styles.strong)
        return
    runs = [item for style, part in ((styles.plain, before), (bold, strong), (styles.plain, after)) if part for item in (style, part)]
    sheet.write_rich_string(row, column, *runs, styles.cell)


def _about(sheet: Worksheet, styles: _Styles) -> None:
    widths = (18, 110)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "How to read this workbook", styles.title)
    for row, (name, words) in enumerate(_EXPLAINED, 2):
        write_text(sheet, row, 0, name, styles.strong)
        write_text(sheet, row, 1, words, styles.cell)
        sheet.set_row(row, HEIGHT * (1 + len(words) // (widths[1] - 10)) + 4)
    made_printable(sheet, 0, "Figures of law: how to read")
