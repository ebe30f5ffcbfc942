"""Adapters: small changes added to a packaged model when it is loaded."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
import torch

from lexfloor.models.adapter import Adapter, linear_layers, read_adapter, write_adapter
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.pipeline.errors import ModelError

LAYER = "encoder.layer.0.attention.self.query"
TEXTS = ["the benefit is paid for weeks", "a pension of the person"]


def encoder_of(card, tmp_path, **options):
    return SentenceEncoder(model_card(str(card)), **{"device": "cpu", "precision": "float32", "cache": tmp_path / "cache", **options})


@pytest.fixture
def adapted(tiny_model, tmp_path):
    """Return a function that writes an adapter and the tiny model's card with it."""

    def made(name="adapted", *, size=32, layer=LAYER, strength=1.0, base=None, head=None):
        torch.manual_seed(1)
        base = base or encoder_of(tiny_model, tmp_path).weights
        adapter = Adapter(base, 0.5, {layer: torch.randn(4, size)}, {layer: strength * torch.randn(size, 4)}, head or {})
        digest = write_adapter(tmp_path / f"{name}.safetensors", adapter)
        card = tmp_path / f"{name}.toml"
        card.write_text(tiny_model.read_text(encoding="utf-8") + f'adapter = {{path = "{name}.safetensors", sha256 = "{digest}"}}\n', encoding="utf-8")
        return card

    return made


def test_an_adapter_changes_the_vectors_by_what_it_says(tiny_model, adapted, tmp_path):
    """The layer's weight is the base's and the scaled product of the two matrices."""
    card = adapted()
    base, own = encoder_of(tiny_model, tmp_path), encoder_of(card, tmp_path)
    known = read_adapter(tmp_path / "adapted.safetensors", model_card(str(card)).adapter.sha256, base.weights)
    change = 0.5 * known.up[LAYER] @ known.down[LAYER]
    weights = [linear_layers(encoder.loaded()[0].auto_model)[LAYER].weight for encoder in (base, own)]
    assert torch.allclose(weights[1], weights[0] + change, atol=1e-6)
    assert not np.allclose(base.encode(TEXTS, "query"), own.encode(TEXTS, "query"), atol=1e-3)


def test_an_adapter_that_changes_nothing(tiny_model, adapted, tmp_path):
    """With a product of zero vectors are the base's, in another space all the same."""
    base, own = encoder_of(tiny_model, tmp_path), encoder_of(adapted(strength=0.0), tmp_path)
    assert np.array_equal(base.encode(TEXTS, "query"), own.encode(TEXTS, "query"))
    assert base.space != own.space
    assert base.fingerprint != own.fingerprint


def test_bfloat16_rounds_the_sum(adapted, tmp_path):
    """The adapter is added before the weights are rounded: vectors are near those in full precision."""
    card = adapted()
    whole, rounded = (encoder_of(card, tmp_path, precision=precision).encode(TEXTS, "query") for precision in ("float32", "bfloat16"))
    assert np.allclose(whole, rounded, atol=0.03)


def test_the_same_adapter_gives_the_same_file(adapted, tmp_path):
    """Files can be told apart by their hash."""
    digests = [tomllib.loads(adapted(name).read_text(encoding="utf-8"))["adapter"]["sha256"] for name in ("first", "second")]
    assert digests[0] == digests[1]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"base": "0" * 64}, "another base"),
        ({"layer": "encoder.layer.7.output.dense"}, "does not fit"),
        ({"size": 16}, "does not fit"),
    ],
)
def test_adapters_of_other_models_are_refused(adapted, tmp_path, options, told):
    """Another base, layer or size is told, with the file."""
    with pytest.raises(ModelError, match=rf"adapted\.safetensors.*{told}"):
        encoder_of(adapted(**options), tmp_path).loaded()


def test_altered_and_missing_files_are_refused(adapted, tmp_path):
    """The card's hash decides, before anything is loaded."""
    card, file = adapted(), tmp_path / "adapted.safetensors"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(ModelError, match="not the file of the model's card"):
        encoder_of(card, tmp_path)
    file.unlink()
    with pytest.raises(ModelError, match="missing"):
        encoder_of(card, tmp_path)


def test_a_broken_file_is_told(tmp_path):
    """A file that is no adapter at all is no traceback."""
    from lexfloor.models.cards import sha256_of

    file = Path(tmp_path / "x.safetensors")
    file.write_bytes(b"nothing")
    with pytest.raises(ModelError, match="broken"):
        read_adapter(file, sha256_of(file), "base")


def test_a_card_is_used_for_its_task(adapted, tmp_path):
    """An encoder is no reranker."""
    with pytest.raises(ModelError, match="another task"):
        model_card(str(adapted()), "reranker")
