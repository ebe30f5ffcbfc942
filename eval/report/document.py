"""The parts of a report, the same for Markdown and for the page."""

from __future__ import annotations

from dataclasses import dataclass, field

Cells = tuple[str, ...]
LONG = 30
"""Rows of a table beyond which it is folded on the page."""
HUGE = 100
"""Rows beyond which a folded table stays folded on paper."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of text cells; the first ``words`` columns are words, the others figures, and the first names its row."""

    caption: str
    heads: Cells
    rows: tuple[Cells, ...]
    words: int = 1
    note: str = ""

    @property
    def long(self) -> bool:
        """Whether it has so many rows that a reader wants to open it."""
        return len(self.rows) > LONG

    @property
    def huge(self) -> bool:
        """Whether it would fill several sheets of paper."""
        return len(self.rows) > HUGE


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing as SVG, which carries its title and its description for those who cannot see it; ``caption`` says how to read it."""

    svg: str
    caption: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report. ``key`` names it within the report: plots are put in by it. ``code`` is text to be typed."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report: ``lead`` are the first sentences, ``warnings`` what a reader must know before believing any figure."""

    title: str
    lead: tuple[str, ...]
    warnings: tuple[str, ...]
    sections: tuple[Section, ...] = field(default_factory=tuple)
