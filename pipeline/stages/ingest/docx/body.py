"""Writes the body of a DOCX file line by line: paragraphs with their numbers, headings, tables, text boxes and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.stages.ingest.docx.numbering import BULLET, Numbering
from lexfloor.pipeline.stages.ingest.docx.parts import W, number, switched, value
from lexfloor.pipeline.stages.ingest.docx.styles import BODY_LEVEL, Styles
from lexfloor.pipeline.stages.ingest.docx.tables import CELL, LARGEST_GRID, PARAGRAPH, TABLE, blocks, first_row_heads, is_layout, printed_rows, row_cells
from lexfloor.pipeline.stages.ingest.docx.words import GONE, WordReader
from lexfloor.pipeline.stages.ingest.markers import MARKER_ALONE
from lexfloor.pipeline.stages.ingest.rendering import Rendering

_LONGEST_HEADING = 800
"""Characters; whole clauses are numbered through styles of headings too, and what is longer than this is one."""
_LONGEST_LABEL = 10
_LONGEST_REPEATED = 300
"""Characters of a cell over several rows or columns that is written into each of them."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph as printed; ``level`` is that of a heading, 0 for text."""

    number: str
    lines: tuple[str, ...]
    bold: bool
    level: int = 0
    title: bool = False
    quoted: bool = False
    contents: bool = False

    @property
    def printed(self) -> tuple[str, ...]:
        """The lines that hold words, the number before the first; a bullet alone is none."""
        lines = (collapsed(line) for line in (self.number + self.lines[0], *self.lines[1:]))
        return tuple(line for line in lines if line and line != BULLET)


@dataclass(slots=True)
class _Open:
    """A paragraph whose end is not printed, so that the next one goes on in its line; ``numbered`` where its own number is printed."""

    paragraph: _Paragraph
    numbered: bool
    between: str


@dataclass(slots=True)
class BodyWriter:
    """Writes blocks in order of the text; each paragraph is read once, for lists count and changes are told.

    Attributes:
        title: the words of the first paragraph in the style of titles, else of the first heading.
    """

    styles: Styles
    numbering: Numbering
    words: WordReader
    rendering: Rendering
    title: str = ""
    _titled: bool = False
    _label: str = ""
    _open: _Open | None = field(default=None)

    def write(self, container: etree._Element) -> None:
        """Write all blocks of a container; what is nested in them is written in its place."""
        waiting = [self._blocks_of([container])]
        while waiting:
            block = next(waiting[-1], None)
            if block is None:
                waiting.pop()
                self._write(self._closed())
            elif block.tag == PARAGRAPH:
                paragraph, boxes = self._read(block)
                self._write(paragraph)
                if boxes:
                    waiting.append(self._blocks_of(boxes))
            else:
                self._write(self._closed())
                rows = printed_rows(block, self.words.counts)
                if is_layout(rows, self.styles):
                    waiting.append(self._blocks_of(cell for row in rows for cell in blocks(row, self.words.counts, CELL)))
                elif rows:
                    self._write_table(block, rows)
        self._write_label()

    def flat(self, container: etree._Element) -> tuple[str, bool]:
        """Return all words of a container in one line, and whether all of them are bold."""
        lines: list[str] = []
        bold = plain = False
        waiting = [self._blocks_of([container])]
        outer, self._open = self._open, None
        while waiting:
            block = next(waiting[-1], None)
            paragraph: _Paragraph | None
            if block is None:
                waiting.pop()
                paragraph = self._closed()
            elif block.tag == PARAGRAPH:
                paragraph, boxes = self._read(block)
                if boxes:
                    waiting.append(self._blocks_of(boxes))
            else:
                paragraph = self._closed()
                rows = printed_rows(block, self.words.counts)
                waiting.append(self._blocks_of(cell for row in rows for cell in blocks(row, self.words.counts, CELL)))
            if paragraph is not None and paragraph.printed:
                lines += paragraph.printed
                bold, plain = bold or paragraph.bold, plain or not paragraph.bold
        self._open = outer
        return " ".join(lines), bold and not plain

    def _blocks_of(self, containers: Iterable[etree._Element]) -> Iterator[etree._Element]:
        for container in containers:
            yield from blocks(container, self.words.counts, PARAGRAPH, TABLE)

    def _read(self, element: etree._Element) -> tuple[_Paragraph | None, list[etree._Element]]:
        """Return a paragraph, None where the next one goes on in its line, and its text boxes."""
        properties = element.find(W + "pPr")
        style = self.styles.paragraph(value(properties.find(W + "pStyle")) if properties is not None else "")
        words = self.words.read(element, style)
        mark = properties.find(W + "rPr") if properties is not None else None
        deleted = mark is not None and any(mark.find(tag) is not None for tag in GONE)
        hidden = mark is not None and any(switched(mark.find(W + name)) for name in ("vanish", "specVanish"))
        dropped = properties is not None and value(properties.find(W + "framePr"), "dropCap") in ("drop", "margin")
        shown = any(map(str.strip, words.lines))
        counted = not deleted and (shown or not hidden)
        number_ = self.numbering.next_number(properties, style) if counted else ""
        stated = number(properties.find(W + "outlineLvl")) if properties is not None else None
        level = style.heading if stated is None else (stated + 1 if 0 <= stated < BODY_LEVEL else 0)
        paragraph = _Paragraph(number_, tuple(words.lines), words.bold, level, style.title, style.quoted, style.contents)
        if self._open is not None:
            paragraph = _joined(self._open, paragraph)
            self._open = None
        if deleted or hidden or dropped:
            self.words.counts["deleted marks"] += deleted
            self._open = _Open(paragraph, numbered=hidden and not deleted, between=" " if hidden and not deleted else "")
            return None, words.boxes
        return paragraph, words.boxes

    def _closed(self) -> _Paragraph | None:
        """Return the paragraph that no other one goes on with."""
        left, self._open = self._open, None
        return left.paragraph if left is not None else None

    def _write(self, paragraph: _Paragraph | None) -> None:
        if paragraph is None or not (lines := paragraph.printed):
            return
        whole = " ".join(lines)
        if paragraph.level and not paragraph.contents and len(whole) <= _LONGEST_HEADING:
            self._write_label()
            whole = whole.removeprefix(f"{BULLET} ")
            if not self.title or (paragraph.title and not self._titled):
                self.title, self._titled = whole, paragraph.title
            self.rendering.heading(paragraph.level, whole)
            return
        for line in lines:
            self._line(line, paragraph)

    def _line(self, line: str, paragraph: _Paragraph) -> None:
        """Write a line; a printed number that stands alone waits for the text after it."""
        if len(line) < _LONGEST_LABEL and MARKER_ALONE.fullmatch(line):
            self._write_label()
            self._label = line
            return
        self.rendering.line(f"{self._label} {line}", bold=paragraph.bold and not self._label, quoted=paragraph.quoted)
        self._label = ""

    def _write_label(self) -> None:
        """Write a printed number after which no text came."""
        self.rendering.line(self._label)
        self._label = ""

    def _write_table(self, table: etree._Element, rows: list[etree._Element]) -> None:
        self._write_label()
        grid: list[list[str]] = []
        headed, written = False, 0
        for row in rows:
            line: list[str] = []
            widths: list[int] = []
            all_bold = True
            for cell in row_cells(row, self.words.counts):
                above = grid[-1][len(line)] if grid and len(line) < len(grid[-1]) else ""
                words, bold = (above if cell.continued and len(above) <= _LONGEST_REPEATED else "", True) if cell.continued or cell.element is None else self.flat(cell.element)
                all_bold = all_bold and (bold or not words)
                widths.append(cell.across if written < LARGEST_GRID else 1)
                line += [words] + [""] * (widths[-1] - 1)
                written += widths[-1]
            if not grid:
                headed = len(rows) > 1 and (all_bold or first_row_heads(table, rows, self.styles))
                line = _repeated(line, widths) if headed else line
            grid.append(line)
        for place, line in enumerate(_aligned(grid)):
            self.rendering.row(line, header=headed and not place)


def _aligned(grid: list[list[str]]) -> list[list[str]]:
    """Return rows of one length without the columns in which no row has words; those of a very large table as they are."""
    width = max(map(len, grid), default=0)
    if width * len(grid) > LARGEST_GRID:
        return grid
    used = [column for column in range(width) if any(column < len(line) and line[column] for line in grid)]
    return [[line[column] if column < len(line) else "" for column in used] for line in grid]


def _repeated(line: list[str], widths: list[int]) -> list[str]:
    """Return the cells of a header with each that spans columns standing over all of them."""
    repeated: list[str] = []
    for across in widths:
        words = line[len(repeated)]
        repeated += [words, *[words if len(words) <= _LONGEST_REPEATED else ""] * (across - 1)]
    return repeated


def _joined(before: _Open, after: _Paragraph) -> _Paragraph:
    """Return two paragraphs as the one that they are printed as."""
    if not any(map(str.strip, before.paragraph.printed)):
        return after
    first = before.paragraph
    if before.numbered:
        middle, number_ = f"{first.lines[-1]}{before.between}{after.number}{after.lines[0]}", first.number
    else:
        middle, number_ = f"{first.lines[-1]}{before.between}{after.lines[0]}", after.number or first.number
    empty = not any(map(str.strip, after.lines))
    bold = first.bold and (after.bold or empty)
    level = (first.level if empty else 0) if before.numbered else after.level
    return replace(after, number=number_, lines=(*first.lines[:-1], middle, *after.lines[1:]), bold=bold, level=level)
