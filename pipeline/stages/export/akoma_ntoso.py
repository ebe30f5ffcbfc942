"""Writes a law as segmented into Akoma Ntoso 3.0: one document per law, valid against the published schema.

What the schema leaves open is settled thus. Kind and status of a provision that are not the usual ones stand in ``class`` (values of
`ProvisionKind` and `ProvisionStatus`), a repealed one has ``status="removed"``. ``title`` of a number or heading gives label or
heading where the printed words differ from it. Words between the provisions of a group or section stand in an ``hcontainer`` named
"interstitial". Refused stretches are notes of the metadata, with the reason as their class. An unlabelled preamble before, or notes
after, all other provisions stand in ``preamble`` and ``conclusions``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from lexfloor.pipeline.akn import ARTICLE_PREFIX, ELEMENTS, LOOSE, NAMESPACE, label_of
from lexfloor.pipeline.plain import PlainText, collapsed, plain
from lexfloor.pipeline.records import INNER, Definition, Law, Level, Link, Provision, ProvisionKind, ProvisionStatus, Segmentation, Span, TextState
from lexfloor.pipeline.stages.export.akoma_ntoso_facts import metadata, work_iri, xml_words

_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_LINE_START = re.compile(r"[\s#>]*")
_AFTER_NUM = re.compile(r"[ \t]?[.:：–—-]{0,3}")
_AFTER_HEADING = re.compile(r"[.:–—-]{0,3}")
_STATES = {TextState.AS_ENACTED: "originalVersion", TextState.CONSOLIDATED: "singleVersion"}
_EDGE = {ProvisionKind.PREAMBLE: "preamble", ProvisionKind.NOTE: "conclusions"}


def akoma_ntoso(law: Law, cut: Segmentation, links: Sequence[Link] = (), definitions: Sequence[Definition] = ()) -> bytes:
    """Return a law as an Akoma Ntoso document, UTF-8 with declaration.

    Every provision is an element whose eId is its id, in the order of the text. ``links`` that have a target become references, the
    terms of ``definitions`` are marked where the law defines them. Characters that XML forbids are written as U+FFFD.
    """
    return _Writer(law, cut, links, definitions).document()


@dataclass(frozen=True, slots=True)
class _Note:
    """Words of the law that are more than words: an element around a stretch of the plain text."""

    start: int
    end: int
    name: str
    href: str = ""


@dataclass(slots=True)
class _Writer:
    law: Law
    cut: Segmentation
    links: Sequence[Link]
    definitions: Sequence[Definition]
    view: PlainText = field(init=False)
    below: dict[str, list[Provision]] = field(init=False)
    notes: list[_Note] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare what every part of the document needs: the plain text, what lies below what, where references stand."""
        self.view = plain(self.law.text)
        self.below = defaultdict(list)
        for provision in self.cut.provisions:
            self.below[provision.parent].append(provision)
        self.notes = sorted(self._notes(), key=lambda note: (note.start, -note.end))

    def document(self) -> bytes:
        """Return the whole document."""
        root = etree.fromstring(f'<akomaNtoso xmlns="{NAMESPACE}"/>')
        act = _add(root, "act", name="act")
        if contains := _STATES.get(self.law.version.state):
            act.set("contains", contains)
        refused = [(refusal.reason, words) for refusal in self.cut.refused if (words := self._words(refusal.span).strip())]
        act.append(metadata(self.law, refused))
        top = self.below[""]
        before = self._edge(top, ProvisionKind.PREAMBLE)
        after = self._edge(top[before:][::-1], ProvisionKind.NOTE)
        if before + after == len(top):  # the schema wants a body with something in it
            before = after = 0
        self._container(act, top[:before])
        body = _add(act, "body")
        status = self.law.version.status
        if status is ProvisionStatus.REPEALED:
            body.set("status", "removed")
        elif status is not ProvisionStatus.UNKNOWN:
            body.set("class", status.value)
        self._provisions(body, top[before : len(top) - after])
        if not top:
            _add(_add(body, "hcontainer", name=LOOSE), "content")
        self._container(act, top[len(top) - after :])
        return etree.tostring(root, encoding="utf-8", xml_declaration=True)

    def _edge(self, provisions: Sequence[Provision], kind: ProvisionKind) -> int:
        """Return how many of the first provisions are words of a kind without anything below them."""
        for index, provision in enumerate(provisions):
            if provision.kind is not kind or provision.level is not Level.SECTION or self.below.get(provision.id):
                return index
        return len(provisions)

    def _container(self, act: etree._Element, provisions: Sequence[Provision]) -> None:
        """Write provisions as containers of the preamble or the conclusions, which hold no numbers and headings but as blocks."""
        if not provisions:
            return
        around = _add(act, _EDGE[provisions[0].kind])
        for provision in provisions:
            made = _add(around, "container", name=_EDGE[provision.kind])
            self._describe(made, provision)
            start, end = self._place(provision.span)
            start = self._head(made, provision, start, end)
            self._blocks(made, start, end)
            if not len(made):
                _add(made, "p")

    def _provisions(self, around: etree._Element, provisions: Sequence[Provision]) -> None:
        """Write provisions and all below them, without recursion: an element is made with its parent and filled later."""
        work = [(_element(around, provision), provision) for provision in provisions]
        while work:
            made, provision = work.pop()
            self._describe(made, provision)
            inside = self.below.get(provision.id, [])
            places = [self._place(child.span) for child in inside]
            start, end = self._place(provision.span)
            cursor = self._head(made, provision, start, places[0][0] if places else end)
            for child, (begin, stop) in zip(inside, places, strict=True):
                self._own_words(made, cursor, begin, "intro" if child is inside[0] else LOOSE)
                work.append((_element(made, child), child))
                cursor = stop
            self._own_words(made, cursor, end, "wrapUp" if inside else "content")

    def _own_words(self, made: etree._Element, start: int, end: int, name: str) -> None:
        """Write words of a provision itself: before, between or after the provisions in it."""
        if not self.view.text[start:end].strip():
            return
        around = _add(_add(made, "hcontainer", name=LOOSE), "content") if name == LOOSE else _add(made, name)
        self._blocks(around, start, end)

    def _describe(self, made: etree._Element, provision: Provision) -> None:
        made.set("eId", xml_words(provision.id))
        bare = provision.level in INNER and not provision.label and not provision.heading
        usual = provision.kind is ProvisionKind.OPERATIVE and not bare
        classes = [] if usual else [provision.kind.value]
        if provision.status is ProvisionStatus.REPEALED:
            made.set("status", "removed")
        elif provision.status is not ProvisionStatus.IN_FORCE:
            classes.append(provision.status.value)
        if classes:
            made.set("class", " ".join(classes))

    def _head(self, made: etree._Element, provision: Provision, start: int, end: int) -> int:
        """Write number and heading in the order in which they are printed; return where the words after them begin."""
        text = self.view.text
        position = _after(_LINE_START, text, start, end)
        wanted = {name: words for name, words in (("num", provision.label), ("heading", provision.heading)) if words}
        while printed := next(((name, stop) for name, words in wanted.items() if (stop := _printed(words, text, position, end))), None):
            name, stop = printed
            value = wanted.pop(name)
            if name == "heading" or provision.level not in INNER:
                stop = _after(_AFTER_NUM if name == "num" else _AFTER_HEADING, text, stop, end)
            words = collapsed(text[position:stop])
            self._titled(made, name, words, value, label_of(words, provision.level) if name == "num" else words)
            start, position = stop, _after(_LINE_START, text, stop, end)
        for name, value in wanted.items():
            self._titled(made, name, "", value, "")
        return start

    def _titled(self, made: etree._Element, name: str, words: str, value: str, told: str) -> None:
        """Write a number or heading; ``title`` gives what it stands for where the words do not tell."""
        head = _add(made, "block", name=name) if _is(made, "container") else _add(made, name)
        head.text = xml_words(words)
        if told != value:
            head.set("title", xml_words(value))

    def _blocks(self, around: etree._Element, start: int, end: int) -> None:
        """Write a stretch of the plain text: a paragraph for each line, a table for lines that are its rows."""
        table: etree._Element | None = None
        for begin, stop in self._lines(start, end):
            cells = self._cells(begin, stop)
            if table is None or not cells:
                table = None
            if cells:
                if table is not None and _RULE.match(self.view.text[begin:stop]):
                    for cell in table[-1]:
                        cell.tag = f"{{{NAMESPACE}}}th"
                    continue
                table = _add(around, "table") if table is None else table
                row = _add(table, "tr")
                for words in cells:
                    _add(_add(row, "td"), "p").text = xml_words(words)
            else:
                self._inline(_add(around, "p"), begin, stop)

    def _lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where the lines with words begin and end, without the marks of headings and block quotes."""
        breaks = [start, *(found.end() for found in re.compile(r"\n").finditer(self.view.text, start, end)), end]
        for begin, stop in pairwise(breaks):
            first = _after(_LINE_START, self.view.text, begin, stop)
            if shown := self.view.text[first:stop].rstrip():
                yield first, first + len(shown)

    def _cells(self, start: int, end: int) -> list[str]:
        """Return the cells of a line that is a row of a table, none for any other line."""
        begin = self.view.source(start)
        row = self.law.text[begin : self.view.source_end(end)].strip()
        escaped = begin > 0 and self.law.text[begin - 1] == "\\"
        if escaped or not row.startswith("|") or not row.endswith("|") or row.endswith("\\|") or len(row) < len("|a|"):
            return []
        return [collapsed(plain(cell).text) for cell in _CELL_END.split(row[1:-1])]

    def _inline(self, around: etree._Element, start: int, end: int) -> None:
        """Write one line, with references and defined terms marked."""
        last: etree._Element | None = None
        for place in range(bisect_left(self.notes, start, key=lambda note: note.start), len(self.notes)):
            note = self.notes[place]
            if note.start >= end:
                break
            if note.start < start or note.end > end:
                continue
            _append(around, last, self.view.text[start : note.start])
            last = _add(around, note.name, **({"href": note.href} if note.href else {}))
            last.text = xml_words(self.view.text[note.start : note.end])
            start = note.end
        _append(around, last, self.view.text[start:end])

    def _notes(self) -> Iterator[_Note]:
        """Yield what is to be marked inside lines."""
        for link in self.links:
            within = link.target_file in ("", self.law.file)
            if link.kind == "reference" and (link.target if within else link.target_file):
                target = f"#{link.target}" if link.target else ""
                yield _Note(*self._place(link.span), "ref", target if within else work_iri(link.country, link.target_file) + target)
        for definition in self.definitions:
            start, end = self._place(definition.span)
            if stop := _printed(definition.term, self.view.text, start, end):
                yield _Note(start, stop, "def")

    def _place(self, span: Span) -> tuple[int, int]:
        """Return where a stretch of the law's text lies in the plain text."""
        return self.view.position(span.start), self.view.position(span.end)

    def _words(self, span: Span) -> str:
        start, end = self._place(span)
        return self.view.text[start:end]


def _element(around: etree._Element, provision: Provision) -> etree._Element:
    """Return the element of a provision, still empty."""
    if provision.level is Level.SECTION and provision.id.rpartition("__")[2].startswith(f"{ARTICLE_PREFIX}_"):
        return _add(around, "article")
    return _add(around, ELEMENTS[provision.level], **({"name": "schedule"} if provision.level is Level.SCHEDULE else {}))


def _add(around: etree._Element, element: str, **attributes: str) -> etree._Element:
    """Return a new element of the namespace at the end of another."""
    return etree.SubElement(around, f"{{{NAMESPACE}}}{element}", {name: xml_words(value) for name, value in attributes.items()})


def _is(node: etree._Element, name: str) -> bool:
    return bool(node.tag == f"{{{NAMESPACE}}}{name}")


def _append(around: etree._Element, last: etree._Element | None, words: str) -> None:
    """Add words at the end of an element, behind its last child where it has one."""
    if last is None:
        around.text = (around.text or "") + xml_words(words)
    else:
        last.tail = (last.tail or "") + xml_words(words)


def _after(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where a pattern that may be empty ends."""
    found = pattern.match(text, start, end)
    return found.end() if found else start


def _printed(words: str, text: str, start: int, end: int) -> int:
    """Return where words end that are printed at a place, with any white space between them; 0 where they are not."""
    found = re.compile(r"\s+".join(map(re.escape, words.split()))).match(text, start, end)
    if not found or found.end() == start or (found[0][-1].isalnum() and text[found.end() : min(found.end() + 1, end)].isalnum()):
        return 0
    return found.end()
