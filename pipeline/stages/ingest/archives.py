"""Zip archives of law files: each file in one is a source of its own."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Failure
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.unpacked import member, opened

_ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHER_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENTRY_HEAD = 46
_UTF8_NAMES = 0x800
_SYSTEM_ENCODINGS = ("cp437", "cp1252", "cp852", "cp866", "cp1251", "cp737", "gb18030", "shift_jis", "euc_kr")
_NAME_LIMIT = 300
_OFFICE = re.compile(r"mimetype|\[Content_Types\]\.xml|(?:word|xl|ppt)/.{1,100}\.xml")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*]+")


def is_archive(data: bytes) -> bool:
    """Tell a zip of files from other files, Office documents and e-books among them, which are zips too."""
    return data.startswith(_ZIP_BEGINS) and not any(_OFFICE.fullmatch(name) for name in _first_names(data))


def members(source: Source) -> Iterator[Source | Failure]:
    """Yield the files of an archive in order of their names, or for one that cannot be taken out the failure that tells why.

    Folders, hidden files and what a system adds on its own are passed over. Nothing is written to the disk: a name that leads
    out of the archive is a name like any other, without what leads out.

    Raises:
        SourceError: the archive as a whole cannot be opened, or holds no file.
    """
    with opened(source) as archive:
        named = sorted((_readable(entry), entry.filename) for entry in archive.infolist() if not entry.is_dir())
        wanted = list(_told_apart((shown, name) for shown, name in named if shown and not _hidden(shown)))
        if not wanted:
            raise SourceError(f"{source.file}: this archive holds no files; pack the laws' files into it")
        for shown, name in wanted:
            file = f"{source.file}/{shown}"
            try:
                data = member(archive, name, source)
                if len(data) > source.config.max_bytes:
                    raise SourceError(f"{file}: {len(data):,} bytes are more than the limit of {source.config.max_bytes:,}; split the file, or raise ingest.max_bytes")
                if is_archive(data) or data.startswith(_OTHER_ARCHIVES):
                    raise SourceError(f"{file}: is an archive in an archive, which is not opened; unpack it, and pack its files into one archive")
            except SourceError as error:
                yield Failure("ingest", source.country, file, "source", str(error))
            else:
                yield Source(data, source.country, file, source.config)


def _told_apart(named: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield shown names with those of the archive, "~2" and so on before the ending of one that is shown twice."""
    times: dict[str, int] = {}
    for shown, name in named:
        times[shown] = times.get(shown, 0) + 1
        stem, dot, ending = shown.rpartition(".")
        yield (shown if times[shown] == 1 else f"{stem if dot else shown}~{times[shown]}{dot}{ending if dot else ''}"), name


def _first_names(data: bytes, most: int = 200) -> Iterator[str]:
    """Yield the names of the first entries of a zip's directory; its own first name where the directory is broken."""
    start = 30
    yield data[start : start + int.from_bytes(data[26:28], "little")].decode("utf-8", "replace")
    place = data.find(_DIRECTORY_ENTRY)
    for _ in range(most):
        if place < 0:
            return
        begin = place + _ENTRY_HEAD
        yield data[begin : begin + int.from_bytes(data[place + 28 : place + 30], "little")].decode("utf-8", "replace")
        place = data.find(_DIRECTORY_ENTRY, begin)


def _readable(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name as a person would read it: with forward slashes, inside the archive, in its own letters."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAMES and not name.isascii():
        name = _decoded(name.encode("cp437", "replace"))
    parts = [_UNPRINTABLE.sub("_", part).strip() for part in re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/")).split("/")]
    joined = "/".join(part for part in parts if part not in ("", ".", ".."))
    return joined[-_NAME_LIMIT:].encode("utf-8", "replace").decode("utf-8")


def _decoded(name: bytes) -> str:
    """Return a name whose encoding the archive does not tell; programs write UTF-8 or the encoding of the packer's system."""
    for encoding in ("utf-8", *_SYSTEM_ENCODINGS):
        try:
            words = name.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or all(_reads_as_word(word) for word in re.findall(r"[^\x00-\x40\[-`{-\x7f]+", words)):
            return words
    return name.decode("cp437")


def _reads_as_word(word: str) -> bool:
    """Tell a word from what a wrong encoding makes of one: all letters of one script, and foreign Latin letters among plain ones.

    >>> _reads_as_word("über"), _reads_as_word("Закон"), _reads_as_word("Çàêîí"), _reads_as_word("╟αΩεφ")
    (True, True, False, False)
    """
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in word if letter.isalpha()}
    plain = sum(letter.isascii() for letter in word)
    return word.isalpha() and len(scripts) == 1 and "HALFWIDTH" not in scripts and ("LATIN" not in scripts or 2 * plain >= len(word))


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "~$")) or part in ("__MACOSX", "Thumbs.db", "desktop.ini") for part in name.split("/"))
