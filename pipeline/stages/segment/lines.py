"""The lines of a law's plain text, each with how the source sets it off, and those that open a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lexfloor.pipeline.plain import PlainText
from lexfloor.pipeline.records import Level

_UNDERLINE = re.compile(r"(?:=+|-{3,}|\*\s?\*\s?\*|_{3,}|—{2,})$")
_RULES = frozenset("=-_—*")
_BOLD = ("**", "__", "<b>", "<strong>")
_HEADING_TAG = re.compile(r"<h([1-6])\b[^<>]{0,200}>$", re.IGNORECASE)
WRAPPED_SHARE = 0.3
"""Above this share of lines that go on in lower case, a line end is where the page ended, not the paragraph."""


class Line(NamedTuple):
    """A line of the plain text that holds words.

    ``start`` is its place in the plain text, ``text`` its words without heading and quotation marks at the front, ``hashes`` its
    heading level (0: none), ``bold`` whether it begins in bold, ``quoted`` whether it stands in a block quote, ``row`` whether it is
    a row of a table, ``note`` whether it is the text of a footnote.
    """

    start: int
    text: str
    hashes: int
    bold: bool
    quoted: bool
    row: bool
    note: bool

    @property
    def set_off(self) -> bool:
        """Whether the source sets the line off as a heading would be."""
        return bool(self.hashes) or self.bold


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a group or a section.

    ``word`` is the level's word as printed, ``label`` the printed number with it, ``rest`` what follows on the line, ``line`` the
    place among the lines; ``strong`` tells that layout sets it off. ``above`` is a title that is printed on the line before.
    """

    level: Level
    word: str
    label: str
    rest: str
    line: int
    strong: bool
    above: str = ""

    @property
    def first_line(self) -> int:
        """The line on which the unit begins: that of the title where it is printed before the number."""
        return self.line - bool(self.above)

    @property
    def bare(self) -> bool:
        """Whether nothing but the number stands on the line."""
        return not self.rest.strip(" ()[]*")


def lines_of(source: str, view: PlainText) -> list[Line]:
    """Return the lines of a plain text that hold words; ``source`` is the text it was made of."""
    changed = frozenset(view.breaks)
    lines: list[Line] = []
    end = 0
    for raw in view.text.split("\n"):
        start, end = end, end + len(raw) + 1
        words = raw.strip()
        if not words:
            continue
        first = words[0]
        if raw[0] != first:
            start += raw.index(first)
        if first in _RULES and _UNDERLINE.match(words):
            under = first in "=-" and lines and not lines[-1].hashes and not _has_blank_before(view.text, start)
            if under:
                lines[-1] = lines[-1]._replace(hashes=1 if first == "=" else 2)
            if under or first != "*":
                continue
        shown, hashes = words, 0
        if first in ">#" and words[:2] != "##" and start in changed and source[view.source(start) - 1] == "\\":
            first = ""  # escaped: no mark; two of them are a heading that its author wrote without a space
        if first and first in ">#":
            shown = words.lstrip("> \t") if first == ">" else words
            hashes = len(shown) - len(shown.lstrip("#"))
            shown = shown[hashes:].strip()
            if not shown:
                continue
        place, bold, note = start + len(words) - len(shown), False, False
        if place in changed:  # markup stood directly before the words
            hashes, bold, note = _set_off(source, view.source(place), hashes)
        lines.append(Line(start, shown, min(hashes, 8), bold, first == ">", shown[0] == "|", note))
    return lines


def _set_off(source: str, place: int, hashes: int) -> tuple[int, bool, bool]:
    """Return the heading level, whether the words at a place of the source are bold, and whether they are a footnote."""
    tag = _HEADING_TAG.search(source[max(0, place - 220) : place])
    note = source[source.rfind("\n", 0, place) + 1 : place].lstrip().startswith("[^")
    return int(tag[1]) if tag else hashes, source.endswith(_BOLD, 0, place), note


def _has_blank_before(text: str, start: int) -> bool:
    """Tell whether the line that begins at ``start`` follows an empty one."""
    end = text.rfind("\n", 0, start)
    return end < 0 or not text[text.rfind("\n", 0, end) + 1 : end].strip()


def wrapped(lines: Sequence[Line]) -> bool:
    """Tell a text whose lines were broken to fit a page from one whose lines are paragraphs."""
    body = [line for line in lines if not (line.set_off or line.row or line.note)]
    if len(body) < 2:
        return False
    going_on = sum(line.text[0].islower() and len(line.text) > 1 and line.text[1:2] not in ".)" for line in body[1:])
    return going_on > WRAPPED_SHARE * len(body)
