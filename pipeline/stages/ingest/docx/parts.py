"""The parts of a DOCX file: its zip members as XML, found through the relationships that name them."""

from __future__ import annotations

import codecs
import posixpath
import re

from lxml import etree

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.unpacked import member, opened

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
"""The stricter edition of the format has the same elements in namespaces of its own; strict first, then as everyone writes it."""
_MOST_MARKUP = 2_500_000
"""Tags and attributes in all parts together: a tree of them takes about 150 bytes for each."""
_MOST_PARAGRAPHS = 200_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBER = re.compile(r"[+-]?\d{1,9}")
_OFF = frozenset(("0", "false", "off", "none"))


class Parts:
    """The parts of one file. Trees hold no comments, processing instructions or entities, and are at most 256 elements deep.

    Raises:
        SourceError: the container is broken or unsafe, or has no main document.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._archive = opened(source)
        self._names = {_plain_name(name): name for name in self._archive.namelist()}
        self._markup = 0
        self._main = self._main_name()
        self._related = self._relations(self._main)

    def document(self) -> etree._Element:
        """Return the main document.

        Raises:
            SourceError: it is no well-formed XML, or larger than any law.
        """
        root = self._parsed(self._main)
        if (paragraphs := sum(1 for _ in root.iter(W + "p"))) > _MOST_PARAGRAPHS:
            raise SourceError(f"{self._source.file}: {paragraphs:,} paragraphs (limit {_MOST_PARAGRAPHS:,}): no law has so many; split the file")
        return root

    def related(self, kind: str) -> list[etree._Element]:
        """Return the parts that the main document relates to in a way ("styles", "header"); missing ones are left out.

        Raises:
            SourceError: one of them is no well-formed XML.
        """
        names = [target for relation, target in self._related if relation == kind]
        if not names and not self._related:  # no relationships at all: the usual names
            names = [f"{posixpath.dirname(self._main)}/{kind}.xml"]
        return [self._parsed(name) for name in dict.fromkeys(names) if name in self._names]

    def properties(self) -> etree._Element | None:
        """Return the core properties (title, author), None where there are none.

        Raises:
            SourceError: they are no well-formed XML.
        """
        targets = [target for kind, target in self._relations("") if kind == "core-properties"]
        return next((self._parsed(name) for name in [*targets, "docprops/core.xml"] if name in self._names), None)

    def _main_name(self) -> str:
        named = [target for kind, target in self._relations("") if kind == "officedocument"]
        usual = ["word/document.xml", *sorted(name for name in self._names if re.fullmatch(r"word/document\d{0,3}\.xml", name))]
        for name in (*named, *usual):
            if name in self._names:
                return name
        raise SourceError(f"{self._source.file}: this Office file has no main document in it (word/document.xml); save it as DOCX again, or as PDF")

    def _relations(self, part: str) -> list[tuple[str, str]]:
        """Return (kind, name of the target) for what a part relates to inside the file; "" is the file as a whole."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if listed not in self._names:
            return []
        found = []
        for relation in self._parsed(listed):
            if relation.get("TargetMode", "").lower() != "external":
                kind = relation.get("Type", "").rpartition("/")[2].lower()
                found.append((kind, _plain_name(posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))))))
        return found

    def _parsed(self, name: str) -> etree._Element:
        file, shown = self._source.file, self._names[name]
        data = member(self._archive, shown, self._source)
        encoding = None
        if data.startswith(_UTF_16):
            data, encoding = data.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-8"
        self._markup += data.count(b"<") + data.count(b"=")
        if self._markup > _MOST_MARKUP:
            raise SourceError(f"{file}: {shown!r} in it has millions of tags: no law has so many; save the law as plain text, or split it")
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False, encoding=encoding
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError(f"{file}: {shown!r} in it is not well-formed XML ({error}); open the file in an office program and save it anew") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise SourceError(f"{file}: {shown!r} in it declares a document type, which no office program writes; open the file in one and save it anew")
        return root


def _plain_name(name: str) -> str:
    """Return a member's name in the one way that names are compared: forward slashes, none at the start, lower case."""
    return name.replace("\\", "/").lstrip("/").lower()


def value(element: etree._Element | None, attribute: str = "val") -> str:
    """Return an attribute of an element, empty where there is none of either."""
    return element.get(W + attribute, "") if element is not None else ""


def number(element: etree._Element | None, attribute: str = "val") -> int | None:
    """Return an attribute that is a whole number, None where it is absent or none."""
    found = _NUMBER.fullmatch(value(element, attribute).strip())
    return int(found[0]) if found else None


def switched(element: etree._Element | None) -> bool | None:
    """Return what an on-off property says; None where it is absent, so that a style decides."""
    return None if element is None else value(element).lower() not in _OFF
