"""Confidence: how often figures told so strongly were right."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.kind_calibration import calibration, without
from lexfloor.eval.metrics.calibration import calibration_error
from lexfloor.models.kinds import Calibration, kind_model


def test_confidence_is_the_share_that_was_right():
    """Of figures told with .9 only six in ten were right, of those with .3 two: so sure one may be of the next."""
    told = [(0.9, number < 60) for number in range(100)] + [(0.3, number < 20) for number in range(100)]
    known = calibration(told)
    assert known.confidence(0.9) == pytest.approx(0.6, abs=0.03)
    assert known.confidence(0.3) == pytest.approx(0.2, abs=0.03)
    strengths, right = zip(*told, strict=True)
    assert calibration_error([known.confidence(strength) for strength in strengths], right) < 0.01 < calibration_error(strengths, right)


def test_nothing_judged_changes_nothing():
    assert calibration([]).confidence(0.7) == pytest.approx(0.7)


def test_a_country_does_not_count_for_itself():
    assert without("XTS", {"XTS": [(0.9, True)], "XTT": [(0.4, False)]}) == [(0.4, False)]


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_rises_with_strength(one, other):
    """The shipped confidence lies between 0 and 1, and never falls where the words tell more."""
    known = kind_model().calibration
    low, high = sorted((one, other))
    assert 0 < known.confidence(low) <= known.confidence(high) < 1


def test_right_at_random_gives_no_confidence():
    drawn = random.Random(1)
    told = [(drawn.random(), drawn.random() < 0.5) for _ in range(2000)]
    assert calibration(told).confidence(0.9) == pytest.approx(0.5, abs=0.08)
    assert Calibration().confidence(0.9) == pytest.approx(0.9)
