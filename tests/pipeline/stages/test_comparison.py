"""A rule and the figures of law: arithmetic that anyone can check, and no verdict from figures that contradict each other."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.corpora.standards import Threshold, load_standard
from lexfloor.pipeline.records import Contingency, Level, Match, Parameter, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Span, Verdict
from lexfloor.pipeline.stages.classify.comparison import Outcome, compare

STANDARD = load_standard("c102")
FILE = "a.txt"
ORDER = {Outcome.NOT_MET: 0, Outcome.CANNOT_TELL: 1, Outcome.MET: 2}
MEASURED = [
    item for item in STANDARD.requirements if (item.rule or item.practice) and (item.rule or item.practice).parameter not in ("persons_protected_share", "total_value_per_child")
]
DURATIONS = [item for item in MEASURED if item.rule and item.rule.parameter == "maximum_duration"]
LIMITS = [item for item in MEASURED if (item.rule or item.practice).parameter in ("waiting_period", "qualifying_period", "pensionable_age") and (item.rule or item.practice).value]
UNIT_DAYS = {"weeks": 7, "months": 365.25 / 12, "years": 365.25}
positions = st.integers(0, 5)
values = st.floats(0.1, 3000, allow_nan=False).map(lambda value: round(value, 2))


def _rule(requirement):
    return requirement.rule or requirement.practice


def _match(requirement, section="60", score=2.0, rank=1, file=FILE):
    return Match("XTS", requirement.id, file, ProvisionId(f"sec_{section}"), section, rank, score, score, score, Span(0, 40))


def _parameter(requirement, value, unit, section="60", place=0, strength=0.8, **changed):
    start = place * 10
    kind = changed.pop("kind", _rule(requirement).parameter)
    made = Parameter(
        "XTS", FILE, ProvisionId(f"sec_{section}"), section, kind, value, unit, "exactly", requirement.contingency, Span(start, start + 5), Span(0, 100), "q", strength
    )
    return replace(made, **changed)


def _compared(requirement, *parameters, sections=None):
    by_section = {}
    for parameter in parameters:
        by_section.setdefault((parameter.file, parameter.provision), []).append(parameter)
    found = [_match(requirement, section.removeprefix("sec_"), 2.0 - 0.1 * rank, rank, file) for rank, (file, section) in enumerate(by_section, start=1)]
    return compare(requirement, found, by_section, sections or {})


def _section(number, path, file=FILE):
    return Provision(
        ProvisionId(f"sec_{number}"), "XTS", file, "", Level.SECTION, number, number, "", path, ProvisionKind.OPERATIVE, ProvisionStatus.IN_FORCE, Span(0, 200), "en", "text"
    )


@pytest.mark.parametrize(
    ("requirement", "value", "unit", "outcome"),
    [
        ("C102:52", 12, "weeks", Outcome.MET),
        ("C102:52", 11, "weeks", Outcome.NOT_MET),
        ("C102:52", 98, "days", Outcome.MET),
        ("C102:52", 3, "months", Outcome.MET),
        ("C102:52", 2, "months", Outcome.NOT_MET),
        ("C102:18.duration", 6, "months", Outcome.MET),
        ("C102:18.duration", 156, "days", Outcome.MET),
        ("C102:18.duration", 150, "days", Outcome.NOT_MET),
        ("C102:18.waiting", 3, "days", Outcome.MET),
        ("C102:18.waiting", 4, "days", Outcome.NOT_MET),
        ("C102:24.waiting", 1, "weeks", Outcome.MET),
        ("C102:16", 45, "percent", Outcome.MET),
        ("C102:16", 44.9, "percent", Outcome.NOT_MET),
        ("C102:26", 65, "years", Outcome.MET),
        ("C102:26", 66, "years", Outcome.NOT_MET),
        ("C102:29.full", 360, "months", Outcome.MET),
        ("C102:29.full", 35, "years", Outcome.NOT_MET),
        ("C102:51", 26, "weeks", Outcome.MET),
    ],
)
def test_one_figure(requirement, value, unit, outcome):
    """A figure is compared in the rule's unit; the floor itself counts as met."""
    wanted = STANDARD.requirement(requirement)
    found = _compared(wanted, _parameter(wanted, value, unit))
    assert found.outcome is outcome
    assert found.met is (outcome is Outcome.MET)
    assert (found.distance >= (0 if unit == "percent" else -0.01) * _rule(wanted).value) is found.met
    assert found.decides
    assert found.below is (outcome is Outcome.NOT_MET)


def test_the_line_a_lawyer_reads():
    """The line is made of figure, conversion, floor, article, outcome, section, and what the conversion assumes."""
    wanted = STANDARD.requirement("C102:52")
    assert _compared(wanted, _parameter(wanted, 98, "days")).arithmetic == (
        "maximum duration 98 days = 14 weeks ≥ 12 weeks (C102 Art. 52): met, section 60 (assumes calendar days, 7 days a week)"
    )
    wanted = STANDARD.requirement("C102:29.full")
    assert _compared(wanted, _parameter(wanted, 35, "years")).arithmetic == "qualifying period 35 years > 30 years of contribution (C102 Art. 29(1)): not met, section 60"


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(MEASURED), values, st.sampled_from(["days", "weeks", "months", "years", "percent"]))
def test_the_line_names_everything(requirement, value, unit):
    """Whatever the figure, its line names figure, unit, floor, article, section and outcome."""
    found = _compared(requirement, _parameter(requirement, value, unit))
    if found is None:
        return
    assert f"{value:g} {unit}" in found.arithmetic
    assert f"{_rule(requirement).value:g} {_rule(requirement).unit.partition('_of_')[0]}" in found.arithmetic
    assert f"Art. {requirement.article}" in found.arithmetic
    assert "section 60" in found.arithmetic
    assert found.outcome in found.arithmetic
    assert bool(found.assumption) is (unit != _rule(requirement).unit.partition("_of_")[0])


def test_days_of_benefit():
    """A duration of days that falls short is met where six days a week are paid, and the line says so; other units have no such reading."""
    wanted = STANDARD.requirement("C102:18.duration")
    found = _compared(wanted, _parameter(wanted, 156, "days"))
    assert (found.value, found.distance, found.assumption) == (26, 0, "six benefit days a week")
    assert "assumes six benefit days a week" in found.arithmetic
    assert _compared(wanted, _parameter(wanted, 156 / 7, "weeks")).outcome is Outcome.NOT_MET


@pytest.mark.parametrize(
    ("requirement", "value", "unit", "distance"), [("C102:52", 98, "days", 2), ("C102:52", 8, "weeks", -4), ("C102:18.waiting", 1, "weeks", -4), ("C102:26", 60, "years", 5)]
)
def test_distance_is_signed(requirement, value, unit, distance):
    """How far from the floor, in the rule's unit: above zero is better than it must be, whichever way the rule points."""
    wanted = STANDARD.requirement(requirement)
    assert _compared(wanted, _parameter(wanted, value, unit)).distance == pytest.approx(distance)


figures = st.lists(
    st.tuples(
        values,
        positions,
        st.sampled_from(["60", "61"]),
        st.sampled_from([0.8, 0.79, 0.5]),
        st.sampled_from(["exactly", "at_least", "at_most"]),
        st.sampled_from(["", "women", "early"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda item: (item[1], item[2]),
)


def _several(requirement, unit, drawn):
    return [
        _parameter(requirement, value, unit, section, place, strength, comparator=comparator, qualifier=qualifier)
        for value, place, section, strength, comparator, qualifier in sorted(drawn, key=lambda item: item[2])
    ]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.floats(0, 500), figures, st.sampled_from(["days", "weeks", "months", "years"]))
def test_more_is_never_worse(data, step, drawn, unit):
    """A longer benefit, a shorter wait, a lower age: improving one figure among several never turns an outcome for the worse."""
    requirement = data.draw(st.sampled_from(DURATIONS + LIMITS))
    rising = _rule(requirement).op == ">="
    parameters = _several(requirement, unit, drawn)
    before = _compared(requirement, *parameters)
    if before is None:
        return
    which = data.draw(st.integers(0, len(parameters) - 1))
    old = parameters[which].value
    parameters[which] = replace(parameters[which], value=old + step if rising else max(0.0, old - step))
    after = _compared(requirement, *parameters)
    assert ORDER[after.outcome] >= ORDER[before.outcome]


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(DURATIONS + LIMITS), st.floats(0.5, 200), st.sampled_from(["weeks", "months", "years"]), st.sampled_from(["weeks", "months", "years"]))
def test_the_same_in_another_unit(requirement, value, unit, other):
    """Weeks, months and years that are as long come to the same, but for the days by which months differ."""
    floor = _rule(requirement).value * UNIT_DAYS.get(_rule(requirement).unit.partition("_of_")[0], 1)
    days = value * UNIT_DAYS[unit]
    if abs(days - floor) <= 0.025 * floor:
        return
    first, second = (_compared(requirement, _parameter(requirement, days / UNIT_DAYS[name], name)) for name in (unit, other))
    assert first.outcome is second.outcome
    assert first.distance == pytest.approx(second.distance, rel=0.01, abs=0.02)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(DURATIONS + LIMITS), figures, st.permutations(range(4)))
def test_order_does_not_matter(requirement, drawn, order):
    """Figures of the same claim are told apart by their place in the law, not by the order in which they were read."""
    parameters = _several(requirement, "weeks", drawn)
    shuffled = [parameters[index] for index in order if index < len(parameters)]
    found = [_match(requirement, section, 2.0 - 0.1 * rank, rank) for rank, section in enumerate(("60", "61"), start=1)]

    def compared(listed):
        return compare(requirement, found, {(FILE, f"sec_{number}"): [item for item in listed if item.section == number] for number in ("60", "61")})

    assert compared(parameters) == compared(shuffled)


def _with_alternatives(requirement, *alternatives):
    rule = _rule(requirement).model_copy(update={"alternatives": tuple(Threshold(value=value, unit=unit) for value, unit in alternatives)})
    return requirement.model_copy(update={"rule": rule})


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(DURATIONS + LIMITS),
    values,
    st.sampled_from(["weeks", "months", "years"]),
    st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["weeks", "years", "years_of_residence"])), max_size=3),
)
def test_alternatives_only_help(requirement, value, unit, alternatives):
    """Another way of meeting a rule never makes an outcome worse."""
    parameter = _parameter(requirement, value, unit)
    without, with_them = _compared(_with_alternatives(requirement), parameter), _compared(_with_alternatives(requirement, *alternatives), parameter)
    assert ORDER[with_them.outcome] >= ORDER[without.outcome]


def test_years_of_residence():
    """Years of residence are measured by the floor for residence, and say nothing where only contributions count."""
    full, reduced = STANDARD.requirement("C102:29.full"), STANDARD.requirement("C102:29.reduced")
    for changed in ({"unit": "years_of_residence"}, {"unit": "years", "qualifier": "residence"}):
        unit = changed.pop("unit")
        assert _compared(full, _parameter(full, 20, unit, **changed)).outcome is Outcome.MET
        found = _compared(full, _parameter(full, 25, unit, **changed))
        assert found.outcome is Outcome.NOT_MET
        assert "25 years > 20 years of residence" in found.arithmetic
        assert _compared(reduced, _parameter(reduced, 5, unit, kind="qualifying_period", **changed)) is None


def test_the_temporary_exception():
    """Thirteen weeks of sickness benefit miss Article 18 and meet what Article 3 allows in its place; nine meet neither."""
    wanted = STANDARD.requirement("C102:18.duration")
    found = _compared(wanted, _parameter(wanted, 13, "weeks"))
    assert (found.outcome, found.excepted) == (Outcome.NOT_MET, True)
    assert "Art. 18(2) would be met (13 weeks)" in found.arithmetic
    assert not _compared(wanted, _parameter(wanted, 9, "weeks")).excepted


@pytest.mark.parametrize(("low", "high", "outcome"), [(60, 80, Outcome.MET), (40, 60, Outcome.CANNOT_TELL), (20, 40, Outcome.NOT_MET)])
def test_ranges(low, high, outcome):
    """A range is met where its worse end is; between its ends nobody can tell."""
    wanted = STANDARD.requirement("C102:16")
    found = _compared(wanted, _parameter(wanted, low, "percent", high=high))
    assert found.outcome is outcome
    assert f"{low} to {high} percent" in found.arithmetic


def test_figures_that_contradict_each_other():
    """Two figures of one scheme with the same claim, one met and one not: nobody can tell, and nothing is decided."""
    wanted = STANDARD.requirement("C102:26")
    found = _compared(wanted, _parameter(wanted, 65, "years", place=1, strength=0.8), _parameter(wanted, 67, "years", place=2, strength=0.9))
    assert found.outcome is Outcome.CANNOT_TELL
    assert not found.decides
    assert not found.below
    assert not any(found.agrees(verdict) for verdict in Verdict)
    assert "65 years ≤ 65 years" in found.arithmetic
    assert "67 years > 65 years" in found.arithmetic
    assert [item.why for item in found.others] == ["same claim"]


def test_the_whole_and_its_parts():
    """Of durations in one section the longest is the benefit's, wherever the parts of it stand."""
    wanted = STANDARD.requirement("C102:52")
    parts = [_parameter(wanted, weeks, "weeks", place=place) for place, weeks in enumerate((6, 14, 8))]
    found = _compared(wanted, *parts)
    assert (found.value, found.outcome, len(found.others)) == (14, Outcome.MET, 2)
    shorter = [replace(parts[0], value=4), replace(parts[1], value=9), replace(parts[2], value=5)]
    assert (_compared(wanted, *shorter).value, _compared(wanted, *shorter).below) == (9, True)


def test_of_leave_around_a_birth_the_first_whole_counts():
    """The compulsory part before it and what a later sentence gives to some do not; where only parts are told, the longest does."""
    wanted = STANDARD.requirement("C102:52")
    compulsory = _parameter(wanted, 8, "weeks", place=0, clause=Span(0, 20), qualifier="compulsory")
    before = _parameter(wanted, 6, "weeks", place=1, clause=Span(0, 20), qualifier="before_birth")
    general = _parameter(wanted, 14, "weeks", place=3, clause=Span(30, 50), strength=0.5)
    some = _parameter(wanted, 20, "weeks", place=6, clause=Span(60, 80), strength=0.9)
    assert _compared(wanted, compulsory, before, general, some).value == 14
    assert _compared(wanted, compulsory, before).value == 8


@pytest.mark.parametrize("case", ["public_service", "parental"])
def test_rules_of_their_own_are_not_the_general_one(case):
    """What civil servants or either parent are granted is set aside where another figure stands beside it, and taken where none does."""
    wanted = STANDARD.requirement("C102:52")
    general, special = _parameter(wanted, 12, "weeks", place=3, strength=0.5), _parameter(wanted, 26, "weeks", place=0, qualifier=case)
    assert _compared(wanted, special, general).value == 12
    assert _compared(wanted, special).value == 26


def test_the_general_scheme_speaks():
    """The section that answers best speaks, not another scheme's, nor a special case, nor a bound from the other side."""
    wanted = STANDARD.requirement("C102:26")
    general = _parameter(wanted, 67, "years")
    sections = {(FILE, "sec_60"): _section("60", ("Part I",)), (FILE, "sec_61"): _section("61", ("Part II",))}
    for other, why in (
        (_parameter(wanted, 60, "years", section="61", strength=0.7), "another scheme"),
        (_parameter(wanted, 60, "years", place=1, qualifier="women, early"), "special case: early"),
        (_parameter(wanted, 60, "years", place=1, comparator="at_most"), "weaker claim"),
    ):
        found = _compared(wanted, general, other, sections=sections)
        assert (found.parameter.value, found.outcome) == (67, Outcome.NOT_MET)
        assert [item.why for item in found.others] == [why]


def test_two_acts_on_one_benefit():
    """Where two acts state the same benefit and only one of them gives enough, the benefit is below the floor, whichever act answers best."""
    wanted = STANDARD.requirement("C102:52")
    first, second = _parameter(wanted, 16, "weeks"), _parameter(wanted, 8, "weeks", strength=0.6, file="b.txt")
    found = _compared(wanted, first, second)
    assert (found.value, found.below) == (8, True)
    assert [item.value for item in found.others] == [16]
    assert _compared(wanted, first, replace(second, value=14)).met
    assert _compared(wanted, first, replace(second, contingency=Contingency.SICKNESS)).met
    assert _compared(wanted, first, replace(second, qualifier="self_employed")).met


@settings(max_examples=80, deadline=None)
@given(st.data(), st.floats(0, 500), figures, figures)
def test_more_is_never_worse_in_two_acts(data, step, drawn, elsewhere):
    """Improving one figure of either act never turns the outcome for the worse."""
    requirement = data.draw(st.sampled_from(DURATIONS + LIMITS))
    rising = _rule(requirement).op == ">="
    parameters = [*_several(requirement, "weeks", drawn), *(replace(item, file="b.txt") for item in _several(requirement, "weeks", elsewhere))]
    before = _compared(requirement, *parameters)
    if before is None:
        return
    which = data.draw(st.integers(0, len(parameters) - 1))
    old = parameters[which].value
    parameters[which] = replace(parameters[which], value=old + step if rising else max(0.0, old - step))
    assert ORDER[_compared(requirement, *parameters).outcome] >= ORDER[before.outcome]


def test_the_reduced_period_beside_the_full_one():
    """The shorter of two periods is the reduced benefit's."""
    wanted = STANDARD.requirement("C102:29.reduced")
    found = _compared(wanted, _parameter(wanted, 30, "years", place=1, kind="qualifying_period"), _parameter(wanted, 15, "years", place=2, kind="qualifying_period"))
    assert (found.parameter.value, found.outcome) == (15, Outcome.MET)


def test_what_does_not_answer():
    """A percentage is no duration, a waiting period no maximum; repealed law and requirements without a rule have nothing to compare."""
    wanted = STANDARD.requirement("C102:52")
    for kind, unit in (("maximum_duration", "percent"), ("waiting_period", "weeks"), ("contribution_rate", "percent"), ("maximum_duration", "amount_EUR")):
        assert _compared(wanted, _parameter(wanted, 20, unit, kind=kind)) is None
    repealed = replace(_section("60", ()), status=ProvisionStatus.REPEALED)
    assert _compared(wanted, _parameter(wanted, 14, "weeks"), sections={(FILE, "sec_60"): repealed}) is None
    for silent in ("C102:8", "C102:9"):
        assert compare(STANDARD.requirement(silent), [_match(STANDARD.requirement(silent))], {(FILE, "sec_60"): [_parameter(wanted, 8, "weeks")]}) is None


def test_the_figure_of_the_right_benefit():
    """Of two figures in one section the one for the requirement's own contingency is compared."""
    wanted = STANDARD.requirement("C102:52")
    own, other = _parameter(wanted, 8, "weeks", place=1), _parameter(wanted, 26, "weeks", place=0, contingency=Contingency.SICKNESS)
    for order in ((own, other), (other, own)):
        assert _compared(wanted, *order).value == 8


def test_a_faint_or_absurd_figure_does_not_decide():
    """What is hardly legible, or far below anything a law would grant, is left to the reader."""
    wanted = STANDARD.requirement("C102:52")
    assert not _compared(wanted, _parameter(wanted, 8, "weeks", strength=0.1)).decides
    assert not _compared(wanted, _parameter(wanted, 1, "days")).below


@pytest.mark.parametrize(
    ("requirement", "figures", "since"),
    [
        ("C102:26", [(70, "years", {}), (67, "years", {"place": 1}), (65, "years", {"place": 2, "strength": 0.4})], "milder ones"),
        ("C102:29.full", [(35, "years", {"qualifier": "early"})], "special case"),
        ("C102:29.reduced", [(25, "years", {"qualifier": "early"})], "special case"),
        ("C102:52", [(8, "weeks", {"qualifier": "women, before_birth"})], "part of the whole"),
        ("C102:28", [(25, "percent", {}), (91, "amount_CAD", {"kind": "minimum_benefit", "place": 1})], "adds an amount"),
    ],
)
def test_a_figure_that_misses_the_floor_may_leave_it_open(requirement, figures, since):
    """Nothing is told to fall below the Convention on account of one figure where the law may give more, and the arithmetic says why."""
    wanted = STANDARD.requirement(requirement)
    found = _compared(wanted, *(_parameter(wanted, value, unit, **changed) for value, unit, changed in figures))
    assert found.outcome is Outcome.CANNOT_TELL
    assert not found.below
    assert since in found.arithmetic


@pytest.mark.parametrize(
    ("requirement", "figures"),
    [
        ("C102:26", [(70, "years", {}), (67, "years", {"place": 1}), (68, "years", {"place": 2})]),
        ("C102:26", [(70, "years", {}), (67, "years", {"place": 1}), (60, "years", {"section": "61", "strength": 0.6})]),
        ("C102:26", [(70, "years", {}), (67, "years", {"place": 1}), (60, "years", {"place": 2, "qualifier": "special_work"})]),
        ("C102:18.waiting", [(8, "days", {}), (5, "days", {"place": 1}), (0, "days", {"place": 2, "strength": 0.5})]),
        ("C102:28", [(15, "percent", {}), (91, "percent", {"kind": "minimum_benefit", "place": 1})]),
        ("C102:52", [(8, "weeks", {}), (91, "amount_CAD", {"kind": "minimum_benefit", "place": 1})]),
    ],
)
def test_a_figure_that_misses_the_floor_and_stands_alone_counts(requirement, figures):
    """What stands beside it counts for nothing where it misses the floor as well, is another section's, a special case, or no condition."""
    wanted = STANDARD.requirement(requirement)
    found = _compared(wanted, *(_parameter(wanted, value, unit, **changed) for value, unit, changed in figures))
    assert (found.outcome, found.below) == (Outcome.NOT_MET, True)


def test_an_age_tied_to_life_expectancy_is_left_open():
    """It meets the rule today and nobody can tell for how long; an age that misses it is told as it stands."""
    wanted = STANDARD.requirement("C102:26")

    def told(age, tied):
        figure = _parameter(wanted, age, "years")
        return compare(wanted, [_match(wanted)], {(FILE, figure.provision): [figure]}, {}, tied)

    place = (FILE, ProvisionId("sec_60"))
    tied = told(65, {place})
    assert (told(65, ()).outcome, tied.outcome, told(67, {place}).outcome) == (Outcome.MET, Outcome.CANNOT_TELL, Outcome.NOT_MET)
    assert ": cannot tell, " in tied.arithmetic
    assert tied.arithmetic.endswith("since the age is tied to life expectancy")
