"""The choice of a precision: by speed, never at the price of another result, measured once."""

import numpy as np
import pytest

from lexfloor.models.engines import choice as choosing
from lexfloor.models.engines.choice import Choice, chosen, measured
from lexfloor.pipeline.errors import ModelError

EXACT = np.eye(4, 8, dtype=np.float32) + 0.1


class Clock:
    """A clock that only engines move: how busy the machine is changes nothing."""

    now = 0.0

    def perf_counter(self):
        return self.now


CLOCK = Clock()


@pytest.fixture(autouse=True)
def own_time(monkeypatch):
    monkeypatch.setattr(choosing, "time", CLOCK)


class Slow:
    """An engine that takes some milliseconds and gives rows that are off by some amount."""

    single = packed = False

    def __init__(self, milliseconds, off=0.0):
        self.milliseconds, self.off = milliseconds, off

    def rows(self, features):
        CLOCK.now += self.milliseconds / 1000
        return EXACT + self.off * np.arange(8, dtype=np.float32)


def example():
    return {"input_ids": np.zeros((4, 16), np.int64)}


@pytest.mark.parametrize(
    ("engines", "best"),
    [
        ({"float32": Slow(12), "bfloat16": Slow(3)}, "bfloat16"),
        ({"float32": Slow(12), "bfloat16": Slow(11)}, "float32"),
        ({"float32": Slow(12), "bfloat16": Slow(3, off=0.5)}, "float32"),
        ({"float32": Slow(12), "bfloat16": Slow(5), "float16": Slow(1)}, "float16"),
        ({"float32": Slow(3), "bfloat16": Slow(9)}, "float32"),
    ],
)
def test_the_fastest_that_gives_the_same_is_chosen(engines, best):
    """Much faster with the same rows: chosen. A little faster, or with other rows: float32 stays."""
    choice = measured(list(engines), engines.__getitem__, example)
    assert choice.precision == best
    assert set(choice.milliseconds) == set(choice.cosines) == set(engines)


def test_what_is_kept_is_not_measured_again(tmp_path):
    """The second time nothing is loaded."""
    engines = {"float32": Slow(6), "bfloat16": Slow(1)}
    kept = tmp_path / "deep" / "choice.json"
    first = chosen(list(engines), engines.__getitem__, example, kept)
    assert chosen(list(engines), {}.__getitem__, example, kept) == first
    assert [path.name for path in kept.parent.iterdir()] == ["choice.json"]


@pytest.mark.parametrize("content", ["", "{}", '{"precision": "float32"', "\x00"])
def test_a_damaged_choice_is_measured_again(tmp_path, content):
    """A file that says nothing is replaced."""
    kept = tmp_path / "choice.json"
    kept.write_text(content, encoding="utf-8")
    made = chosen(["float32"], {"float32": Slow(0)}.__getitem__, example, kept)
    assert Choice.model_validate_json(kept.read_text(encoding="utf-8")) == made


def test_a_cache_that_cannot_be_written_to(tmp_path):
    """It is told what to do."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match="LEXFLOOR_CACHE"):
        chosen(["float32"], {"float32": Slow(0)}.__getitem__, example, tmp_path / "file" / "choice.json")
