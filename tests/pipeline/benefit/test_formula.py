"""The arithmetic of benefits, against cases computed by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.pipeline.benefit.amounts import Amount
from lexfloor.pipeline.benefit.formula import Accrual, Limits, Stage, after_years, average_during, lowered_floor, lowest_during, of_pension, replacement, together
from lexfloor.pipeline.errors import InputError

percents = st.floats(0, 120)
shares = st.none() | st.floats(0, 300)


def test_years_accrue_up_to_a_maximum() -> None:
    assert after_years(0, [Accrual(1.5)], 30).percent == 45
    assert after_years(20, [Accrual(1.25)], 30).percent == 57.5
    assert after_years(20, [Accrual(2)], 35, maximum=80).percent == 80
    assert after_years(0, [Accrual(1.5, most=25)], 30).percent == 37.5
    assert after_years(50, [Accrual(1.5, after=15)], 30).percent == 72.5
    assert after_years(50, [Accrual(0.2, "month", after=15)], 30).percent == 86
    assert after_years(50, [Accrual(1.5, after=15)], 30).steps == ("15 years × 1.5% = 22.5%", "50% base rate + 22.5% = 72.5%")


def test_the_lowest_rate_during_the_required_days_counts() -> None:
    stages = (Stage(70, 60), Stage(50, 100), Stage(20))
    assert lowest_during(stages, 60).percent == 70
    assert lowest_during(stages, 91).percent == 50
    assert lowest_during(stages, 182).percent == 20
    assert average_during(stages, 80).percent == 65  # (60 × 70 + 20 × 50) / 80
    with pytest.raises(ValueError, match="60 of 91 days"):
        lowest_during(stages[:1], 91)


def test_a_family_of_survivors_shares_the_pension() -> None:
    family = together(50, 20, 2, most=85)
    assert (family.percent, of_pension(family.percent, 60).percent) == (85, 51)
    assert together(60, 20, 2).percent == 100


@pytest.mark.parametrize(
    ("percent", "limits", "rate"),
    [
        (60, Limits(), 60),
        (60, Limits(earnings=80), 48),  # 60% of 80% of the wage
        (60, Limits(earnings=150), 60),  # a ceiling above the wage does not bind
        (60, Limits(benefit=40), 40),
        (30, Limits(minimum=42), 42),
        (40, Limits(family=10), 5000 / 110),  # (40 + 10) / (100 + 10)
        (60, Limits(earnings=50, minimum=35, family=25), 48),  # 30, lifted to 35; (35 + 25) / 125
    ],
)
def test_replacement_rates(percent: float, limits: Limits, rate: float) -> None:
    assert replacement(percent, limits).percent == pytest.approx(rate)


def test_the_floor_falls_with_the_years() -> None:
    """Source of the figures: C102, art. 29(3)-(4): 30% after 10 years, 40% after 30, in proportion between."""
    assert [lowered_floor(40, 10, years, 10, 30) for years in (5, 10, 20, 30, 40)] == [30, 30, 35, 40, 40]


def test_amounts_are_brought_to_a_month() -> None:
    wage = Amount(2000, "EUR", "month")
    assert Amount(12000, "EUR", "year").share_of(wage) == 50
    assert Amount(20, "EUR", "day").share_of(wage) == pytest.approx(30.4375)  # 20 × 365.25 / 12 = 608.75
    assert Amount(140, "EUR", "week").share_of(wage) == pytest.approx(30.4375)
    assert str(Amount(20, "EUR", "day")) == "EUR 20 a day (× 365.25 / 12 = 608.75 a month)"
    with pytest.raises(InputError, match="different currencies"):
        Amount(20, "USD", "day").share_of(wage)
    with pytest.raises(ValueError, match="below 0"):
        Amount(-1, "EUR", "day")


@given(percents, percents, shares, shares, shares, st.floats(0, 100))
def test_a_higher_rate_never_gives_less(one: float, other: float, earnings: float | None, benefit: float | None, minimum: float | None, family: float) -> None:
    limits = Limits(earnings, benefit, minimum, family)
    low, high = sorted((one, other))
    assert replacement(low, limits).percent <= replacement(high, limits).percent + 1e-9


@given(st.floats(0, 100), st.floats(0, 90), st.floats(0, 90))
def test_family_allowances_never_lower_a_rate_below_the_wage(percent: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert replacement(percent, Limits(family=low)).percent <= replacement(percent, Limits(family=high)).percent + 1e-9


@given(st.floats(0, 5), st.floats(0, 60), st.floats(0, 50), st.floats(0, 50))
def test_more_years_never_give_less(percent: float, base: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert after_years(base, [Accrual(percent, after=5)], low, 90).percent <= after_years(base, [Accrual(percent, after=5)], high, 90).percent


@given(st.lists(st.tuples(percents, st.floats(1, 100)), min_size=1, max_size=5), st.floats(1, 400))
def test_the_lowest_is_no_more_than_the_average(pairs: list[tuple[float, float]], days: float) -> None:
    stages = [*(Stage(percent, length) for percent, length in pairs), Stage(50)]
    assert lowest_during(stages, days).percent <= average_during(stages, days).percent + 1e-9
