"""Quotes of judgements are found in the law, whatever markup stands between their words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.judgements import JudgedEvidence, JudgedFinding, Judgements, read_judgements
from lexfloor.eval.labelled import check_judgements, laws_of
from lexfloor.eval.labelled.checked import judged_folder
from lexfloor.eval.labelled.quotes import placed
from lexfloor.eval.labelled.readings import readings
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.plain import readable
from lexfloor.pipeline.records import RequirementId, Verdict

CORPORA = Path(__file__).resolve().parents[3] / "corpora"
GOLD = CORPORA / "gold" / "XVA.json"

ACT = """# Orchard Keepers Act

## Section 1. Keepers

A **keeper** of an orchard is insured under this Act from the first apple of\nthe season<sup>1</sup>, the [Register](register.md) says which.[^2]

## Section 2. Benefits

A keeper who falls from a ladder receives:

- a) nine baskets of pears a month,^7)
- b) care by a phy\u00adsician &amp; a nurse.

| weeks | baskets |
|-------|---------|
| 4     | 30      |

Nobody pays for a ladder twice.

## Section 3. Pickers

Nobody pays for a ladder twice.
"""


def judged(*evidence, files=("act.md",)):
    items = tuple(JudgedEvidence(file=file, section=section, quote=quote) for file, section, quote in evidence)
    finding = JudgedFinding(requirement=RequirementId("C102:8"), verdict=Verdict.PARTIAL, evidence=items, parameters=(), rationale="", certainty="high")
    return Judgements(country="XVA", language="en", files=files, findings=(finding,))


@pytest.fixture(scope="session")
def act(make_law):
    return make_law(ACT, file="act.md")


@pytest.mark.parametrize(
    ("quote", "first", "last"),
    [
        ("A keeper of an orchard is insured under this Act from the first apple of the season", "A **keeper", "season"),
        ("from the first apple of the season¹, the Register says which.", "from the", "which."),
        ("from the first apple of the season 1 , the Register says which.", "from the", "which."),
        ("receives: a) nine baskets of pears a month,^7) b) care", "receives", "b) care"),
        ("care by a phy\u00adsician & a nurse.", "care by", "nurse."),
        ("care by a physician & a nurse.", "care by", "nurse."),
        ("Section 2. Benefits A keeper who falls", "Section 2", "falls"),
        ("4 30 Nobody pays for", "4     |", "pays for"),
        ("NINE BASKETS OF PEARS A MONTH ... b CARE BY A PHYSICIAN", "nine", "sician"),
    ],
)
def test_a_quote_is_found_without_markup(act, quote, first, last):
    (place,) = placed(judged(("act.md", "1", quote)), {"act.md": act})
    stretch = ACT[place.start : place.end]
    assert (place.finding, place.evidence, place.file) == (0, 0, "act.md")
    assert stretch.startswith(first)
    assert stretch.endswith(last)


@pytest.mark.parametrize(("section", "place"), [("2", 0), ("Section 2", 0), ("§ 3", 1), ("77", 0)])
def test_of_several_places_the_one_in_the_named_section_counts(act, section, place):
    words = "Nobody pays for a ladder twice."
    (found,) = placed(judged(("act.md", section, words)), {"act.md": act})
    assert found.start == (ACT.index(words), ACT.rindex(words))[place]


def test_a_quote_of_another_file_is_told_with_the_file(act, make_law):
    other = make_law("Section 1. Bees\n\nNobody counts the bees of a neighbour.\n", file="bees.md")
    wrong = judged(("act.md", "1", "Nobody counts the bees of a neighbour."), files=("act.md", "bees.md"))
    with pytest.raises(DataFileError, match=r"C102:8: the quote 'Nobody .*'\.\.\. is not in act\.md; it stands in bees\.md"):
        placed(wrong, {"act.md": act, "bees.md": other})


def test_a_law_that_is_missing_is_told(act):
    with pytest.raises(DataFileError, match=r"file 'bees\.md' is not among the laws of XVA"):
        placed(judged(("act.md", "1", "Nobody pays"), files=("act.md", "bees.md")), {"act.md": act})


@given(st.data())
def test_what_a_reading_gives_between_two_places_is_found_there(data):
    for reading in readings(ACT):
        start = data.draw(st.integers(0, len(reading.text) - 30))
        quote = reading.text[start : start + data.draw(st.integers(20, 30))].strip()
        places = reading.spans(quote)
        assert places
        assert all(reading.between(*place) == quote for place in places)


def test_every_quote_of_the_sample_country_is_found(standard):
    checked = check_judgements(GOLD, standard, CORPORA / "samples")
    evidence = [(number, index, item) for number, finding in enumerate(checked.judgements.findings) for index, item in enumerate(finding.evidence)]
    assert len(checked.quotes) == len(evidence) > 100
    for place, (number, index, item) in zip(checked.quotes, evidence, strict=True):
        assert (place.finding, place.evidence, place.file) == (number, index, item.file)
        assert readable(checked.laws[place.file].text[place.start : place.end]) == item.quote


def test_a_quote_that_is_in_no_law_is_told_by_its_line(tmp_path, standard):
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    index = max(index for index, item in enumerate(gold["findings"]) if len(item["evidence"]) > 1)
    gold["findings"][index]["evidence"][1]["quote"] = "Every orchard keeper receives nine baskets of pears a month."
    path = tmp_path / "XVA.json"
    path.write_text(json.dumps(gold, indent=2), encoding="utf-8")
    with pytest.raises(DataFileError, match="nor in another file") as refused:
        check_judgements(path, standard, CORPORA / "samples")
    assert "orchard keeper" in path.read_text(encoding="utf-8").split("\n")[refused.value.line - 1]
    assert f"{path}, line {refused.value.line}, {gold['findings'][index]['requirement']}, evidence 2: " in str(refused.value)


def test_laws_that_are_missing_or_broken_are_told(tmp_path, standard):
    judgements = read_judgements(GOLD, standard)
    with pytest.raises(InputError, match="XVA: no such file or folder"):
        laws_of(judgements, tmp_path)
    folder = tmp_path / "XVA"
    folder.mkdir()
    (folder / judgements.files[0]).write_bytes(b"")
    with pytest.raises(InputError, match=f"{judgements.files[0]}: the file is empty"):
        laws_of(judgements, tmp_path)


def test_files_that_were_not_judged_are_not_read(tmp_path, standard):
    judgements = read_judgements(GOLD, standard)
    folder = tmp_path / "XVA"
    folder.mkdir()
    for name in (*judgements.files, "later-act.md"):
        (folder / name).write_text("# An act\n\nSection 1. Nobody pays for a ladder twice.\n", encoding="utf-8")
    assert tuple(laws_of(judgements, tmp_path)) == judgements.files


@pytest.mark.shared
@pytest.mark.parametrize("country", ["CHN", "CYP", "CZE", "EST", "GHA", "IND", "URY"])
def test_every_quote_of_real_laws_is_found(shared, standard, country):
    checked = check_judgements(shared / "gold" / "dev" / f"{country}.json", standard, shared / "laws")
    assert len(checked.quotes) == sum(len(finding.evidence) for finding in checked.judgements.findings)


def test_files_that_were_not_judged_are_left_out(tmp_path):
    """A judgement speaks of its files alone; a folder that lacks one is refused, with what to do."""
    laws = tmp_path / "XVA"
    laws.mkdir()
    for name in ("act.md", "other.md"):
        (laws / name).write_text(ACT, encoding="utf-8")
    assert [path.name for path in judged_folder(judged(), laws).files] == ["act.md"]
    with pytest.raises(InputError, match=r"gone\.md not there.*XVA.*name the folder"):
        judged_folder(judged(files=("act.md", "gone.md")), laws)
