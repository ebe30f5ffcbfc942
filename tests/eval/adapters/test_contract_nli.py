"""Invented contracts in the published format, judged by the judge of laws."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.adapters import contract_nli
from lexfloor.eval.operations import configured
from lexfloor.eval.suite import Asked, columns, load_suite
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.runner import Runner

HYPOTHESES = {
    "pets": ("Keeping of pets", "The tenant may keep a dog in the house."),
    "garden": ("Care of the garden", "The tenant waters the garden every week."),
    "music": ("Music at night", "The tenant plays music at night."),
}
SAID = {
    ("pets", "Entailment"): "The tenant may keep a dog in the house or in the yard.",
    ("pets", "Contradiction"): "The tenant is not entitled to keep a dog or any other pet, except a fish.",
    ("garden", "Entailment"): "Every week the tenant waters the garden and sweeps the path.",
    ("garden", "Contradiction"): "Nobody but the owner waters the garden; the tenant has no right to it.",
    ("music", "Entailment"): "The tenant plays music at night as he likes.",
    ("music", "Contradiction"): "The tenant plays no music at night, except in the cellar.",
}
OTHER = ("RENT", "Rent falls due on the first day of a month.", "The owner keeps one key of the cellar.", "\n", "Letters reach the owner at the mill.", "Signed at the mill.")
CHOICES = ("Entailment", "Contradiction", "NotMentioned")


def contract(number, choices):
    """Return a contract in the published format that says on each hypothesis what ``choices`` has."""
    parts, annotations = list(OTHER), {}
    for name, choice in zip(HYPOTHESES, choices, strict=True):
        annotations[name] = {"choice": choice, "spans": [len(parts)] if choice != "NotMentioned" else []}
        parts += [SAID[name, choice]] if choice != "NotMentioned" else []
    text, spans = "", []
    for part in parts:
        spans.append([len(text), len(text) + len(part)])
        text += f"{part} "
    document = {"id": number, "file_name": f"{number}.txt", "text": text, "document_type": f"kind-{number % 2}", "url": "", "spans": spans}
    return {**document, "annotation_sets": [{"annotations": annotations}]}


def published(path, contracts):
    labels = {name: {"short_description": title, "hypothesis": words} for name, (title, words) in HYPOTHESES.items()}
    path.write_text(json.dumps({"documents": contracts, "labels": labels}), encoding="utf-8")
    return path


CONTRACTS = [contract(number, [CHOICES[(number + shift * (number // 3 + 1)) % 3] for shift in range(3)]) for number in range(10)]


def rows_of(contracts, folder, config, only=()):
    """Return the rows of a run of the shipped suite, by contract and hypothesis."""
    card, path = load_suite("contract_nli"), published(folder / "dev.json", contracts)
    rows = contract_nli.predictions(Asked(card, {"contracts": path}, configured(config, card), tuple(only)))["hypotheses"]
    return {row["item"]: row for row in rows}


@pytest.fixture(scope="module")
def whole(tmp_path_factory, config, standard, encoder):
    """Return the rows of a run over all contracts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Asked, "runner", lambda asked: Runner(asked.config, standard, encoder))
        return rows_of(CONTRACTS, tmp_path_factory.mktemp("whole"), config)


@pytest.fixture
def judged(tmp_path, fake_models, config):
    """Return a function that gives the rows of a run over other contracts, or over some of them."""

    def run(contracts, only=()):
        return rows_of(contracts, tmp_path, config, only)

    return run


def test_the_span_is_found_that_reads_as_in_other_contracts(judged):
    """It shares no word with the hypothesis; that it shows the label, the other contracts tell."""
    stock = "Animals of every sort are welcome under this roof."
    changed = json.loads(json.dumps(CONTRACTS).replace(SAID["pets", "Entailment"], stock.ljust(len(SAID["pets", "Entailment"]))))
    rows = [row for row in judged(changed).values() if (row["hypothesis"], row["gold"]) == ("pets", "Entailment")]
    assert rows
    assert all(row["rank"] == 1 for row in rows)


def test_every_contract_is_judged_on_every_hypothesis(whole):
    assert set(whole) == {f"{number} {name}" for number in range(10) for name in HYPOTHESES}
    for row in whole.values():
        assert row["said"] in CHOICES
        assert row["right"] == (row["said"] == row["gold"])
        assert 1 / 3 <= row["confidence"] <= 1
        assert row["item"] == f"{row['cluster']} {row['hypothesis']}"


def test_the_span_that_shows_the_label_is_found_among_all_spans(whole):
    rows = list(whole.values())
    shown = [row for row in rows if row["gold"] == "Entailment"]
    assert shown
    assert all((row["rank"], row["average_precision"], row["hit@1"]) == (1, 1, 1) for row in shown)
    silent = [row for row in rows if row["gold"] == "NotMentioned"]
    assert all(row["relevant"] == 0 and row["rank"] is row["average_precision"] is row["hit@5"] is None for row in silent)


def test_a_span_of_white_space_is_never_found_but_counts_as_missed(judged):
    blank = OTHER.index("\n")
    changed = json.loads(json.dumps(CONTRACTS))
    marked = next(item for item in changed if item["annotation_sets"][0]["annotations"]["pets"]["choice"] == "Entailment")
    marked["annotation_sets"][0]["annotations"]["pets"]["spans"].append(blank)
    assert judged(changed)[f"{marked['id']} pets"]["average_precision"] == 0.5


def test_what_people_say_of_a_contract_does_not_reach_its_own_verdicts(judged, whole):
    number = 4
    changed = json.loads(json.dumps(CONTRACTS))
    for choice in changed[number]["annotation_sets"][0]["annotations"].values():
        if choice["choice"] != "NotMentioned":
            choice["choice"] = "Contradiction" if choice["choice"] == "Entailment" else "Entailment"
    before, after = whole, judged(changed)
    own = [item for item in before if before[item]["cluster"] == str(number)]
    assert any(before[item]["gold"] != after[item]["gold"] for item in own)
    assert all((before[item]["said"], before[item]["confidence"]) == (after[item]["said"], after[item]["confidence"]) for item in own)
    assert any(before[item]["confidence"] != after[item]["confidence"] for item in before if item not in own)


def test_one_contract_asked_for_is_judged_as_in_the_whole_run(judged, whole):
    one = judged(CONTRACTS, only=["3"])
    assert one == {item: row for item, row in whole.items() if row["cluster"] == "3"}
    assert len(one) == len(HYPOTHESES)
    assert judged(CONTRACTS, only=["none such"]) == {}


def test_the_order_of_the_contracts_changes_nothing(judged, whole):
    turned = judged([*CONTRACTS[4:], *CONTRACTS[:4]])
    assert set(turned) == set(whole)
    for item, row in whole.items():
        assert turned[item]["confidence"] == pytest.approx(row["confidence"], abs=0.0015)  # fitted in another order, rounded to three digits
        assert (turned[item]["said"], turned[item]["average_precision"]) == (row["said"], row["average_precision"])


def test_too_few_contracts_to_learn_from_are_told(judged):
    with pytest.raises(DataFileError, match=r"dev\.json: .*none is left that shows Contradiction"):
        judged([contract(number, ["Entailment", "NotMentioned", "NotMentioned"]) for number in range(4)])


def test_a_contract_without_words_is_told(judged):
    empty = {**CONTRACTS[0], "id": 77, "file_name": "empty.txt", "text": " \n ", "spans": [[0, 3]]}
    empty["annotation_sets"] = [{"annotations": {name: {"choice": "NotMentioned", "spans": []} for name in HYPOTHESES}}]
    with pytest.raises(DataFileError, match=r"empty\.txt, contract 77: no span of it has words"):
        judged([*CONTRACTS, empty])


@given(st.sets(st.integers(0, 999), min_size=1, max_size=40))
def test_folds_are_even_and_do_not_depend_on_the_order_of_the_file(numbers):
    ordered = sorted(map(str, numbers))
    found = contract_nli.folds(ordered)
    assert found == contract_nli.folds(ordered[::-1])
    sizes = [list(found.values()).count(fold) for fold in range(contract_nli.FOLDS)]
    assert sum(sizes) == len(numbers)
    assert max(sizes) - min(sizes) <= 1


def test_measures_tell_labels_from_luck():
    gold = ["Entailment", "Entailment", "NotMentioned", "Contradiction"]
    rows = [
        {"item": str(place), "cluster": "1", "gold": label, "said": label, "usual": "Entailment", "right": True, "confidence": 1.0, "average_precision": precision}
        for place, (label, precision) in enumerate(zip(gold, [1.0, 0.5, None, 0.0], strict=True))
    ]
    table = columns([{**row, "hit@1": None, "hit@5": None} for row in rows])
    values = {measure.name: measure.of(table) for measure in contract_nli.MEASURES}
    assert values["label/accuracy"] == values["label/macro_f1"] == values["label/kappa"] == values["label/f1 of Contradiction"] == 1
    assert values["label/accuracy of the commonest label"] == values["label/accuracy of the hypothesis' usual label"] == 0.5
    assert values["evidence/map"] == 0.5
    assert values["confidence/calibration error"] == 0


def test_the_card_names_columns_that_are_there(whole):
    card, (row, *_) = load_suite("contract_nli"), list(whole.values())
    assert {*card.strata["hypotheses"], card.answers["hypotheses"]} <= set(row)
