"""The styles of a DOCX file: what a paragraph or a run is through the chain of styles it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from lexfloor.pipeline.stages.ingest.docx.parts import W, number, switched, value

_LONGEST_CHAIN = 40
_HEADING = re.compile(r"heading ?([1-9])")
_QUOTES = frozenset(("quote", "intense quote", "quotations", "block text", "blockquote"))
_BOLD, _VANISH, _STRIKES, _RAISED, _LIFTED, _SIZE = W + "b", W + "vanish", (W + "strike", W + "dstrike"), W + "vertAlign", W + "position", W + "sz"
_USUAL_SIZE = 20
"""Half points that letters are high where a file states no size."""
BODY_LEVEL = 9
"""Outline levels 0 to 8 are headings; this one says "no heading"."""


@dataclass(frozen=True, slots=True)
class RunLook:
    """What a run's properties say; None where they say nothing and the style decides.

    ``lifted`` tells letters set above their line, which are raised ones where their ``size`` (half points) is smaller than around them.
    """

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    lifted: bool | None = None
    size: int | None = None


_PLAIN = RunLook()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits.

    Attributes:
        names: of the style and those it is based on, lower case, nearest first; built-in ones are English in every edition of Word.
        ids: likewise; a level of a numbering names the style it numbers.
        outline: 0 to 8 for headings, 9 for text, None where no style of the chain says.
        list_id, level: numbering; ``list_id`` 0 turns it off.
    """

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    look: RunLook = RunLook()
    outline: int | None = None
    list_id: int | None = None
    level: int | None = None
    language: str = ""

    @property
    def heading(self) -> int:
        """Level of the heading that the style makes, from 1; 0 for none."""
        if self.outline is not None:
            return self.outline + 1 if 0 <= self.outline < BODY_LEVEL else 0
        for name in self.names:
            if found := _HEADING.fullmatch(name):
                return int(found[1])
        return int("title" in self.names)

    @property
    def title(self) -> bool:
        """Whether this is the style of the document's title."""
        return "title" in self.names[:2]

    @property
    def quoted(self) -> bool:
        """Whether this is a style of block quotes."""
        return any(name in _QUOTES for name in self.names)

    @property
    def contents(self) -> bool:
        """Whether this is a style of tables of contents."""
        return any(re.fullmatch(r"toc ?\d|contents \d|table of figures", name) for name in self.names[:2])


class Styles:
    """The styles of a file, found by id; a file without styles has none, and everything is plain."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._made: dict[str, Style] = {}
        self._usual = ""
        self.language = ""
        self._size = _USUAL_SIZE
        if root is None:
            return
        self.language = value(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang"))
        self._size = number(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{_SIZE}")) or _USUAL_SIZE
        for element in root.iterchildren(W + "style"):
            self._elements.setdefault(value(element, "styleId"), element)
            if value(element, "type") == "paragraph" and value(element, "default").lower() in ("1", "true", "on"):
                self._usual = value(element, "styleId")

    def paragraph(self, id_: str) -> Style:
        """Return a paragraph's style, the usual one where it names none or one that is missing."""
        return self.style(id_ if id_ in self._elements else self._usual)

    def style(self, id_: str) -> Style:
        """Return a style by id, a plain one where there is none."""
        if id_ not in self._made:
            self._made[id_] = _inherited(list(self._chain(id_)), self._size)
        return self._made[id_]

    def numbering_of(self, id_: str) -> int | None:
        """Return the list that a style of lists stands for."""
        return self.style(id_).list_id

    def bold_first_row(self, id_: str) -> bool:
        """Tell whether a style of tables sets the first row in bold."""
        for element in self._chain(id_):
            for part in element.iterchildren(W + "tblStylePr"):
                if value(part, "type") == "firstRow":
                    return bool(switched(part.find(f"{W}rPr/{W}b")))
        return False

    def _chain(self, id_: str) -> Iterator[etree._Element]:
        """Yield a style and what it is based on; a style based on itself ends the chain."""
        seen: set[str] = set()
        while id_ in self._elements and id_ not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(id_)
            yield self._elements[id_]
            id_ = value(self._elements[id_].find(W + "basedOn"))


def _inherited(chain: list[etree._Element], usual_size: int) -> Style:
    looks = [run_look(element.find(W + "rPr")) for element in chain]
    paragraphs = [properties for element in chain if (properties := element.find(W + "pPr")) is not None]

    def first(path: str) -> int | None:
        return next((found for properties in paragraphs if (found := number(properties.find(path))) is not None), None)

    return Style(
        names=tuple(value(element.find(W + "name")).strip().lower() for element in chain),
        ids=tuple(value(element, "styleId") for element in chain),
        look=RunLook(
            bold=next((look.bold for look in looks if look.bold is not None), None),
            hidden=next((look.hidden for look in looks if look.hidden is not None), None),
            struck=next((look.struck for look in looks if look.struck is not None), None),
            raised=next((look.raised for look in looks if look.raised is not None), None),
            lifted=next((look.lifted for look in looks if look.lifted is not None), None),
            size=next((look.size for look in looks if look.size is not None), usual_size),
        ),
        outline=first(W + "outlineLvl"),
        list_id=first(f"{W}numPr/{W}numId"),
        level=first(f"{W}numPr/{W}ilvl"),
        language=next((found for element in chain if (found := value(element.find(f"{W}rPr/{W}lang")))), ""),
    )


def run_look(properties: etree._Element | None) -> RunLook:
    """Return what run properties say outright; earlier properties kept for tracked changes are not looked into."""
    if properties is None or not len(properties):
        return _PLAIN
    bold = hidden = struck = raised = lifted = size = None
    for element in properties:
        tag = element.tag
        if tag == _BOLD:
            bold = switched(element)
        elif tag == _VANISH:
            hidden = switched(element)
        elif tag in _STRIKES:
            struck = struck or switched(element)
        elif tag == _RAISED:
            raised = value(element) == "superscript"
        elif tag == _LIFTED:
            lifted = (number(element) or 0) > 0
        elif tag == _SIZE:
            size = number(element)
    return RunLook(bold, hidden, struck, raised, lifted, size)
