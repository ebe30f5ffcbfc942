"""The figures of a country's law as a table: read, cut, extracted, and written for people and programs; no language model is needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.figures_table.flat import Add, csv_file, csv_text, json_lines_file, json_lines_text, parquet_file
from lexfloor.pipeline.figures_table.rows import CountryFigures, FigureRow, figures
from lexfloor.pipeline.figures_table.terminal import print_figures, summary
from lexfloor.pipeline.figures_table.wanted import LISTED, Wanted
from lexfloor.pipeline.figures_table.workbook import workbook_file
from lexfloor.pipeline.store import filled_whole

__all__ = ["FORMS", "LISTED", "CountryFigures", "FigureRow", "Wanted", "destination", "figures", "print_figures", "printed_figures", "summary", "write_figures"]

FORMS: dict[str, Callable[[Path], AbstractContextManager[Add]]] = {"csv": csv_file, "xlsx": workbook_file, "parquet": parquet_file, "jsonl": json_lines_file}
"""What can be written into a file, by the file's ending."""
PRINTED = ("table", "csv", "jsonl")
"""What can be printed."""


def destination(out: Path | None, form: str | None) -> tuple[str, Path | None]:
    """Return the form to write and the file to write it into; None: it is printed.

    The file's ending tells the form where none is asked for; a folder gets a file ``figures`` of the form's ending.

    >>> destination(Path("kenya.xlsx"), None)[0], destination(None, None)
    ('xlsx', ('table', None))

    Raises:
        InputError: the form cannot be printed, is no file, is not told, or is another than the file's ending.
    """
    if out is None:
        if (asked := form or "table") not in PRINTED:
            raise InputError(f"--to {asked} cannot be printed; name a file for it, for example --out figures.{asked}")
        return asked, None
    ending = out.suffix.lower().removeprefix(".")
    into_folder = out.is_dir() or ending not in FORMS
    if form is None and into_folder:
        raise InputError(f"{out}: the ending tells no form; name a file that ends in {', '.join(f'.{name}' for name in FORMS)}, or choose one of these with --to")
    chosen = form or ending
    if chosen not in FORMS:
        raise InputError("--to table is for the terminal: leave out --out, or choose csv, xlsx, parquet or jsonl")
    if not into_folder and chosen != ending:
        raise InputError(f"{out}: its ending says {ending}, --to says {chosen}; leave one out")
    return chosen, out / f"figures.{chosen}" if into_folder else out


def printed_figures(country: CountryFigures, form: str, *, header: bool) -> str:
    """Return a country's figures as CSV, with a header or none, or as JSON lines: to be printed one country after the other."""
    return csv_text(country.rows, header=header) if form == "csv" else json_lines_text(country.rows)


def write_figures(found: Iterator[CountryFigures], form: str, out: Path) -> Iterator[CountryFigures]:
    """Write the figures of all countries into one file, whole or not at all; yield the countries as they are read.

    Raises:
        InputError: the file cannot be written.
    """
    with filled_whole(out.parent) as building, FORMS[form](building / out.name) as add:
        for country in found:
            add(country)
            yield country
