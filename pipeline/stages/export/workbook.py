"""compliance.xlsx: a summary of countries by Part, and a sheet a country that can be filtered and printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import Verdict
from lexfloor.pipeline.stages.export.shown import COLOURS, EXPLAINED, LABELS, CountryPage, figure_text, source_text
from lexfloor.pipeline.stages.export.tables import plain_cell

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

COLUMNS = (
    ("Part", 6),
    ("Article", 10),
    ("Requirement", 14),
    ("What the instrument asks", 38),
    ("Verdict", 14),
    ("Confidence", 10),
    ("Review", 8),
    ("Figures", 22),
    ("Where", 20),
    ("Quote", 52),
    ("What is missing", 24),
    ("Why", 36),
    ("Further evidence", 60),
)
PRINTED = len(COLUMNS) - 1
"""Columns that are printed: further evidence is for the screen."""
A3 = 8
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date: the same results give the same bytes
_CELL_LIMIT = 32_000


def write_workbook(path: Path, pages: Sequence[CountryPage], standard: Standard) -> None:
    """Write the workbook; cells hold text, never formulas."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        book.set_properties({"title": f"Compliance with {standard.title}", "created": _MADE})
        styles = _Styles(book)
        _summary(book, pages, standard, styles)
        taken: set[str] = {"summary", "about", "history"}  # the last is reserved by spreadsheets
        for page in pages:
            _country(book.add_worksheet(_sheet_name(page.country, taken)), page, standard, styles)
        _about(book, standard, styles)


class _Styles:
    """The formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        cell = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#d0d0d0", "font_size": 10}
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({**cell, "bold": True, "bg_color": "#1f3a5f", "font_color": "#ffffff"})
        self.cell: Format = book.add_format(cell)
        self.number: Format = book.add_format({**cell, "num_format": "0%", "align": "center"})
        self.verdict: dict[Verdict, Format] = {verdict: book.add_format({**cell, "bg_color": colour, "bold": True}) for verdict, colour in COLOURS.items()}


def _sheet_name(country: str, taken: set[str]) -> str:
    """Return a name that spreadsheets allow and that is not taken, and take it."""
    base = re.sub(r"[\[\]:*?/\\']", "-", country)[:28] or "country"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base[:25]} {number}", number + 1
    taken.add(name.lower())
    return name


def _text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    shown = plain_cell(text)
    sheet.write_string(row, column, shown if len(shown) <= _CELL_LIMIT else f"{shown[:_CELL_LIMIT]}…", style)


def _summary(book: Workbook, pages: Sequence[CountryPage], standard: Standard, styles: _Styles) -> None:
    sheet = book.add_worksheet("Summary")
    titles = standard.in_language("en").parts
    sheet.write_string(0, 0, f"{standard.title}: countries by Part", styles.title)
    sheet.write_string(
        1, 0, "A Part shows what its requirements amount to together; the figures are requirements met / all. Screening by machine: findings marked for review need a person."
    )
    heads = [
        "Country",
        *(f"Part {part.id}\n{titles[part.id]}" for part in standard.parts),
        "For review",
        f"Acceptance (Article {standard.acceptance.article})" if standard.acceptance else "Acceptance",
    ]
    for column, head in enumerate(heads):
        _text(sheet, 3, column, head, styles.head)
    for row, page in enumerate(pages, 4):
        _text(sheet, row, 0, page.country, styles.cell)
        for column, part in enumerate(page.assessment.parts, 1):
            total = sum(part.verdicts.values())
            _text(sheet, row, column, f"{LABELS[part.state]}\n{part.verdicts[Verdict.COMPLIANT]} / {total}", styles.verdict[part.state])
        _text(sheet, row, len(heads) - 2, f"{sum(part.review for part in page.assessment.parts)} of {len(page.findings)}", styles.cell)
        _text(sheet, row, len(heads) - 1, page.assessment.acceptance, styles.cell)
        sheet.set_row(row, 48)
    sheet.set_row(3, 60)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(heads) - 2, 15)
    sheet.set_column(len(heads) - 1, len(heads) - 1, 60)
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, 3 + len(pages), len(heads) - 1)
    _printable(sheet, 3, f"{standard.id}: summary")


def _country(sheet: Worksheet, page: CountryPage, standard: Standard, styles: _Styles) -> None:
    wording = standard.in_language("en")
    sheet.write_string(0, 0, f"{page.country}: {standard.title}", styles.title)
    sheet.write_string(1, 0, page.assessment.acceptance)
    for column, (head, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        _text(sheet, 3, column, head, styles.head)
    for row, (finding, quoted) in enumerate(zip(page.findings, page.quoted, strict=True), 4):
        first = finding.evidence[0] if finding.evidence else None
        further = "\n".join(f"{source_text(item.section, item.file)}: {words.quote}" for item, words in zip(finding.evidence[1:], quoted[1:], strict=True))
        cells = (
            finding.part,
            finding.article,
            finding.requirement,
            wording.requirements[finding.requirement].statement,
            None,
            None,
            "review" if finding.review else "",
            "\n".join(map(figure_text, finding.parameters)),
            source_text(first.section, first.file) + ("\n(near miss)" if first.near_miss else "") if first else "",
            quoted[0].quote if quoted else "",
            "\n".join(finding.missing),
            finding.rationale,
            further,
        )
        for column, cell in enumerate(cells):
            if cell is not None:
                _text(sheet, row, column, cell, styles.cell)
        _text(sheet, row, 4, LABELS[finding.verdict], styles.verdict[finding.verdict])
        sheet.write_number(row, 5, finding.confidence, styles.number)
        longest = max(len(cells[column] or "") / COLUMNS[column][1] for column in (3, 7, 9, 10, 11))
        sheet.set_row(row, min(200, 14 * (int(max(longest, 1)) + 1)))
    sheet.freeze_panes(4, 3)
    sheet.autofilter(3, 0, 3 + len(page.findings), len(COLUMNS) - 1)
    sheet.print_area(0, 0, 3 + len(page.findings), PRINTED - 1)
    _printable(sheet, 3, f"{standard.id}: {page.country}")


def _about(book: Workbook, standard: Standard, styles: _Styles) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "How to read this workbook", styles.title)
    lines = [(LABELS[verdict], EXPLAINED[verdict], styles.verdict[verdict]) for verdict in Verdict]
    lines += [
        ("Confidence", "Estimated probability that a careful reader of the same texts gives the same verdict.", styles.cell),
        ("Review", "The confidence is under the configured bar: a person should read the evidence first.", styles.cell),
        ("Quote", "The law's own words, markup removed; the section is named as the law prints it.", styles.cell),
        ("Standard", standard.title, styles.cell),
    ]
    for row, (name, words, style) in enumerate(lines, 2):
        _text(sheet, row, 0, name, style)
        _text(sheet, row, 1, words, styles.cell)


def _printable(sheet: Worksheet, head: int, footer: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_margins(0.4, 0.4, 0.5, 0.6)
    sheet.set_footer(f"&L{footer.replace('&', '&&')}&RPage &P of &N")
