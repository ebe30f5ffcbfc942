"""Which of a country's figures make up the benefit of a standard beneficiary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.benefit.convention import Profile, profile_of, requirement_of
from lexfloor.pipeline.benefit.formula import Stage
from lexfloor.pipeline.benefit.reference import PERIODS, cases_of, percent_of
from lexfloor.pipeline.numbers import converted
from lexfloor.pipeline.records import Contingency, Parameter, RequirementId

MEANS_TESTED = "means_tested"
"""The case of a benefit that only persons of small means receive."""
NEUTRAL = frozenset({*PERIODS, MEANS_TESTED})
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


@dataclass(frozen=True, slots=True)
class Selected:
    """The figures of a benefit.

    Attributes:
        rates: percent of earnings (or of the pension of the deceased) and of an average wage.
        children: survivors only: the share of each child; the widow's are among ``rates``.
        accruals: percent for each year or month of contribution.
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
    apart: tuple[Parameter, ...] = ()
    maximum: tuple[Parameter, ...] = ()
    ceilings: tuple[Parameter, ...] = ()
    minimums: tuple[Parameter, ...] = ()
    flat: tuple[Parameter, ...] = ()
    flat_children: tuple[Parameter, ...] = ()
    periods: tuple[float, ...] = ()
    stages: tuple[Stage, ...] = ()
    means_tested: bool = False


def by_contingency(standard: Standard, parameters: Iterable[Parameter]) -> dict[RequirementId, list[Parameter]]:
    """Return a country's figures by the requirement that asks for the level of their contingency."""
    listed = list(parameters)
    sorted_out: dict[RequirementId, list[Parameter]] = {}
    for line in standard.schedule:
        requirement = requirement_of(standard, line)
        if requirement is not None:
            fitting = [parameter for parameter in listed if parameter.contingency is line.contingency]
            if profile_of(standard, line).survivors and line.contingency is not Contingency.SURVIVORS:
                fitting = [parameter for parameter in fitting if parameter.kind == RATES[1] or cases_of(parameter) & FAMILY]  # the others are the worker's own
            sorted_out[requirement.id] = fitting
    return sorted_out


def selected(figures: Sequence[Parameter], profile: Profile) -> Selected:
    """Return the figures that hold for a standard beneficiary, of the scheme whose figures are told most clearly.

    A figure for another case (early pensions, special work, the other sex) is left out; figures without a case hold for all.
    """
    own = [figure for figure in figures if cases_of(figure) - NEUTRAL <= profile.fits]
    kinds = RATES if profile.survivors else RATES[:1]
    heard = [figure for figure in own if figure.kind in kinds or figure.kind in ("accrual_rate", "minimum_benefit")]
    if not heard:
        return Selected(periods=_years(own))
    leading = max(heard, key=_rank)
    scheme = [figure for figure in own if figure.file == leading.file]
    barred = NOT_EARNINGS[1:] if profile.survivors else NOT_EARNINGS
    rates = [figure for figure in scheme if figure.kind in kinds and figure.base not in barred]
    tops = [figure for figure in rates if figure.comparator == "at_most" and figure.unit == "percent"]  # no rate that is secured
    rates = [figure for figure in rates if figure.comparator != "at_most"]
    if profile.survivors and any(figure.kind == RATES[1] for figure in rates):
        rates = [figure for figure in rates if figure.kind == RATES[1]]
    minimums = [figure for figure in scheme if figure.kind == "minimum_benefit"]
    flat = [figure for figure in (*rates, *minimums) if figure.unit.startswith("amount_") or figure.base in FLAT_BASES]
    tops = [figure for figure in tops if figure.provision in {rate.provision for rate in rates}]
    related = [figure for figure in rates if figure not in flat and percent_of(figure) is not None]
    if not related:
        flat += [figure for figure in minimums if figure not in flat and figure.base == "average_wage"]
    ceilings = [figure for figure in scheme if figure.kind == "ceiling"]
    maximum = [figure for figure in (*ceilings, *tops) if figure.unit == "percent" and figure.base in ("", "previous_earnings", "reference_pension")]
    accruals = [figure for figure in scheme if figure.kind == "accrual_rate"]
    shares = [figure for figure in flat if figure.base in FLAT_BASES]
    bases = ("previous_earnings",) if shares and not related else ("", "previous_earnings")  # what accrues beside a flat rate is a share of that
    return Selected(
        rates=_clear([figure for figure in related if not _of_child(figure)]),
        children=_clear([figure for figure in related if _of_child(figure)]),
        accruals=_clear([figure for figure in accruals if figure.unit == "percent" and figure.base in bases]),
        apart=_clear([figure for figure in accruals if figure.unit != "percent" or figure.base not in bases]),
        maximum=_clear(maximum),
        ceilings=_clear([figure for figure in ceilings if figure not in maximum]),
        minimums=_clear([figure for figure in minimums if not _of_child(figure)]),
        flat=_clear([figure for figure in flat if not _of_child(figure)]),
        flat_children=_clear([figure for figure in flat if _of_child(figure)]),
        periods=_years(scheme),
        stages=_stages(related, scheme),
        means_tested=any(MEANS_TESTED in cases_of(figure) for figure in flat),
    )


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
