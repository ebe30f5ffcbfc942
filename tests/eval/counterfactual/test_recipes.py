"""The recipes on an invented law: figures moved wherever they are written, clauses in their place, sections cut whole, controls elsewhere."""

import json

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.eval.counterfactual.applying import applied
from lexfloor.eval.counterfactual.generate import edits
from lexfloor.eval.counterfactual.recipes import cased, recipe
from lexfloor.eval.counterfactual.records import Kind
from lexfloor.eval.counterfactual.review import Review
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.stages.ingest import read_law

ACT = """EARNINGS INSURANCE ACT

Section 1. Commencement

This Act enters into force on 3 March 2011.

Section 2. Maternity benefit

An insured woman is entitled to maternity benefit for a period of **fourteen (14) weeks**. The Minister keeps a register.

Section 3. Sickness benefit

An insured person who cannot work because of illness is entitled to sickness benefit.

Section 4. Waiting days

Sickness benefit is paid from the fourth day of incapacity.

Section 5. Offences

A person who lies to the Board is liable to a fine of 300 crowns.
"""
FINDINGS = (
    ("C102:52", "An insured woman is entitled to maternity benefit for a period of fourteen (14) weeks", "2", ("maximum_duration", 14, "weeks")),
    ("C102:14", "An insured person who cannot work because of illness is entitled to sickness benefit", "3", None),
    ("C102:18.waiting", "Sickness benefit is paid from the fourth day of incapacity", "4", ("waiting_period", 3, "days")),
)


@pytest.fixture
def made(tmp_path):
    """Return a function that makes the edits of the invented law: a review to (edits by kind and requirement, law)."""
    folder = tmp_path / "XTS"
    folder.mkdir()
    (folder / "act.md").write_text(ACT, encoding="utf-8")
    findings = []
    for requirement, quote, section, figure in FINDINGS:
        figures = [dict(zip(("parameter", "value", "unit"), figure, strict=True)) | {"quote": 0}] if figure else []
        evidence = [{"file": "act.md", "section": section, "quote": quote}]
        findings.append({"requirement": requirement, "verdict": "compliant", "certainty": "high", "evidence": evidence, "parameters": figures, "rationale": "As the act says."})
    gold = tmp_path / "XTS.json"
    gold.write_text(json.dumps({"country": "XTS", "findings": findings}), encoding="utf-8")

    def run(review=Review()):  # noqa: B008 - the record does not change
        kept, rejected = edits(gold, folder, review)
        return {(edit.kind, edit.requirement): edit for edit in kept}, rejected, read_law(folder / "act.md", "XTS", "act.md", IngestConfig())

    return run


def test_a_figure_in_words_and_digits_is_changed_in_both(made):
    found, _, law = made()
    edit = found[Kind.FIGURE_WORDS, "C102:52"]
    words, digits = (item.text for item in edit.replacements)
    assert recipe("en").forms[0].words[int(digits) - 1] == words
    assert int(digits) < 12
    assert f"**{words} ({digits}) weeks**" in applied(law, edit).text


def test_a_figure_within_the_rule_is_a_control(made):
    found, _, _ = made()
    edit = found[Kind.CONTROL_FIGURE, "C102:52"]
    assert edit.expects == "keep"
    assert all(item.value != 14 and item.value >= 12 for item in edit.replacements)


def test_the_day_on_which_a_benefit_begins_moves_as_an_ordinal(made):
    found, _, law = made()
    edit = found[Kind.FIGURE_WORDS, "C102:18.waiting"]
    (moved,) = edit.replacements
    assert moved.value > 3
    assert f"from the {recipe('en').ordinals[int(moved.value) + 1]} day" in applied(law, edit).text


def test_the_operative_words_become_discretionary_or_are_denied(made):
    found, _, law = made()
    assert "may, at the discretion of the Minister, be granted sickness benefit." in applied(law, found[Kind.SHALL_TO_MAY, "C102:14"]).text
    assert "because of illness is not entitled to sickness benefit." in applied(law, found[Kind.RIGHT_REMOVED, "C102:14"]).text


def test_the_exception_ends_the_sentence_that_grants(made):
    found, _, law = made()
    assert "sickness benefit, unless the Minister decides otherwise.\n" in applied(law, found[Kind.EXCEPTION, "C102:14"]).text


def test_a_deleted_section_goes_with_its_heading_and_no_other(made):
    found, _, law = made()
    after = applied(law, found[Kind.SECTION_DELETED, "C102:14"]).text
    assert "Section 3" not in after
    assert "because of illness" not in after
    assert [f"Section {number}." in after for number in (1, 2, 4, 5)] == [True] * 4


def test_controls_leave_the_deciding_words_alone(made):
    found, _, law = made()
    texts = {kind: applied(law, edit).text for (kind, _), edit in found.items() if kind.control}
    assert "The Commissioner keeps a register" in texts[Kind.CONTROL_NAME]
    assert "3 March 2011" not in texts[Kind.CONTROL_DATE]
    assert "March 2011" in texts[Kind.CONTROL_DATE]
    assert "a fine of 600 crowns" in texts[Kind.CONTROL_OTHER]


def test_an_upper_bound_is_not_tested_by_taking_words_away(made):
    found, _, _ = made()
    assert not any(kind in (Kind.SECTION_DELETED, Kind.RIGHT_REMOVED, Kind.EXCEPTION, Kind.SHALL_TO_MAY) and requirement == "C102:18.waiting" for kind, requirement in found)


def test_the_review_leaves_out_and_corrects(made):
    found, _, _ = made()
    away, other = found[Kind.EXCEPTION, "C102:14"].id, found[Kind.SECTION_DELETED, "C102:14"].id
    again, rejected, _ = made(Review(rejected={away: "the sample asks for it"}, after={other: ("needs_data", "not_addressed")}))
    assert rejected == [away]
    assert away not in {edit.id for edit in again.values()}
    assert again[Kind.SECTION_DELETED, "C102:14"].after == ("needs_data", "not_addressed")


def test_figures_that_the_review_sets_are_taken(made):
    move = {"country": "XTS", "requirement": "C102:52", "value": 14, "unit": "weeks", "to": 5}
    found, _, law = made(Review(figures=(move,)))
    assert "five (5) weeks" in applied(law, found[Kind.FIGURE_WORDS, "C102:52"]).text


def test_a_quote_that_is_not_in_its_file_is_an_error_that_names_it(made, tmp_path):
    gold = tmp_path / "XTS.json"
    gold.write_text(gold.read_text(encoding="utf-8").replace("because of illness", "because of a strike"), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"C102:14.*section 3.*act\.md"):
        made()


def test_a_language_without_recipe_says_where_one_belongs():
    with pytest.raises(DataFileError, match=r"recipes/xx\.toml"):
        recipe("xx")


def test_words_take_the_case_of_what_they_replace():
    assert [cased("twenty", like) for like in ("SIX", "Six", "six")] == ["TWENTY", "Twenty", "twenty"]
