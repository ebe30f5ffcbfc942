"""The numbers that a browser prints before the items of an ordered list."""

from __future__ import annotations

import re
from collections.abc import Sequence

_STYLES = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "lower-latin": "lower-alpha",
    "upper-latin": "upper-alpha",
}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_ROMAN = 3999
OWN_SHARE = 0.8
"""Share of a list's items that must print a number of their own for the list to be one that prints none."""
_OWN = re.compile(r"[(（\[]?\s?(?P<number>\d{1,4}[a-z]{0,2}|[^\W\d_]{1,2}|[ivxlc]{1,6})\s?(?:[.)）\]º°]|[-–—]\s)")


def style_of(kind: str) -> str:
    """Return the style of a list's numbers for the value of ``type`` or of ``list-style-type``; empty for none and for bullets."""
    return _STYLES.get(kind, kind if kind in ("decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman") else "")


def number_of(value: int, style: str) -> str:
    """Return the number of an item in a style, without the sign after it.

    >>> [number_of(4, style) for style in ("decimal", "lower-alpha", "upper-roman")], number_of(28, "lower-alpha")
    (['4', 'd', 'IV'], 'ab')
    """
    written = str(value)
    if value > 0 and style.endswith("alpha"):
        written, rest = "", value
        while rest:
            rest, letter = divmod(rest - 1, 26)
            written = chr(ord("a") + letter) + written
    elif 0 < value <= _MOST_ROMAN and style.endswith("roman"):
        written, rest = "", value
        for worth, letters in _ROMAN:
            written += letters * (rest // worth)
            rest %= worth
    return written.upper() if style.startswith("upper") else written


def label_of(value: int, style: str) -> str:
    """Return what is printed before an item: "4.", "d)", "(iv)", "IV.".

    Letters and small Roman numbers get the brackets that laws put after them, so that they are read as such.
    """
    number = number_of(value, style)
    return {"lower-alpha": f"{number})", "upper-alpha": f"{number})", "lower-roman": f"({number})"}.get(style, f"{number}.")


def prints_own_numbers(items: Sequence[tuple[int, str]], style: str) -> bool:
    """Tell a list whose items (value, words) print their numbers themselves, so that the list's own would come twice.

    >>> prints_own_numbers([(1, "(1) One."), (2, "(2) Two.")], "decimal"), prints_own_numbers([(1, "One."), (2, "a) Two.")], "decimal")
    (True, False)
    """
    found = [(value, match["number"].lower()) for value, words in items if (match := _OWN.match(words))]
    if not found or len(found) < OWN_SHARE * len(items):
        return False
    as_listed = all(own == number_of(value, style).lower() for value, own in found)
    return as_listed or (len(found) > 1 and len({own for _, own in found}) == len(found))
