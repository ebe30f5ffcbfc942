"""Which language a text is in: as a file states it, or as its words tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lexfloor.corpora.languages import nearest_language

ISO_639_1 = 2
SAMPLES, SAMPLE = 8, 300
"""How many samples through a text are looked at, and how many characters each has."""
ENOUGH = 120
"""Shorter texts do not tell their language: it is that of the law."""


def stated_language(code: str) -> str:
    """Return the ISO 639-1 code of a language that a file states in its own way: "eng", "pt-BR", "FR".

    >>> stated_language("eng"), stated_language("pt-BR")
    ('en', 'pt')
    """
    stated = re.split(r"[-_]", code.lower())[0]
    nearest = nearest_language(stated)
    return stated if nearest == "und" or len(stated) == ISO_639_1 else nearest


def told_language(words: str) -> str:
    """Return the ISO 639-1 code of the language that the larger part of samples through a text is in, "und" where there is none."""
    votes = Counter(_classified(sample) for sample in _samples(words))
    return max(sorted(votes), key=votes.__getitem__) if votes else "und"


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of one law: its main one, and others that whole provisions of it are in."""

    main: str
    others: tuple[str, ...] = ()

    @classmethod
    def of_text(cls, words: str, main: str) -> Languages:
        """Return the languages of a text; another than the main one counts where two of every second sample or more are in it."""
        votes = Counter(_classified(sample) for sample in islice(_samples(words), 0, None, 2))
        return cls(main, tuple(sorted(code for code, count in votes.items() if count > 1 and code != main)))

    def of(self, words: str) -> str:
        """Return the language of a provision's words."""
        if not self.others or len(words) < ENOUGH:
            return self.main
        from py3langid.langid import rank

        known = (self.main, *self.others)
        return next((code for code, _ in rank(words[:SAMPLE]) if code in known), self.main)


def _classified(words: str) -> str:
    from py3langid import classify

    return str(classify(words)[0])


def _samples(words: str) -> Iterator[str]:
    step = max(1, len(words) // SAMPLES)
    for start in range(0, max(1, len(words)), step):
        sample = words[start : start + SAMPLE]
        if sample.strip():
            yield sample
