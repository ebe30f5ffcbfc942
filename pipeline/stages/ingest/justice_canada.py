"""Reads the XML of Justice Canada's consolidated acts and regulations: structure and status come from the markup.

Source: the element names of https://laws-lois.justice.gc.ca/ XML (Statute, Regulation, Section, Subsection ...), tables after the
OASIS exchange model (tgroup, row, entry).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lxml import etree

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import INNER, Law, Level, Mark, ProvisionKind, ProvisionStatus, TextState, Version
from lexfloor.pipeline.stages.ingest.marked import MarkedText, Opened, raised
from lexfloor.pipeline.stages.ingest.source import Source

_NOT_IN_FORCE = {"RelatedOrNotInForce", "AmendedText", "ReadAsText", "RelatedProvisions", "RecentAmendments"}
_QUOTED = {"AmendedText", "ReadAsText"}
_LEVELS = {"Subsection": Level.SUBSECTION, "Paragraph": Level.PARAGRAPH, "Definition": Level.PARAGRAPH, "Subparagraph": Level.ITEM}
_BLOCKS = {
    *_LEVELS,
    *("Text", "MarginalNote", "Label", "TitleText", "Clause", "Subclause", "Subsubclause", "Item", "Provision", "HistoricalNote", "HistoricalNoteSubItem"),
    *("FormulaGroup", "Formula", "FormulaConnector", "FormulaDefinition", "FormulaTerm", "FormulaParagraph"),
    *("ContinuedSectionSubsection", "ContinuedParagraph", "ContinuedSubparagraph", "ContinuedDefinition", "SectionPiece", "Section"),
    *("BilingualItemEn", "BilingualItemFr", "Caption", "Footnote", "Note", "ReaderNote", "table", "row"),
    *("LongTitle", "ShortTitle", "RunningHead", "Chapter", "Stages", "ConsolidatedNumber", "InstrumentNumber", "Date", "Amendment"),
}
_JOINED = {"Label", "FormulaTerm"}
_BESIDE = {"MarginalNote", "Label", "Text", "HistoricalNote"}
_SPACED = {"YYYY", "MM", "DD", "AmendmentCitation", "AmendmentDate"}
_SECTION_DEPTH = 90
_MAX_SPAN = 60
"""Columns that one cell may fill; a table of law has fewer."""


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
        writer.element(child, _Context())
    writer.close_groups(0)
    title = root.findtext("Identification/ShortTitle") or root.findtext("Identification/LongTitle") or file
    language = root.get("{http://www.w3.org/XML/1998/namespace}lang", "en")[:2]
    in_force = root.get("in-force", "yes") == "yes"
    current = next((str(value) for name, value in root.attrib.items() if str(name).endswith("}current-date")), "")
    return Law(
        country=source.country,
        file=file,
        title=collapsed(title),
        language=language,
        text=writer.made.text,
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
        marks=tuple(sorted(writer.made.marks, key=_place)),
    )


def _words_of(node: etree._Element | None) -> str:
    """Return all words inside an element in one line, as the text has them; nothing where there is no element."""
    if node is None:
        return ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(node, events=("start", "end")):
        if event == "start":
            pieces.append(raised(element.text or "") if element.tag == "Sup" else element.text or "")
        elif element is not node:
            pieces.append(element.tail or "")
    return collapsed("".join(pieces))


def _place(mark: Mark) -> tuple[int, int]:
    return mark.span.start, mark.depth


def _defines(node: etree._Element) -> bool:
    """Tell an element whose content, label and introducing words apart, is definitions or subsections of them."""
    content = [child for child in node if isinstance(child.tag, str) and child.tag not in _BESIDE]
    return bool(content) and all(child.tag == "Definition" or (child.tag == "Subsection" and _defines(child)) for child in content)


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for all that stands in a part of the file."""

    depth: int = 0
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE
    reason: str = ""

    def given_to(self, opened: Opened) -> Opened:
        """Return a provision that has begun, with the kind and status of its surroundings."""
        opened.kind, opened.status, opened.status_reason = self.kind, self.status, self.reason
        return opened


@dataclass(slots=True)
class _Writer:
    """Writes an act's text in reading order and notes where its groups, sections and their parts lie."""

    made: MarkedText = field(default_factory=MarkedText)
    groups: list[Opened] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def element(self, node: etree._Element, context: _Context) -> None:
        """Write one element of the act's frame, noting groups and sections."""
        if not isinstance(node.tag, str):
            return
        if node.tag == "Heading":
            stated = node.get("level", "1")
            level = int(stated) if stated.isdecimal() and int(stated) else 1
            ranked = (Level.PART, Level.DIVISION, Level.SUBDIVISION)[min(level, 3) - 1]
            self._open_group(ranked, context.depth + level, node, context)
            self._flow(node, None)
        elif node.tag == "Section":
            self._section(node, context)
        elif node.tag == "Schedule" or node.tag in _NOT_IN_FORCE:
            inner = replace(context, depth=context.depth + 1, kind=ProvisionKind.SCHEDULE)
            if node.tag in _NOT_IN_FORCE or node.get("id") in ("NifProvs", "RelatedProvs"):
                inner = replace(inner, kind=ProvisionKind.AMENDING, status=ProvisionStatus.NOT_IN_FORCE, reason=f"markup: {node.get('id') or node.tag}")
            self._open_group(Level.SCHEDULE, inner.depth, node.find("ScheduleFormHeading"), inner)
            for child in node:
                self.element(child, inner)
        elif node.find(".//Section") is not None or node.find(".//Heading") is not None or node.tag in ("Body", "Identification", "Introduction"):
            for child in node:
                self.element(child, context)
        else:
            self._flow(node, None)
        self._end_block()

    def close_groups(self, depth: int) -> None:
        """End all groups of the depth and deeper at the present place."""
        while self.groups and self.groups[-1].depth >= depth:
            self.made.close(self.groups.pop())

    def _open_group(self, level: Level, depth: int, heading: etree._Element | None, context: _Context) -> None:
        """Begin a group, ending those of its depth and deeper."""
        self.close_groups(depth)
        opened = context.given_to(self.made.open(level, depth))
        if heading is not None:
            opened.label, opened.heading = _words_of(heading.find("Label")), _words_of(heading.find("TitleText"))
        self.groups.append(opened)

    def _section(self, node: etree._Element, context: _Context) -> None:
        """Write a section and note it; historical notes stand after it, outside its span."""
        opened = context.given_to(self.made.open(Level.SECTION, _SECTION_DEPTH))
        opened.label, opened.heading = _words_of(node.find("Label")), _words_of(node.find("MarginalNote"))
        if opened.kind is ProvisionKind.OPERATIVE and _defines(node):
            opened.kind = ProvisionKind.DEFINITION
        if context.status is ProvisionStatus.IN_FORCE and node.find("Text/Repealed") is not None and node.find("Subsection") is None:
            opened.status, opened.status_reason = ProvisionStatus.REPEALED, "markup: Repealed"
        notes = [child for child in node if child.tag == "HistoricalNote"]
        for child in node:
            if child.tag != "HistoricalNote":
                self._flow(child, opened)
        self.made.close(opened)
        for note in notes:
            self._flow(note, None)

    def _flow(self, node: etree._Element, within: Opened | None) -> None:
        """Write an element's words, each block on its own line, and note the parts of the section ``within``."""
        if not isinstance(node.tag, str):
            return
        if node.tag == "table":
            self._end_block()
            self._table(node)
            return
        if node.tag == "Sup":
            self.words.append(_words_of(node))
            return
        is_block = node.tag in _BLOCKS
        if is_block:
            self._end_block()
        opened = self._part(node, within)
        inside = None if node.tag in _QUOTED else opened or within  # quoted law is no part of the section that quotes it
        self._say(node.text)
        for child in node:
            self._flow(child, inside)
            self._say(child.tail)
        if is_block:
            self._end_block(joined=node.tag in _JOINED)
        if node.tag in _SPACED:
            self.words.append(" ")
        if opened:
            self.made.close(opened)

    def _part(self, node: etree._Element, within: Opened | None) -> Opened | None:
        """Return the part of a section that an element begins, None where it is too deep, or no part."""
        level = _LEVELS.get(str(node.tag))
        rank = max(INNER.index(level), within.depth - _SECTION_DEPTH) if level and within else len(INNER)
        if within is None or rank >= len(INNER):
            return None
        opened = self.made.open(INNER[rank], _SECTION_DEPTH + 1 + rank)
        opened.kind, opened.status, opened.status_reason = within.kind, within.status, within.status_reason
        opened.label, opened.heading = _words_of(node.find("Label")), _words_of(node.find("MarginalNote"))
        if node.tag == "Definition":
            opened.kind = ProvisionKind.DEFINITION if opened.kind is ProvisionKind.OPERATIVE else opened.kind
            opened.heading = next((_words_of(term) for term in node.iter("DefinedTermEn", "DefinedTermFr")), "")
        elif opened.kind is ProvisionKind.OPERATIVE and _defines(node):
            opened.kind = ProvisionKind.DEFINITION
        stub = node.find("Text")
        if opened.status is ProvisionStatus.IN_FORCE and stub is not None and stub.find("Repealed") is not None and len(node) <= len(("Label", "Text")):
            opened.status, opened.status_reason = ProvisionStatus.REPEALED, "markup: Repealed"
        return opened

    def _say(self, words: str | None) -> None:
        if words:
            self.words.append(words)

    def _end_block(self, *, joined: bool = False) -> None:
        """Write the words of a block that ends; the next ones go on after them where they are ``joined``."""
        words = collapsed("".join(self.words))
        self.words.clear()
        if joined:
            self.made.joined(words)
        else:
            self.made.line(words)

    def _table(self, table: etree._Element) -> None:
        """Write a table row by row; the last row of its head is followed by the rule that ends a head."""
        for title in table.findall("title"):
            self.made.line(_words_of(title))
        columns = {column.get("colname"): place for place, column in enumerate(table.iter("colspec"))}
        for row in table.iter("row"):
            around = row.getparent()
            ends_head = around is not None and around.tag == "thead" and row.getnext() is None
            cells: list[str] = []
            for entry in row.iter("entry"):
                wide = columns.get(entry.get("nameend"), 0) - columns.get(entry.get("namest"), 0)
                cells.extend([" ".join(map(str, entry.itertext())), *[""] * min(wide, _MAX_SPAN)])
            self.made.row(cells, header=ends_head)
