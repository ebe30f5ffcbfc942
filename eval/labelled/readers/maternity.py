"""Maternity leave of countries: weeks and share of wages, each with the footnote on the law that it comes from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lexfloor.eval.labelled.readers.entries import entries, json_of
from lexfloor.pipeline.errors import DataFileError

_LOST_COMMA = re.compile(r"(?<=[^\s.:;,!?])  (?=\S)")


@dataclass(frozen=True, slots=True)
class MaternityLeave:
    """What one country's law gives.

    Attributes:
        country, region: names in English, as published; ``code`` is the country's number as published.
        weeks: length of leave in weeks; ``weeks_note`` the words of the footnote, empty where there are none.
        rate: percent of wages, None where ``wages`` says more than one number ("Unpaid", one rate after another).
        wages: what is paid, in the words as published; ``wages_note`` the words of the footnote, empty where there are none.
    """

    country: str
    code: int
    region: str
    weeks: int
    weeks_note: str
    rate: float | None
    wages: str
    wages_note: str


@dataclass(frozen=True, slots=True)
class _Entry:
    country: str
    region: str
    countryCode: int
    matLeaveLength: int
    matLeaveLengthFootnote: str | int
    wagesPaid: float | str
    wagesPaidFootnote: str | int


def read_maternity(path: Path) -> tuple[MaternityLeave, ...]:
    """Return the countries of a published file (dev.json), in the file's order.

    Raises:
        DataFileError: the file is missing or broken, or a country stands twice.
    """
    found: dict[str, MaternityLeave] = {}
    for number, entry in enumerate(entries(_Entry, json_of(path), path, "country"), 1):
        if entry.country in found:
            raise DataFileError(str(path), f"entry {number} ({entry.country})", "this country stands twice; remove one of the two")
        rate = float(entry.wagesPaid) if not isinstance(entry.wagesPaid, str) else None
        wages = entry.wagesPaid if isinstance(entry.wagesPaid, str) else f"{entry.wagesPaid:g}"
        found[entry.country] = MaternityLeave(
            entry.country,
            entry.countryCode,
            entry.region,
            entry.matLeaveLength,
            _note(entry.matLeaveLengthFootnote),
            rate,
            wages,
            _note(entry.wagesPaidFootnote),
        )
    return tuple(found.values())


def _note(published: str | int) -> str:
    """Return a footnote's words; a number (0) stands where there is no footnote.

    The file was published without its commas, each of which left two spaces behind: they are put back within sentences.
    """
    return _LOST_COMMA.sub(", ", published.strip()) if isinstance(published, str) else ""
