"""Questions on invented regulations, in the published format, searched by the pipeline's own stages."""

from __future__ import annotations

import json

import pytest

from lexfloor.eval.adapters import obliqa
from lexfloor.eval.operations import configured
from lexfloor.eval.suite import Asked, columns, load_suite
from lexfloor.models.questions import asking_of, fold_of
from lexfloor.pipeline.errors import DataFileError

TRADES = ("baker", "brewer", "carter", "cooper", "dyer", "fuller", "glazier", "hatter", "miller", "potter", "sawyer", "tanner", "weaver", "wright")
PASSAGES = [
    *((1, f"1.{number}", f"Every {trade} keeps a register of {trade} work and shows it to the warden.") for number, trade in enumerate(TRADES, 1)),
    (1, "2", "BELLS"),
    (1, "2.1", ""),
    (2, "1", "A lantern hangs at the gate of each harbour from dusk."),
    (2, "1", "Ropes of a harbour crane are tested with a double load before use."),
    (2, "2", "The harbour master rings the bells when fog comes in."),
]
QUESTIONS = [
    ("q-potter", "Must a potter keep a register of potter work?", [(1, "1.10")], 1),
    ("q-weaver", "Who sees the weaver register of weaver work?", [(1, "1.13")], 1),
    ("q-bells", "When does the harbour master ring the bells in fog?", [(2, "2")], 1),
    ("q-both", "Which load tests harbour crane ropes, and where does the lantern hang at the gate?", [(2, "1", 17), (2, "1", 16)], 2),
    ("q-far", "Which harbour bells ring for ropes?", [(1, f"1.{number}") for number in range(1, 13)], 3),
]


@pytest.fixture(scope="module")
def benchmark(tmp_path_factory):
    """Return the folder of a benchmark in the published format."""
    folder = tmp_path_factory.mktemp("obliqa")
    documents = folder / "StructuredRegulatoryDocuments"
    documents.mkdir()
    text = {(document, label): words for document, label, words in PASSAGES}
    for name in (1, 2):
        entries = [
            {"ID": f"id-{place}", "DocumentID": document, "PassageID": label, "Passage": words} for place, (document, label, words) in enumerate(PASSAGES) if document == name
        ]
        (documents / f"{name}.json").write_text(json.dumps(entries), encoding="utf-8")
    questions = [
        {
            "QuestionID": name,
            "Question": words,
            "Passages": [{"DocumentID": key[0], "PassageID": key[1], "Passage": PASSAGES[key[2]][2] if len(key) > 2 else text[key]} for key in answers],
            "Group": group,
        }
        for name, words, answers, group in QUESTIONS
    ]
    (folder / "ObliQA_dev.json").write_text(json.dumps(questions), encoding="utf-8")
    return folder


@pytest.fixture
def asked_of(benchmark, fake_models, config):
    """Return a function that gives the rows of a run of the shipped suite, by question."""

    def asked(only=(), **options):
        card = load_suite("obliqa")
        card = card.model_copy(update={"options": {**card.options, **options}})
        rows = obliqa.predictions(Asked(card, {"benchmark": benchmark}, configured(config, card), tuple(only)))["questions"]
        return {row["item"]: row for row in rows}

    return asked


def test_the_passage_that_answers_is_found_and_named_as_people_cite_it(asked_of):
    rows = asked_of()
    assert list(rows) == [name for name, *_ in QUESTIONS]
    potter = rows["q-potter"]
    assert (potter["first"], potter["gold"], potter["right"], potter["cluster"]) == ("1 1.10", "1 1.10", True, "1")
    assert json.loads(potter["found"])[0] == "1 1.10"
    assert (potter["recall@10"], potter["ap@10"], potter["rr"]) == (1, 1, 1)


def test_passages_of_one_number_are_told_apart_by_their_words(asked_of):
    both = asked_of()["q-both"]
    assert (both["relevant"], both["passages"], both["recall@5"], both["ap@5"]) == (2, "2", 1, 1)


def test_what_is_not_among_the_first_ten_counts_as_missed(asked_of):
    far = asked_of()["q-far"]
    assert far["passages"] == "3 or more"
    assert len(json.loads(far["found"])) == 10
    assert far["recall@10"] < 1


def test_headings_can_be_found_and_empty_passages_cannot(asked_of):
    found = [name for row in asked_of().values() for name in json.loads(row["found"])]
    assert "1 2" in found
    assert "1 2.1" not in found


def test_scoring_in_blocks_changes_nothing(asked_of, monkeypatch):
    whole = asked_of()
    monkeypatch.setattr(obliqa, "BLOCK", 2)
    assert asked_of() == whole


def test_a_sample_gives_the_rows_of_the_whole_and_lies_in_a_larger_one(asked_of):
    whole, three, two = asked_of(), asked_of(questions=3), asked_of(questions=2)
    assert (len(three), len(two)) == (3, 2)
    assert three == {name: whole[name] for name in three}
    assert set(two) < set(three)
    assert any(set(asked_of(questions=2, seed=seed)) != set(two) for seed in range(1, 6))


def test_only_the_documents_asked_for_are_asked_about(asked_of):
    whole, one = asked_of(), asked_of(only=["2"])
    assert one == {name: row for name, row in whole.items() if row["cluster"] == "2"}
    assert one
    assert asked_of(only=["none such"]) == {}


@pytest.mark.parametrize("options", [{"questions": "many"}, {"questions": -1}, {"samples": 3}, {"split": "../dev"}])
def test_a_broken_option_is_told_with_its_suite(asked_of, options):
    with pytest.raises(DataFileError, match=f"suite obliqa, options: field {next(iter(options))}"):
        asked_of(**options)


def test_measures_are_means_over_the_questions(asked_of):
    rows = asked_of()
    table = columns(list(rows.values()))
    values = {measure.name: measure.of(table) for measure in obliqa.MEASURES}
    assert values["retrieval/hit@1"] == sum(row["right"] for row in rows.values()) / len(rows)
    assert values["retrieval/recall@10"] == pytest.approx(sum(row["recall@10"] for row in rows.values()) / len(rows))
    assert 0 < values["retrieval/map@10"] <= values["retrieval/recall@10"] <= 1


def test_the_card_names_columns_that_are_there(asked_of):
    card, (row, *_) = load_suite("obliqa"), list(asked_of().values())
    assert {*card.strata["questions"], card.answers["questions"]} <= set(row)


def test_each_question_is_asked_with_what_does_not_know_it(asked_of, monkeypatch):
    """Of the part that was fitted on, encoder and weights leave the question's fold out; of another part they are those of all questions."""
    taken = []

    def noted(encoder, fold=None):
        taken.append(fold)
        return asking_of(encoder, fold)

    monkeypatch.setattr(obliqa, "asking_of", noted)
    asked_of()
    assert set(taken) == {fold_of(name) for name, *_ in QUESTIONS}
    monkeypatch.setattr(obliqa, "FITTED_ON", "train")
    taken.clear()
    asked_of()
    assert set(taken) == {None}
