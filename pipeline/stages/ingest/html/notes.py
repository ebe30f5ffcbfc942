"""Footnotes of a page: which links refer to a note, and which elements are the notes."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIGN = re.compile(r"[\[(]?\s?(\d{1,3}[a-z]?|[a-z]|[ivx]{1,5}|\*{1,4}|[†‡])\s?[\])]?", re.IGNORECASE)
_STATED = re.compile(r"(?<![a-z])(?:doc-)?(?:noteref|footnote|endnote|fn|ftn|ftnref|fnref|edn|ednref|note)(?![a-z])", re.IGNORECASE)
LONGEST_NOTE = 4000
"""Characters; a link to anything longer is no reference to a note."""


class NoteLinks:
    """The links of a page that refer to its footnotes, in both directions."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self._references: dict[int, str] = {}
        self._holders: set[int] = set()
        self._bodies: dict[int, str] = {}
        links = [(link, link.attributes.get("href") or "") for link in page.css('a[href^="#"]')]
        signs = [(link, href[1:], found[1]) for link, href in links if len(href) > 1 and (found := _SIGN.fullmatch((link.text() or "").strip()))]
        if not signs:
            return
        targets: dict[str, LexborNode] = {}
        for node in page.css("[id], a[name]"):
            for name in (node.attributes.get("id"), node.attributes.get("name")):
                if name:
                    targets.setdefault(name, node)
        marks: dict[str, str] = {}
        taken: Counter[str] = Counter()
        sources: set[str] = set()
        for link, target, sign in signs:
            if target in sources:
                self._references[link.mem_id] = ""
                continue
            body = targets.get(target)
            if body is None or not _refers(link, target) or (body := _whole_note(body)) is None:
                continue
            if target not in marks:
                marks[target] = _unused(sign, taken)
                self._bodies[body.mem_id] = marks[target]
            self._references[link.mem_id] = marks[target]
            for around in _around(link):
                self._holders.add(around.mem_id)
                sources.update(name for name in (around.attributes.get("id"), around.attributes.get("name")) if name)

    def reference(self, link: LexborNode) -> str | None:
        """Return the mark of the note that a link refers to, "" for the way back from a note, None for any other link."""
        return self._references.get(link.mem_id) if self._references else None

    def holds_reference(self, node: LexborNode) -> bool:
        """Tell whether an element is a reference to a note, or stands directly around one."""
        return bool(self._holders) and node.mem_id in self._holders

    def body_of(self, node: LexborNode) -> str | None:
        """Return the mark of the note that an element is, None for any other element."""
        return self._bodies.get(node.mem_id) if self._bodies else None


def _around(link: LexborNode) -> list[LexborNode]:
    """Return a link, what is directly around it, and what is directly in it."""
    found = [link]
    for near in (link.parent, link.first_child):
        if near is not None and near.tag in ("sup", "span", "small", "a"):
            found.append(near)
    return found


def _refers(link: LexborNode, target: str) -> bool:
    """Tell a reference to a note from a link to a numbered section: raised, bracketed, or named as one."""
    raised = any(node.tag == "sup" for node in _around(link))
    attributes = link.attributes
    stated = " ".join(filter(None, (attributes.get("role"), attributes.get("epub:type"), attributes.get("class"), attributes.get("rel"), target.replace("_", " "))))
    return raised or (link.text() or "").strip()[:1] in ("[", "*", "†", "‡") or _STATED.search(re.sub(r"\d+", " ", stated)) is not None


def _whole_note(target: LexborNode) -> LexborNode | None:
    """Return the element that is the note with the given target: itself, or the paragraph around an anchor; None for a longer stretch."""
    node = target
    while node.tag in ("a", "sup", "span", "b", "em", "i", "strong", "small") and node.parent is not None:
        node = node.parent
    too_long = node.tag in ("body", "h1", "h2", "h3", "h4", "h5", "h6", "main", "article", "table", "tbody", "ol", "ul") or len(node.text() or "") > LONGEST_NOTE
    return None if too_long else node


def _unused(sign: str, taken: Counter[str]) -> str:
    """Return a note's printed sign as its mark, told apart from the same sign of an earlier note ("1-2")."""
    taken[sign] += 1
    return sign if taken[sign] == 1 else f"{sign}-{taken[sign]}"
