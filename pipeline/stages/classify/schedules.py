"""Schedules: how much of an act refers to schedules that are not in the files.

Acts leave rates and conditions to schedules at their end, which collections of laws often leave out: what the sections say then reads like
a rule of its own, and the figures that decide are missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.pipeline.records import Match, Provision, ProvisionKind
from lexfloor.pipeline.words import LETTER

LEAST_LETTERS = 5
"""Shorter words for schedules are abbreviations or mean other things too; in scripts without spaces all count but names of transitional provisions."""
SECTIONS = 3
"""The acts of this many of the likeliest sections are looked at."""


def lacking(sections: Iterable[Provision]) -> dict[str, float]:
    """Return for each file that prints no schedule the share of its sections that speak of one; files with schedules are left out."""
    printed: set[str] = set()
    own: Counter[str] = Counter()
    speaking: Counter[str] = Counter()
    for section in sections:
        if section.kind is ProvisionKind.SCHEDULE:
            printed.add(section.file)
        own[section.file] += 1
        words = _words(nearest_language(section.language))
        speaking[section.file] += words is not None and words.search(section.text) is not None
    return {file: count / own[file] for file, count in speaking.items() if count and file not in printed}


@cache
def _words(language: str) -> re.Pattern[str] | None:
    """Return a pattern of the words by which laws of a language refer to schedules, None where none are known."""
    rules = language_rules(language)
    other = tuple(rules.structure.transitional)
    words = [word for word in rules.references.schedule if not word.startswith(other) and (not rules.spaced or (len(word) >= LEAST_LETTERS and re.fullmatch(f"{LETTER}+", word)))]
    before, after = (f"(?<!{LETTER})", f"(?!{LETTER})") if rules.spaced else ("", "")
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, words))}){after}", re.IGNORECASE) if words else None


def lacked(found: Sequence[Match], shares: Mapping[str, float]) -> float:
    """Return the share for the acts of the likeliest sections, each weighted by how likely its section is evidence: 0 to 1."""
    weights = [(match.relevance or 0.0, shares.get(match.file, 0.0)) for match in found[:SECTIONS]]
    total = sum(weight for weight, _ in weights)
    return sum(weight * share for weight, share in weights) / total if total else 0.0
