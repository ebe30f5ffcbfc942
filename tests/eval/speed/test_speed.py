"""Speed: the peer does what it says, extrapolates by counts, and every figure with a bar is told."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from lexfloor.configs.run import load_config
from lexfloor.eval import speed as measuring
from lexfloor.eval.speed import peer
from lexfloor.eval.speed.peer import Country, Outcome, Task
from lexfloor.eval.speed.rate import rate
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.pipeline.errors import InputError

PASSAGES = tuple(f"the benefit is paid for {word} weeks" for word in "abcdefghijklmnop")
QUERIES = ("sickness benefit", "maternity leave")


@pytest.fixture(scope="module")
def task(tiny_model):
    """A task of one country with sixteen passages and two queries, for the tiny model."""
    return Task(folder=model_card(str(tiny_model)).folder, device="cpu", countries={"XTS": Country(passages=PASSAGES, queries=QUERIES)})


def test_the_peer_reads_every_pair(task, monkeypatch):
    """All passages are embedded, and for each query the best are read; where there are fewer than fifty, all of them."""
    import sentence_transformers

    read = []
    predict = sentence_transformers.CrossEncoder.predict
    monkeypatch.setattr(sentence_transformers.CrossEncoder, "predict", watched(predict, read))
    outcome = peer.run(task)
    assert (outcome.passages, outcome.pairs) == (16, 32)
    assert sorted(read) == sorted((query, passage) for query in QUERIES for passage in PASSAGES)
    assert outcome.computed == pytest.approx(outcome.seconds)


def test_a_sample_stands_for_the_whole(task, monkeypatch):
    """Seconds of a sample count for as many passages and pairs as there are."""
    clock = iter(range(100))
    monkeypatch.setattr(peer, "time", SimpleNamespace(perf_counter=clock.__next__))
    outcome = peer.run(task.model_copy(update={"passages": 4, "pairs": 8}))
    assert (outcome.passages, outcome.pairs) == (16, 32)
    assert (outcome.embedding, outcome.searching, outcome.reading) == (4, 1, 4)
    assert outcome.computed == 3


def watched(predict, read):
    def predicting(self, pairs, **options):
        read.extend(map(tuple, pairs))
        return predict(self, pairs, **options)

    return predicting


def test_the_rate_is_of_the_texts_own_tokens(tiny_model, tmp_path):
    """What embedding reaches is above nothing and below what large products reach; a cache does not count for it."""
    encoder = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path)
    encoder.encode(PASSAGES, "passage")
    found = rate(encoder, PASSAGES[:5])
    assert 0 < found.share < 1
    assert found.embedding < found.padded
    assert found.passages_per_second < 100_000


def test_figures_and_bars(sample, tiny_model, monkeypatch):
    """The peer's seconds over ours is the figure with the bar, and a second run's over the first; below the bar is told as below."""
    asked = []

    def program(module, made, **environment):
        asked.append((module[0], environment.get("LEXFLOOR_CACHE")))
        if module[0] == "lexfloor":
            made.parent.mkdir()
            made.write_text(json.dumps({"times": {"peak_memory_mb": 3500, "stages": {"XVA": {"embed": 2.0, "segment": 1.0}}}}), encoding="utf-8")
            return
        task = Task.model_validate_json(Path(module[1]).read_bytes())
        assert task.countries["XVA"].passages
        made.write_text(Outcome(embedding=600, searching=0, reading=400, computed=9, passages=100, pairs=10, peak_memory=900).model_dump_json(), encoding="utf-8")

    config = load_config()
    config = config.model_copy(update={"embed": config.embed.model_copy(update={"model": str(tiny_model), "device": "cpu", "precision": "float32"})})
    monkeypatch.setattr(measuring, "_program", program)
    monkeypatch.setattr(measuring, "time", SimpleNamespace(perf_counter=iter([0, 100, 100, 104]).__next__))
    figures = {(item.check, item.name): item for item in measuring.speed(sample.parent, [sample.name], config)}
    assert [name for name, _ in asked] == ["lexfloor.eval.speed.peer", "lexfloor", "lexfloor"]
    assert asked[1][1] == asked[2][1] is not None
    assert figures["peer", "seconds"].value == 1000
    assert "sample" in figures["peer", "seconds"].detail
    assert figures["cold", "times as fast as the peer"].holds
    assert (figures["cold", "times as fast as the peer"].value, figures["again", "times as fast as cold"].value) == (10, 25)
    assert not figures["cold", "peak memory, MB"].holds
    assert figures["encoder", "share of the rate of matrix products"].bar == 0.7


def test_a_country_that_is_not_there(tmp_path, config):
    """It is told which folder is missing."""
    with pytest.raises(InputError, match="XXX"):
        next(measuring.speed(tmp_path, ["XXX"], config))


def test_a_program_that_fails_is_told(tmp_path):
    """What it said is passed on."""
    with pytest.raises(InputError, match="No module named"):
        measuring._program(["lexfloor.nothing"], tmp_path / "made")
