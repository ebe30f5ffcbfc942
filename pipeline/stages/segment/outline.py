"""The groups and sections of a law as stretches of its plain text, from its markup or from its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import PlainText, collapsed, readable
from lexfloor.pipeline.records import GROUPING, Law, Level, ProvisionKind
from lexfloor.pipeline.stages.segment.contents import announcing, without_contents
from lexfloor.pipeline.stages.segment.headings import headings_of
from lexfloor.pipeline.stages.segment.lines import Heading, Line
from lexfloor.pipeline.stages.segment.quoted import with_quoted
from lexfloor.pipeline.stages.segment.stretch import DEPTHS, Stretch, trimmed
from lexfloor.pipeline.stages.segment.titles import title_of, titles_inline

PREAMBLE_LENGTH = 300
"""What stands before the first heading is a preamble from this length on, a title below it."""
_INLINE_TITLE = re.compile(r"(?P<title>[^.।。:;\n]{3,150}?)\s?[.।]\s?[—–]\s?(?=\S)")
"""A title on the line of its text: "12. Duration.—(1) ..."."""
_BRACKET_TITLE = re.compile(r"[(（](?P<title>(?=[^\W\d_])(?![a-z])[^()（）]{2,80})[)）][\s.:—–-]*(?=\S)")
"""The same in brackets: "Art. 12. (Duration). ..."."""
_ENCLOSED = re.compile(r"[(（〔]([^()（）〔〕]{3,150})[)）〕]\.?")
_MARKS = frozenset("#*|.:：—–-()[]")
OWN_TEXT = 60
"""Words directly under a group's heading are a provision of their own from this length on."""


def from_markup(law: Law, view: PlainText) -> list[Stretch]:
    """Return the stretches that a law's markup states, in order, with sections for the schedules and groups that have words of their own."""
    stretches: list[Stretch] = []
    sections: list[Stretch] = []  # those that lie around the mark: one quotes the next
    for mark in law.marks or ():
        start, end = view.position(mark.span.start), view.position(mark.span.end)
        end = trimmed(view.text, start, end)
        if end <= start:
            continue
        label, heading = collapsed(readable(mark.label)), readable(mark.heading)
        content = _after(view.text, start, end, label, heading)
        made = Stretch(mark.level, label, heading, start, end, content, mark.depth, mark.kind, mark.status, mark.status_reason, mark.id)
        while sections and end > sections[-1].end:
            sections.pop()
        if mark.level not in GROUPING and not made.is_section and sections:
            sections[-1].inner.append(made)
        else:
            stretches.append(made)
            if sections and made.kind is ProvisionKind.QUOTED:
                sections[0].quoted.append(made)
                made.block = 1
        if made.is_section:
            sections.append(made)
    return list(_with_own_text(stretches, view.text))


def _after(text: str, start: int, end: int, label: str, heading: str) -> int:
    """Return where the words of a stretch begin after its label and heading, whichever of the two is printed first."""
    position = start
    for words in (label, heading, label):
        position = _past(text, position, end, words.split())
    rest = text[position:end]
    return position + len(rest) - len(rest.lstrip(" \t\n.:|"))


def _past(text: str, start: int, end: int, words: Sequence[str]) -> int:
    """Return where a text goes on after the words, if it begins with them, marks and white space apart; else ``start``."""
    position = start
    for number, word in enumerate(words):
        while not text.startswith(word, position, end):
            if position >= end or not (text[position].isspace() or (not number and text[position] in _MARKS)):
                return start
            position += 1
        position += len(word)
    return position


def from_headings(view: PlainText, lines: Sequence[Line], rules: LanguageRules) -> list[Stretch]:
    """Return the stretches of a law without structural markup; a law in which nothing is found is one section without label."""
    headings = headings_of(lines, rules)
    if not headings:
        return [_unlabelled(view.text, lines[0].start, len(view.text))] if lines else []
    inline = titles_inline(headings)
    stretches = [_stretch(view.text, lines, heading, following, inline=inline) for heading, following in _with_following(headings, len(lines))]
    stretches = without_contents(view.text, lines, [made for made in stretches if made.end > made.start], rules)
    has_sections = any(made.is_section and made.kind is ProvisionKind.OPERATIVE for made in stretches)
    stretches = with_quoted(view.text, lines, stretches, rules)
    _stretch_groups(stretches)
    opening = _opening(view.text, lines, stretches[0].start, rules)
    if not has_sections:  # a law without numbers: what stands before its schedule is no preamble but the law
        opening = [replace(made, kind=ProvisionKind.OPERATIVE) if made.kind is ProvisionKind.PREAMBLE and not made.label else made for made in opening]
    return [*opening, *_with_own_text(stretches, view.text)]


def _with_following(headings: Sequence[Heading], last: int) -> Iterator[tuple[Heading, int]]:
    for index, heading in enumerate(headings):
        yield heading, headings[index + 1].first_line if index + 1 < len(headings) else last


def _stretch(text: str, lines: Sequence[Line], heading: Heading, last: int, *, inline: bool) -> Stretch:
    """Return the stretch from a heading to the line of the next one."""
    stop = lines[last].start if last < len(lines) else len(text)
    title, title_line = title_of(heading, lines, last, inline=inline)
    first = lines[heading.first_line]
    end = trimmed(text, first.start, stop)
    ahead = None
    if heading.level is Level.SECTION and not heading.above:
        opening = lines[heading.line + 1].text if heading.bare and heading.line + 1 < last else heading.rest
        ahead = (None if heading.bare else _INLINE_TITLE.match(opening)) or _BRACKET_TITLE.match(opening)
    if ahead:
        title = ahead["title"]
        content = max(first.start, text.find(opening, lines[heading.line].start, end)) + ahead.end()
    elif heading.above and heading.rest:
        content = max(first.start, text.find(heading.rest, lines[heading.line].start, end))
    elif title and title_line > heading.line:
        content = lines[title_line + 1].start if title_line + 1 < last else end
    elif title or not heading.rest:
        content = lines[heading.line + 1].start if heading.line + 1 < last else end
    else:
        content = max(first.start, text.find(heading.rest, lines[heading.line].start, end))
    title = enclosed[1] if (enclosed := _ENCLOSED.fullmatch(title.strip())) else title
    return Stretch(heading.level, collapsed(readable(heading.label)), readable(title), first.start, end, content, DEPTHS[heading.level])


def _unlabelled(text: str, start: int, end: int, label: str = "", kind: ProvisionKind = ProvisionKind.OPERATIVE) -> Stretch:
    end = trimmed(text, start, end)
    return Stretch(Level.SECTION, label, "", start, end, start, DEPTHS[Level.SECTION], kind)


def _opening(text: str, lines: Sequence[Line], end: int, rules: LanguageRules) -> list[Stretch]:
    """Return what stands before the first heading: a table of contents from the line that announces it, and the preamble before it."""
    before = [line for line in lines if line.start < end]
    contents = announcing(before, rules)
    listed: list[Stretch] = []
    if contents:
        end = contents[0].start
        listed = [replace(_unlabelled(text, end, before[-1].start + 1, kind=ProvisionKind.CONTENTS), heading=readable(contents[0].text))]
        listed[0].end = trimmed(text, before[-1].start, lines[len(before)].start if len(before) < len(lines) else len(text))
        before = [line for line in before if line.start < end]
    return [*_preamble(text, before, end, rules), *listed]


def _preamble(text: str, before: Sequence[Line], end: int, rules: LanguageRules) -> list[Stretch]:
    """Return the preamble: from the line that announces it, else all that stands before the first heading when that is long."""
    phrases = tuple(phrase.lower() for phrase in rules.structure.preamble)
    for line in before:
        if line.set_off and phrases and line.text.lower().startswith(phrases):
            announced = _unlabelled(text, line.start, end, readable(line.text), ProvisionKind.PREAMBLE)
            return [announced] if announced.end - announced.start > len(line.text) + OWN_TEXT else []
    if not before or len(text[before[0].start : end].rstrip()) <= PREAMBLE_LENGTH:
        return []
    return [_unlabelled(text, before[0].start, end, kind=ProvisionKind.PREAMBLE)]


def _stretch_groups(stretches: Sequence[Stretch]) -> None:
    """Stretch every group over what it encloses: up to the next stretch of its own or a higher level."""
    open_groups: list[Stretch] = []
    for made in stretches:
        while open_groups and (open_groups[-1].depth >= made.depth or made.block != open_groups[-1].block > 0):
            open_groups.pop()  # a quoted group ends with its quotation
        for group in open_groups:
            group.end = max(group.end, made.end)
        if not made.is_section:
            open_groups.append(made)


def _with_own_text(stretches: Sequence[Stretch], text: str) -> Iterator[Stretch]:
    """Yield the stretches, and for words that stand directly under a group's heading a section of their own.

    A schedule's section carries the schedule's label: that is how lawyers cite it.
    """
    for index, made in enumerate(stretches):
        yield made
        if made.is_section:
            continue
        following = stretches[index + 1].start if index + 1 < len(stretches) else len(text)
        start, end = made.content, min(made.end, following)
        words = text[start:end].strip()
        is_schedule = made.level is Level.SCHEDULE
        if len(words) > (0 if is_schedule else OWN_TEXT) and re.search(r"\w", words):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            own = _unlabelled(text, start, end, made.label if is_schedule else "")
            depth = max(own.depth, made.depth + 1)  # of what is quoted all lies deeper
            yield replace(own, kind=made.kind, status=made.status, reason=made.reason, depth=depth, block=made.block)
