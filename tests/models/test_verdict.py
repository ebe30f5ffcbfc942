"""Verdicts from probabilities: what is rare is given when it is likelier than usual; what pulled is told; the model comes back as written."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.models.verdict import USUAL, VERDICTS, VerdictModel, verdict_model
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


@pytest.mark.parametrize("value", [0.0, 1.0, 4.0])
def test_pulls_add_up_to_the_odds(standard, value):
    """All pulls together are the logarithm of the odds against the likeliest other verdict."""
    model = verdict_model()
    values = dict.fromkeys(model.signals, value)
    for requirement in standard.requirements:
        likely = model.probabilities(requirement.id, values)
        first, second = sorted(VERDICTS, key=likely.__getitem__, reverse=True)[:2]
        pulls = model.pulls(requirement.id, values, first)
        assert [pull.signal for pull in pulls] == [*model.signals, USUAL]
        assert sum(pull.strength for pull in pulls) == pytest.approx(math.log(likely[first] / likely[second]))


def test_a_signal_above_its_mean_pulls_where_its_weight_says():
    """One signal, high, that speaks for silence: it pulls towards it and is told as high; low it pulls away."""
    silent = VERDICTS.index(Verdict.NOT_ADDRESSED)
    weights = tuple(((2.0 if row == silent else 0.0), *(0.0,) * 5) for row in range(5))
    model = VerdictModel(("faintness",), (1.0,), (1.0,), weights, (0.0,) * 5, {}, (0.2,) * 5, 0.0, {})
    high, usual = model.pulls("any", {"faintness": 2.0}, Verdict.NOT_ADDRESSED)
    assert (high.strength, high.high, usual.strength) == (pytest.approx(2.0), True, pytest.approx(0.0))
    low, _ = model.pulls("any", {"faintness": 0.0}, Verdict.NOT_ADDRESSED)
    assert (low.strength, low.high) == (pytest.approx(-2.0), False)


def test_the_shipped_model_knows_its_risks():
    """What is risked by answering stands in the weights, of the countries that they were fitted on."""
    model = verdict_model()
    assert model.risks is not None
    assert model.risks.countries == len(model.about["fitted_on"])
    written = json.loads(model.to_json())["risks"]
    assert tuple(written["wrong"]) == model.risks.wrong
    assert written["countries"] == model.risks.countries
