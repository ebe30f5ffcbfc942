"""compliance.xlsx: a summary of countries by Part, and a sheet a country that can be filtered and printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import State, Verdict
from lexfloor.pipeline.stages.export.sheets import CELL, HEAD, made_printable, opened_book, sheet_name, write_text
from lexfloor.pipeline.stages.export.shown import (
    COLOURS,
    DECIDED,
    EXPLAINED,
    LABELS,
    MET,
    MET_COLOURS,
    CountryPage,
    figure_text,
    level_places,
    method_text,
    number_text,
    promise_text,
    rate_text,
    source_text,
)

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
    ("Review", 24),
    ("Figures", 22),
    ("Where", 20),
    ("Quote", 52),
    ("What is missing", 24),
    ("Why", 36),
    ("Decided by", 36),
    ("Further evidence", 60),
)
LEVEL_COLUMNS = (
    ("Country", 10),
    ("Contingency", 18),
    ("Article", 12),
    ("Standard beneficiary", 30),
    ("Benefit", 20),
    ("Rate", 12),
    ("Floor", 8),
    ("Floor is", 14),
    ("Arithmetic", 60),
    ("What is missing", 44),
    ("Not counted", 30),
    ("Where", 28),
)
PRINTED = len(COLUMNS) - 1
"""Columns that are printed: further evidence is for the screen."""


def write_workbook(path: Path, pages: Sequence[CountryPage], standard: Standard) -> None:
    """Write the workbook; cells hold text, never formulas."""
    with opened_book(path, f"Compliance with {standard.title}") as book:
        styles = _Styles(book)
        _summary(book, pages, standard, styles)
        taken: set[str] = {"summary", "benefit levels", "about", "history"}  # the last is reserved by spreadsheets
        if any(finding.levels for page in pages for finding in page.findings):
            _levels(book, pages, standard, styles)
        for page in pages:
            _country(book.add_worksheet(sheet_name(page.country, taken)), page, standard, styles)
        _about(book, standard, styles)


class _Styles:
    """The formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.head: Format = book.add_format({**CELL, **HEAD})
        self.cell: Format = book.add_format(CELL)
        self.number: Format = book.add_format({**CELL, "num_format": "0%", "align": "center"})
        self.met: dict[bool | None, Format] = {met: book.add_format({**CELL, "bg_color": colour, "bold": True}) for met, colour in MET_COLOURS.items()}
        self.state: dict[State, Format] = {state: book.add_format({**CELL, "bg_color": colour, "bold": True}) for state, colour in COLOURS.items()}


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
        "Left without review",
        f"Acceptance (Article {standard.acceptance.article})" if standard.acceptance else "Acceptance",
    ]
    for column, head in enumerate(heads):
        write_text(sheet, 3, column, head, styles.head)
    for row, page in enumerate(pages, 4):
        write_text(sheet, row, 0, page.country, styles.cell)
        for column, part in enumerate(page.assessment.parts, 1):
            total = sum(part.verdicts.values())
            write_text(sheet, row, column, f"{LABELS[part.state]}\n{part.verdicts[Verdict.COMPLIANT]} / {total}", styles.state[part.state])
        promise = page.assessment.promise
        write_text(sheet, row, len(heads) - 2, promise_text(promise, len(page.findings)) if promise else "", styles.cell)
        write_text(sheet, row, len(heads) - 3, f"{sum(part.review for part in page.assessment.parts)} of {len(page.findings)}", styles.cell)
        write_text(sheet, row, len(heads) - 1, page.assessment.acceptance, styles.cell)
        sheet.set_row(row, 76)
    sheet.set_row(3, 60)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, len(heads) - 3, 15)
    sheet.set_column(len(heads) - 2, len(heads) - 1, 60)
    sheet.freeze_panes(4, 1)
    sheet.autofilter(3, 0, 3 + len(pages), len(heads) - 1)
    made_printable(sheet, 3, f"{standard.id}: summary")


def _levels(book: Workbook, pages: Sequence[CountryPage], standard: Standard, styles: _Styles) -> None:
    """Write the sheet of benefit levels: a row for each country, beneficiary of the Schedule and method."""
    sheet = book.add_worksheet("Benefit levels")
    sheet.write_string(0, 0, f"{standard.title}: what the standard beneficiary receives, in percent of the reference wage", styles.title)
    sheet.write_string(1, 0, "Computed from the law's own figures in their least favourable reading; what is missing is named, never guessed.")
    for column, (head, width) in enumerate(LEVEL_COLUMNS):
        sheet.set_column(column, column, width)
        write_text(sheet, 3, column, head, styles.head)
    row = 3
    for page in pages:
        for level in (level for finding in page.findings for level in finding.levels):
            row += 1
            cells = (
                page.country,
                str(level.contingency).replace("_", " ").capitalize(),
                level.article,
                level.beneficiary,
                method_text(level),
                rate_text(level),
                f"{number_text(level.floor)}%",
                None,
                "\n".join(level.steps),
                "\n".join(level.missing),
                "\n".join(level.left_open),
                "\n".join(level_places(level)),
            )
            for column, cell in enumerate(cells):
                if cell is not None:
                    write_text(sheet, row, column, cell, styles.cell)
            write_text(sheet, row, 7, MET[level.met], styles.met[level.met])
            sheet.set_row(row, min(200, 14 * (max(_lines(cell or "", width) for cell, (_, width) in zip(cells, LEVEL_COLUMNS, strict=True)) + 1)))
    sheet.freeze_panes(4, 4)
    sheet.autofilter(3, 0, row, len(LEVEL_COLUMNS) - 1)
    made_printable(sheet, 3, f"{standard.id}: benefit levels")


def _lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column."""
    return sum(1 + len(line) // width for line in text.split("\n"))


def _country(sheet: Worksheet, page: CountryPage, standard: Standard, styles: _Styles) -> None:
    wording = standard.in_language("en")
    sheet.write_string(0, 0, f"{page.country}: {standard.title}", styles.title)
    sheet.write_string(1, 0, page.assessment.acceptance)
    for column, (head, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        write_text(sheet, 3, column, head, styles.head)
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
            "; ".join(("review", *finding.review_because)) if finding.review else "",
            "\n".join(map(figure_text, finding.parameters)),
            source_text(first.section, first.file) + ("\n(near miss)" if first.near_miss else "") if first else "",
            quoted[0].quote if quoted else "",
            "\n".join(finding.missing),
            finding.rationale,
            "; ".join((DECIDED[finding.decided_by], *finding.because)),
            further,
        )
        for column, cell in enumerate(cells):
            if cell is not None:
                write_text(sheet, row, column, cell, styles.cell)
        write_text(sheet, row, 4, LABELS[finding.state], styles.state[finding.state])
        sheet.write_number(row, 5, finding.confidence, styles.number)
        longest = max(len(cells[column] or "") / COLUMNS[column][1] for column in (3, 6, 7, 9, 10, 11, 12))
        sheet.set_row(row, min(200, 14 * (int(max(longest, 1)) + 1)))
    sheet.freeze_panes(4, 3)
    sheet.autofilter(3, 0, 3 + len(page.findings), len(COLUMNS) - 1)
    sheet.print_area(0, 0, 3 + len(page.findings), PRINTED - 1)
    made_printable(sheet, 3, f"{standard.id}: {page.country}")


def _about(book: Workbook, standard: Standard, styles: _Styles) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, "How to read this workbook", styles.title)
    lines = [(LABELS[state], EXPLAINED[state], styles.state[state]) for state in State]
    lines += [
        ("Confidence", "Estimated probability that a careful reader of the same texts gives the same verdict.", styles.cell),
        (
            "Review",
            "A person should read the evidence first, for the reason given: the confidence is too low for the promised rate of error, or too little was looked at.",
            styles.cell,
        ),
        ("Decided by", "What settled the verdict, then the signals that weighed most, the heaviest first.", styles.cell),
        ("Quote", "The law's own words, markup removed; the section is named as the law prints it.", styles.cell),
        ("Standard", standard.title, styles.cell),
    ]
    for row, (name, words, style) in enumerate(lines, 2):
        write_text(sheet, row, 0, name, style)
        write_text(sheet, row, 1, words, styles.cell)
