"""Judged law to train on: the invented sample country, and the same laws under another country's code."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def judged(tmp_path, sample):
    """Return folders of gold files and of laws: the sample country, and a second that judges alike."""
    gold, laws = tmp_path / "gold", tmp_path / "laws"
    gold.mkdir()
    content = (ROOT / "corpora" / "gold" / "XVA.json").read_text(encoding="utf-8")
    for country in ("XVA", "XVB"):
        shutil.copytree(sample, laws / country)
        (gold / f"{country}.json").write_text(content.replace('"country": "XVA"', f'"country": "{country}"'), encoding="utf-8")
    return gold, laws


@pytest.fixture
def configured(tmp_path, tiny_model, judged):
    """Return a function that writes the configuration of a small training."""
    gold, laws = judged

    def written(**changes):
        content = {"held_out": '["XVB"]', "corpora": "[]", "steps": "12", "seed": "3", "more": "", "every": "5"} | changes
        path = tmp_path / "training.toml"
        path.write_text(
            f'name = "mine"\nbase = "{tiny_model.as_posix()}"\nseed = {content["seed"]}\nmax_tokens = 64\n{content["more"]}\n'
            f'[data]\nheld_out = {content["held_out"]}\ncorpora = {content["corpora"]}\ncandidates = 5\n'
            f'[[data.judged]]\ngold = "{gold.as_posix()}"\nlaws = "{laws.as_posix()}"\n'
            f'[steps]\nsteps = {content["steps"]}\nbatch = 4\nnegatives = 2\ncheckpoint_every = {content["every"]}\nlearning_rate = 0.01\n'
            "[adapter]\nrank = 2\nlayers = 1\n",
            encoding="utf-8",
        )
        return path

    return written
