"""Words for matching: spellings folded together, stems by language, character pairs where words are not spaced."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from lexfloor.corpora.languages import LanguageRules

LETTER = r"[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
"""A character of a word: ``\\w`` leaves out the vowel signs of Indic and South-East Asian scripts."""
_WORD = re.compile(rf"{LETTER}+")
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-"} | {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ς": "σ", "ß": "ss", "µ": "μ"}
)
_DIGITS = {ord(chr(code)): str(unicodedata.decimal(chr(code))) for block in (0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10) for code in range(block, block + 10)}


def folded(text: str) -> str:
    """Return the text in lower case without accents, with one kind of apostrophe, dash and digit; length may change.

    >>> folded("Período de Carencia"), folded("l’assuré")
    ('periodo de carencia', "l'assure")
    """
    lowered = text.translate(_SAME).translate(_DIGITS).lower()
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", lowered))).translate(_SAME)


@lru_cache(maxsize=200_000)
def folded_word(word: str) -> str:
    """Return a word as `folded` does; the words of law come again and again."""
    return folded(word)


def index_terms(text: str, rules: LanguageRules) -> list[str]:
    """Return what a text is indexed under for BM25: stems of its words, or pairs of characters in unspaced scripts."""
    if not rules.spaced:
        runs = _WORD.findall(folded(text))
        return [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
    words = [word for word in _WORD.findall(text.translate(_SAME).lower()) if not word.isdecimal()]
    stemmer = _stemmer(rules.stemmer)
    stems = stemmer.stemWords(words) if stemmer else words
    return [folded_word(stem) for stem in stems if len(stem) > 1]


def terms_and_pairs(text: str, rules: LanguageRules) -> list[str]:
    """Return a text's index terms, and every two that stand side by side as a term of their own.

    For English "waiting period" gives ``wait``, ``period`` and ``wait period``.
    """
    terms = index_terms(text, rules)
    return [*terms, *(f"{first} {second}" for first, second in pairwise(terms))]


@cache
def _stemmer(name: str) -> Any:
    """Return the Snowball stemmer of a name, None without one."""
    import Stemmer

    return Stemmer.Stemmer(name) if name in Stemmer.algorithms() else None
