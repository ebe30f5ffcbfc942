"""What single questions are asked with: which of it answers a question depends on the question's identity alone."""

import json
import logging

import pytest

from lexfloor.models import questions
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.questions import ALL, FOLDS, adapter_file, asking_of, fold_of
from lexfloor.models.weight_files import weights_in
from lexfloor.pipeline.errors import ModelError

NAMES = (ALL, *map(str, range(FOLDS)))
WHOLE = 5_000_000
"""The most bytes that the adapters may come to."""


@pytest.fixture
def taught_one(tmp_path):
    """Return the encoder that was taught; nothing of it is loaded before a text comes."""
    return SentenceEncoder(model_card("auto"), device="cpu", precision="float32", cache=tmp_path / "cache")


def test_folds_are_about_as_large():
    """Every question has one of five folds, and none of them holds most questions."""
    found = [fold_of(f"question {number}") for number in range(500)]
    assert set(found) == set(range(FOLDS))
    assert max(map(found.count, range(FOLDS))) < 140


def test_each_fold_is_asked_with_its_own(taught_one):
    """What a fold is asked with, encoder and weights, is neither that of all questions nor that of another fold, nor the encoder as it is."""
    found = [asking_of(taught_one), *(asking_of(taught_one, fold) for fold in range(FOLDS))]
    assert len({asking.model.weights for asking in found}) == FOLDS + 1
    assert len({asking.encoder.space for asking in found} | {taught_one.space}) == FOLDS + 2
    assert len({asking.model.names for asking in found}) == 1


def test_another_encoder_encodes_questions_as_it_is(encoder, tiny_model, tmp_path, caplog):
    """What was learned belongs to one encoder: with others questions are asked without it, by weights of their own, and the log says so."""
    tiny = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path / "cache")
    for other in (encoder, tiny):
        caplog.clear()
        with caplog.at_level(logging.INFO, logger="lexfloor"):
            asking = asking_of(other)
        assert asking.encoder is other
        assert len(caplog.records) == 1
        assert "another encoder" in caplog.text
    alone = [asking_of(encoder, fold).model.weights for fold in (None, *range(FOLDS))]
    assert len(set(alone)) == FOLDS + 1


def test_what_the_weights_come_from_is_told():
    """The file says what it was fitted on, by hash, and under which licence it is; all that it names is there, and small."""
    content = weights_in(questions.SHIPPED)
    assert set(content["taught"]) == set(content["alone"]) == set(content["adapters"]) == set(NAMES)
    assert len(content["about"]["sha256"]) == 16
    assert "Apache-2.0" in content["about"]["licence"]
    assert sum(content["about"]["folds"]) > 1000
    assert sum(len((questions.shipped_weights() / adapter_file(name)).read_bytes()) for name in NAMES) < WHOLE


def test_a_fold_that_is_not_there(encoder):
    """Only folds that were fitted can be asked for."""
    with pytest.raises(ModelError, match=r"questions\.json"):
        asking_of(encoder, FOLDS)


def test_an_altered_adapter_is_refused(taught_one, tmp_path, monkeypatch):
    """A file that is missing, or not the one that was fitted, is told by name before anything is encoded."""
    for name in (questions.SHIPPED, adapter_file("0")):
        (tmp_path / name).write_bytes((questions.shipped_weights() / name).read_bytes() + b" ")
    monkeypatch.setattr(questions, "shipped_weights", lambda: tmp_path)
    monkeypatch.setattr(questions, "weights_in", lambda name: json.loads((tmp_path / name).read_text(encoding="utf-8")))
    with pytest.raises(ModelError, match=r"questions-0\.safetensors is not the file"):
        asking_of(taught_one, 0)
    with pytest.raises(ModelError, match=r"questions-all\.safetensors is missing"):
        asking_of(taught_one)
