"""The wage that benefits are measured against, and other amounts as shares of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lexfloor.corpora.statistics import FIGURES, Period, Statistic, StatisticName, candidates
from lexfloor.pipeline.benefit.amounts import Amount
from lexfloor.pipeline.benefit.convention import SKILLED_OF_AVERAGE
from lexfloor.pipeline.benefit.formula import WHOLE
from lexfloor.pipeline.records import Parameter

EARNINGS = ("", "previous_earnings")
"""Bases that are the person's own earnings; a rate whose words name no base is one of earnings."""
NO_CURRENCY = "XXX"
"""The code of ISO 4217 for no currency: an amount of which the text does not tell the currency."""
PERIODS: dict[str, Period] = {"per_day": "day", "per_week": "week", "per_month": "month", "per_year": "year"}
"""Cases of a figure's qualifier that tell for what time an amount is paid or a rate accrues."""


@dataclass(frozen=True, slots=True)
class Share:
    """Something in percent of the reference wage, and the line that shows how."""

    percent: float
    step: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What would have to be known."""

    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wage:
    """A reference wage as the statistics give it; ``told`` says which it is, of what year."""

    amount: Amount
    year: int
    told: str


def cases_of(parameter: Parameter) -> frozenset[str]:
    """Return the cases that a figure's qualifier names, joined by commas or plus signs."""
    return frozenset(filter(None, parameter.qualifier.replace(" + ", ", ").split(", ")))


def period_of(parameter: Parameter) -> Period | None:
    """Return the time for which an amount is paid, as the qualifier names it; None where it does not."""
    found = {PERIODS[case] for case in cases_of(parameter) if case in PERIODS}
    return found.pop() if len(found) == 1 else None


def shown(parameter: Parameter) -> str:
    """Return a figure as a reader of the law would say it: "EUR 81", "200% of the minimum wage", with its section."""
    if parameter.unit.startswith("amount_"):
        value = f"{parameter.unit.removeprefix('amount_')} {parameter.value:,.10g}"
    else:
        value = f"{parameter.value:g}%" if parameter.unit == "percent" else f"{parameter.value:g} {parameter.unit}"
        value += f" of the {parameter.base.replace('_', ' ')}" if parameter.base else ""
    return f"{value} ({parameter.section or parameter.file})"


def percent_of(parameter: Parameter) -> float | None:
    """Return a figure in percent of its base ("3 times" is 300); None where it is no share of anything."""
    factor = {"percent": 1.0, "times": WHOLE}.get(parameter.unit)
    return None if factor is None else parameter.value * factor


def highest_of(parameter: Parameter) -> float | None:
    """Return the upper end of a range in percent of its base; of a single figure the figure."""
    return percent_of(parameter if parameter.high is None else replace(parameter, value=parameter.high))


@dataclass(frozen=True, slots=True)
class Reference:
    """One of the two reference wages, and one country's statistics.

    Source: C102, art. 65(6): skilled manual male employee; art. 66(4): ordinary adult male labourer.
    """

    figure: Literal["skilled_wage", "labourer_wage"]
    statistics: tuple[Statistic, ...] = ()

    def wages(self, currency: str = "") -> Iterator[Wage]:
        """Yield the reference wage, latest year first; for the skilled worker, where no row gives it, from average earnings."""
        own = candidates(self.statistics, self.figure, currency)
        for row in own:
            yield Wage(_amount(row), row.year, f"{_name(self.figure)} {row.year}: {_amount(row)}")
        if self.figure == "skilled_wage":
            known = {row.currency for row in own}
            for row in candidates(self.statistics, "average_earnings", currency):
                if row.currency not in known:
                    average = _amount(row)
                    amount = Amount(average.value * SKILLED_OF_AVERAGE, average.currency, average.period)
                    yield Wage(amount, row.year, f"{_name(self.figure)} {row.year}: 125% of average earnings of {average} = {amount}")

    def share(self, parameter: Parameter) -> Share | Missing:
        """Return a figure of law in percent of the reference wage, or what is missing for that."""
        if parameter.unit.startswith("amount_"):
            return self._of_amount(parameter)
        percent = percent_of(parameter)
        if percent is None or (parameter.unit == "times" and not parameter.base):
            return Missing((f"what {shown(parameter)} is a share of",))
        if parameter.base in EARNINGS and self.figure == "skilled_wage":
            return Share(percent)  # who is measured earned the reference wage before
        if parameter.base == "average_wage":
            return self._of_average(parameter, percent)
        if parameter.base == "minimum_wage":
            found = self.statistic("minimum_wage")
            return (
                found if isinstance(found, Missing) else Share(percent * found.percent / WHOLE, f"{found.step}; {shown(parameter)} = {percent * found.percent / WHOLE:.4g}% of it")
            )
        return Missing((f"amount of the {parameter.base.replace('_', ' ') or 'base'} of which the law gives {shown(parameter)}",))

    def family(self) -> Share | Missing:
        """Return family allowances for two children in percent of the reference wage."""
        return self.statistic("family_allowance")

    def statistic(self, figure: StatisticName) -> Share | Missing:
        """Return another statistic in percent of the reference wage: of the same currency, of the same year where there is one."""
        for wage in self.wages():
            rows = candidates(self.statistics, figure, wage.amount.currency)
            if rows:
                row = next((row for row in rows if row.year == wage.year), rows[0])
                percent = _amount(row).share_of(wage.amount)
                return Share(percent, f"{wage.told}; {_name(figure)} {row.year}: {_amount(row)} = {percent:.4g}% of it")
        currencies = sorted({wage.amount.currency for wage in self.wages()})
        told = [] if currencies else [wanted(self.figure, candidates(self.statistics, figure))]
        if currencies or not candidates(self.statistics, figure):
            told.append(wanted(figure, (), " or ".join(currencies), candidates(self.statistics, figure)))
        return Missing(tuple(told))

    def _of_amount(self, parameter: Parameter) -> Share | Missing:
        currency, period = parameter.unit.removeprefix("amount_"), period_of(parameter)
        if currency == NO_CURRENCY:
            return Missing((f"currency of {shown(parameter)}",))
        wage = next(self.wages(currency), None)
        lacking = [] if period else [f"period for which {shown(parameter)} is paid (day, week, month or year)"]
        if wage is None:
            lacking.append(wanted(self.figure, (), currency, candidates(self.statistics, self.figure)))
        if wage is None or period is None:
            return Missing(tuple(lacking))
        amount = Amount(parameter.value, currency, period)
        percent = amount.share_of(wage.amount)
        return Share(percent, f"{wage.told}; {amount} = {percent:.4g}% of it")

    def _of_average(self, parameter: Parameter, percent: float) -> Share | Missing:
        found = self.statistic("average_wage")
        if isinstance(found, Share):
            return Share(percent * found.percent / WHOLE, f"{found.step}; {shown(parameter)} = {percent * found.percent / WHOLE:.4g}% of it")
        if self.figure == "labourer_wage":
            return found
        share = percent / SKILLED_OF_AVERAGE
        return Share(share, f"the skilled worker earns 125% of the average (art. 65(6)(d)): {shown(parameter)} / 1.25 = {share:.4g}% of that wage")


def wanted(figure: StatisticName, like: Sequence[Statistic] = (), currency: str = "", others: Sequence[Statistic] = ()) -> str:
    """Return the words for a statistic that is missing: what, in what currency, on what basis, and what the table gives instead."""
    currency = currency or " or ".join(sorted({row.currency for row in like}))
    strange = sorted({row.currency for row in others} - {currency})
    told = f"{FIGURES[figure]}{f', in {currency}' if currency else ','} a month"
    return f"{told} (the table gives it in {', '.join(strange)})" if strange and currency else told


def _amount(row: Statistic) -> Amount:
    return Amount(row.value, row.currency, row.period)


def _name(figure: StatisticName) -> str:
    return FIGURES[figure].partition(" (")[0]
