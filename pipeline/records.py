"""The records that travel from stage to stage; each checks itself when it is made.

Offsets count Unicode code points of a law's text as ingested, half open: ``law.text[start:end]``.
"""

from __future__ import annotations

from bisect import bisect_right
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


class TextState(StrEnum):
    """What kind of text a file holds."""

    CONSOLIDATED = "consolidated"
    AS_ENACTED = "as_enacted"
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

    ``heading`` is the title or marginal note, ``label`` the number as printed; both may be empty. ``depth`` orders levels: a
    mark lies under the nearest mark before it that is less deep and encloses it. ``id`` is the id that the file itself gives
    (an eId), empty where it gives none.
    """

    level: Level
    label: str
    heading: str
    span: Span
    depth: int
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE
    status_reason: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stretch of a law's text that belongs to no provision, and why."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Version:
    """What a file says of its own state, and where it says so.

    Attributes:
        state: consolidated, as enacted, or unknown.
        date: date of the text, ISO 8601 ("2024", "2024-05" and "2024-05-01" are all dates), or empty.
        status: of the act as a whole; a repealed act gives no evidence.
        state_source, date_source, status_source: "front matter: status", "markup: ...", "text: ..."; empty where nothing tells.
    """

    state: TextState = TextState.UNKNOWN
    state_source: str = ""
    date: str = ""
    date_source: str = ""
    status: ProvisionStatus = ProvisionStatus.UNKNOWN
    status_source: str = ""


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
        version: state, date and repeal as the file tells them.
        marks: provisions stated by the file's markup; None where structure must be found in the text.
        body: where the law itself starts, after front matter.
        parallel_of: file of which this one is a version in another language, empty otherwise.
        pages: where each page begins in ``text``, the first page first; empty where the format has no pages.
        refused: stretches that the reader itself knows to be no law (boilerplate of a web page that it kept in the text).
        remarks: what the reader left out or assumed, in words, for run.json ("2 running heads left out of 40 pages").
    """

    country: str
    file: str
    title: str
    language: str
    text: str
    format: str
    sha256: str
    encoding: str
    version: Version = Version()
    marks: tuple[Mark, ...] | None = None
    body: int = 0
    parallel_of: str = ""
    pages: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()

    def page_of(self, position: int) -> int | None:
        """Return the number of the page, from 1, on which a position of the text lies; None where there are no pages."""
        return bisect_right(self.pages, position) or None


@dataclass(frozen=True, slots=True)
class Provision:
    """One node of a law's hierarchy.

    Attributes:
        id: unique within the law, after the Akoma Ntoso eId convention ("sec_36__subsec_1", "att_2__sec_3" in a schedule).
        parent: id of the node above, empty at the top.
        section: label of the enclosing section as the law prints it; empty above section level.
        label: own number as printed, "(1)" or "§ 44".
        heading: title or marginal note, without markup.
        path: headings of the nodes above, outermost first.
        text: plain text, without markup; ``span`` gives the verbatim source.
        status_reason: what tells the status ("text: [Omitted]", "act: front matter"); empty for what is in force by default.
        page: page on which the provision begins, None where the format has no pages.
        chapeau: words of the nodes above that introduce this one, within its section; empty for sections.
        continuation: words of the nodes above that go on after the list in which this one stands.
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
    status_reason: str = ""
    page: int | None = None
    chapeau: str = ""
    continuation: str = ""

    @property
    def citable(self) -> bool:
        """Whether the provision may serve as evidence: law in force, not a preamble, contents line or note."""
        barred = (ProvisionStatus.REPEALED, ProvisionStatus.SUPERSEDED, ProvisionStatus.NOT_IN_FORCE)
        return self.status not in barred and self.kind not in (ProvisionKind.CONTENTS, ProvisionKind.NOTE, ProvisionKind.PREAMBLE)


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A law cut into provisions.

    Every character of the law's text lies in exactly one of: the own stretch of a provision (its span without the spans of
    the provisions under it), or a refused stretch. ``provisions`` are in order of the text, each after the one above it.
    """

    provisions: tuple[Provision, ...]
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a law defines; ``span`` is of the defining words in the law's text, the term first.

    ``scope`` is the id of the provision within which the definition holds ("in this Part ..."), empty for the whole act.
    """

    country: str
    file: str
    provision: ProvisionId
    section: str
    term: str
    span: Span
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a provision refers to: another provision, another act, or a term that is defined elsewhere.

    Attributes:
        provision, section: where the words stand: the innermost provision, and the label of its section.
        kind: "reference" or "term".
        span: of the referring words in the law's text; ``words`` are these words, white space collapsed.
        act: another act as the words name it ("Ley 100 de 1993"); empty within the law itself, and for terms.
        target_file, target: the provision referred to, or that defines the term; ``target`` is empty where only the act was found,
            both are empty where nothing of the set answers.
        target_section: label of the target's section as that law prints it.
    """

    country: str
    file: str
    provision: ProvisionId
    section: str
    kind: Literal["reference", "term"]
    span: Span
    words: str
    act: str = ""
    target_file: str = ""
    target: str = ""
    target_section: str = ""


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
        decided_by: what settled the verdict: "figure", "cues", "silence".
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
    links: tuple[Link, ...] = ()
    definitions: tuple[Definition, ...] = ()
