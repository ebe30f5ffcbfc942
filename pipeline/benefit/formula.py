"""The arithmetic of benefit formulas, in percent of the reference wage: no law, no statistics, no guesses.

Each function returns what it computed with the line of arithmetic that a lawyer can read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A percentage and the lines of arithmetic that lead to it."""

    percent: float
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A rate, in percent, and for how many days it is paid; None for the rest of the contingency."""

    percent: float
    days: float | None = None


@dataclass(frozen=True, slots=True)
class Accrual:
    """What each year or month of contribution adds.

    Attributes:
        percent: added for each ``per``.
        after: years of contribution that are not counted because a base rate covers them.
        most: years that count at most, ``after`` not included; None without limit.
    """

    percent: float
    per: Literal["year", "month"] = "year"
    after: float = 0.0
    most: float | None = None

    def earned(self, years: float) -> Counted:
        """Return what a number of years of contribution adds."""
        counting = max(0.0, years - self.after)
        if self.most is not None:
            counting = min(counting, self.most)
        units = counting * 12 if self.per == "month" else counting
        return Counted(units * self.percent, (f"{units:g} {self.per}s × {self.percent:g}% = {units * self.percent:.4g}%",))


def after_years(base: float, accruals: Sequence[Accrual], years: float, maximum: float | None = None) -> Counted:
    """Return base rate and accruals together after a number of years, no more than the maximum."""
    parts = [accrual.earned(years) for accrual in accruals]
    total = base + sum(part.percent for part in parts)
    steps = [step for part in parts for step in part.steps]
    if parts and base:
        steps.append(f"{base:g}% base rate + {total - base:.4g}% = {total:.4g}%")
    if maximum is not None and total > maximum:
        steps.append(f"{total:.4g}%, at most {maximum:g}% = {maximum:g}%")
        total = maximum
    return Counted(total, tuple(steps))


def lowest_during(stages: Sequence[Stage], days: float) -> Counted:
    """Return the lowest rate that falls into the first days of payment: the level that is secured throughout them.

    Raises:
        ValueError: there is no stage, or the stages end before the days do.
    """
    paid = _within(stages, days)
    lowest = min(stage.percent for stage, _ in paid)
    shown = ", ".join(f"{stage.percent:g}%" for stage, _ in paid)
    return Counted(lowest, (f"lowest of {shown} during the first {days:g} days = {lowest:g}%",) if len(paid) > 1 else ())


def average_during(stages: Sequence[Stage], days: float) -> Counted:
    """Return the average rate of the first days of payment. Source: C102, art. 50: maternity benefit may vary in its course.

    Raises:
        ValueError: there is no stage, or the stages end before the days do.
    """
    paid = _within(stages, days)
    average = sum(stage.percent * length for stage, length in paid) / days
    shown = " + ".join(f"{length:g} × {stage.percent:g}%" for stage, length in paid)
    return Counted(average, (f"({shown}) / {days:g} days = {average:.4g}%",) if len(paid) > 1 else ())


def _within(stages: Sequence[Stage], days: float) -> list[tuple[Stage, float]]:
    paid, left = [], days
    for stage in stages:
        if left <= 0:
            break
        length = left if stage.days is None else min(left, stage.days)
        paid.append((stage, length))
        left -= length
    if left > 0 or not paid:
        raise ValueError(f"the rates are paid for {days - left:g} of {days:g} days")
    return paid


def together(widow: float, child: float, children: int, most: float | None = None) -> Counted:
    """Return what a widow and her children receive together, no more than what the law allows the family."""
    total = widow + children * child
    steps = [f"widow {widow:g}% + {children} × {child:g}% for a child = {total:g}%"]
    if most is not None and total > most:
        steps.append(f"{total:g}%, all survivors together at most {most:g}% = {most:g}%")
        total = most
    return Counted(total, tuple(steps))


def of_pension(percent: float, pension: float) -> Counted:
    """Return a share of the pension of the deceased in percent of his earnings."""
    result = percent * pension / WHOLE
    return Counted(result, (f"{percent:g}% of a pension of {pension:.4g}% = {result:.4g}%",))


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds a benefit, each in percent of the reference wage.

    Attributes:
        earnings: earnings above this do not count (ceiling on earnings).
        benefit: no more than this is paid (ceiling on the benefit).
        minimum: no less than this is paid.
        family: family allowances, payable at work and during the contingency alike.
    """

    earnings: float | None = None
    benefit: float | None = None
    minimum: float | None = None
    family: float = 0.0


def replacement(percent: float, limits: Limits) -> Counted:
    """Return the replacement rate of a person whose previous earnings are the reference wage.

    Source: C102, art. 65(1) and 66(1): family allowances are added to the benefit and to the wage; art. 65(3): ceilings.
    """
    benefit, steps = percent, []
    if limits.earnings is not None and limits.earnings < WHOLE:
        benefit = percent * limits.earnings / WHOLE
        steps.append(f"{percent:.4g}% of counted earnings, {limits.earnings:.4g}% of the reference wage = {benefit:.4g}% of the wage")
    if limits.benefit is not None and limits.benefit < benefit:
        benefit = limits.benefit
        steps.append(f"no more is paid than {benefit:.4g}% of the wage")
    if limits.minimum is not None and limits.minimum > benefit:
        benefit = limits.minimum
        steps.append(f"no less is paid than {benefit:.4g}% of the wage")
    if not limits.family:
        return Counted(benefit, tuple(steps))
    rate = WHOLE * (benefit + limits.family) / (WHOLE + limits.family)
    steps.append(f"({benefit:.4g} + family allowances {limits.family:.4g}) / (100 + {limits.family:.4g}) = {rate:.4g}%")
    return Counted(rate, tuple(steps))


def lowered_floor(floor: float, points: float, years: float, least: float, full: float) -> float:
    """Return the percentage asked of a benefit secured after ``years``: ``points`` lower at ``least`` years, the whole at ``full``.

    Source: C102, art. 29(3)-(4), 57(3)-(4), 63(3)-(4).
    """
    if years >= full:
        return floor
    return floor - points * (full - max(years, least)) / (full - least)
