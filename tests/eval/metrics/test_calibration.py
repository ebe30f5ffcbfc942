"""Measures of confidence keep their laws, and are those of scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import brier_score_loss, roc_auc_score

from lexfloor.eval.metrics.calibration import (
    area_under_risk_coverage,
    auroc,
    brier,
    brier_of_labels,
    calibration_error,
    calibration_error_equal_mass,
    coverage_at_risk,
    reliability_bins,
    risk_coverage,
)

CONFIDENCES = st.floats(0, 1) | st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0])
ANSWERS = st.lists(st.tuples(CONFIDENCES, st.booleans()), min_size=1, max_size=60)
MEASURES = [calibration_error, calibration_error_equal_mass, brier, auroc, area_under_risk_coverage, lambda confidence, right: coverage_at_risk(confidence, right, 0.1)]


def columns(answers):
    confidence, right = zip(*answers, strict=True)
    return np.array(confidence), np.array(right)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60), st.integers(1, 20))
def test_calibration_error_is_bounded(pairs, bins):
    """Between 0 and 1 for any number of bins, and the same for bins of equal mass."""
    confidence, right = zip(*pairs, strict=True)
    assert -1e-9 <= calibration_error(confidence, right, bins) <= 1 + 1e-9
    assert -1e-9 <= calibration_error_equal_mass(confidence, right, bins) <= 1 + 1e-9


def test_calibration_by_hand():
    """Certain and wrong is an error of 1, certain and right of 0, half and half of 0."""
    assert calibration_error([1.0, 1.0], [False, False]) == 1
    assert calibration_error([1.0, 0.0], [True, False]) == 0
    assert calibration_error([0.5, 0.5], [True, False]) == 0


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 5)), min_size=1, max_size=9))
def test_confidence_that_comes_true_has_no_error(groups):
    """Groups of rows of which exactly the share they claim is right."""
    confidence = [share / 8 for share, times in groups for _ in range(8 * times)]
    right = [place % 8 < share for share, times in groups for place in range(8 * times)]
    assert calibration_error(confidence, right) == pytest.approx(0, abs=1e-9)
    assert calibration_error_equal_mass(confidence, right) == pytest.approx(0, abs=1e-9)


@given(ANSWERS, st.integers(1, 20))
def test_bins_by_hand(answers, bins):
    """Going through the rows bin by bin gives the same error."""
    total = 0.0
    for number in range(bins):
        inside = [(value, right) for value, right in answers if number / bins < value <= (number + 1) / bins or (number == 0 and value == 0)]
        total += abs(sum(value for value, _ in inside) - sum(right for _, right in inside))
    assert calibration_error(*columns(answers), bins) == pytest.approx(total / len(answers), abs=1e-9)


def test_bins_of_equal_mass_by_hand():
    """Four rows in two bins: the lower two claim 1.3 and hold one, the upper two claim 1.7 and hold two."""
    assert calibration_error_equal_mass([0.9, 0.6, 0.8, 0.7], [True, False, True, True], bins=2) == pytest.approx((0.3 + 0.3) / 4)


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(answers, random):
    """Ties in confidence are treated as one block by every measure."""
    mixed = random.sample(answers, len(answers))
    for measure in MEASURES:
        assert measure(*columns(answers)) == pytest.approx(measure(*columns(mixed)), abs=1e-9, nan_ok=True)


@given(ANSWERS)
def test_scikit_learn_gives_the_same(answers):
    """The Brier score and the area under the ROC curve, with ties; that is not defined for one class."""
    confidence, right = columns(answers)
    assert brier(confidence, right) == pytest.approx(brier_score_loss(right, confidence, pos_label=True, labels=[False, True]), abs=1e-9)
    if right.any() and not right.all():
        assert auroc(confidence, right) == pytest.approx(roc_auc_score(right, confidence), abs=1e-9)
        assert auroc(confidence, right) == pytest.approx(roc_auc_score(~right, -confidence), abs=1e-9)
    else:
        assert np.isnan(auroc(confidence, right))


@given(st.lists(st.tuples(st.lists(st.integers(1, 9), min_size=3, max_size=3), st.sampled_from("abc")), min_size=1, max_size=20))
def test_brier_of_all_labels(rows):
    """Scikit-learn's score of several classes, not halved."""
    weights, gold = zip(*rows, strict=True)
    shares = np.array(weights) / np.sum(weights, axis=1, keepdims=True)
    assert brier_of_labels(shares, gold, "abc") == pytest.approx(brier_score_loss(gold, shares, labels=["a", "b", "c"], scale_by_half=False), abs=1e-9)


def test_brier_refuses_another_shape():
    """Probabilities of two labels say nothing of three."""
    with pytest.raises(ValueError, match=r"shape \(1, 2\) are given for 1 rows of 3 labels"):
        brier_of_labels([[0.5, 0.5]], ["a"], "abc")


def test_reliability_bins_hold_all_rows():
    """Bounds, mean confidence, share right and count; bins without rows are not there; 1.0 is in the last."""
    low, high = reliability_bins([0.0, 0.1, 0.95, 1.0, 0.93], [False, True, True, True, False])
    assert (low.lower, low.upper, low.count, low.right) == (0.0, 0.1, 2, 0.5)
    assert (high.lower, high.upper, high.count) == (0.9, 1.0, 3)
    assert (high.confidence, high.right) == pytest.approx((0.96, 2 / 3))


@given(ANSWERS, st.integers(1, 20))
def test_reliability_bins_add_up_to_the_error(answers, bins):
    """The diagram shows what the calibration error sums."""
    found = reliability_bins(*columns(answers), bins)
    assert sum(part.count for part in found) == len(answers)
    assert all(part.lower - 1e-9 <= part.confidence <= part.upper + 1e-9 for part in found)
    assert sum(part.count * abs(part.confidence - part.right) for part in found) / len(answers) == pytest.approx(calibration_error(*columns(answers), bins), abs=1e-9)


def test_risk_and_coverage_by_hand():
    """Five rows; the two of confidence 0.7 are answered together."""
    confidence, right = [0.7, 0.9, 0.7, 0.2, 0.4], [False, True, True, False, True]
    curve = risk_coverage(confidence, right)
    assert curve.threshold.tolist() == [0.9, 0.7, 0.4, 0.2]
    assert curve.coverage.tolist() == [0.2, 0.6, 0.8, 1.0]
    assert curve.risk.tolist() == pytest.approx([0, 1 / 3, 1 / 4, 2 / 5])
    # Among the two rows of 0.7, half an error is expected of the first.
    assert area_under_risk_coverage(confidence, right) == pytest.approx((0 + 0.5 / 2 + 1 / 3 + 1 / 4 + 2 / 5) / 5)
    assert coverage_at_risk(confidence, right, 0.25) == 0.8
    assert coverage_at_risk(confidence, right, 0.24) == 0.2
    assert coverage_at_risk(confidence, right, 0.4) == 1
    assert coverage_at_risk([0.9, 0.8], [False, True], 0.1) == 0


def test_a_risk_that_is_just_met_counts():
    """One error in ten is at most 0.1, three in thirty too."""
    assert coverage_at_risk([0.5] * 10, [False] + [True] * 9, 0.1) == 1
    assert coverage_at_risk([0.5] * 30, [False] * 3 + [True] * 27, 0.1) == 1


@given(st.lists(st.tuples(st.integers(0, 3).map(lambda step: step / 4), st.booleans()), min_size=1, max_size=7))
def test_the_area_is_the_mean_over_random_orders_of_ties(answers):
    """The expected mean of the risks at 1, 2 ... n rows, when ties are shuffled many times."""
    confidence, right = columns(answers)
    random = np.random.default_rng(0)
    areas = []
    for _ in range(400):
        order = np.lexsort((random.random(len(right)), -confidence))
        areas.append(float((np.cumsum(~right[order]) / np.arange(1, len(right) + 1)).mean()))
    assert area_under_risk_coverage(confidence, right) == pytest.approx(np.mean(areas), abs=4 * np.std(areas) / 20 + 1e-9)


@given(ANSWERS, st.floats(0, 1))
def test_coverage_at_risk_keeps_its_promise(answers, risk):
    """Some threshold answers that share at that risk, and no lower one does."""
    confidence, right = columns(answers)
    reached = [(confidence >= threshold).mean() for threshold in confidence if (~right[confidence >= threshold]).mean() <= risk]
    assert coverage_at_risk(confidence, right, risk) == pytest.approx(max(reached, default=0.0))


@pytest.mark.parametrize("measure", MEASURES)
def test_missing_rows_are_left_out(measure):
    """A row without confidence, or of which nobody knows whether it is right, changes nothing; no rows have no measure."""
    whole = measure([0.9, 0.4, 0.6], [True, False, True])
    assert measure([0.9, None, 0.4, 0.8, 0.6], [True, True, False, None, True]) == pytest.approx(whole)
    assert np.isnan(measure([], []))
    assert np.isnan(measure([None], [True]))
    with pytest.raises(ValueError, match="2 confidences are given for 1 answers"):
        measure([0.1, 0.2], [True])
