"""Benefit levels of invented laws, line by line of the Schedule, against cases computed by hand."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from lexfloor.corpora.standards import load_standard
from lexfloor.corpora.statistics import Period, Statistic, StatisticName
from lexfloor.pipeline.benefit import levels, requirement_met
from lexfloor.pipeline.benefit.convention import PROFILES, QUALIFYING, requirement_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import BenefitLevel, Contingency, Method, Parameter, ProvisionId, RequirementId, Span

C102 = load_standard("c102")
PLACES = iter(range(0, 10**9, 10))


def figure(
    kind: str,
    value: float,
    unit: str = "percent",
    *,
    qualifier: str = "",
    base: str = "",
    file: str = "act.txt",
    clause: int = 0,
    contingency: Contingency | None = None,
    strength: float = 1.0,
) -> Parameter:
    start = next(PLACES)
    return Parameter(
        "XVA",
        file,
        ProvisionId("sec_1"),
        "1",
        kind,
        value,
        unit,
        "exactly",
        contingency,
        Span(start, start + 5),
        Span(clause, clause + 10**9),
        "",
        strength,
        qualifier=qualifier,
        base=base,
    )


def statistic(name: StatisticName, value: float, currency: str = "EUR", period: Period = "month", year: int = 2024, country: str = "XVA") -> Statistic:
    return Statistic(country=country, figure=name, value=value, currency=currency, period=period, year=year, source="invented")


def level(requirement: str, figures: Iterable[Parameter], *statistics: Statistic, method: Method | None = None) -> BenefitLevel:
    own = list(figures)
    found = [one for one in levels(C102, {RequirementId(requirement): own}, statistics) if one.requirement == requirement and (method is None or one.method is method)]
    return found[0]


@pytest.mark.parametrize(
    ("requirement", "figures", "rate", "met"),
    [
        ("C102:16", [figure("replacement_rate", 60, base="previous_earnings")], 60, True),
        ("C102:22", [figure("replacement_rate", 45)], 45, True),
        ("C102:28", [figure("accrual_rate", 1.5, base="previous_earnings")], 45, True),  # 30 × 1.5
        ("C102:28", [figure("accrual_rate", 1.1)], 33, None),  # 10 to 29 years may be enough at a lower percentage: 11 < 30, no
        ("C102:28", [figure("accrual_rate", 2.5), figure("ceiling", 60, base="previous_earnings")], 60, True),
        ("C102:28", [figure("replacement_rate", 35), figure("accrual_rate", 1), figure("qualifying_period", 15, "years")], 50, True),  # 35 + (30 − 15) × 1
        ("C102:36.incapacity", [figure("replacement_rate", 66)], 66, True),
        (
            "C102:36.survivors",
            [
                figure("replacement_rate_survivors", 30, qualifier="widow", base="previous_earnings"),
                figure("replacement_rate_survivors", 15, qualifier="orphan", base="previous_earnings"),
            ],
            60,
            True,
        ),
        ("C102:50", [figure("replacement_rate", 40)], 40, False),
        ("C102:56", [figure("replacement_rate", 45)], 45, True),
    ],
)
def test_each_part_by_hand(requirement: str, figures: list[Parameter], rate: float, met: bool | None) -> None:
    found = level(requirement, figures)
    assert found.rate == pytest.approx(rate)
    if met is not None:
        assert found.met is met
    assert found.method is Method.EARNINGS_RELATED
    assert set(figures) >= set(found.figures) != set()
    assert found.steps[-1].startswith(f"{rate:g}% {'≥' if rate >= found.floor else '<'} {found.floor:g}%")


def test_old_age_below_the_floor_for_every_number_of_years_is_not_met() -> None:
    assert level("C102:28", [figure("accrual_rate", 1.1)]).met is False


def test_a_lower_percentage_after_fewer_years_is_enough() -> None:
    """Source of the figures: C102, art. 29(3)-(4): ten points lower after ten years, in proportion up to thirty."""
    scheme = [figure("replacement_rate", 36), figure("qualifying_period", 10, "years")]
    found = level("C102:28", scheme)
    assert (found.rate, found.floor, found.met) == (36, 40, True)
    assert "36% after 10 years ≥ 30% (art. 29(3)-(4))" in found.steps
    assert level("C102:28", scheme[:1]).missing == ("qualifying period of the benefit",)
    assert level("C102:28", [scheme[0], figure("qualifying_period", 25, "years")]).met is False  # 37.5% asked


def test_a_rate_for_a_longer_period_than_the_convention_s_is_not_taken_for_it() -> None:
    found = level("C102:28", [figure("replacement_rate", 60), figure("qualifying_period", 40, "years")])
    assert found.rate is None
    assert "after 30 years" in found.missing[0]


def test_survivors_receive_a_share_of_the_pension_of_the_deceased() -> None:
    shares = [
        figure("replacement_rate_survivors", 50, qualifier="widow", base="reference_pension"),
        figure("replacement_rate_survivors", 20, qualifier="orphan", base="reference_pension"),
    ]
    invalidity = [figure("replacement_rate", 60, base="previous_earnings")]
    found = {one.requirement: one for one in levels(C102, {RequirementId("C102:62"): shares, RequirementId("C102:56"): invalidity})}
    survivors = found[RequirementId("C102:62")]
    assert (survivors.rate, survivors.met) == (pytest.approx(54), True)  # (50 + 2 × 20)% of 60
    assert level("C102:62", shares).missing == ("pension of the deceased in percent of his earnings",)
    capped = [*shares, figure("ceiling", 80, base="reference_pension")]
    again = [one for one in levels(C102, {RequirementId("C102:62"): capped, RequirementId("C102:56"): invalidity}) if one.requirement == "C102:62"]
    assert again[0].rate == pytest.approx(48)


def test_widow_alone_below_the_floor_asks_for_the_children_s_share() -> None:
    found = level(
        "C102:36.survivors",
        [figure("replacement_rate_survivors", 30, qualifier="widow", base="previous_earnings")],
        statistic("skilled_wage", 2000),
        statistic("family_allowance", 0),
    )
    assert (found.rate, found.met, found.missing) == (30, None, ("share of each child",))


def test_rates_that_disagree_are_told_not_chosen() -> None:
    found = level("C102:22", [figure("replacement_rate", 60), figure("replacement_rate", 40)])
    assert (found.rate, found.met) == (40, None)
    assert "60%, 40%" in found.missing[0]
    assert level("C102:22", [figure("replacement_rate", 60), figure("replacement_rate", 50)]).met is True


def test_a_sentence_that_gives_rates_and_durations_is_read_in_turn() -> None:
    in_turn = [figure("replacement_rate", 60, clause=5), figure("maximum_duration", 100, "days", clause=5), figure("replacement_rate", 40, clause=5)]
    assert level("C102:22", in_turn).rate == 60  # 13 weeks = 91 days, all at 60%
    averaged = [figure("replacement_rate", 100, clause=5), figure("maximum_duration", 28, "days", clause=5), figure("replacement_rate", 40, clause=5)]
    assert level("C102:50", averaged).rate == pytest.approx(60)  # (28 × 100 + 56 × 40) / 84


def test_a_ceiling_below_the_skilled_wage_lowers_the_rate() -> None:
    scheme = [figure("replacement_rate", 60), figure("ceiling", 1200, "amount_EUR", qualifier="per_month")]
    assert level("C102:16", scheme, statistic("skilled_wage", 1500)).rate == pytest.approx(48)  # 60% of 1200 of 1500
    found = level("C102:16", scheme, statistic("skilled_wage", 2000))
    assert (found.rate, found.met) == (pytest.approx(36), None)  # on the benefit it would not bind
    assert "whether the ceiling is one on earnings or on the benefit" in found.missing
    open_one = level("C102:16", scheme)
    assert (open_one.rate, open_one.met) == (60, True)
    assert open_one.left_open == ("ceiling of EUR 1,200 (1): wage of a skilled manual male employee (art. 65(6)), in EUR a month",)


def test_a_ceiling_in_average_wages_needs_no_statistics() -> None:
    scheme = [figure("replacement_rate", 70), figure("ceiling", 1, "times", base="average_wage")]
    assert level("C102:16", scheme).rate == pytest.approx(56)  # 70% of 100/125 (art. 65(6)(d))


def test_family_allowances_count_on_both_sides() -> None:
    found = level("C102:16", [figure("replacement_rate", 40)], statistic("skilled_wage", 2000), statistic("family_allowance", 200))
    assert (found.rate, found.met) == (pytest.approx(100 * (40 + 10) / 110), True)
    without = level("C102:16", [figure("replacement_rate", 40)])
    assert (without.rate, without.met) == (40, None)
    assert any("at least 9.091%" in step for step in without.steps)


def test_skilled_wage_from_average_earnings() -> None:
    scheme = [figure("replacement_rate", 60), figure("ceiling", 1200, "amount_EUR", qualifier="per_month")]
    assert level("C102:16", scheme, statistic("average_earnings", 1200)).rate == pytest.approx(48)  # 1.25 × 1200 = 1500


def test_a_minimum_lifts_a_low_result() -> None:
    scheme = [figure("accrual_rate", 1), figure("minimum_benefit", 900, "amount_EUR", qualifier="per_month")]
    found = level("C102:28", scheme, statistic("skilled_wage", 2000))
    assert (found.rate, found.met, found.method) == (45, True, Method.EARNINGS_RELATED)
    flat = level("C102:28", scheme, statistic("labourer_wage", 1500), method=Method.FLAT_RATE)
    assert (flat.rate, flat.met) == (60, True)


@pytest.mark.parametrize(("value", "period", "rate"), [(600, "per_month", 50), (7200, "per_year", 50), (20, "per_day", 608.75 / 12), (140, "per_week", 608.75 / 12)])
def test_flat_amounts_are_measured_by_the_labourer_s_wage(value: float, period: str, rate: float) -> None:
    found = level("C102:28", [figure("minimum_benefit", value, "amount_EUR", qualifier=period)], statistic("labourer_wage", 14400, period="year"))
    assert (found.rate, found.method, found.met) == (pytest.approx(rate), Method.FLAT_RATE, True)


def test_flat_shares_of_the_minimum_wage_and_for_a_family() -> None:
    wages = (statistic("labourer_wage", 1500), statistic("minimum_wage", 1000))
    assert level("C102:28", [figure("replacement_rate", 70, base="minimum_wage")], *wages).rate == pytest.approx(700 / 15)
    widow = [figure("minimum_benefit", 300, "amount_EUR", qualifier="widow, per_month"), figure("minimum_benefit", 150, "amount_EUR", qualifier="orphan, per_month")]
    assert level("C102:62", widow, *wages).rate == pytest.approx(40)  # (300 + 2 × 150) / 1500


def test_means_tested_benefits_are_told_as_such() -> None:
    found = level("C102:28", [figure("minimum_benefit", 500, "amount_EUR", qualifier="means_tested, per_month")], statistic("labourer_wage", 1000))
    assert (found.method, found.rate, found.met) == (Method.MEANS_TESTED, 50, True)


@pytest.mark.parametrize(
    ("figures", "statistics", "told"),
    [
        ([], [], "rate or amount of the benefit"),
        ([figure("minimum_benefit", 600, "amount_EUR", qualifier="per_month")], [], "wage of an ordinary adult male labourer (art. 66(4)), in EUR a month"),
        ([figure("minimum_benefit", 600, "amount_EUR", qualifier="per_month")], [statistic("labourer_wage", 1, "USD")], "in EUR a month (the table gives it in USD)"),
        ([figure("minimum_benefit", 600, "amount_EUR", qualifier="per_month")], [statistic("labourer_wage", 1500, country="XXB")], "in EUR a month"),
        ([figure("minimum_benefit", 600, "amount_EUR")], [statistic("labourer_wage", 1500)], "period for which EUR 600 (1) is paid"),
        ([figure("replacement_rate", 70, base="minimum_wage")], [statistic("labourer_wage", 1500)], "minimum wage as the national law means it, in EUR a month"),
        ([figure("replacement_rate", 70, base="points")], [], "amount of the points"),
    ],
)
def test_what_is_missing_is_named(figures: list[Parameter], statistics: list[Statistic], told: str) -> None:
    found = level("C102:28", figures, *statistics)
    assert found.met is None
    assert found.rate is None
    assert any(told in missing for missing in found.missing)


def test_special_cases_and_fainter_schemes_do_not_count() -> None:
    general = figure("replacement_rate", 50, strength=0.95)
    others = [figure("replacement_rate", 20, qualifier=case) for case in ("early", "special_work", "women", "self_employed", "partial_incapacity")]
    assert level("C102:56", [general, *others, figure("replacement_rate", 10, strength=0.5), figure("replacement_rate", 5, file="other.txt", strength=0.7)]).rate == 50
    assert level("C102:50", [general, figure("replacement_rate", 60, qualifier="women", strength=0.8)]).rate == 50


def test_every_line_of_the_schedule_gets_a_level() -> None:
    figures = {RequirementId("C102:16"): [figure("replacement_rate", 80)], RequirementId("C102:36.incapacity"): [figure("replacement_rate", 55)]}
    found = list(levels(C102, figures))
    assert [(one.part, one.rate) for one in found if one.rate] == [("III", 80), ("VI", 55), ("VI", 55)]
    assert [one.part for one in found] == [line.part for line in C102.schedule]
    assert requirement_met([one for one in found if one.requirement == "C102:36.incapacity"]) is True
    assert requirement_met([one for one in found if one.requirement == "C102:22"]) is None


def test_every_beneficiary_of_a_requirement_must_reach_the_floor() -> None:
    high, low = level("C102:16", [figure("replacement_rate", 50)]), level("C102:50", [figure("replacement_rate", 40)])
    assert requirement_met([high]) is True
    assert requirement_met([high, low]) is False
    assert requirement_met([]) is None


def test_the_data_of_the_convention_agree_with_the_standard() -> None:
    """The periods after which a level is measured are the rules of the qualifying-period requirements."""
    for line in C102.schedule:
        assert line.beneficiary in PROFILES
        assert requirement_of(C102, line) is not None
    for (standard, part), period in QUALIFYING.items():
        rules = {one.rule.parameter: one.rule for one in load_standard(standard.lower()).requirements if one.part == part and one.rule}
        full = rules["qualifying_period"]
        assert (full.value, full.alternatives[0].value) == (period.contribution, period.residence)
        assert rules["qualifying_period_reduced"].value == period.reduced


def test_an_unknown_beneficiary_is_named() -> None:
    line = C102.schedule[0].model_copy(update={"beneficiary": "giant"})
    with pytest.raises(DataFileError, match="giant"):
        requirement_of(C102, line)


def test_a_range_secures_its_lower_end() -> None:
    wide = replace(figure("replacement_rate", 40), high=60.0)
    assert (level("C102:16", [wide]).rate, level("C102:16", [wide]).met) == (40, None)
    assert "40 to 60%" in level("C102:16", [wide]).missing[0]
    high = replace(figure("replacement_rate", 50), high=60.0)
    assert (level("C102:16", [high]).rate, level("C102:16", [high]).met) == (50, True)


def test_a_rate_that_is_only_the_most_secures_nothing() -> None:
    most = replace(figure("replacement_rate", 60), comparator="at_most")
    assert level("C102:16", [most]).rate is None
    assert level("C102:16", [figure("replacement_rate", 70), most]).rate == 60


def test_an_amount_without_a_currency_is_not_measured() -> None:
    found = level("C102:28", [figure("minimum_benefit", 600, "amount_XXX", qualifier="per_month")], statistic("labourer_wage", 1500))
    assert found.missing == ("currency of XXX 600 (1)",)


def test_survivors_rates_without_a_base_are_read_both_ways() -> None:
    shares = [figure("replacement_rate_survivors", 50, qualifier="widow"), figure("replacement_rate_survivors", 20, qualifier="orphan")]
    assert "earnings or of the pension" in level("C102:62", shares).missing[0]
    for pension, rate, met in ((60, 54, True), (40, 36, None)):  # 90% of the pension; of earnings it would be 90%
        figures = {RequirementId("C102:62"): shares, RequirementId("C102:56"): [figure("replacement_rate", pension, base="previous_earnings")]}
        found = next(one for one in levels(C102, figures) if one.requirement == "C102:62")
        assert (found.rate, found.met) == (pytest.approx(rate), met)


def test_survivors_shares_of_an_average_wage() -> None:
    shares = [figure("replacement_rate_survivors", 30, qualifier="widow", base="average_wage"), figure("replacement_rate_survivors", 15, qualifier="orphan", base="average_wage")]
    assert level("C102:62", shares).rate == pytest.approx(48)  # (30 + 2 × 15) / 1.25


def test_a_rate_for_more_years_than_the_convention_s_gives_way_to_what_accrues_before() -> None:
    full = [figure("replacement_rate", 42, base="previous_earnings"), figure("qualifying_period", 35, "years")]
    reduced = replace(figure("accrual_rate", 1.2, base="previous_earnings"), provision=ProvisionId("sec_2"))
    found = level("C102:28", [*full, reduced])
    assert (found.rate, found.met) == (pytest.approx(36), False)  # 30 × 1.2
    assert "30 years × 1.2% = 36%" in found.steps
    assert level("C102:28", full).rate is None


def test_what_accrues_is_counted_by_the_month_only_where_it_is_as_little_as_that() -> None:
    scheme = [figure("replacement_rate", 50), figure("qualifying_period", 15, "years")]
    by_month = level("C102:28", [*scheme, figure("accrual_rate", 0.2, qualifier="per_month")])
    assert (by_month.rate, by_month.met) == (pytest.approx(86), True)  # 50 + 180 × 0.2
    assert level("C102:28", [figure("accrual_rate", 1.5, qualifier="per_month")]).rate == pytest.approx(45)  # "of monthly earnings"


def test_figures_of_another_section_do_not_mix_with_the_benefit_s_own() -> None:
    elsewhere = replace(figure("replacement_rate", 20, strength=0.95), provision=ProvisionId("sec_9"))
    assert level("C102:16", [figure("replacement_rate", 60), elsewhere]).rate == 60


def test_a_faint_figure_leads_no_benefit_but_is_heard_beside_a_clear_one() -> None:
    faint = figure("replacement_rate", 60, strength=0.8)
    assert level("C102:16", [faint]).rate is None
    assert level("C102:16", [replace(faint, contingency=Contingency.SICKNESS)]).rate == 60
    assert level("C102:28", [faint, figure("accrual_rate", 0.5, strength=0.95)]).rate == pytest.approx(60)


def test_what_cannot_be_true_is_told_and_not_counted() -> None:
    found = level("C102:28", [figure("accrual_rate", 3.9)])
    assert found.rate is None
    assert "come to 117%" in found.missing[0]
    assert level("C102:16", [figure("replacement_rate", 150, base="previous_earnings")]).rate is None  # pay for overtime
    assert level("C102:16", [figure("replacement_rate", 60), figure("ceiling", 5)]).rate == 60  # no cap of this benefit


def test_the_rate_for_his_own_family_counts_where_it_is_the_higher() -> None:
    with_children = figure("replacement_rate", 67, qualifier="with_children")
    assert level("C102:22", [figure("replacement_rate", 60), with_children]).rate == 67
    assert level("C102:22", [figure("replacement_rate", 60), replace(with_children, value=10)]).met is None  # a supplement, or less
