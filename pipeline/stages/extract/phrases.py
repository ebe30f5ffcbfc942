"""Phrases of the language's and the standard's data in a stretch of law, found fast: figures stand in the whole of a law.

A phrase is a path of folded words in one tree for all lists of a language; where two phrases of a group overlap, the one
that begins first counts, and of these the longest ("is not entitled" over "entitled"). Hyphens and apostrophes join
nothing: "old-age pension" and "old age pension" are one phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lexfloor.corpora.languages import DataModel, LanguageRules, language_rules, nearest_language
from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Provision
from lexfloor.pipeline.words import LETTER, folded_word

_WORDS = re.compile(rf"{LETTER}+|[.,;:!?()%]|[。；：，、（）؛،।]")
_CHARACTERS = re.compile(r"[A-Za-z0-9]+|\S")
READ = 4000
"""Characters of a section that are looked through: what it is about is said at its beginning."""


@dataclass(slots=True)
class _Node:
    """A word on the path of phrases: what may follow it, and the lists whose phrases end with it."""

    after: dict[str, _Node] = field(default_factory=dict)
    ends: list[tuple[str, str]] = field(default_factory=list)


class PhraseFinder:
    """Finds the phrases of one language for one standard."""

    def __init__(self, rules: LanguageRules, contingencies: dict[str, tuple[str, ...]]) -> None:
        """Make the tree of phrases; ``contingencies`` are the standard's words for each."""
        self._token = _WORDS if rules.spaced else _CHARACTERS
        self._root = _Node()
        groups: dict[str, DataModel] = {
            "cues": rules.cues,
            "parameters": rules.parameters,
            "payers": rules.payers,
            "bases": rules.bases,
            "cases": rules.cases,
            "matters": rules.matters,
        }
        for group, lists in groups.items():
            for label in type(lists).model_fields:
                self._add(group, label, getattr(lists, label))
        for label, phrases in contingencies.items():
            self._add("contingencies", label, phrases)

    def _add(self, group: str, label: str, phrases: Iterable[str]) -> None:
        for phrase in phrases:
            node = self._root
            for token in self._token.findall(phrase):
                node = node.after.setdefault(folded_word(token), _Node())
            if node is not self._root and (group, label) not in node.ends:
                node.ends.append((group, label))

    def hits(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Hit]:
        """Yield the phrases found in a stretch of a text, in order of their beginnings; positions are the text's own."""
        found = [(folded_word(token[0]), token.start(), token.end()) for token in self._token.finditer(text, start, len(text) if end is None else end)]
        taken: dict[str, int] = {}
        root = self._root.after
        for index, (word, begin, _) in enumerate(found):
            node = root.get(word)
            if node is None:
                continue
            best: dict[str, tuple[int, list[str]]] = {}
            place = index
            while node is not None:
                for group, label in node.ends:
                    if group in best and best[group][0] == place:
                        best[group][1].append(label)
                    else:
                        best[group] = (place, [label])
                place += 1
                node = node.after.get(found[place][0]) if place < len(found) else None
            for group, (last, labels) in best.items():
                if taken.get(group, -1) < index:
                    taken[group] = last
                    for label in labels:
                        yield Hit(group, label, begin, found[last][2])


@cache
def phrase_finder(language: str, standard: str) -> PhraseFinder:
    """Return the finder of a language for a standard, made once."""
    wording = load_standard(standard).in_language(language)
    named = {str(name): phrases for name, phrases in wording.contingencies.items() if name != "all"}
    return PhraseFinder(language_rules(language), named)


@lru_cache(maxsize=8192)
def phrases_in(language: str, standard: str, text: str) -> tuple[Hit, ...]:
    """Return the phrases in a text; the sections of a chapter have the same headings above them, and a law looked at again the same sections."""
    return tuple(phrase_finder(language, standard).hits(text)) if text else ()


def hits_in(section: Provision, standard: str) -> tuple[Hit, ...]:
    """Return the phrases at the beginning of a section, which says what it is about."""
    return phrases_in(nearest_language(section.language), standard, section.text[:READ])
