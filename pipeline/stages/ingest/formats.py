"""Which reader takes a file: told by its content first, by its name only where content does not tell."""

from __future__ import annotations

import re
from importlib import import_module
from typing import cast

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.source import Reader

READERS = {
    "text": "text",
    "html": "html",
    "pdf": "pdf",
    "docx": "docx",
    "akoma-ntoso-xml": "akoma_ntoso",
    "justice-canada-xml": "justice_canada",
    "jsonl": "json_lines",
}
"""Format to the module of this folder that reads it; a module is imported when its first file comes."""
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc)", "save it as DOCX"),
    (b"{\\rtf", "RTF", "save it as DOCX"),
    (b"\x89PNG", "an image", "run text recognition and give the text, or put the page into a PDF and use --ocr"),
    (b"\xff\xd8\xff", "an image", "run text recognition and give the text, or put the page into a PDF and use --ocr"),
    (b"II*\x00", "an image", "run text recognition and give the text, or put the page into a PDF and use --ocr"),
    (b"\x1f\x8b", "a gzip archive", "unpack it, or pack the files as zip"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it, or pack the files as zip"),
    (b"Rar!", "a RAR archive", "unpack it, or pack the files as zip"),
    (b"SQLite format 3", "a database", "export the laws as text"),
    (b"PAR1", "a Parquet table", "export the laws as JSON Lines"),
)
ZIP = b"PK\x03\x04"
_HEAD = 4096
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|table|article|section|main|p|h[1-6])\b", re.IGNORECASE)


def reader_of(data: bytes, name: str) -> Reader:
    """Return the reader for a file that is no archive.

    Raises:
        SourceError: the content is of a kind that no reader takes; says which kind, and what to do.
    """
    return cast(Reader, import_module(f"lexfloor.pipeline.stages.ingest.{READERS[format_of(data, name)]}").read)


def format_of(data: bytes, name: str) -> str:
    """Return the format of a file, a key of `READERS`.

    Raises:
        SourceError: the content is of a kind that no reader takes; says which kind, and what to do.
    """
    for magic, kind, remedy in _FOREIGN:
        if data.startswith(magic):
            raise SourceError(f"{name}: this is {kind}, which is not read; {remedy}")
    if data.startswith(ZIP):
        return _office(data, name)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = re.sub(rb"\A(?:\s*<!--.*?-->)+\s*", b"", head.lstrip(b"\xef\xbb\xbf \t\r\n"), flags=re.DOTALL)
    xml = start.startswith(b"<?xml")
    if re.search(rb"<(?:\w+:)?akomaNtoso\b", head):
        return "akoma-ntoso-xml"
    if re.search(rb"<(?:Statute|Regulation)\b", head) and start.startswith(b"<"):
        return "justice-canada-xml"
    if _HTML.match(start) or (xml and re.search(rb"<html\b|<!doctype\s+html", head, re.IGNORECASE)):
        return "html"
    if xml:
        root = re.search(rb"<([A-Za-z_][\w:.-]{0,60})", re.sub(rb"<[?!][^>]*>", b"", start))
        named = f"<{root[1].decode()}>" if root else "nothing that can be told"
        raise SourceError(f"{name}: this XML begins with {named}; known are Akoma Ntoso, Justice Canada and XHTML; save it as one of them, or as text")
    if start[:1] in (b"{", b"[") and re.match(rb'[\[{]\s*(?:\{\s*)?(?:"|\})', start):
        return "jsonl"
    return "text"


def _office(data: bytes, name: str) -> str:
    """Return the format of an Office document in its zip; a plain archive is unpacked before it comes here."""
    if b"word/document" in data:
        return "docx"
    kind = "an OpenDocument text" if b"opendocument.text" in data[:200] else "an Office file without text of law (a workbook or slides), or a broken archive"
    raise SourceError(f"{name}: this is {kind}, which is not read; save it as DOCX or PDF")
