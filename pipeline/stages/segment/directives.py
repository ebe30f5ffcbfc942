"""Sentences of an amending act that change another act, and the marks between which the new wording stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.stages.segment.labels import cited_sections, level_patterns, normalized, roman_value
from lexfloor.pipeline.stages.segment.lines import Line

REACH = 400
"""Characters before its colon within which a sentence says that new wording follows."""
LAST = 6
"""Characters at the end of a sentence for its colon and an opening mark after it."""
OWN_LABEL = 8
"""A section named within this many characters of a heading's beginning is the heading's own number."""
RANGE = 200
"""Sections that a range may name: "articles 341 to 346"."""
CLOSERS = {"«": "»", "‹": "›", "“": "”", "„": "“”", "”": "”", '"': '"', "「": "」", "『": "』"}
"""Marks that open new wording at the beginning of a line, with those that close it; some laws print "”" for both."""
_ENDING = re.compile(r"[:：—–][\s*_\"“«„”'(]*$")
_LAST, _OPENED = frozenset(":：—–"), frozenset("*_\"“«„”'( ")
_BEGUN = re.compile(r"[:：]\s*[«“„‹「\"]")
"""New wording that begins within the sentence itself: what follows it is no whole section."""
_ITEM = re.compile(r"(?P<value>\d{1,3})\s?(?:[.)°º]\)?|\.[°º])(?=\s|$)")
_BARE_NUMBER = re.compile(r"\d{1,4}[A-Za-z]{0,2}(?=[.])")
_NUMBER = re.compile(r"\d+")
_MARKS_BEFORE = "*_#> \t(-"
_AFTER_CLOSER = " .;,:*_)\t"


@dataclass(frozen=True, slots=True)
class Directive:
    """A sentence that announces new wording.

    ``names`` holds the numbers of the sections that it names, ``mention`` the words that name them where there is one mention, else
    nothing; ``part`` tells that it names no section but a part of one ("the second paragraph"), of the section named before.
    """

    names: frozenset[str]
    mention: str
    part: bool = False


def directive(words: str, rules: LanguageRules, *, heading: bool = False) -> Directive | None:
    """Return what a sentence announces: new wording that follows on the next line; None where it announces none.

    ``heading`` tells that the words begin with a section's own number.
    """
    if not words or not may_announce(words):
        return None
    announced = [found.end() for found in _announces(rules).finditer(words[-REACH:])]
    if not announced or _BEGUN.search(words[-REACH:][announced[-1] : -LAST]):
        return None
    mentions = [found for found in cited_sections(rules).finditer(words) if not (heading and found.start() < OWN_LABEL)]
    distinct = {normalized(found[0]) for found in mentions}
    names = frozenset(number for found in mentions for number in _numbers(found[0]))
    return Directive(names, mentions[0][0].strip(" .") if len(distinct) == 1 else "", part=not names and _parts(rules).search(words) is not None)


def may_announce(words: str) -> bool:
    """Tell whether a line ends as a sentence does that announces new wording: with a colon or dash, an opening mark after it or not."""
    return (words[-1] in _LAST or words[-1] in _OPENED) and _ENDING.search(words[-2 * LAST :]) is not None


def changes(words: str, rules: LanguageRules) -> bool:
    """Tell whether a line says that a provision is changed, with or without new wording."""
    return _changing(rules).search(words) is not None


def item_value(words: str) -> int:
    """Return the number that a line begins with as an item of a list ("12. ", "3° "), 0 where it is none."""
    found = _ITEM.match(words.lstrip("*_- "))
    return int(found["value"]) if found else 0


def opening_mark(text: str, line: Line) -> str:
    """Return the quotation mark with which a line begins, empty where there is none."""
    first = text[line.start]
    if first in _MARKS_BEFORE:
        first = text[line.start : line.start + 20].lstrip(_MARKS_BEFORE)[:1]
    return first if first in CLOSERS else ""


def printed_label(words: str, names: frozenset[str], rules: LanguageRules) -> tuple[str, str] | None:
    """Return the label with which a line begins and what follows it, if it is that of an announced section or of one inserted after it; else None.

    A number alone counts as a label only there: "14A. Ladders" where section 14 was named.
    """
    shown = words.lstrip(_MARKS_BEFORE + "".join(CLOSERS))
    found = level_patterns(rules)[0][1].match(shown) or _BARE_NUMBER.match(shown)
    if not found:
        return None
    number = normalized(found[0])
    digits = _NUMBER.search(number)
    if number not in names and not (digits and digits[0] in names and digits[0] != number):
        return None
    return found[0].strip(), shown[found.end() :].strip(" .:—–-*_").strip()


def closes(mark: str, shown: Sequence[str]) -> bool:
    """Tell whether the last of these lines closes the quotation that the first opens with ``mark``.

    Marks inside must be paired; one that only opens a further paragraph counts for nothing.

    >>> closes("«", ["«Art. 1. One «two».", "«three»."]), closes("«", ["«Art. 1. One «two»"])
    (True, False)
    """
    last = shown[-1].rstrip(_AFTER_CLOSER)
    if not last or last[-1] not in CLOSERS[mark]:
        return False
    if CLOSERS[mark] == mark:
        return len(shown) > 1 or last.count(mark) > 1
    depth = sum(line.count(mark) - (bool(place) and line.lstrip(_MARKS_BEFORE).startswith(mark)) - sum(map(line.count, CLOSERS[mark])) for place, line in enumerate(shown))
    return depth <= 0


def _numbers(mention: str) -> list[str]:
    """Return the numbers of the sections that a mention names, those within a range of plain numbers too."""
    found = [normalized(number) for number in re.split(r"\s*,\s*|\s+(?=\D*\d)", mention) if _NUMBER.search(number)]
    if len(found) == 2 and all(map(str.isdecimal, found)) and 0 < int(found[1]) - int(found[0]) < RANGE:
        return [str(number) for number in range(int(found[0]), int(found[1]) + 1)]
    return found


def _pattern(phrases: Sequence[str], rules: LanguageRules) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if rules.spaced else alternatives, re.IGNORECASE)


@cache
def _announces(rules: LanguageRules) -> re.Pattern[str]:
    return _pattern(rules.amendments.introduces, rules)


@cache
def _changing(rules: LanguageRules) -> re.Pattern[str]:
    return _pattern((*rules.amendments.introduces, *rules.amendments.changes), rules)


def number_value(label: str) -> tuple[bool, int]:
    """Return whether a label's number is Roman, and its value, 0 where it has none.

    >>> number_value("Article IV"), number_value("Art. 18bis")
    ((True, 4), (False, 18))
    """
    number = normalized(label)
    if digits := _NUMBER.search(number):
        return False, int(digits[0])
    return True, roman_value(number) or 0


@cache
def _parts(rules: LanguageRules) -> re.Pattern[str]:
    cited = rules.references
    return _pattern((*cited.subsection, *cited.paragraph, *cited.item, *cited.unprinted), rules)
