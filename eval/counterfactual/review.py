"""What the reviewer decided about the drafts: which are no fair test and why, and what else than usual is right after an edit."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, ValidationError

from lexfloor.eval.counterfactual.figures import Moves
from lexfloor.eval.counterfactual.records import EditModel
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import RequirementId, Verdict


class Move(EditModel):
    """A new value for a figure that counts together with others: six weeks before and eight after."""

    country: str
    requirement: RequirementId
    value: float
    unit: Literal["days", "weeks", "months", "years", "percent"]
    to: int = Field(gt=0)


class Review(EditModel):
    """The decisions.

    Attributes:
        rejected: id of a draft to the reason why its effect is not known beforehand, or its wording is none.
        after: id of a draft to the verdicts that are right after it, where they differ from what is usual for its kind.
        figures: figures that are moved together.
    """

    rejected: dict[str, str] = Field(default_factory=dict)
    after: dict[str, tuple[Verdict, ...]] = Field(default_factory=dict)
    figures: tuple[Move, ...] = ()

    def moves(self, country: str, requirement: str) -> Moves:
        """Return the new values set for the figures of one finding; empty where none are."""
        return {(move.value, move.unit): move.to for move in self.figures if (move.country, move.requirement) == (country, requirement)}


@cache
def reviewed() -> Review:
    """Return the decisions in review.toml.

    Raises:
        DataFileError: the file is broken; names the field.
    """
    name = "eval/counterfactual/review.toml"
    source = (files("lexfloor.eval.counterfactual") / "review.toml").read_text(encoding="utf-8")
    try:
        return Review.model_validate(tomllib.loads(source))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(name, "", error) from error
