"""Records of judgement: evidence, findings, and what a Part and an instrument come to."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.pipeline.records.found import BenefitLevel
from lexfloor.pipeline.records.names import Contingency, Dimension, ProvisionId, RequirementId, State, Verdict


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
        review: a person should look: the confidence is under the bar that keeps the promised rate of error, or what the finding rests on
            was not looked at well enough.
        decided_by: what settled the verdict: "figure" (compared with the requirement's own), "wording" (a sentence
            leaves the right to somebody's will), "cues" (words of the sections found),
            "scores" (how near the sections found come, what they name), "usual" (mostly what such requirements come to elsewhere), or
            "silence".
        missing: what the texts leave open, in words.
        levels: what the standard beneficiary receives, where the requirement is a line of the Schedule: one for each beneficiary and
            each method by which the law fixes the benefit.
        because: what weighed most for the verdict, in words, the heaviest first.
        review_because: why a person should look, in words; empty exactly where nobody needs to.
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
    because: tuple[str, ...] = ()
    review_because: tuple[str, ...] = ()

    @property
    def state(self) -> State:
        """The verdict as it may be shown and counted: below the floor only where that need not be looked at again."""
        return State.MAY_FALL_BELOW if self.review and self.verdict is Verdict.NON_COMPLIANT else State(self.verdict)

    def __post_init__(self) -> None:
        """Refuse findings that claim something without showing it."""
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"{self.requirement}: confidence {self.confidence} is no probability")
        if self.verdict is not Verdict.NOT_ADDRESSED and not self.evidence:
            raise ValueError(f"{self.requirement}: {self.verdict} without evidence")
        for figure in self.parameters:
            if not 0 <= figure.quote < len(self.evidence):
                raise ValueError(f"{self.requirement}: {figure.parameter} points at no evidence")
        if self.review_because and not self.review:
            raise ValueError(f"{self.requirement}: reasons for a review that is not asked for")


@dataclass(frozen=True, slots=True)
class Promise:
    """The rate of error that a country's findings keep, and what that costs.

    Attributes:
        rate: in the mean over countries at most this share of a country's findings is answered (not marked for review) and wrong.
        least: the least confidence that is answered; None where nothing can be answered at this rate.
        answered: share of this country's findings that are not marked for review.
        countries: number of judged countries that the promise rests on, each judged by a model fitted on the others.
        held_out_answered, held_out_wrong: share of these countries' findings of that confidence, and share of those that is wrong, both of
            all findings.
        doubt: why the promise does not hold for this run, empty where it does.
    """

    rate: float
    least: float | None
    answered: float
    countries: int = 0
    held_out_answered: float = 0.0
    held_out_wrong: float = 0.0
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class PartResult:
    """One Part of the standard for one country: counts by verdict, the Part's own state, and the number of findings for review."""

    part: str
    title: str
    verdicts: dict[Verdict, int]
    state: State
    review: int


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """One article of the standard for one country: what its requirements amount to together."""

    article: str
    part: str
    state: State


@dataclass(frozen=True, slots=True)
class Assessment:
    """The roll-up of a country's findings; ``acceptance`` says how far Article 2 could be met, ``promise`` how far all of it can be relied on.

    Source: C102, art. 2.
    """

    country: str
    parts: tuple[PartResult, ...]
    articles: tuple[ArticleResult, ...]
    acceptance: str
    acceptable_parts: tuple[str, ...]
    open_parts: tuple[str, ...]
    promise: Promise | None = None
