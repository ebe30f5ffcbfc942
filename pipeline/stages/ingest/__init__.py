"""Ingest: files as people have them into laws with a text, a language and a state."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import InputError, SourceError
from lexfloor.pipeline.records import Failure, Law
from lexfloor.pipeline.stages.ingest.formats import reader_of

logger = logging.getLogger(__name__)
RESULTS = frozenset(
    ("compliance.csv", "compliance.xlsx", "report.html", "findings.jsonl", "failures.jsonl", "provisions.parquet", "parameters.parquet", "matches.parquet", "run.json")
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
    results, within = out.resolve(), file.resolve()
    if root.resolve() in results.parents:
        return results in within.parents
    return within.parent == results and file.name in RESULTS


def _stray(path: Path, country: str | None) -> Iterator[Failure]:
    """Yield the files that lie beside the folders of countries: they belong to no country and are not read."""
    if path.is_dir() and not _is_one_country(path, country):
        for entry in sorted(path.iterdir()):
            if entry.is_file() and not entry.name.startswith("."):
                yield Failure("ingest", "", entry.name, "skipped", f"{entry}: lies beside the countries' folders and belongs to none; move it into one if it is a law")


def _countries(path: Path, country: str | None) -> Iterator[CountryFolder]:
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; give a law file, a country's folder, or a folder of such folders")
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise InputError(f"{path}: this folder may not be read; check its permissions")
    if path.is_file():
        yield CountryFolder(country or path.resolve().parent.name, path.parent, (path,))
        return
    if _is_one_country(path, country):
        yield CountryFolder(country or path.resolve().name, path, tuple(_files(path)))
        return
    for folder in sorted(entry for entry in path.iterdir() if entry.is_dir() and not entry.name.startswith(".")):
        yield CountryFolder(folder.name, folder, tuple(_files(folder)))


def _is_one_country(path: Path, country: str | None) -> bool:
    return country is not None or _is_code(path.resolve().name) or not any(_is_code(entry.name) for entry in path.iterdir() if entry.is_dir())


def _is_code(name: str) -> bool:
    return len(name) == 3 and name.isascii() and name.isupper()


def _files(folder: Path) -> list[Path]:
    """Return the files below a folder, hidden ones apart; a broken link counts as a file, so that it is told."""
    found = [entry for entry in folder.rglob("*") if not entry.is_dir()]
    return sorted(entry for entry in found if not any(part.startswith(".") for part in entry.relative_to(folder).parts))


def ingest(folder: CountryFolder, config: IngestConfig) -> Iterator[Law | Failure]:
    """Yield each file of a country as a law, or as the failure that tells why it is none; in order of the names."""
    laws: list[Law] = []
    failures: list[Failure] = []
    for path in folder.files:
        file = path.relative_to(folder.root).as_posix().encode("utf-8", "backslashreplace").decode("utf-8")  # names that are no UTF-8
        try:
            laws.append(read_law(path, folder.country, file, config))
        except SourceError as error:
            failures.append(Failure("ingest", folder.country, file, "source", str(error)))
        except Exception as error:
            logger.exception("reading %s", path)
            failures.append(Failure("ingest", folder.country, file, "internal", f"{file}: could not be read ({type(error).__name__}: {error}); please report it"))
    yield from paired(laws, config.prefer_languages)
    yield from failures


def read_law(path: Path, country: str, file: str, config: IngestConfig) -> Law:
    """Return one file as a law.

    Raises:
        SourceError: the file cannot be read, is empty, too large, binary, or of a format that is not read yet.
    """
    try:
        size = path.stat().st_size
        if size > config.max_bytes:
            raise SourceError(f"{file}: {size:,} bytes are more than the limit of {config.max_bytes:,}; split the file, or raise ingest.max_bytes")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror}); check that it exists and that you may read it") from error
    if not data.strip():
        raise SourceError(f"{file}: the file is empty")
    read = reader_of(data, file)
    law = read(data, country, file, hashlib.sha256(data).hexdigest())
    longest = max(map(len, law.text.splitlines()), default=0)
    if longest > config.max_line:
        raise SourceError(f"{file}: one line of {longest:,} characters (limit {config.max_line:,}): no law prints that; check the file, or raise ingest.max_line")
    if not law.text[law.body :].strip():
        raise SourceError(f"{file}: holds no text of law (only markup or front matter)")
    return law


def paired(laws: list[Law], prefer: tuple[str, ...]) -> Iterator[Law]:
    """Yield the laws, each version in another language of the same act marked as parallel to the preferred one.

    Two files are versions of one act when they carry the same name in folders of different languages.
    """

    def order(law: Law) -> tuple[int, str]:
        return (prefer.index(law.language) if law.language in prefer else len(prefer), law.file)

    groups: dict[str, list[Law]] = {}
    for law in laws:
        groups.setdefault(law.file.rpartition("/")[2], []).append(law)
    for law in laws:
        first = min(groups[law.file.rpartition("/")[2]], key=order)
        other = first is not law and first.language != law.language
        yield replace(law, parallel_of=first.file) if other else law
