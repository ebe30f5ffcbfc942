"""Invented instruments in two languages that share their rare words, found by a bag of words."""

from __future__ import annotations

import json

import numpy as np
import pytest

from lexfloor.eval.adapters import instruments
from lexfloor.eval.adapters.instruments import nearness
from lexfloor.eval.suite import Asked, columns, load_suite, revision_of
from lexfloor.pipeline.errors import DataFileError

SUBJECTS = {"1": "lantern harbour", "2": "granite quarry", "3": "walnut orchard", "4": "copper foundry", "5": "marble cellar"}
FILES = {
    "TREATY.json": [("eng", number, f"The {words} {words} is kept in order.") for number, words in SUBJECTS.items()]
    + [("nld", number, f"De {words} {words} wordt onderhouden.") for number, words in SUBJECTS.items()]
    + [("eng", "", "Done at the capital."), ("nld", "9", "")],
    "TREATY_de.json": [("deu", number, f"Die {words} {words} <b>wird</b> gepflegt.") for number, words in SUBJECTS.items() if number != "5"],
    "CODE_1.json": [("eng", str(int(number) - (number > "3")), f"Each party keeps the {words} {words}.") for number, words in SUBJECTS.items() if number != "3"]
    + [("eng", "1", "Annex: a lantern.")],
}
CARD = {
    "instruments": ["TREATY"],
    "named": {"CODE_1": "CODE"},
    "sisters": [{"first": "TREATY", "second": "CODE", "same": [1, 2], "other": {"4": "3", "5": "4"}}],
}


@pytest.fixture
def library(tmp_path):
    """Return a folder of instruments split by article, as the project finds them."""
    for name, articles in FILES.items():
        entries = [{"lang": language, "part": "", "article": number, "text": text} for language, number, text in articles]
        (tmp_path / name).write_text(json.dumps(entries), encoding="utf-8")
    return tmp_path


@pytest.fixture
def tables(library, config, fake_models):
    return instruments.predictions(_asked(library, config))


def _asked(library, config, options=CARD, **fields):
    card = load_suite("instruments").model_copy(update={"options": options | {"instruments": [*options.get("instruments", ()), "CODE"]}})
    return Asked(card, {"instruments": library}, config, **fields)


def test_every_article_is_looked_for_in_every_other_language(tables):
    rows = tables["translations"]
    pairs = {pair: sum(row["pair"] == pair for row in rows) for pair in {row["pair"] for row in rows}}
    assert pairs == {"en-nl": 5, "nl-en": 5, "en-de": 4, "de-en": 4, "nl-de": 4, "de-nl": 4}
    assert {row["cluster"] for row in rows} == {"TREATY"}
    assert {row["candidates"] for row in rows if row["pair"] == "de-en"} == {5}


def test_articles_with_the_same_rare_words_are_found_first(tables):
    assert [row["item"] for row in tables["translations"] if row["rank"] != 1] == []
    assert all(row["first"] == row["wanted"] for row in tables["translations"])


def test_sister_instruments_are_paired_as_the_card_says(tables):
    rows = tables["counterparts"]
    there = {row["article"]: row["wanted"] for row in rows if row["direction"] == "TREATY to CODE"}
    back = {row["article"]: row["wanted"] for row in rows if row["direction"] == "CODE to TREATY"}
    assert there == {"1": "1", "2": "2", "4": "3", "5": "4"}
    assert back == {other: one for one, other in there.items()}
    assert {row["cluster"] for row in rows} == {"TREATY-CODE"}
    assert {row["candidates"] for row in rows if row["direction"] == "TREATY to CODE"} == {5}


def test_an_annex_that_counts_anew_is_searched_and_not_wanted(tables):
    assert "1 (2)" not in {row["wanted"] for row in tables["counterparts"]}
    assert all(row["rank"] <= 2 for row in tables["counterparts"])


def test_items_are_unique(tables):
    for rows in tables.values():
        assert len({row["item"] for row in rows}) == len(rows)


def test_the_measures_are_means_over_articles(tables):
    rows = [row | {"rank": 2, "hit@1": 0.0, "rr": 0.5} if row["article"] == "1" else row for row in tables["translations"]]
    measured = {measure.name: measure.of(columns(rows)) for measure in instruments.MEASURES if measure.table == "translations"}
    wrong = sum(row["article"] == "1" for row in rows) / len(rows)
    assert measured == pytest.approx({"translations/hit@1": 1 - wrong, "translations/hit@5": 1.0, "translations/mrr": 1 - wrong / 2})


def test_only_instruments_asked_for(library, config, fake_models):
    tables = instruments.predictions(_asked(library, config, only=("TREATY-CODE",)))
    assert tables["translations"] == []
    assert len(tables["counterparts"]) == 8


def test_nearness_is_the_best_piece_for_the_mean_of_those_asked():
    asked = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    there = np.array([[0.6, 0.8], [1.0, 0.0]], np.float32)
    assert nearness(asked, there) == pytest.approx(0.7)


def test_faulty_options_are_told(library, config, fake_models):
    with pytest.raises(DataFileError, match="sisters"):
        instruments.predictions(_asked(library, config, CARD | {"sisters": [{"first": "TREATY"}]}))


@pytest.mark.shared
def test_the_card_names_the_revision_of_the_published_files(shared):
    source = load_suite("instruments").data["instruments"]
    assert revision_of(shared / source.path, source.pattern) == source.revision
