"""One spelling for reading numbers: small letters, European digits, plain spaces and hyphens, each in its old place."""

from __future__ import annotations

import sys
import unicodedata

from lexfloor.pipeline.words import LETTER

WORD_PATTERN = rf"{LETTER}+"


def _table() -> dict[int, str]:
    table = {code: str(unicodedata.decimal(chr(code))) for code in range(0x80, min(sys.maxunicode, 0x1FFFF)) if chr(code).isdecimal()}
    for code in (*range(0x370, 0x400), *range(0x1F00, 0x2000)):  # capitals in Greek bear no accents
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and base.isalpha():
            table[code] = base
    for same, plain in (
        ("\u00a0\u202f\u2009\u2007\u3000", " "),
        ("‐‑‒–—−－", "-"),
        ("’‘ʼ´", "'"),
        ("（［", "("),
        ("）］", ")"),
        ("％٪﹪", "%"),
        ("／", "/"),
        ("．", "."),
        ("，", ","),
    ):
        table |= dict.fromkeys(map(ord, same), plain)
    return table | {ord("ſ"): "s", ord("ς"): "σ", ord("µ"): "μ"}


class _Kept(dict[int, str]):
    """A table that keeps what it does not change: looking a letter up again costs nothing."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code)
        return self[code]


_PLAIN = _Kept(_table())


def even(text: str) -> str:
    """Return the text in one spelling, of the same length.

    >>> even("TWO‑THIRDS ٩٠")
    'two-thirds 90'
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(small if len(small := character.lower()) == 1 else character for character in text)
    return lowered if lowered.isascii() else lowered.translate(_PLAIN)
