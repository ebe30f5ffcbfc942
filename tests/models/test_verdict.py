"""The verdict model tells what pulled towards its verdict, and comes back as written."""

import json
import math

import pytest

from lexfloor.models.verdict import USUAL, VERDICTS, VerdictModel, verdict_model
from lexfloor.pipeline.records import Verdict


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
    model = VerdictModel(("faintness",), (1.0,), (1.0,), weights, (0.0,) * 5, {}, (0.2,) * 5, {})
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
