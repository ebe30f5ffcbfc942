"""From a screening to Label Studio and back."""

import copy
import json
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.judgements import read_judgements
from lexfloor.eval.labelled.label_studio import by_annotator, judgements, labelling_interface, tasks, write_judgements
from lexfloor.eval.labelled.label_studio.shown import quotable
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.plain import collapsed, readable


@pytest.fixture(scope="module")
def made(screened, sample):
    return tasks(screened[0], sample)


@pytest.fixture
def exported(made, tmp_path):
    """Return a function that writes an export: every task answered as predicted, then changed by the functions given."""

    def written(*changes, tasks_answered=None):
        found = [
            {
                "id": number,
                "data": task["data"],
                "annotations": [answer(task, 1)] if tasks_answered is None or number < tasks_answered else [],
                "predictions": [17],
                "total_annotations": 1,
            }
            for number, task in enumerate(copy.deepcopy(made))
        ]
        for change in changes:
            change(found)
        path = tmp_path / "export.json"
        path.write_text(json.dumps(found, indent=1), encoding="utf-8")
        return path

    return written


def answer(task, who, verdict=None, certainty="high", updated="2026-01-01T10:00:00Z", **fields):
    """Return an annotator's answer: the prediction, with another verdict where one is given."""
    result = copy.deepcopy(task["predictions"][0]["result"])
    for item in result:
        item["origin"] = "prediction"
        if verdict and item["from_name"] == "verdict":
            item["value"]["choices"] = [verdict]
    result.append({"id": "c", "from_name": "certainty", "to_name": "text", "type": "choices", "value": {"choices": [certainty]}})
    return {"id": who * 100, "completed_by": who, "was_cancelled": False, "ground_truth": False, "updated_at": updated, "result": result, **fields}


def of(found, requirement):
    return next(task for task in found if task["data"]["requirement"] == requirement)


def addressed(found, count=1):
    """Return tasks whose first annotation has evidence that decides."""
    return [task for task in found if any(item["value"].get("labels") == ["evidence"] for item in task["annotations"][0]["result"])][:count]


def test_uncertain_findings_come_first(made, screened):
    """Tasks are ordered by rising confidence; those for review can be had alone."""
    scores = [task["predictions"][0]["score"] for task in made]
    assert scores == sorted(scores)
    assert len(made) == 67
    review = [json.loads(line)["review"] for line in (screened[0] / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sum(task["data"]["review"] for task in made) == sum(review)


def test_only_what_is_for_review(screened, sample):
    """With review_only, tasks are the findings that the run marked."""
    chosen = tasks(screened[0], sample, review_only=True)
    assert chosen
    assert all(task["data"]["review"] for task in chosen)
    assert len(chosen) < 67


def test_marked_stretches_are_the_quotes(made, screened):
    """The prediction marks the words that the run quotes, in the text that the task shows, without markup."""
    findings = {finding["requirement"]: finding for finding in map(json.loads, (screened[0] / "findings.jsonl").read_text(encoding="utf-8").splitlines())}
    count = 0
    for task in made:
        marked = [item["value"] for item in task["predictions"][0]["result"] if item["type"] == "labels"]
        for value, cited in zip(marked, findings[task["data"]["requirement"]]["evidence"], strict=True):
            assert collapsed(task["data"]["text"][value["start"] : value["end"]]) == readable(cited["quote"])
            assert value["labels"] == ["near miss" if cited["near_miss"] else "evidence"]
            count += 1
    assert count > 200


def test_interface_names_every_control(made):
    """Each result of a prediction names a control of the interface and a value that it offers."""
    interface = ElementTree.fromstring(labelling_interface())
    controls = {node.get("name"): node for node in interface.iter() if node.get("toName")}
    shown = {node.get("value") for node in interface.iter() if (node.get("value") or "").startswith("$")}
    assert all(f"{name.strip('$,')}" in made[0]["data"] for value in shown for name in value.split() if name.startswith("$"))
    for task in made:
        for item in task["predictions"][0]["result"]:
            offered = {node.get("value") for node in controls[item["from_name"]]}
            assert item["to_name"] == "text"
            assert set(item["value"].get("labels", [])) | set(item["value"].get("choices", [])) <= offered


def test_round_trip(exported, sample, standard, screened, tmp_path):
    """An export in which every finding was confirmed gives a gold file that is accepted, with the run's verdicts and figures."""
    found = judgements(exported(), sample, standard)
    (path,) = write_judgements(found.values(), tmp_path / "gold")
    read = read_judgements(path, standard)
    assert read == found["XVA"]
    findings = [json.loads(line) for line in (screened[0] / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [finding.verdict for finding in read.findings] == [finding["verdict"] for finding in findings]
    assert [len(finding.parameters) for finding in read.findings] == [len(finding["parameters"]) for finding in findings]
    assert sum(len(finding.parameters) for finding in read.findings) > 5
    assert read.language == "en"
    assert read.files == ("employment-act.txt", "health-services-act.txt", "social-insurance-act.md")


def test_corrections_are_taken(exported, sample, standard):
    """Another verdict, stretch, figure and reason come back; words from elsewhere get their file and section."""
    act = (sample / "employment-act.txt").read_text(encoding="utf-8")
    words = " ".join(act[act.index("\n\n", 2000) : act.index("\n\n", 2000) + 160].split())

    def corrected(found):
        (task,) = addressed(found)
        task["data"]["picked"] = True
        section = task["data"]["sections"][0]
        end = section["at"] + section["length"]
        marked = task["data"]["text"][end - 60 : end]
        keep = [item for item in task["annotations"][0]["result"] if item["from_name"] in ("verdict", "certainty")]
        keep[0]["value"]["choices"] = ["partial"]
        task["annotations"][0]["result"] = [
            *keep,
            {"id": "n", "from_name": "evidence", "to_name": "text", "type": "labels", "value": {"start": end - 60, "end": end, "text": marked, "labels": ["evidence"]}},
            {"id": "n", "from_name": "figures", "to_name": "text", "type": "textarea", "value": {"text": ["maximum_duration 12 weeks, apprentices"]}},
            {"id": "r", "from_name": "rationale", "to_name": "text", "type": "textarea", "value": {"text": "Apprentices alone."}},
            {"id": "x", "from_name": "elsewhere", "to_name": "text", "type": "textarea", "value": {"text": [words]}},
        ]

    export = exported(corrected)
    task = next(task for task in json.loads(export.read_text(encoding="utf-8")) if task["data"].get("picked"))
    finding = next(item for item in judgements(export, sample, standard)["XVA"].findings if item.requirement == task["data"]["requirement"])
    assert (finding.verdict, finding.rationale) == ("partial", "Apprentices alone.")
    assert [item.quote for item in finding.evidence] == [collapsed(task["data"]["text"][: task["data"]["sections"][0]["at"] + task["data"]["sections"][0]["length"]][-60:]), words]
    assert finding.evidence[1].file == "employment-act.txt"
    assert finding.evidence[1].section == "Article 6"
    (figure,) = finding.parameters
    assert (figure.parameter, figure.value, figure.unit, figure.qualifier, figure.quote) == ("maximum_duration", 12, "weeks", "apprentices", 0)


def test_silence_makes_near_misses(exported, sample, standard):
    """Evidence left marked under not_addressed counts as near miss, as the guidelines have it."""

    def silent(found):
        (task,) = addressed(found)
        task["annotations"] = [answer(task | {"predictions": [{"result": task["annotations"][0]["result"][:-1]}]}, 1, "not_addressed")]
        silent.requirement = task["data"]["requirement"]

    found = judgements(exported(silent), sample, standard)["XVA"]
    finding = next(item for item in found.findings if item.requirement == silent.requirement)
    assert finding.evidence
    assert all(item.near_miss for item in finding.evidence)


def test_conflicts_are_told_and_settled(exported, sample, standard, made):
    """Two annotators who differ end in an error that names both; the answer marked as ground truth settles it."""

    def two(found, **fields):
        task = of(found, "C102:12")
        task["annotations"] = [answer(of(made, "C102:12"), 1, "not_addressed"), answer(of(made, "C102:12"), 2, "partial", **fields)]

    with pytest.raises(InputError, match=r"C102:12: 1 says not_addressed, 2 says partial; mark the answer that stands as ground truth"):
        judgements(exported(two), sample, standard)

    def settled(found):
        two(found, ground_truth=True)

    found = judgements(exported(settled), sample, standard)["XVA"]
    assert next(item for item in found.findings if item.requirement == "C102:12").verdict == "partial"


def test_who_agrees_and_who_took_back(exported, sample, standard, made):
    """Of equal verdicts the latest stands with the lowest certainty; cancelled answers and an annotator's earlier ones do not count."""

    def several(found):
        task = of(made, "C102:12")
        of(found, "C102:12")["annotations"] = [
            answer(task, 1, "compliant", updated="2026-01-01T10:00:00Z"),
            answer(task, 1, "partial", updated="2026-01-03T10:00:00Z"),
            answer(task, 2, "partial", certainty="medium", updated="2026-01-02T10:00:00Z"),
            answer(task, 3, "non_compliant", updated="2026-01-04T10:00:00Z", was_cancelled=True),
        ]

    export = exported(several)
    finding = next(item for item in judgements(export, sample, standard)["XVA"].findings if item.requirement == "C102:12")
    assert (finding.verdict, finding.certainty) == ("partial", "medium")
    own = by_annotator(export, sample, standard)
    assert sorted(own) == ["1", "2"]
    assert [len(item.findings) for item in own["2"]] == [1]
    assert len(own["1"][0].findings) == 67


def test_untouched_findings_are_asked_for(exported, sample, standard, screened, made):
    """What nobody judged is told; it is taken from the run on request, with low certainty."""
    export = exported(tasks_answered=60)
    with pytest.raises(InputError, match=r"no answer to XVA C102:.*take over"):
        judgements(export, sample, standard)
    found = judgements(export, sample, standard, accept_untouched=screened[0])["XVA"]
    open_ones = {task["data"]["requirement"] for task in made[60:]}
    assert {item.requirement for item in found.findings if item.certainty == "low"} == open_ones
    assert len(found.findings) == 67


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda task: task["annotations"][0]["result"].pop(), "no certainty is chosen"),
        (lambda task: stretch(task).update(end=stretch(task)["start"] + 10, text=None), r"quote of \d+ characters; mark 40 to 400"),
        (lambda task: stretch(task).update(start=0, end=len(task["data"]["text"]), text=None), "words of several sections are marked"),
        (lambda task: stretch(task).update(start=stretch(task)["start"] + 3), "is not the words .* of the task's text"),
        (lambda task: task["data"].update(text=task["data"]["text"].replace("e", "3")) or stretch(task).update(text=None), "is not in .*: the law was changed"),
        (lambda task: task["annotations"][0]["result"].append(figure("weeks: about 3")), "write it as: parameter value unit"),
        (lambda task: task["annotations"][0]["result"].append(figure("weeks_of_joy 3 weeks")), "parameter"),
        (lambda task: task["annotations"][0]["result"].append(elsewhere("Nobody ever wrote these words into an act of any country.")), "no law: take them word for word"),
        (lambda task: task["data"].update(requirement="C102:999"), "no requirement 'C102:999'"),
    ],
)
def test_faults_name_line_and_requirement(exported, sample, standard, spoil, told):
    """What breaks the guidelines is told with the line of the export and the requirement."""

    def spoiled(found):
        spoil(addressed(found)[0])

    with pytest.raises(DataFileError, match=told) as caught:
        judgements(exported(spoiled), sample, standard)
    assert caught.value.line > 1
    assert "C102:" in str(caught.value)


def stretch(task):
    return next(item["value"] for item in task["annotations"][0]["result"] if item["type"] == "labels")


def figure(line):
    return {"id": "quote0", "from_name": "figures", "to_name": "text", "type": "textarea", "value": {"text": [line]}}


def elsewhere(words):
    return {"id": "z", "from_name": "elsewhere", "to_name": "text", "type": "textarea", "value": {"text": [words]}}


def test_positions_in_utf_16_are_understood(exported, sample, standard):
    """Label Studio may count characters beyond the basic plane twice; the words it gives decide."""

    def shifted(found):
        (task,) = addressed(found)
        task["data"]["text"] = "\U0001f4a9" + task["data"]["text"]
        for section in task["data"]["sections"]:
            section["at"] += 1
        for item in task["annotations"][0]["result"]:
            if item["type"] == "labels":
                item["value"]["start"] += 2
                item["value"]["end"] += 2

    assert judgements(exported(shifted), sample, standard) == judgements(exported(), sample, standard)


def test_other_laws_are_refused(screened, sample, write_country):
    """Tasks are made of the very files that were screened."""
    files = {path.name: path.read_bytes() for path in sample.iterdir() if path.suffix in (".md", ".txt") and path.name != "README.md"}
    changed = write_country("XVA", files | {"employment-act.txt": files["employment-act.txt"] + b"\nMore.\n"})
    with pytest.raises(InputError, match=r"employment-act\.txt was changed since the run"):
        tasks(screened[0], changed)


def test_not_a_run(tmp_path, sample):
    """A folder that no run wrote says so."""
    with pytest.raises(InputError, match="not a folder that lexfloor screen wrote"):
        tasks(tmp_path, sample)


@given(st.text("ab \n", min_size=60, max_size=900), st.data())
def test_quotable_stretches_have_the_length_of_quotes(text, data):
    """Whatever stretch is cited, what is marked has 40 to 400 characters where the text has that many."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = quotable(text, start, end, 40)
    assert 0 <= first <= last <= len(text)
    length = len(collapsed(text[first:last]))
    assert length <= 400
    assert length >= min(40, len(collapsed(text)))
