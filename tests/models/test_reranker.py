"""Rerankers: a question and a passage read together, each pair scored once."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.models.adapter import Adapter, write_adapter
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.engines.pytorch import TorchEngine
from lexfloor.models.reranker import Reranker, mixed
from lexfloor.pipeline.errors import ModelError

PAIRS = [("the benefit", "is paid for weeks"), ("the benefit", "a pension of the person"), ("maternity leave", "is paid for weeks"), ("the benefit", "is paid for weeks")]


@pytest.fixture
def reranker(tiny_model, tmp_path):
    """Return a function that makes a reranker of the tiny model with a random head."""

    def made(*, head=32, weight=1.0, task="reranker", **options):
        torch.manual_seed(2)
        options = {"device": "cpu", "precision": "float32", "cache": tmp_path / "cache", **options}
        base = SentenceEncoder(model_card(str(tiny_model)), device="cpu", cache=tmp_path / "cache").weights
        layer = "encoder.layer.0.output.dense"
        heads = {"weight": torch.randn(1, head), "bias": torch.zeros(1)} if head else {}
        digest = write_adapter(tmp_path / "reader.safetensors", Adapter(base, 1.0, {layer: torch.randn(2, 32)}, {layer: torch.randn(32, 2)}, heads, weight))
        text = tiny_model.read_text(encoding="utf-8").replace('task = "encoder"', f'task = "{task}"')
        (tmp_path / "reader.toml").write_text(text + f'adapter = {{path = "reader.safetensors", sha256 = "{digest}"}}\n', encoding="utf-8")
        return Reranker(model_card(str(tmp_path / "reader.toml"), "reranker"), **options)

    return made


def test_scores_belong_to_their_pairs(reranker, tmp_path):
    """Scores come in the order of the pairs, the same alone and together, whatever the size of the batches."""
    together = reranker().scores(PAIRS)
    assert together[0] == together[3]
    assert len(set(together.tolist())) == 3
    alone = reranker(cache=tmp_path / "alone")
    assert np.array_equal(together, [alone.scores([pair])[0] for pair in PAIRS])
    assert np.allclose(together, reranker(cache=tmp_path / "small", tokens_per_batch=1).scores(PAIRS), atol=1e-5)


def test_each_pair_is_read_once(reranker, monkeypatch):
    """A second run reads nothing, and tells as much progress."""
    first, told = reranker().scores(PAIRS), []
    monkeypatch.setattr(TorchEngine, "rows", lambda *_: pytest.fail("read again"))
    assert np.array_equal(first, reranker().scores(PAIRS, progress=told.append))
    assert sum(told) == len(PAIRS)
    assert reranker().scores([]).shape == (0,)


def test_the_weight_comes_with_the_model(reranker):
    """How much the reranker counts was fitted with it."""
    assert reranker(weight=0.35).weight == 0.35


def test_cards_without_a_head_are_refused(reranker, tiny_model, tmp_path):
    """An encoder's card or adapter is told from a reranker's, and a head of another size is told."""
    with pytest.raises(ModelError, match=r"head.*lexfloor train reranker"):
        reranker(head=0)
    with pytest.raises(ModelError, match="another task"):
        reranker(task="encoder")
    with pytest.raises(ModelError, match="32 dimensions"):
        reranker(head=16).scores(PAIRS)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8), st.integers(1, 9), st.integers(-9, 9))
def test_orders_do_not_depend_on_scales(values, factor, shift):
    """Of the search's and the reranker's numbers their order and spread count, not their unit; with a weight of 0 the search alone counts."""
    prior, scores = np.array(values, np.float32), np.arange(len(values), dtype=np.float32)
    assert np.allclose(mixed(prior, scores, 0.5), mixed(prior * factor + shift, scores * 3, 0.5), atol=1e-3)
    assert np.array_equal(np.argsort(mixed(prior, scores, 0.0), kind="stable"), np.argsort(prior, kind="stable"))
