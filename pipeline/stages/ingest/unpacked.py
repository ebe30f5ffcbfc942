"""Opens zip containers, archives and Office files alike, without trusting what they say of themselves."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.source import Source

_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, OSError, ValueError, IndexError, OverflowError)
"""What zipfile raises on damaged or hostile containers."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_PACKED_WITHIN = 20
"""An archive may hold archives, whose entries are counted with its own before it is opened: so many times the limit are let through."""
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others unpack without a bound on what one read returns, and no office program writes them."""
_MOST_RATIO = 250
_SMALL = 32_000_000
"""Bytes that may unpack at any ratio: empty tables and blank pages do."""


def opened(source: Source) -> zipfile.ZipFile:
    """Return a zip container whose members can be read safely with `member`.

    Raises:
        SourceError: it is broken, encrypted, packed by an unusual method, or unpacks to more than the configuration allows.
    """
    file, config = source.file, source.config
    if source.data.count(_DIRECTORY_ENTRY) > _PACKED_WITHIN * config.max_members:
        raise SourceError(f"{file}: holds far more files than the limit of {config.max_members:,}; split the archive, or raise ingest.max_members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.data))
    except _BROKEN as error:
        raise SourceError(f"{file}: this zip container is broken ({error}); get the file again, or save it anew") from error
    members = archive.infolist()
    if len(members) > config.max_members:
        raise SourceError(f"{file}: holds {len(members):,} files (limit {config.max_members:,}); split the archive, or raise ingest.max_members")
    unpacked, packed = sum(each.file_size for each in members), sum(each.compress_size for each in members)
    if unpacked > config.max_unpacked:
        raise SourceError(f"{file}: unpacks to {unpacked:,} bytes (limit {config.max_unpacked:,}); split it, or raise ingest.max_unpacked")
    if packed > len(source.data):
        raise SourceError(f"{file}: its members claim more bytes than the file has: they overlap, or the file is cut short; get the file again")
    if unpacked > _SMALL and unpacked > _MOST_RATIO * max(packed, 1):
        raise SourceError(f"{file}: unpacks to {unpacked // max(packed, 1):,} times its size: no document does that; check where the file comes from")
    for each in members:
        if each.flag_bits & _ENCRYPTED:
            raise SourceError(f"{file}: {each.filename!r} in it is encrypted; save it without a password")
        if each.compress_type not in _METHODS:
            raise SourceError(f"{file}: {each.filename!r} in it is packed by an unusual method ({each.compress_type}); pack it again as a plain zip")
    return archive


def member(archive: zipfile.ZipFile, name: str, source: Source) -> bytes:
    """Return one member's bytes, at most as many as the container declares.

    Raises:
        SourceError: there is no such member, or it cannot be unpacked.
    """
    try:
        declared = archive.getinfo(name).file_size
        with archive.open(name) as packed:
            return packed.read(declared)  # a read without a number unpacks all that is there, whatever was declared
    except KeyError as error:
        raise SourceError(f"{source.file}: has no {name!r} in it; get the file again, or save it anew") from error
    except _BROKEN as error:
        raise SourceError(f"{source.file}: {name!r} in it cannot be unpacked ({error}); get the file again, or save it anew") from error
