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
_IMAGE = ("an image", "run text recognition and give the text, or put the page into a PDF and use --ocr")
_ARCHIVE_REMEDY = "unpack it, or pack the files as zip"
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc), or one that is protected by a password", "save it as DOCX, without a password"),
    (b"{\\rtf", "RTF", "save it as DOCX"),
    (b"\xffWPC", "a WordPerfect document", "save it as DOCX"),
    (b"%!PS", "PostScript", "save it as PDF"),
    (b"AT&TFORM", "a DjVu document", "save it as PDF"),
    (b"\x89PNG", *_IMAGE),
    (b"\xff\xd8\xff", *_IMAGE),
    (b"II*\x00", *_IMAGE),
    (b"MM\x00*", *_IMAGE),
    (b"GIF8", *_IMAGE),
    (b"\x1f\x8b", "a gzip archive", _ARCHIVE_REMEDY),
    (b"7z\xbc\xaf", "a 7z archive", _ARCHIVE_REMEDY),
    (b"Rar!", "a RAR archive", _ARCHIVE_REMEDY),
    (b"BZh", "a bzip2 archive", _ARCHIVE_REMEDY),
    (b"\xfd7zXZ", "an xz archive", _ARCHIVE_REMEDY),
    (b"SQLite format 3", "a database", "export the laws as text"),
    (b"PAR1", "a Parquet table", "export the laws as JSON Lines"),
)
ZIP = b"PK\x03\x04"
_HEAD, _SAMPLE = 65_536, 400_000
_HTML_ROOTS = frozenset(("html", "head", "body"))
_HTML_NAMES = re.compile(
    r"a|abbr|address|article|aside|b|big|blockquote|body|br|caption|center|cite|code|dd|del|details|dfn|div|dl|dt|em|fieldset|figure|font|footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|i|"
    r"img|ins|kbd|label|legend|li|link|main|mark|meta|nav|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var"
)
_ROOT = re.compile(r"<([A-Za-z_][\w.-]{0,60}(?::[\w.-]{1,60})?)(?=[\s/>])")
_HASH_HEADING = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]*\w[^{}\n]*$")
_TAGGED_HEADING = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_BLOCK_TAG = re.compile(r"<(?:p|li|br|td|th|dd|dt|div|h[1-6])\b", re.IGNORECASE)
_BARE_PARAGRAPH = re.compile(r"\n[ \t\r]*\n[ \t\r]*(?=[^<\s])")
_NO_TEXT = re.compile(r"<(style|script)\b", re.IGNORECASE)
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\]\-\d]")
_JSON_NAMES, _TABLE_NAMES = (".json", ".jsonl", ".ndjson"), (".csv", ".tsv")
_TABLE_LINES = 8
_SEVERAL = 2


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
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = _letters(data[:_HEAD])
    start = _after_prolog(head)
    root = _ROOT.match(head, start)
    if root:
        return _of_root(root[1], head[:start], data, name)
    if "<?xml" in head[:start]:
        raise SourceError(f"{name}: this is XML without an element at its beginning; get the file again")
    if re.match(r"MIME-Version:", head, re.IGNORECASE) and "multipart/related" in head[:2000]:
        raise SourceError(f"{name}: this is a web archive (MHTML), which is not read; save the page as HTML")
    if re.search(r"(?im)^\s{0,20}(?:<!doctype\s+html|<html\b)", head) and re.search(r"<body\b", head, re.IGNORECASE):
        return "html"
    if _JSON.match(head, start) and (head[start] == "{" or name.lower().endswith(_JSON_NAMES) or re.match(r"\[\s*\{", head[start:])):
        return "jsonl"
    if _is_table(head[start:], name):
        kind = name.rpartition(".")[2].lower() if name.lower().endswith(_TABLE_NAMES) else "this"
        raise SourceError(f"{name}: {kind} is a table, not a law; give the law's text, or JSON Lines with one provision a line")
    return "jsonl" if name.lower().endswith(_JSON_NAMES) else "text"


def _letters(head: bytes) -> str:
    """Return the beginning of a file as characters good enough to see markup in it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").lstrip("\ufeff")
    if head[:2] == b"<\x00":
        return head.decode("utf-16-le", "ignore")
    if head[:2] == b"\x00<":
        return head.decode("utf-16-be", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _after_prolog(head: str) -> int:
    """Return where a file begins after white space, comments, processing instructions and a document type.

    >>> _after_prolog("<?xml version='1.0'?> <!-- saved --> <act>")
    37
    """
    place = 0
    while True:
        while place < len(head) and (head[place].isspace() or head[place] == "\ufeff"):
            place += 1
        if head.startswith("<!--", place):
            end = head.find("-->", place + 4) + 3
        elif head.startswith("<?", place):
            end = head.find(">", place) + 1
        elif head[place : place + 9].lower() == "<!doctype":
            end, inner = head.find(">", place) + 1, head.find("[", place)
            if 0 <= inner < end:
                end = head.find(">", head.find("]", inner)) + 1
        else:
            return place
        if end <= place:  # it is not closed
            return len(head)
        place = end


def _of_root(root: str, prolog: str, data: bytes, name: str) -> str:
    """Return the format of a file that begins with a tag: the XML of laws, HTML, or Markdown that begins with a bit of HTML."""
    local = root.rpartition(":")[2]
    if local == "akomaNtoso":
        return "akoma-ntoso-xml"
    if root in ("Statute", "Regulation"):
        return "justice-canada-xml"
    if local.lower() in _HTML_ROOTS or "<!doctype html" in " ".join(prolog.lower().split()):
        return "html"
    if _HTML_NAMES.fullmatch(root.lower()):
        return "html" if _is_html(_letters(data[:_SAMPLE])) else "text"
    if "<?xml" in prolog or "<!DOCTYPE" in prolog or re.search(rf"</{re.escape(root)}\s*>\s*\Z", _letters(data[-_HEAD:])):
        raise SourceError(f"{name}: this XML begins with <{root}>; known are Akoma Ntoso, Justice Canada and XHTML; save it as one of them, or as text")
    return "text"


def _is_html(text: str) -> bool:
    """Tell a piece of a web page from Markdown with tags in it: by how headings are set, else by what paragraphs are set with."""
    text = _without_code(text)
    hashes, tagged = len(_HASH_HEADING.findall(text)), len(_TAGGED_HEADING.findall(text))
    if hashes or tagged:
        return tagged >= hashes
    return len(_BLOCK_TAG.findall(text)) >= len(_BARE_PARAGRAPH.findall(text))


def _without_code(text: str) -> str:
    """Return a page without styles and scripts, whose lines may begin like Markdown."""
    kept, place = [], 0
    while found := _NO_TEXT.search(text, place):
        kept.append(text[place : found.start()])
        end = text.find(f"</{found[1]}", found.end())
        if end < 0:
            return "".join(kept)
        place = end + len(found[1]) + len("</>")
    return "".join((*kept, text[place:]))


def _is_table(head: str, name: str) -> bool:
    """Tell a table of data by its name, or by lines that all have the same number of separators."""
    lines = [line for line in head.splitlines()[:50] if line.strip()]
    counts = {mark: {re.sub(r'"[^"]*"', "", line).count(mark) for line in lines} for mark in "\t;,"}
    even = any(len(found) == 1 and min(found) >= _SEVERAL for found in counts.values()) and len(lines) >= _TABLE_LINES
    return even or (name.lower().endswith(_TABLE_NAMES) and any(min(found, default=0) >= 1 for found in counts.values()))


def _office(data: bytes, name: str) -> str:
    """Return the format of an Office document in its zip; a plain archive is unpacked before it comes here."""
    if b"word/document" in data:
        return "docx"
    first = data[:200]
    kind = "an Office file without text of law (a workbook or slides), or a broken archive"
    if b"opendocument.text" in first:
        kind = "an OpenDocument text"
    elif b"application/epub" in first:
        kind = "an e-book (EPUB)"
    raise SourceError(f"{name}: this is {kind}, which is not read; save it as DOCX or PDF")
