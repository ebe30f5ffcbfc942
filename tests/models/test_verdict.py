"""Verdicts from probabilities: what is rare is given when it is likelier than usual."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.models.verdict import VERDICTS, verdict_model
from lexfloor.pipeline.records import Verdict

shares = st.lists(st.floats(0.01, 1.0), min_size=len(VERDICTS), max_size=len(VERDICTS)).map(lambda raw: dict(zip(VERDICTS, [value / sum(raw) for value in raw], strict=True)))


def test_a_rare_verdict_that_is_likelier_than_usual_is_given():
    """Three in five laws comply: at even chances a half measure is what the text says more than others do."""
    usual = replace(verdict_model(), overall=(0.6, 0.1, 0.05, 0.15, 0.1), lean=0.5)
    probabilities = dict(zip(VERDICTS, (0.45, 0.35, 0.05, 0.1, 0.05), strict=True))
    assert usual.decided(probabilities, below=False) == (Verdict.PARTIAL, 0.35)
    assert replace(usual, lean=0.0).decided(probabilities, below=False) == (Verdict.COMPLIANT, 0.45)


@given(shares)
def test_confidence_is_the_probability_of_the_verdict_given(probabilities):
    """Whatever the lean, the confidence told is that of what is said."""
    verdict, confidence = verdict_model().decided(probabilities, below=False)
    assert confidence == pytest.approx(probabilities[verdict])
    assert replace(verdict_model(), lean=0.0).decided(probabilities, below=False)[1] == max(probabilities.values())
