"""Benefit levels inside the judge: which figures they rest on, and how they meet the comparison."""

from dataclasses import replace

from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.records import Contingency, Match, Parameter, ProvisionId, RequirementId, Span
from lexfloor.pipeline.stages.classify.benefits import COMPUTED, benefit_levels, silent, with_computed
from lexfloor.pipeline.stages.classify.comparison import Outcome, compare

C102 = load_standard("c102")
OLD_AGE = C102.requirement("C102:28")


def match(requirement: str, provision: str, rank: int = 1, score: float = 4.0) -> Match:
    return Match("XTS", RequirementId(requirement), "act.txt", ProvisionId(provision), provision.removeprefix("sec_"), rank, score, score, score, Span(0, 400))


def figure(kind: str, value: float, start: int = 0, provision: str = "sec_1", base: str = "previous_earnings", contingency: Contingency | None = Contingency.OLD_AGE) -> Parameter:
    place = "act.txt", ProvisionId(provision), provision.removeprefix("sec_")
    return Parameter("XTS", *place, kind, value, "percent", "exactly", contingency, Span(start, start + 4), Span(0, 400), "", 0.95, base=base)


def told(requirement: str, figures: list[Parameter], matches: list[Match]):
    by_place: dict[tuple[str, str], list[Parameter]] = {}
    for one in figures:
        by_place.setdefault((one.file, one.provision), []).append(one)
    return by_place, benefit_levels(C102, {requirement: matches}, by_place, {}).get(RequirementId(requirement), ())


def test_a_formula_is_compared_as_the_rate_that_it_comes_to():
    bare, levels = told("C102:28", [figure("accrual_rate", 1.5)], [match("C102:28", "sec_1")])
    assert levels[0].rate == 45
    found = compare(OLD_AGE, [match("C102:28", "sec_1")], with_computed(OLD_AGE, bare, levels))
    assert compare(OLD_AGE, [match("C102:28", "sec_1")], bare) is None
    assert found is not None
    assert (found.value, found.outcome, found.parameter.qualifier, found.parameter.span) == (45, Outcome.MET, COMPUTED, Span(0, 4))
    low, levels = told("C102:28", [figure("accrual_rate", 1.1)], [match("C102:28", "sec_1")])
    below = compare(OLD_AGE, [match("C102:28", "sec_1")], with_computed(OLD_AGE, low, levels))
    assert below is not None
    assert below.below


def test_a_computed_rate_stands_in_place_of_its_parts():
    """A base rate below the floor says nothing against the rate that it is a part of."""
    period = replace(figure("qualifying_period", 15, start=90), unit="years")
    figures, levels = told("C102:28", [figure("replacement_rate", 30), figure("accrual_rate", 1, start=50), period], [match("C102:28", "sec_1")])
    assert levels[0].rate == 45
    found = compare(OLD_AGE, [match("C102:28", "sec_1")], with_computed(OLD_AGE, figures, levels))
    assert found is not None
    assert (found.outcome, [other.value for other in found.others]) == (Outcome.MET, [])


def test_a_rate_after_more_years_than_the_convention_s_does_not_hide_what_accrues_before():
    """42% after 35 years, 1.2% a year before that: 36% after thirty."""
    period = replace(figure("qualifying_period", 35, start=90), unit="years")
    sections = [match("C102:28", "sec_1"), match("C102:28", "sec_2", 2, 3.9)]
    figures, levels = told("C102:28", [figure("replacement_rate", 42), period, figure("accrual_rate", 1.2, provision="sec_2")], sections)
    found = compare(OLD_AGE, sections, with_computed(OLD_AGE, figures, levels))
    assert found is not None
    assert (found.value, found.below) == (36, True)


def test_a_rate_that_the_law_states_and_a_level_left_open_change_nothing():
    stated, levels = told("C102:28", [figure("replacement_rate", 45)], [match("C102:28", "sec_1")])
    assert with_computed(OLD_AGE, stated, levels) is stated
    unclear, levels = told("C102:28", [figure("replacement_rate", 30), figure("accrual_rate", 1, start=50)], [match("C102:28", "sec_1")])
    assert levels[0].met is None
    assert with_computed(OLD_AGE, unclear, levels) is unclear


def test_figures_of_sections_that_were_not_found_or_of_another_benefit_do_not_count():
    elsewhere = figure("replacement_rate", 80, provision="sec_9")
    other = figure("replacement_rate", 70, start=20, contingency=Contingency.SICKNESS)
    _, levels = told("C102:28", [figure("replacement_rate", 45), other, elsewhere], [match("C102:28", "sec_1")])
    assert (levels[0].rate, levels[0].met) == (45, True)


def test_where_the_law_is_silent_a_line_stays_with_its_beneficiary_alone():
    _, levels = told("C102:28", [figure("accrual_rate", 1.5)], [match("C102:28", "sec_1")])
    (line,) = silent(levels)
    assert (line.beneficiary, line.rate, line.met, line.figures) == ("man with wife of pensionable age", None, None, ())
    assert "none was found" in line.missing[0]
