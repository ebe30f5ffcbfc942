"""Amounts of money on one time basis."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.corpora.statistics import Period
from lexfloor.pipeline.errors import InputError

IN_A_MONTH: dict[Period, float] = {"day": 365.25 / 12, "week": 365.25 / 84, "month": 1.0, "year": 1 / 12}
"""How often a period falls into a month; a day is a calendar day, a year has 365.25. Source: C102, art. 65(4) and 66(2): one time basis."""
_SHOWN: dict[Period, str] = {"day": "× 365.25 / 12", "week": "× 365.25 / 84", "year": "/ 12"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money for each day, week, month or year; ``currency`` is an ISO 4217 code.

    Raises:
        ValueError: the value is negative.
    """

    value: float
    currency: str
    period: Period

    def __post_init__(self) -> None:
        """Refuse negative amounts."""
        if self.value < 0:
            raise ValueError(f"an amount of {self.value} is below 0")

    @property
    def monthly(self) -> float:
        """The sum for a month, calendar days counted."""
        return self.value * IN_A_MONTH[self.period]

    def share_of(self, wage: Amount) -> float:
        """Return the amount in percent of a wage, both on the basis of a month.

        Raises:
            InputError: the two are in different currencies; nothing is exchanged.
        """
        if self.currency != wage.currency:
            raise InputError(f"{self} cannot be measured against {wage}: different currencies; give both in one currency")
        return 100 * self.monthly / wage.monthly

    def __str__(self) -> str:
        """Return "EUR 1,200 a month"; other periods with their value a month."""
        own = f"{self.currency} {self.value:,.10g} a {self.period}"
        return own if self.period == "month" else f"{own} ({_SHOWN[self.period]} = {self.monthly:,.2f} a month)"
