"""Numbers in digits: thousands and decimal marks by the language, fractions such as 12 1/2 and 62½."""

from __future__ import annotations

import re

from lexfloor.corpora.languages import LanguageRules

MARKS = "'\u066c\u060c "
"""Marks between thousands that are never decimal marks; the full stop and the comma are told by the language."""
VULGAR = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
}
LARGEST_DENOMINATOR, LONGEST_NUMBER = 20, 24
_DECIMALS = r"(?:[.,\u066b][0-9]+)?"
DIGITS = re.compile(rf"(?:[0-9]{{1,3}}(?:[.,{MARKS}][0-9]{{3}})+(?![0-9]){_DECIMALS}|[0-9]+{_DECIMALS})(?![0-9])")
_GROUPED = re.compile(rf"([1-9][0-9]{{0,2}})([.,{MARKS}])[0-9]{{3}}(?:[.,{MARKS}][0-9]{{3}})*{_DECIMALS}")
_VULGAR = re.compile(rf"\s?([{''.join(VULGAR)}])")
_SMALL = re.compile(r"([0-9])\s?/\s?([0-9]{1,2})(?![0-9/])")


def digits_value(text: str, rules: LanguageRules) -> float | None:
    """Return the value of a number in European digits, None where it is none; a mark before just three digits is read as thousands."""
    plain = text.strip()
    if len(plain) > LONGEST_NUMBER:
        return None
    grouped = _GROUPED.fullmatch(plain)
    if grouped and (grouped[2] in MARKS or grouped[2] in rules.numbers.thousands):
        plain = plain.replace(grouped[2], "")
    try:
        return float(plain.replace("\u066b", ".").replace(",", "."))
    except ValueError:
        return None


def vulgar_at(text: str, start: int) -> tuple[float, int] | None:
    """Return the value and end of a fraction in one character ("½") at a place, after a space or none."""
    found = _VULGAR.match(text, start)
    return (VULGAR[found[1]], found.end()) if found else None


def small_at(text: str, start: int) -> tuple[float, int] | None:
    """Return the value and end of a proper fraction in digits ("2/3") at a place; dates and file numbers are none."""
    found = _SMALL.match(text, start)
    if not found:
        return None
    top, bottom = int(found[1]), int(found[2])
    return (top / bottom, found.end()) if bottom > top > 0 and bottom <= LARGEST_DENOMINATOR else None
