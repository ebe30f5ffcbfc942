"""Baselines: a committed run that later runs of its suite must not fall behind by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lexfloor.eval.compare import RunComparison, as_json, compare, improvements, lines, regressions
from lexfloor.eval.runs import SuiteRun, read_run
from lexfloor.eval.suite import SuiteCard


@dataclass(frozen=True)
class Outcome:
    """A run beside its baseline."""

    comparison: RunComparison
    behind: tuple[str, ...]
    ahead: tuple[str, ...]

    @property
    def text(self) -> str:
        """The comparison for people, and what to do next."""
        parts = [lines(self.comparison)]
        if self.behind:
            parts.append(f"BEHIND THE BASELINE by more than chance: {', '.join(self.behind)}.")
        if self.ahead:
            parts.append(f"Better than the baseline: {', '.join(self.ahead)}. Move it with --write-baseline, and commit it with the change that earned it.")
        if not self.behind and not self.ahead:
            parts.append("Level with the baseline.")
        return "\n".join(parts)

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as JSON takes it, with the measures that are behind and ahead."""
        return as_json(self.comparison) | {"behind": list(self.behind), "ahead": list(self.ahead)}


def baseline_folder(card: SuiteCard) -> Path:
    """Return where the suite's baseline lies in the package."""
    return Path(str(files("lexfloor.eval") / "baselines" / (card.baseline or card.name)))


def against(run: SuiteRun, folder: Path) -> Outcome:
    """Return how a run compares with a baseline: a measure is behind where the paired interval of the difference lies on the wrong side of 0.

    Raises:
        InputError: the folder holds no run, or one of another suite.
    """
    comparison = compare(read_run(folder), run)
    return Outcome(comparison, tuple(item.measure for item in regressions(comparison)), tuple(item.measure for item in improvements(comparison)))
