"""Standards as data: an instrument's Parts, requirements, rules and figures, and its wording in many languages.

A standard is one TOML file; its wording may stand in the file (``[wording.en]``) or, a file a language, in the folder
of the same name beside it. Adding an instrument is adding files.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Contingency, Dimension, RequirementId

PARAMETERS = (
    "maximum_duration",
    "waiting_period",
    "pensionable_age",
    "qualifying_period",
    "qualifying_period_reduced",
    "replacement_rate",
    "replacement_rate_survivors",
    "persons_protected_share",
    "total_value_per_child",
    "employee_contribution_share",
    "degree_of_incapacity",
    "adjustment_interval",
    "time_limit_appeal",
    "minimum_benefit",
    "ceiling",
)
"""What a rule may measure."""
Model = TypeVar("Model", bound=BaseModel)
Text = Annotated[str, Field(min_length=2)]


class StandardModel(BaseModel):
    """Base of the records in a standard's files: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Threshold(StandardModel):
    """One way of meeting a rule: a figure and its unit."""

    value: float
    unit: Text


class Rule(Threshold):
    """The test of a requirement that is a figure: ``parameter op value unit``.

    The alternatives are other ways of meeting it, with the same comparison: "30 years of contribution or 20 of residence".
    """

    parameter: Literal[PARAMETERS]  # type: ignore[valid-type]
    op: Literal[">=", "<="]
    alternatives: tuple[Threshold, ...] = ()


class TemporaryException(StandardModel):
    """What Article 3 allows a Member with an insufficiently developed economy. Source: C102, art. 3."""

    article: Text
    allows: Text
    instead: Threshold | None = Field(default=None, description="The figure that may stand in place of the rule's, where the exception is one.")


class Requirement(StandardModel):
    """One thing that a national law can meet or miss."""

    id: Annotated[RequirementId, Field(pattern=r"^[A-Z0-9]+:[0-9]+(\.[0-9a-z_]+)?$")]
    part: str = Field(pattern=r"^[0-9A-Z]+$")
    contingency: Contingency
    dimension: Dimension
    article: str = Field(min_length=1)
    rule: Rule | None = None
    practice: Rule | None = Field(default=None, description="The figure up to which the instrument's open wording is taken as met.")
    exception: TemporaryException | None = None

    @property
    def main_article(self) -> str:
        """The article's number alone: "36(1) with 65-66" → "36"."""
        return self.article.partition("(")[0].partition(" ")[0].partition(",")[0]


class Part(StandardModel):
    """A Part of the instrument."""

    id: str
    contingency: Contingency
    articles: str


class StandardBeneficiary(StandardModel):
    """A line of the Schedule: whose benefit is measured, and its floor in percent of the reference wage."""

    part: str
    contingency: Contingency
    beneficiary: Text
    percentage: float = Field(gt=0, le=100)


class Acceptance(StandardModel):
    """Which Parts must be met for the instrument to be accepted. Source: C102, art. 2."""

    article: str
    always: tuple[str, ...]
    minimum: int = Field(ge=1)
    choose_from: tuple[str, ...]
    at_least_one_of: tuple[str, ...]


class RequirementWording(StandardModel):
    """A requirement in one language."""

    statement: Text = Field(description="What the instrument asks, in our own words.")
    as_law: tuple[Text, ...] = Field(min_length=1, description="How a national law would word the rule that answers it.")
    terms: tuple[Text, ...] = Field(min_length=1, description="Terms of art that such a rule contains.")


class Wording(StandardModel):
    """A standard in one language."""

    language: str = Field(pattern=r"^[a-z]{2,3}$")
    parts: dict[str, Text] = Field(description="Title of each Part.")
    contingencies: dict[Contingency, tuple[Text, ...]] = Field(description="How national laws name the contingency and its benefit.")
    requirements: dict[RequirementId, RequirementWording]


class Standard(StandardModel):
    """An instrument as the pipeline uses it."""

    id: str = Field(pattern=r"^[A-Z0-9]+$")
    title: Text
    adopted: int
    acceptance: Acceptance | None = None
    schedule: tuple[StandardBeneficiary, ...] = ()
    parts: tuple[Part, ...] = Field(min_length=1)
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    wording: dict[str, Wording] = Field(default_factory=dict)
    key: str = Field(default="", exclude=True, description="What the standard was loaded by; set by the loader.")

    @model_validator(mode="after")
    def _consistent(self) -> Standard:
        known = {part.id for part in self.parts}
        ids = [requirement.id for requirement in self.requirements]
        for requirement in self.requirements:
            if requirement.part not in known:
                raise ValueError(f"requirement {requirement.id}: part {requirement.part!r} is not among the parts")
            if ids.count(requirement.id) > 1:
                raise ValueError(f"requirement {requirement.id} stands twice")
            if not requirement.id.startswith(f"{self.id}:"):
                raise ValueError(f"requirement {requirement.id}: ids of this standard begin with {self.id}:")
        if self.acceptance:
            named = {*self.acceptance.always, *self.acceptance.choose_from, *self.acceptance.at_least_one_of}
            if strangers := sorted(named - known):
                raise ValueError(f"acceptance names Parts that the standard has not: {', '.join(strangers)}")
        for language, wording in self.wording.items():
            faults = wording_faults(self, wording)
            if faults:
                raise ValueError(f"wording.{language}: {'; '.join(faults[:3])}")
        return self

    def __hash__(self) -> int:
        """Return the hash of the id: standards are compared whole but found by their id."""
        return hash(self.id)

    def in_language(self, language: str) -> Wording:
        """Return the wording in a language, in English where the language has none."""
        return self.wording.get(language) or self.wording["en"]

    def requirement(self, wanted: str) -> Requirement:
        """Return a requirement by its id.

        Raises:
            DataFileError: the standard has no such requirement.
        """
        for requirement in self.requirements:
            if requirement.id == wanted:
                return requirement
        raise DataFileError(self.id, wanted, f"no such requirement; the ids run from {self.requirements[0].id} to {self.requirements[-1].id}")


def wording_faults(standard: Standard, wording: Wording) -> list[str]:
    """Return what a wording lacks or has too much: requirement ids, titles of Parts, names of contingencies."""
    ids, parts = [requirement.id for requirement in standard.requirements], [part.id for part in standard.parts]
    used = {requirement.contingency for requirement in standard.requirements} - {Contingency.ALL}
    faults = [f"requirement {wanted} has no wording" for wanted in ids if wanted not in wording.requirements]
    faults += [f"requirement {found} is not in the standard" for found in wording.requirements if found not in ids]
    faults += [f"parts.{part} has no title" for part in parts if part not in wording.parts]
    faults += [f"contingencies.{name} is not named" for name in sorted(used) if name not in wording.contingencies]
    return faults


def standard_names() -> tuple[str, ...]:
    """Return the names of the shipped standards, sorted."""
    folder = files("lexfloor.corpora") / "standards"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load_standard(name: str) -> Standard:
    """Return a standard by its shipped name ("c102") or by the path of its file, wording included.

    Raises:
        DataFileError: there is no such standard, or a file of it is broken; names file, requirement and field.
    """
    own = Path(name)
    if own.suffix == ".toml":
        if not own.is_file():
            raise DataFileError(name, "", "no such file")
        return _read(own, name, name)
    entry = files("lexfloor.corpora") / "standards" / f"{name.lower()}.toml"
    if not entry.is_file():
        raise DataFileError(name, "", f"no such standard; known: {', '.join(standard_names())}, or the path of a standard's TOML file")
    return _read(entry, f"corpora/standards/{name.lower()}.toml", name)


def _read(entry: Traversable, name: str, key: str) -> Standard:
    content = _toml(entry, name)
    standard = _validated(Standard, content, name, "requirements")
    folder = _beside(entry)
    wording = dict(standard.wording)
    for file in sorted(folder.iterdir(), key=_name) if folder.is_dir() else ():
        if not file.name.endswith(".toml"):
            continue
        shown = f"{name.removesuffix('.toml')}/{file.name}"
        read = _validated(Wording, _toml(file, shown), shown, "")
        faults = wording_faults(standard, read)
        if faults:
            raise DataFileError(shown, "", "; ".join(faults[:3]))
        wording[read.language] = read
    if "en" not in wording:
        raise DataFileError(name, "", "field wording: a standard needs its wording in English at least")
    return standard.model_copy(update={"wording": wording, "key": key})


def _beside(entry: Traversable) -> Traversable:
    if isinstance(entry, Path):
        return entry.with_suffix("")
    return files("lexfloor.corpora") / "standards" / entry.name.removesuffix(".toml")


def _name(entry: Traversable) -> str:
    return entry.name


def _toml(entry: Traversable, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(entry.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error


def _validated(model: type[Model], content: dict[str, Any], name: str, listed: str) -> Model:
    """Return the content as a record; the error names the requirement, not its place in the list."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]["loc"]
        item = ""
        if listed and len(first) > 1 and first[0] == listed and isinstance(first[1], int):
            item = f"requirement {content[listed][first[1]].get('id', f'number {first[1] + 1}')}"
        elif len(first) > 1 and first[0] == "requirements":
            item = f"requirement {first[1]}"
        raise DataFileError.of_validation(name, item, error) from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a standard's file, for editors."""
    return Standard.model_json_schema()
