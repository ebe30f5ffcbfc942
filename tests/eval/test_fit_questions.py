"""What questions are asked with is fitted fold by fold: no question has a part in what answers it."""

import json

import pytest

from lexfloor.configs.run import load_config
from lexfloor.eval.fit_questions import fit_questions
from lexfloor.eval.operations import configured
from lexfloor.eval.suite import Asked, load_suite
from lexfloor.models import questions
from lexfloor.models.cards import model_card, sha256_of
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.questions import ALL, FOLDS, adapter_file, fold_of

TRADES = ("baker", "brewer", "carter", "cooper", "dyer", "fuller", "glazier", "hatter", "miller", "potter", "sawyer", "tanner", "weaver", "wright")
SPOILT = 3
"""The fold whose questions are given other answers."""


@pytest.fixture(scope="module")
def fitted(tmp_path_factory, tiny_model):
    """Return a function that fits on invented regulations with a tiny encoder, and gives the folder that this fills; ``moved`` gives a fold's questions other answers."""
    place = tmp_path_factory.mktemp("fits")
    card, config = load_suite("obliqa"), load_config()
    config = configured(config.model_copy(update={"embed": config.embed.model_copy(update={"model": str(tiny_model), "device": "cpu"})}), card)

    def made(name, moved=None):
        folder = place / name
        (folder / "StructuredRegulatoryDocuments").mkdir(parents=True)
        texts = [f"A {trade} is paid for weeks of {trade} work." for trade in TRADES]
        passages = [{"ID": f"id-{number}", "DocumentID": 1, "PassageID": f"1.{number}", "Passage": text} for number, text in enumerate(texts)]
        (folder / "StructuredRegulatoryDocuments" / "1.json").write_text(json.dumps(passages), encoding="utf-8")
        asked = []
        for number, trade in enumerate(TRADES * 2):
            key = f"n{number}"
            answer = passages[(number + (fold_of(key) == moved)) % len(TRADES)]
            words = f"Is the {trade} paid for work?" if number < len(TRADES) else f"For how many weeks of {trade} leave?"
            asked.append({"QuestionID": key, "Question": words, "Passages": [{field: answer[field] for field in ("DocumentID", "PassageID", "Passage")}], "Group": 1})
        (folder / "ObliQA_dev.json").write_text(json.dumps(asked), encoding="utf-8")
        fit_questions(Asked(card, {"benchmark": folder}, config), folder / "out", place / "checkpoints")
        return folder / "out"

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEXFLOOR_CACHE", str(place / "cache"))
        yield made


@pytest.fixture(scope="module")
def first(fitted):
    return fitted("first")


def content_of(folder):
    return json.loads((folder / questions.SHIPPED).read_text(encoding="utf-8"))


def test_a_fold_has_no_part_in_what_answers_it(first, fitted):
    """Other answers to the questions of a fold change everything but what this fold is answered with."""
    before, after = content_of(first), content_of(fitted("moved", moved=SPOILT))
    names = {ALL, *map(str, range(FOLDS))}
    for kind in ("adapters", "taught", "alone"):
        assert set(before[kind]) == names
        same = {name for name in names if before[kind][name] == after[kind][name]}
        assert str(SPOILT) in same
        assert ALL not in same
    assert {name for name in names if before["adapters"][name] == after["adapters"][name]} == {str(SPOILT)}


def test_what_is_written_is_what_is_asked_with(first, monkeypatch, tmp_path, tiny_model):
    """The files fit together: names, hashes, the encoder."""
    assert {path.name for path in first.iterdir()} == {questions.SHIPPED, *(adapter_file(name) for name in (ALL, *map(str, range(FOLDS))))}
    monkeypatch.setattr(questions, "shipped_weights", lambda: first)
    monkeypatch.setattr(questions, "weights_in", lambda _: content_of(first))
    encoder = SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path / "cache")
    found = [questions.asking_of(encoder, fold) for fold in (None, *range(FOLDS))]
    assert len({encoder.space, *(asking.encoder.space for asking in found)}) == FOLDS + 2
    assert content_of(first)["about"]["held_out"]["taught"].keys() == {"recall@10", "ap@10"}


def test_the_same_fit_gives_the_same(first, fitted):
    """Every file has the same bytes, and no checkpoint is left."""
    again = fitted("again")
    assert {path.name: sha256_of(path) for path in first.iterdir()} == {path.name: sha256_of(path) for path in again.iterdir()}
    assert not (again.parent.parent / "checkpoints").exists()
