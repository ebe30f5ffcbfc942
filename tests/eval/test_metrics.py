"""Measures of agreement keep their laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.metrics import agreement, calibration_error, first_hit, kappa, macro_f1

LABELS = st.sampled_from("abcde")
PAIRS = st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=40)


@given(PAIRS)
def test_agreement_and_kappa_are_symmetric_and_bounded(pairs):
    """Swapping the readers changes nothing; both stay within their bounds."""
    first, second = zip(*pairs, strict=True)
    assert agreement(first, second) == agreement(second, first)
    assert 0 <= agreement(first, second) <= 1
    assert kappa(first, second) == pytest.approx(kappa(second, first))
    assert -1 <= kappa(first, second) <= 1 + 1e-9


@given(st.lists(LABELS, min_size=1, max_size=40))
def test_a_reader_agrees_with_themselves(labels):
    """Full agreement is 1 on every measure."""
    assert agreement(labels, labels) == 1
    assert kappa(labels, labels) == pytest.approx(1)
    assert macro_f1(labels, labels) == pytest.approx(1)


@given(PAIRS)
def test_macro_f1_is_bounded(pairs):
    """Between nothing right and everything right."""
    assert 0 <= macro_f1(*zip(*pairs, strict=True)) <= 1


def test_kappa_by_hand():
    """The example of two readers, 50 items, 20 and 15 agreed: kappa 0.4."""
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert kappa(first, second) == pytest.approx(0.4)


def test_chance_agreement_is_zero():
    """Independent labels have no agreement beyond chance."""
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == pytest.approx(0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 20))
def test_calibration_error_is_bounded(pairs, bins):
    """Between 0 and 1 for any number of bins."""
    confidence, right = zip(*pairs, strict=True)
    assert -1e-9 <= calibration_error(confidence, right, bins) <= 1 + 1e-9


def test_calibration_by_hand():
    """Certain and wrong is an error of 1, certain and right of 0, half and half of 0."""
    assert calibration_error([1.0, 1.0], [False, False]) == 1
    assert calibration_error([1.0, 0.0], [True, False]) == 0
    assert calibration_error([0.5, 0.5], [True, False]) == 0


@pytest.mark.parametrize(("ranked", "wanted", "rank"), [("abc", "a", 1), ("abc", "cb", 2), ("abc", "z", None), ("", "a", None), ("abc", "", None)])
def test_first_hit(ranked, wanted, rank):
    """Ranks count from 1; nothing found is None."""
    assert first_hit(list(ranked), frozenset(wanted)) == rank


@pytest.mark.parametrize("measure", [agreement, kappa, macro_f1])
def test_lists_of_unequal_length_are_refused(measure):
    """A missing answer is an error, not a silent cut."""
    with pytest.raises(ValueError, match="zip"):
        measure(["a", "b"], ["a"])
