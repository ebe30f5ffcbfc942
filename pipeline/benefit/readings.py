"""The percentage of earnings that a law's figures secure, in the least and the most favourable reading of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lexfloor.pipeline.benefit.convention import Profile
from lexfloor.pipeline.benefit.formula import WHOLE, Accrual, Counted, after_years, average_during, lowest_during, of_pension, together
from lexfloor.pipeline.benefit.reference import Missing, cases_of, highest_of, percent_of, shown
from lexfloor.pipeline.benefit.select import Selected
from lexfloor.pipeline.records import Parameter

YEARLY_FROM = 0.5
"""A rate that accrues is one for a year from here on; a smaller one may be one for a month."""
CREDITED = "years credited for the time after the contingency"
"""What pensions before old age often count beside the years of contribution."""

EARNINGS_OR_PENSION = "whether the survivors' rates are shares of the earnings or of the pension of the deceased"


@dataclass(frozen=True, slots=True)
class Readings:
    """The least and the most that the figures may mean, in percent; ``why`` they differ; ``more`` may raise even the most."""

    least: Counted
    most: Counted
    why: tuple[str, ...] = ()
    more: tuple[str, ...] = ()


def pension(chosen: Selected, years: float | None, old_age: bool = False) -> Readings | None:
    """Return the rate after a number of years of contribution (None: the Part asks for none); None without a figure for it.

    Beside a base rate, years accrue beyond those that the base rate covers: for an old-age pension the qualifying period.
    """
    rates = _percents(chosen.rates)
    if not rates and (not chosen.accruals or years is None):
        return None
    if not chosen.accruals or years is None:
        return _least_and_most(rates, "which of the rates {} the standard beneficiary receives, together or one by one, and for how long", chosen)
    why = []
    base_least, base_most = min(rates, default=0.0), max(_percents(chosen.rates, highest_of), default=0.0)
    if base_least != base_most:
        why.append(f"which of the base rates {_shown(chosen.rates)} holds")
    accrues = _percents(chosen.accruals)
    accrues_most = max(_percents(chosen.accruals, highest_of))
    if min(accrues) != accrues_most:
        why.append(f"for which years the rates {_shown(chosen.accruals)} accrue")
    covered_least = covered_most = 0.0
    if rates:
        known = old_age and chosen.periods
        covered_least, covered_most = (chosen.periods[-1], chosen.periods[0]) if known else (years, 0.0)
        if not known or len(chosen.periods) > 1:
            why.append("years of contribution that the base rate covers")
    monthly = accrues_most < YEARLY_FROM and any("per_month" in cases_of(figure) for figure in chosen.accruals)  # not of "monthly earnings"
    unclear = accrues_most < YEARLY_FROM and not any(cases_of(figure) & {"per_month", "per_year"} for figure in chosen.accruals)
    if unclear:
        why.append(f"whether {_shown(chosen.accruals)} accrues a year or a month")
    maximum = min(_percents(chosen.maximum), default=None)
    least = after_years(base_least, [Accrual(min(accrues), "month" if monthly else "year", covered_least)], years, maximum)
    most = after_years(base_most, [Accrual(accrues_most, "month" if monthly or unclear else "year", covered_most)], years, maximum)
    told = (*(f"rate of {shown(figure)}" for figure in chosen.rates), *(f"accrual of {shown(figure)}" for figure in chosen.accruals))
    once = tuple(dict.fromkeys(told))
    return Readings(replace(least, steps=(*once, *least.steps)), replace(most, steps=(*once, *most.steps)), tuple(why), () if old_age else (CREDITED,))


def staged(chosen: Selected, days: float, averaged: bool) -> Readings | None:
    """Return the rate during the days for which a benefit must be paid, where the law tells how long each rate is paid."""
    lengths = [stage.days for stage in chosen.stages]
    if not lengths or (None not in lengths and sum(length for length in lengths if length) < days):
        return None
    counted = average_during(chosen.stages, days) if averaged else lowest_during(chosen.stages, days)
    return Readings(counted, counted)


def survivors(chosen: Selected, profile: Profile, deceased: Readings | None) -> Readings | Missing:
    """Return what widow and children receive together; ``deceased`` is the pension of the deceased, None where it is not known.

    Rates whose words name no base may be shares of his earnings or of his pension: the two readings.
    """
    widows, children = chosen.rates, chosen.children
    bases = {figure.base for figure in (*widows, *children)}
    if "reference_pension" in bases and len(bases) > 1:
        return Missing((f"one base for the rates {_shown((*widows, *children))}: earnings or pension of the deceased",))
    if deceased is None and bases != {"previous_earnings"}:
        return Missing(("pension of the deceased in percent of his earnings",) if "" not in bases else (EARNINGS_OR_PENSION,))
    widow, child, limit = _percents(widows), _percents(children), min(_percents(chosen.maximum), default=None)
    least = together(min(widow, default=0.0), min(child, default=0.0), profile.children, limit)
    widow_most, child_most = max(_percents(widows, highest_of), default=0.0), max(_percents(children, highest_of), default=0.0)
    most = together(widow_most, child_most, profile.children, limit)
    shares = ((widows, min(widow, default=0.0), widow_most, "the widow"), (children, min(child, default=0.0), child_most, "each child"))
    why = [f"which of the rates {_shown(figures)} holds for {who}" for figures, least_share, most_share, who in shares if least_share != most_share]
    more = [f"share of {who}" for figures, _, _, who in shares if not figures]
    if deceased is not None and bases != {"previous_earnings"}:
        why += deceased.why
        more += deceased.more
        low, high = of_pension(least.percent, deceased.least.percent), of_pension(most.percent, deceased.most.percent)
        least = Counted(low.percent, (*deceased.least.steps, *least.steps, *low.steps))
        if "" in bases:
            why.append(EARNINGS_OR_PENSION)
        most = most if "" in bases and most.percent > high.percent else Counted(high.percent, (*deceased.most.steps, *most.steps, *high.steps))
    return Readings(least, most, tuple(why), tuple(more))


def _least_and_most(rates: Sequence[float], why: str, chosen: Selected) -> Readings:
    limit = min(_percents(chosen.maximum), default=WHOLE * 10)
    distinct = set(rates)
    least, most = min(*distinct, limit), min(max(_percents(chosen.rates, highest_of)), limit)
    told = tuple(dict.fromkeys(f"rate of {shown(figure)}" for figure in chosen.rates))
    told += tuple(f"at most {shown(figure)}" for figure in chosen.maximum if percent_of(figure) == least < min(distinct))
    if len(distinct) > 1 and sum(distinct) <= WHOLE:
        most = min(sum(distinct), limit)  # they may be parts of one benefit
    return Readings(Counted(least, told), Counted(most, told), (why.format(_shown(chosen.rates)),) if least != most else ())


def _percents(figures: Sequence[Parameter], read: Callable[[Parameter], float | None] = percent_of) -> list[float]:
    return [percent for percent in map(read, figures) if percent is not None]


def _shown(figures: Sequence[Parameter]) -> str:
    told = [f"{percent_of(figure):g}%" if figure.high is None else f"{percent_of(figure):g} to {highest_of(figure):g}%" for figure in figures]
    return ", ".join(dict.fromkeys(told))
