"""Writes the pages of a file as Markdown: headings by size, bold lines, tables, footnotes, and where each page begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lexfloor.pipeline.stages.ingest.pdf.columns import Placed, in_order
from lexfloor.pipeline.stages.ingest.pdf.hyphens import Hyphens
from lexfloor.pipeline.stages.ingest.pdf.lines import Line, usual_size
from lexfloor.pipeline.stages.ingest.pdf.notes import Notes
from lexfloor.pipeline.stages.ingest.pdf.paragraphs import Paragraph, paragraphs
from lexfloor.pipeline.stages.ingest.pdf.tables import Table
from lexfloor.pipeline.stages.ingest.rendering import Rendering

_LARGER = 1.12
"""Words are a heading from this many times the size of the text."""
_LONGEST_HEADING = 600
_RAREST = 0.3
"""Headings are at most this part of a text: where more is large, size tells nothing."""


def written(pages: Sequence[tuple[Sequence[Line], Sequence[Table]]]) -> Rendering:
    """Return the text of pages, each given as its lines and its tables, without running heads and feet."""
    items = in_order(pages)
    placed = [item for item in items if isinstance(item, Placed)]
    letters = sum(len(each.line.words) for each in placed)
    if 2 * sum(len(each.line.words) for each in placed if each.line.bold) > letters:  # the weight of such a font tells nothing
        items = [replace(item, line=replace(item.line, bold=False)) if isinstance(item, Placed) else item for item in items]
    body = usual_size([each.line for each in placed])
    hyphens = Hyphens(each.line.words for each in placed)
    notes = Notes()
    blocks = paragraphs(notes.without_notes(items, body, hyphens), hyphens)
    levels = _levels(blocks, body)
    made = Rendering()
    last: Table | None = None
    for block in blocks:
        while len(made.pages) <= block.page:
            made.page()
        if isinstance(block, Table):
            _write_table(made, block, last, notes)
        else:
            _write(made, block, notes, levels)
        last = block if isinstance(block, Table) else None
    while len(made.pages) < len(pages):
        made.page()
    for (_, mark), words in notes.taken.items():
        made.note(mark, notes.marked(words, -2))
    made.end()
    return made


def _levels(blocks: Sequence[Paragraph | Table], body: float) -> dict[float, int]:
    """Return the level of heading that each size stands for: the largest is level 1."""
    large = [block for block in blocks if isinstance(block, Paragraph) and block.size > _LARGER * body and len(block.words) <= _LONGEST_HEADING]
    letters = sum(len(block.words) for block in blocks if isinstance(block, Paragraph))
    if sum(len(block.words) for block in large) > _RAREST * letters and len(blocks) > len(large):
        return {}
    sizes: list[float] = []
    for size in sorted({block.size for block in large}, reverse=True):
        if not sizes or size < 0.96 * sizes[-1]:
            sizes.append(size)
    return {block.size: next(level for level, size in enumerate(sizes, 1) if block.size >= 0.96 * size) for block in large}


def _write(made: Rendering, block: Paragraph, notes: Notes, levels: dict[float, int]) -> None:
    words = notes.marked(block.words, block.page)
    if block.size in levels and len(block.words) <= _LONGEST_HEADING:
        made.heading(levels[block.size], words)
    else:
        made.line(words, bold=block.bold)


def _write_table(made: Rendering, table: Table, last: Table | None, notes: Notes) -> None:
    """Write a table; one that goes on from the page before has no second header."""
    before = last if last is not None and last.page < table.page else None
    repeated = before is not None and "".join(before.rows[0]) == "".join(table.rows[0])
    goes_on = repeated or (before is not None and len(before.rows[0]) == len(table.rows[0]))
    for index, row in enumerate(table.rows[1:] if repeated else table.rows):
        made.row([notes.marked(cell, table.page) for cell in row], header=index == 0 and not goes_on)
