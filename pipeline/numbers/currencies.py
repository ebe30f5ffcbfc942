"""Which currencies there are, where they are or were money, and which of several a text means, as the Unicode CLDR has them (through babel)."""

from __future__ import annotations

from datetime import date
from functools import cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

NO_CURRENCY = "XXX"
"""The code of ISO 4217 for no currency: an amount of which nothing tells the currency."""
Codes = frozenset[str]
WIDE: Codes = frozenset({"EUR", "USD", "XDR"})
"""Currencies in which laws of other countries state amounts too, and the unit of account of the International Monetary Fund."""
_ALWAYS = {"start_date": date(1900, 1, 1), "end_date": date(2100, 1, 1)}
_OPEN_END = (9999, 12, 31)


@cache
def currency_codes() -> Codes:
    """Return the ISO 4217 codes of all currencies that are or were in use in a country."""
    return frozenset(code for territory in get_global("territory_currencies") for code in get_territory_currencies(territory, **_ALWAYS))


@cache
def in_use(codes: Codes) -> Codes:
    """Return those of several currencies that are in use today; all where none is."""
    return (codes & _current()) or codes


@cache
def _current() -> Codes:
    return frozenset(code for territory in get_global("territory_currencies") for code in get_territory_currencies(territory))


@cache
def own_currencies(country: str) -> tuple[str, ...]:
    """Return the legal tender of a country (ISO 3166-1, two or three letters), that of today first; empty for any other name.

    >>> own_currencies("LUX"), own_currencies("Freedonia")
    (('EUR', 'LUF'), ())
    """
    known = get_global("territory_currencies")
    territory = country if country in known else next(iter(get_global("territory_aliases").get(country, ())), "")
    rows = [(end or _OPEN_END, begin or (), code) for code, begin, end, tender in known.get(territory, ()) if tender]
    return tuple(code for _, _, code in sorted(rows, reverse=True))


def is_money(mark: str, candidates: Codes, country: str) -> bool:
    """Return whether a mark beside a number stands for money in the law of a country.

    Many single words are both a foreign coin and something else ("marco", "real", "jen"): they count where the coin is the
    country's own, or one that is used everywhere. Signs, codes and names of several words always count, and all do where the
    country is not known.
    """
    own = own_currencies(country)
    return not own or not mark.isalpha() or mark in candidates or bool(candidates & (WIDE | frozenset(own)))


def meant(candidates: Codes, country: str, place: int, named: list[tuple[int, str]]) -> str:
    """Return the currency that a sign or word at a place means, `NO_CURRENCY` where nothing tells.

    The only candidate; else what is or was legal tender of the country whose law it is; else the only one in use today; else
    the candidate that the text names nearest.
    """
    own = next((code for code in own_currencies(country) if code in candidates), None)
    likely = in_use(candidates)
    if own is not None or len(likely) == 1:
        return own or next(iter(likely))
    near = [(abs(start - place), code) for start, code in named if code in candidates]
    return min(near)[1] if near else NO_CURRENCY
