"""The record of a benefit level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lexfloor.pipeline.records import Contingency, Parameter, RequirementId


class Method(StrEnum):
    """How a benefit is fixed, and so what wage it is measured against. Source: C102, art. 65, 66, 67."""

    EARNINGS_RELATED = "earnings_related"
    FLAT_RATE = "flat_rate"
    MEANS_TESTED = "means_tested"


@dataclass(frozen=True, slots=True)
class BenefitLevel:
    """What the standard beneficiary of a line of the Schedule receives, in percent of the reference wage.

    Attributes:
        requirement, part, article: what is measured; ``article`` as the standard gives it.
        method: how the benefit is fixed; None where the law's figures do not tell.
        rate: replacement rate in percent, the lowest that the figures secure; None where it cannot be computed.
        floor: the Schedule's percentage.
        met: whether the rate attains the floor, or a lower one that the Convention puts in its place; None where that cannot be told.
        steps: the arithmetic, a line a step.
        missing: figures without which the rate or ``met`` cannot be told; empty where ``met`` is told.
        left_open: what could not be counted though ``met`` is told: ceilings without a wage to measure them by.
        figures: the law's figures that were used.
    """

    requirement: RequirementId
    part: str
    article: str
    contingency: Contingency
    beneficiary: str
    method: Method | None
    rate: float | None
    floor: float
    met: bool | None
    steps: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    left_open: tuple[str, ...] = ()
    figures: tuple[Parameter, ...] = ()

    def __post_init__(self) -> None:
        """Refuse verdicts without a rate, and silence about what is missing."""
        if self.met is not None and self.rate is None:
            raise ValueError(f"{self.requirement}: met is told without a rate")
        if (self.met is None) != bool(self.missing):
            raise ValueError(f"{self.requirement}: what is missing is told exactly where met is not")
