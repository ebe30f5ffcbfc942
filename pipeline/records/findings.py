"""Records of judgement: evidence, findings, and what a Part and an instrument come to."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.pipeline.records.found import BenefitLevel
from lexfloor.pipeline.records.names import Contingency, Dimension, ProvisionId, RequirementId, Verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that supports a finding; ``quote`` is ``law.text[start:end]`` with white space collapsed.

    ``score`` and ``relevance`` are those of its section's match.
    """

    file: str
    provision: ProvisionId
    section: str
    start: int
    end: int
    quote: str
    score: float
    near_miss: bool = False
    relevance: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A parameter as a finding cites it; ``quote`` is the index into the finding's evidence."""

    parameter: str
    value: float
    unit: str
    qualifier: str
    quote: int


@dataclass(frozen=True, slots=True)
class Finding:
    """The judgement of one requirement for one country.

    Attributes:
        confidence: estimated probability that a careful reader gives the same verdict, 0 to 1.
        review: the confidence is under the configured bar: a person should look.
        decided_by: what settled the verdict: "figure", "wording" (a sentence leaves the right to somebody's will), "cues", "silence".
        missing: what the texts leave open, in words.
        levels: what the standard beneficiary receives, where the requirement is a line of the Schedule: one for each beneficiary and
            each method by which the law fixes the benefit.
    """

    country: str
    instrument: str
    requirement: RequirementId
    part: str
    article: str
    dimension: Dimension
    contingency: Contingency
    verdict: Verdict
    confidence: float
    review: bool
    decided_by: str
    evidence: tuple[Evidence, ...] = ()
    parameters: tuple[Figure, ...] = ()
    rationale: str = ""
    missing: tuple[str, ...] = ()
    levels: tuple[BenefitLevel, ...] = ()

    def __post_init__(self) -> None:
        """Refuse findings that claim something without showing it."""
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"{self.requirement}: confidence {self.confidence} is no probability")
        if self.verdict is not Verdict.NOT_ADDRESSED and not self.evidence:
            raise ValueError(f"{self.requirement}: {self.verdict} without evidence")
        for figure in self.parameters:
            if not 0 <= figure.quote < len(self.evidence):
                raise ValueError(f"{self.requirement}: {figure.parameter} points at no evidence")


@dataclass(frozen=True, slots=True)
class PartResult:
    """One Part of the standard for one country: counts by verdict and the Part's own state."""

    part: str
    title: str
    verdicts: dict[Verdict, int]
    state: Verdict
    review: int


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """One article of the standard for one country: what its requirements amount to together."""

    article: str
    part: str
    state: Verdict


@dataclass(frozen=True, slots=True)
class Assessment:
    """The roll-up of a country's findings; ``acceptance`` says how far Article 2 could be met.

    Source: C102, art. 2.
    """

    country: str
    parts: tuple[PartResult, ...]
    articles: tuple[ArticleResult, ...]
    acceptance: str
    acceptable_parts: tuple[str, ...]
    open_parts: tuple[str, ...]
