"""Files of public benchmarks are read, and what is wrong with them is told with file and entry."""

import json
from collections import Counter

import pytest

from lexfloor.eval.labelled.readers.contract_nli import read_contract_nli
from lexfloor.eval.labelled.readers.instruments import aligned, read_instruments
from lexfloor.eval.labelled.readers.maternity import read_maternity
from lexfloor.eval.labelled.readers.obliqa import read_obliqa
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Span


def passage(key, label, text, document=1):
    return {"ID": key, "DocumentID": document, "PassageID": label, "Passage": text}


def question(key, *answers):
    return {"QuestionID": key, "Question": f"What of {key}?", "Group": 1, "Passages": [{"DocumentID": d, "PassageID": n, "Passage": t} for d, n, t in answers]}


@pytest.fixture
def regulations(tmp_path):
    """Return a function that writes questions beside two regulations, the second with one number twice."""
    folder = tmp_path / "StructuredRegulatoryDocuments"
    folder.mkdir()
    (folder / "2.json").write_text(json.dumps([passage("c", "1.", "A fee is due.", 2), passage("d", "1.", "A form is due.", 2)]))
    (folder / "1.json").write_text(json.dumps([passage("a", "1.", ""), passage("b", "1.1", "A firm keeps books.")]))

    def written(*questions):
        (tmp_path / "ObliQA_dev.json").write_text(json.dumps(questions))
        return tmp_path

    return written


def test_obliqa_finds_its_passages(regulations):
    """A passage is found by document and number, and by its words where a number stands twice; words that differ do not matter elsewhere."""
    folder = regulations(question("q1", (1, "1.1", "A firm keeps its books.")), question("q2", (2, "1.", "A form is due."), (2, "1.", "A fee is due.")))
    read = read_obliqa(folder)
    assert [item.id for item in read.passages] == ["a", "b", "c", "d"]
    assert read.relevant == {"q1": ("b",), "q2": ("d", "c")}


def test_obliqa_faults(regulations):
    with pytest.raises(DataFileError, match=r"ObliQA_dev\.json, entry 2 \(q2\): passage 9 of document 1 is not among"):
        read_obliqa(regulations(question("q1", (1, "1.", "")), question("q2", (1, "9", "x"))))
    with pytest.raises(DataFileError, match=r"entry 2 \(q1\): this question stands twice"):
        read_obliqa(regulations(question("q1", (1, "1.", "")), question("q1", (1, "1.", ""))))
    with pytest.raises(DataFileError, match=r"entry 1 \(q1\): field Passages"):
        read_obliqa(regulations(question("q1")))
    folder = regulations(question("q1", (1, "1.", "")))
    (folder / "StructuredRegulatoryDocuments" / "3.json").write_text(json.dumps([passage("a", "1", "again", 3)]))
    with pytest.raises(DataFileError, match=r"3\.json, entry 1 \(1\): id a stands twice"):
        read_obliqa(folder)


@pytest.mark.parametrize(("content", "told"), [(b"[", "line 1: not valid JSON"), (b"\xff", "not UTF-8"), (b"{}", "a list of entries is expected, this is dict")])
def test_files_that_are_something_else(tmp_path, content, told):
    path = tmp_path / "dev.json"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=told):
        read_maternity(path)
    with pytest.raises(DataFileError, match="cannot be read"):
        read_maternity(tmp_path / "absent.json")


@pytest.fixture
def contracts(tmp_path):
    """Return a function that writes a contract with two spans and two hypotheses, changed by a function."""

    def written(change=lambda _: None):
        document = {
            "id": 7,
            "file_name": "a.pdf",
            "text": "Keep it. Tell no one.",
            "spans": [[0, 8], [9, 21]],
            "document_type": "text",
            "url": "",
            "annotation_sets": [{"annotations": {"h1": {"choice": "Entailment", "spans": [1]}, "h2": {"choice": "NotMentioned", "spans": []}}}],
        }
        change(document)
        labels = {name: {"short_description": name, "hypothesis": f"{name} holds."} for name in ("h2", "h1")}
        path = tmp_path / "dev.json"
        path.write_text(json.dumps({"documents": [document], "labels": labels}))
        return path

    return written


def test_contracts_and_their_spans(contracts):
    """Annotations come in the order of the hypotheses and point at spans of the text."""
    read = read_contract_nli(contracts())
    (contract,) = read.contracts
    assert [item.id for item in read.hypotheses] == [item.hypothesis for item in contract.annotations] == ["h2", "h1"]
    span = contract.spans[contract.annotations[1].spans[0]]
    assert span == Span(9, 21)
    assert contract.text[span.start : span.end] == "Tell no one."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda document: document["spans"].append([21, 30]), r"entry 1 \(7\): span \[21, 30\) is empty or outside"),
        (lambda document: document["annotation_sets"][0]["annotations"]["h1"]["spans"].append(2), "h1 points at span 2, the contract has 2"),
        (lambda document: document["annotation_sets"][0]["annotations"].pop("h2"), "annotations and labels differ in h2"),
        (lambda document: document["annotation_sets"][0]["annotations"]["h1"].update(spans=[]), "h1: Entailment with 0 spans"),
        (lambda document: document["annotation_sets"][0]["annotations"]["h1"].update(choice="Maybe"), "field annotation_sets.0.annotations.h1.choice"),
        (lambda document: document["annotation_sets"].clear(), "0 sets of annotations"),
    ],
)
def test_contract_faults(contracts, change, told):
    with pytest.raises(DataFileError, match=told):
        read_contract_nli(contracts(change))


def leave(country, wages, note="All of it."):
    return {
        "country": country,
        "region": "Here",
        "countryCode": 1,
        "matLeaveLength": 14,
        "matLeaveLengthFootnote": note,
        "wagesPaid": wages,
        "wagesPaidFootnote": note,
    }


def test_maternity(tmp_path):
    """A rate is a number where one was published; where words were, they stand for themselves."""
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([leave("Aland", 66.7), leave("Beland", "80%, then 60%"), leave("Celand", 100, note=0)]))
    read = read_maternity(path)
    assert [(item.rate, item.wages, item.wages_note) for item in read] == [(66.7, "66.7", "All of it."), (None, "80%, then 60%", "All of it."), (100.0, "100", "")]
    path.write_text(json.dumps([leave("Aland", 1), leave("Aland", 2)]))
    with pytest.raises(DataFileError, match=r"entry 2 \(Aland\): this country stands twice"):
        read_maternity(path)
    path.write_text(json.dumps([leave("Aland", 1) | {"matLeaveLength": "long"}]))
    with pytest.raises(DataFileError, match=r"entry 1 \(Aland\): field matLeaveLength"):
        read_maternity(path)


def article(language, number, text):
    return {"lang": language, "part": "", "article": number, "text": text}


def test_articles_are_paired_by_number(tmp_path):
    """Articles pair by number; what stands several times by its order, where both languages have it equally often; what has no number not at all."""
    entries = [
        *[article("eng", number, f"en {text}") for number, text in (("1", "one"), ("2", "two"), ("1", "annex one"), ("3", "three"), ("", "schedule"), ("4", " "))],
        *[article("nld", number, f"nl {text}") for number, text in (("2", "two"), ("1", "one"), ("1", "annex one"), ("3", "three"), ("3", "again"), ("", "schedule"))],
    ]
    (tmp_path / "C900.json").write_text(json.dumps(entries))
    (tmp_path / "OLD_de.json").write_text(json.dumps([article("deu", "1", "de one"), article("deu", "2", "de two")]))
    read = read_instruments(tmp_path, {"OLD": "C900"})
    assert Counter(item.language for item in read) == {"en": 6, "nl": 6, "de": 2}
    assert {item.instrument for item in read} == {"C900"}
    assert [(one.text, two.text) for one, two in aligned(read, "en", "nl")] == [("en one", "nl one"), ("en annex one", "nl annex one"), ("en two", "nl two")]
    assert [(one.text, two.text) for one, two in aligned(read, "en", "de")] == [("en two", "de two")]


def test_instrument_faults(tmp_path):
    with pytest.raises(DataFileError, match="no instrument"):
        read_instruments(tmp_path)
    (tmp_path / "C900.json").write_text(json.dumps([article("xqx", "1", "text")]))
    with pytest.raises(DataFileError, match=r"C900\.json, entry 1 \(1\): field lang: 'xqx'"):
        read_instruments(tmp_path)


@pytest.mark.shared
def test_the_benchmarks_themselves(shared):
    """The files as published are read whole."""
    folder = shared / "benchmarks"
    obliqa = read_obliqa(folder / "obliqa")
    assert (len(obliqa.questions), len(obliqa.passages)) == (2788, 13732)
    nli = read_contract_nli(folder / "contract_nli" / "dev.json")
    assert (len(nli.contracts), len(nli.hypotheses)) == (61, 17)
    assert len(read_maternity(folder / "maternity" / "dev.json")) == 105
    pairs = aligned(read_instruments(shared / "instruments" / "derived"), "en", "nl")
    assert len(pairs) > 900
    assert all(one.number == two.number and one.instrument == two.instrument for one, two in pairs)
