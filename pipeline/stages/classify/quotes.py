"""Quotes: which stretch of a section is cited, long enough to be understood and short enough to be read."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Span
from lexfloor.pipeline.words import index_terms

QUOTE_LIMIT = 400
QUOTE_MINIMUM = 40
SHORT_SENTENCE = 8
"""Words by which every sentence counts as longer when sentences are ranked: a heading of two words must not win."""


def shared(text: str, wanted: frozenset[str], rules: LanguageRules) -> float:
    """Return how many of the wanted terms a text has, long texts counting for less."""
    terms = index_terms(text, rules)
    return len(wanted.intersection(terms)) / math.sqrt(SHORT_SENTENCE + len(terms))


def widened(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return a stretch of at least the least and at most the greatest quotable length: short sentences take their neighbours."""
    later = [place for place in inside if place[0] >= end]
    while end - start < QUOTE_MINIMUM * 2 and later:
        end = later.pop(0)[1]
    earlier = [place for place in inside if place[1] <= start]
    while end - start < QUOTE_MINIMUM and earlier:
        start = earlier.pop()[0]
    if end - start > QUOTE_LIMIT:
        cut = text.rfind(" ", start, start + QUOTE_LIMIT)
        end = cut if cut > start + QUOTE_MINIMUM else start + QUOTE_LIMIT
    return start, end


def around(clause: Span, words: Span) -> tuple[int, int]:
    """Return the clause, cut to `QUOTE_LIMIT` characters around the words that count."""
    if clause.end - clause.start <= QUOTE_LIMIT:
        return clause.start, clause.end
    start = max(clause.start, min(words.start - QUOTE_LIMIT // 2, clause.end - QUOTE_LIMIT))
    return start, min(clause.end, start + QUOTE_LIMIT)
