"""Ingest: files as people have them into laws with a text, a language and a state."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.languages import nearest_language
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Failure, Law
from lexfloor.pipeline.stages.ingest.archives import is_archive, members
from lexfloor.pipeline.stages.ingest.discover import CountryFolder, discover, printable
from lexfloor.pipeline.stages.ingest.formats import reader_of
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.version import told_version

__all__ = ["CountryFolder", "discover", "ingest", "law_of", "paired", "read_law"]
logger = logging.getLogger(__name__)


def ingest(folder: CountryFolder, config: IngestConfig) -> Iterator[Law | Failure]:
    """Yield each law of a country's files, and for what is none the failure that tells why; in order of the names.

    An archive gives a law for each file in it, and one of them that cannot be read costs none of the others.
    """
    laws: list[Law] = []
    failures: list[Failure] = []
    for path in folder.files:
        file = printable(path.relative_to(folder.root).as_posix())
        for outcome in _laws(path, folder.country, file, config):
            if isinstance(outcome, Law):
                laws.append(outcome)
            else:
                failures.append(outcome)
    yield from paired(laws, config.prefer_languages)
    yield from failures


def _laws(path: Path, country: str, file: str, config: IngestConfig) -> Iterator[Law | Failure]:
    """Yield the laws of one file of the disk, or the failure in place of each that cannot be read."""
    try:
        for source in _sources(path, country, file, config):
            if isinstance(source, Failure):
                yield source
                continue
            try:
                yield law_of(source)
            except Exception as error:  # of whatever kind: it is one file's, and the others are read
                yield _failure(country, source.file, error)
    except Exception as error:
        yield _failure(country, file, error)


def _failure(country: str, file: str, error: Exception) -> Failure:
    """Return what a reader raised as a failure of one file; what was not raised on purpose goes into the log too."""
    if isinstance(error, SourceError):
        return Failure("ingest", country, file, "source", str(error))
    logger.error("reading %s", file, exc_info=error)
    return Failure("ingest", country, file, "internal", f"{file}: could not be read ({type(error).__name__}: {error}); please report it")


def read_law(path: Path, country: str, file: str, config: IngestConfig) -> Law:
    """Return one file as a law; ``path`` may lead to a file in an archive ("acts.zip/act.md").

    Raises:
        SourceError: the file cannot be read, is empty, too large, of a format that is not read, or an archive as a whole.
    """
    inside = next((each for each in path.parents if each.is_file()), None)
    if inside is not None:
        archive = file[: len(file) - len(path.relative_to(inside).as_posix()) - 1]
        for member in _sources(inside, country, archive, config):
            if member.file == file:
                if isinstance(member, Failure):
                    raise SourceError(member.message)
                return law_of(member)
        raise SourceError(f"{file}: the archive {archive} has no such file; look at its list of files")
    source = _on_disk(path, country, file, config)
    if is_archive(source.data):
        next(members(source))  # a broken one says so
        raise SourceError(f"{file}: is an archive of files, not one law; name the file in it that is meant")
    return law_of(source)


def _sources(path: Path, country: str, file: str, config: IngestConfig) -> Iterator[Source | Failure]:
    """Yield the file, or the files in it where it is an archive."""
    source = _on_disk(path, country, file, config)
    if is_archive(source.data):
        yield from members(source)
    else:
        yield source


def _on_disk(path: Path, country: str, file: str, config: IngestConfig) -> Source:
    try:
        if not path.is_file():
            kind = "is a link to a folder" if path.is_dir() else "cannot be read: it is gone, a link that leads nowhere, or no regular file"
            raise SourceError(f"{file}: {kind}; put the law's file itself into the country's folder")
        size = path.stat().st_size
        if size > config.max_bytes:
            raise SourceError(f"{file}: {size:,} bytes are more than the limit of {config.max_bytes:,}; split the file, or raise ingest.max_bytes")
        return Source(path.read_bytes(), country, file, config)
    except OSError as error:
        raise SourceError(f"{file}: cannot be read ({error.strerror}); check that it exists and that you may read it") from error


def law_of(source: Source) -> Law:
    """Return the law of a source that is no archive, checked for what no reader may let through.

    Raises:
        SourceError: it is empty, of a format that is not read, or holds no text of law.
    """
    file, config = source.file, source.config
    if not source.data.strip():
        raise SourceError(f"{file}: the file is empty")
    law = reader_of(source.data, file)(source)
    longest = max(map(len, law.text.splitlines()), default=0)
    if longest > config.max_line:
        raise SourceError(f"{file}: one line of {longest:,} characters (limit {config.max_line:,}): no law prints that; check the file, or raise ingest.max_line")
    if not law.text[law.body :].strip():
        raise SourceError(f"{file}: holds no text of law (only markup or front matter)")
    return replace(law, version=told_version(law))


def paired(laws: list[Law], prefer: tuple[str, ...]) -> Iterator[Law]:
    """Yield the laws, each version in another language of the same act marked as parallel to the preferred one.

    Two files are versions of one act when their paths differ in one folder alone, and that folder names the language of
    each: ``eng/act.xml`` and ``fra/act.xml``.
    """

    def order(law: Law) -> tuple[int, str]:
        return (prefer.index(law.language) if law.language in prefer else len(prefer), law.file)

    groups: dict[tuple[str, ...], list[Law]] = {}
    for law in laws:
        groups.setdefault(_without_language(law), []).append(law)
    for law in laws:
        first = min(groups[_without_language(law)], key=order)
        yield replace(law, parallel_of=first.file) if first.language != law.language else law


def _without_language(law: Law) -> tuple[str, ...]:
    """Return the parts of a law's path, the folder that names its language replaced by a mark."""
    *folders, name = law.file.split("/")
    for place, folder in enumerate(folders):
        if nearest_language(folder.lower()) == nearest_language(law.language) != "und":
            return (*folders[:place], "*", *folders[place + 1 :], name)
    return (*folders, name)
