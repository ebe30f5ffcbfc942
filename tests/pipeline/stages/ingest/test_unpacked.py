"""Zip containers are opened within bounds, and everything wrong with one is told in words."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.unpacked import member, opened


def packed(members, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def source(data, **limits):
    return Source(data, "XTS", "acts.zip", IngestConfig(**limits))


def refused(data, **limits):
    with pytest.raises(SourceError) as error:
        opened(source(data, **limits))
    assert str(error.value).startswith("acts.zip: ")
    return str(error.value)


def test_members_come_back_whole():
    given = source(packed({"a/act.md": b"Section 1." * 1000, "empty.txt": b""}))
    archive = opened(given)
    assert member(archive, "a/act.md", given) == b"Section 1." * 1000
    assert member(archive, "empty.txt", given) == b""


def test_limits_are_those_of_the_configuration():
    assert "limit 999" in refused(packed({"act.md": b"a" * 1000}), max_unpacked=999)
    assert opened(source(packed({"act.md": b"a" * 1000}), max_unpacked=1000))
    assert "holds 3 files (limit 2)" in refused(packed({str(n): b"a" for n in range(3)}), max_members=2)
    assert "far more files" in refused(packed({str(n): b"" for n in range(50)}), max_members=2)


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert "times its size" in refused(packed({"bomb": b"\0" * 40_000_000}))
    assert opened(source(packed({"pages": b"\0" * 20_000_000})))


def test_what_is_encrypted_or_packed_unusually_is_refused():
    data = bytearray(packed({"act.md": b"Section 1."}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(bytes(data))
    assert "unusual method" in refused(packed({"act.md": b"Section 1." * 99}, zipfile.ZIP_BZIP2))
    assert "unusual method" in refused(packed({"act.md": b"Section 1." * 99}, zipfile.ZIP_LZMA))


def test_members_that_overlap_are_refused():
    data = packed({"act.md": bytes(range(256)) * 20}, zipfile.ZIP_STORED)
    entry = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    directory = data[entry:end] * 3
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 3, 3, len(directory))
    assert "overlap" in refused(data[:entry] + directory + bytes(tail))


def told(data):
    """Return what is told of a container's members, empty where all can be read."""
    given = source(data)
    try:
        archive = opened(given)
        for name in archive.namelist():
            member(archive, name, given)
    except SourceError as error:
        return str(error)
    return ""


def test_every_damage_is_told_or_harmless():
    data = packed({"word/document.xml": bytes(range(256)) * 3, "other.xml": b"<a/>" * 50})
    assert told(data) == ""
    for place in range(len(data)):
        assert told(data[:place]).startswith("acts.zip: ")
        assert told(data[:place] + bytes((data[place] ^ 0xFF,)) + data[place + 1 :])[:10] in ("", "acts.zip: ")


def test_a_member_that_is_longer_than_declared_is_not_unpacked_further():
    content = b"x" * 5_000_000
    data = bytearray(packed({"act.md": content}))
    for header, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.index(header) + offset, 10)
    given = source(bytes(data))
    with pytest.raises(SourceError, match="cannot be unpacked"):
        member(opened(given), "act.md", given)


def test_a_missing_member_is_told():
    given = source(packed({"act.md": b"Section 1."}))
    with pytest.raises(SourceError, match=r"acts\.zip: has no 'word/document\.xml'"):
        member(opened(given), "word/document.xml", given)
