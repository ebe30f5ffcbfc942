"""Pay named in words where a percentage might stand: "full pay", "wages in full", "an amount equal to her average earnings".

A phrase is a template of the language's data, "~" in it standing for a word for pay with the words that describe it. It is
found from the word for pay, which is rare, and read to both sides, word by word (character by character where words are not
separated). A template without "~" ("fully paid") is a plain phrase.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.phrases import Phrases
from lexfloor.pipeline.words import LETTER

WHOLE, NAMED = 0.95, 0.6
"""How far words stand as a figure beside a printed one: those that say "all of the pay", and those that only name the pay as what is received."""
SLOT = "~"
WINDOW = 120
"""Characters on either side of a word for pay in which the words of a template stand."""
DENIAL = 3
"""Words before a phrase of which none may deny it: "shall not be entitled to"."""
_WORDS, _CHARACTERS = re.compile(rf"{LETTER}+"), re.compile(r"\S")
_JOINED = re.compile(r"[\s\-']*")

Token = tuple[str, int, int]
"""A word and where it begins and ends."""
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayPhrase:
    """Pay named in words: where it is printed, and how far it stands as a figure."""

    start: int
    end: int
    standing: float


class PayWords:
    """Finds pay named in words in one language; texts must be in the spelling of `even`."""

    def __init__(self, rules: LanguageRules) -> None:
        pay = rules.pay
        self._token = _WORDS if rules.spaced else _CHARACTERS
        self._nouns: Phrases[float] = Phrases(dict.fromkeys(pay.words, NAMED), spaced=rules.spaced)
        self._described = {self._words(phrase) for phrase in pay.described}
        self._other = {self._words(phrase) for phrase in pay.other}
        self._denied = frozenset(even(word) for word in pay.denied)
        plain: dict[str, float] = {}
        self._templates: defaultdict[Words, list[tuple[Words, float]]] = defaultdict(list)
        for phrases, standing in ((pay.whole, WHOLE), (pay.named, NAMED)):
            for phrase in phrases:
                if SLOT in phrase:
                    begin, _, end = phrase.partition(SLOT)
                    self._templates[self._words(begin)].append((self._words(end), standing))
                else:
                    plain.setdefault(phrase, standing)
        self._plain: Phrases[float] = Phrases(plain, spaced=rules.spaced)
        self._most = {
            "described": _longest(self._described),
            "other": _longest(self._other),
            "begin": _longest(self._templates),
            "end": _longest(end for ends in self._templates.values() for end, _ in ends),
        }

    @property
    def firsts(self) -> frozenset[str]:
        """Return the words (the characters) at which `at` is worth asking."""
        return self._nouns.firsts | self._plain.firsts

    def at(self, text: str, place: int, floor: int = 0) -> PayPhrase | None:
        """Return the phrase whose word for pay, or whose beginning, stands at a place; none of it before ``floor``."""
        found = [*self._around(text, place, floor)]
        if (plain := self._plain.at(text, place)) is not None:
            found.append(PayPhrase(place, plain[1], plain[0]))
        if any(self._is_denied(text, phrase.start) for phrase in found):
            return None
        return max(found, key=_size, default=None)

    def describes(self, words: str) -> bool:
        """Return whether a stretch begins with a word that may describe pay: "of" in "60 per cent of full pay"."""
        first = self._token.search(words)
        return first is None or (first[0],) in self._described

    def _around(self, text: str, place: int, floor: int) -> Iterator[PayPhrase]:
        noun = self._nouns.at(text, place)
        if noun is None:
            return
        after = _run(list(self._tokens(text, noun[1], min(len(text), noun[1] + WINDOW))), text, noun[1])
        if any(tuple(token[0] for token in after[:size]) in self._other for size in range(1, self._most["other"] + 1)):
            return
        before = _run(list(self._tokens(text, max(floor, place - WINDOW), place))[::-1], text, place)
        backward = [token[0] for token in before]
        ends = self._ends(after)
        for step in self._steps(backward, backwards=True):
            for size in range(min(self._most["begin"], len(backward) - step) + 1):
                for end, standing in self._templates.get(tuple(backward[step : step + size][::-1]), ()):
                    if end in ends:
                        yield PayPhrase(before[step + size - 1][1] if size else place, ends[end] or noun[1], standing)

    def _ends(self, after: Sequence[Token]) -> dict[Words, int]:
        """Return what the templates may end with here, and where that ends; 0 for nothing at all."""
        words = [token[0] for token in after]
        ends: dict[Words, int] = {(): 0}
        for step in self._steps(words, backwards=False):
            for size in range(1, min(self._most["end"], len(words) - step) + 1):
                ends.setdefault(tuple(words[step : step + size]), after[step + size - 1][2])
        return ends

    def _steps(self, words: Sequence[str], *, backwards: bool) -> list[int]:
        """Return after how many words next to the pay a template's own words may stand: none, or words that describe it."""
        steps = [0]
        for step in steps:
            for size in range(1, min(self._most["described"], len(words) - step) + 1):
                words_here = tuple(words[step : step + size])
                if step + size not in steps and (words_here[::-1] if backwards else words_here) in self._described:
                    steps.append(step + size)
        return steps

    def _is_denied(self, text: str, start: int) -> bool:
        before = _run(list(self._tokens(text, max(0, start - WINDOW // 3), start))[::-1], text, start)
        return any(token[0] in self._denied for token in before[:DENIAL])

    def _tokens(self, text: str, start: int, end: int) -> Iterator[Token]:
        for found in self._token.finditer(text, start, end):
            yield found[0], found.start(), found.end()

    def _words(self, phrase: str) -> Words:
        return tuple(self._token.findall(even(phrase)))


@cache
def pay_words(rules: LanguageRules) -> PayWords:
    """Return the finder of a language, made once."""
    return PayWords(rules)


def _run(tokens: Sequence[Token], text: str, edge: int) -> list[Token]:
    """Return the tokens that follow each other from an edge outward with nothing but spaces, hyphens and apostrophes between."""
    run: list[Token] = []
    for token in tokens:
        gap = text[token[2] : edge] if token[2] <= edge else text[edge : token[1]]
        if _JOINED.fullmatch(gap) is None:
            break
        run.append(token)
        edge = token[1] if token[2] <= edge else token[2]
    return run


def _longest(phrases: Iterable[Words]) -> int:
    return max(map(len, phrases), default=0)


def _size(phrase: PayPhrase) -> tuple[float, int]:
    return phrase.standing, phrase.end - phrase.start
