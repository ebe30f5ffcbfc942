"""Suites are data: cards that validate, data that are found or asked for, runs that are stored and measured again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lexfloor.configs.run import load_config
from lexfloor.eval.measuring import measured
from lexfloor.eval.operations import configured, remeasured, run_suite
from lexfloor.eval.runs import read_run, write_run
from lexfloor.eval.suite import Measure, adapter_of, columns, load_suite, located_data, revision_of, suite_names
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.revision import code_revision

SUITES = Path(__file__).resolve().parents[2] / "eval" / "suites"


def quiet(_what, _done, _total):
    """Report nothing."""


@pytest.mark.parametrize("name", suite_names())
def test_every_shipped_suite_is_whole(name):
    """A card names its adapter, a main score that is measured, and strata and answers that belong to tables of measures."""
    card = load_suite(name)
    assert card.name == name
    measures = adapter_of(card).MEASURES
    names = [measure.name for measure in measures]
    assert card.main_score in names
    assert len(set(names)) == len(names)
    assert {*card.strata, *card.answers} <= {measure.table for measure in measures}
    assert callable(adapter_of(card).predictions)


@pytest.mark.shared
@pytest.mark.parametrize("name", suite_names())
def test_data_are_those_the_cards_were_written_for(name, shared):
    """The revision on a card is that of the data at hand."""
    card = load_suite(name)
    for source, place in located_data(card, shared, {}).items():
        if card.data[source].revision:
            assert revision_of(place, card.data[source].pattern) == card.data[source].revision, source


def test_a_broken_card_is_told(tmp_path):
    """An unknown field is refused with the card's name and the field."""
    own = tmp_path / "mine.toml"
    own.write_text((SUITES / "c102.toml").read_text(encoding="utf-8").replace("adapter =", 'colour = "red"\nadapter ='), encoding="utf-8")
    with pytest.raises(DataFileError, match="colour") as told:
        load_suite(str(own))
    assert "mine.toml" in str(told.value)
    with pytest.raises(DataFileError, match=r"no such suite; known: .*c102"):
        load_suite("c103")


def test_data_that_are_not_there_are_asked_for(tmp_path):
    """The message names the suite, the data, where they were looked for, and the option; optional data may be absent."""
    with pytest.raises(InputError, match=r"suite c102: its data 'gold' are not at .*--data gold=PATH"):
        located_data(load_suite("c102"), tmp_path, {})
    with pytest.raises(InputError, match="reads no data named golt"):
        located_data(load_suite("c102"), tmp_path, {"golt": tmp_path})
    assert sorted(located_data(load_suite("quick"), tmp_path, {})) == ["sample_gold", "sample_laws"]


def test_a_revision_changes_with_any_file(tmp_path):
    """Content, name and presence of every file count; the order in which they were written does not."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.txt").write_text("1", encoding="utf-8")
    (tmp_path / "a" / "two.txt").write_text("2", encoding="utf-8")
    first = revision_of(tmp_path)
    assert first == revision_of(tmp_path)
    (tmp_path / "a" / "two.txt").rename(tmp_path / "a" / "three.txt")
    assert revision_of(tmp_path) != first
    assert revision_of(tmp_path, "a/one*") == revision_of(tmp_path, "a/one.txt") != first


def test_columns_keep_numbers_truth_and_words():
    """Missing numbers are nan, missing words None; truth values stay truth values."""
    found = columns([{"n": 1, "w": "a", "t": True}, {"n": None, "w": None, "t": False}, {"n": 2.5, "t": True}])
    assert found["n"].dtype == np.float64
    assert np.isnan(found["n"][1])
    assert found["t"].dtype == bool
    assert found["w"].tolist() == ["a", None, None]


def test_measures_by_stratum(tmp_path):
    """A measure is taken over all rows and over those of each value of a stratum; where it is not defined it is left out."""
    card = load_suite("c102").model_copy(update={"strata": {"findings": ("colour",)}})
    rows = [{"item": str(i), "cluster": "AAA", "colour": colour, "x": x} for i, (colour, x) in enumerate([("red", 1.0), ("red", 0.0), ("blue", None)])]
    measure = Measure("mean", "findings", lambda part: float(np.nanmean(part["x"])) if np.isfinite(part["x"]).any() else np.nan)
    found = {(item.stratum, item.of): item for item in measured({"findings": rows}, [measure], card)}
    assert set(found) == {("all", ""), ("colour", "red")}
    assert found["all", ""].value == 0.5
    assert found["all", ""].count == 3
    assert found["all", ""].low <= 0.5 <= found["all", ""].high
    assert found["colour", "red"].resampled == "item"


@pytest.fixture
def sample_run(fake_models, tmp_path):
    """A run of the quick suite over the sample country alone, with a small encoder."""
    card = load_suite("quick")
    return run_suite(card, located_data(card, tmp_path, {}), load_config(), quiet)


def test_a_run_is_stored_whole_and_measured_again_without_inference(sample_run, tmp_path, monkeypatch):
    """What is read back is what was written; measures of stored predictions are those of the run; other measures can be taken of them."""
    write_run(sample_run, tmp_path / "run")
    again = read_run(tmp_path / "run")
    assert again.measures == sample_run.measures
    assert again.tables["findings"] == sample_run.tables["findings"]
    assert again.stamps["code"]["revision"] == code_revision("lexfloor.eval")
    assert again.stamps["data"]["sample_gold"]["revision"]
    monkeypatch.setattr("lexfloor.pipeline.runner.Runner.look", None)
    assert remeasured(again, again.card).measures == sample_run.measures
    silence = remeasured(again, load_suite("absence"))
    assert {item.measure for item in silence.measures} >= {"silence/f1"}
    with pytest.raises(InputError, match="different adapters"):
        remeasured(again, load_suite("segment"))


def test_a_folder_without_a_run_is_told(tmp_path):
    """The message names the folder and how a run is written."""
    with pytest.raises(InputError, match="lexfloor eval SUITE --out"):
        read_run(tmp_path)


def test_a_suite_without_rows_is_no_success(fake_models, tmp_path):
    """Asking for a country that is not among the data is wrong use, not an empty table."""
    card = load_suite("quick")
    with pytest.raises(InputError, match="nothing to measure for QQQ"):
        run_suite(card, located_data(card, tmp_path, {}), load_config(), quiet, only=["QQQ"])


def test_what_a_suite_sets_otherwise():
    """A card may set options of stages, and only these."""
    card = load_suite("quick").model_copy(update={"options": {"config": {"retrieve": {"candidates": 0}}}})
    found = configured(load_config(), card)
    assert found.retrieve.candidates == 0

    assert found.embed == load_config().embed
