"""Records of what is found in law for a requirement: figures, sections, levels of benefit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from lexfloor.pipeline.records.law import Span
from lexfloor.pipeline.records.names import Contingency, ProvisionId, RequirementId


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of law that may bear on a requirement.

    Attributes:
        kind: the vocabulary of the standard ("maximum_duration", "replacement_rate" ...).
        value, unit: as the law gives them; ``unit`` is hours, days, weeks, months, years, percent, times, or amount_ISO ("amount_EUR").
        comparator: "at_least", "at_most" or "exactly".
        contingency: what the surrounding words name, None where they name nothing.
        span: of the figure; ``clause`` of the sentence around it.
        strength: how clearly the words around tell the kind, 0 to 1.
        high: upper end where the figure is a range ("60 to 80 per cent"), else None.
        own_unit: the unit as the law prints it ("working days", "centum"), white space collapsed.
        qualifier: for whom or in which case it holds, names of the language data's cases joined by ", " ("women, early").
        base: what a percentage is taken of ("previous_earnings", "minimum_wage" ...), empty where the words name nothing.
        modality: "shall", "may", or empty where the clause says neither.
    """

    country: str
    file: str
    provision: ProvisionId
    section: str
    kind: str
    value: float
    unit: str
    comparator: Literal["at_least", "at_most", "exactly"]
    contingency: Contingency | None
    span: Span
    clause: Span
    quote: str
    strength: float
    high: float | None = None
    own_unit: str = ""
    qualifier: str = ""
    base: str = ""
    modality: Literal["shall", "may", ""] = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A section found for a requirement.

    ``score`` is the fused score in standard deviations above the country's mean section; ``dense`` and ``lexical``
    are its parts; ``rank`` counts from 1. ``span`` is the passage of the section that matched best. ``relevance`` is the
    probability that the section is evidence, by which matches are ordered; None where they were not ranked.
    """

    country: str
    requirement: RequirementId
    file: str
    provision: ProvisionId
    section: str
    rank: int
    score: float
    dense: float
    lexical: float
    span: Span
    relevance: float | None = None


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
