"""Titles of sections and groups: beside the number, below it, or on the line before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from lexfloor.pipeline.numbers import HAN_NUMBER
from lexfloor.pipeline.records import Level
from lexfloor.pipeline.stages.segment.lines import Heading, Line

TITLE_LIMIT, LONG_TITLE, SHORT_TITLE, INLINE_TITLE = 200, 120, 150, 60
"""Characters of a title: of a line that may be one, beside the number, below it, and of one that ends with a stop."""
_PARAGRAPH = re.compile(r"[(（]?\d+[)）.]")
_MARKER = re.compile(r"[(（\-–•]|\d+[.)]|[a-zα-ω][).]")
_IN_BRACKETS = re.compile(r"[（(〔［\[]([^（）()〔〕［］\[\]]{1,80})[)）〕］\]]$")
_ALONE = re.compile(rf"(?![a-zα-ωа-я(\d]|{HAN_NUMBER}[ 、])[^\n]{{2,100}}(?<![.;:,،।。；：，—–-])$")
_GOES_ON, _STOPS = (";", ",", ":", "-"), ".;:,。；："


def titles_inline(headings: Sequence[Heading]) -> bool:
    """Tell whether a law prints its sections' titles on the line of their number: most lines are then short."""
    rests = [heading.rest for heading in headings if heading.level is Level.SECTION and not heading.bare]
    return 2 * sum(len(rest) <= INLINE_TITLE for rest in rests) >= len(rests)


def title_of(heading: Heading, lines: Sequence[Line], last: int, *, inline: bool) -> tuple[str, int]:
    """Return a heading's title and the index of the line it ends on; the title is empty where none is printed.

    ``last`` is the line of the next heading; ``inline`` tells that the law prints titles on the line of the number.
    """
    if heading.above:
        return heading.above, heading.line
    if not heading.bare:
        return (heading.rest if _is_beside(heading, lines, last, inline=inline) else ""), heading.line
    below = heading.line + 1
    return (lines[below].text, below) if below < last and _is_below(heading, lines, last) else ("", heading.line)


def _is_beside(heading: Heading, lines: Sequence[Line], last: int, *, inline: bool) -> bool:
    """Tell whether what stands beside the number is a title, and not the unit's first words."""
    if heading.level is not Level.SECTION or lines[heading.line].hashes:
        return True
    rest = heading.rest
    has_text = not all(line.quoted or line.note for line in lines[heading.line + 1 : last])
    if not (inline and has_text) or len(rest) > LONG_TITLE or rest.rstrip().endswith(_GOES_ON) or _PARAGRAPH.match(rest):
        return False
    if not heading.strong and len(rest) > INLINE_TITLE and rest[-1] in ".。":
        return False
    begins = rest[0].isupper() or not rest[0].isalpha()
    return begins and not lines[heading.line + 1].text[:1].islower()


def _is_below(heading: Heading, lines: Sequence[Line], last: int) -> bool:
    """Tell whether the line below a bare number is its title."""
    line, alone = lines[heading.line + 1], heading.line + 2 >= last
    if line.quoted or line.row:
        return False
    if line.hashes:
        return True
    if len(line.text) > SHORT_TITLE:
        return False
    if alone:
        return heading.level is not Level.SECTION
    if lines[heading.line + 2].text[:1].islower():
        return False  # the line goes on
    return _IN_BRACKETS.match(line.text) is not None or (line.text[-1] not in _STOPS and not _MARKER.match(line.text))


def with_titles_above(headings: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Give sections the title that stands on the line before them, in brackets or alone, where a law prints its titles so."""
    elsewhere = {heading.line + place for heading in headings for place in ((0, 1) if heading.bare else (0,))}  # headings, and titles under bare ones
    sections = [heading for heading in headings if heading.level is Level.SECTION]
    bracketed: dict[int, str] = {}
    alone: dict[int, str] = {}
    for heading in sections:
        line = lines[heading.line - 1] if heading.line and heading.line - 1 not in elsewhere else None
        if line and (match := _IN_BRACKETS.match(line.text)):
            bracketed[heading.line] = match[1]
        elif line and heading.line > 1 and heading.rest and not (line.quoted or line.row or line.note) and _ALONE.match(line.text):
            alone[heading.line] = line.text
    above = max(bracketed, alone, key=len)
    if 2 * len(above) < len(sections):
        return headings
    return [replace(heading, above=above[heading.line]) if heading.line in above else heading for heading in headings]
