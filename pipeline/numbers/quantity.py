"""A figure of a text: value, unit and place."""

from __future__ import annotations

from dataclasses import dataclass

DURATIONS = frozenset({"days", "weeks", "months", "years"})
AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit and its place in the text.

    The unit is days, weeks, months, years, hours, percent, times, or "amount_" with the ISO 4217 code of a currency
    (XXX where nothing tells). ``ordinal`` is true for "the fourth day", "78. Woche"; ``high`` is the upper end
    of a range; ``own_unit`` is the unit as printed, empty for a fraction that stands alone. ``every`` is true of a length of
    time after which something comes again or by which something is counted: "every six months", "annually", "per 30 days".
    ``standing`` is 1 for a printed figure, less for pay in words: 100 percent that is stated ("full pay") or only named
    ("an amount equal to her wages").
    """

    value: float
    unit: str
    start: int
    end: int
    ordinal: bool = False
    high: float | None = None
    own_unit: str = ""
    every: bool = False
    standing: float = 1.0
