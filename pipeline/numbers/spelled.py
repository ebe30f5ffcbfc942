"""Numbers in words: runs of number words, and the closed compounds of languages that write a number as one word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.phrases import WORD, Phrases

POWERS = frozenset({1000, 10**5, 10**6, 10**7, 10**9, 10**12})
LONGEST_WORD, KEPT_WORDS = 64, 200_000
_HUNDRED, _THOUSAND, _TEN = 100, 1000, 10
_SPACES = re.compile(r"[\s\-]+")


class Sum:
    """The value of number words read one after another."""

    def __init__(self) -> None:
        self._done, self._current, self._power, self._zero = 0, 0, 10**15, False

    @property
    def value(self) -> int:
        """Return the value so far."""
        return self._done + self._current

    def add(self, value: int) -> bool:
        """Add a number word; return whether it can follow those before it ("forty", but not "five", after "hundred thirty")."""
        before = self._done, self._current, self._power, self._zero
        if not self._zero and self._add(value):
            return True
        self._done, self._current, self._power, self._zero = before
        return False

    def _add(self, value: int) -> bool:
        if value in POWERS:
            return self._multiply(value)
        if value >= _THOUSAND:
            power = next(power for power in sorted(POWERS, reverse=True) if power <= value)
            factor, rest = divmod(value, power)
            return ((factor == 1 and self._current == 0) or self._add(factor)) and self._multiply(power) and (rest == 0 or self._add(rest))
        if value == _HUNDRED and 0 < self._current < _HUNDRED:
            self._current *= _HUNDRED
        elif value >= _HUNDRED:
            if self._current:
                return value % _HUNDRED == 0 and value > _HUNDRED and self._add(value // _HUNDRED) and self._add(_HUNDRED)
            self._current = value
        elif value >= _TEN:
            if self._current % _HUNDRED:
                return False
            self._current += value
        elif value == 0:
            self._zero = True
            return self._done == self._current == 0
        else:
            tens = self._current % _HUNDRED
            if tens % _TEN or tens == _TEN:
                return False
            self._current += value
        return True

    def _multiply(self, power: int) -> bool:
        if power >= self._power or (self._done and not self._current):
            return False
        self._done, self._current, self._power = self._done + (self._current or 1) * power, 0, power
        return True


class NumberWords:
    """The number words of a language."""

    def __init__(self, rules: LanguageRules) -> None:
        self._phrases = Phrases(_needed(rules.numbers.words), spaced=True)
        self._joints = tuple(sorted({even(joint) for joint in rules.numbers.joints}, key=len, reverse=True))
        between = "|".join(re.escape(joint).replace(r"\ ", r"\s") for joint in self._joints)
        self.gap = re.compile(rf"[\s\-]{{1,12}}(?:(?:{between})[\s\-]{{1,12}})?" if between else r"[\s\-]{1,12}")
        self._parts = self._phrases.single()
        self.powers = frozenset(part for part, value in self._parts.items() if value in POWERS)
        """Words that multiply what stands before them: "thousand", "million"."""
        self._firsts = self._phrases.firsts
        self._longest = max(map(len, self._parts), default=0)
        self._shortest = min(map(len, self._parts), default=1)
        self._openings = frozenset(part[:2] for part in self._parts)
        self._compounds: dict[str, int | None] = {}

    def may_begin(self, word: str) -> bool:
        """Return whether a word begins as a number does, by its first letters."""
        return word[:2] in self._openings

    def whole(self, word: str) -> int | None:
        """Return the value of a number that is one word, None where it is none."""
        value = self._parts.get(word)
        return value if value is not None else self.compound(word)

    def begins(self, word: str) -> bool:
        """Return whether a number may begin with a word."""
        return word in self._firsts or self.compound(word) is not None

    def at(self, text: str, start: int) -> tuple[int, int] | None:
        """Return the value and end of the number word at a place, None without one."""
        found = self._phrases.at(text, start)
        if found:
            return found
        word = WORD.match(text, start)
        value = self.compound(word[0]) if word else None
        return (value, word.end()) if word and value is not None else None

    def compound(self, word: str) -> int | None:
        """Return the value of a number written as one word from several ("dreihundertfünfzig"), None where it is none."""
        if word[:2] not in self._openings or len(word) > LONGEST_WORD:
            return None
        if word not in self._compounds:
            if len(self._compounds) > KEPT_WORDS:
                self._compounds.clear()
            self._compounds[word] = self._composed(word)
        return self._compounds[word]

    def _composed(self, word: str) -> int | None:
        """Return the value of the first way, longest parts first, in which a word splits into number words that add up."""
        waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
        tried = 0
        while waiting and tried < LONGEST_WORD:
            tried += 1
            start, values = waiting.pop()
            if start == len(word):
                total = added(values)
                if total is not None:
                    return total
                continue
            starts = [start, *(start + len(joint) for joint in self._joints if values and word.startswith(joint, start))]
            waiting += [
                (end, (*values, self._parts[word[first:end]]))
                for first in reversed(starts)
                for end in range(first + self._shortest, min(len(word), first + self._longest) + 1)
                if word[first:end] in self._parts
            ]
        return None


def _needed(words: Mapping[str, int]) -> dict[str, int]:
    """Return the number words without phrases that two others add up to: "cent dix" must not hide "cent dix-sept"."""
    known = {_SPACES.sub(" ", even(word)): value for word, value in words.items()}

    def made(phrase: str, value: int) -> bool:
        halves = ((phrase[: gap.start()], phrase[gap.end() :]) for gap in re.finditer(" ", phrase))
        return value > _HUNDRED and any(first in known and last in known and added((known[first], known[last])) == value for first, last in halves)

    return {phrase: value for phrase, value in known.items() if not made(phrase, value)}


def added(values: tuple[int, ...]) -> int | None:
    """Return the value of number words in a row, None where they make no number.

    >>> added((2, 1000, 300, 45)), added((20, 30))
    (2345, None)
    """
    total = Sum()
    return total.value if values and all(total.add(value) for value in values) else None


@cache
def number_words(rules: LanguageRules) -> NumberWords:
    """Return the number words of a language."""
    return NumberWords(rules)
