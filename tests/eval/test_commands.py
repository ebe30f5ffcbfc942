"""The commands over evaluations and labelled corpora, as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lexfloor.pipeline import runner

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
GOLD, LAWS = CORPORA / "gold" / "XVA.json", CORPORA / "samples"


def test_suites_are_listed(command):
    """Every suite with its data and what it is judged by; --json holds the whole cards."""
    code, out, _ = command("eval", "list")
    assert code == 0
    assert "main score: verdict/kappa; data: gold, laws" in out
    cards = json.loads(command("eval", "list", "--json")[1])
    assert {"c102", "absence", "counterfactual", "leak", "quick"} <= {card["name"] for card in cards}
    assert all(source["licence"] and source["annotators"] for card in cards for source in card["data"].values())


def test_a_suite_is_run_compared_and_reported(command, fake_models, tmp_path, monkeypatch):
    """A run falls level with itself; with figures dropped it falls behind its baseline (exit code 1), and the comparison names the findings that changed."""
    shared = ("--shared", tmp_path / "nowhere")
    code, _, error = command("eval", "quick", *shared, "--out", tmp_path / "a", "--from", tmp_path / "none")
    assert code == 2
    assert "holds no evaluation run" in error
    code, out, _ = command("eval", "quick", *shared, "--out", tmp_path / "a", "--baseline", tmp_path / "base", "--write-baseline")
    assert code == 0
    assert "* verdict/kappa" in out
    code, out, _ = command("eval", "quick", *shared, "--out", tmp_path / "b", "--baseline", tmp_path / "base")
    assert code == 0
    assert "Level with the baseline." in out
    monkeypatch.setattr(runner, "extract", lambda *_: iter(()))
    code, out, _ = command("eval", "quick", *shared, "--out", tmp_path / "c", "--baseline", tmp_path / "base")
    assert code == 1
    assert "BEHIND THE BASELINE by more than chance: " in out
    assert "figures/recall" in out
    code, out, _ = command("eval", "compare", tmp_path / "base", tmp_path / "c", "--out", tmp_path / "d", "--json")
    assert code == 0
    assert json.loads(out)
    assert {path.suffix for path in (tmp_path / "d").iterdir()} == {".md", ".html"}
    code, out, _ = command("eval", "report", tmp_path / "c")
    assert code == 0
    assert "<svg" in (tmp_path / "c" / "report.html").read_text(encoding="utf-8")


def test_an_unknown_suite_is_told(command):
    """The message lists the suites there are."""
    code, _, error = command("eval", "c103")
    assert code == 2
    assert "no such suite; known: absence, " in error
    code, _, error = command("eval", "c102", "--data", "gold")
    assert code == 2
    assert "write NAME=PATH" in error


def test_judgements_are_checked_packed_and_unpacked(command, tmp_path):
    """A sound file passes; its positions give it back, rationales aside; a fault is told with its line."""
    code, out, _ = command("corpus", "check", GOLD, "--laws", LAWS)
    assert code == 0
    assert "67 findings" in out
    assert command("corpus", "pack", GOLD, "--laws", LAWS, "--out", tmp_path / "packed")[0] == 0
    assert "Section" not in json.dumps(json.loads((tmp_path / "packed" / "XVA.json").read_text(encoding="utf-8"))["findings"][0]["rationale"])
    assert command("corpus", "unpack", tmp_path / "packed", "--laws", LAWS, "--out", tmp_path / "gold")[0] == 0
    first, again = (json.loads(path.read_text(encoding="utf-8")) for path in (GOLD, tmp_path / "gold" / "XVA.json"))
    for finding, back in zip(first["findings"], again["findings"], strict=True):
        assert finding["evidence"] == [{name: value for name, value in item.items() if name != "near_miss" or value} for item in back["evidence"]]
        assert finding["verdict"] == back["verdict"]
    source = GOLD.read_text(encoding="utf-8")
    line = source[: source.index('"compliant"')].count("\n") + 1
    (tmp_path / "XVA.json").write_text(source.replace('"compliant"', '"fine"', 1), encoding="utf-8")
    code, _, error = command("corpus", "check", tmp_path / "XVA.json", "--laws", LAWS)
    assert code == 2
    assert f"XVA.json, line {line}, " in error


def test_a_screening_goes_to_annotators_and_back(command, screened, tmp_path):
    """Tasks come least certain first, with the labelling interface beside them; agreement of a file with itself is full."""
    code, _, _ = command("corpus", "tasks", screened[0], "--laws", LAWS, "--out", tmp_path / "tasks")
    assert code == 0
    tasks = json.loads((tmp_path / "tasks" / "tasks.json").read_text(encoding="utf-8"))
    assert len(tasks) == 67
    assert (tmp_path / "tasks" / "labelling.xml").read_text(encoding="utf-8").startswith("<View")
    code, out, _ = command("corpus", "agreement", GOLD, GOLD.parent, "--json")
    assert code == 0
    assert json.loads(out)


def test_a_corpus_is_built(command, tmp_path):
    """The folder holds Parquet files and a data card."""
    assert "sample" in command("corpus", "list")[1]
    code, out, _ = command("corpus", "build", "sample", "--out", tmp_path / "sample")
    assert code == 0
    assert "findings, 67 rows" in out
    assert (tmp_path / "sample" / "README.md").is_file()


@pytest.mark.parametrize("words", [["eval"], ["corpus"]])
def test_groups_explain_themselves(command, words):
    """Each group lists its commands."""
    _, out, error = command(*words, "--help")
    assert "Commands" in out + error
