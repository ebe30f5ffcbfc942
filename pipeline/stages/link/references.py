"""References in running text: chains of units and numbers, read into what they name, outermost unit first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import GROUPING, Level
from lexfloor.pipeline.stages.link.grammar import Grammar, Unit, grammar
from lexfloor.pipeline.stages.link.places import SectionText

RANKS: dict[Level | None, int] = {level: rank for rank, level in enumerate((Level.SCHEDULE, Level.PART, Level.TITLE, Level.CHAPTER, Level.DIVISION, Level.SECTION))}
RANKS |= {Level.SUBSECTION: 6, Level.PARAGRAPH: 7, Level.ITEM: 8}
LONGEST_GAP = 48
_PIECE = re.compile(r"\( ?([^()\s]{1,6}) ?\)|(?<=[\d.)])([^\W\d_]{1,2})\)")
_SOURCE = re.compile(r"(?<!\d)(?:1[89]|20)\d\d,\s*(?:[^\W\d_]{1,4}\.\s*\d{1,4},\s*)?$")
"""A year before a provision: the source note of an amendment ("2003, c. 5, s. 6"), no reference to this law."""
_HEADING_END = re.compile(r"[ \t]*(?:[.:\-]+|\n|$)")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a list: ``path`` is the number itself and what follows it in parentheses; ``reaches`` tells that a range goes on to the next."""

    path: tuple[str, ...]
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A unit with its numbers as printed; ``level`` is None for units that print none of their own."""

    level: Level | None
    word: str
    start: int
    end: int
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A chain of groups, outermost unit first, with its place in the section's text.

    ``inward`` tells that it is printed in that order, so that only the last of several numbers goes on with the next group.
    ``own`` tells that words after it say it lies in the very provision ("of this section"); ``elsewhere`` that they point to
    another one that is named only by a pronoun ("of that section").
    """

    start: int
    end: int
    groups: tuple[Group, ...]
    inward: bool = False
    own: bool = False
    elsewhere: bool = False

    def level_groups(self) -> tuple[Group, ...]:
        """Return the groups whose numbers can be looked up."""
        return tuple(group for group in self.groups if group.level is not None)


def mentions(section: SectionText, rules: LanguageRules) -> list[Mention]:
    """Return the references of a section's text in order, units that share an outer one completed by it."""
    patterns = grammar(rules)
    if patterns is None:
        return []
    chains: list[Mention] = []
    open_groups: list[Group] = []
    for group in _groups(section, patterns):
        if open_groups and not _chained(section.even, open_groups, group, patterns):
            chains.append(_mention(section, open_groups, patterns))
            open_groups = []
        open_groups.append(group)
    if open_groups:
        chains.append(_mention(section, open_groups, patterns))
    return _completed(section.even, chains, patterns)


def _groups(section: SectionText, patterns: Grammar) -> Iterator[Group]:
    text = section.even
    position = section.begin
    while found := patterns.group.search(text, position):
        name = "1" if found["word1"] else ""
        word, start = found[f"word{name}"], found.start(f"list{name}")
        unit = patterns.units.get(re.sub(r"\s+", " ", word))
        if unit is None or _is_heading(section, found.start(), found.end()) or _SOURCE.search(text[max(0, found.start() - 24) : found.start()]):
            position = max(found.end(f"word{name}"), found.start() + 1)
            continue
        if patterns.spaced:
            numbers, end = _numbers(section, start, found.end(f"list{name}"), unit, patterns, counted=bool(name))
        else:
            numbers, end = (Number((re.sub(r"[() ]", "", found[0]),)),), found.end()
        end = found.end() if name else end
        if numbers:
            yield Group(unit.level, unit.word, found.start(), end, numbers)
        position = end if numbers else found.end(f"word{name}")


def _is_heading(section: SectionText, start: int, end: int) -> bool:
    """Tell a heading carried in the text ("Article 5. Title", "PART II") from a sentence that begins with a reference."""
    line_start = section.even.rfind("\n", 0, start) + 1
    before = section.even[line_start:start].strip(" \t#*>\"'“”«»„|[(")
    return not before and (_HEADING_END.match(section.even, end) is not None or section.text[start : start + 4].isupper())


def _numbers(section: SectionText, start: int, end: int, unit: Unit, patterns: Grammar, *, counted: bool) -> tuple[tuple[Number, ...], int]:
    """Return the numbers of a list that can be numbers of the unit, and where the last of them ends."""
    numbers: list[Number] = []
    last = position = start
    while found := patterns.item.match(section.even, position, end):
        path = _path(found[0], patterns.ordinals)
        if numbers and found[0].isalpha() and section.even[last - 1] == ")":
            break  # "a), b) and v": a word, no letter of the list
        if not path or not _fits(section, found, unit, patterns, counted=counted):
            break
        if numbers and patterns.ranges.fullmatch(section.even[last:position]):
            numbers[-1] = replace(numbers[-1], reaches=True)
        if numbers and found[0].startswith("(") and unit.level is Level.SECTION and not numbers[0].path[0].startswith("("):
            path = _beside(numbers[-1].path, path)
        numbers.append(Number(path))
        last = found.end()
        if (joint := patterns.between.match(section.even, last, end)) is None:
            break
        position = joint.end()
    return tuple(numbers), last


def _path(printed: str, ordinals: dict[str, int]) -> tuple[str, ...]:
    """Return a printed number and its parentheses as labels, outermost first: "12(3)(a)" is ("12", "3", "a").

    >>> _path("12(3)(a)", {}), _path("first", {"first": 1})
    (('12', '3', 'a'), ('1',))
    """
    if printed in ordinals:
        return (str(ordinals[printed]),)
    head = re.split(r"\s?\(|(?<=\d)\.?(?=[^\W\d_]{1,2}\))", printed, maxsplit=1)[0].strip(" \t\"'“”«»„).")
    head = re.sub(r"(?<=\d)(?:\.?[ºª°]|er|ere|eme|st|nd|rd|th)$", "", head)
    return tuple(piece for piece in (head, *(first or second for first, second in _PIECE.findall(printed))) if piece)


def _beside(earlier: tuple[str, ...], path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of "(b)" after "12(3)(a)": it takes the place of what is numbered alike."""
    alike = [index for index, label in enumerate(earlier) if index and label[:1].isdecimal() == path[0][:1].isdecimal()]
    return (*earlier[: alike[-1] if alike else len(earlier)], *path)


def _fits(section: SectionText, found: re.Match[str], unit: Unit, patterns: Grammar, *, counted: bool) -> bool:
    """Tell whether what is printed can be a number of the unit: "a" after "paragraph" may be an article, "Part in" is none."""
    printed = found[0]
    if printed in patterns.cardinals:
        return unit.level in GROUPING and section.text[found.start()].isupper()
    if printed[0].isdecimal() or printed.startswith("(") or printed in patterns.ordinals or re.match(r"[lrda]\.? ?\*? ?\d", printed):
        letters = printed.startswith("(") and not printed[1:].lstrip()[:1].isdecimal()
        return not (printed.startswith("(") and unit.level in GROUPING) and not (letters and unit.level is Level.SECTION)
    original = section.text[found.start() : found.end()]
    if unit.level in GROUPING or unit.level is Level.SECTION:
        return original.isupper() and original.strip().isalpha() and (unit.level is not Level.SECTION or re.fullmatch("[ivxlcdm]+", printed) is not None)
    if not printed[-1].isalpha():
        return True
    rest = section.even[found.end() : found.end() + LONGEST_GAP]
    return not rest or rest[0] in ",;.:)" or re.match(r"\s+\d|\s*$", rest) is not None or _leads_on(rest, patterns)


def _leads_on(rest: str, patterns: Grammar) -> bool:
    """Tell whether a bare letter is followed by what follows numbers: another number of the list, or what holds the unit."""
    if (after := patterns.outward.match(rest)) and after[0].strip():
        return True
    gap = after.end() if after else 0
    found = patterns.group.match(rest, gap)
    joint = patterns.joint.match(rest)
    return found is not None or (joint is not None and bool(joint[0].strip()) and patterns.item.match(rest, joint.end()) is not None)


def _chained(text: str, chain: Sequence[Group], following: Group, patterns: Grammar) -> bool:
    """Tell whether a group goes on with the chain before it, inward or outward, and always in one direction."""
    before = chain[-1]
    gap = text[before.end : following.start]
    if len(gap) > LONGEST_GAP:
        return False
    ranks = [RANKS[group.level] for group in chain if group.level is not None]
    if following.level is None or not ranks:
        return bool(patterns.link.fullmatch(gap) or patterns.outward.fullmatch(gap))
    held = patterns.outward.fullmatch(gap) is not None
    rank = RANKS[following.level]
    inward_so_far = len(ranks) < 2 or ranks[-1] > ranks[0]
    outward_so_far = len(ranks) < 2 or ranks[-1] <= ranks[0]
    if rank > ranks[-1]:
        return inward_so_far and (held or patterns.link.fullmatch(gap) is not None)  # "held": a genitive after the outer unit
    other_word = following.word[:4] != before.word[:4]  # two words for one level: the one after "of" is the outer
    return (rank < ranks[-1] or (rank == ranks[-1] and other_word and bool(gap.strip()))) and outward_so_far and len(following.numbers) == 1 and held


def _mention(section: SectionText, chain: Sequence[Group], patterns: Grammar) -> Mention:
    start, end = chain[0].start, chain[-1].end
    ranks = [RANKS[group.level] for group in chain if group.level is not None]
    inward = len(ranks) < 2 or ranks[0] < ranks[-1]
    ordered = list(chain) if inward else list(reversed(chain))
    after = patterns.own_unit.match(section.even, end) if patterns.spaced else None
    if after and len(after[0]) <= LONGEST_GAP:
        unit = patterns.units.get(re.sub(r"\s+", " ", after["word"]))
        if unit and unit.level is not None and RANKS[unit.level] < min((RANKS[group.level] for group in chain if group.level), default=0):
            said = section.even[end : after.start("word")].split()
            named = bool(after["this"]) or bool(said and said[-1] in patterns.this)
            return Mention(start, after.end() if named else end, tuple(ordered), inward, own=named, elsewhere=not named)
    return Mention(start, end, tuple(ordered), inward)


def _completed(text: str, chains: list[Mention], patterns: Grammar) -> list[Mention]:
    """Return the mentions, those joined by "and", "or" or a comma completed by the outer units that one of them names.

    "§ 5 Absatz 1 und Absatz 2": the second lies in § 5 too; "paragraph (a) or paragraph (b) of section 3": so does the first.
    """
    made = list(chains)
    for index in range(1, len(made)):
        before, after = made[index - 1], made[index]
        gap = text[before.end : after.start]
        if len(gap) <= LONGEST_GAP and patterns.joint.fullmatch(gap) and gap.strip():
            made[index] = replace(after, groups=(*_outer_of(after, before), *after.groups))
    for index in range(len(made) - 1, 0, -1):
        before, after = made[index - 1], made[index]
        gap = text[before.end : after.start]
        if len(gap) <= LONGEST_GAP and patterns.joint.fullmatch(gap) and gap.strip():
            made[index - 1] = replace(before, groups=(*_outer_of(before, after), *before.groups))
    return made


def _outer_of(lacking: Mention, other: Mention) -> tuple[Group, ...]:
    """Return the units of another mention that hold this one: it names a unit of the same level, and coarser ones above it."""
    levels = [group.level for group in lacking.level_groups()]
    if not levels or levels[0] is None or levels[0] not in [group.level for group in other.groups]:
        return ()
    return tuple(group for group in other.level_groups() if RANKS[group.level] < RANKS[levels[0]])
