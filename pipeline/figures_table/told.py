"""A figure in the words of a table: what it is, for whom, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.pipeline.figures_table.rows import FigureRow
from lexfloor.pipeline.stages.export.shown import quantity_text

COMPARATORS = {"at_least": "at least ", "at_most": "at most "}
ACT = 50
"""Characters of an act's title in a reference, at most."""


def figure_words(row: FigureRow) -> str:
    """Return a figure for people: "at least 60%", "14 weeks"."""
    return f"{COMPARATORS.get(row.comparator, '')}{quantity_text(row.value, row.unit, row.high)}"


def case_words(row: FigureRow) -> str:
    """Return for whom a figure holds and what it is taken of: "women, early; of previous earnings"; empty where nothing is said."""
    of = f"of {named(row.base)}" if row.base else ""
    return "; ".join(filter(None, (named(row.qualifier), of)))


def named(names: str) -> str:
    """Return names of the language data for people: "self employed, early"."""
    return names.replace("_", " ")


def place_words(row: FigureRow) -> str:
    """Return the section as the law prints it, the page where there are pages, and the act."""
    section = f"section {row.section}" if row.section[:1].isdigit() else row.section or "(no number)"
    return ", ".join(filter(None, (section, f"page {row.page}" if row.page else ""))) + f" · {short_act(row)}"


def short_act(row: FigureRow) -> str:
    """Return the title of the act, or of its file, short enough for a reference."""
    title = row.act or row.file
    return title if len(title) <= ACT else f"{title[:ACT].rsplit(' ', 1)[0]} …"


def each_once(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the rows without those that say in the same section what an earlier row says: laws repeat themselves, tables need not."""
    said: dict[tuple[str, ...], FigureRow] = {}
    for row in rows:
        said.setdefault((row.contingency, row.kind, figure_words(row), row.qualifier, row.base, row.file, row.provision), row)
    return list(said.values())
