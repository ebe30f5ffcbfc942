"""Figures read off invented notes, in the published format, scored against what an invented table says."""

from __future__ import annotations

import json

import pytest

from lexfloor.eval.adapters import maternity
from lexfloor.eval.adapters.maternity import WEEKS, Note, percentages, same
from lexfloor.eval.labelled.readers.maternity import read_maternity
from lexfloor.eval.suite import Asked, columns, load_suite, revision_of
from lexfloor.pipeline.errors import DataFileError

PAID = "Cash benefit is 60 per cent of the average daily wage."
COUNTRIES = [
    ("Avonia", 14, "A woman is entitled to maternity leave of 14 weeks.", 60, PAID),
    ("Belmark", 13, "Maternity leave lasts 90 days.", "50% or 60%", PAID),
    ("Corvia", 18, "Maternity leave: 70 days before the birth, and 56 days after it.", 100, "The fund pays as it did before."),
    ("Dunmere", 12, 0, "Unpaid", "No wage is paid."),
]


@pytest.fixture
def benchmark(tmp_path):
    """Return a file in the published format."""
    keys = ("country", "matLeaveLength", "matLeaveLengthFootnote", "wagesPaid", "wagesPaidFootnote")
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([dict(zip(keys, entry, strict=True)) | {"region": "Isles", "countryCode": number} for number, entry in enumerate(COUNTRIES)]), encoding="utf-8")
    return path


@pytest.fixture
def asked(benchmark, config):
    return Asked(load_suite("maternity"), {"benchmark": benchmark}, config)


@pytest.fixture
def rows(asked):
    return {row["item"]: row for row in maternity.predictions(asked)["figures"]}


def test_each_country_has_a_row_for_weeks_and_one_for_the_percentage(rows):
    assert sorted(rows) == sorted(f"{country} {quantity}" for country, *_ in COUNTRIES for quantity in ("weeks", "percent"))
    assert {row["cluster"] for row in rows.values()} == {country for country, *_ in COUNTRIES}


@pytest.mark.parametrize(
    ("item", "said", "exact", "became"),
    [
        ("Avonia weeks", 14, 1.0, "right"),
        ("Avonia percent", 60, 1.0, "right"),
        ("Belmark weeks", 12.86, 1.0, "right"),
        ("Belmark percent", 60, 1.0, "right"),
        ("Corvia percent", None, 0.0, "not read, or not stated by itself"),
    ],
)
def test_what_is_said_of_a_note(rows, item, said, exact, became):
    assert (rows[item]["said"], rows[item]["exact"], rows[item]["became"]) == (said, exact, became)


def test_the_time_before_and_after_the_birth_is_added_up(rows):
    assert rows["Corvia weeks"]["exact"] == 1
    assert rows["Corvia weeks"]["became"] == "right"
    assert rows["Corvia weeks"]["error"] == 0


def test_lost_commas_are_put_back(tmp_path):
    """The file was published without commas, which left two spaces; between sentences two spaces stay."""
    entry = {"country": "Avonia", "region": "Isles", "countryCode": 1, "matLeaveLength": 14, "wagesPaid": 60, "wagesPaidFootnote": PAID}
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([entry | {"matLeaveLengthFootnote": "Leave  paid or not  is 14 weeks.  It may be longer."}]), encoding="utf-8")
    assert read_maternity(path)[0].weeks_note == "Leave, paid or not, is 14 weeks.  It may be longer."


def test_what_cannot_be_scored_is_counted_and_not_scored(rows):
    assert (rows["Dunmere weeks"]["state"], rows["Dunmere percent"]["state"]) == ("no footnote", "no figure in the benchmark")
    assert rows["Dunmere weeks"]["exact"] is None
    assert rows["Dunmere percent"]["found"] is None


@pytest.mark.parametrize(
    ("value", "unit", "gold", "right"),
    [(14.0, "weeks", 14, True), (14.2, "weeks", 14, False), (90 / 7, "days", 13, True), (45 / 7, "days", 6, True), (45 / 7, "days", 7, False), (17.39, "months", 17, True)],
)
def test_weeks_are_rounded_only_where_the_law_counts_otherwise(value, unit, gold, right):
    assert same(value, unit, Note("Avonia", "Isles", WEEKS, (float(gold),), "")) is right


@pytest.mark.parametrize(
    ("words", "figures"),
    [("2/3 or 80%", (66.7, 80.0)), ("7 x a wage", ()), ("55% (up to a ceiling)", (55.0,)), ("100% first 6\xa0weeks;  20%\xa0remainder", (100.0, 20.0)), ("Unpaid", ())],
)
def test_percentages_in_words(words, figures):
    assert percentages(words) == figures


def test_the_measures_count_only_what_is_scored(rows):
    table = columns(list(rows.values()))
    measured = {measure.name: measure.of(table) for measure in maternity.MEASURES}
    assert measured["weeks/exact"] == 1
    assert measured["percent/exact"] == pytest.approx(2 / 3)
    assert measured["percent/found"] == pytest.approx(2 / 3)
    assert measured["percent/mean absolute error"] == 0
    assert measured["weeks/not read"] == 0
    assert measured["percent/not read"] == pytest.approx(1 / 3)


def test_only_countries_asked_for(asked):
    asked = Asked(asked.card, asked.data, asked.config, only=("Avonia",))
    assert {row["cluster"] for row in maternity.predictions(asked)["figures"]} == {"Avonia"}


def test_a_requirement_that_the_standard_has_not_is_told(asked):
    card = asked.card.model_copy(update={"options": asked.card.options | {"weeks": {"requirement": "C102:999", "heading": "Leave"}}})
    with pytest.raises(DataFileError, match="C102:999"):
        maternity.predictions(Asked(card, asked.data, asked.config))


def test_faulty_options_are_told(asked):
    card = asked.card.model_copy(update={"options": {"weeks": {"requirement": "C102:52"}}})
    with pytest.raises(DataFileError, match="heading"):
        maternity.predictions(Asked(card, asked.data, asked.config))


@pytest.mark.shared
def test_the_card_names_the_revision_of_the_published_file(shared):
    source = load_suite("maternity").data["benchmark"]
    assert revision_of(shared / source.path, source.pattern) == source.revision
