"""The employees' share of the contributions, computed from the rates of those who pay."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.records import Contingency, Match, Parameter, ProvisionId, Span
from lexfloor.pipeline.stages.classify.comparison import Outcome, compare
from lexfloor.pipeline.stages.classify.financing import is_computed_share, told_share, with_share

WANTED = load_standard("c102").requirement("C102:71.2")
PLACE = ("a.txt", ProvisionId("sec_9"))
rates = (st.just(0.0) | st.floats(0.1, 40)).map(lambda rate: round(rate, 2))


def _rate(payer, value, place=0, strength=0.9):
    kind = f"contribution_rate_{payer}"
    return Parameter("XTS", *PLACE, "9", kind, value, "percent", "exactly", None, Span(place * 10, place * 10 + 5), Span(0, 100), "q", strength)


def _match():
    return Match("XTS", WANTED.id, *PLACE, "9", 1, 2.0, 2.0, 2.0, Span(0, 40), 0.5)


@given(rates, rates, st.none() | rates)
def test_the_share_is_the_employees_part_of_all_that_is_paid(employee, employer, state):
    """Half at most meets Article 71; the line says how it was computed."""
    told = [_rate("employer", employer), _rate("employee", employee, 1), *([_rate("state", state, 2)] if state is not None else [])]
    total = employee + employer + (state or 0)
    assume(total > 0)
    figures = with_share(WANTED, [_match()], {PLACE: told})
    computed = figures[PLACE][0]
    assert is_computed_share(computed)
    assert computed.value == pytest.approx(100 * employee / total, abs=0.01)
    outcome = compare(WANTED, [_match()], figures).outcome
    assert outcome is (Outcome.MET if computed.value <= 50 else Outcome.NOT_MET)
    assert told_share(told).startswith(f"{employee:g} / ({employee:g} + {employer:g}")


@pytest.mark.parametrize(
    "told",
    [
        [_rate("employee", 5)],
        [_rate("employer", 5)],
        [_rate("employee", 5, strength=0.3), _rate("employer", 10, 1)],
        [_rate("employee", 0), _rate("employer", 0, 1)],
        [replace(_rate("employee", 5), comparator="at_most"), _rate("employer", 10, 1)],
        [replace(_rate("employee", 5), high=7.0), _rate("employer", 10, 1)],
        [replace(_rate("employee", 20), qualifier="self_employed"), _rate("employer", 10, 1)],
        [replace(_rate("employee", 8), contingency=Contingency.OLD_AGE), replace(_rate("employer", 2, 1), contingency=Contingency.EMPLOYMENT_INJURY)],
        [_rate("employee", 5), _rate("employer", 10, 1), replace(_rate("employee", 33, 2), kind="employee_contribution_share")],
    ],
)
def test_nothing_is_computed_where_rates_do_not_make_up_a_whole(told):
    """A share needs the plain rates of both for one benefit; where the law states it, that counts."""
    figures = {PLACE: told}
    assert with_share(WANTED, [_match()], figures) == figures


def test_later_rates_of_the_same_payer_do_not_add_up():
    """The first rate of each counts: those after it are later steps, or other cases."""
    told = [_rate("employee", 5), _rate("employer", 10, 1), _rate("employee", 6, 2), _rate("employer", 12, 3)]
    assert told_share(told) == "5 / (5 + 10) = 33.33%"


def test_other_requirements_are_left_alone():
    """Only what asks for the share gets one."""
    figures = {PLACE: [_rate("employee", 5), _rate("employer", 10, 1)]}
    assert with_share(load_standard("c102").requirement("C102:28"), [_match()], figures) is figures
