"""The lines of a law's plain text, each with how the source sets it off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lexfloor.pipeline.plain import PlainText

_UNDERLINE = re.compile(r"(?:=+|-{3,}|\*\s?\*\s?\*|_{3,}|—{2,})$")
_BOLD = ("**", "__", "<b>", "ng>")  # the last ends <strong>
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


def lines_of(source: str, view: PlainText) -> list[Line]:
    """Return the lines of a plain text that hold words; ``source`` is the text it was made of."""
    marked_up = "**" in source or "__" in source or "<b>" in source or "<strong>" in source
    tagged = "<h" in source or "<H" in source
    noted = "[^" in source
    lines: list[Line] = []
    start = 0
    for raw in view.text.splitlines(keepends=True):
        words = raw.strip()
        if not words:
            start += len(raw)
            continue
        if words[0] in "=-_—*" and _UNDERLINE.match(words):
            if lines and words[0] in "=-" and not _has_blank_before(view.text, start) and not lines[-1].hashes:
                lines[-1] = lines[-1]._replace(hashes=1 if words[0] == "=" else 2)
                start += len(raw)
                continue
            if words[0] != "*":
                start += len(raw)
                continue
        where = start + len(raw) - len(raw.lstrip())
        quoted = words[0] == ">"
        if quoted:
            words = words.lstrip("> \t")
        hashes = len(words) - len(words.lstrip("#"))
        shown = words.lstrip("#").strip() if hashes else words
        if shown:
            bold = note = False
            if marked_up or tagged or noted:
                place = view.source(where + len(raw.strip()) - len(shown))
                before = source[max(0, place - 220) : place]
                bold = marked_up and before.endswith(_BOLD)
                if tagged and (tag := _HEADING_TAG.search(before)):
                    hashes = int(tag[1])
                note = noted and before.rsplit("\n", 1)[-1].lstrip().startswith("[^")
            lines.append(Line(where, shown, min(hashes, 8), bold, quoted, words[0] == "|", note))
        start += len(raw)
    return lines


def _has_blank_before(text: str, start: int) -> bool:
    """Tell whether the line that begins at ``start`` follows an empty one."""
    return not text[text.rfind("\n", 0, max(0, start - 1)) + 1 : start].strip()


def wrapped(lines: Sequence[Line]) -> bool:
    """Tell a text whose lines were broken to fit a page from one whose lines are paragraphs."""
    body = [line for line in lines if not (line.set_off or line.row or line.note)]
    if len(body) < 2:
        return False
    going_on = sum(line.text[0].islower() and len(line.text) > 1 and line.text[1:2] not in ".)" for line in body[1:])
    return going_on > WRAPPED_SHARE * len(body)
