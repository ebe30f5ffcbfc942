"""Names of countries, cities and currencies in a language, as the Unicode CLDR has them (through babel), none chosen.

The words for the people and the language of a country come with the names of its money and of its official languages
("Danish krone", "Dutch").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import get_currency_name, get_territory_currencies

COUNTRY, CITY, CURRENCY, YEAR = KINDS = ("country", "city", "currency", "year")
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of CLDR with two letters that stand for no country."""
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+[^\W\d_]*)*")
"""A word: letters with the marks that Python's ``\\w`` leaves out."""
_ASIDE = re.compile(r"\s*[(（\[].*?(?:[)）\]]|$)")
_PARTS = re.compile(r"\s+[-–—]\s+|\s*[&/,·]\s*|\s+(?:and|und|y|et|e|en|a|ja|και|и)\s+")
COUNTS = (None, 0, 1, 2, 5, 0.5, 100)
"""Counts that together take every form of the plural."""
_ALWAYS = {"start_date": date(1900, 1, 1), "end_date": date(2100, 1, 1)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name as words; ``adjective`` tells that it is the name of a language, or an adjective that says whose a currency is."""

    words: tuple[str, ...]
    kind: str
    adjective: bool = False


@cache
def names(language: str) -> frozenset[Name]:
    """Return all names in a language (ISO 639-1); none where CLDR does not know it."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    territories = sorted(code for code in get_global("territory_currencies") if len(code) == 2 and code not in NO_COUNTRIES)
    found = {name for code in locale.territories if _is_country(code) for name in _parts(str(locale.territories[code]), COUNTRY)}
    tongues = sorted({code for territory in territories for code in get_official_languages(territory)})
    found |= {name for code in tongues if code in locale.languages for name in _parts(str(locale.languages[code]), COUNTRY, True) if len(name.words) == 1}
    found |= {name for city in _cities(locale) for name in _parts(city, CITY)}
    return frozenset(found | set(_money(locale, territories)))


@cache
def currency_codes() -> frozenset[str]:
    """Return the ISO 4217 codes of all currencies that are or were in use in a country."""
    return frozenset(code for territory in get_global("territory_currencies") for code in get_territory_currencies(territory, **_ALWAYS))


@cache
def currency_marks(language: str) -> frozenset[str]:
    """Return the abbreviations of two letters or more by which a language writes currencies: "Kč"."""
    try:
        marks = Locale.parse(language).currency_symbols.values()
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(mark.rstrip(".") for mark in marks if mark.rstrip(".").isalpha() and len(mark) > 1)


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES


def _parts(printed: str, kind: str, adjective: bool = False) -> Iterator[Name]:
    """Yield the names in a name: "Trinidad & Tobago" are two; what stands in brackets is left out."""
    for part in _PARTS.split(_ASIDE.sub("", printed)):
        words = tuple(WORD.findall(part))
        if words and len("".join(words)) > 2 - _unspaced(part):
            yield Name(words, kind, adjective)


def _unspaced(text: str) -> bool:
    """Return whether a text is in a script in which names of two characters are the rule."""
    return any("\u3040" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" for character in text)


def _cities(locale: Locale) -> Iterator[str]:
    """Yield the cities by which time zones are named: most capitals, and the largest city of most countries."""
    known = locale.time_zones
    for zone in get_global("zone_territories"):
        if "/" in zone and not zone.startswith("Etc/"):
            entry = known.get(zone)
            city = str(entry["city"]) if entry is not None and "city" in entry else zone.rpartition("/")[2].replace("_", " ")
            if "," not in city:  # "Center, North Dakota"
                yield city


def _money(locale: Locale, territories: list[str]) -> Iterator[Name]:
    """Yield the words for money ("rupee") and for whose money it is ("Indian") in the names of all currencies."""
    codes = sorted({code for territory in territories for code in get_territory_currencies(territory, **_ALWAYS)})
    printed = {get_currency_name(code, count, locale) for code in codes if code in locale.currencies for count in COUNTS}
    if any(_unspaced(name) for name in printed):
        yield from _money_unspaced(locale, printed)
        return
    split = [tuple(WORD.findall(_ASIDE.sub("", name))) for name in sorted(printed)]
    several = [words for words in split if len(words) > 1]
    last = _repeats(words[-1] for words in several) >= _repeats(words[0] for words in several)
    for words in split:
        if words:
            yield Name(words[-1:] if last else words[:1], CURRENCY)
            owner = words[:-1] if last else words[1:]
            while owner and owner[0].islower() and len(owner[0]) <= 3:  # "rupia de ..."
                owner = owner[1:]
            if owner and len("".join(owner)) > 3:
                yield Name(owner, COUNTRY, owner[0][0].islower())


def _repeats(words: Iterable[str]) -> int:
    """Return how often the most common word comes: words for money stand where few words come often."""
    return max(Counter(word.lower() for word in words).values(), default=0)


def _money_unspaced(locale: Locale, printed: set[str]) -> Iterator[Name]:
    """Yield the names of currencies, whole and without the country that they begin with, of scripts without spaces."""
    owners = sorted((_ASIDE.sub("", str(locale.territories[code])) for code in locale.territories if _is_country(code)), key=len, reverse=True)
    for name in printed:
        whole = _ASIDE.sub("", name)
        owner = next((owner for owner in owners if whole.startswith(owner)), "")
        yield from (Name((word,), CURRENCY) for word in (whole, whole[len(owner) :]) if word)
