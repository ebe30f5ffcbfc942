"""The ranking model reads its weights and gives probabilities; what is known of other countries' evidence can leave a country out."""

import json
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lexfloor.models.counterparts import Counterparts, counterparts_in, shipped_counterparts
from lexfloor.models.ranking import HELD_OUT, RankingModel, held_out_ranking, ranking
from lexfloor.pipeline.errors import ModelError

MODEL = RankingModel(("near", "early"), (0.0, 0.5), (1.0, 0.5), (2.0, 1.0), -1.0)
KNOWN = Counterparts("space", ("A:1", "A:2"), {"XAA": np.array([[1, 0], [0, 0]], np.float32), "XBB": np.array([[0, 1], [0, 1]], np.float32)})


@given(arrays(np.float32, (3, 4), elements=st.floats(-1e6, 1e6, width=32)), arrays(np.float32, (3, 4), elements=st.floats(-1e6, 1e6, width=32)))
def test_probabilities(near, early):
    """Every section has a probability, however far its features lie from what the model was fitted on."""
    likely = MODEL.probabilities({"near": near, "early": early, "unknown": near})
    assert likely.shape == near.shape
    assert ((likely >= 0) & (likely <= 1)).all()


def test_features_weigh_as_the_model_says():
    """The logit is the sum of the standardized features by their weights."""
    likely = MODEL.probabilities({"near": np.array([[1.0, -1.0]], np.float32), "early": np.array([[1.0, 0.5]], np.float32)})
    assert likely[0] == pytest.approx([1 / (1 + np.exp(-2.0)), 1 / (1 + np.exp(3.0))])


def test_the_model_as_json():
    """What the model is written as holds all its numbers."""
    content = json.loads(json.dumps(MODEL.content()))
    assert content == {"bias": -1.0, "features": {"near": [0.0, 1.0, 2.0], "early": [0.5, 0.5, 1.0]}}


def test_evidence_of_other_countries():
    """A requirement's vector is the mean over the countries that have evidence for it; one that no country has is nowhere."""
    assert KNOWN.evidence(["A:2", "A:1", "A:9"], "space").tolist() == [[0, 1], [0.5, 0.5], [0, 0]]
    assert KNOWN.without("XBB").evidence(["A:2", "A:1"], "space").tolist() == [[0, 0], [1, 0]]


@pytest.mark.parametrize(("requirements", "space", "left_out"), [(["A:1"], "another", ()), (["B:1"], "space", ()), (["A:1"], "space", ("XAA", "XBB"))])
def test_evidence_that_tells_nothing(requirements, space, left_out):
    """Vectors of another encoder, another standard's requirements, no country: nothing is known."""
    assert KNOWN.without(*left_out).evidence(requirements, space) is None


def test_written_and_read(tmp_path):
    """Counterparts come back as they were written, and the same ones are the same bytes."""
    KNOWN.write(tmp_path / "one.safetensors")
    Counterparts(KNOWN.space, KNOWN.requirements, dict(reversed(KNOWN.by_country.items()))).write(tmp_path / "other.safetensors")
    assert (tmp_path / "one.safetensors").read_bytes() == (tmp_path / "other.safetensors").read_bytes()
    back = counterparts_in(tmp_path / "one.safetensors")
    assert (back.space, back.requirements, set(back.by_country)) == ("space", ("A:1", "A:2"), {"XAA", "XBB"})
    assert all((back.by_country[name] == rows).all() for name, rows in KNOWN.by_country.items())


@pytest.mark.parametrize("content", [b"", b"no tensors", None])
def test_a_broken_file_is_told(tmp_path, content):
    """A file that is missing or broken is named, with what to do."""
    path = tmp_path / "counterparts.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=r"counterparts\.safetensors.*train classifier"):
        counterparts_in(path)


def test_models_held_out_have_not_seen_their_country():
    """The model by which a judged country is ranked was fitted on the others, and knows the evidence of the others."""
    judged = set(json.loads((files("lexfloor.models") / "weights" / HELD_OUT).read_text(encoding="utf-8")))
    assert judged == set(shipped_counterparts().by_country) == set(ranking().about["fitted_on"])
    for country in judged:
        model = held_out_ranking(country)
        assert set(model.about["fitted_on"]) == set(model.counterparts.by_country) == judged - {country}
        assert model.near != ranking().near


def test_the_shipped_models():
    """The shipped models see the same, but for the evidence of other countries; a country that was not judged is ranked by them."""
    shipped = ranking()
    assert held_out_ranking("XVA") == shipped
    assert set(shipped.alone.names) < set(shipped.near.names)
    assert {name.partition("_")[0] for name in set(shipped.near.names) - set(shipped.alone.names)} == {"counterpart"}
