"""The threshold keeps the promised rate of error, and gives up answering rather than break it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.models.abstention import THRESHOLDS, Risks, least_confidence, risks_of

FINDING = st.tuples(st.integers(0, 1000).map(lambda thousandths: thousandths / 1000), st.booleans())
COUNTRY = st.lists(FINDING, min_size=1, max_size=30)
COUNTRIES = st.lists(COUNTRY, min_size=1, max_size=15)
CONFIDENCES = st.lists(FINDING.map(lambda finding: finding[0]), min_size=1, max_size=30)
RATE = st.floats(0, 1)


def _or_more(least):
    """Return a threshold as a number: where nothing can be answered it lies above all confidences."""
    return 2.0 if least is None else least


@given(COUNTRIES, CONFIDENCES, RATE, RATE)
def test_a_greater_promised_rate_never_answers_less(countries, confidences, one, other):
    """Whoever allows more errors gets no higher a threshold."""
    risks = risks_of(countries)
    small, great = sorted((one, other))
    assert _or_more(least_confidence(risks, confidences, great)) <= _or_more(least_confidence(risks, confidences, small))


@given(COUNTRIES, CONFIDENCES, RATE)
def test_the_finite_sample_correction(countries, confidences, rate):
    """At the threshold the judged countries' losses and the most that the new one can lose together keep the rate; at the next lower one they do not."""
    risks = risks_of(countries)
    least = least_confidence(risks, confidences, rate)
    worst = [risks.countries * wrong + np.mean([said >= least_ for said in confidences]) for least_, wrong in zip(THRESHOLDS, risks.wrong, strict=True)]
    kept = [sum_ / (risks.countries + 1) <= rate + 1e-12 for sum_ in worst]
    if least is None:
        assert not any(sum_ / (risks.countries + 1) <= rate - 1e-12 for sum_ in worst)
        return
    place = THRESHOLDS.index(least)
    assert kept[place]
    assert place == 0 or worst[place - 1] / (risks.countries + 1) > rate - 1e-12


@given(st.lists(COUNTRY, min_size=2, max_size=8), RATE)
def test_the_promise_holds_over_countries_each_left_out_in_turn(countries, rate):
    """With each of n + 1 countries once the new one, the mean share answered and wrong is at most the rate: what exchangeability makes an expectation."""
    lost = []
    for number, new in enumerate(countries):
        least = least_confidence(risks_of(countries[:number] + countries[number + 1 :]), [said for said, _ in new], rate)
        lost.append(np.mean([least is not None and said >= least and not right for said, right in new]))
    assert np.mean(lost) <= rate + 1e-9


@given(COUNTRIES, CONFIDENCES)
def test_everything_and_nothing(countries, confidences):
    """Where every error is allowed all is answered; where none is, nothing of a country can be answered at all."""
    risks = risks_of(countries)
    assert least_confidence(risks, confidences, 1.0) == 0.0
    least = least_confidence(risks, confidences, 0.0)
    assert least is None or not [said for said in confidences if said >= least]


def test_nothing_can_be_answered_without_risks_or_findings():
    """Where nothing is known of errors, or there is nothing to answer, there is no threshold."""
    risks = risks_of([[(0.9, True)]])
    assert least_confidence(None, [0.99], 0.5) is None
    assert least_confidence(risks, [], 0.5) is None
    assert least_confidence(risks_of([[(1.0, False)]]), [1.0], 0.1) is None


def test_more_judged_countries_allow_more():
    """Without a single error a new country may answer all at 10% only after nine judged ones."""
    all_right = [[(0.9, True), (0.4, True)]]
    assert least_confidence(risks_of(all_right * 9), [0.9, 0.4], 0.1) == 0.0
    assert least_confidence(risks_of(all_right * 8), [0.9, 0.4], 0.1) == pytest.approx(0.41)


@given(COUNTRIES)
def test_risks_are_shares_that_fall(countries):
    """Risks check themselves, and those of no threshold are all errors."""
    risks = risks_of(countries)
    assert risks.answered[0] == pytest.approx(1.0)
    assert risks.wrong[0] == pytest.approx(np.mean([np.mean([not right for _, right in findings]) for findings in countries]))


@pytest.mark.parametrize(("wrong", "answered"), [((0.0,) * 100 + (0.1,), (1.0,) * 101), ((0.5,) * 101, (0.4,) * 101), ((0.1,), (0.2,))])
def test_impossible_risks_are_refused(wrong, answered):
    """Risks that rise, errors that were never answered, and tables cut short cannot be made."""
    with pytest.raises(ValueError, match=r"rises|wrong|thresholds"):
        Risks(3, wrong, answered)
