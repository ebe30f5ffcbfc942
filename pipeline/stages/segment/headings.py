"""Headings of groups and sections in a law without structural markup, found by wording, numbering and layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import GROUPING, Level
from lexfloor.pipeline.stages.segment.contents import announcing
from lexfloor.pipeline.stages.segment.directives import directive
from lexfloor.pipeline.stages.segment.labels import level_patterns, normalized, roman_heading, roman_value
from lexfloor.pipeline.stages.segment.lines import Heading, Line
from lexfloor.pipeline.stages.segment.titles import TITLE_LIMIT, with_titles_above

_QUOTES = "\"'“”«»„‘’"
_AFTER_LABEL = re.compile(r"\s*[.:：।–—\-)\]º°]+|\s*$|\s*\(|\s+[|]")
_NUMBERED_LINE = re.compile(r"^(?:\d{0,3}\[)?(?P<number>\d{1,4}[A-Z]{0,2}|\d{1,4}[ক-হ])(?:(?P<strong>\s?[.।৷]?\s?[—–-]?\s?\((?:1|১)\))|\s?[.।৷][—–-]?(?=\s|$))")
_LEAD = re.compile(r"^[\s.:：।–—\-ºº°)|]+")
_SENTENCE_END = re.compile(r"[.।؟?!。:;,]$")
_FIRST_NUMBER = re.compile(r"\d{1,9}")
_INFLECTED = re.compile(r":[^\W\d_]")
"""A label that is inflected is a reference: "5 §:n"."""
_TOKEN = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff])+|[§\d]+|\S")
_COUNTS = re.compile(r"\d|(?:[IVXLCDM]{1,8}|[Α-Ω]{1,3})(?![^\W\d_])")
LETTERS, OPENING, TOKENS = 3, 40, 5
"""Letters that tell most lines from headings; characters and words at the beginning of a line among which the name of a level stands: "Chapter 5", "5 a §", "Third Part"."""
FEW = 3
"""With fewer sections than this under a word ("Article"), sections that print only a number are looked for too."""
REPEATED = 1.5
"""What it costs a chain of sections that a number stands in it twice: as a rule the first one is in a table of contents."""
CHAIN_GAP = 6
"""Numbers that may be missing between two sections: repealed ones are often not printed."""


def headings_of(lines: Sequence[Line], rules: LanguageRules) -> list[Heading]:
    """Return the headings of a law in order of its lines."""
    worded_only = _worded(lines, rules)
    found = _with_roman(worded_only, lines, rules)
    if found is worded_only and ((worded := _section_count(found)) < FEW or not _count_upward(found)):
        numbered = _numbered(lines, found, rules)
        found = numbered if _section_count(numbered) > max(worded, FEW - 1) or not worded else found
    return _with_untitled_groups(with_titles_above(found, lines), lines)


def _with_roman(found: list[Heading], lines: Sequence[Line], rules: LanguageRules) -> list[Heading]:
    """Add the articles of an amending act that bear Roman numbers ("Article II."), so that the ones it quotes may bear their own.

    They stand alone on their lines, count upward from I without a gap, and announce new wording.
    """
    pattern = roman_heading(rules)
    added: list[Heading] = []
    for index, line in enumerate(lines):
        match = None if len(line.text) > OPENING or line.quoted or line.row or line.note else pattern.match(line.text.strip("*_ "))
        if match and roman_value(match["number"]) == len(added) + 1:
            added.append(Heading(Level.SECTION, match["word"].lower(), match[0].strip(" .:—–-"), "", index, line.set_off))
    if len(added) < 2 or any(heading.line == other.line for heading in added for other in found):
        return found
    announces = any(directive(line.text, rules) for line in lines[added[0].line + 1 :])
    return sorted([*found, *added], key=_line_of) if announces else found


def _count_upward(headings: Sequence[Heading]) -> bool:
    """Tell whether sections count upward, as in a law, or are references at the beginning of lines, which jump about."""
    numbers = [int(found[0]) for heading in headings if heading.level is Level.SECTION and (found := _FIRST_NUMBER.search(normalized(heading.label)))]
    steps = [0 <= after - before <= CHAIN_GAP for before, after in pairwise(numbers)]
    return 2 * sum(steps) >= len(steps)


def _section_count(headings: Sequence[Heading]) -> int:
    return sum(heading.level is Level.SECTION for heading in headings)


LEVELS = ("section", "book", "part", "title", "chapter", "division", "subdivision", "schedule")


@cache
def _openings(rules: LanguageRules) -> tuple[frozenset[str], frozenset[str]]:
    """Return the first letters with which a heading may begin, and the first words of the names of levels.

    Most lines have neither in front, and are passed over at once.
    """
    structure = rules.structure
    words = [word.lower() for level in LEVELS for word in getattr(structure, level)]
    beginnings = [*words, *(word.lower() for word in structure.ordinals)] if rules.spaced else [*words, "第"]
    return frozenset(word[:LETTERS] for word in beginnings), frozenset(_TOKEN.findall(word)[0] for word in words)


def _may_open(shown: str, rules: LanguageRules) -> bool:
    """Tell whether a line begins as a heading may: with the name of a level, or with a number or ordinal and such a name near by."""
    beginnings, names = _openings(rules)
    opening = shown[:LETTERS].lower()
    known = opening in beginnings or opening[:-1] in beginnings or opening[:1] in beginnings
    if not rules.spaced or not (known or _COUNTS.match(shown)):
        return known
    return not names.isdisjoint(_TOKEN.findall(shown[:OPENING].lower())[:TOKENS])


def _worded(lines: Sequence[Line], rules: LanguageRules) -> list[Heading]:
    """Return the lines that begin with a level's word and number and are no mere reference."""
    found: list[Heading] = []
    last_number = 0
    patterns = level_patterns(rules)
    for index, line in enumerate(lines):
        if line.quoted or line.row or line.note:
            continue
        shown = line.text.lstrip(_QUOTES + "*[( ") if line.set_off else line.text.lstrip(_QUOTES + "[")
        if shown[:1].islower() and not line.set_off and not shown[:1].isdecimal():
            continue
        if not _may_open(shown, rules):
            continue
        for level, pattern in patterns:
            match = pattern.match(shown)
            if not match:
                continue
            groups = match.groupdict()
            word, number = groups.get("word") or groups.get("word1") or "", groups.get("number") or groups.get("number1") or ""
            after = shown[match.end() :]
            value = int(digits[0]) if (digits := _FIRST_NUMBER.search(normalized(number))) else 0
            if _stands_as_heading(line, shown, word, after, level, rules, following=value == last_number + 1):
                if level is Level.SECTION:
                    last_number = value
                found.append(Heading(level, word.lower(), match[0].strip(), _LEAD.sub("", after).strip(), index, line.set_off))
                break
    return _one_kind_of_section(found, lines, rules)


def _stands_as_heading(line: Line, shown: str, word: str, after: str, level: Level, rules: LanguageRules, *, following: bool) -> bool:
    """Tell a heading from a sentence that begins with a reference ("Section 30 does not apply")."""
    lowered = word[:1].isalpha() and word[:1].islower() and shown[:1].islower()
    if lowered and not shown[0].isdecimal():
        return False
    if not rules.spaced:
        return not after or after[0] in " \t\u3000：:　" or line.set_off or following
    if level is not Level.SECTION:
        if line.set_off or _AFTER_LABEL.match(after):
            return line.set_off or len(line.text) < TITLE_LIMIT
        beginning = after.strip()[:1]
        caseless = beginning.lower() == beginning.upper()
        return len(line.text) < TITLE_LIMIT and (beginning.isupper() or (caseless and beginning.isalpha() and not _SENTENCE_END.search(line.text)))
    if _INFLECTED.match(after):
        return False
    if _AFTER_LABEL.match(after):
        return not re.match(r"\s*\)|\s*\((?:\d|[a-z])[^)]{0,3}\)\s+(?:[a-z])", after) or line.set_off
    beginning = after.lstrip()[:1]
    if line.set_off:
        return not beginning.islower()
    return following and (beginning.isupper() or not beginning.isalpha()) and len(line.text) < TITLE_LIMIT


def _one_kind_of_section(found: list[Heading], lines: Sequence[Line], rules: LanguageRules) -> list[Heading]:
    """Settle what a rarer kind of unit is beside the commonest ("§ 2" beside "Artikel 5").

    Where its word names a level of groups too, it is that level. Set off and with text of its own it is a section too ("Disposición transitoria"); set off and directly above
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
        elif level := _other_level(heading.word, rules):
            kept.append(replace(heading, level=level))
        elif heading.strong:
            last = found[index + 1].line if index + 1 < len(found) else len(lines)
            own_text = any(not line.hashes for line in lines[heading.line + 1 : last])
            kept.append(heading if own_text else replace(heading, level=Level.DIVISION))
    return kept


def _other_level(word: str, rules: LanguageRules) -> Level | None:
    """Return the level of groups that a word names besides sections, None where there is none."""
    for level in GROUPING:
        if level is not Level.SCHEDULE and any(word == other.lower() for other in getattr(rules.structure, level)):
            return level
    return None


def _kind(heading: Heading) -> str:
    return heading.word[:3].rstrip(".§") or "§"


def _numbered(lines: Sequence[Line], worded: Sequence[Heading], rules: LanguageRules) -> list[Heading]:
    """Return sections that print only a number ("12.—(1)", "12. Heading"), by the longest run that counts upward."""
    candidates = []
    for index, line in enumerate(lines):
        match = None if line.quoted or line.row or line.note else _NUMBERED_LINE.match(line.text)
        if match:
            value = int(re.match(r"\d+", match["number"])[0])  # type: ignore[index]
            strength = 2 if match["strong"] else 1 + line.set_off
            candidates.append((index, value, match["number"], match.end("number"), strength))
    listed = _listed([(index, value) for index, value, _, _, _ in candidates], lines, rules)
    candidates = [candidate for candidate in candidates if candidate[0] not in listed]
    sections = []
    for position in _counting_chain([(value, strength, number) for _, value, number, _, strength in candidates]):
        index, _, number, end, strength = candidates[position]
        rest = re.sub(r"^[\s.।—–-]+", "", lines[index].text[end:]).strip()
        sections.append(Heading(Level.SECTION, "", number, rest, index, lines[index].set_off or strength > 1))
    groups = [heading for heading in worded if heading.level is not Level.SECTION]
    return sorted([*groups, *sections], key=_line_of)


def _listed(numbers: Sequence[tuple[int, int]], lines: Sequence[Line], rules: LanguageRules) -> set[int]:
    """Return the numbered lines of tables of contents: from the line that announces one up to where its first number returns."""
    listed: set[int] = set()
    announced = [line.start for line in announcing(lines, rules)]
    starts = [lines[index].start for index, _ in numbers]
    for begin, end in pairwise([*announced, starts[-1] + 1 if starts else 0]):
        after = numbers[bisect_right(starts, begin) : bisect_right(starts, end)]
        again = next((place for place, (_, value) in enumerate(after) if place and value == after[0][1]), 0)
        listed.update(index for index, _ in after[:again])
    return listed


def _line_of(heading: Heading) -> int:
    return heading.line


def _counting_chain(numbers: Sequence[tuple[int, int, str]]) -> list[int]:
    """Return the indices of the best chain in which each number follows its predecessor closely; each comes with its strength and label."""
    best: list[tuple[float, int]] = []  # score, previous index
    recent: dict[int, int] = {}  # number → index of the best chain that ends in it so far
    for index, (value, strength, label) in enumerate(numbers):
        repeated = REPEATED if value in recent and numbers[recent[value]][2] == label else 0
        options = [(best[recent[value - step]][0] - (max(0, step - 1) if step else repeated), recent[value - step]) for step in range(CHAIN_GAP + 1) if value - step in recent]
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


def _with_untitled_groups(headings: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Add headings without number that stand directly before a numbered one; elsewhere a set-off line is text.

    The first line of a law is its title.
    """
    by_line = {heading.line: heading for heading in headings}
    added = []
    for heading in headings:
        line = heading.first_line - 1
        run: list[int] = []
        while line > 0 and line not in by_line and lines[line].hashes and not lines[line].quoted and len(lines[line].text) < TITLE_LIMIT:
            run.append(line)
            line -= 1
        owner_is_bare = bool(run) and line in by_line and by_line[line].bare
        for position in run:
            if owner_is_bare and position == run[-1]:
                continue  # the title of the heading above
            added.append(Heading(Level.SUBDIVISION, "", "", lines[position].text, position, True))
    return sorted([*headings, *added], key=_line_of)
