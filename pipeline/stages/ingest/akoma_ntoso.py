"""Reads Akoma Ntoso, version 3.0 and the drafts before it: structure, numbers and status come from the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from lexfloor.pipeline.akn import BASIC, GROUPS, HIERARCHY, INNER, LOOSE, NAMED_KINDS, NAMED_STATUSES, REMOVED, SCHEDULES, label_of
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.language import told_language
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import INNER as INNER_LEVELS
from lexfloor.pipeline.records import Law, Level, ProvisionKind
from lexfloor.pipeline.stages.ingest.akoma_ntoso_facts import first, is_own, language_of, name_of, title_of, version_of, words_of
from lexfloor.pipeline.stages.ingest.marked import MarkedText, Opened, raised
from lexfloor.pipeline.stages.ingest.source import Source

_DOCUMENTS = frozenset(("act", "bill", "doc", "statement", "portion"))
_COLLECTIONS = frozenset(("documentCollection", "officialGazette", "amendmentList"))
_ZONES = {
    "coverPage": ProvisionKind.PREAMBLE,
    "preface": ProvisionKind.PREAMBLE,
    "preamble": ProvisionKind.PREAMBLE,
    "conclusions": ProvisionKind.NOTE,
    "toc": ProvisionKind.CONTENTS,
    "body": ProvisionKind.OPERATIVE,
    "mainBody": ProvisionKind.OPERATIVE,
    "portionBody": ProvisionKind.OPERATIVE,
}
_QUOTED = frozenset(("quotedStructure", "embeddedStructure", "quotedText", "embeddedText"))
_CAPTURED = frozenset(("num", "heading", "subheading", "crossHeading", "authorialNote", "th", "td", "sup"))
_LEFT_OUT = frozenset(("meta", "del", "componentRef", "noteRef", "img"))
_BLOCKS = (
    HIERARCHY
    | (_CAPTURED - {"authorialNote", "sup"})
    | set(_ZONES)
    | {"quotedStructure", "embeddedStructure", "attachment", "attachments", "component", "components", "doc", "act", "bill", "statement", "interstitial"}
    | {"p", "block", "blockContainer", "blockList", "listIntroduction", "listWrapUp", "item", "tblock", "ul", "ol", "li", "table", "tr", "caption"}
    | {"intro", "content", "wrapUp", "longTitle", "formula", "container", "recital", "recitals", "citation", "citations", "tocItem", "foreign"}
)
_HIGH_GROUPS = ("book", "tome", "part", "title", "chapter")
"""Groups that never lie inside a section: what holds one of them is a group."""
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,12}\]")
_MAX_GROUPS = 80
"""Groups nested deeper than this are words of the group around them: depths above belong to sections."""
_SECTION_DEPTH = 90
_MAX_SPAN = 60
"""Columns that one cell may fill; a table of law has fewer."""


def read(source: Source) -> Law:
    """Return an Akoma Ntoso document as a law with its marks; the first document of a collection.

    Raises:
        SourceError: the XML is not well formed, or holds no document that is law (a judgment, a debate).
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    file = source.file
    try:
        root = etree.fromstring(source.data, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{file}: the XML is not well formed ({error.msg}); get the file again from its source") from error
    document, beside, remarks = _document(root, file)
    meta = next((child for child in document if name_of(child) == "meta"), None)
    walk = _Walk(own=is_own(meta), gathering=_gathering(document, own=is_own(meta)))
    for part in (document, *beside):
        walk.element(part)
    walk.finish(meta)
    if walk.deleted:
        remarks.append(f"left out as deleted by the markup: {walk.deleted} passages")
    if document.get("contains") == "multipleVersions":
        remarks.append("the document holds several versions of the text side by side; all were read")
    text = walk.made.text
    return Law(
        country=source.country,
        file=file,
        title=title_of(document, meta) or file,
        language=language_of(document, meta) or told_language(text),
        text=text,
        format="akoma-ntoso-xml",
        sha256=source.sha256,
        encoding=f"{(root.getroottree().docinfo.encoding or 'utf-8').lower()} (declared)",
        version=version_of(document, meta),
        marks=tuple(sorted(walk.made.marks, key=lambda mark: (mark.span.start, mark.depth))) if walk.structured else None,
        remarks=tuple(remarks),
    )


def _document(root: etree._Element, file: str) -> tuple[etree._Element, list[etree._Element], list[str]]:
    """Return the document that is the law, the components that lie beside it, and what is to be said of the choice."""
    if name_of(root) != "akomaNtoso":
        raise SourceError(f"{file}: this XML begins with <{name_of(root)}>, not with <akomaNtoso>; save it as plain text")
    for child in root:
        if (name := name_of(child)) in _DOCUMENTS:
            return child, [other for other in root if name_of(other) == "components"], []
        if name in _COLLECTIONS:
            found = [node for node in child.iter("{*}*") if name_of(node) in _DOCUMENTS]
            if found:
                chosen = next((node for node in found if name_of(node) in ("act", "bill")), found[0])
                return chosen, [], [f"a collection of {len(found)} documents, of which the first {name_of(chosen)} was read"]
    kind = next((name_of(child) for child in root if name_of(child)), "")
    told = f"<{kind}>, which is no law" if kind else "without a document"
    raise SourceError(f"{file}: an Akoma Ntoso file {told}; give the act, bill or other document of law itself")


def _quotes_law(node: etree._Element, *, own: bool) -> bool:
    """Tell an element of law that another provision quotes."""
    return name_of(node) in _QUOTED or (own and ProvisionKind.QUOTED in node.get("class", "").split())


def _gathering(document: etree._Element, *, own: bool) -> frozenset[etree._Element]:
    """Return the elements that hold sections, articles, parts or schedules, quoted law apart."""
    found: set[etree._Element] = set()
    for node in document.iter(*(f"{{*}}{name}" for name in sorted((*BASIC, *_HIGH_GROUPS, "hcontainer")))):
        if name_of(node) == "hcontainer" and node.get("name", "").lower() not in SCHEDULES:
            continue
        if _quotes_law(node, own=own):
            continue
        above: list[etree._Element] = []
        for ancestor in node.iterancestors():
            if ancestor in found or ancestor is document:
                found.update(above)
                break
            if _quotes_law(ancestor, own=own):
                break
            above.append(ancestor)
    return frozenset(found)


def _is_titled(node: etree._Element) -> bool:
    """Tell an element that has a number or heading, in words or in the title that stands for words."""
    return any(name_of(child) in ("num", "heading") and (words_of(child) or child.get("title")) for child in node)


@dataclass(slots=True)
class _Frame:
    """An element that is being read: what it opened, and its children still to come."""

    node: etree._Element
    name: str
    opened: Opened | None
    children: Iterator[etree._Element]


@dataclass(slots=True)
class _Walk:
    """Reads a document element by element, without recursion."""

    own: bool
    gathering: frozenset[etree._Element]
    made: MarkedText = field(default_factory=MarkedText)
    deleted: int = 0
    structured: bool = False
    frames: list[_Frame] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    loose: Opened | None = None
    zones: list[ProvisionKind] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    captures: list[list[str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    quoted: int = 0
    notes: dict[str, str] = field(default_factory=dict)
    references: dict[str, str] = field(default_factory=dict)
    markers: set[str] = field(default_factory=set)

    def element(self, root: etree._Element) -> None:
        """Read an element and all below it."""
        self._enter(root)
        while self.frames:
            frame = self.frames[-1]
            child = next(frame.children, None)
            if child is None:
                self.frames.pop()
                self._leave(frame)
                if self.frames:
                    self._say(frame.node.tail)
            elif name_of(child) in _LEFT_OUT or not name_of(child):
                self._left_out(child)
                self._say(child.tail)
            else:
                self._enter(child)

    def finish(self, meta: etree._Element | None) -> None:
        """Write the notes at the end of the text."""
        self._flush()
        self._close_loose()
        for note in meta.iter("{*}note") if meta is not None and self.references else ():
            marker = self.references.get(note.get("eId") or note.get("id") or "")
            if marker:
                self.notes[marker] = words_of(note)
        self.zones = [ProvisionKind.NOTE]
        for marker, words in self.notes.items():
            self._say(f"[^{marker}]: {words}")
            self._flush()
        self._close_loose()

    def _enter(self, node: etree._Element) -> None:
        name = name_of(node)
        if self.own and name == "block" and node.get("name") in ("num", "heading"):
            name = node.get("name", "")
        if name in _BLOCKS or name in ("br", "eol"):
            self._flush()
        if name in _ZONES and not (self.captures or self.quoted):
            self._close_loose()
            self.zones.append(_ZONES[name])
        self.quoted += name in _QUOTED
        opened = self._opened(node, name)
        if opened:
            self.opened.append(opened)
        elif name in HIERARCHY and self.opened and self.opened[-1].depth < _SECTION_DEPTH:
            self.made.end_line()
        if name in _CAPTURED:
            self.captures.append([])
        elif name == "tr":
            self.rows.append([])
        elif name == "li" and node.get("value") and not self.captures:
            self._begin_words()
            self.made.joined(node.get("value", ""))
        self.frames.append(_Frame(node, name, opened, iter(node)))
        self._say(node.text)

    def _leave(self, frame: _Frame) -> None:
        name, node = frame.name, frame.node
        if name in _CAPTURED:
            self._captured(name, node, "".join(self.captures.pop()))
        elif name in _BLOCKS:
            self._flush()
        if name == "tr":
            cells = self.rows.pop()
            if self.captures:
                self.captures[-1].append(f" {' '.join(cells)} ")
            elif any(map(str.strip, cells)):
                self._begin_words()
                self.made.row(cells, header=all(name_of(cell) == "th" for cell in node))
        self.quoted -= name in _QUOTED
        if frame.opened:
            self.opened.pop()
            self.made.close(frame.opened)
        if name in _ZONES and not (self.captures or self.quoted):
            self._close_loose()
            self.zones.pop()

    def _captured(self, name: str, node: etree._Element, words: str) -> None:
        """Put the words of an element that is read as a whole where they belong."""
        if name == "sup":
            self._say(raised(words))
        elif name == "authorialNote":
            marker = self._marker(node.get("marker", ""))
            self.notes[marker] = collapsed(words)
            self._say(f"[^{marker}]")
        elif name in ("th", "td"):
            if self.rows:
                span = node.get("colspan", "1")
                self.rows[-1].extend([words, *[""] * (min(int(span), _MAX_SPAN) - 1 if span.isascii() and span.isdecimal() else 0)])
        elif self.captures:
            self.captures[-1].append(f" {words} ")
        else:
            self._titled(name, node, collapsed(words))

    def _titled(self, name: str, node: etree._Element, printed: str) -> None:
        """Write a number or heading, and give it to the provision that it stands in."""
        opened = self.frames[-1].opened if self.frames else None
        words = _NOTE_MARK.sub("", printed)
        stated = node.get("title") if self.own else None
        if opened and name == "num" and not opened.label:
            opened.label = label_of(words, opened.level) if stated is None else stated
        elif opened and name == "heading":
            opened.heading = collapsed(f"{opened.heading} {words if stated is None else stated}")
        if printed:
            if self.zones and self.zones[-1] is not ProvisionKind.OPERATIVE:  # a heading alone is no section
                self._begin_words()
            if name == "num":
                self.made.joined(printed)
            else:
                self.made.line(printed)

    def _say(self, words: str | None) -> None:
        if words:
            (self.captures[-1] if self.captures else self.words).append(words)

    def _flush(self) -> None:
        """End the block of words that is being read."""
        if self.captures:
            self.captures[-1].append(" ")
            return
        words = "".join(self.words)
        self.words.clear()
        if words.strip():
            self._begin_words()
            self.made.line(words)

    def _begin_words(self) -> None:
        """Begin a section without label for words that stand outside every provision."""
        zone = self.zones[-1] if self.zones else ProvisionKind.OPERATIVE
        if self.loose is None and (not self.opened or (zone is ProvisionKind.CONTENTS and self.opened[-1].depth < _SECTION_DEPTH)):
            self.loose = self.made.open(Level.SECTION, _SECTION_DEPTH)
            self.loose.kind = zone

    def _close_loose(self) -> None:
        if self.loose:
            self.made.close(self.loose)
            self.loose = None

    def _left_out(self, node: etree._Element) -> None:
        name = name_of(node)
        self.deleted += name == "del"
        if name == "noteRef":
            target = node.get("href", "").removeprefix("#")
            if target not in self.references:
                self.references[target] = self._marker(node.get("marker", ""))
            self._say(f"[^{self.references[target]}]")

    def _marker(self, printed: str) -> str:
        """Return the mark of a note, as printed where that can be told apart from the others."""
        marker = re.sub(r"[^\w*†‡§.]", "", printed)[:12]
        if not marker or marker in self.markers:
            marker = f"n{len(self.markers) + 1}"
        self.markers.add(marker)
        return marker

    def _opened(self, node: etree._Element, name: str) -> Opened | None:
        """Return the provision that an element begins, None where it is only a way to arrange words."""
        if self.captures or self.quoted or not (name in HIERARCHY or name in ("item", "attachment", "component", "container")):
            return None
        classes = node.get("class", "").split() if self.own else []
        place = self._place(node, name, stated=any(word in NAMED_KINDS for word in classes))
        if place is None:
            return None
        self._close_loose()
        opened = self.made.open(*place)
        self.structured = True
        printed_id = node.get("eId") or node.get("id") or ""
        opened.id = "" if re.search(r"\s", printed_id) else printed_id
        opened.kind = ProvisionKind.SCHEDULE if opened.level is Level.SCHEDULE else ProvisionKind.TRANSITIONAL if name == "transitional" else opened.kind
        if self.zones and self.zones[-1] is not ProvisionKind.OPERATIVE and name == "container":
            opened.kind = self.zones[-1]
        if (removed := node.get("status", "")) in REMOVED:
            opened.status, opened.status_reason = REMOVED[removed], f"markup: status={removed}"
        for word in classes:
            opened.kind = NAMED_KINDS.get(word, opened.kind)
            if word in NAMED_STATUSES:
                opened.status, opened.status_reason = NAMED_STATUSES[word], f"markup: class={word}"
        if name in ("attachment", "component") and not _is_titled(node):
            opened.heading = words_of(first(node, "docTitle"))
        return opened

    def _place(self, node: etree._Element, name: str, *, stated: bool) -> tuple[Level, int] | None:
        """Return level and depth of the provision that an element is, None where it is none."""
        if name == "container":
            return (Level.SECTION, _SECTION_DEPTH) if self.own and node.get("eId") and not self.opened else None
        role = node.get("name", "").lower() if name == "hcontainer" else name
        if role == LOOSE or (self.zones and self.zones[-1] is not ProvisionKind.OPERATIVE and not self.opened):
            return None
        within = self.opened[-1] if self.opened else None
        if self.own and within and within.depth >= _SECTION_DEPTH and _quotes_law(node, own=True) and role not in INNER:
            level = Level.SCHEDULE if role in SCHEDULES else GROUPS.get(role, Level.SECTION)
            return (level, within.depth + 1) if within.depth < _SECTION_DEPTH + _MAX_GROUPS else None
        if within is None or within.depth < _SECTION_DEPTH:
            group = self._group(node, role)
            if group is None:
                return None if name == "item" or (role == "crossheading") else (Level.SECTION, _SECTION_DEPTH)
            if role not in GROUPS and group is not Level.SCHEDULE and not _is_titled(node):
                return None
            depth = within.depth + 1 if within else 1
            return (group, depth) if depth <= _MAX_GROUPS else None
        if role not in INNER or not (stated or _is_titled(node)):
            return None
        level = INNER[role]
        rank = max(INNER_LEVELS.index(level), within.depth - _SECTION_DEPTH)
        if rank < len(INNER_LEVELS):
            level = level if self.own else INNER_LEVELS[rank]
        elif not self.own:
            return None
        return level, _SECTION_DEPTH + 1 + rank

    def _group(self, node: etree._Element, role: str) -> Level | None:
        """Return the level of an element that gathers sections, None for one that is a section."""
        if role in SCHEDULES or role == "component":
            return Level.SCHEDULE
        return GROUPS.get(role) or (Level.DIVISION if node in self.gathering else None)
