"""Years in running text: four figures from 1800 to 2099 that are no amount, no number of a provision and no duration."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.units import format_unit

from lexfloor.corpora.languages import LanguageRules
from lexfloor.eval.masking.names import YEAR
from lexfloor.eval.masking.stretch import Stretch
from lexfloor.pipeline.words import LETTER

FIRST, LAST = 1800, 2099
SEEN = 80
"""Characters before a number that are read for the words of a reference."""
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DATE_BEFORE = re.compile(r"(?<!\d)\d{1,2}\s?\\?[./\-]\s?(?:\d{1,2}|[IVX]{1,4})\s?\\?[./\-]\s?$")
_DATE_AFTER = re.compile(r"([./\-])\d{1,2}\1\d{1,2}(?!\d)")
_AMOUNT_BEFORE, _AMOUNT_AFTER = re.compile(r"\d[.,'’]$"), re.compile(r"[.,'’]\d")
_LABEL_BEFORE, _LABEL_AFTER = re.compile(r"(?:^|\n)[^\w\n]*$"), re.compile(r"[.)]\W")
_LETTER_BEFORE, _LETTER_AFTER = re.compile(rf"(?!_){LETTER}$"), re.compile(rf"(?!_){LETTER}")
_NUMBER_BEFORE = re.compile(r"\d\s+$")
_HAN_YEAR = re.compile(r"[一二][〇零○Ｏ一二三四五六七八九]{3}(?=年)")


def years(text: str, rules: LanguageRules, money: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield the years of a text; ``money`` are its words and signs for money: a number beside one is an amount.

    A number before a word for days, weeks, months or any measure of CLDR (hours, kilometres) is no year. One before a word for
    years is: no law speaks of 1,800 years.
    """
    begins: set[int] = set()
    ends: set[int] = set()
    for stretch in money:
        begins.add(stretch.start)
        ends.add(stretch.end)
    for found in _FOUR.finditer(text):
        if FIRST <= int(found[0]) <= LAST and _is_year(text, found.start(), found.end(), rules, begins, ends):
            yield Stretch(found.start(), found.end(), YEAR)
    if not rules.spaced:
        for found in _HAN_YEAR.finditer(text):
            yield Stretch(found.start(), found.end(), YEAR)


def _is_year(text: str, start: int, end: int, rules: LanguageRules, begins: set[int], ends: set[int]) -> bool:
    before = text[max(0, start - SEEN) : start]
    dated = _DATE_BEFORE.search(before) is not None
    if rules.spaced and (_LETTER_BEFORE.search(before[-1:]) or _LETTER_AFTER.match(text, end)):
        return False
    if not dated and (_AMOUNT_BEFORE.search(before) or (_AMOUNT_AFTER.match(text, end) and not _DATE_AFTER.match(text, end))):
        return False
    if not ends.isdisjoint((start, start - 1)) or not begins.isdisjoint((end, end + 1)):
        return False
    if _LABEL_BEFORE.search(before) and _LABEL_AFTER.match(text, end):
        return False
    duration, measure = _measures(rules)
    if measure.match(text, end) or (_NUMBER_BEFORE.search(before) and duration.match(text, end)):
        return False
    return _reference(rules).search(before) is None


@cache
def _measures(rules: LanguageRules) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what follows a number: a word for years, and any other measure."""
    close = rf"(?!{LETTER})" if rules.spaced else ""
    units = rules.units
    measures = {*units.days, *units.weeks, *units.months, *units.percent, *_cldr_measures(rules.code)} - set(units.years)
    return re.compile(rf"[\s\-]{{0,2}}(?:{_either(units.years)}){close}", re.IGNORECASE), re.compile(rf"[\s\-]{{0,2}}(?:{_either(measures)}){close}", re.IGNORECASE)


def _cldr_measures(code: str) -> set[str]:
    """Return the words for measures other than years in a language, long forms, as they stand after a number."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return set()
    measures = [measure for measure in locale.unit_display_names if not measure.startswith("duration-year")]
    printed = [format_unit(count, measure, locale=locale) for measure in measures for count in (1, 2, 5)]
    return {form[1:].strip() for form in printed if form[0].isdecimal() and len(form) > 2}


@cache
def _reference(rules: LanguageRules) -> re.Pattern[str]:
    """Return the pattern of a reference to a provision that ends where its number would come, other numbers in between."""
    references = rules.references
    units = {*rules.structure.section, *references.section, *references.subsection, *references.paragraph, *references.item, "§", "§§"} - {word.lower() for word in references.act}
    joints = _either({*references.joints, ",", "-", "–", ";"})
    return re.compile(rf"(?<!{LETTER})(?:{_either(units)})[\s*]*(?:\d+[\w.]*\s*(?:{joints})\s*){{0,6}}$", re.IGNORECASE)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True) if word) or r"(?!)"
