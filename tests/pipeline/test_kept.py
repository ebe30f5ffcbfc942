"""Results kept: equal to what was found, and used only while nothing that decides them has changed."""

import pytest

from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.kept import Kept
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.runner import Runner


@pytest.fixture
def run(encoder, config, tmp_path):
    """Return a function that runs a country's folder: result, failures, seconds by stage."""

    def ran(folder, decided_by=("code",)):
        runner = Runner(config, load_standard("c102"), encoder, kept=Kept(tmp_path / "results", decided_by))
        (outcome,) = runner.run(country_folders([folder])[0])
        return outcome

    return ran


@pytest.fixture
def act(write_country, maternity_act):
    return write_country("XAA", {"act.txt": maternity_act, "empty.txt": ""})


def test_the_second_run_finds_the_same(run, act, tmp_path):
    """Result and failures are equal to the last field, and no stage was run."""
    result, failures, stages = run(act)
    assert "segment" in stages
    again, told, spared = run(act)
    assert (again, told) == (result, failures)
    assert again.topics
    assert list(spared) == ["kept"]
    assert len(list((tmp_path / "results").iterdir())) == 1


@pytest.mark.parametrize("change", ["code", "text", "file", "name"])
def test_whatever_has_changed_is_screened_anew(run, act, tmp_path, change):
    """Another law, another name of one, a new file, other code or models: nothing old is told. The latest result replaces the one before."""
    run(act)
    path = act / "act.txt"
    if change == "text":
        path.write_text(path.read_text(encoding="utf-8").replace("fourteen", "twelve"), encoding="utf-8")
    elif change == "file":
        (act / "more.txt").write_text("Section 1. Leave\n\nLeave is granted.", encoding="utf-8")
    elif change == "name":
        path.rename(act / "law.txt")
    assert "segment" in run(act, ("other code",) if change == "code" else ("code",))[2]
    assert len(list((tmp_path / "results").iterdir())) == 1


@pytest.mark.parametrize("content", [b"", b"no mark", b"\xff\n{}"])
def test_a_damaged_result_is_screened_anew(run, act, tmp_path, content):
    """What cannot be read is replaced."""
    run(act)
    (kept,) = (tmp_path / "results").iterdir()
    whole = kept.read_bytes()
    for damaged in (content, whole[: len(whole) // 2]):
        kept.write_bytes(damaged)
        assert "segment" in run(act)[2]
    assert kept.read_bytes() == whole


def test_faults_of_the_program_are_not_kept(run, act, tmp_path, monkeypatch):
    """A country in which something broke is tried again."""
    from lexfloor.pipeline import runner

    def broken(*arguments):
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(runner, "extract", broken)
        _, failures, _ = run(act)
        assert any(failure.category == "internal" for failure in failures)
    assert not (tmp_path / "results").exists()
    assert "segment" in run(act)[2]
