"""What a comparison comes to: met, not met or cannot tell, the figure that says so, and the others that were looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lexfloor.pipeline.records import Parameter, Verdict

CLEAR, FAINT = 0.9, 0.3
"""From the first weight on a figure decides, whichever way it points; below the second it is not spoken of."""
PLAUSIBLE = 4.0
"""A figure this many times off the floor, on the wrong side of it, measures something else."""


class Outcome(StrEnum):
    """How figures stand to a rule."""

    MET = "met"
    NOT_MET = "not met"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Considered:
    """A figure that was looked at and did not decide: its value in the rule's unit, its own outcome, and why it stood back."""

    parameter: Parameter
    value: float
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a requirement's rule.

    Attributes:
        parameter: the figure that decides, or the leading one of several that contradict each other.
        value: in the rule's unit; the end of a range that counts against the law.
        outcome: met, not met, or cannot tell.
        weight: how strong the figure's claim is to be the one that the rule is about.
        distance: from the floor, in the rule's unit; above zero where the law gives more than it must.
        assumption: what its conversion assumes, empty where it stands in the rule's unit.
        ratio: value over floor, 0 where the floor is nothing.
        excepted: whether it meets the temporary exception that the instrument allows in place of the rule.
        arithmetic: all this as one line.
        others: the figures that were looked at besides, the strongest claim first.
    """

    parameter: Parameter
    value: float
    outcome: Outcome
    weight: float
    distance: float
    assumption: str
    ratio: float
    excepted: bool
    arithmetic: str
    others: tuple[Considered, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the rule is met."""
        return self.outcome is Outcome.MET

    @property
    def spoken(self) -> bool:
        """Whether the figure is clear enough to be cited."""
        return self.weight >= FAINT and self.outcome is not Outcome.CANNOT_TELL

    @property
    def decides(self) -> bool:
        """Whether the figure is read clearly enough to settle the rule: as clearly where it is met as where it is not."""
        plausible = self.met or 1 / PLAUSIBLE <= self.ratio <= PLAUSIBLE
        return self.spoken and self.weight >= CLEAR and plausible

    @property
    def below(self) -> bool:
        """Whether the figure clearly misses the floor, by no more than a figure of its kind plausibly can."""
        return self.outcome is Outcome.NOT_MET and self.decides

    def agrees(self, verdict: Verdict) -> bool:
        """Whether the figure speaks for a verdict: a figure below the floor for that one alone."""
        return self.spoken and self.met is not (verdict is Verdict.NON_COMPLIANT)
