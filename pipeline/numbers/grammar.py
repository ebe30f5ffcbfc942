"""What is needed of a language to read figures, ready for use: its words by their first word, and what may begin or follow a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.digits import VULGAR
from lexfloor.pipeline.numbers.han import HAN_FIGURE
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.money import money
from lexfloor.pipeline.numbers.pay import pay_words
from lexfloor.pipeline.numbers.phrases import WORD, Phrases
from lexfloor.pipeline.numbers.spelled import number_words
from lexfloor.pipeline.numbers.value import fractions
from lexfloor.pipeline.words import LETTER

UNITS = ("days", "weeks", "months", "years", "hours", "times", "percent")
LEADING, ORDINAL, ARTICLE, FRACTION, NUMBER, GLUED, NUMERAL, INSIDE, FIXED, PAY = (1 << place for place in range(10))
EVERYTHING = FIXED | LEADING | ORDINAL | ARTICLE | FRACTION | NUMBER | NUMERAL | PAY
"""What may begin at a place: a phrase that is a figure by itself, a unit before its number, an ordinal, an article, a fraction, a number, a word for pay."""
KEPT_WORDS, LONGEST_BESIDE = 200_000, 50
_GAP = re.compile(r"[\s\-]+")
BEFORE_UNIT = re.compile(r"[\s\-]{0,8}")


class Grammar:
    """What is needed of a language, ready for reading."""

    def __init__(self, rules: LanguageRules) -> None:
        self.rules = rules
        self.units: Phrases[str] = Phrases({word: name for name in UNITS for word in getattr(rules.units, name)}, spaced=rules.spaced)
        self.ordinals: Phrases[int] = Phrases(rules.numbers.ordinals, spaced=rules.spaced)
        self.fractions = fractions(rules)
        self.words = number_words(rules)
        self.pay = pay_words(rules)
        self.pay_words = self.pay.firsts
        self.articles: Phrases[int] = Phrases(dict.fromkeys(rules.numbers.articles, 1), spaced=rules.spaced)
        self.joints = tuple(even(joint) for joint in rules.numbers.joints)
        self.cues: Phrases[int] = Phrases(dict.fromkeys((*rules.cues.at_least, *rules.cues.at_most), 1), spaced=rules.spaced)
        self._single_units = {word: unit for word, unit in self.units.single().items() if unit != "percent"}
        self.ranges = re.compile(_either(rules.numbers.ranges, rules.spaced))
        self.endings = re.compile(
            rf"(?:{'|'.join(re.escape(even(ending)) for ending in sorted(rules.numbers.ordinal_endings, key=len, reverse=True)) or '(?!)'})(?!{LETTER})\s{{0,3}}"
        )
        self.dates: Phrases[int] = Phrases(dict.fromkeys(rules.numbers.dates, 1), spaced=rules.spaced)
        self.hundredths: Phrases[int] = Phrases(dict.fromkeys(rules.units.hundredths, 1), spaced=rules.spaced)
        self.fixed: Phrases[tuple[float, str]] = Phrases({**rules.numbers.intervals, **dict.fromkeys(rules.numbers.nothing, (0.0, "days"))}, spaced=rules.spaced)
        self._every = frozenset(_GAP.sub(" ", even(word)) for word in rules.numbers.every)
        self._every_words = sorted({len(word.split()) for word in self._every})
        self._every_after = Phrases(dict.fromkeys(rules.numbers.every_after, 1), spaced=rules.spaced)
        leading = ("percent",) if not rules.spaced else UNITS if rules.units.unit_first else ()
        self.leading: Phrases[str] = Phrases({word: name for name in leading for word in getattr(rules.units, name)}, spaced=rules.spaced)
        self.unit_words = self.units.firsts
        follow = (
            self.units.firsts | self.fractions.firsts | self.ordinals.firsts | money(rules).firsts | frozenset(word for joint in self.joints for word in WORD.findall(joint)[:1])
        )
        ranges = frozenset(word for phrase in rules.numbers.ranges for word in WORD.findall(even(phrase))[:1])
        self.follow = follow | ranges | self.words.powers | frozenset("([-–~/") | frozenset(VULGAR) | self.cues.firsts
        self._known: dict[str, int] = {}
        self._readers = tuple(
            (flag, firsts)
            for flag, firsts in (
                (FIXED, self.fixed.firsts),
                (LEADING, self.leading.firsts),
                (ORDINAL, self.ordinals.firsts),
                (ARTICLE, self.articles.firsts),
                (FRACTION, self.fractions.firsts),
                (PAY, self.pay_words),
            )
        )
        opening = "".join(sorted(frozenset().union(*(firsts for _, firsts in self._readers)))) if not rules.spaced else ""
        self._anchors = re.compile(rf"[0-9]+|[{''.join(VULGAR)}]|[{re.escape(opening)}]|{HAN_FIGURE.pattern}" if opening else rf"[0-9]+|[{''.join(VULGAR)}]")

    def anchors(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places at which a figure may begin, with what may begin there."""
        if not self.rules.spaced:
            yield from ((found.start(), EVERYTHING) for found in self._anchors.finditer(text))
            return
        known = self._known
        for found in WORD.finditer(text):
            word = found[0]
            begins = known.get(word)
            if begins is None:
                if len(known) > KEPT_WORDS:
                    known.clear()
                begins = known[word] = self._beginnings(word)
            if begins & INSIDE:
                yield from ((found.start() + part.start(), NUMERAL | FRACTION) for part in self._anchors.finditer(word))
            elif begins:
                yield found.start(), begins

    def _beginnings(self, word: str) -> int:
        """Return what may begin with a word, as flags."""
        begins = sum(flag for flag, firsts in self._readers if word in firsts)
        if self.words.begins(word):
            begins |= NUMBER
        if begins == 0 and self.glued(word):
            begins = GLUED
        if begins == 0 and self._anchors.search(word):
            begins = INSIDE
        return begins

    def glued(self, word: str) -> tuple[float, str, int] | None:
        """Return the number and unit that are written as one word ("vierwöchig"), and where the unit begins."""
        for place in range(len(word) - 2, 1, -1) if self.words.may_begin(word) else ():
            unit = self._single_units.get(word[place:])
            if unit and (value := self.words.whole(word[:place])) is not None:
                return float(value), unit, place
        return None

    def every(self, text: str, start: int, end: int) -> bool:
        """Return whether the words beside a length of time say that it comes again and again: "every two years"."""
        gap = BEFORE_UNIT.match(text, end)
        if self._every_after.firsts and self._every_after.at(text, gap.end() if gap else end):
            return True
        if not self.rules.spaced:
            return text.endswith(tuple(self._every), 0, start)
        words = text[max(0, start - LONGEST_BESIDE) : start].replace("-", " ").split()
        return any(" ".join(words[-count:]) in self._every for count in self._every_words)

    def joined(self, text: str, start: int) -> int | None:
        """Return where the word after a joining word begins, None where none joins."""
        gap = BEFORE_UNIT.match(text, start)
        place = gap.end() if gap else start
        for joint in self.joints:
            if text.startswith(joint, place) and place > start:
                after = BEFORE_UNIT.match(text, place + len(joint))
                if after and after.end() > place + len(joint):
                    return after.end()
        return None


@cache
def grammar(rules: LanguageRules) -> Grammar:
    """Return what is needed of a language, made once."""
    return Grammar(rules)


def _either(words: tuple[str, ...], spaced: bool) -> str:
    shown = []
    for word in sorted({even(word) for word in words}, key=len, reverse=True):
        lettered = spaced and word[-1].isalpha()
        shown.append(rf"\s{{1,8}}{re.escape(word)}\s{{1,8}}" if lettered else rf"\s{{0,2}}{re.escape(word)}\s{{0,2}}")
    return "|".join((*shown, r"\s{0,2}-{1,2}\s{0,2}"))
