"""The records that travel from stage to stage; each checks itself when it is made.

Offsets count Unicode code points of a law's text as ingested, half open: ``law.text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NewType

ProvisionId = NewType("ProvisionId", str)
RequirementId = NewType("RequirementId", str)


class Dimension(StrEnum):
    """What a requirement is about."""

    COVERAGE = "coverage"
    BENEFIT_LEVEL = "benefit_level"
    GOVERNANCE = "governance"


class Contingency(StrEnum):
    """The contingencies of C102, Parts II to X; ``ALL`` stands for Parts XI to XIII."""

    MEDICAL_CARE = "medical_care"
    SICKNESS = "sickness"
    UNEMPLOYMENT = "unemployment"
    OLD_AGE = "old_age"
    EMPLOYMENT_INJURY = "employment_injury"
    FAMILY = "family"
    MATERNITY = "maternity"
    INVALIDITY = "invalidity"
    SURVIVORS = "survivors"
    ALL = "all"


class Verdict(StrEnum):
    """What the supplied texts amount to for one requirement."""

    COMPLIANT = "compliant"
    PARTIAL = "partial"
    NON_COMPLIANT = "non_compliant"
    NEEDS_DATA = "needs_data"
    NOT_ADDRESSED = "not_addressed"


class ProvisionKind(StrEnum):
    """What a stretch of a law is there for."""

    OPERATIVE = "operative"
    DEFINITION = "definition"
    TRANSITIONAL = "transitional"
    SCHEDULE = "schedule"
    AMENDING = "amending"
    PREAMBLE = "preamble"
    CONTENTS = "table_of_contents"
    NOTE = "note"


class ProvisionStatus(StrEnum):
    """Whether a provision is law today, as far as its file says."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    NOT_IN_FORCE = "not_yet_in_force"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Levels of a law's hierarchy, from the whole down."""

    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    DIVISION = "division"
    SUBDIVISION = "subdivision"
    SCHEDULE = "schedule"
    SECTION = "section"
    SUBSECTION = "subsection"
    PARAGRAPH = "paragraph"
    ITEM = "item"


GROUPING = (Level.BOOK, Level.PART, Level.TITLE, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION, Level.SCHEDULE)
INNER = (Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, half open.

    Raises:
        ValueError: ``start`` is negative or ``end`` is not after ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse empty and reversed spans."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) is empty or reversed")


@dataclass(frozen=True, slots=True)
class Mark:
    """A provision that the markup of a file states outright (XML): nothing to guess.

    ``heading`` is the title or marginal note, ``label`` the number as printed; both may be empty.
    """

    level: Level
    label: str
    heading: str
    span: Span
    depth: int
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE


@dataclass(frozen=True, slots=True)
class Law:
    """One file of law as ingested.

    Attributes:
        country: ISO 3166-1 alpha-3 code, or the name that the user gave.
        file: path inside the country's folder, with forward slashes.
        title: the law's own title, the file name where none is found.
        language: ISO 639-1 code of the text.
        text: the text as ingested; every span of every later record points into it.
        format: name of the reader that read it.
        sha256: of the file's bytes.
        encoding: what was assumed, and why ("utf-8 (decoded)", "windows-1252 (guessed)").
        status: of the act as a whole, with ``status_source`` saying where that stands.
        text_date: date of the text as the file states it, ISO 8601, or empty.
        marks: provisions stated by the file's markup; None where structure must be found in the text.
        body: where the law itself starts, after front matter.
        parallel_of: file of which this one is a version in another language, empty otherwise.
    """

    country: str
    file: str
    title: str
    language: str
    text: str
    format: str
    sha256: str
    encoding: str
    status: ProvisionStatus = ProvisionStatus.UNKNOWN
    status_source: str = ""
    text_date: str = ""
    marks: tuple[Mark, ...] | None = None
    body: int = 0
    parallel_of: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of a law's hierarchy.

    Attributes:
        id: unique within the law, after the Akoma Ntoso eId convention ("part_II__sec_36__subsec_1").
        parent: id of the node above, empty at the top.
        section: label of the enclosing section as the law prints it; empty above section level.
        label: own number as printed, "(1)" or "§ 44".
        heading: title or marginal note, without markup.
        path: headings of the nodes above, outermost first.
        text: plain text, without markup; ``span`` gives the verbatim source.
    """

    id: ProvisionId
    country: str
    file: str
    parent: str
    level: Level
    section: str
    label: str
    heading: str
    path: tuple[str, ...]
    kind: ProvisionKind
    status: ProvisionStatus
    span: Span
    language: str
    text: str

    @property
    def citable(self) -> bool:
        """Whether the provision may serve as evidence: law in force, not a preamble, contents line or note."""
        barred = (ProvisionStatus.REPEALED, ProvisionStatus.SUPERSEDED, ProvisionStatus.NOT_IN_FORCE)
        return self.status not in barred and self.kind not in (ProvisionKind.CONTENTS, ProvisionKind.NOTE, ProvisionKind.PREAMBLE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of law that may bear on a requirement.

    Attributes:
        kind: the vocabulary of the standard ("maximum_duration", "replacement_rate" ...).
        value, unit: as the law gives them; ``unit`` is days, weeks, months, years or percent.
        comparator: "at_least", "at_most" or "exactly".
        contingency: what the surrounding words name, None where they name nothing.
        span: of the figure; ``clause`` of the sentence around it.
        strength: how clearly the words around tell the kind, 0 to 1.
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


@dataclass(frozen=True, slots=True)
class Match:
    """A section found for a requirement.

    ``score`` is the fused score in standard deviations above the country's mean section; ``dense`` and ``lexical``
    are its parts; ``rank`` counts from 1. ``span`` is the passage of the section that matched best.
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that supports a finding; ``quote`` is ``law.text[start:end]`` with white space collapsed."""

    file: str
    provision: ProvisionId
    section: str
    start: int
    end: int
    quote: str
    score: float
    near_miss: bool = False


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
        decided_by: what settled the verdict: "figure", "cues", "silence".
        missing: what the texts leave open, in words.
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


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong or was left out, kept beside the results instead of ending the run."""

    stage: str
    country: str
    file: str
    category: Literal["source", "parse", "model", "internal", "skipped"]
    message: str
    page: int | None = None


Topics = dict[tuple[str, str], tuple[Dimension, Contingency]]
"""What sections are about, by (file, provision id)."""


@dataclass(frozen=True, slots=True)
class CountryResult:
    """Everything that a run found for one country."""

    country: str
    laws: tuple[Law, ...]
    provisions: tuple[Provision, ...]
    parameters: tuple[Parameter, ...]
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    assessment: Assessment
    topics: Topics = field(default_factory=dict)
