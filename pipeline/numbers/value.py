"""The value of a number at a place of a text, in digits, in words, or in both ("5 million")."""

from __future__ import annotations

import re
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.digits import DIGITS, LONGEST_NUMBER, digits_value, small_at, vulgar_at
from lexfloor.pipeline.numbers.han import HAN_FIGURE, han_figure
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.phrases import WORD, Phrases
from lexfloor.pipeline.numbers.spelled import POWERS, Sum, number_words

LONGEST_RUN = 24
_BEFORE_SMALL = re.compile(r"\s+")


@cache
def fractions(rules: LanguageRules) -> Phrases[tuple[int, int]]:
    """Return the fractions of a language in words; those in digits are read by their form."""
    return Phrases({phrase: parts for phrase, parts in rules.numbers.fractions.items() if not (phrase[0].isdecimal() and "/" in phrase)}, spaced=rules.spaced)


def number_at(text: str, start: int, rules: LanguageRules) -> tuple[float, int] | None:
    """Return the value of the longest number that begins at a place, and where it ends; ``text`` in the spelling of `even`."""
    if text[start].isdigit():
        return _digits_at(text, start, rules)
    if rules.spaced:
        return _words_at(text, start, rules)
    found = HAN_FIGURE.match(text, start)
    return (han_figure(found[0]), found.end()) if found else None


def number_value(text: str, rules: LanguageRules) -> float | None:
    """Return the value of a number in digits or words, None where it is none.

    Thousands and decimal marks follow the language; a mark before exactly three digits is read as thousands.
    """
    words = even(text).strip()
    if not words:
        return None
    found = number_at(words, 0, rules)
    if found and found[1] == len(words):
        return found[0]
    known = Phrases(rules.numbers.words, spaced=False).at(words, 0) if not rules.spaced else None
    return float(known[0]) if known and known[1] == len(words) else None


def _digits_at(text: str, start: int, rules: LanguageRules) -> tuple[float, int] | None:
    found = DIGITS.match(text, start)
    if not found or found.end() - start > LONGEST_NUMBER:
        return None
    value = digits_value(found[0], rules)
    if value is None:
        return None
    end = found.end()
    if part := vulgar_at(text, end):
        return value + part[0], part[1]
    space = _BEFORE_SMALL.match(text, end)
    if space and "/" in text[space.end() : space.end() + 3] and (part := small_at(text, space.end())):
        return value + part[0], part[1]
    if rules.spaced:
        words = number_words(rules)
        gap = words.gap.match(text, end)
        word = WORD.match(text, gap.end()) if gap else None
        power = words.at(text, word.start()) if word and word[0] in words.powers else None
        if power and power[0] in POWERS:
            return value * power[0], power[1]
    elif end < len(text) and text[end] in "万萬亿億千百" and (han := HAN_FIGURE.match(text, end)):
        return value * han_figure(han[0]), han.end()
    return value, end


def _words_at(text: str, start: int, rules: LanguageRules) -> tuple[float, int] | None:
    words, parts, total = number_words(rules), fractions(rules), Sum()
    end: int | None = None
    place = start
    for _ in range(LONGEST_RUN):
        word = words.at(text, place)
        if word is None or (end is not None and (part := parts.at(text, place)) and part[1] > word[1]) or not total.add(word[0]):
            break
        end = word[1]
        gap = words.gap.match(text, end)
        if gap is None:
            break
        place = gap.end()
    return (float(total.value), end) if end is not None else None
