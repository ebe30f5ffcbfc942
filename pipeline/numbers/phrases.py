"""Phrases of the language data, found at a place of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Generic, TypeVar

from lexfloor.pipeline.numbers.letters import WORD_PATTERN, even
from lexfloor.pipeline.words import LETTER

Meaning = TypeVar("Meaning")
WORD = re.compile(WORD_PATTERN)
_GAP = re.compile(r"[\s\-]+")


class Phrases(Generic[Meaning]):
    """What phrases mean, by their first word; between words any spaces or hyphens may stand.

    Texts must be in the spelling of `even`. Where words are not separated by spaces (``spaced`` false) a phrase may
    begin and end anywhere.
    """

    def __init__(self, meanings: Mapping[str, Meaning], *, spaced: bool) -> None:
        self._meanings: dict[str, Meaning] = {}
        by_first: defaultdict[str, list[str]] = defaultdict(list)
        for phrase, meaning in meanings.items():
            key = _GAP.sub(" ", even(phrase)).strip()
            if key and key not in self._meanings:
                self._meanings[key] = meaning
                by_first[_first(key) if spaced else key[0]].append(key)
        self._spaced = spaced
        self._patterns = {first: _pattern(keys, spaced) for first, keys in by_first.items()}

    @property
    def firsts(self) -> frozenset[str]:
        """Return the first words (the first characters, where words are not separated) of the phrases."""
        return frozenset(self._patterns)

    def single(self) -> dict[str, Meaning]:
        """Return the phrases that are one word of letters."""
        return {phrase: meaning for phrase, meaning in self._meanings.items() if phrase.isalpha()}

    def at(self, text: str, start: int) -> tuple[Meaning, int] | None:
        """Return what the longest phrase at a place means, and where it ends; None without one."""
        if start >= len(text):
            return None
        word = WORD.match(text, start) if self._spaced else None
        pattern = self._patterns.get(word[0] if word else text[start])
        found = pattern.match(text, start) if pattern else None
        return (self._meanings[_GAP.sub(" ", found[0])], found.end()) if found else None


def _first(phrase: str) -> str:
    word = WORD.match(phrase)
    return word[0] if word else phrase[0]


def _pattern(phrases: list[str], spaced: bool) -> re.Pattern[str]:
    shown = []
    for phrase in sorted(phrases, key=len, reverse=True):
        edge = rf"(?!{LETTER})" if spaced and WORD.fullmatch(phrase[-1]) else ""
        shown.append(re.escape(phrase).replace(r"\ ", r"[\s\-]{1,8}") + edge)
    return re.compile("|".join(shown))
