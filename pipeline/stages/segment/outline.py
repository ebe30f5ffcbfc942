"""Headings and sections of a law whose file has no structural markup, found by wording, numbering and layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import PlainText, plain
from lexfloor.pipeline.records import GROUPING, Level, Mark, ProvisionKind, ProvisionStatus, Span
from lexfloor.pipeline.stages.segment.labels import level_patterns, normalized

DEPTHS = {level: depth for depth, level in enumerate((*GROUPING[:-1], Level.SCHEDULE, Level.SECTION))}
DEPTHS[Level.SCHEDULE] = DEPTHS[Level.PART]
_LAYOUT = re.compile(r"[ \t]*(?P<hashes>#{1,8})?\s*(?P<bold>\*\*|__)?")
_QUOTES = "\"'“”«»„‘’"
_AFTER_LABEL = re.compile(r"\s*[.:：–—\-)\]º°]+|\s*$|\s*\(|\s+[|]")
_NUMBERED_LINE = re.compile(r"^(?:\d{0,3}\[)?(?P<number>\d{1,4}[A-Z]{0,2}|\d{1,4}[ক-হ])(?:(?P<strong>\s?[.।৷]?\s?[—–-]?\s?\((?:1|১)\))|\s?[.।৷][—–-]?(?=\s|$))")
TITLE_LIMIT, SHORT_TITLE = 200, 150
PREAMBLE_LENGTH = 300
FEW = 3
"""With fewer sections than this under a word ("Article"), sections that print only a number are looked for too."""
CHAIN_GAP = 6
"""Numbers that may be missing between two sections: repealed ones are often not printed."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the plain text: its place there, its words, and how the source sets it off."""

    start: int
    text: str
    hashes: int
    bold: bool
    quoted: bool

    @property
    def set_off(self) -> bool:
        return bool(self.hashes) or self.bold


@dataclass(frozen=True, slots=True)
class _Heading:
    level: Level
    word: str
    label: str
    rest: str
    line: int
    strong: bool


def outline(text: str, body: int, rules: LanguageRules) -> tuple[Mark, ...]:
    """Return the groups and sections of a law's text as marks in order of the text; spans point into ``text``.

    ``body`` is where the law begins, after front matter. A law in which nothing is found is one section without label.
    """
    view = plain(text, body)
    lines = _lines(text, view)
    headings = _worded_headings(lines, rules)
    if (worded := _section_count(headings)) < FEW:
        numbered = _sections_by_number(lines, rules)
        headings = numbered if _section_count(numbered) > max(worded, FEW - 1) or not worded else headings
    headings = _with_untitled_groups(headings, lines)
    marks: list[Mark] = []
    for index, heading in enumerate(headings):
        first = lines[heading.line]
        last = headings[index + 1].line if index + 1 < len(headings) else len(lines)
        stop = lines[last].start if last < len(lines) else len(view.text)
        title, title_line = _title(heading, lines, last)
        content = "\n".join(line.text for line in lines[title_line + 1 : last])
        rest = "" if title == heading.rest else heading.rest
        status = _status(title, f"{rest}\n{content}", rules) if heading.level is Level.SECTION else ProvisionStatus.IN_FORCE
        end = len(view.text[:stop].rstrip())
        if end <= first.start:
            continue
        marks.append(Mark(heading.level, heading.label, title, Span(view.source(first.start), view.source_end(end)), DEPTHS[heading.level], ProvisionKind.OPERATIVE, status))
    marks = _contents_marked(_enclosing(marks))
    if marks and (opening := view.text[: lines[headings[0].line].start].rstrip()) and len(opening) > PREAMBLE_LENGTH:
        start = len(opening) - len(opening.lstrip())
        whole = Span(view.source(start), view.source_end(len(opening)))
        marks.insert(0, Mark(Level.SECTION, "", "", whole, DEPTHS[Level.SECTION], ProvisionKind.PREAMBLE))
    if not any(mark.level is Level.SECTION for mark in marks) and view.text.strip():
        start = len(view.text) - len(view.text.lstrip())
        whole = Span(view.source(start), view.source_end(len(view.text.rstrip())))
        return (*marks, Mark(Level.SECTION, "", "", whole, DEPTHS[Level.SECTION]))
    return tuple(marks)


def _lines(text: str, view: PlainText) -> list[_Line]:
    """Return the lines of the plain text that hold words, with what the source says of their layout."""
    lines, start = [], 0
    for raw in view.text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            where = start + len(raw) - len(raw.lstrip())
            line_start = text.rfind("\n", 0, view.source(where)) + 1
            layout = _LAYOUT.match(text, line_start)
            original = text[line_start : line_start + 12].lstrip()
            hashes = len(layout["hashes"] or "") if layout else 0
            words_only = words.lstrip("#").strip()
            if words_only:
                lines.append(_Line(where, words_only, hashes, bool(layout and layout["bold"]), original.startswith(">")))
        start += len(raw)
    return lines


def _section_count(headings: Sequence[_Heading]) -> int:
    return sum(heading.level is Level.SECTION for heading in headings)


def _worded_headings(lines: Sequence[_Line], rules: LanguageRules) -> list[_Heading]:
    """Return the lines that begin with a level's word and number and are no mere reference."""
    found: list[_Heading] = []
    last_number = 0
    for index, line in enumerate(lines):
        if line.quoted:
            continue
        shown = line.text.lstrip(_QUOTES + "*[( ") if line.set_off else line.text.lstrip(_QUOTES + "[")
        for level, pattern in level_patterns(rules):
            match = pattern.match(shown)
            if not match:
                continue
            groups = match.groupdict()
            word, number = groups.get("word") or groups.get("word1") or "", groups.get("number") or groups.get("number1") or ""
            after = shown[match.end() :]
            value = int(digits[0]) if (digits := re.search(r"\d+", normalized(number))) else 0
            if _stands_as_heading(line, shown, word, after, level, rules, following=value == last_number + 1):
                if level is Level.SECTION:
                    last_number = value
                rest = re.sub(r"^[\s.:：–—\-ºº°)|]+", "", after).strip()
                found.append(_Heading(level, word.lower(), match[0].strip(), rest, index, line.set_off))
                break
    return _one_kind_of_section(found, lines)


def _stands_as_heading(line: _Line, shown: str, word: str, after: str, level: Level, rules: LanguageRules, *, following: bool) -> bool:
    """Tell a heading from a sentence that begins with a reference ("Section 30 does not apply")."""
    lowered = word[:1].isalpha() and word[:1].islower() and shown[:1].islower()
    if lowered and not shown[0].isdecimal():
        return False
    if not rules.spaced:
        return not after or after[0] in " \t\u3000：:　" or line.set_off or following
    if level is not Level.SECTION:
        return line.set_off or (len(line.text) < TITLE_LIMIT and (_AFTER_LABEL.match(after) is not None or after.strip()[:1].isupper()))
    if _AFTER_LABEL.match(after):
        return not re.match(r"\s*\)|\s*\((?:\d|[a-z])[^)]{0,3}\)\s+(?:[a-z])", after) or line.set_off
    beginning = after.lstrip()[:1]
    if line.set_off:
        return not beginning.islower()
    return following and (beginning.isupper() or not beginning.isalpha()) and len(line.text) < TITLE_LIMIT


def _one_kind_of_section(found: list[_Heading], lines: Sequence[_Line]) -> list[_Heading]:
    """Settle what a rarer kind of unit is beside the commonest ("§ 2" beside "Artikel 5").

    Set off and with text of its own it is a section too ("Disposición transitoria"); set off and directly above
    another heading it groups; otherwise it is text.
    """
    kinds = Counter(_kind(heading) for heading in found if heading.level is Level.SECTION)
    if len(kinds) < 2:
        return found
    main = kinds.most_common(1)[0][0]
    kept = []
    for index, heading in enumerate(found):
        if heading.level is not Level.SECTION or _kind(heading) == main:
            kept.append(heading)
        elif heading.strong:
            last = found[index + 1].line if index + 1 < len(found) else len(lines)
            own_text = any(not line.hashes for line in lines[heading.line + 1 : last])
            kept.append(heading if own_text else replace(heading, level=Level.DIVISION))
    return kept


def _kind(heading: _Heading) -> str:
    return heading.word[:3].rstrip(".§") or "§"


def _sections_by_number(lines: Sequence[_Line], rules: LanguageRules) -> list[_Heading]:
    """Return sections that print only a number ("12.—(1)", "12. Heading"), by the longest run that counts upward."""
    groups = [heading for heading in _worded_headings(lines, rules) if heading.level is not Level.SECTION]
    candidates = []
    for index, line in enumerate(lines):
        match = None if line.quoted else _NUMBERED_LINE.match(line.text)
        if match:
            value = int(re.match(r"\d+", match["number"])[0])  # type: ignore[index]
            strength = 2 if match["strong"] else 1 + line.set_off
            candidates.append((index, value, match["number"], match.end("number"), strength))
    chain = _counting_chain([(value, strength) for _, value, _, _, strength in candidates])
    sections = []
    for position in chain:
        index, _, number, end, strength = candidates[position]
        rest = re.sub(r"^[\s.।—–-]+", "", lines[index].text[end + (lines[index].text.startswith("[")) :]).strip()
        sections.append(_Heading(Level.SECTION, "", number, rest, index, lines[index].set_off or strength > 1))
    return sorted([*groups, *sections], key=_line_of)


def _line_of(heading: _Heading) -> int:
    return heading.line


def _counting_chain(numbers: Sequence[tuple[int, int]]) -> list[int]:
    """Return the indices of the best chain in which each number follows its predecessor closely."""
    best: list[tuple[int, int]] = []  # score, previous index
    recent: dict[int, int] = {}  # number → index of the best chain that ends in it so far
    for index, (value, strength) in enumerate(numbers):
        options = [(best[recent[value - step]][0] - max(0, step - 1), recent[value - step]) for step in range(CHAIN_GAP + 1) if value - step in recent]
        score, previous = max(options, default=(0, -1))
        if previous == -1 and value > 3:
            score = -5
        best.append((score + strength, previous))
        if value not in recent or best[index][0] >= best[recent[value]][0]:
            recent[value] = index
    if not best:
        return []
    at = max(range(len(best)), key=lambda index: best[index][0])
    chain = []
    while at != -1:
        chain.append(at)
        at = best[at][1]
    return chain[::-1]


def _with_untitled_groups(headings: list[_Heading], lines: Sequence[_Line]) -> list[_Heading]:
    """Add headings without number that stand directly before a numbered one; elsewhere a set-off line is text."""
    taken = {heading.line for heading in headings}
    added = []
    for heading in headings:
        line = heading.line - 1
        run: list[int] = []
        while line >= 0 and line not in taken and lines[line].hashes and not lines[line].quoted and len(lines[line].text) < TITLE_LIMIT:
            run.append(line)
            line -= 1
        owner_is_bare = line in taken and run and _is_bare(next(h for h in headings if h.line == line))
        for position in run:
            if owner_is_bare and position == run[-1]:
                continue  # the title of the heading above
            added.append(_Heading(Level.SUBDIVISION, "", "", lines[position].text, position, True))
    return sorted([*headings, *added], key=_line_of)


def _is_bare(heading: _Heading) -> bool:
    return not heading.rest.strip(" ()[]*")


def _title(heading: _Heading, lines: Sequence[_Line], last: int) -> tuple[str, int]:
    """Return a heading's title and the index of the line it ends on."""
    line = lines[heading.line]
    if not _is_bare(heading):
        alone = heading.line + 1 >= last
        titled = len(heading.rest) <= TITLE_LIMIT and not re.match(r"[(（]?\d+[)）.]", heading.rest)
        if heading.level is not Level.SECTION or line.hashes:
            return heading.rest, heading.line
        finished = heading.rest.rstrip().endswith((";", ",", ":", "-"))
        if titled and not alone and not finished and (heading.strong or heading.rest.endswith(".") or not heading.rest.endswith("。")):
            following = lines[heading.line + 1].text
            short = len(heading.rest) <= 120 and (not heading.rest[0].isalpha() or heading.rest[0].isupper() or heading.rest[0] in "(")
            if short and not following[:1].islower():
                return heading.rest, heading.line
        return "", heading.line
    following_index = heading.line + 1
    if following_index < last and not lines[following_index].quoted:
        text = lines[following_index].text
        short, alone = len(text) <= SHORT_TITLE, following_index + 1 >= last
        titled = short and not alone and text[-1] not in ".;:,。；：" and not re.match(r"[(（\-–•]|\d+[.)]|[a-zα-ω][).]", text)
        if lines[following_index].hashes or (titled if heading.level is Level.SECTION else short and alone):
            return text, following_index
    return "", heading.line


def _status(title: str, content: str, rules: LanguageRules) -> ProvisionStatus:
    """Return repealed where all that stands in a section's place says so, else in force."""
    left = re.sub(r"[\s\W]+", " ", content).strip().lower()
    whole = re.sub(r"[\s\W]+", " ", f"{title} {content}").strip().lower()
    if not left and re.search(r"\*\s*\*|^\(?\*\)?$", f"{title} {content}".strip()):
        return ProvisionStatus.REPEALED
    for phrase in rules.structure.repealed:
        words = re.sub(r"[\s\W]+", " ", phrase).strip().lower()
        if words and (whole == words or (left.startswith(words) and len(left) < 160) or (not left and words in whole)):
            return ProvisionStatus.REPEALED
    return ProvisionStatus.IN_FORCE


def _enclosing(marks: list[Mark]) -> list[Mark]:
    """Stretch every group over what it encloses: up to the next mark of its own or a higher level."""
    stretched = []
    for index, mark in enumerate(marks):
        end = mark.span.end
        if mark.level is not Level.SECTION:
            for later in marks[index + 1 :]:
                if later.depth <= mark.depth:
                    break
                end = later.span.end
        stretched.append(replace(mark, span=Span(mark.span.start, end)))
    return stretched


def _contents_marked(marks: list[Mark]) -> list[Mark]:
    """Mark as table of contents what lists labels that return later with their text."""
    last_place: dict[str, int] = {}
    for index, mark in enumerate(marks):
        if mark.level is Level.SECTION:
            last_place[normalized(mark.label)] = index
    checked = []
    for index, mark in enumerate(marks):
        length = mark.span.end - mark.span.start
        listed = (
            mark.level is Level.SECTION
            and length <= len(mark.label) + len(mark.heading) + 40
            and (later := last_place[normalized(mark.label)]) > index
            and marks[later].span.end - marks[later].span.start > 2 * length
            and mark.status is ProvisionStatus.IN_FORCE
        )
        checked.append(replace(mark, kind=ProvisionKind.CONTENTS) if listed else mark)
    return checked
