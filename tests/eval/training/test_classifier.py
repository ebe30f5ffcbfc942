"""The fitted models made anew: what people corrected changes what the tool says."""

import json

import pytest

from lexfloor.eval import fit_kinds
from lexfloor.eval.training.classifier import WEIGHTS

pytestmark = pytest.mark.usefixtures("fake_models")


@pytest.fixture
def configured(tmp_path, judged):
    """Return a function that writes the configuration of a fitting."""

    def written(fit='"verdict"', verdict="partial", shipped="false"):
        gold, laws = judged(verdict)
        path = tmp_path / "fitting.toml"
        text = f'fit = [{fit}]\nshipped_examples = {shipped}\n[[judged]]\ngold = "{gold.as_posix()}"\nlaws = "{laws.as_posix()}"\n'
        path.write_text(text, encoding="utf-8")
        return path

    return written


def verdicts_of(command, sample, out, *more):
    assert command("screen", sample, "--out", out, *more)[0] == 0
    return [json.loads(line)["verdict"] for line in (out / "findings.jsonl").read_text(encoding="utf-8").splitlines()]


def test_corrected_findings_change_what_the_tool_says(command, configured, sample, tmp_path):
    """Where people judged partial throughout, the tool says so when it is given the weights fitted on that, and only then."""
    out = tmp_path / "weights"
    code, shown, told = command("train", "classifier", "--config", configured(), "--out", out)
    assert code == 0, told
    assert "XVB" in shown
    assert sorted(path.name for path in out.iterdir()) == sorted([*WEIGHTS, "card.md", "card.json"])
    before, after = verdicts_of(command, sample, tmp_path / "before"), verdicts_of(command, sample, tmp_path / "after", "--weights", out)
    assert after.count("partial") > before.count("partial") + 20
    manifest = json.loads((tmp_path / "after" / "run.json").read_text(encoding="utf-8"))
    assert manifest["models"]["verdict"]["fitted_on"] == ["XVA", "XVB"]
    assert manifest["configuration"]["weights"] == str(out)
    assert "nothing was done" in command("train", "classifier", "--config", tmp_path / "fitting.toml", "--out", out)[1]


def test_all_models_are_fitted_on_what_the_ones_before_give(command, configured, tmp_path, monkeypatch):
    """A fitting that was ended goes on after the last model that was done, and leaves the same weights as one that was not."""
    config = configured(fit='"kinds", "ranking", "verdict"', verdict=None)
    code, _, told = command("train", "classifier", "--config", config, "--out", tmp_path / "whole")
    assert code == 0, told

    class KilledError(BaseException):
        pass

    with monkeypatch.context() as patch:
        patch.setattr("lexfloor.eval.fit_ranking.fit", lambda *_: (_ for _ in ()).throw(KilledError))
        with pytest.raises(KilledError):
            command("train", "classifier", "--config", config, "--out", tmp_path / "again")
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["unfinished"]
    monkeypatch.setattr(fit_kinds, "fit", lambda *_: pytest.fail("kinds were fitted already"))
    assert command("train", "classifier", "--config", config, "--out", tmp_path / "again")[0] == 0
    assert all((tmp_path / "whole" / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in WEIGHTS)
    fitted = json.loads((tmp_path / "again" / "ranking.json").read_text(encoding="utf-8"))
    assert fitted["about"]["fitted_on"] == ["XVA", "XVB"]
    assert "XVB" in (tmp_path / "again" / "card.md").read_text(encoding="utf-8")


def test_one_country_alone_cannot_be_held_out(command, configured, tmp_path):
    """What can be done instead is told."""
    config = configured(fit='"ranking"')
    (tmp_path / "gold" / "XVB.json").unlink()
    code, _, told = command("train", "classifier", "--config", config, "--out", tmp_path / "out")
    assert code == 2
    assert "fit verdict alone" in told


def test_verdicts_of_one_country_promise_nothing(command, configured, sample, tmp_path):
    """The advice holds: verdicts can be fitted on a single country, and what is screened with them says why no rate of error is promised."""
    config = configured()
    (tmp_path / "gold" / "XVB.json").unlink()
    code, _, told = command("train", "classifier", "--config", config, "--out", tmp_path / "weights")
    assert code == 0, told
    assert command("screen", sample, "--out", tmp_path / "out", "--weights", tmp_path / "weights")[0] == 0
    (assessed,) = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))["assessments"].values()
    assert "fewer than two countries" in assessed["promise"]["doubt"]
    findings = [json.loads(line) for line in (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(finding["review"] for finding in findings)


def test_judgements_on_some_laws_are_learned_from_and_promise_nothing(command, configured, tmp_path):
    """Verdicts alone are fitted on them; the card and the weights say which they are, and they are no country that could be held out."""
    config = configured()
    text = config.read_text(encoding="utf-8")
    (tmp_path / "some").mkdir()
    (tmp_path / "gold" / "XVB.json").rename(tmp_path / "some" / "XVB.json")
    source = text[text.index("[[judged]]") :].replace((tmp_path / "gold").as_posix(), (tmp_path / "some").as_posix())
    config.write_text(f"{text}\n{source}incomplete = true\n", encoding="utf-8")
    code, _, told = command("train", "classifier", "--config", config, "--out", tmp_path / "weights")
    assert code == 0, told
    made = json.loads((tmp_path / "weights" / "verdict.json").read_text(encoding="utf-8"))
    assert (made["about"]["fitted_on"], made["about"]["incomplete"], made["risks"]) == (["XVA"], ["XVB"], None)
    card = (tmp_path / "weights" / "card.md").read_text(encoding="utf-8")
    assert "XVB (some of its laws)" in card
    assert "none could be held out" in card
    config.write_text(config.read_text(encoding="utf-8").replace('fit = ["verdict"]', 'fit = ["ranking"]'), encoding="utf-8")
    assert command("train", "classifier", "--config", config, "--out", tmp_path / "other")[0] == 2


def test_weights_of_another_version_are_told(command, configured, sample, tmp_path):
    """Signals that are no longer seen end the run before anything is read, with the folder and what to do."""
    out = tmp_path / "weights"
    assert command("train", "classifier", "--config", configured(), "--out", out)[0] == 0
    model = (out / "verdict.json").read_text(encoding="utf-8")
    (out / "verdict.json").write_text(model.replace('"headed"', '"phase of the moon"'), encoding="utf-8")
    code, _, told = command("screen", sample, "--out", tmp_path / "out", "--weights", out)
    assert code == 2
    assert "phase of the moon" in told
    assert str(out) in told
    assert "train classifier" in told


def test_weights_that_are_not_there_are_told(command, sample, tmp_path):
    """A folder without weights ends the run before anything is read."""
    code, _, told = command("screen", sample, "--out", tmp_path / "out", "--weights", tmp_path)
    assert code == 2
    assert "kinds.json" in told
    assert "--weights" in told
