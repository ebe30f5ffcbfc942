"""Durations in another unit, and what is assumed on the way."""

from __future__ import annotations

from dataclasses import dataclass

UNIT_DAYS = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12, "years": 365.25}
"""Calendar days in a unit: how durations are converted into each other."""
_LENGTHS = {"days": "calendar days", "weeks": "7 days a week", "months": "30.44 days a month", "years": "365.25 days a year"}
_MONTHS_OF_YEAR = 12


@dataclass(frozen=True, slots=True)
class Conversion:
    """A figure in another unit.

    ``assumption`` says by which lengths it was converted, in words for a lawyer; it is empty where nothing had to be assumed.
    """

    value: float
    unit: str
    assumption: str = ""


def convert(value: float, unit: str, wanted: str) -> Conversion | None:
    """Return a figure in another unit with what is assumed, None between things that do not convert.

    >>> convert(98, "days", "weeks")
    Conversion(value=14.0, unit='weeks', assumption='calendar days, 7 days a week')
    """
    if unit == wanted:
        return Conversion(value, wanted)
    if {unit, wanted} == {"months", "years"}:
        return Conversion(value / _MONTHS_OF_YEAR if wanted == "years" else value * _MONTHS_OF_YEAR, wanted, f"{_MONTHS_OF_YEAR} months a year")
    if {unit, wanted} == {"times", "percent"}:
        return Conversion(value * 100 if wanted == "percent" else value / 100, wanted, "once the base is 100 percent of it")
    if unit in UNIT_DAYS and wanted in UNIT_DAYS:
        lengths = [_LENGTHS[name] for name in UNIT_DAYS if name in (unit, wanted)]
        return Conversion(value * UNIT_DAYS[unit] / UNIT_DAYS[wanted], wanted, ", ".join(lengths))
    return None


def converted(value: float, unit: str, wanted: str) -> float | None:
    """Return a figure in another unit, None between things that do not convert.

    >>> converted(98, "days", "weeks"), converted(3, "percent", "weeks")
    (14.0, None)
    """
    conversion = convert(value, unit, wanted)
    return conversion.value if conversion is not None else None
