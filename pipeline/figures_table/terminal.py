"""Figures on the terminal: a table a contingency, readable at a glance."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from lexfloor.pipeline.figures_table.rows import CountryFigures, FigureRow
from lexfloor.pipeline.figures_table.told import case_words, each_once, figure_words, place_words
from lexfloor.pipeline.figures_table.wanted import branch_text, kind_text

AROUND = 60
"""Characters of the law shown on either side of a figure."""


def print_figures(country: CountryFigures) -> None:
    """Print a country's figures, grouped by contingency, as wide as the terminal."""
    console = Console(width=max(80, shutil.get_terminal_size((120, 40)).columns), highlight=False, markup=False)
    console.print(Text(summary(country), style="bold"), soft_wrap=True)
    for contingency, rows in groupby(each_once(country.rows), key=_contingency):
        console.print(_table(f"{country.country} · {branch_text(contingency)}", list(rows)))


def summary(country: CountryFigures) -> str:
    """Return what was found, in one line."""
    left = country.found - len(country.rows)
    others = f"; {left:,} others told less clearly or not asked for" if left else ""
    return _shown(f"{country.country}: {len(country.rows):,} figures in {country.laws:,} {'law' if country.laws == 1 else 'laws'}{others}")


def _contingency(row: FigureRow) -> str:
    return row.contingency


def _table(title: str, rows: Sequence[FigureRow]) -> Table:
    table = Table(title=Text(_shown(title)), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("What", ratio=3)
    table.add_column("Figure", ratio=3, style="bold")
    table.add_column("Where", ratio=4)
    table.add_column("In the law's words", ratio=9)
    before = ""
    for row in rows:
        what = kind_text(row.kind)
        case = case_words(row)
        figure = Text(_shown(figure_words(row))).append(f"\n{_shown(case)}" if case else "", style="not bold")
        table.add_row(Text(what if what != before else ""), figure, Text(_shown(place_words(row))), _quoted(row))
        before = what
    return table


def _quoted(row: FigureRow) -> Text:
    """Return the words around a figure, the figure itself underlined."""
    place = row.place
    start, end = max(0, place - AROUND), min(len(row.quote), place + len(row.printed) + AROUND)
    start = row.quote.rfind(" ", 0, start) + 1 if start else 0
    word = f"{row.quote} ".find(" ", end)
    end = word if word - end < AROUND else end
    before = ("… " if start else "") + row.quote[start:place]
    after = row.quote[place + len(row.printed) : end] + (" …" if end < len(row.quote) else "")
    return Text(_shown(before)).append(_shown(row.printed), style="bold underline").append(_shown(after))


def _shown(text: str) -> str:
    """Return a text without characters that would steer the terminal."""
    return "".join(character for character in text if character.isprintable())
