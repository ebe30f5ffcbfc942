"""Judgements as positions and hashes: nothing of the law is in them, and with the law they are whole again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from lexfloor.corpora.judgements import JudgedEvidence, JudgedFigure, JudgedFinding, Judgements, read_judgements
from lexfloor.eval.labelled import check_judgements, laws_of
from lexfloor.eval.labelled.own import unpacked_judgements
from lexfloor.eval.labelled.positions import packed, read_packed, short_hash, unpacked, write_packed
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import RequirementId, Verdict

CORPORA = Path(__file__).resolve().parents[3] / "corpora"
COMMITTED = sorted((CORPORA / "annotations" / "c102").glob("*.json"))
INCOMPLETE = sorted((CORPORA / "annotations" / "incomplete").glob("*.json"))
ACT = "Section 1. Pears\n\nA keeper of an orchard receives nine baskets of pears in each month of the year.\n"
QUOTE = "A keeper of an orchard receives nine baskets of pears in each month"


@pytest.fixture(scope="session")
def sampled(standard):
    checked = check_judgements(CORPORA / "gold" / "XVA.json", standard, CORPORA / "samples")
    return checked.judgements, dict(checked.laws), packed(checked.judgements, checked.laws)


@pytest.fixture
def small(make_law):
    """Return a function that makes judgements of one finding, and the law that they are on."""

    def made(quote=QUOTE, qualifier=None):
        figure = JudgedFigure(parameter="minimum_benefit", value=9, unit="baskets", qualifier=qualifier, quote=0)
        evidence = JudgedEvidence(file="act.md", section="1", quote=quote)
        finding = JudgedFinding(requirement=RequirementId("C102:8"), verdict=Verdict.PARTIAL, evidence=(evidence,), parameters=(figure,), rationale="Pears.", certainty="low")
        return Judgements(country="XVA", language="en", files=("act.md",), findings=(finding,)), {"act.md": make_law(ACT, file="act.md")}

    return made


def without_rationale(judgements):
    return judgements.model_copy(update={"findings": tuple(finding.model_copy(update={"rationale": ""}) for finding in judgements.findings)})


def strings(value, key=""):
    """Yield the strings in a JSON value, each with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


def test_the_sample_country_comes_back_whole(sampled, tmp_path):
    judgements, laws, made = sampled
    write_packed(tmp_path / "XVA.json", made)
    read = read_packed(tmp_path / "XVA.json")
    assert read == made
    assert unpacked(read, laws) == without_rationale(judgements)
    assert unpacked(read, laws, {finding.requirement: finding.rationale for finding in judgements.findings}) == judgements


def test_a_finding_is_a_line_and_the_same_judgements_give_the_same_bytes(sampled, tmp_path):
    judgements, laws, made = sampled
    write_packed(tmp_path / "one.json", made)
    write_packed(tmp_path / "two.json", packed(judgements, laws))
    text = (tmp_path / "one.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "two.json").read_text(encoding="utf-8")
    assert sum(line.startswith('{"requirement"') for line in text.split("\n")) == len(judgements.findings)


def test_no_words_of_law_or_rationale_are_packed(sampled):
    judgements, _, made = sampled
    text = made.model_dump_json()
    for finding in judgements.findings:
        assert finding.rationale[:40] not in text
        assert not any(item.quote[:40] in text for item in finding.evidence)


def test_a_qualifier_stays_unless_it_is_a_passage_of_law(small):
    for qualifier, kept in [
        ("keepers of an orchard", True),
        ("who is a Keeper of an Orchard and receives nine baskets of pears", True),
        (QUOTE, False),
        (f"{QUOTE.upper()}!", False),
    ]:
        judgements, laws = small(qualifier=qualifier)
        assert packed(judgements, laws).findings[0].parameters[0].qualifier == (qualifier if kept else None)


def test_a_law_that_changed_is_told_with_both_hashes(sampled):
    _, laws, made = sampled
    file = made.files[1]
    other = "0" * 64
    with pytest.raises(DataFileError) as refused:
        unpacked(made, {**laws, file.file: replace(laws[file.file], sha256=other)})
    assert str(refused.value).startswith(f"XVA/{file.file}: not the file that was judged: expected SHA-256 {file.sha256}, found {other}")
    with pytest.raises(DataFileError, match=f"XVA/{file.file}: this file is not among the laws"):
        unpacked(made, {name: law for name, law in laws.items() if name != file.file})


def test_a_law_that_is_read_otherwise_is_told(sampled):
    _, laws, made = sampled
    file = made.files[made.findings[0].evidence[0].file].file
    with pytest.raises(DataFileError, match=r"C102:8: evidence 1: characters .* are not the quote judged"):
        unpacked(made, {**laws, file: replace(laws[file], text=f"An Act\n{laws[file].text}")})


def test_another_rationale_is_told(small):
    judgements, laws = small()
    made = packed(judgements, laws)
    assert unpacked(made, laws, {"C102:8": "Pears."}) == judgements
    with pytest.raises(DataFileError, match="C102:8: the rationale given is not the one judged by"):
        unpacked(made, laws, {"C102:8": "Apples."})


def test_a_quote_that_positions_do_not_give_back_is_refused(small):
    with pytest.raises(DataFileError, match=r"C102:8: the quote differs from act\.md in its punctuation"):
        packed(*small(quote=QUOTE.replace("orchard", "orchard,")))


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        ('"schema_version": 1', '"schema_version": 2', "schema_version 2 is none of 1"),
        ('"evidence": [{"file": 0', '"evidence": [{"file": 4', "C102:8, evidence 1: file 4 points at no file"),
        ('"start": 18', '"start": 800', "C102:8, evidence 1: end .* is not after start 800"),
        ('"quote": 0', '"quote": 7', "C102:8, parameters 1: quote 7 points at no evidence"),
        ('"verdict": "partial"', '"verdict": "half"', 'C102:8: verdict "half" is none of'),
    ],
)
def test_a_packed_file_with_a_fault_is_refused_by_its_line(small, tmp_path, found, put, said):
    path = tmp_path / "XVA.json"
    write_packed(path, packed(*small()))
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=said) as refused:
        read_packed(path)
    assert put in path.read_text(encoding="utf-8").split("\n")[refused.value.line - 1]


@pytest.mark.parametrize("path", [*COMMITTED, *INCOMPLETE], ids=[f"{path.parent.name}-{path.stem}" for path in (*COMMITTED, *INCOMPLETE)])
def test_what_is_kept_of_real_judgements_holds_no_text_of_law(path, standard):
    made = read_packed(path)
    assert [finding.requirement for finding in made.findings] == [requirement.id for requirement in standard.requirements]
    assert made.country == path.stem
    for key, value in strings(json.loads(path.read_text(encoding="utf-8"))):
        assert len(value) <= {"sha256": 64, "qualifier": 160}.get(key, 60), (key, value)


@pytest.mark.shared
@pytest.mark.parametrize("path", COMMITTED, ids=[path.stem for path in COMMITTED])
def test_what_is_kept_of_real_judgements_gives_them_back(path, shared, standard):
    gold = read_judgements(shared / "gold" / "dev" / path.name, standard)
    made = read_packed(path)
    back = unpacked(made, laws_of(gold, shared / "laws"), {finding.requirement: finding.rationale for finding in gold.findings})
    assert (back.country, back.language, back.files) == (gold.country, gold.language, gold.files)
    for ours, theirs in zip(back.findings, gold.findings, strict=True):
        kept = [figure.model_copy(update={"qualifier": mine.qualifier}) for figure, mine in zip(theirs.parameters, ours.parameters, strict=True)]
        assert ours == theirs.model_copy(update={"parameters": tuple(kept)})


@pytest.mark.shared
@pytest.mark.parametrize("path", INCOMPLETE, ids=[path.stem for path in INCOMPLETE])
def test_judgements_on_some_laws_are_on_fewer_than_there_are(path, shared, tmp_path):
    written = unpacked_judgements(path, shared / "laws", tmp_path)
    judgements = json.loads(written.read_text(encoding="utf-8"))
    gold = shared / "gold" / "dev" / path.name
    assert not gold.exists() or set(judgements["files"]) < set(json.loads(gold.read_text(encoding="utf-8"))["files"])
    assert all(len(item["quote"]) >= 15 for finding in judgements["findings"] for item in finding["evidence"])


@pytest.mark.shared
@pytest.mark.parametrize("country", ["CHN", "GHA"])
def test_real_judgements_are_packed_as_they_are_kept(country, shared, standard, tmp_path):
    path = shared / "gold" / "dev" / f"{country}.json"
    judgements = read_judgements(path, standard)
    write_packed(tmp_path / "packed.json", packed(judgements, laws_of(judgements, shared / "laws"), path))
    assert (tmp_path / "packed.json").read_bytes() == (CORPORA / "annotations" / "c102" / f"{country}.json").read_bytes()


def test_hashes_are_short_and_blind_to_white_space():
    assert short_hash("nine \n baskets") == short_hash("nine baskets") != short_hash("ninebaskets")
