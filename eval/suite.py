"""What an evaluation suite is: its declaration as data, the data it reads, its rows and its measures.

A suite is a card (``eval/suites/NAME.toml``, or a file of the user's own) and an adapter: a module that turns what the card
names into rows (``predictions``) by the pipeline's own functions, and lists what is measured on them (``MEASURES``).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.configs.run import RunConfig
from lexfloor.eval.metrics.bootstrap import Drawn
from lexfloor.models.cards import sha256_of
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.runner import Report, Runner

Row = dict[str, Any]
"""One prediction beside its truth, flat. ``item`` names it within its table; ``cluster`` is what is never split: a country, a contract."""
Columns = Mapping[str, NDArray[Any]]
"""The rows of a table, column by column."""
Tables = dict[str, list[Row]]
Text = Annotated[str, Field(min_length=2)]


class _Card(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DataSource(_Card):
    """Data that a suite reads: where it lies below the data folder, its revision, and whose it is."""

    path: Text = Field(description="File or folder below the data folder (--shared), or PACKAGE:PATH for the package's own data.")
    pattern: str = Field(default="**/*", description="Which files of a folder belong to it.")
    revision: str = Field(default="", pattern=r"^([0-9a-f]{16})?$", description="Hash of its files; empty for the package's own data.")
    optional: bool = Field(default=False, description="The suite runs without them, on less.")
    licence: Text
    annotators: Text = Field(description="Who judged it: people, by what guideline; or how it was made.")
    citation: str = ""


class SuiteCard(_Card):
    """The declaration of a suite.

    ``strata`` names, for each table of predictions, the columns by whose values measures are also given; ``answers`` the
    column that holds what the system said, by which two runs are compared item by item.
    """

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    description: Text
    adapter: str = Field(pattern=r"^[a-z0-9_.]+$", description="Module in lexfloor.eval.adapters, or the full name of a module of your own.")
    data: dict[str, DataSource]
    languages: tuple[str, ...] = Field(min_length=1, description="ISO 639-1 codes.")
    main_score: Text
    strata: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)
    published: dict[str, float] = Field(default_factory=dict, description="Scores of others on the same data, by what reached them.")
    baseline: str = Field(default="", description="Folder in eval/baselines that a run must not fall behind.")
    cold: bool = Field(default=False, description="Vectors of earlier runs are not used: they could hide a change of the encoder.")
    options: dict[str, Any] = Field(default_factory=dict, description="What this suite's adapter is told beside the data.")


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure taken of a table: ``of`` maps its columns to a number, nan where it is not defined there.

    ``better`` says which way is better; None where the figure only describes. ``on`` picks the rows that the figure is taken
    of (True for each), where these are not all.
    """

    name: str
    table: str
    of: Callable[[Columns], float]
    better: Literal["higher", "lower"] | None = "higher"
    on: Callable[[Columns], NDArray[np.bool_]] | None = None

    def value(self, rows: Columns) -> float:
        """Return the figure; nan where it is not defined, or no row is concerned."""
        if self.on is None:
            return self.of(rows)
        chosen = np.flatnonzero(self.on(rows))
        return self.of(Drawn(rows, chosen)) if chosen.size else np.nan

    def count(self, rows: Columns) -> int:
        """Return how many rows the figure is taken of."""
        return int(np.size(rows["item"]) if self.on is None else np.count_nonzero(self.on(rows)))


@dataclass(frozen=True)
class Asked:
    """What a suite is run on; ``vectors`` is an empty folder where no vectors of earlier runs are to be used."""

    card: SuiteCard
    data: Mapping[str, Path]
    config: RunConfig
    only: tuple[str, ...] = ()
    vectors: Path | None = None
    report: Report = field(default=lambda _what, _done, _total: None)

    def runner(self) -> Runner:
        """Return the pipeline as ``lexfloor screen`` would build it."""
        return Runner.of(self.config, self.report, vectors=self.vectors)

    def wanted(self, cluster: str) -> bool:
        """Return whether a country (a contract, a document) is among those asked for."""
        return not self.only or cluster in self.only


def columns(rows: Sequence[Row]) -> dict[str, NDArray[Any]]:
    """Return rows column by column: numbers and truth values as such, all else as objects; a missing number is nan."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return {name: _column([row.get(name) for row in rows]) for name in names}


def _column(values: list[Any]) -> NDArray[Any]:
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known) and len(known) == len(values):
        return np.array(values, dtype=bool)
    if known and all(isinstance(value, int | float) for value in known):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def suite_names() -> tuple[str, ...]:
    """Return the names of the shipped suites, sorted."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in (files("lexfloor.eval") / "suites").iterdir() if entry.name.endswith(".toml")))


@cache
def load_suite(name: str) -> SuiteCard:
    """Return a suite's card by its shipped name, or by the path of its TOML file.

    Raises:
        DataFileError: there is no such suite, or its card is broken.
    """
    own = Path(name)
    entry = own if own.suffix == ".toml" else files("lexfloor.eval") / "suites" / f"{name}.toml"
    if not entry.is_file():
        raise DataFileError(name, "", f"no such suite; known: {', '.join(suite_names())}, or the path of a suite's TOML file")
    shown = str(own) if own.suffix == ".toml" else f"eval/suites/{name}.toml"
    try:
        return SuiteCard.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(shown, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(shown, "", error) from error


def adapter_of(card: SuiteCard) -> ModuleType:
    """Return the module that makes a suite's predictions and lists its measures.

    Raises:
        DataFileError: there is no such module.
    """
    name = card.adapter if "." in card.adapter else f"lexfloor.eval.adapters.{card.adapter}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise DataFileError(f"suite {card.name}", "", f"field adapter: no module {name} ({error})") from error


def shared_folder(asked: Path | None) -> Path:
    """Return the folder of data that is not part of the project: as asked, else ``LEXFLOOR_SHARED``, else ``../shared``."""
    return asked or Path(os.environ.get("LEXFLOOR_SHARED") or "../shared")


def located_data(card: SuiteCard, shared: Path, own: Mapping[str, Path]) -> dict[str, Path]:
    """Return where each of a suite's data lies: ``own`` by name, else the package, else below ``shared``.

    Raises:
        InputError: data are not there, or a name is none of the suite's.
    """
    if strangers := sorted(set(own) - set(card.data)):
        raise InputError(f"suite {card.name} reads no data named {', '.join(strangers)}; its data: {', '.join(card.data) or 'none'}")
    found = {}
    for name, source in card.data.items():
        package, _, inside = source.path.rpartition(":")
        place = own.get(name) or (Path(str(files(package) / inside)) if package else shared / source.path)
        if not place.exists() and source.optional and name not in own:
            continue
        if not place.exists():
            raise InputError(f"suite {card.name}: its data {name!r} are not at {place}; give their folder with --shared, or --data {name}=PATH")
        found[name] = place
    return found


def revision_of(place: Path, pattern: str = "**/*") -> str:
    """Return the hash of a file or of a folder's files with their paths: 16 hexadecimal digits."""
    chosen = [place] if place.is_file() else sorted(path for path in place.glob(pattern) if path.is_file())
    parts = [f"{path.name if path == place else path.relative_to(place).as_posix()} {sha256_of(path)}" for path in chosen]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
