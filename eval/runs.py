"""Evaluation runs on disk: predictions that any later measure can be taken of, the measures, and what they were made with.

A run's folder holds ``predictions.TABLE.parquet``, ``measures.parquet`` and ``run.json`` (suite, data with revisions, code,
models, configuration, versions, times). Adding a measure costs no inference: it is taken of the stored predictions.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lexfloor.eval.measuring import Measured
from lexfloor.eval.suite import Row, SuiteCard, Tables
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.store import filled_whole, write_json

LIBRARIES = ("lexfloor", "torch", "transformers", "sentence-transformers", "spacy", "faiss-cpu", "bm25s", "scikit-learn", "numpy", "pyarrow")


@dataclass(frozen=True)
class SuiteRun:
    """One evaluation run: its suite's card, predictions by table, measures, and stamps (the content of run.json)."""

    card: SuiteCard
    tables: Tables
    measures: tuple[Measured, ...]
    stamps: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The suite's name with the run's own stamp, short enough for a heading."""
        return f"{self.card.name} {self.stamps['times']['began']}"


def write_run(run: SuiteRun, out: Path) -> None:
    """Write a run into ``out``: whole or not at all.

    Raises:
        InputError: the folder cannot be written to.
    """
    with filled_whole(out) as building:
        for name, rows in run.tables.items():
            pq.write_table(pa.Table.from_pylist(_even(rows)), building / f"predictions.{name}.parquet", compression="zstd")
        pq.write_table(pa.Table.from_pylist([asdict(item) for item in run.measures], schema=MEASURES), building / "measures.parquet", compression="zstd")
        write_json(building / "run.json", {"suite": run.card.model_dump(mode="json"), "tables": list(run.tables), **run.stamps})


MEASURES = pa.schema(
    [
        ("measure", pa.string()),
        ("table", pa.string()),
        ("stratum", pa.string()),
        ("of", pa.string()),
        ("value", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("count", pa.int64()),
        ("resampled", pa.string()),
    ]
)


def _even(rows: Sequence[Row]) -> list[Row]:
    """Return rows that all have the same keys: Parquet takes its columns from the first."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def read_run(folder: Path) -> SuiteRun:
    """Return the run that a folder holds.

    Raises:
        InputError: it holds none, or a broken one.
    """
    try:
        stamps = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        card = SuiteCard.model_validate(stamps.pop("suite"))
        tables = {name: pq.read_table(folder / f"predictions.{name}.parquet").to_pylist() for name in stamps.pop("tables")}
        measures = tuple(Measured(**row) for row in pq.read_table(folder / "measures.parquet").to_pylist())
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise InputError(f"{folder} holds no evaluation run that can be read ({error}); lexfloor eval SUITE --out FOLDER writes one") from error
    return SuiteRun(card, tables, measures, stamps)


def versions() -> dict[str, str]:
    """Return the versions of the libraries that decide results."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
