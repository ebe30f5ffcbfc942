"""Figures in running text: digits and words, fractions, and the units they stand with, by the data of a language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.words import LETTER

HAN_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN_NUMBER = "[零〇一二两兩三四五六七八九十百千]+"
UNIT_DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}
"""Calendar days in a unit: how durations are converted into each other."""
MOST_PERCENT = 400
LARGEST_DENOMINATOR, LONGEST_NUMBER = 20, 24
MARKS = "'\u2019\u066c\u060c\uff0c\u00a0\u202f\u2009 "
"""Marks between thousands that are never decimal marks; the full stop and the comma are told by the language."""
VULGAR = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅛": 1 / 8}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit (days, weeks, months, years or percent) and its place in the text.

    ``ordinal`` is true for "the fourth day", "78. Woche".
    """

    value: float
    unit: str
    start: int
    end: int
    ordinal: bool = False


def han_value(text: str) -> int:
    """Return the value of a number in Chinese characters.

    >>> han_value("二百三十五"), han_value("十二"), han_value("一百零三")
    (235, 12, 103)
    """
    total, digit = 0, 0
    for character in text:
        if character in HAN_UNITS:
            total += (digit or 1) * HAN_UNITS[character]
            digit = 0
        else:
            digit = HAN_DIGITS[character]
    return total + digit


def converted(value: float, unit: str, wanted: str) -> float | None:
    """Return a duration in another unit, None between things that do not convert.

    >>> converted(98, "days", "weeks"), converted(3, "percent", "weeks")
    (14.0, None)
    """
    if unit == wanted:
        return value
    if unit in UNIT_DAYS and wanted in UNIT_DAYS:
        if {unit, wanted} == {"months", "years"}:
            return value / 12 if wanted == "years" else value * 12
        return value * UNIT_DAYS[unit] / UNIT_DAYS[wanted]
    return None


def quantities(text: str, rules: LanguageRules) -> Iterator[Quantity]:
    """Yield the figures with units in a text, in order, none overlapping another.

    "26 weeks", "achtundsiebzig Wochen", "two-thirds", "60 (sixty) per cent", "百分之六十", "siku tisini".
    """
    for found in _pattern(rules).finditer(text.replace("µ", "μ")):  # the sign for micro stands for a letter in Greek files
        groups = {name.rstrip("6789") if name[0] in "ftb" else name: value for name, value in found.groupdict().items() if value is not None}
        figure, unit, ordinal = _read(groups, rules)
        if figure is not None and unit is not None and not (unit == "percent" and figure > MOST_PERCENT):
            yield Quantity(figure, unit, found.start(), found.end(), ordinal)


def _read(groups: dict[str, str], rules: LanguageRules) -> tuple[float | None, str | None, bool]:
    """Return value, unit and whether it is an ordinal, from the named parts of a match; None where they mean nothing."""
    unit = next((_units(rules).get(_one_space(groups[name])) for name in groups if name.startswith("u")), "percent")
    if "rank" in groups:
        rank = _one_space(groups["rank"])
        digits = re.match(r"\d+", rank)
        return rules.numbers.ordinals.get(rank, float(digits[0]) if digits else None), unit, True
    part: float | None = None
    if "fraction" in groups:
        top_bottom = _fractions(rules).get(_one_space(groups["fraction"]))
        part = top_bottom[0] / top_bottom[1] if top_bottom else None
    elif "top" in groups:
        top, bottom = int(groups["top"]), int(groups["bottom"])
        part = top / bottom if bottom > top > 0 and bottom <= LARGEST_DENOMINATOR else None
    number = next((groups[name] for name in groups if name.startswith("n")), None)
    whole = number_value(number, rules) if number is not None else None
    if part is not None and "u7" in groups:
        whole = 1.0
    if part is None:
        return whole, unit, False
    if whole is not None:
        return whole + part, unit, False
    return (100 * part, unit, False) if unit == "percent" else (part, unit, False)


def number_value(text: str, rules: LanguageRules) -> float | None:
    """Return the value of a number in digits or words, None where it is none.

    Thousands and decimal marks follow the language; a mark before exactly three digits is read as thousands.
    """
    words = _one_space(text)
    if words[:1].isdecimal():
        if len(words) > LONGEST_NUMBER:
            return None
        extra = VULGAR.get(words[-1:], 0.0)
        value = _digits_value(words.rstrip("".join(VULGAR)), rules)
        return value + extra if value is not None else None
    known = _number_words(rules)
    if words in known:
        return float(known[words])
    if re.fullmatch(HAN_NUMBER, words):
        return float(han_value(words))
    total, last = 0, 10**9
    for word in re.split(r"[\s\-]+", words):
        if word not in known:
            continue  # "and", "y", "e"
        value = known[word]
        if value in (100, 1000) and total:
            total, last = total * value, value
        elif value < last:
            total, last = total + value, value
        else:
            return None
    return float(total) if total else None


def _digits_value(text: str, rules: LanguageRules) -> float | None:
    plain_digits = "".join(str(int(c)) if c.isdecimal() else c for c in text).strip()
    grouped = re.fullmatch(rf"\d{{1,3}}(?:[.,{MARKS}]\d{{3}})+(?:[.,\u066b]\d+)?", plain_digits)
    if grouped:
        mark = plain_digits[len(re.match(r"\d+", plain_digits)[0])]  # type: ignore[index]
        if mark in MARKS or mark in rules.numbers.thousands:
            plain_digits = plain_digits.replace(mark, "")
    plain_digits = plain_digits.replace("\u066b", ".").replace(",", ".")
    try:
        return float(plain_digits)
    except ValueError:
        return None


def _one_space(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower().replace("’", "'").replace("ſ", "s")


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in sorted(set(words), key=lambda word: (-len(word), word)))


@cache
def _number_words(rules: LanguageRules) -> dict[str, int]:
    return {word.lower(): value for word, value in rules.numbers.words.items()}


@cache
def _fractions(rules: LanguageRules) -> dict[str, tuple[int, int]]:
    return {word.lower(): value for word, value in rules.numbers.fractions.items()}


@cache
def _units(rules: LanguageRules) -> dict[str, str]:
    units: dict[str, str] = {}
    for name in ("days", "weeks", "months", "years", "percent"):
        units |= {word.lower(): name for word in getattr(rules.units, name)}
    return units


@cache
def _pattern(rules: LanguageRules) -> re.Pattern[str]:
    """Return the pattern of a figure with its unit in a language."""
    edge_before, edge_after = (rf"(?<!{LETTER})", rf"(?!{LETTER})") if rules.spaced else ("", "")
    digits = rf"(?:\d{{1,3}}(?:[.,{MARKS}]\d{{3}})+(?!\d)(?:[.,\u066b]\d+)?|\d+(?:[.,\u066b]\d+)?)(?:\s?[{''.join(VULGAR)}])?"
    if rules.spaced:
        word = _either(list(_number_words(rules))) or r"(?!)"
        joint = r"(?:[\s\-]+(?:and|et|y|e|und|en|na|kai|και|a|i|og|och)\s+|[\s\-]+)"
        spelled = rf"{edge_before}(?:{word})(?:{joint}(?:{word}))*{edge_after}"
    else:
        spelled = HAN_NUMBER
    number = rf"(?:(?<![\d.,])(?:{digits})(?!\d)|{spelled})"
    unit = _either([word for word in _units(rules) if word]) or r"(?!)"
    percent = _either([word for word in rules.units.percent if word]) or r"(?!)"
    aside = r"(?:\s*[(（\[][^()（）\[\]]{1,40}[)）\]])?"  # "60 (sixty) per cent"
    close = edge_after if rules.spaced else ""
    between = r"(?:[^\W\d_]{3,16}\s+)?" if rules.spaced else ""  # "182 consecutive days"
    duration = _either([word for word, name in _units(rules).items() if name != "percent"]) or r"(?!)"
    ranks = _either([word for word in rules.numbers.ordinals if not word[0].isdecimal()]) or r"(?!)"
    fraction = _either(list(_fractions(rules))) or r"(?!)"
    small = r"(?P<top>\d)\s?/\s?(?P<bottom>\d{1,2})(?![\d/])"
    also = r"\s+(?:(?:and|y|et|e|und|en|og|och|a)\s+)?" if rules.spaced else ""
    of_a = r"\s+(?:(?:an?|of\s+an?|un|une|eine[sr]?)\s+)?" if rules.spaced else ""
    one, and_ = (r"(?:(?:an?|une?|eine?|uma?|een)\s+)", r"\s+(?:and|y|et|e|und|en|og|och)\s+") if rules.spaced else ("", "")
    parts = [
        rf"(?P<n5>{number}){also}(?P<fraction>{fraction})[\s\-]*(?P<u5>{unit}){close}" if also else "",  # "sixteen and two-thirds per cent"
        rf"{edge_before}(?P<rank>{ranks}|\d{{1,3}}(?:\.|st|nd|rd|th|e|ème|º|ª|°|η))\s*(?P<u4>{duration}){close}",
        rf"{edge_before}{one}(?P<u7>{duration}){and_}(?P<fraction8>{fraction}){edge_after}" if and_ else "",  # "a year and a half"
        rf"{edge_before}(?P<fraction6>{fraction}){of_a}(?P<u6>{duration}){close}" if of_a else "",  # "half a year"
        rf"{edge_before}(?P<fraction7>{fraction}){edge_after}",
        rf"(?P<n8>\d+)\s+{small}\s*(?P<u8>{unit}){close}",  # "12 1/2 per cent"
        rf"(?P<u3>{percent})\s*(?P<n3>{number})" if not rules.spaced or rules.units.unit_first else "",
        rf"(?P<n1>{number}){aside}[\s\-‑]*(?P<u1>{unit}){close}",
        rf"(?P<n2>{number}){aside}\s+{between}(?P<u2>{duration}){close}" if between and not rules.units.unit_first else "",
        rf"(?<![\d/.,]){small.replace('top', 'top9').replace('bottom', 'bottom9')}",
    ]
    if rules.units.unit_first:
        parts.insert(0, rf"{edge_before}(?P<u2>{unit})\s+(?P<n2>{number})")
    pattern = "|".join(part for part in parts if part)
    return re.compile(pattern, re.IGNORECASE)
