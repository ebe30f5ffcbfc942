"""Which of a country's figures make up the benefit of a standard beneficiary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.pipeline.benefit.convention import Profile
from lexfloor.pipeline.benefit.formula import WHOLE, Stage
from lexfloor.pipeline.benefit.reference import EARNINGS, PERIODS, cases_of, percent_of
from lexfloor.pipeline.numbers import converted
from lexfloor.pipeline.records import Contingency, Parameter

MEANS_TESTED = "means_tested"
"""The case of a benefit that only persons of small means receive."""
RESIDENCE = "residence"
"""The case of a period that is one of residence."""
NEUTRAL = frozenset({*PERIODS, MEANS_TESTED, RESIDENCE})
"""Cases that do not tell for whom a figure holds."""
FAMILY = frozenset({"widow", "orphan"})
"""Cases of those whom the deceased leaves."""
CLOSE = 0.15
"""A figure this much fainter than the clearest of its kind is still heard."""
RATES = ("replacement_rate", "replacement_rate_survivors")
FLAT_BASES = ("minimum_wage",)
"""Bases that make a rate the same sum for everyone."""

NOT_EARNINGS = ("reference_pension", "contribution")
"""Bases of figures that are no rate of earnings: a supplement to a pension (for survivors it is the rate), a contribution."""
LEADS, LEADS_UNNAMED = 0.75, 0.9
"""From the first strength on a figure may speak for the benefit that the words around it name, from the second for one that they do
not name; what is fainter is heard only beside one that speaks."""
OWN_CASES = frozenset({"with_children", "total_incapacity"})
"""Cases that a standard beneficiary is in and others are not."""
MOST_A_YEAR = 4.0
"""A year of contribution adds no more than this many percent: full pay after 25 years; what adds more rewards work beyond pensionable age."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The figures of a benefit.

    Attributes:
        rates: percent of earnings (or of the pension of the deceased) and of an average wage.
        children: survivors only: the share of each child; the widow's are among ``rates``.
        accruals: percent for each year or month of contribution.
        reduced: what accrues in another section than that of the rates: after fewer years than the rates are for.
        apart: what accrues of another base than earnings, and so comes on top.
        maximum: ceilings in percent of the same base as the rates.
        ceilings: other ceilings, on earnings or on the benefit.
        minimums: the least that is paid.
        flat, flat_children: amounts and shares of the minimum wage: the benefit itself where it is a flat rate.
        periods: years of contribution that the law asks for, from the shortest; empty where no figure tells.
        stages: rates with the time for which each is paid, where one sentence gives both; else empty.
        means_tested: a figure says that the benefit depends on means.
    """

    rates: tuple[Parameter, ...] = ()
    children: tuple[Parameter, ...] = ()
    accruals: tuple[Parameter, ...] = ()
    reduced: tuple[Parameter, ...] = ()
    apart: tuple[Parameter, ...] = ()
    maximum: tuple[Parameter, ...] = ()
    ceilings: tuple[Parameter, ...] = ()
    minimums: tuple[Parameter, ...] = ()
    flat: tuple[Parameter, ...] = ()
    flat_children: tuple[Parameter, ...] = ()
    periods: tuple[float, ...] = ()
    stages: tuple[Stage, ...] = ()
    means_tested: bool = False


def selected(figures: Sequence[Parameter], profile: Profile, *, accrues: bool = True) -> Selected:
    """Return the figures that hold for a standard beneficiary, of the scheme whose figures are told most clearly.

    A figure for another case (early pensions, special work, the other sex) is left out; figures without a case hold for all.
    Rates and what accrues beside them stand in one section; only what survivors receive is told in several. ``accrues`` says
    whether the Part's benefit may grow with the years at all.
    """
    own = [figure for figure in figures if cases_of(figure) - NEUTRAL <= profile.fits]
    leading = _leading(own, profile, accrues=accrues)
    if leading is None:
        return Selected(periods=_years(own))
    scheme = [figure for figure in own if figure.file == leading.file]
    formula = scheme if profile.survivors else [figure for figure in scheme if figure.provision == leading.provision]
    told = [figure for figure in formula if _is_rate(figure, profile)]
    if profile.survivors and any(figure.kind == RATES[1] for figure in told):
        told = [figure for figure in told if figure.kind == RATES[1]]
    rates = [figure for figure in told if figure.comparator != "at_most"]
    minimums = [figure for figure in scheme if figure.kind == "minimum_benefit"]
    flat = [figure for figure in (*rates, *minimums) if figure.unit.startswith("amount_") or figure.base in FLAT_BASES]
    related = _for_his_case([figure for figure in rates if figure not in flat and percent_of(figure) is not None])
    if not related:
        flat += [figure for figure in minimums if figure not in flat and figure.base == "average_wage"]
    maximum, ceilings = _caps(told, related, [figure for figure in scheme if figure.kind == "ceiling"], formula)
    accruals = [figure for figure in formula if figure.kind == "accrual_rate" and figure.value <= MOST_A_YEAR]
    elsewhere = [figure for figure in scheme if figure not in formula and figure.kind == "accrual_rate" and figure.value <= MOST_A_YEAR]
    shares = [figure for figure in flat if figure.base in FLAT_BASES]
    bases = ("previous_earnings",) if shares and not related else ("", "previous_earnings")  # what accrues beside a flat rate is a share of that
    return Selected(
        rates=_clear([figure for figure in related if not _of_child(figure)]),
        children=_clear([figure for figure in related if _of_child(figure)]),
        accruals=_clear([figure for figure in accruals if figure.unit == "percent" and figure.base in bases]),
        reduced=_clear([figure for figure in elsewhere if figure.unit == "percent" and figure.base in bases]),
        apart=_clear([figure for figure in accruals if figure.unit != "percent" or figure.base not in bases]),
        maximum=_clear(maximum),
        ceilings=_clear(ceilings),
        minimums=_clear([figure for figure in minimums if not _of_child(figure)]),
        flat=_clear([figure for figure in flat if not _of_child(figure)]),
        flat_children=_clear([figure for figure in flat if _of_child(figure)]),
        periods=_years(scheme),
        stages=_stages(related, scheme),
        means_tested=any(MEANS_TESTED in cases_of(figure) for figure in flat),
    )


def _leading(own: Sequence[Parameter], profile: Profile, *, accrues: bool) -> Parameter | None:
    """Return the figure whose section gives the benefit: a rate, what accrues, or a least amount; None where none is clear."""
    kinds = ("minimum_benefit", "accrual_rate") if accrues else ("minimum_benefit",)
    clear = [figure for figure in own if figure.strength >= (LEADS if figure.contingency else LEADS_UNNAMED)]
    heard = [figure for figure in clear if _is_rate(figure, profile) or (figure.kind in kinds and figure.base not in _barred(profile))]
    return max(heard, key=_rank, default=None)


def _is_rate(figure: Parameter, profile: Profile) -> bool:
    """Whether a figure is a rate of the benefit: more than the whole of the earnings is pay, not benefit."""
    kinds = RATES if profile.survivors else RATES[:1]
    percent = percent_of(figure)
    whole = percent is None or percent <= WHOLE or figure.base not in EARNINGS
    his = profile.survivors and figure.kind != RATES[1] and figure.contingency is not Contingency.SURVIVORS and not cases_of(figure) & FAMILY  # the worker's own
    return figure.kind in kinds and figure.base not in _barred(profile) and whole and not his


def _barred(profile: Profile) -> tuple[str, ...]:
    return NOT_EARNINGS[1:] if profile.survivors else NOT_EARNINGS


def _for_his_case(rates: Sequence[Parameter]) -> list[Parameter]:
    """Return the rates told for the beneficiary's own case where they are no lower than the general ones: a lower one comes on top."""
    own = [figure for figure in rates if cases_of(figure) & OWN_CASES]
    general = [figure for figure in rates if figure not in own]
    return own if own and min(map(_value, own)) >= max(map(_value, general), default=0.0) else list(rates)


def _caps(told: Sequence[Parameter], related: Sequence[Parameter], ceilings: Sequence[Parameter], formula: Sequence[Parameter]) -> tuple[list[Parameter], list[Parameter]]:
    """Return the caps in percent of what the rates are taken of, and all other ceilings.

    A rate of "at most" so much is a cap and secures nothing; what is less than half of every rate caps something else,
    and so does what stands in another section than the formula: bands of earnings, say.
    """
    sections = {figure.provision for figure in related}
    tops = [figure for figure in told if figure.comparator == "at_most" and figure.unit == "percent" and (figure.provision in sections or not related)]
    caps = [figure for figure in ceilings if figure.unit == "percent" and figure.base in ("", "previous_earnings", "reference_pension")]
    least = min(map(_value, related), default=0.0) / 2
    return [figure for figure in (*caps, *tops) if figure.value >= least and figure in formula], [figure for figure in ceilings if figure not in caps]


def _value(figure: Parameter) -> float:
    return percent_of(figure) or 0.0


def _rank(figure: Parameter) -> tuple[bool, float]:
    """General figures first, then clear ones."""
    return not cases_of(figure) - NEUTRAL, figure.strength


def _of_child(figure: Parameter) -> bool:
    cases = cases_of(figure)
    return "orphan" in cases and "widow" not in cases


def _clear(figures: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return the figures that are told nearly as clearly as the clearest; of widows' rates those for a widow with children."""
    bar = max((figure.strength for figure in figures), default=0.0) - CLOSE
    heard = [figure for figure in figures if figure.strength >= bar]
    widows = [figure for figure in heard if {"widow", "with_children"} <= cases_of(figure)] or [figure for figure in heard if "widow" in cases_of(figure)]
    return tuple(widows or heard)


def _years(figures: Sequence[Parameter]) -> tuple[float, ...]:
    """Return the general qualifying periods in years, from the shortest."""
    periods = _clear([figure for figure in figures if figure.kind == "qualifying_period"])
    years = [converted(figure.value, figure.unit, "years") for figure in periods]
    return tuple(sorted({value for value in years if value is not None}))


def _stages(rates: Sequence[Parameter], scheme: Sequence[Parameter]) -> tuple[Stage, ...]:
    """Return rates with their durations where one sentence gives them in turn: "70% for 180 days, 60% thereafter"."""
    if len(rates) < 2 or len({(rate.file, rate.clause) for rate in rates}) > 1:
        return ()
    clause = [figure for figure in scheme if figure.clause == rates[0].clause and figure.kind == "maximum_duration"]
    told = sorted((*rates, *clause), key=_start)
    turns = "".join("r" if figure.kind in RATES else "d" for figure in told)
    pairs = turns.removesuffix("r")
    if pairs not in ("rd" * (len(pairs) // 2), "dr" * (len(pairs) // 2)) or (turns != pairs and len(rates) == 1):
        return ()
    durations = [converted(figure.value, figure.unit, "days") for figure in told if figure.kind not in RATES]
    if None in durations or not durations:
        return ()
    ordered = [figure for figure in told if figure.kind in RATES]
    days: list[float | None] = [*durations, None]
    return tuple(Stage(figure.value, length) for figure, length in zip(ordered, days, strict=False))


def _start(figure: Parameter) -> int:
    return figure.span.start
