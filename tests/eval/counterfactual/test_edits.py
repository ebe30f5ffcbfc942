"""The stored edits: applied and taken back, refused on other laws, consistent with their kinds and with the requirement's figures."""

import json
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.languages import language_rules
from lexfloor.eval.counterfactual.applying import applied, changed, hashed
from lexfloor.eval.counterfactual.generate import edits
from lexfloor.eval.counterfactual.recipes import recipe
from lexfloor.eval.counterfactual.records import Edit, Kind, Replacement
from lexfloor.eval.counterfactual.review import reviewed
from lexfloor.eval.counterfactual.stored import load_edits, read_edits, write_edits
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.numbers import converted, quantities
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Level, Mark, Refusal, Span, Verdict
from lexfloor.pipeline.stages.ingest import read_law

ROOT = Path(__file__).resolve().parents[3]
FIGURES = (Kind.FIGURE_DIGITS, Kind.FIGURE_WORDS)
NEAR = 60
LAW = "PART I\n\nSection 1. Sickness benefit is paid for twenty-six weeks.\n\nSection 2. The Minister makes regulations.\n"


def one_edit(law, *parts, kind=Kind.FIGURE_WORDS, **fields):
    """Return an edit that replaces the first place of each old text by the new one."""
    places = sorted((law.text.index(old), old, new) for old, new in parts)
    replacements = [Replacement(file=law.file, start=start, end=start + len(old), text=new, original_hash=hashed(old)) for start, old, new in places]
    known = {"id": "XTS-1", "country": law.country, "language": "en", "requirement": "C102:18.duration", "kind": kind, "expects": "flip", "before": "compliant"}
    return Edit(**(known | {"after": ("non_compliant",), "files": {law.file: law.sha256}, "replacements": replacements} | fields))


def taken_back(edit, law):
    """Return the edit that undoes another, for the law that it changed."""
    back, shift = [], 0
    for item in edit.replacements:
        start, old = item.start + shift, law.text[item.start : item.end]
        back.append(Replacement(file=item.file, start=start, end=start + len(item.text), text=old, original_hash=hashed(item.text)))
        shift += len(item.text) - len(old)
    return edit.model_copy(update={"replacements": tuple(back)})


def read_edited(edit, folder):
    return [read_law(folder / file, edit.country, file, IngestConfig()) for file in edit.files]


def assert_figures_read(edit, laws):
    """Every figure that an edit writes is what the pipeline reads in the changed law, with its unit."""
    for law in laws:
        text, shift = applied(law, edit).text, 0
        for item in (item for item in edit.replacements if item.file == law.file):
            start = item.start + shift
            shift += len(item.text) - (item.end - item.start)
            if item.value is not None:
                around = plain(text[max(0, start - NEAR) : start + len(item.text) + NEAR]).text
                read = {(found.value - found.ordinal, found.unit) for found in quantities(around, language_rules(edit.language))}
                assert any(unit == item.unit and value == pytest.approx(item.value) for value, unit in read), f"{edit.id}: {item.value} {item.unit} not in {sorted(read)}"


def test_an_edit_changes_the_words_and_nothing_else(make_law):
    law = make_law(LAW)
    edit = one_edit(law, ("twenty-six", "ten"), ("Minister", "Governor"))
    after = applied(law, edit)
    assert after.text == LAW.replace("twenty-six", "ten").replace("Minister", "Governor")
    assert replace(after, text=law.text) == law


def test_body_pages_and_refused_stretches_move_with_the_text(make_law):
    first, second = LAW.index("Section 1"), LAW.index("Section 2")
    refused = (Refusal(Span(0, 6), "a heading"), Refusal(Span(second - 1, second), "an empty line"))
    law = make_law(LAW, body=first, pages=(0, second), refused=refused)
    after = applied(law, one_edit(law, ("PART I", "THE FIRST PART"), (LAW[first + 20 : second], "")))
    assert after.text[after.body :].startswith("Section 1")
    assert after.text[after.pages[1] :].startswith("Section 2")
    assert [after.text[item.span.start : item.span.end] for item in after.refused] == ["THE FIRST PART"]


def test_what_the_edit_does_not_name_stays_the_same_object(make_law):
    law = make_law(LAW)
    edit = one_edit(law, ("twenty-six", "ten"))
    other = make_law("Another act.", file="other.txt")
    assert applied(other, edit) is other


def test_a_changed_file_is_refused_with_both_hashes(make_law):
    law = make_law(LAW)
    edit = one_edit(law, ("twenty-six", "ten"))
    later = make_law(LAW + "Section 3. Added.\n")
    with pytest.raises(DataFileError) as refused:
        applied(later, edit)
    assert law.file in str(refused.value)
    assert law.sha256 in str(refused.value)
    assert later.sha256 in str(refused.value)


def test_other_words_under_the_same_file_are_refused(make_law):
    law = make_law(LAW)
    edit = one_edit(law, ("twenty-six", "ten"))
    with pytest.raises(DataFileError, match="words at"):
        applied(replace(law, text=LAW.replace("twenty-six", "twenty-two")), edit)


def test_laws_whose_markup_states_their_structure_are_refused(make_law):
    law = make_law(LAW)
    marked = replace(law, marks=(Mark(Level.SECTION, "1", "", Span(0, 10), 1),))
    with pytest.raises(DataFileError, match="text is the law itself"):
        applied(marked, one_edit(law, ("twenty-six", "ten")))


@given(st.data())
def test_taking_an_edit_back_gives_the_law_again(data):
    text = data.draw(st.text("ab \n", min_size=2, max_size=60))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True)))
    made = []
    for start, end in list(pairwise(cuts))[::2]:
        made.append(Replacement(file="a", start=start, end=end, text=data.draw(st.text("xyz", max_size=5)), original_hash=hashed(text[start:end])))
    back, shift = [], 0
    for item in made:
        old = text[item.start : item.end]
        if item.text or old:
            back.append(Replacement.model_construct(file="a", start=item.start + shift, end=item.start + shift + len(item.text), text=old, original_hash=hashed(item.text)))
        shift += len(item.text) - len(old)
    assert changed(changed(text, made), back) == text


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"kind": Kind.CONTROL_NAME}, "cannot expect"),
        ({"kind": Kind.CONTROL_NAME, "expects": "keep"}, "keeps the verdict"),
        ({"after": ("compliant",)}, "must change"),
        ({"files": {"another.txt": "0" * 64}}, "different files"),
    ],
)
def test_an_edit_that_contradicts_itself_is_refused(make_law, fields, problem):
    with pytest.raises(ValueError, match=problem):
        one_edit(make_law(LAW), ("twenty-six", "ten"), **fields)


def test_overlapping_replacements_are_refused(make_law):
    with pytest.raises(ValueError, match="overlap"):
        one_edit(make_law(LAW), ("twenty-six", "ten"), ("six weeks", "months"))


def test_a_broken_file_of_edits_names_file_and_field():
    with pytest.raises(DataFileError, match=r"edits/XTS.json.*country"):
        read_edits('{"edits": []}', "edits/XTS.json")


def test_there_are_enough_edits_of_enough_countries_and_languages():
    real = [edit for edit in load_edits() if edit.country != "XVA"]
    countries, languages, kinds = (Counter(getattr(edit, name) for edit in real) for name in ("country", "language", "kind"))
    assert len(real) >= 200
    assert len(countries) >= 8
    assert len(languages) >= 6
    assert set(kinds) == set(Kind)
    assert min(countries.values()) >= 10
    assert max(countries.values()) <= len(real) // 4
    assert {edit.kind for edit in load_edits() if edit.country == "XVA"} >= {Kind.FIGURE_WORDS, Kind.FIGURE_DIGITS, Kind.SHALL_TO_MAY, Kind.CONTROL_FIGURE}
    assert 0.2 < sum(edit.expects == "keep" for edit in real) / len(real) < 0.5


def test_verdicts_after_fit_the_kinds():
    for edit in load_edits():
        assert edit.before is Verdict.COMPLIANT
        if edit.kind is Kind.SECTION_DELETED:
            assert Verdict.NOT_ADDRESSED in edit.after, edit.id
            assert all(item.text == "" for item in edit.replacements), edit.id
        if edit.kind in (Kind.EXCEPTION, Kind.SHALL_TO_MAY):
            assert Verdict.NOT_ADDRESSED not in edit.after, edit.id
        if edit.kind in FIGURES:
            assert Verdict.NON_COMPLIANT in edit.after, edit.id


def test_figures_lie_past_the_rule_or_within_it(standard):
    seen = 0
    for edit in load_edits():
        if edit.kind not in (*FIGURES, Kind.CONTROL_FIGURE):
            continue
        requirement = standard.requirement(edit.requirement)
        rule = requirement.rule or requirement.practice
        values = [converted(item.value, item.unit, rule.unit.partition("_")[0]) for item in edit.replacements]
        if edit.expects == "keep":
            assert all(value >= rule.value if rule.op == ">=" else value <= 1.02 * rule.value for value in values), edit.id
        else:
            assert all(value < rule.value if rule.op == ">=" else value > 1.02 * rule.value for value in values), edit.id
        seen += 1
    assert seen >= 100


def test_figures_that_count_together_still_miss_the_rule_when_added(standard):
    for move in reviewed().figures:
        assert standard.requirement(move.requirement).rule.op == ">="
        together = {other.to for other in reviewed().figures if (other.country, other.requirement) == (move.country, move.requirement)}
        assert converted(sum(sorted(together)[:2]), move.unit, "weeks") < standard.requirement(move.requirement).rule.value


def test_only_our_own_words_are_stored():
    """A replacement is a number, or a clause of a recipe: no text of a law."""
    for edit in load_edits():
        how = recipe(edit.language)
        ours = {how.condition, how.exclusion, "", *(item.instead for item in (*how.discretion, *how.denial, *how.names)), *how.ordinals.values()}
        numbers = {word for form in how.forms for word in form.words}
        numbers |= {how.percent.format(word) for word in numbers} | {how.percent.format(number) for number in range(101)}
        for item in edit.replacements:
            assert item.text in ours | numbers or item.text.lower() in numbers or item.text.isdecimal(), f"{edit.id}: {item.text}"


def test_nothing_is_both_kept_and_rejected():
    kept = {edit.id for edit in load_edits()}
    review = reviewed()
    assert not kept & review.rejected.keys()
    assert review.after.keys() <= kept
    assert all(len(reason) > 20 for reason in review.rejected.values())


def test_number_words_of_every_recipe_are_read_back_by_the_pipeline():
    for language in sorted({edit.language for edit in load_edits()}):
        rules, how = language_rules(language), recipe(language)
        for form in how.forms:
            week = next(word for word in rules.units.weeks if word.isalpha())
            for value, words in enumerate(form.words, 1):
                text = f"{words} {week}" if rules.spaced else f"{words}{week}"
                assert [found.value for found in quantities(text, rules)][:1] == [value], f"{language}: {words}"


def test_edits_of_the_sample_apply_and_are_taken_back(sample):
    own = [edit for edit in load_edits() if edit.country == "XVA"]
    assert len(own) >= 20
    for edit in own:
        laws = read_edited(edit, sample)
        assert_figures_read(edit, laws)
        for law in laws:
            after = applied(law, edit)
            assert after.text != law.text
            assert applied(after, taken_back_in(edit, law)) == law


def taken_back_in(edit, law):
    """Return what undoes an edit in one of its files."""
    own = tuple(item for item in edit.replacements if item.file == law.file)
    return taken_back(edit.model_copy(update={"replacements": own}), law)


def test_the_sample_is_made_anew_byte_for_byte(tmp_path, sample):
    kept, rejected = edits(ROOT / "corpora" / "gold" / "XVA.json", sample, reviewed())
    assert rejected
    written = write_edits(tmp_path, "XVA", tuple(kept))
    assert written.read_bytes() == (ROOT / "corpora" / "annotations" / "edits" / "XVA.json").read_bytes()


def test_stored_files_hold_positions_and_hashes_only():
    for path in sorted((ROOT / "corpora" / "annotations" / "edits").glob("*.json")):
        for edit in json.loads(path.read_text(encoding="utf-8"))["edits"]:
            assert edit.keys() == {"id", "country", "language", "requirement", "kind", "expects", "before", "after", "files", "replacements"}
            for item in edit["replacements"]:
                assert item.keys() - {"value", "unit"} == {"file", "start", "end", "text", "original_hash"}


@pytest.mark.shared
def test_every_edit_of_real_law_applies_and_is_read_as_meant(shared):
    laws = {}
    for edit in (edit for edit in load_edits() if edit.country != "XVA"):
        for file in edit.files:
            if (edit.country, file) not in laws:
                laws[edit.country, file] = read_law(shared / "laws" / edit.country / file, edit.country, file, IngestConfig())
        own = [laws[edit.country, file] for file in edit.files]
        assert all(applied(law, edit).text != law.text for law in own), edit.id
        assert all(law.language == edit.language for law in own), edit.id
        assert_figures_read(edit, own)


@pytest.mark.shared
def test_one_country_is_made_anew_byte_for_byte(shared, tmp_path):
    kept, _ = edits(shared / "gold" / "dev" / "GHA.json", shared / "laws" / "GHA", reviewed())
    written = write_edits(tmp_path, "GHA", tuple(kept))
    assert written.read_bytes() == (ROOT / "corpora" / "annotations" / "edits" / "GHA.json").read_bytes()
