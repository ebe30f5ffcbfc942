"""Encoders and rerankers trained end to end with a tiny random model."""

import json
import re

import numpy as np
import pytest

from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.reranker import Reranker
from lexfloor.models.training import loop

FILES = ["adapter.safetensors", "card.json", "card.md", "model.toml"]


@pytest.fixture
def ended_after(monkeypatch):
    """Return a function that makes the next training end in the middle of a step, as a kill would."""

    def ended(steps):
        class KilledError(BaseException):
            pass

        whole = loop.rate_at

        def killed(step, options):
            if step == steps:
                monkeypatch.setattr(loop, "rate_at", whole)
                raise KilledError
            return whole(step, options)

        monkeypatch.setattr(loop, "rate_at", killed)
        return pytest.raises(KilledError)

    return ended


@pytest.mark.parametrize("task", ["encoder", "reranker"])
@pytest.mark.usefixtures("invented_examples")
def test_a_trained_model_is_used_by_its_card(command, configured, tmp_path, tiny_model, task):
    """What the command leaves is a folder with a card for people, one for programs, and a model that differs from its base."""
    out = tmp_path / "trained"
    code, shown, _ = command("train", task, "--config", configured(), "--out", out, "--device", "cpu")
    assert code == 0
    assert sorted(path.name for path in out.iterdir()) == FILES
    assert "XVB" in shown
    card = json.loads((out / "card.json").read_text(encoding="utf-8"))
    assert all("XVB" in rows for rows in card["scores"].values())
    assert [row["country"] for row in card["data"]["sources"]] == ["XVA", "XVB"]
    assert len(card["losses"]) == 12
    told = (out / "card.md").read_text(encoding="utf-8")
    assert all(words in told for words in ("XVB", "licence", "seed", card["data"]["sha256"], str(out / "model.toml")))
    if task == "encoder":
        vectors = [SentenceEncoder(model_card(str(path)), device="cpu", precision="float32").encode(["the benefit is paid"], "query") for path in (tiny_model, out / "model.toml")]
        assert not np.allclose(*vectors, atol=1e-4)
    else:
        pairs = [("the benefit", "is paid for weeks"), ("the benefit", "a pension")]
        scores = Reranker(model_card(str(out / "model.toml"), "reranker"), device="cpu", precision="float32").scores(pairs)
        assert scores[0] != scores[1]


@pytest.mark.parametrize("task", ["encoder", "reranker"])
@pytest.mark.usefixtures("invented_examples")
def test_a_training_that_was_killed_goes_on_to_the_same_weights(command, configured, ended_after, tmp_path, task):
    """Killed between two checkpoints and started again, a training ends with the same file as one that was left alone."""
    config = configured()
    assert command("train", task, "--config", config, "--out", tmp_path / "whole", "--device", "cpu")[0] == 0
    again = ("train", task, "--config", config, "--out", tmp_path / "again", "--device", "cpu")
    with ended_after(8):
        command(*again)
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["checkpoint.safetensors"]
    assert command(*again)[0] == 0
    files = [(tmp_path / name / "adapter.safetensors").read_bytes() for name in ("whole", "again")]
    assert files[0] == files[1]
    assert "nothing was done" in command(*again)[1]


@pytest.mark.usefixtures("invented_examples")
def test_a_checkpoint_of_another_training_is_refused(command, configured, ended_after, tmp_path):
    """A seed is part of the configuration: another one is another training."""
    with ended_after(8):
        command("train", "encoder", "--config", configured(), "--out", tmp_path / "out", "--device", "cpu")
    code, _, told = command("train", "encoder", "--config", configured(seed="4"), "--out", tmp_path / "out", "--device", "cpu")
    assert code == 2
    assert "another configuration" in told
    (tmp_path / "out" / "checkpoint.safetensors").write_bytes(b"half")
    code, _, told = command("train", "encoder", "--config", configured(), "--out", tmp_path / "out", "--device", "cpu")
    assert code == 2
    assert "broken" in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"more": "tempo = 3"}, "tempo"),
        ({"steps": "0"}, "steps.steps"),
        ({"held_out": '["XVC"]'}, "XVC"),
        ({"held_out": '["XVA", "XVB"]'}, "nothing is left"),
        ({"corpora": '["nowhere"]'}, "nowhere.*lexfloor corpus build"),
    ],
)
@pytest.mark.usefixtures("invented_examples")
def test_faults_of_a_configuration_are_told(command, configured, tmp_path, changes, told):
    """What is wrong is named, and nothing is trained."""
    code, _, message = command("train", "encoder", "--config", configured(**changes), "--out", tmp_path / "out")
    assert code == 2
    assert re.search(told, message)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("invented_examples")
def test_without_anything_held_out_the_card_says_so(command, configured, tmp_path):
    """No scores are made up."""
    assert command("train", "encoder", "--config", configured(held_out="[]", steps="2"), "--out", tmp_path / "out", "--device", "cpu")[0] == 0
    assert "Nothing was held out" in (tmp_path / "out" / "card.md").read_text(encoding="utf-8")
