from __future__ import annotations

import json

import pytest

from lexfloor.eval.compare import as_json, compare, improvements, lines, regressions
from lexfloor.eval.suite import Measure
from lexfloor.pipeline.errors import InputError


def with_answers(rows, changes):
    """Return rows with other answers: item to what is said of it."""
    return [row | ({"said": changes[row["item"]], "right": changes[row["item"]] == row["gold"]} if row["item"] in changes else {}) for row in rows]


def over_all(comparison, measure):
    return next(item for item in comparison.differences if item.measure == measure and item.stratum == "all")


def another(label):
    return "partial" if label == "compliant" else "compliant"


def test_a_planted_drop_is_a_regression(run_of, rows_of):
    rows = rows_of()
    spoilt = {row["item"]: another(row["gold"]) for number, row in enumerate(rows) if number % 8 == 0}
    found = compare(run_of(rows), run_of(with_answers(rows, spoilt)))
    drop = over_all(found, "verdict/agreement")
    assert drop.verdict == "worse"
    assert drop.high < 0 < drop.first - drop.second
    assert [item.measure for item in regressions(found, ["verdict/agreement"])] == ["verdict/agreement"]
    assert not improvements(found)
    back = compare(run_of(with_answers(rows, spoilt)), run_of(rows))
    assert "verdict/agreement" in [item.measure for item in improvements(back)]
    assert not regressions(back)


def test_as_many_gains_as_losses_are_noise(run_of, rows_of):
    rows = rows_of()
    gains = [row for row in rows if not row["right"]][::6]
    losses = [row for row in rows if row["right"]][:: len(rows) // len(gains)][: len(gains)]
    changes = {row["item"]: row["gold"] for row in gains} | {row["item"]: another(row["gold"]) for row in losses}
    found = compare(run_of(rows), run_of(with_answers(rows, changes)))
    assert over_all(found, "verdict/agreement").verdict == "same"
    assert not regressions(found, ["verdict/agreement"])
    assert len(found.changed) == len(changes)


def test_where_lower_is_better_less_is_better_and_a_figure_that_describes_is_only_different(run_of, rows_of):
    rows = [row | {"confidence": 0.7} for row in rows_of()]
    unsure = [row | {"confidence": 0.3} for row in rows]
    found = compare(run_of(unsure), run_of(rows))
    assert over_all(found, "confidence/calibration error").difference < 0
    assert over_all(found, "confidence/calibration error").verdict == "better"
    assert over_all(found, "abstention/for review").verdict == "different"
    assert over_all(found, "verdict/agreement").verdict == "same"


def test_a_run_is_the_same_as_itself(run_of, rows_of):
    run = run_of(rows_of())
    found = compare(run, run)
    assert {item.verdict for item in found.differences} == {"same"}
    assert not found.changed
    assert not found.made
    assert not found.notes


def test_the_order_of_rows_does_not_matter(run_of, rows_of):
    first, second = rows_of(seed=1), rows_of(seed=2)
    assert compare(run_of(first), run_of(second)).differences == compare(run_of(first), run_of(second[::-1])).differences


def test_an_item_in_one_run_only_is_told_and_left_out(run_of, rows_of):
    rows = rows_of()
    found = compare(run_of(rows), run_of(rows[2:]))
    assert found.paired == {"findings": len(rows) - 2}
    assert found.notes == (f"Table findings: 2 of {len(rows)} items are in the first run only and left out: XAA R:0, XAA R:1.",)
    assert over_all(found, "verdict/agreement").count == len(rows) - 2


def test_runs_that_cannot_be_paired_are_refused(run_of, rows_of):
    rows = rows_of()
    with pytest.raises(InputError, match="different suites cannot be compared: invented and other"):
        compare(run_of(rows), run_of(rows, card={"name": "other"}))
    with pytest.raises(InputError, match="no item in common"):
        compare(run_of(rows[:20]), run_of(rows[20:]))
    with pytest.raises(InputError, match="'XAA R:0' is there 2 times"):
        compare(run_of(rows), run_of([*rows, rows[0]]))


def test_changed_answers_come_with_what_is_right_the_losses_first(run_of, rows_of):
    rows = rows_of(right=1.0)
    gold = {row["item"]: row["gold"] for row in rows}
    before = with_answers(rows, {"XAA R:3": another(gold["XAA R:3"])})
    after = with_answers(rows, {"XBA R:4": another(gold["XBA R:4"])})
    lost, won = compare(run_of(before), run_of(after)).changed
    assert (lost.item, lost.before, lost.after, lost.gold, lost.kind) == ("XBA R:4", gold["XBA R:4"], another(gold["XBA R:4"]), gold["XBA R:4"], "became wrong")
    assert (won.item, won.right_before, won.right_after, won.kind) == ("XAA R:3", False, True, "became right")


def test_another_revision_model_or_setting_is_told_and_another_place_is_not(run_of, rows_of):
    rows = rows_of()
    moved = {"data": {"gold": {"path": "/elsewhere", "revision": "00000000000000aa", "expected": "00000000000000aa"}}}
    assert not compare(run_of(rows), run_of(rows, stamps=moved)).made
    other = {
        "data": {"gold": {"path": "/elsewhere", "revision": "00000000000000bb", "expected": ""}},
        "models": {"encoder": {"name": "large"}},
        "configuration": {"retrieve": {"matches": 5}},
    }
    told = {item.what: (item.first, item.second) for item in compare(run_of(rows), run_of(rows, stamps=other)).made}
    assert told == {
        "data.gold.revision": ("00000000000000aa", "00000000000000bb"),
        "models.encoder.name": ("tiny", "large"),
        "configuration.retrieve.matches": ("10", "5"),
    }


def test_another_gold_answer_is_told(run_of, rows_of):
    rows = rows_of()
    judged_again = [rows[0] | {"gold": "partial" if rows[0]["gold"] != "partial" else "compliant"}, *rows[1:]]
    assert compare(run_of(rows), run_of(judged_again)).notes == ("Table findings: 1 items have another gold answer in the second run, the first of them XAA R:0.",)


def test_a_measure_that_an_older_run_cannot_give_is_told_and_cannot_be_relied_on(run_of, rows_of):
    newer = Measure("evidence/depth", "findings", lambda rows: float(rows["depth"].mean()))
    rows = rows_of()
    old = run_of(rows)
    found = compare(old, run_of([row | {"depth": 1.0} for row in rows], measures=(newer,)))
    assert found.notes == ("Measure evidence/depth is left out: one of the runs has no column depth in table findings.",)
    with pytest.raises(InputError, match="not compared: evidence/depth"):
        regressions(found, ["evidence/depth"])


def test_the_terminal_shows_figures_verdicts_and_changed_answers(run_of, rows_of):
    found = compare(run_of(rows_of(right=0.9)), run_of(rows_of(right=0.5, seed=3), stamps={"code": {"revision": "00000000000000c1"}}))
    text = lines(found)
    drop = over_all(found, "verdict/agreement")
    assert f"{drop.first:.3f} -> {drop.second:.3f}" in text
    assert "code.revision: 00000000000000c0 -> 00000000000000c1" in text
    assert f"{len(found.changed)} of 160 answers (said) changed" in text
    assert f"and {len(found.changed) - 20} more" in text


def test_json_holds_everything_and_no_number_that_json_lacks(run_of, rows_of):
    found = compare(run_of(rows_of()), run_of(rows_of(seed=2)))
    content = json.loads(json.dumps(as_json(found), allow_nan=False))
    assert len(content["differences"]) == len(found.differences)
    assert content["changed"][0]["kind"] == found.changed[0].kind
