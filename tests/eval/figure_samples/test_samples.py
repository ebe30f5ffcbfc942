"""Figures drawn of an invented law, judged, kept without a word of it, and found again."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.figure_samples import __main__ as command
from lexfloor.eval.figure_samples import read_figure_sample, sampled_laws, stored_samples
from lexfloor.eval.figure_samples.drawing import Drawing, draw
from lexfloor.eval.figure_samples.places import law_figures
from lexfloor.eval.figure_samples.records import OTHER, TOLD, JudgedPlace, Judgement, read_drawn_sample, write_sample
from lexfloor.eval.figure_samples.sheets import read_filled, taken, write_sheets
from lexfloor.eval.figure_samples.stored import STORED
from lexfloor.models.kinds import kind_model
from lexfloor.pipeline.errors import DataFileError, InputError

ACT = """PEAR KEEPERS ACT

Section 1. Sickness benefit

A keeper who is insured is entitled to sickness benefit of sixty per cent of the average daily wage, for at most twenty-six weeks.

Section 2. Pension

The pensionable age is sixty-four years. The qualifying period for the old-age pension is fifteen years of contributions.

Section 3. Offences

Whoever sells unripe pears is liable to a fine, or to imprisonment for a term of three years.
"""
TODAY = date(2026, 11, 22)


@pytest.fixture
def figures(make_law, standard):
    return list(law_figures([make_law(ACT, file="pears.txt")], standard, kind_model()))


@pytest.fixture
def sheets(tmp_path, figures):
    """Return a folder of sheets with every figure of the act on them."""
    sample, picked = draw(figures, Drawing("training", 30, 30, 5), TODAY)
    write_sheets(tmp_path / "sheets", sample, picked)
    return tmp_path / "sheets"


@pytest.fixture
def filled(sheets):
    """Return the folder with each figure judged to be nothing of a benefit."""
    drawn = read_drawn_sample(sheets / "XTS.drawn.json")
    judged = [{"n": n, "kind": "none", "value": 3.0, "unit": "years", "comparator": "exactly", "why": "pears"} for n in range(len(drawn.figures))]
    (sheets / "XTS.json").write_text(json.dumps(judged), encoding="utf-8")
    return sheets


def changed(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@given(told=st.integers(0, 6), others=st.integers(0, 6), seed=st.integers(0, 99))
def test_so_many_are_drawn_of_each_heap_and_each_once(figures, told, others, seed):
    sample, picked = draw(figures, Drawing("training", told, others, seed), TODAY)
    heap = sum(figure.parameter is not None for figure in figures)
    assert (sample.figures_told, sample.figures_other) == (heap, len(figures) - heap)
    assert sum(place.stratum == TOLD for place in sample.figures) == min(told, heap)
    assert sum(place.stratum == OTHER for place in sample.figures) == min(others, len(figures) - heap)
    assert len({place.start for place in sample.figures}) == len(sample.figures)
    assert [place.start for place in sample.figures] == [figure.start for figure in picked]
    assert draw(figures, Drawing("training", told, others, seed), TODAY)[0] == sample


def test_weights_add_up_to_all_figures(figures):
    sample, _ = draw(figures, Drawing("training", 2, 1, 5), TODAY)
    assert sum(sample.weight(place.stratum) for place in sample.figures) == pytest.approx(len(figures))


def test_a_sheet_shows_each_figure_marked_and_what_is_told_of_it(sheets):
    shown = (sheets / "XTS.md").read_text(encoding="utf-8")
    assert "⟦twenty-six weeks⟧" in shown
    assert "told as pensionable_age, 64 years, exactly, old_age" in shown


def test_judgements_come_back_without_words_of_law_or_reasons(filled, monkeypatch, write_country, capsys, tmp_path):
    write_country("XTS", {"pears.txt": ACT})
    monkeypatch.setattr(sys, "argv", ["figure_samples", "take", str(filled), "--laws", str(tmp_path / "laws"), "--into", str(tmp_path / "kept")])
    command.main()
    assert "training/XTS.json" in capsys.readouterr().out
    (sample,) = stored_samples(tmp_path / "kept")
    assert {figure.kind for figure in sample.figures} == {"none"}
    written = (tmp_path / "kept" / "training" / "XTS.json").read_text(encoding="utf-8")
    assert not any(word in written for word in ("keeper", "unripe", "weeks", "wage"))
    law = sampled_laws(sample, tmp_path / "laws")["pears.txt"]
    assert "twenty-six weeks" in [law.text[figure.start : figure.end] for figure in sample.figures]


def test_another_text_of_the_law_is_refused(filled, write_country, tmp_path):
    write_country("XTS", {"pears.txt": ACT.replace("sixty-four", "seventy")})
    (sample,) = taken(filled)
    with pytest.raises(DataFileError, match="not the file that figures were drawn from"):
        sampled_laws(sample, tmp_path / "laws")


def test_words_that_are_not_the_drawn_ones_are_refused(filled, write_country, tmp_path):
    write_country("XTS", {"pears.txt": ACT})
    (sample,) = taken(filled)
    moved = sample.model_copy(update={"figures": (sample.figures[0].model_copy(update={"start": sample.figures[0].start + 1}), *sample.figures[1:])})
    with pytest.raises(DataFileError, match=r"sample training of XTS, figure 1: characters .* draw the sample anew"):
        sampled_laws(moved, tmp_path / "laws")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"none"', '"nothing"', "kind"),
        ('"exactly"', '"about"', "comparator"),
        ('"n": 1,', '"n": 0,', "figure 0 is judged twice"),
        ('"value": 3.0', '"value": null', "value"),
    ],
)
def test_a_wrong_judgement_is_told_with_its_file(filled, old, new, told):
    changed(filled / "XTS.json", old, new)
    with pytest.raises(DataFileError, match=told) as raised:
        taken(filled)
    assert "XTS.json, line 1" in str(raised.value)


def test_figures_not_judged_are_named(filled):
    path = filled / "XTS.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))[:-2]), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"are not judged \(2 in all\)"):
        taken(filled)


def test_a_fresh_sheet_is_not_taken_for_judged(sheets):
    with pytest.raises(DataFileError):
        read_filled(sheets / "XTS.json")


def test_a_folder_without_sheets_is_told(tmp_path):
    with pytest.raises(InputError, match="name the folder that 'draw' wrote"):
        taken(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"file": 0', '"file": 3', "figures 1: file 3 points at no file"),
        ('"kind": "none"', '"kind": "nine"', "kind"),
        ('"kind": "none"', '"kind": "none", "contingency": "family"', "a figure of no benefit has none"),
        ('"figures_told": ', '"figures_told": 0', "figures_told is 0, yet"),
        ('"country": "XTS"', '"country": "Utopia"', "alpha-3"),
    ],
)
def test_a_broken_annotation_is_told_with_its_entry(filled, write_country, monkeypatch, tmp_path, capsys, old, new, told):
    write_country("XTS", {"pears.txt": ACT})
    monkeypatch.setattr(sys, "argv", ["figure_samples", "take", str(filled), "--laws", str(tmp_path / "laws"), "--into", str(tmp_path / "kept")])
    command.main()
    path = tmp_path / "kept" / "training" / "XTS.json"
    text = path.read_text(encoding="utf-8")
    if "figures_told" in old:
        count = read_figure_sample(path).figures_told
        old, new = f'"figures_told": {count}', '"figures_told": 0'
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=told):
        read_figure_sample(path)


def test_a_sample_in_another_s_place_is_told(filled, write_country, tmp_path):
    folder = tmp_path / "kept" / "final"
    folder.mkdir(parents=True)
    (sample,) = taken(filled)
    write_sample(folder / "XTS.json", sample)
    with pytest.raises(DataFileError, match=r"move it to training/XTS\.json"):
        stored_samples(tmp_path / "kept")


def test_sheets_are_drawn_from_a_folder_of_laws(monkeypatch, write_country, tmp_path, capsys):
    write_country("XTS", {"pears.txt": ACT})
    arguments = ["--laws", str(tmp_path / "laws"), "--countries", "XTS", "--sample", "final", "--told", "2", "--others", "1", "--seed", "5", "--out", str(tmp_path / "out")]
    monkeypatch.setattr(sys, "argv", ["figure_samples", "draw", *arguments])
    command.main()
    assert "XTS: 3 figures drawn" in capsys.readouterr().out
    assert read_drawn_sample(tmp_path / "out" / "XTS.drawn.json").sample == "final"


def test_the_committed_samples_are_whole_and_hold_judgements_alone():
    samples = stored_samples(STORED)
    assert samples
    for sample in samples:
        assert all(isinstance(figure, JudgedPlace) for figure in sample.figures)
    assert set(Judgement.model_fields) | {"file", "start", "end", "words", "stratum"} == set(JudgedPlace.model_fields)


@pytest.mark.shared
@pytest.mark.parametrize("country", ["CHN", "GHA"])
def test_the_committed_samples_stand_in_the_laws(shared, country):
    for sample in stored_samples(STORED):
        if sample.country == country:
            assert sampled_laws(sample, shared / "laws")
