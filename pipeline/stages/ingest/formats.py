"""Which reader takes a file: told by its content first, by its name only where content does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest import justice_canada, text

Reader = Callable[[bytes, str, str, str], Law]
"""Takes a file's bytes, the country, the file's name and its hash; returns the law or raises SourceError."""

_FOREIGN = (
    (b"%PDF-", "PDF", "save it as text, or as Markdown with the headings kept"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as plain text"),
    (b"{\\rtf", "RTF", "save it as plain text"),
    (b"\x89PNG", "an image", "run text recognition and give the text"),
    (b"\xff\xd8\xff", "an image", "run text recognition and give the text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
)


def reader_of(data: bytes, name: str) -> Reader:
    """Return the reader for a file.

    Raises:
        SourceError: the content is of a kind that no reader takes; says which kind, and what to do.
    """
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    for magic, kind, remedy in _FOREIGN:
        if head.startswith(magic):
            raise SourceError(f"{name}: this is {kind}, which is not read yet; {remedy}")
    start = re.sub(rb"\A(?:\s*<!--.*?-->)+\s*", b"", head.lstrip(b"\xef\xbb\xbf \t\r\n"), flags=re.DOTALL)
    if start.startswith(b"<?xml") or start.startswith((b"<Statute", b"<Regulation")):
        if b"<Statute" in head or b"<Regulation" in head:
            return justice_canada.read
        raise SourceError(f"{name}: this XML is of no kind that is read yet (known: Justice Canada); save it as plain text")
    lowered = start[:512].lower()
    if lowered.startswith(b"<akomantoso"):
        raise SourceError(f"{name}: this is Akoma Ntoso, which is not read yet; save it as plain text")
    if re.match(rb"<(?:!doctype html|html|head|body|div|table|article|section|main)\b", lowered):
        raise SourceError(f"{name}: this is an HTML page, which is not read yet; save it as text, or as Markdown with the headings kept")
    if start[:1] in b"{[" and start[:1] and name.lower().endswith((".json", ".jsonl")):
        raise SourceError(f"{name}: JSON is data about laws, not a law that can be read yet; save the text of the law")
    return text.read
