"""Packed texts: the vectors that a model's own modules give, whatever stands beside a text; other models are left to their own modules."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from lexfloor.models.batches import batches, packs
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.engines.packed import TOLERANCE, PackedEngine, fits
from lexfloor.models.engines.pytorch import TorchEngine, sentence_vectors

WORDS = ("benefit", "pension", "maternity", "weeks", "person", "paid", "x")
TEXTS = [" ".join(WORDS[(start + step) % len(WORDS)] for step in range(count)) for start, count in enumerate((1, 40, 3, 17, 90, 16, 2, 31, 200))]


@pytest.fixture
def folder(tiny_model, tmp_path):
    """Return a function that makes a folder with a tiny random model of a kind, in sentence-transformers layout."""
    import torch
    from transformers import AutoConfig, AutoModel

    def made(kind, pooling="mean_tokens", **options):
        place = tmp_path / kind
        shutil.copytree(model_card(str(tiny_model)).folder, place)
        shape = {"vocab_size": 64, "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 48, "max_position_embeddings": 140}
        torch.manual_seed(1)
        model = AutoModel.from_config(AutoConfig.for_model(kind, **{**shape, "pad_token_id": 0, "initializer_range": 0.3, **options}))
        with torch.no_grad():
            for name, values in model.named_parameters():
                if name.endswith("bias"):
                    values.normal_(std=0.3)
        model.save_pretrained(place)
        (place / "1_Pooling" / "config.json").write_text(json.dumps({"word_embedding_dimension": 32, f"pooling_mode_{pooling}": True}), encoding="utf-8")
        return place

    return made


def loaded(place, **options):
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(place), device="cpu", local_files_only=True, **options)
    model.max_seq_length = 128
    return model


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("bert", {}),
        ("bert", {"pooling": "cls_token"}),
        ("bert", {"pooling": "max_tokens", "hidden_act": "gelu_new"}),
        ("xlm-roberta", {}),
        ("xlm-roberta", {"pooling": "cls_token", "pad_token_id": 1, "type_vocab_size": 1}),
        ("roberta", {}),
        ("camembert", {}),
    ],
)
def test_vectors_are_those_of_the_models_own_modules(folder, kind, options):
    """Kinds of models, poolings and activations: all that the engine takes it computes as the model does, for texts of 3 to 128 tokens."""
    place = folder(kind, **options)
    plain, model = loaded(place), loaded(place)
    (batch,) = packs(plain.tokenizer, TEXTS, 128, 10_000)
    assert fits(model)
    expected = TorchEngine(sentence_vectors(plain), "cpu").rows(batch.features)
    found = PackedEngine(model).rows(batch.features)
    assert found.dtype == np.float32
    assert np.abs(unit(found) - unit(expected)).max() < 1e-5
    assert np.abs(unit(found)[0] - unit(found)[-1]).max() > 0.01


def test_types_of_tokens_are_those_of_the_batch(folder):
    """The second text of a pair keeps its type."""
    place = folder("bert")
    plain, model = loaded(place), loaded(place)
    (batch,) = packs(plain.tokenizer, TEXTS[:4], 128, 10_000)
    features = batch.features | {"token_type_ids": (np.arange(batch.features["input_ids"].shape[1]) > 1).astype(np.int64) * batch.features["attention_mask"]}
    engine = PackedEngine(model)
    found = engine.rows(features)
    assert np.abs(found - TorchEngine(sentence_vectors(plain), "cpu").rows(features)).max() < 1e-5
    assert np.abs(found - engine.rows(batch.features)).max() > 1e-3


@pytest.mark.parametrize("budget", [1, 50, 128, 1000])
def test_what_stands_beside_a_text_does_not_matter(folder, budget):
    """A text's vector is the same alone, in batches of any size, and padded."""
    model = loaded(folder("xlm-roberta"))
    tokenizer, engine = model.tokenizer, PackedEngine(model)
    alone = {place: unit(engine.rows(batch.features))[0] for place, text in enumerate(TEXTS) for batch in packs(tokenizer, [text], 128, 1)}
    for cut in (packs, batches):
        for batch in cut(tokenizer, TEXTS, 128, budget):
            for place, row in zip(batch.places, unit(engine.rows(batch.features)), strict=False):
                assert np.abs(row - alone[place]).max() < TOLERANCE


@pytest.mark.parametrize("options", [{"hidden_act": "relu"}, {"is_decoder": True}])
def test_models_that_compute_otherwise(folder, options):
    """Other activations and texts read in one direction only are not for this engine."""
    assert not fits(loaded(folder("bert", **options)))


def test_other_precisions(folder):
    """What is not in float32 is not for this engine."""
    import torch

    assert not fits(loaded(folder("bert"), model_kwargs={"dtype": torch.bfloat16}))


def test_other_families_run_as_they_are(folder, tiny_model, tmp_path):
    """A card's model that is no BERT gives the vectors of its own modules, through the same encoder."""
    place = folder("distilbert", dim=32, n_layers=1, n_heads=2, hidden_dim=32)
    assert not fits(loaded(place))
    card = model_card(str(tiny_model)).model_copy(update={"name": "own", "folder": str(place)})
    encoder = SentenceEncoder(card, device="cpu", precision="float32", cache=tmp_path / "cache")
    found = encoder.encode(TEXTS, "passage")
    assert not encoder.packed
    expected = loaded(place).encode([card.passage_prefix + text for text in TEXTS], normalize_embeddings=True)
    assert np.abs(found - expected).max() < 1e-5


def _none_there():
    return False


def _refused(*_):
    raise RuntimeError("not on this processor")


@pytest.mark.parametrize(("place", "instead"), [("torch.backends.mkldnn.is_available", _none_there), ("lexfloor.models.engines.packed._Product.activated", _refused)])
def test_machines_without_onednn(tiny_model, tmp_path, monkeypatch, place, instead):
    """Where PyTorch has no oneDNN, or not its joined products, the model's own modules compute the same vectors."""
    usual = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path / "usual")
    expected = usual.encode(TEXTS, "passage")
    monkeypatch.setattr(place, instead)
    encoder = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path / "without")
    assert np.abs(encoder.encode(TEXTS, "passage") - expected).max() < 1e-5
    assert (usual.packed, encoder.packed) == (True, False)


def test_threads_are_given_back(tiny_model, tmp_path):
    """Whatever number of threads there is, vectors are the same to the last bit, and PyTorch has its threads afterwards, also when embedding is broken off."""
    import torch

    before, made = torch.get_num_threads(), {}
    try:
        for threads in (1, 3):
            torch.set_num_threads(threads)
            encoder = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", tokens_per_batch=64, cache=tmp_path / str(threads))
            made[threads] = encoder.encode(TEXTS, "passage")
            assert torch.get_num_threads() == threads
        with pytest.raises(InterruptedError):
            SentenceEncoder(encoder.card, device="cpu", precision="float32", tokens_per_batch=64, cache=tmp_path / "off").encode(TEXTS, "passage", progress=broken_off)
        with ThreadPoolExecutor(1) as fresh:
            assert fresh.submit(torch.get_num_threads).result() == torch.get_num_threads() == 3
    finally:
        torch.set_num_threads(before)
    assert np.array_equal(made[1], made[3])


def broken_off(count):
    if 0 < count < len(TEXTS):
        raise InterruptedError
