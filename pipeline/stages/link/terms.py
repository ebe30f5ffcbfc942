"""Phrases found in running text by the stems of their words: uses of defined terms, titles of acts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Generic, TypeVar

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.words import LETTER, folded, index_terms

_WORD = re.compile(rf"{LETTER}+")
_CHARACTER = re.compile(r"\S")
SHORTEST = 3
"""Letters that a word keeps at least when its ending is taken off."""
Answer = TypeVar("Answer")


class Words:
    """The words of a text: their stems and places; single characters where words are not spaced."""

    def __init__(self, text: str, rules: LanguageRules) -> None:
        """Take the words of a text."""
        self._text, self._pattern = text, _WORD if rules.spaced else _CHARACTER
        found = self._pattern.findall(text)
        self.stems: list[str] = list(map(_stems(rules).__getitem__, found)) if rules.spaced else found

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Where each word begins and ends."""
        return [word.span() for word in self._pattern.finditer(self._text)]


class _Stems(dict[str, str]):
    """What each word is found by, told once."""

    def __init__(self, rules: LanguageRules) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, word: str) -> str:
        if self._rules.definitions.by_stem and len(found := index_terms(word, self._rules)) == 1:
            self[word] = found[0]
        else:
            self[word] = singular(word)
        return self[word]


def singular(word: str) -> str:
    """Return what a word and its plural have in common: Snowball stems would take "employed" for "employer".

    >>> singular("Employers") == singular("employer"), singular("employed") == singular("employer")
    (True, False)
    >>> singular("prestações") == singular("prestação"), singular("Behörden") == singular("Behörde")
    (True, True)
    """
    whole = folded(word)
    short = whole.rstrip("s").rstrip("n").rstrip("aeiouy")
    return short if len(short) >= SHORTEST else whole


@cache
def _stems(rules: LanguageRules) -> _Stems:
    return _Stems(rules)


class Phrases(Generic[Answer]):
    """A dictionary of phrases by the stems of their words, for texts read from left to right."""

    def __init__(self, phrases: Mapping[tuple[str, ...], Answer]) -> None:
        """Take the stems of each phrase and what it stands for."""
        self._by_first: dict[str, list[tuple[list[str], Answer]]] = defaultdict(list)
        for stems, answer in phrases.items():
            if stems:
                self._by_first[stems[0]].append((list(stems), answer))
        for found in self._by_first.values():
            found.sort(key=_longest_first)

    def found(self, words: Words) -> Iterator[tuple[int, int, Answer]]:
        """Yield (start, end, answer) of the phrases in a text, the longest first where several begin at one word, none overlapping."""
        if self._by_first.keys().isdisjoint(words.stems):
            return
        skip, known = 0, self._by_first
        for index, stem in enumerate(words.stems):
            if stem not in known or index < skip:
                continue
            for stems, answer in known[stem]:
                end = index + len(stems)
                if len(stems) == 1 or words.stems[index:end] == stems:
                    yield words.places[index][0], words.places[end - 1][1], answer
                    skip = end
                    break


def _longest_first(entry: tuple[list[str], object]) -> int:
    return -len(entry[0])
