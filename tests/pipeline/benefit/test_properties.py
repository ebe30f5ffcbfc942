"""What holds for every law and every table of statistics."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.corpora.standards import load_standard
from lexfloor.corpora.statistics import FIGURES, Statistic
from lexfloor.pipeline.benefit import levels
from lexfloor.pipeline.records import BenefitLevel, Method, Parameter, ProvisionId, RequirementId, Span

C102 = load_standard("c102")
RATES = ("C102:16", "C102:22", "C102:28", "C102:36.incapacity", "C102:36.survivors", "C102:50", "C102:56", "C102:62")
KINDS = ("replacement_rate", "replacement_rate_survivors", "accrual_rate", "minimum_benefit", "ceiling", "qualifying_period", "maximum_duration")
CASES = ("", "widow", "orphan", "with_children", "per_month", "per_year", "widow, per_month", "orphan, per_month", "means_tested, per_month", "early")
BASES = ("", "previous_earnings", "minimum_wage", "average_wage", "reference_pension", "points")


@st.composite
def parameters(draw: st.DrawFn) -> Parameter:
    kind = draw(st.sampled_from(KINDS))
    units = ("years", "months") if kind == "qualifying_period" else ("days", "weeks") if kind == "maximum_duration" else ("percent", "times", "amount_EUR", "amount_USD", "days")
    start = draw(st.integers(0, 500))
    clause = draw(st.sampled_from((0, 1000)))
    return Parameter(
        "XVA", "act.txt", ProvisionId("sec_1"), "1", kind, draw(st.integers(0, 2000)) / 10, draw(st.sampled_from(units)), "exactly", None,
        Span(start, start + 1), Span(clause, clause + 600), "", draw(st.sampled_from((0.5, 1.0))), qualifier=draw(st.sampled_from(CASES)), base=draw(st.sampled_from(BASES)),
    )  # fmt: skip


statistics = st.builds(
    Statistic, country=st.just("XVA"), figure=st.sampled_from(list(FIGURES)), value=st.integers(1, 5000), currency=st.sampled_from(("EUR", "USD")),
    period=st.sampled_from(("day", "week", "month", "year")), year=st.integers(2020, 2024), source=st.just("invented"),
)  # fmt: skip


def found(figures: list[Parameter], rows: list[Statistic]) -> list[BenefitLevel]:
    return list(levels(C102, {RequirementId(requirement): figures for requirement in RATES}, rows))


@settings(max_examples=60, deadline=None)
@given(st.lists(parameters(), max_size=7), st.lists(statistics, max_size=5), statistics)
def test_another_statistic_never_takes_a_rate_away(figures: list[Parameter], rows: list[Statistic], more: Statistic) -> None:
    before, after = found(figures, rows), found(figures, [*rows, more])
    assert [(one.requirement, one.method) for one in before] == [(one.requirement, one.method) for one in after]
    assert all(new.rate is not None for old, new in zip(before, after, strict=True) if old.rate is not None)


@settings(max_examples=50, deadline=None)
@given(st.lists(parameters(), max_size=7), st.lists(statistics, max_size=5))
def test_every_line_is_told_and_only_given_figures_are_used(figures: list[Parameter], rows: list[Statistic]) -> None:
    told = found(figures, rows)
    assert {(one.part, one.beneficiary) for one in told} == {(line.part, line.beneficiary) for line in C102.schedule}
    for one in told:
        assert set(one.figures) <= set(figures)
        assert (one.met is None) == bool(one.missing)
        assert one.rate is None or one.rate >= 0


def scheme(kind: str, value: float, unit: str = "percent", qualifier: str = "") -> Parameter:
    return Parameter("XVA", "act.txt", ProvisionId("sec_1"), "1", kind, value, unit, "exactly", None, Span(0, 1), Span(0, 9), "", 1.0, qualifier=qualifier)


def wage(figure: str, value: float) -> Statistic:
    return Statistic.model_validate({"country": "XVA", "figure": figure, "value": value, "currency": "EUR", "period": "month", "year": 2024, "source": "invented"})


def one_rate(figures: list[Parameter], *rows: Statistic, method: Method = Method.EARNINGS_RELATED) -> BenefitLevel:
    return next(one for one in levels(C102, {RequirementId("C102:16"): figures}, rows) if one.requirement == "C102:16" and one.method is method)


@settings(deadline=None)
@given(st.floats(0, 100), st.floats(0, 100), st.floats(1, 5000), st.floats(0, 500))
def test_a_higher_rate_in_the_law_never_lowers_the_level(one: float, other: float, ceiling: float, family: float) -> None:
    low, high = sorted((one, other))
    rows = (wage("skilled_wage", 2000), wage("family_allowance", family))
    cap = scheme("ceiling", ceiling, "amount_EUR", "per_month")
    first, second = one_rate([scheme("replacement_rate", low), cap], *rows), one_rate([scheme("replacement_rate", high), cap], *rows)
    assert first.rate is not None
    assert second.rate is not None
    assert first.rate <= second.rate + 1e-9
    assert not (first.met is True and second.met is False)


@settings(deadline=None)
@given(st.floats(1, 9000), st.floats(1, 9000), st.floats(1, 5000))
def test_a_higher_wage_never_raises_a_flat_or_capped_benefit(one: float, other: float, amount: float) -> None:
    low, high = sorted((one, other))
    flat = [scheme("minimum_benefit", amount, "amount_EUR", "per_month")]
    capped = [scheme("replacement_rate", 60), scheme("ceiling", amount, "amount_EUR", "per_month")]
    for figures, name, method in ((flat, "labourer_wage", Method.FLAT_RATE), (capped, "skilled_wage", Method.EARNINGS_RELATED)):
        less, more = one_rate(figures, wage(name, high), method=method).rate, one_rate(figures, wage(name, low), method=method).rate
        assert less is not None
        assert more is not None
        assert less <= more + 1e-9
