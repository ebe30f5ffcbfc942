"""What people judged a country's law to be: one file a country, read against the standard that it answers.

The format is that of the annotation guidelines: a finding for every requirement of the standard, in its order, each with its
verdict, the words of law that decide it, and the figures in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from lexfloor.corpora.countries import is_country_code
from lexfloor.corpora.json_file import Fault, JsonFile
from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.corpora.standards import PARAMETERS, Standard
from lexfloor.pipeline.records import RequirementId, Verdict

FIGURES = (
    *PARAMETERS,
    "age_limit_child",
    "accrual_rate",
    "reference_period",
    "contribution_rate_employee",
    "contribution_rate_employer",
    "contribution_rate_state",
)
"""Kinds of figures that annotators record: those that a rule may measure, and those from which such are computed."""
SHORTEST, SHORTEST_UNSPACED, LONGEST = 40, 15, 400
"""Characters of a quote, white space collapsed; a script without spaces says in 15 what others say in 40."""


def whole(number: float) -> float:
    """Return a number as it is written: 26, not 26.0."""
    return int(number) if number.is_integer() else number


class GoldModel(BaseModel):
    """Base of the records in a gold file: unknown keys are errors, nothing is converted, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class JudgedEvidence(GoldModel):
    """The words that decide a finding; a near miss comes close to the matter and does not deal with it."""

    file: str = Field(min_length=1)
    section: str = Field(min_length=1, max_length=80, description="Number of the section as the law prints it.")
    quote: str
    near_miss: bool = False


class JudgedFigure(GoldModel):
    """A number in the evidence, in the law's own unit; ``quote`` is the position of its evidence, ``qualifier`` for whom it holds."""

    parameter: Literal[FIGURES]  # type: ignore[valid-type]
    value: Annotated[float, AfterValidator(whole)]
    unit: str = Field(pattern=r"^[A-Za-z][A-Za-z_']*$", max_length=60)
    qualifier: str | None = None
    quote: int = Field(ge=0)


class JudgedFinding(GoldModel):
    """The judgement on one requirement; ``certainty``: would another careful reader give the same verdict?"""

    requirement: RequirementId
    verdict: Verdict
    evidence: tuple[JudgedEvidence, ...]
    parameters: tuple[JudgedFigure, ...]
    rationale: str
    certainty: Literal["high", "medium", "low"]


class Judgements(GoldModel):
    """All findings on one country, judged on the law of ``files`` alone; ``language`` is that of the law."""

    country: str
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    files: tuple[str, ...] = Field(min_length=1)
    findings: tuple[JudgedFinding, ...]


def read_judgements(path: Path, standard: Standard) -> Judgements:
    """Return the judgements in a gold file.

    Raises:
        DataFileError: the file cannot be read or is no JSON; a key is missing, unknown or has a value that it does not take;
            the findings are not those of the standard in its order; evidence, quotes or figures break the guidelines. Names
            the line of the first fault, and the next two.
    """
    file = JsonFile.read(path)
    judgements = file.record(Judgements)
    faults = [*_country_faults(judgements), *_requirement_faults(judgements, standard), *_evidence_faults(judgements), *_figure_faults(judgements)]
    if faults:
        raise file.error(faults)
    return judgements


def shortest_quote(language: str) -> int:
    """Return how many characters a quote from a language's law has at least.

    >>> shortest_quote("es"), shortest_quote("zh")
    (40, 15)
    """
    known = nearest_language(language)
    return SHORTEST if known != "und" and language_rules(known).spaced else SHORTEST_UNSPACED


def _country_faults(judgements: Judgements) -> Iterator[Fault]:
    if not is_country_code(judgements.country):
        yield ("country",), f"country {judgements.country!r} is no ISO 3166-1 alpha-3 code such as 'KEN'"
    for index, name in enumerate(judgements.files):
        if name in judgements.files[:index]:
            yield ("files", index), f"file {name!r} is listed twice"


def _requirement_faults(judgements: Judgements, standard: Standard) -> Iterator[Fault]:
    """Yield what keeps the findings from being those of the standard, in its order."""
    wanted: list[str] = [requirement.id for requirement in standard.requirements]
    first_index: dict[str, int] = {}
    for index, finding in enumerate(judgements.findings):
        place, found = ("findings", index, "requirement"), finding.requirement
        if found not in wanted:
            near = get_close_matches(found, wanted, n=3, cutoff=0.5) or [wanted[0], "...", wanted[-1]]
            yield place, f"{standard.title} has no requirement {found!r} (known: {', '.join(near)})"
        elif found in first_index:
            yield place, f"requirement {found} stands twice, first as finding {first_index[found] + 1}"
        else:
            first_index[found] = index
    for before, missing in zip(["", *wanted], wanted, strict=False):
        if missing not in first_index:
            after = ("findings", first_index[before]) if before in first_index else ("findings",)
            yield after, f"requirement {missing} has no finding" + (f"; it comes after {before}" if before else "")
    known = sorted(first_index, key=first_index.__getitem__)
    for given, expected in zip(known, [each for each in wanted if each in first_index], strict=True):
        if given != expected:
            yield ("findings", first_index[given], "requirement"), f"requirement {given} stands where {expected} comes in the order of the standard"
            return


def _evidence_faults(judgements: Judgements) -> Iterator[Fault]:
    shortest = shortest_quote(judgements.language)
    for index, finding in enumerate(judgements.findings):
        decides = [not item.near_miss for item in finding.evidence]
        if finding.verdict is not Verdict.NOT_ADDRESSED and not any(decides):
            yield ("findings", index, "evidence"), f"{finding.verdict} without evidence: quote the words that decide it"
        for number, item in enumerate(finding.evidence):
            place = ("findings", index, "evidence", number)
            if finding.verdict is Verdict.NOT_ADDRESSED and decides[number]:
                yield place, 'evidence for not_addressed: remove it, or mark it "near_miss": true'
            if item.file not in judgements.files:
                yield (*place, "file"), f"file {item.file!r} is not among the files judged"
            length = len(" ".join(item.quote.split()))
            if not shortest <= length <= LONGEST:
                yield (*place, "quote"), f"quote of {length} characters; it takes {shortest} to {LONGEST}"


def _figure_faults(judgements: Judgements) -> Iterator[Fault]:
    for index, finding in enumerate(judgements.findings):
        for number, figure in enumerate(finding.parameters):
            if figure.quote >= len(finding.evidence):
                yield ("findings", index, "parameters", number, "quote"), f"quote {figure.quote} points at no evidence; there are {len(finding.evidence)}, the first is 0"
