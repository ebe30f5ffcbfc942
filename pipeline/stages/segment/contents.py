"""Tables of contents: headings that only list what comes later."""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import readable
from lexfloor.pipeline.records import Level, ProvisionKind
from lexfloor.pipeline.stages.segment.labels import normalized
from lexfloor.pipeline.stages.segment.lines import Line
from lexfloor.pipeline.stages.segment.stretch import DEPTHS, Stretch, trimmed

ENTRY = 40
"""Characters beyond label and title that an entry may have: a page number, dots, the rest of a title."""
WRAPPED_ENTRY = 150
"""The same where a long title is broken over lines, if the heading returns with much more text."""
LISTED_LINE = 100
"""Characters that a line of an announced table of contents has at most."""
FEW_LETTERS = 3
TWIN = 80
"""Characters that the heading has when it returns with its text, at least, where its entry holds words."""
FEW_ENTRIES = 3
"""Fewer entries in a row are no table of contents, unless a heading announces one."""
HEADING_LENGTH = 80
ENACTING = 300
"""What follows the last entry before the law begins is a preamble from this length on."""

Key = tuple[Level, str]


def without_contents(text: str, lines: Sequence[Line], stretches: list[Stretch], rules: LanguageRules) -> list[Stretch]:
    """Return the stretches with every table of contents as one stretch in place of its entries.

    A table of contents is a run of headings without text, announced by a line that says so or repeated later with text.
    """
    announced = announcing(lines, rules)[::-1]
    keys = [_key(stretch) for stretch in stretches]
    last_place = {key: index for index, key in enumerate(keys)}
    made: list[Stretch] = []
    index = end = 0
    while index < len(stretches):
        first = stretches[index]
        while announced and announced[-1].start < end:
            announced.pop()
        above = announced[-1] if announced and announced[-1].start <= first.start else None
        count, reached = _entries(text, stretches, keys, last_place, index, announced=above is not None, before=announced[-2].start if len(announced) > 1 else len(text))
        if count:
            last = stretches[index + count - 1]
            begin = above.start if above else first.start
            stop = trimmed(text, last.start, last.content if last.end - last.content > ENTRY else last.end)
            title = readable(above.text) if above else ""
            if made and made[-1].kind is ProvisionKind.CONTENTS and not above:
                made[-1].end = stop  # the list goes on
            else:
                made.append(Stretch(Level.SECTION, "", title, begin, stop, begin, DEPTHS[Level.SECTION], ProvisionKind.CONTENTS))
            if last.end - stop > ENACTING:
                after = last.content
                made.append(Stretch(Level.SECTION, "", "", after, last.end, after, DEPTHS[Level.SECTION], ProvisionKind.PREAMBLE))
            index += count
        else:
            made += stretches[index:reached]
            index = reached
        end = made[-1].end
    return made


def announcing(lines: Sequence[Line], rules: LanguageRules) -> list[Line]:
    """Return the lines that are the heading of a table of contents."""
    phrases = {phrase.lower() for phrase in rules.structure.contents}
    return [line for line in lines if len(line.text) < HEADING_LENGTH and line.text.lower().strip(" .:*") in phrases]


def _has_text(text: str, stretch: Stretch, twin: Stretch, *, announced: bool) -> bool:
    """Tell whether words of law follow a stretch's label and title; ``twin`` is the last stretch of the same label."""
    length = stretch.end - stretch.content
    if announced:
        return length > ENTRY and max(map(len, text[stretch.content : stretch.end].splitlines())) > LISTED_LINE
    if length > WRAPPED_ENTRY:
        return True
    letters = sum(map(str.isalpha, text[stretch.content : stretch.end]))
    return letters > FEW_LETTERS and twin.end - twin.content < TWIN + 2 * length


def _key(stretch: Stretch) -> Key:
    return stretch.level, normalized(stretch.label) if stretch.label else stretch.heading.lower()


def _entries(text: str, stretches: Sequence[Stretch], keys: Sequence[Key], last_place: dict[Key, int], first: int, *, announced: bool, before: int) -> tuple[int, int]:
    """Return how many stretches from ``first`` on are entries of one table of contents, 0 where there is none, and where to look next.

    The table ends ``before`` the next one that is announced.
    """
    seen: set[Key] = set()
    index = first
    while index < len(stretches) and stretches[index].start < before and keys[index] not in seen and (announced or last_place[keys[index]] > index):
        seen.add(keys[index])
        index += 1
        if _has_text(text, stretches[index - 1], stretches[last_place[keys[index - 1]]], announced=announced):
            index -= last_place[keys[index - 1]] < index  # the law itself has begun, unless its heading returns
            break
    while index > first and not stretches[index - 1].is_section and last_place[keys[index - 1]] < index:
        index -= 1  # groups directly above the first section are the law's own
    sections = sum(stretch.is_section for stretch in stretches[first:index])
    if all(last_place[key] < index for key in keys[first : first + 2]):
        return 0, first + 1  # what the first entries announce does not come: these are the law's own headings
    enough = sections >= FEW_ENTRIES or (announced and index - first > 1)
    return (index - first, index) if enough else (0, max(index, first + 1))
