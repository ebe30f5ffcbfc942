"""Headings of groups and sections in a law without structural markup, found by wording, numbering and layout."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Level
from lexfloor.pipeline.stages.segment.labels import level_patterns, normalized
from lexfloor.pipeline.stages.segment.lines import Line

_QUOTES = "\"'“”«»„‘’"
_AFTER_LABEL = re.compile(r"\s*[.:：–—\-)\]º°]+|\s*$|\s*\(|\s+[|]")
_NUMBERED_LINE = re.compile(r"^(?:\d{0,3}\[)?(?P<number>\d{1,4}[A-Z]{0,2}|\d{1,4}[ক-হ])(?:(?P<strong>\s?[.।৷]?\s?[—–-]?\s?\((?:1|১)\))|\s?[.।৷][—–-]?(?=\s|$))")
_LEAD = re.compile(r"^[\s.:：–—\-ºº°)|]+")
TITLE_LIMIT, SHORT_TITLE = 200, 150
FEW = 3
"""With fewer sections than this under a word ("Article"), sections that print only a number are looked for too."""
CHAIN_GAP = 6
"""Numbers that may be missing between two sections: repealed ones are often not printed."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that opens a group or a section.

    ``word`` is the level's word as printed, ``label`` the printed number with it, ``rest`` what follows on the line, ``line`` the
    place among the lines; ``strong`` tells that layout sets it off.
    """

    level: Level
    word: str
    label: str
    rest: str
    line: int
    strong: bool

    @property
    def bare(self) -> bool:
        """Whether nothing but the number stands on the line."""
        return not self.rest.strip(" ()[]*")


def headings_of(lines: Sequence[Line], rules: LanguageRules) -> list[Heading]:
    """Return the headings of a law in order of its lines."""
    found = _worded(lines, rules)
    if (worded := _section_count(found)) < FEW:
        numbered = _numbered(lines, found)
        found = numbered if _section_count(numbered) > max(worded, FEW - 1) or not worded else found
    return _with_untitled_groups(found, lines)


def title_of(heading: Heading, lines: Sequence[Line], last: int) -> tuple[str, int]:
    """Return a heading's title and the index of the line it ends on; ``last`` is the line of the next heading."""
    line = lines[heading.line]
    if not heading.bare:
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


def _section_count(headings: Sequence[Heading]) -> int:
    return sum(heading.level is Level.SECTION for heading in headings)


@cache
def _openings(rules: LanguageRules) -> frozenset[str]:
    """Return the first one to three letters that a heading of the language may begin with, to pass over other lines at once."""
    structure = rules.structure
    words = [*structure.ordinals]
    for level in ("section", "book", "part", "title", "chapter", "division", "subdivision", "schedule"):
        words += getattr(structure, level)
    return frozenset(word.lower()[:3] for word in words)


def _may_open(shown: str, rules: LanguageRules) -> bool:
    """Tell whether a line can begin with a level's word or number at all."""
    first = shown[:1]
    if first.isnumeric() or first == "第":
        return True
    openings, beginning = _openings(rules), shown[:3].lower()
    if beginning in openings or beginning[:2] in openings or beginning[:1] in openings:
        return True
    return rules.structure.number_first and first in "IVXLCDMivxlcdmΑΒΓΔΕΖΗΘΙΚ"


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
            value = int(digits[0]) if (digits := re.search(r"\d+", normalized(number))) else 0
            if _stands_as_heading(line, shown, word, after, level, rules, following=value == last_number + 1):
                if level is Level.SECTION:
                    last_number = value
                found.append(Heading(level, word.lower(), match[0].strip(), _LEAD.sub("", after).strip(), index, line.set_off))
                break
    return _one_kind_of_section(found, lines)


def _stands_as_heading(line: Line, shown: str, word: str, after: str, level: Level, rules: LanguageRules, *, following: bool) -> bool:
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


def _one_kind_of_section(found: list[Heading], lines: Sequence[Line]) -> list[Heading]:
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


def _kind(heading: Heading) -> str:
    return heading.word[:3].rstrip(".§") or "§"


def _numbered(lines: Sequence[Line], worded: Sequence[Heading]) -> list[Heading]:
    """Return sections that print only a number ("12.—(1)", "12. Heading"), by the longest run that counts upward."""
    candidates = []
    for index, line in enumerate(lines):
        match = None if line.quoted or line.row or line.note else _NUMBERED_LINE.match(line.text)
        if match:
            value = int(re.match(r"\d+", match["number"])[0])  # type: ignore[index]
            strength = 2 if match["strong"] else 1 + line.set_off
            candidates.append((index, value, match["number"], match.end("number"), strength))
    sections = []
    for position in _counting_chain([(value, strength) for _, value, _, _, strength in candidates]):
        index, _, number, end, strength = candidates[position]
        rest = re.sub(r"^[\s.।—–-]+", "", lines[index].text[end + (lines[index].text.startswith("[")) :]).strip()
        sections.append(Heading(Level.SECTION, "", number, rest, index, lines[index].set_off or strength > 1))
    groups = [heading for heading in worded if heading.level is not Level.SECTION]
    return sorted([*groups, *sections], key=_line_of)


def _line_of(heading: Heading) -> int:
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


def _with_untitled_groups(headings: list[Heading], lines: Sequence[Line]) -> list[Heading]:
    """Add headings without number that stand directly before a numbered one; elsewhere a set-off line is text."""
    by_line = {heading.line: heading for heading in headings}
    added = []
    for heading in headings:
        line = heading.line - 1
        run: list[int] = []
        while line >= 0 and line not in by_line and lines[line].hashes and not lines[line].quoted and len(lines[line].text) < TITLE_LIMIT:
            run.append(line)
            line -= 1
        owner_is_bare = bool(run) and line in by_line and by_line[line].bare
        for position in run:
            if owner_is_bare and position == run[-1]:
                continue  # the title of the heading above
            added.append(Heading(Level.SUBDIVISION, "", "", lines[position].text, position, True))
    return sorted([*headings, *added], key=_line_of)
