"""Masking: a law without what tells which country it is from, every other character where it was.

Names of countries and words made of them, cities, currencies and years are written over letter by letter with a letter that
says nothing, so that spans, marks and pages stay valid. What a law grants stays readable: figures with their units are not
touched. Names come from the Unicode CLDR (through babel), for every country alike, in the law's language and in English.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.eval.masking.letters import neutral
from lexfloor.eval.masking.lexicon import lexicon, named, signs
from lexfloor.eval.masking.names import CURRENCY, KINDS
from lexfloor.eval.masking.stretch import Stretch
from lexfloor.eval.masking.years import years
from lexfloor.pipeline.records import Law

__all__ = ["KINDS", "Stretch", "mask_counts", "masked", "masked_text", "stretches"]
ENGLISH = "en"


def stretches(text: str, language: str) -> list[Stretch]:
    """Return what would tell a text's country, in order, none overlapping another; ``language`` is an ISO 639-1 code.

    Names are looked for in the text's language and, with a capital letter, in English.
    """
    rules = language_rules(nearest_language(language))
    lexicons = [lexicon(rules.code), *([lexicon(ENGLISH, rules.code)] if rules.code != ENGLISH else [])]
    found = [*named(text, lexicons), *lexicons[0].unspaced.stretches(text), *signs(text)]
    found += years(text, rules, [stretch for stretch in found if stretch.kind == CURRENCY])
    chosen: list[Stretch] = []
    for stretch in sorted(found, key=_longest_first):
        if not chosen or stretch.start >= chosen[-1].end:
            chosen.append(stretch)
    return chosen


def _longest_first(stretch: Stretch) -> tuple[int, int]:
    return stretch.start, -stretch.end


def masked_text(text: str, language: str) -> str:
    """Return a text with everything that would tell its country written over; its length does not change.

    >>> masked_text("Ghanaian workers earn 2000 cedis; 60 days from 1 May 2008.", "en")
    'Oooooooo workers earn 2000 ooooo; 60 days from 1 May oooo.'
    """
    parts, position = [], 0
    for stretch in stretches(text, language):
        parts += [text[position : stretch.start], neutral(text[stretch.start : stretch.end])]
        position = stretch.end
    return "".join([*parts, text[position:]])


def masked(law: Law) -> Law:
    """Return a law whose text, title and headings do not tell its country; all its positions stay valid."""
    marks = law.marks and tuple(replace(mark, heading=masked_text(mark.heading, law.language)) for mark in law.marks)
    return replace(law, text=masked_text(law.text, law.language), title=masked_text(law.title, law.language), marks=marks)


def mask_counts(law: Law) -> dict[str, int]:
    """Return how many stretches of a law's text are written over, by kind."""
    counts = Counter(stretch.kind for stretch in stretches(law.text, law.language))
    return {kind: counts[kind] for kind in KINDS}
