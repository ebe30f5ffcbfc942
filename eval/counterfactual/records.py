"""The records of the counterfactual edits: one change of a law, one requirement, and what must become of its verdict."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lexfloor.pipeline.records import RequirementId, Verdict

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Kind(StrEnum):
    """What is done to the law. Kinds that begin with "control" must leave the verdict as it is; all others must change it."""

    FIGURE_DIGITS = "figure_digits"
    FIGURE_WORDS = "figure_words"
    SHALL_TO_MAY = "shall_to_may"
    EXCEPTION = "exception"
    RIGHT_REMOVED = "right_removed"
    SECTION_DELETED = "section_deleted"
    CONTROL_NAME = "control_name"
    CONTROL_DATE = "control_date"
    CONTROL_FIGURE = "control_figure"
    CONTROL_OTHER = "control_other"

    @property
    def control(self) -> bool:
        """Whether an edit of this kind must not matter."""
        return self.value.startswith("control")


class EditModel(BaseModel):
    """Base of the stored records: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Replacement(EditModel):
    """One stretch of a law and what takes its place.

    Attributes:
        file: path inside the country's folder.
        start, end: code points of the law's text as ingested, half open; equal where something is inserted.
        text: our words or digits in place of the stretch; empty where it is cut out.
        original_hash: SHA-256 of the stretch, in UTF-8.
        value, unit: where the replacement is the figure that matters, what it says then (days, weeks, months, years, percent).
    """

    file: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
    original_hash: Hash
    value: float | None = None
    unit: Literal["days", "weeks", "months", "years", "percent"] | None = None

    @model_validator(mode="after")
    def _sound(self) -> Replacement:
        if self.end < self.start or (self.end == self.start and not self.text):
            raise ValueError(f"replacement [{self.start}, {self.end}) is reversed, or neither takes nor adds anything")
        if (self.value is None) != (self.unit is None):
            raise ValueError("value and unit belong together")
        return self


class Edit(EditModel):
    """A change of a country's law whose effect on one requirement's verdict is known beforehand.

    Attributes:
        id: unique, made of country, requirement, kind and a hash of the replacements.
        country: ISO 3166-1 alpha-3 code; XVA is the bundled sample.
        language: ISO 639-1 code of the changed law.
        requirement: the one whose verdict is looked at.
        expects: whether the verdict must change ("flip") or must not ("keep").
        before: the gold verdict on the law as it is.
        after: the verdicts that are right on the changed law; only ``before`` where nothing must change.
        files: SHA-256 of the bytes of each file that is changed.
        replacements: in order of file and place, none overlapping another.
    """

    id: str = Field(min_length=1)
    country: str = Field(pattern=r"^[A-Z]{3}$")
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    requirement: RequirementId
    kind: Kind
    expects: Literal["flip", "keep"]
    before: Verdict
    after: tuple[Verdict, ...] = Field(min_length=1)
    files: dict[str, Hash]
    replacements: tuple[Replacement, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Edit:
        if (self.expects == "keep") != self.kind.control:
            raise ValueError(f"{self.id}: an edit of kind {self.kind} cannot expect {self.expects!r}")
        if self.kind.control and self.after != (self.before,):
            raise ValueError(f"{self.id}: a control keeps the verdict {self.before}, not {', '.join(self.after)}")
        if not self.kind.control and self.before in self.after:
            raise ValueError(f"{self.id}: the verdict {self.before} must change, yet it is among those allowed after")
        if set(self.files) != {item.file for item in self.replacements}:
            raise ValueError(f"{self.id}: files and replacements name different files")
        places = [(item.file, item.start, item.end) for item in self.replacements]
        if any(first[0] == second[0] and second[1] < first[2] for first, second in pairwise(places)) or places != sorted(places):
            raise ValueError(f"{self.id}: replacements overlap or are out of order")
        return self


class Collection(EditModel):
    """One stored file: the edits of one country."""

    country: str
    edits: tuple[Edit, ...]
