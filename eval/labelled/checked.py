"""Judgements as every suite takes them: read, with the laws judged, every quote found in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.judgements import Judgements, read_judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.quotes import PlacedQuote, placed
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest import CountryFolder, discover, ingest

NAMED = 3
"""Files named in an error."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Judgements, the laws that they were made on, by file, and where their quotes stand."""

    judgements: Judgements
    laws: Mapping[str, Law]
    quotes: tuple[PlacedQuote, ...]


def check_judgements(path: Path, standard: Standard, laws_folder: Path) -> Judged:
    """Return the judgements in a gold file with the laws judged; ``laws_folder`` holds a folder for each country.

    Raises:
        DataFileError: the gold file breaks the guidelines, or a quote is not in the file that it names; says on which line.
        InputError: there is no folder for the country, or a law judged cannot be read.
    """
    judgements = read_judgements(path, standard)
    laws = laws_of(judgements, laws_folder)
    return Judged(judgements, laws, placed(judgements, laws, path))


def laws_of(judgements: Judgements, laws_folder: Path) -> dict[str, Law]:
    """Return the laws that judgements were made on, by file; other files of the country are not read.

    Raises:
        InputError: there is no folder for the country, or a law judged cannot be read.
    """
    return laws_in(judgements.country, judgements.files, laws_folder)


def laws_in(country: str, files: Sequence[str], laws_folder: Path) -> dict[str, Law]:
    """Return some files of a country's laws, read; a file that is not there is left out.

    Raises:
        InputError: there is no folder for the country, or a file cannot be read.
    """
    laws: dict[str, Law] = {}
    for outcome in ingest(_only(laws_folder / country, country, files), IngestConfig()):
        if isinstance(outcome, Law):
            laws[outcome.file] = outcome
        elif outcome.file in files:
            raise InputError(f"{country}: a law that was judged cannot be read: {outcome.message}")
    return {file: laws[file] for file in files if file in laws}


def judged_folder(judgements: Judgements, laws: Path) -> CountryFolder:
    """Return the files that judgements were made on; ``laws`` is the country's folder, in which there may be others. Archives are taken whole.

    Raises:
        InputError: the folder does not exist, or a file judged is not in it.
    """
    folder = _only(laws, judgements.country, judgements.files)
    there = [path.relative_to(folder.root).as_posix() for path in folder.files]
    if gone := [file for file in judgements.files if not any(file == name or file.startswith(f"{name}/") for name in there)]:
        more = f" and {len(gone) - NAMED} more" if len(gone) > NAMED else ""
        raise InputError(f"{laws}: {', '.join(gone[:NAMED])}{more} not there; the judgements of {judgements.country} were made on it: name the folder that holds it")
    return folder


def _only(laws: Path, country: str, files: Sequence[str]) -> CountryFolder:
    (folder,), _ = discover([laws], country)
    return replace(folder, files=tuple(path for path in folder.files if _holds(path, folder, files)))


def _holds(path: Path, folder: CountryFolder, files: Sequence[str]) -> bool:
    """Tell whether a file of the folder is one of those wanted, or (an archive) holds one."""
    name = path.relative_to(folder.root).as_posix()
    return any(file == name or file.startswith(f"{name}/") for file in files)
