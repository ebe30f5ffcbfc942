"""Gold files: what is read, and how a fault in one is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lexfloor.corpora.judgements import FIGURES, read_judgements
from lexfloor.corpora.standards import PARAMETERS
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Verdict

GOLD = Path(__file__).resolve().parents[2] / "corpora" / "gold" / "XVA.json"


@pytest.fixture
def gold():
    return json.loads(GOLD.read_text(encoding="utf-8"))


@pytest.fixture
def refused(tmp_path, standard):
    """Return a function that writes a gold file and returns the error that reading it raises, and the line that it names."""

    def told(content):
        path = tmp_path / "XVA.json"
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        with pytest.raises(DataFileError) as error:
            read_judgements(path, standard)
        assert str(path) in str(error.value)
        return str(error.value), path.read_text(encoding="utf-8").split("\n")[error.value.line - 1].strip()

    return told


def finding(gold, requirement):
    return next(item for item in gold["findings"] if item["requirement"] == requirement)


def test_the_sample_country_is_read_as_it_stands(gold, standard):
    read = read_judgements(GOLD, standard)
    assert (read.country, read.language, list(read.files)) == ("XVA", "en", gold["files"])
    assert [item.requirement for item in read.findings] == [requirement.id for requirement in standard.requirements]
    assert [item.verdict for item in read.findings] == [Verdict(item["verdict"]) for item in gold["findings"]]
    assert json.loads(read.model_dump_json(exclude_unset=True)) == gold


def test_figures_of_rules_are_among_those_that_annotators_record():
    assert set(PARAMETERS) < set(FIGURES)


@pytest.mark.shared
def test_every_gold_file_is_read(shared, standard):
    paths = sorted((shared / "gold" / "dev").glob("*.json"))
    assert paths
    for path in paths:
        read = read_judgements(path, standard)
        content = json.loads(path.read_text(encoding="utf-8"))
        assert json.loads(read.model_dump_json(exclude_unset=True)) == content


def test_a_wrong_verdict_is_told_with_the_five_right_ones(gold, refused):
    finding(gold, "C102:52")["verdict"] = "conform"
    said, line = refused(gold)
    assert line == '"verdict": "conform",'
    assert "C102:52" in said
    assert all(verdict in said for verdict in Verdict)


def test_unknown_and_missing_keys_are_told(gold, refused):
    judged = finding(gold, "C102:9")
    judged["certanty"] = judged.pop("certainty")
    said, _ = refused(gold)
    assert "C102:9: the key 'certainty' is missing" in said
    assert "unknown key 'certanty'" in said


@pytest.mark.parametrize(("key", "value"), [("value", "26"), ("value", True), ("unit", "many weeks"), ("parameter", "duration"), ("quote", -1), ("quote", 0.5)])
def test_figures_take_no_other_values(gold, refused, key, value):
    index, judged = next((index, item) for index, item in enumerate(gold["findings"]) if len(item["parameters"]) > 1)
    judged["parameters"][1][key] = value
    said, line = refused(gold)
    assert line.startswith(f'"{key}": {json.dumps(value)}')
    assert f"{gold['findings'][index]['requirement']}, parameters 2: {key}" in said


def test_a_figure_that_points_at_no_quote_is_told(gold, refused):
    judged = next(item for item in gold["findings"] if item["parameters"])
    judged["parameters"][0]["quote"] = len(judged["evidence"])
    said, line = refused(gold)
    assert line == f'"quote": {len(judged["evidence"])}'
    assert "points at no evidence" in said


@pytest.mark.parametrize(("quote", "length"), [("Too short.", 10), ("long " * 100, 499), (" spaces " + " " * 50, 6)])
def test_the_line_of_a_quote_deep_in_the_file_is_told(gold, refused, quote, length):
    index = max(index for index, item in enumerate(gold["findings"]) if len(item["evidence"]) > 2)
    gold["findings"][index]["evidence"][1]["quote"] = quote
    said, line = refused(gold)
    assert line == f'"quote": {json.dumps(quote)}'
    assert f"{gold['findings'][index]['requirement']}, evidence 2: quote of {length} characters" in said


def test_verdicts_need_evidence_and_not_addressed_takes_near_misses_only(gold, refused):
    addressed = finding(gold, "C102:9")
    addressed["evidence"], addressed["parameters"] = [], []
    said, line = refused(gold)
    assert line == '"evidence": [],'
    assert "C102:9: compliant without evidence" in said
    addressed["evidence"] = [{**finding(gold, "C102:8")["evidence"][0], "near_miss": True}]
    assert "compliant without evidence" in refused(gold)[0]
    addressed["verdict"] = "not_addressed"
    addressed["evidence"][0]["near_miss"] = False
    assert "C102:9, evidence 1: evidence for not_addressed" in refused(gold)[0]


def test_evidence_is_of_the_files_judged(gold, refused):
    finding(gold, "C102:9")["evidence"][2]["file"] = "pensions-act.md"
    said, line = refused(gold)
    assert line == '"file": "pensions-act.md",'
    assert "C102:9, evidence 3: file 'pensions-act.md' is not among the files judged" in said


def test_an_unknown_requirement_is_told_with_the_nearest(gold, refused):
    finding(gold, "C102:24.waiting")["requirement"] = "C102:24.wait"
    said, line = refused({**gold})
    assert "has no requirement 'C102:24.wait' (known: C102:24.waiting" in said
    assert "requirement C102:24.waiting has no finding" in said
    assert line == "{"


def test_a_requirement_twice_left_out_or_out_of_order_is_told(gold, refused):
    first, second, *others = gold["findings"]
    said, line = refused({**gold, "findings": [first, second, second, *others]})
    assert (line, "requirement C102:9 stands twice, first as finding 2" in said) == ('"requirement": "C102:9",', True)
    said, _ = refused({**gold, "findings": [first, *others]})
    assert "requirement C102:9 has no finding; it comes after C102:8" in said
    said, line = refused({**gold, "findings": [second, first, *others]})
    assert (line, "requirement C102:9 stands where C102:8 comes" in said) == ('"requirement": "C102:9",', True)


@pytest.mark.parametrize(
    ("key", "value", "said"), [("country", "Valdora", "ISO 3166"), ("language", "english", "language"), ("files", [], "files"), ("files", ["a.md", "a.md"], "twice")]
)
def test_the_head_of_the_file_is_checked(gold, refused, key, value, said):
    assert said in refused({**gold, key: value})[0]


@pytest.mark.parametrize("content", [[], "gold", None, {"findings": {}}])
def test_json_of_another_kind_is_refused(refused, content):
    refused(content)


def test_scripts_without_spaces_are_quoted_in_fewer_characters(gold, refused, tmp_path, standard):
    for item in gold["findings"]:
        for evidence in item["evidence"]:
            evidence["quote"] = "瓦尔多拉的居民每人每年领取苹果两筐和面包"
    path = tmp_path / "chinese.json"
    path.write_text(json.dumps({**gold, "language": "zh"}), encoding="utf-8")
    assert read_judgements(path, standard).language == "zh"
    assert "quote of 20 characters; it takes 40 to 400" in refused(gold)[0]
