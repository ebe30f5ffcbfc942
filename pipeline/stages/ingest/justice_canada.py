"""Reads the XML of Justice Canada's consolidated acts and regulations: structure and status come from the markup.

Source: the element names of https://laws-lois.justice.gc.ca/ XML (Statute, Regulation, Section, Subsection ...).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Law, Level, Mark, ProvisionKind, ProvisionStatus, Span, TextState, Version
from lexfloor.pipeline.stages.ingest.source import Source

_NOT_IN_FORCE = {"RelatedOrNotInForce", "AmendedText", "ReadAsText", "RelatedProvisions", "RecentAmendments"}
_OWN_LINE = {
    "Text",
    "MarginalNote",
    "Label",
    "TitleText",
    "Subsection",
    "Paragraph",
    "Subparagraph",
    "Clause",
    "Subclause",
    "Definition",
    "row",
    "Item",
    "Provision",
    "HistoricalNote",
}
_LANGUAGES = {"en": "en", "fr": "fr"}


def read(source: Source) -> Law:
    """Return a Justice Canada file as a law with its marks.

    Raises:
        SourceError: the XML is not well formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    file = source.file
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{file}: the XML is not well formed ({error.msg}); get the file again from its source") from error
    if root.tag not in ("Statute", "Regulation"):
        raise SourceError(f"{file}: this XML begins with <{root.tag}>, not with <Statute> or <Regulation>; save it as plain text")
    writer = _Writer()
    for child in root:
        writer.element(child, depth=0, kind=ProvisionKind.OPERATIVE, status=ProvisionStatus.IN_FORCE)
    writer.close_groups(0)
    title = root.findtext("Identification/ShortTitle") or root.findtext("Identification/LongTitle") or file
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "en")[:2]
    in_force = root.get("in-force", "yes") == "yes"
    current = next((str(value) for name, value in root.attrib.items() if str(name).endswith("}current-date")), "")
    return Law(
        country=source.country,
        file=file,
        title=collapsed(title),
        language=_LANGUAGES.get(language, language),
        text="".join(writer.pieces),
        format="justice-canada-xml",
        sha256=source.sha256,
        encoding=f"{(root.getroottree().docinfo.encoding or 'utf-8').lower()} (declared)",
        version=Version(
            state=TextState.CONSOLIDATED if current else TextState.UNKNOWN,
            state_source="markup: current-date" if current else "",
            date=current,
            date_source="markup: current-date" if current else "",
            status=ProvisionStatus.IN_FORCE if in_force else ProvisionStatus.NOT_IN_FORCE,
            status_source="markup: in-force",
        ),
        marks=tuple(sorted(writer.marks, key=_place)),
    )


def _words_of(node: etree._Element | None) -> str:
    """Return all words inside an element in one line, nothing where there is no element."""
    return collapsed("".join(str(words) for words in node.itertext())) if node is not None else ""


def _place(mark: Mark) -> tuple[int, int]:
    return mark.span.start, mark.depth


@dataclass(slots=True)
class _Group:
    level: Level
    label: str
    heading: str
    start: int
    depth: int
    kind: ProvisionKind
    status: ProvisionStatus


@dataclass(slots=True)
class _Writer:
    """Writes an act's text in reading order and notes where its groups and sections lie."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    groups: list[_Group] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def line(self) -> None:
        if self.pieces and not self.pieces[-1].endswith("\n"):
            self.write("\n")

    def flow(self, node: etree._Element) -> None:
        """Write an element's words, each block on its own line, markup gone."""
        if not isinstance(node.tag, str):
            return
        block = node.tag in _OWN_LINE
        if block and not self._continues_label(node):
            self.line()
        self._words(node.text)
        for child in node:
            self.flow(child)
            self._words(child.tail)

    def _continues_label(self, node: etree._Element) -> bool:
        previous = node.getprevious()
        return node.tag in ("Text", "Subsection", "Paragraph") and previous is not None and previous.tag == "Label"

    def _words(self, text: str | None) -> None:
        if not text:
            return
        words = collapsed(text)
        spaced_before = text[:1].isspace() or (self.pieces and self.pieces[-1].endswith(")") and words[:1].isalpha())
        if words:
            if spaced_before and self.pieces and not self.pieces[-1].endswith(("\n", " ")):
                self.write(" ")
            self.write(words)
            if text[-1:].isspace():
                self.write(" ")
        elif self.pieces and not self.pieces[-1].endswith(("\n", " ")):
            self.write(" ")

    def element(self, node: etree._Element, depth: int, kind: ProvisionKind, status: ProvisionStatus) -> None:
        """Write one element of the act's frame, noting groups and sections."""
        if not isinstance(node.tag, str):
            return
        if node.tag == "Heading":
            stated = node.get("level", "1")
            level = int(stated) if stated.isdecimal() and int(stated) else 1
            label, title = collapsed(node.findtext("Label") or ""), _words_of(node.find("TitleText"))
            ranked = (Level.PART, Level.DIVISION, Level.SUBDIVISION)[min(level, 3) - 1]
            self.open_group(_Group(ranked, label, title, 0, depth + level, kind, status), node)
        elif node.tag == "Section":
            self.section(node, depth, kind, status)
        elif node.tag == "Schedule" or node.tag in _NOT_IN_FORCE:
            pending = node.tag in _NOT_IN_FORCE or node.get("id") in ("NifProvs", "RelatedProvs")
            label, title = _words_of(node.find("ScheduleFormHeading/Label")), _words_of(node.find("ScheduleFormHeading/TitleText"))
            inner_status = ProvisionStatus.NOT_IN_FORCE if pending else status
            inner_kind = ProvisionKind.AMENDING if pending else ProvisionKind.SCHEDULE
            self.line()
            self.open_group(_Group(Level.SCHEDULE, label, title, self.length, depth + 1, inner_kind, inner_status), None)
            for child in node:
                self.element(child, depth + 1, inner_kind, inner_status)
        elif node.find(".//Section") is not None or node.find(".//Heading") is not None or node.tag in ("Body", "Identification", "Introduction"):
            for child in node:
                self.element(child, depth, kind, status)
        else:
            self.line()
            self.flow(node)

    def section(self, node: etree._Element, depth: int, kind: ProvisionKind, status: ProvisionStatus) -> None:
        """Write a section and note it; historical notes stand after it, outside its span."""
        self.line()
        start, first = self.length, len(self.pieces)
        heading = node.find("MarginalNote")
        notes = []
        for child in node:
            if isinstance(child.tag, str) and child.tag == "HistoricalNote":
                notes.append(child)
            else:
                self.flow(child)
        end = start + len("".join(self.pieces[first:]).rstrip())
        if end > start:
            stub = node.find("Text/Repealed") is not None and node.find("Subsection") is None
            repealed = status is ProvisionStatus.IN_FORCE and stub
            title = _words_of(heading)
            mark_status = ProvisionStatus.REPEALED if repealed else status
            self.marks.append(Mark(Level.SECTION, collapsed(node.findtext("Label") or ""), title, Span(start, end), 90, kind, mark_status))
        for note in notes:
            self.line()
            self.flow(note)
        self.line()

    def open_group(self, group: _Group, node: etree._Element | None) -> None:
        """Begin a group, ending those of its depth and deeper."""
        self.line()
        self.close_groups(group.depth)
        group.start = self.length
        if node is not None:
            self.flow(node)
            self.line()
        self.groups.append(group)

    def close_groups(self, depth: int) -> None:
        """End all groups of the depth and deeper at the present place."""
        while self.groups and self.groups[-1].depth >= depth:
            group = self.groups.pop()
            if self.length > group.start:
                self.marks.append(Mark(group.level, group.label, group.heading, Span(group.start, self.length), group.depth, group.kind, group.status))
