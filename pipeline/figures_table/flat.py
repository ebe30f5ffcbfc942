"""One row a figure: CSV for spreadsheets, JSON lines and Parquet for programs. The columns are the same in all of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lexfloor.pipeline.figures_table.rows import CountryFigures, FigureRow
from lexfloor.pipeline.stages.export.tables import plain_cell
from lexfloor.pipeline.store import json_line

Add = Callable[[CountryFigures], None]
"""Called with each country whose figures are to be written."""
_TEXT, _COUNT, _NUMBER = "string", "int64", "float64"
COLUMNS = {
    "country": _TEXT,
    "contingency": _TEXT,
    "kind": _TEXT,
    "value": _NUMBER,
    "high": _NUMBER,
    "unit": _TEXT,
    "own_unit": _TEXT,
    "comparator": _TEXT,
    "qualifier": _TEXT,
    "base": _TEXT,
    "modality": _TEXT,
    "confidence": _NUMBER,
    "printed": _TEXT,
    "act": _TEXT,
    "file": _TEXT,
    "section": _TEXT,
    "heading": _TEXT,
    "provision": _TEXT,
    "provision_kind": _TEXT,
    "status": _TEXT,
    "page": _COUNT,
    "quote": _TEXT,
    "start": _COUNT,
    "end": _COUNT,
    "text_state": _TEXT,
    "text_date": _TEXT,
    "language": _TEXT,
}
"""Columns of the flat tables, with their types."""


def _cells(row: FigureRow) -> dict[str, Any]:
    return {column: getattr(row, column) for column in COLUMNS}


def csv_text(rows: Sequence[FigureRow], *, header: bool) -> str:
    """Return rows as CSV; no cell begins like a formula."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    if header:
        writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in _cells(row).values()])
    return lines.getvalue()


def _csv_cell(cell: str | float | None) -> str:
    if isinstance(cell, str):
        return plain_cell(cell)
    return "" if cell is None else repr(int(cell) if cell == int(cell) else cell)


def json_lines_text(rows: Sequence[FigureRow]) -> str:
    """Return rows as JSON lines, one object a figure."""
    return "".join(json_line(_cells(row)) for row in rows)


@contextmanager
def csv_file(path: Path) -> Iterator[Add]:
    """Write a CSV file, UTF-8 with a byte order mark so that spreadsheets read it right."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(csv_text((), header=True))

        def add(country: CountryFigures) -> None:
            file.write(csv_text(country.rows, header=False))

        yield add


@contextmanager
def json_lines_file(path: Path) -> Iterator[Add]:
    """Write a file of JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:

        def add(country: CountryFigures) -> None:
            file.write(json_lines_text(country.rows))

        yield add


@contextmanager
def parquet_file(path: Path) -> Iterator[Add]:
    """Write a Parquet file; what is not there is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(column, pa.type_for_alias(kind)) for column, kind in COLUMNS.items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def add(country: CountryFigures) -> None:
            writer.write_table(pa.Table.from_pylist([_cells(row) for row in country.rows], schema=schema))

        yield add
