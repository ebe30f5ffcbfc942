"""The fuzzer makes the same files for the same seed, and sees what breaks."""

import pytest

from lexfloor.eval import hostile as hostile_files
from lexfloor.eval.hostile import fuzz, judged
from lexfloor.eval.hostile.changes import hostile
from lexfloor.eval.hostile.seeds import NAMES, seeds
from lexfloor.pipeline.stages.ingest.source import Source


@pytest.mark.parametrize("form", NAMES)
def test_files_are_the_same_for_the_same_seed(form):
    """A number makes its file again, and another number another one."""
    made = [hostile(form, f"1 {number}") for number in range(20)]
    assert made == [hostile(form, f"1 {number}") for number in range(20)]
    assert len(set(made)) > 10


@pytest.mark.parametrize("form", NAMES)
def test_every_seed_file_is_a_law(form):
    """What is not changed is read, so that changes reach further than the first check."""
    for data in seeds(form):
        assert judged(Source(data, "XTS", NAMES[form])) == ("law", "")


@pytest.mark.parametrize(("error", "outcome"), [(KeyError("x"), "crash"), (RecursionError(), "crash"), (MemoryError(), "memory")])
def test_what_breaks_is_seen(monkeypatch, error, outcome):
    """An exception that is no refusal is told with the place where it was raised."""

    def broken(source):
        raise error

    monkeypatch.setattr(hostile_files, "law_of", broken)
    ended, cause = judged(Source(b"Section 1.", "XTS", "act.txt"))
    assert ended == outcome
    assert type(error).__name__ in cause
    assert "test_hostile_files.py" in cause


def test_a_run(tmp_path):
    """A run in a process of its own counts every file."""
    report = fuzz(("text", "jsonl"), 5, seed=7, folder=tmp_path)
    assert [sum(counts.values()) for counts in report.outcomes.values()] == [5, 5]
    assert report.clean, report.offences
    assert not list(tmp_path.iterdir())
    assert any(line.startswith("jsonl: 5 files") for line in report.lines())
