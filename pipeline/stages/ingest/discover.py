"""Which files are whose law: the countries among the paths that a user gives, and the files of each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lexfloor.corpora.countries import is_country_code
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Failure

_TABLES = ("provisions", "links", "definitions", "parameters", "levels", "matches")
RESULTS = frozenset(
    ("compliance.csv", "compliance.xlsx", "report.html", "findings.jsonl", "failures.jsonl", "run.json", *(f"{table}.parquet" for table in _TABLES)),
)
"""Names of the files that a run writes."""


@dataclass(frozen=True, slots=True)
class CountryFolder:
    """The files of one country: ``root`` is the folder that file names are relative to."""

    country: str
    root: Path
    files: tuple[Path, ...]


def discover(paths: Iterable[Path], country: str | None, *, out: Path | None = None) -> tuple[list[CountryFolder], list[Failure]]:
    """Return the countries among the paths, sorted by name, and the files that belong to none.

    A file is one country's law; a folder with files in it, or named like a country code, is one country; any other
    folder holds folders of countries. ``country`` names the country where the paths are one country's files. What lies in
    ``out``, where results are written, is no law.

    Raises:
        InputError: a path does not exist, or two inputs claim one country.
    """
    found: dict[str, CountryFolder] = {}
    for path in paths:
        for folder in _countries(path, country):
            earlier = found.get(folder.country)
            if earlier is not None and country is None and earlier.root != folder.root:
                raise InputError(f"{earlier.root} and {folder.root} are both named {folder.country}: rename one, or run them apart with --country")
            if earlier is not None:
                if earlier.root != folder.root:
                    raise InputError(f"--country {country} takes files of one folder; got {earlier.root} and {folder.root}: put them in one folder")
                folder = replace(folder, files=tuple(sorted({*earlier.files, *folder.files})))
            found[folder.country] = folder
    folders = [replace(found[name], files=tuple(file for file in found[name].files if not _is_result(file, found[name].root, out))) for name in sorted(found)]
    return folders, [stray for path in paths for stray in _stray(path, country)]


def _is_result(file: Path, root: Path, out: Path | None) -> bool:
    """Tell a file that a run wrote from a law: all that lies in a folder for results inside the laws, else by its name."""
    if out is None:
        return False
    results, within = Path(os.path.realpath(out)), Path(os.path.realpath(file))
    if Path(os.path.realpath(root)) in results.parents:
        return results in within.parents
    return within.parent == results and file.name in RESULTS


def _stray(path: Path, country: str | None) -> Iterator[Failure]:
    """Yield the files that lie beside the folders of countries: they belong to no country and are not read."""
    if path.is_dir() and not _is_one_country(path, country):
        for entry in sorted(path.iterdir()):
            if not (entry.is_dir() and is_country_code(entry.name)) and not entry.name.startswith("."):
                message = f"{entry.name}: lies beside the countries' folders and belongs to none; move it into one if it is a law, or name its folder by a country's code"
                yield Failure("ingest", "", entry.name, "skipped", message)


def printable(name: str) -> str:
    """Return a name that can be written as UTF-8, whatever bytes the file system has."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _countries(path: Path, country: str | None) -> Iterator[CountryFolder]:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; give a law file, a country's folder, or a folder of such folders")
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{path}: this folder may not be read; check its permissions")
    if path.is_file():
        yield CountryFolder(printable(country or path.resolve().parent.name), path.parent, (path,))
        return
    if _is_one_country(path, country):
        yield CountryFolder(printable(country or path.resolve().name), path, tuple(_files(path)))
        return
    for folder in sorted(entry for entry in path.iterdir() if entry.is_dir() and is_country_code(entry.name)):
        yield CountryFolder(folder.name, folder, tuple(_files(folder)))


def _is_one_country(path: Path, country: str | None) -> bool:
    inner = [entry.name for entry in path.iterdir() if entry.is_dir() and is_country_code(entry.name)]
    if country is not None and len(inner) > 1:
        raise InputError(f"{path} holds the folders of several countries ({', '.join(sorted(inner)[:4])} ...): leave out --country, or point at one of them")
    return country is not None or is_country_code(path.resolve().name) or not inner


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, hidden ones apart; links that lead to no file are among them, so that they are told."""
    found = [entry for entry in folder.rglob("*") if entry.is_symlink() or not entry.is_dir()]
    return sorted(entry for entry in found if not any(part.startswith(".") for part in entry.relative_to(folder).parts))
