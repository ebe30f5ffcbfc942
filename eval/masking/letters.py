"""Letters that say nothing: of the script and the case of those that they stand for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CURRENCY_SIGN = "¤"
ROUND = "o"
NEUTRAL = {
    "LATIN": ("o", "O"),
    "GREEK": ("ο", "Ο"),
    "CYRILLIC": ("о", "О"),
    "CJK": ("某", "某"),
    "HIRAGANA": ("の", "の"),
    "KATAKANA": ("ノ", "ノ"),
    "HANGUL": ("모", "모"),
    "ARABIC": ("ه", "ه"),
    "HEBREW": ("ס", "ס"),
    "DEVANAGARI": ("क", "क"),
    "BENGALI": ("ক", "ক"),
    "THAI": ("ก", "ก"),
}
"""For each script a small and a capital letter. None is a Roman or Greek numeral by itself in a row, or a number word."""


def neutral(text: str) -> str:
    """Return a text of the same length and shape that says nothing: digits become small letters too.

    A nought would be read as a figure where a year stands beside the word for years ("2008年"); a round letter looks like one
    and is none.

    >>> neutral("Ghana"), neutral("Κύπρου"), neutral("中国"), neutral("2008"), neutral("R$")
    ('Ooooo', 'Οοοοοο', '某某', 'oooo', 'O¤')
    """
    return "".join(map(_neutral, text))


@lru_cache(maxsize=4096)
def _neutral(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Sc":
        return CURRENCY_SIGN
    if category == "Nd":
        return ROUND
    if category[0] not in "LM":
        return character
    small, capital = NEUTRAL.get(unicodedata.name(character, "").partition(" ")[0], NEUTRAL["LATIN"])
    return capital if category in ("Lu", "Lt") else small
