"""The suite of figures on an invented country: what people noted, and figures drawn and judged, against what is told."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from lexfloor.eval.adapters import figures as adapter
from lexfloor.eval.adapters.figures import MEASURES, gold_rows, judged_rows
from lexfloor.eval.figure_samples.drawing import Drawing, draw
from lexfloor.eval.figure_samples.places import section_figures
from lexfloor.eval.figure_samples.records import FigureSample, JudgedPlace, write_sample
from lexfloor.eval.figure_samples.stored import STORED
from lexfloor.eval.kind_examples import Noted
from lexfloor.eval.suite import Asked, columns, load_suite, suite_names
from lexfloor.models.kinds import kind_model

ACT = """PEAR KEEPERS ACT

Section 1. Maternity benefit

A woman who is insured is entitled to maternity benefit for a period of fourteen weeks around her confinement.

Section 2. Pension

The pensionable age is sixty-four years.
"""
TODAY = date(2026, 11, 22)


@pytest.fixture
def law(make_law):
    return make_law(ACT, file="pears.txt")


@pytest.fixture
def sections(law, standard):
    return list(section_figures([law], standard, kind_model()))


@pytest.fixture
def judged(sections):
    """Return a function that judges every figure of the act: fourteen weeks rightly, all else as what is asked."""

    def made(**other):
        figures = [figure for found in sections for figure in found.figures]
        sample, picked = draw(figures, Drawing("training", 9, 9, 5), TODAY)
        truth = []
        for place, figure in zip(sample.figures, picked, strict=True):
            value, unit = figure.around.quantity.value, figure.around.quantity.unit
            fields = {"kind": "maximum_duration", "contingency": "maternity"} if unit == "weeks" else {"kind": "pensionable_age", "contingency": "old_age"} | other
            truth.append(JudgedPlace(**place.model_dump(), **{"value": value, "unit": unit, "comparator": "exactly"} | fields))
        return FigureSample(**sample.model_dump(exclude={"figures", "files"}), files=sample.files, figures=tuple(truth))

    return made


def rows_of(sample, law, sections):
    figures = [figure for found in sections for figure in found.figures]
    return {row["judged_kind"]: row for row in judged_rows(sample, {law.file: law}, figures, kind_model().calibration)}


def measure(name, rows):
    (known,) = [measure for measure in MEASURES if measure.name == name]
    return known.value(columns(rows))


def test_what_is_told_right_is_right(judged, law, sections):
    rows = rows_of(judged(), law, sections)
    assert all(row["said"] and row["right"] and row["contingency_right"] for row in rows.values())
    assert measure("judged/precision, kind, value and unit", list(rows.values())) == 1.0
    assert np.isnan(measure("held apart/precision, kind, value and unit", list(rows.values()))), "models are fitted on a training sample"


@pytest.mark.parametrize(
    ("other", "right", "kind_right"),
    [({"kind": "none", "contingency": None}, False, False), ({"value": 65.0}, False, True), ({"unit": "months"}, False, True), ({"contingency": "invalidity"}, True, True)],
)
def test_a_figure_of_another_kind_value_or_unit_is_wrong(judged, law, sections, other, right, kind_right):
    rows = rows_of(judged(**other), law, sections)
    row = next(row for kind, row in rows.items() if kind != "maximum_duration")
    assert (row["right"], row["kind_right"]) == (right, kind_right)
    assert measure("judged/precision, kind, value and unit", list(rows.values())) == (1.0 if right else 0.5)


def test_a_reduced_qualifying_period_counts_as_a_qualifying_period(judged, make_law, standard):
    law = make_law("Section 1. Pension\n\nThe qualifying period for the old-age pension is fifteen years of contributions.\n", file="pears.txt")
    sections = list(section_figures([law], standard, kind_model()))
    sample, _ = draw([figure for found in sections for figure in found.figures], Drawing("training", 9, 9, 5), TODAY)
    place = JudgedPlace(**sample.figures[0].model_dump(), kind="qualifying_period_reduced", value=15.0, unit="years", comparator="exactly")
    rows = rows_of(FigureSample(**sample.model_dump(exclude={"figures", "files"}), files=sample.files, figures=(place,)), law, sections)
    assert rows["qualifying_period_reduced"]["right"]


def test_a_figure_that_is_no_longer_read_is_told_nothing_of(judged, law):
    rows = rows_of(judged(), law, [])
    assert not any(row["said"] or row["right"] for row in rows.values())
    assert measure("judged/recall, weighted as in the laws", list(rows.values())) == 0.0


def test_noted_figures_are_looked_for_everywhere_and_in_their_section(sections):
    pension = ACT.index("Section 2")
    elsewhere = Noted("maximum_duration", 14, "weeks", "maternity", "C102:52", "pears.txt", pension + 20, pension + 40)
    here = Noted("pensionable_age", 64, "years", "old_age", "C102:26", "pears.txt", pension + 20, pension + 40)
    nowhere = Noted("pensionable_age", 70, "years", "old_age", "C102:26", "pears.txt", pension + 20, pension + 40)
    rows = [(row["read"], row["read_in_section"], row["quantity_read"]) for row in gold_rows("XTS", "en", [elsewhere, here, nowhere], sections, kind_model().calibration)]
    assert rows == [(True, False, True), (True, True, True), (False, False, False)]


def test_the_suite_runs_on_a_country_with_a_sample_alone(judged, write_country, config, tmp_path):
    write_country("XTS", {"pears.txt": ACT})
    write_sample(tmp_path / "samples" / "training" / "XTS.json", judged())
    (tmp_path / "gold").mkdir()
    asked = Asked(load_suite("figures"), {"gold": tmp_path / "gold", "laws": tmp_path / "laws", "samples": tmp_path / "samples"}, config)
    tables = adapter.predictions(asked)
    assert tables["gold"] == []
    assert {row["held_apart"] for row in tables["judged"]} == {False}


def test_the_card_is_shipped():
    assert "figures" in suite_names()
    assert {measure.table for measure in MEASURES} == {"gold", "judged"}


@pytest.mark.shared
def test_a_judged_country(shared, config):
    data = {"gold": shared / "gold" / "dev", "laws": shared / "laws", "samples": STORED}
    tables = adapter.predictions(Asked(load_suite("figures"), data, config, ("CHN",)))
    assert len(tables["gold"]) == 36
    assert len(tables["judged"]) == 104
