"""Laws of one country read, cut into provisions and linked: what every later step, and `lexfloor segment`, begins with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Definition, Failure, Law, Link, Provision, Refusal, Segmentation, Span
from lexfloor.pipeline.stages.export.akoma_ntoso import akoma_ntoso
from lexfloor.pipeline.stages.export.laws.json_lines import json_lines
from lexfloor.pipeline.stages.export.laws.page import cuts_page
from lexfloor.pipeline.stages.export.laws.tree import tree
from lexfloor.pipeline.stages.ingest import CountryFolder, discover, ingest
from lexfloor.pipeline.stages.link import link
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.store import filled_whole

logger = logging.getLogger(__name__)
Lap = Callable[[str], None]
"""Called with the name of what has just been done."""
LONGEST_NAME = 180
"""Bytes of a file's name: file systems take 255."""
FORMS = {"tree": ".txt", "jsonl": ".jsonl", "akn": ".akn.xml", "html": ".html"}
"""What a law can be written as, and how the file's name then ends."""


@dataclass(frozen=True, slots=True)
class Laws:
    """The laws of one country with everything that their texts alone tell.

    ``cuts`` has a segmentation for every law, by its file; ``failures`` tells what could not be read or cut.
    """

    country: str
    laws: tuple[Law, ...]
    cuts: dict[str, Segmentation]
    definitions: tuple[Definition, ...]
    links: tuple[Link, ...]
    failures: list[Failure]

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """All nodes of all laws, law by law in order of the text."""
        return tuple(node for law in self.laws for node in self.cuts[law.file].provisions)

    def written(self, law: Law, form: str, width: int = 120) -> str:
        """Return one of the laws in one of `FORMS`."""
        cut = self.cuts[law.file]
        if form == "tree":
            return tree(law, cut, width)
        links = [found for found in self.links if found.file == law.file]
        definitions = [found for found in self.definitions if found.file == law.file]
        if form == "akn":
            return akoma_ntoso(law, cut, links, definitions).decode()
        return json_lines(law, cut, links, definitions) if form == "jsonl" else cuts_page(law, cut, links, definitions)


def _no_lap(_name: str) -> None:
    """Note nothing."""


def read_laws(folder: CountryFolder, config: IngestConfig, lap: Lap = _no_lap) -> Laws:
    """Return the laws of a country, cut and linked; what goes wrong in one file is a failure of that file and ends nothing else."""
    read = list(ingest(folder, config))
    failures = [item for item in read if isinstance(item, Failure)]
    laws = [item for item in read if isinstance(item, Law)]
    lap("ingest")
    cuts: dict[str, Segmentation] = {}
    for law in laws:
        try:
            cuts[law.file] = segment(law)
        except Exception as error:
            logger.exception("segmentation of %s", law.file)
            cuts[law.file] = Segmentation((), (Refusal(Span(0, len(law.text)), "segmentation went wrong"),))
            message = f"{law.file}: segmentation went wrong ({type(error).__name__}: {error}); none of it was cut, please report it"
            failures.append(Failure("segment", law.country, law.file, "internal", message))
    lap("segment")
    definitions: tuple[Definition, ...] = ()
    links: tuple[Link, ...] = ()
    try:
        definitions, links = link(laws, [node for law in laws for node in cuts[law.file].provisions])
    except Exception as error:
        logger.exception("links of %s", folder.country)
        message = f"{folder.country}: references and definitions could not be followed ({type(error).__name__}: {error}); the rest is unaffected, please report it"
        failures.append(Failure("link", folder.country, "", "internal", message))
    lap("link")
    return Laws(folder.country, tuple(laws), cuts, definitions, links, failures)


def country_folders(paths: Sequence[Path], country: str | None = None, *, out: Path | None = None) -> tuple[list[CountryFolder], list[Failure]]:
    """Return the countries at the paths, and the files that belong to none.

    Raises:
        InputError: a path does not exist, or there is no file at all.
    """
    folders, stray = discover(paths, country, out=out)
    if not any(folder.files for folder in folders):
        raise InputError(f"no files in {', '.join(map(str, paths))}; put the laws there (text, Markdown, HTML, PDF, DOCX, XML, JSON Lines or zip)")
    return folders, stray


def segmented(paths: Sequence[Path], config: IngestConfig, country: str | None = None, *, out: Path | None = None) -> Iterator[Laws]:
    """Yield the laws at the paths, country by country.

    Raises:
        InputError: a path does not exist, or there is no file at all.
    """
    folders, stray = country_folders(paths, country, out=out)
    for folder in folders:
        if out is not None and (target := (out / folder.country).resolve()) in (folder.root.resolve(), *(path.resolve() for path in folder.files)):
            raise InputError(f"{target}: the results would lie among the laws of {folder.country}, and be read as laws the next time; choose another folder with --out")
        laws = read_laws(folder, config)
        laws.failures.extend(found for found in stray if folder is folders[0])
        yield laws


def _file_name(law: Law, form: str) -> str:
    """Return a name for a law's file that no other law of its country has, and that every file system takes."""
    name = law.file.replace("/", "__")
    if "__" in law.file or len(name.encode()) > LONGEST_NAME:
        name = f"{name.encode()[:LONGEST_NAME].decode(errors='ignore')}~{sha256(law.file.encode()).hexdigest()[:8]}"
    return name + FORMS[form]


def write_laws(found: Iterator[Laws], form: str, out: Path) -> Iterator[Laws]:
    """Write every law into ``out``, a file each under its country's name, whole or not at all; yield the countries as they are done."""
    for laws in found:
        with filled_whole(out / laws.country) as building:
            for law in laws.laws:
                name = _file_name(law, form)
                (building / name).write_text(laws.written(law, form), encoding="utf-8", newline="\n")
        yield laws
