"""The kinds model reads its weights and gives probabilities."""

import pytest

from lexfloor.models.kinds import NONE, FamilyWeights, KindModel, kind_model

MODEL = KindModel({"durations": FamilyWeights({"before": 2.0}, {"waiting_period": {}, "maximum_duration": {"unit:weeks": 1.0}, NONE: {}})}, 0.2, {})


def test_phrases_of_its_own_list_speak_for_a_kind():
    """A place weighs the same for every kind; each kind looks at its own list, and "none" at deadlines."""
    kinds = ("waiting_period", "maximum_duration", NONE)
    for name, best in (("waiting_period", "waiting_period"), ("deadline", NONE)):
        shares = MODEL.probabilities("durations", {f"before:{name}": 1.0, "unit:weeks": 1.0}, kinds)
        assert sum(shares.values()) == pytest.approx(1)
        assert max(shares, key=shares.__getitem__) == best
    assert max(MODEL.probabilities("durations", {"unit:weeks": 1.0}, kinds).items(), key=lambda item: item[1])[0] == "maximum_duration"


def test_what_was_never_seen_has_no_probability():
    """A kind or family without weights is never told."""
    assert MODEL.probabilities("durations", {}, ("pensionable_age", NONE)) == {"pensionable_age": 0.0, NONE: 1.0}
    assert MODEL.probabilities("rates", {}, ("ceiling", NONE)) == {"ceiling": 0.0, NONE: 0.0}


def test_the_shipped_weights():
    """The shipped model knows all three families, and each has a class for figures that measure nothing."""
    model = kind_model()
    assert set(model.weights) == {"rates", "durations", "amounts"}
    assert all(NONE in family.kinds for family in model.weights.values())
    assert 0 < model.bar < 1
