"""The printed labels of provisions: numbers in every script, and the patterns that find them in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers import HAN_NUMBER, han_value
from lexfloor.pipeline.records import Level

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN_NUMBER = (
    r"(?:[LRDA]\s?\.?\s?\*?\s?(?=\d))?\d+(?:\s?[.:\-–]\s?\d+)*"  # 36, 3:7, 3.2.5, L. 521-11
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[ᵃ-ᶻⁱʳ]+|\s?\.?[ºª](?!\w)|°)?"  # 27¹, 3.º
)
_LETTERED = r"(?:[-–][^\W\d_](?![\w’'])(?!\s(?-i:[a-zà-ÿ]))|[^\W\d_]{1,2}(?![\w’']))?"  # 7-A, 20Α, 35aa; not "6-Se", "5-A los"
_GREEK_NUMBER = r"(?:[ΙΧ]{1,4}|[ΙΚΛ]?[Α-Θ]|ΣΤ|Ι?ΣΤ|[ΙΚΛ])(?!\w)[΄’'ʹ´]?"
_GROUP_LETTERS = rf"[IVXLCDM]+(?![\w’'])|{_GREEK_NUMBER}|[A-ZΑ-Ω](?![\w’'])’?"
_UNSPACED = rf"(?:{HAN_NUMBER}|\d+(?:\s?[-–]\s?\d+)?)"


def roman_value(text: str) -> int | None:
    """Return the value of a Roman number, None where the letters are none.

    >>> roman_value("xiv"), roman_value("iiv"), roman_value("ab")
    (14, None, None)
    """
    if not re.fullmatch(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", text := text.lower()) or not text:
        return None
    total = 0
    for letter, following in zip(text, [*text[1:], ""], strict=True):
        value = ROMAN[letter]
        total += -value if following and ROMAN[following] > value else value
    return total


_HAN_LABEL = re.compile(rf"第({HAN_NUMBER})")
_HAN_REST = re.compile(rf"[之の]({HAN_NUMBER})")
_RAISED_RUN = re.compile(rf"([{RAISED}]+)")
_NUMBER_IN = re.compile(r"(?:\b[LRDA]\.?\s?)?\d.*|\b[IVXLCDM]+\b")
_ORDINAL_END = re.compile(r"(?<=\d)\.?[ºª°]|(?<=\d)(?:er|re|ᵉʳ)\b")
_JOINTS = re.compile(r"[^\w]+")


@lru_cache(maxsize=1 << 16)
def normalized(label: str) -> str:
    """Return a label's number in one spelling, for ids and comparison: without the word before it.

    >>> normalized("Artículo 13-BIS."), normalized("§ 27¹"), normalized("第三十五条"), normalized("Art. L. 521-11")
    ('13-bis', '27-1', '35', 'l-521-11')
    """
    if found := _HAN_LABEL.search(label):
        rest = _HAN_REST.search(label)
        return str(han_value(found[1])) + (f"-{han_value(rest[1])}" if rest else "")
    text = _RAISED_RUN.sub(lambda raised: "-" + "".join(str(RAISED.index(c)) for c in raised[1]), label)
    text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    if found := _NUMBER_IN.search(text):
        text = found[0]
    text = _ORDINAL_END.sub("", text)
    return _JOINTS.sub("-", text.lower()).strip("-_") or "x"


def number_of(label: str) -> str:
    """Return a label's number for comparison across spellings.

    >>> number_of("Artículo 5.º") == number_of("Art. 5") == "5"
    True
    """
    return normalized(label).replace("-", "")


def _alternatives(words: Iterable[str]) -> str:
    ordered = sorted({word.lower() for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@cache
def level_patterns(rules: LanguageRules) -> tuple[tuple[Level, re.Pattern[str]], ...]:
    """Return, per level of grouping and for the section, the pattern of a heading's label at the start of a line.

    Groups named ``word`` (where the language prints one) and ``number``; matching ignores case.
    """
    structure = rules.structure
    named = [
        (Level.SECTION, structure.section),
        (Level.BOOK, structure.book),
        (Level.PART, structure.part),
        (Level.TITLE, structure.title),
        (Level.CHAPTER, structure.chapter),
        (Level.DIVISION, structure.division),
        (Level.SUBDIVISION, structure.subdivision),
        (Level.SCHEDULE, structure.schedule),
    ]
    ordinals = _alternatives(structure.ordinals) if structure.ordinals else r"(?!)"
    joints = _alternatives([",", "–", "-", *rules.references.joints, *rules.references.ranges])
    suffix = rf"(?:[\s.\-]?(?:{_alternatives(structure.suffixes)})(?!\w))?"
    section_number = rf"{_PLAIN_NUMBER}{suffix}{_LETTERED}"
    group_number = rf"(?:{section_number}|{_GROUP_LETTERS})"
    patterns = []
    for level, words in named:
        if not words:
            continue
        word = _alternatives(words)
        number = section_number if level is Level.SECTION else group_number
        edge = r"(?<!\w)"
        if not rules.spaced:
            form = rf"第\s?(?P<number>{_UNSPACED})\s?(?P<word>{word})(?:[之の]{_UNSPACED})*"
            if level is Level.SCHEDULE:
                form = rf"(?P<word>{word})(?:\s?(?P<number>第?{HAN_NUMBER}|第?\d+))?"
        else:
            several = rf"(?:\s?(?:{joints})\s?{number})?"
            after = rf"(?P<word>{word})(?:(?<=[§.])\s*|\s*[:.]?\s+|\s*[-–]?\s*(?=\d))(?P<number>{number}{several}|(?:{ordinals})(?!\w){suffix})"
            if level is Level.SCHEDULE:
                after = rf"(?P<word>{word})(?:\s+(?P<number>{number}|(?:{ordinals}))(?!\w))?"
            form = f"{edge}(?:{after})"
            if structure.number_first:
                first = rf"(?P<number1>{number}(?:\s[a-zåäö](?=\s))?|(?:{ordinals}))\.?\s*(?P<word1>{word})(?!\w)"
                form = f"(?:{form}|{first})"
            elif structure.ordinals and level is not Level.SECTION:
                form = rf"(?:{form}|(?P<number1>{ordinals})\s+(?P<word1>{word})(?!\w))"
        patterns.append((level, re.compile(form, re.IGNORECASE)))
    return tuple(patterns)


@cache
def cited_sections(rules: LanguageRules) -> re.Pattern[str]:
    """Return the pattern of running text that names sections: "article 97", "articles 186 et 195", "§ 20a", "第五条"; letter case does not count."""
    words = _alternatives([*rules.structure.section, *rules.references.section])
    if not rules.spaced:
        return re.compile(rf"第\s?{_UNSPACED}\s?(?:{words})(?:[之の]{_UNSPACED})*")
    number = rf"\d+(?:[.\-–]\d+)*(?:[{RAISED}]+|\s?\.?[ºª°](?!\w)|ᵉʳ|er\b)?(?:[\s.\-]?(?:{_alternatives(rules.structure.suffixes)})(?!\w))?{_LETTERED}"
    joints = _alternatives(["–", "-", *rules.references.joints, *rules.references.ranges])
    several = rf"(?:(?:,\s?{number})*\s?(?:{joints})\s?{number})?"
    form = rf"(?<!\w)(?:{words})\s*{number}{several}"
    return re.compile(rf"{form}|(?<!\w){number}\s?(?:{words})(?!\w)" if rules.structure.number_first else form, re.IGNORECASE)


@cache
def roman_heading(rules: LanguageRules) -> re.Pattern[str]:
    """Return the pattern of a line that holds a section's word and a Roman number and nothing else: "Article IV. —"."""
    return re.compile(rf"(?P<word>{_alternatives(rules.structure.section)})\s+(?P<number>(?-i:[IVXLC]+))\s*[.:—–-]*\s*[—–-]*$", re.IGNORECASE)
