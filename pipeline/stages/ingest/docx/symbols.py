"""Characters of symbol fonts: stored in a private range, printed as letters and signs that Unicode has."""

from __future__ import annotations

import re

_PRIVATE = 0xF000
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_LETTERS = dict(zip("ABGDEZHQIKLMNXOPRSTUFCYWabgdezhqiklmnxoprVstufcyw", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω", strict=True))
_SIGNS = {0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡"}
_SIGNS |= {0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xCE: "∈", 0xD6: "√", 0xD7: "⋅", 0xD9: "∧", 0xDA: "∨", 0xDE: "⇒", 0xE5: "∑", 0x2D: "−"}
_DINGBATS = {0x6C: "●", 0x6D: "○", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x76: "❖", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓"}
_DINGBATS |= {0xFD: "☒", 0xFE: "☑"}


def without_private_use(words: str, font: str = "Symbol") -> str:
    """Return words with characters of symbol fonts as what they print; those that are not known go.

    >>> without_private_use(chr(0xF0B3) + " 65"), without_private_use(chr(0xF0FC), "Wingdings")
    ('≥ 65', '✓')
    """
    if font == "Symbol" and not _PRIVATE_USE.search(words):
        return words
    return "".join(_printed(letter, font) for letter in words)


def _printed(letter: str, font: str) -> str:
    code = ord(letter)
    if 0xE000 <= code <= 0xF8FF:
        code = code - _PRIVATE if _PRIVATE <= code < _PRIVATE + 0x100 else 0
    elif code >= 0x100 or not font.startswith(("Symbol", "Wingdings")):
        return letter
    if font.startswith("Wingdings"):
        return _DINGBATS.get(code, "")
    return _SIGNS.get(code) or _LETTERS.get(chr(code)) or (chr(code) if 0x20 <= code < 0x7F else "")
