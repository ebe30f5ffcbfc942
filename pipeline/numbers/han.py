"""Numbers in Chinese characters."""

from __future__ import annotations

import re

HAN_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = "[零〇一二两兩三四五六七八九十百千]+"
"""A number up to the thousands, as headings are counted."""
_FORMAL = dict(zip("壹贰貳弐壱叁參参肆伍陆陸柒捌玖", (1, 2, 2, 2, 1, 3, 3, 3, 4, 5, 6, 6, 7, 8, 9), strict=True))
_DIGITS = HAN_DIGITS | _FORMAL
_UNITS = HAN_UNITS | {"拾": 10, "佰": 100, "仟": 1000}
_POWERS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
HAN_FIGURE = re.compile(rf"[{''.join((*_DIGITS, *_UNITS, *_POWERS))}]{{1,24}}(?:[点點・][{''.join(_DIGITS)}]{{1,4}})?")
"""A number of any size, with decimals, as figures are written."""


def han_value(text: str) -> int:
    """Return the value of a whole number in Chinese characters, by place value where no unit is written.

    >>> han_value("二百三十五"), han_value("十二"), han_value("一百零三"), han_value("一二〇"), han_value("三万五千")
    (235, 12, 103, 120, 35000)
    """
    if len(text) > 1 and all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, section, digit = 0, 0, 0
    for character in text:
        if character in _POWERS:
            total += ((section + digit) or 1) * _POWERS[character]
            section = digit = 0
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + section + digit


def han_figure(text: str) -> float:
    """Return the value of a number in Chinese characters that may have decimals.

    >>> han_figure("十二点五")
    12.5
    """
    whole, _, places = re.sub("[点點・]", ".", text).partition(".")
    return float(f"{han_value(whole)}.{''.join(str(_DIGITS[character]) for character in places) or 0}")
