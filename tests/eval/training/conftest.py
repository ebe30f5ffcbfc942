"""What is trained on: the invented sample country under two codes, and invented examples for what is about training alone."""

import json
import shutil
from pathlib import Path

import pytest

from lexfloor.models.training.examples import Example

ROOT = Path(__file__).resolve().parents[3]
COUNTRIES = ("XVA", "XVB")


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("LEXFLOOR_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def judged(tmp_path, sample):
    """Return a function that writes gold files and laws of two countries, and returns their folders; ``verdict`` replaces every verdict that has evidence."""

    def written(verdict=None):
        gold, laws = tmp_path / "gold", tmp_path / "laws"
        gold.mkdir(exist_ok=True)
        content = json.loads((ROOT / "corpora" / "gold" / "XVA.json").read_text(encoding="utf-8"))
        for finding in content["findings"]:
            if verdict and finding["verdict"] != "not_addressed":
                finding["verdict"] = verdict
        for country in COUNTRIES:
            shutil.copytree(sample, laws / country, dirs_exist_ok=True)
            (gold / f"{country}.json").write_text(json.dumps(content | {"country": country}), encoding="utf-8")
        return gold, laws

    return written


@pytest.fixture
def configured(tmp_path, tiny_model, judged):
    """Return a function that writes the configuration of a small training of an adapter."""
    gold, laws = judged()

    def written(**changes):
        content = {"held_out": '["XVB"]', "corpora": "[]", "steps": "12", "seed": "3", "more": "", "every": "5"} | changes
        path = tmp_path / "training.toml"
        path.write_text(
            f'name = "mine"\nbase = "{tiny_model.as_posix()}"\nseed = {content["seed"]}\nmax_tokens = 64\n{content["more"]}\n'
            f"[data]\nheld_out = {content['held_out']}\ncorpora = {content['corpora']}\ncandidates = 5\n"
            f'[[data.judged]]\ngold = "{gold.as_posix()}"\nlaws = "{laws.as_posix()}"\n'
            f"[steps]\nsteps = {content['steps']}\nbatch = 4\nnegatives = 2\ncheckpoint_every = {content['every']}\nlearning_rate = 0.01\n"
            "[adapter]\nrank = 2\nlayers = 1\n",
            encoding="utf-8",
        )
        return path

    return written


def invented(country, number):
    """Return an example of invented words."""
    passages = tuple(f"the {word} is paid for {number} weeks" for word in ("benefit", "pension", "leave", "sickness"))
    right = number % 4
    wrong = tuple(passage for index, passage in enumerate(passages) if index != right)
    return Example(f"R:{number}", country, (f"the {country} benefit {number}", f"a pension {number}"), (passages[right],), wrong, passages, (0.1, 0.0, -0.1, -0.2))


@pytest.fixture
def invented_examples(monkeypatch):
    """Make trainings learn from invented examples of the countries judged, without looking at any law."""
    monkeypatch.setattr("lexfloor.eval.training.prepared.law_examples", lambda runner, file, candidates: [invented(file.country, number) for number in range(12)])
