"""What is known of a language for making edits, read from recipes/LANG.toml: numbers in words, clauses, patterns of legal wording."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from lexfloor.pipeline.errors import DataFileError

MONTH = "MONTH"
"""What stands for the names of the months in the pattern of a date."""


class RecipeModel(BaseModel):
    """Base of the records of a recipe: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(RecipeModel):
    """A pattern of legal wording and what takes its place; where the pattern has a group, only the group is replaced."""

    pattern: str = Field(min_length=1)
    instead: str = Field(min_length=1)

    @field_validator("pattern")
    @classmethod
    def _readable(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern


class Form(RecipeModel):
    """The numbers from 1 to 100 in words, in one form of inflection."""

    words: Annotated[tuple[str, ...], Field(min_length=100, max_length=100)]


class Recipe(RecipeModel):
    """How provisions are edited in one language.

    Attributes:
        percent: a share, with {} for the number; takes the place of a fraction.
        condition, exclusion: clauses that make a right a matter of discretion, or leave most persons out of it.
        date: pattern of a date, its day as the group ``day``; ``months`` are the names of the months in it.
        penalties: words near which stand numbers that no benefit depends on.
        ordinals: number to word, for days on which a benefit begins.
        forms: numbers in words.
        discretion, denial: the operative words of a right, and what makes it discretionary or denies it.
        names: names of offices and funds, and others.
    """

    language: str
    percent: str = Field(pattern=r"\{\}")
    condition: str
    exclusion: str
    date: str
    months: tuple[str, ...]
    penalties: tuple[str, ...]
    ordinals: dict[int, str]
    forms: tuple[Form, ...] = Field(min_length=1)
    discretion: tuple[Wording, ...]
    denial: tuple[Wording, ...]
    names: tuple[Wording, ...]

    @property
    def date_pattern(self) -> str:
        """The pattern of a date with the months in their place."""
        return self.date.replace(MONTH, "|".join(self.months))

    def in_words(self, value: int, like: str = "", of: int = 0) -> str | None:
        """Return a number in words, None above 100.

        ``like`` is how the law writes ``of``: the number is given in the same form of inflection where one fits, and in its case.
        """
        if not 1 <= value <= len(self.forms[0].words):
            return None
        flat = " ".join(like.split())
        fitting = [form for form in self.forms if 1 <= of <= len(form.words) and form.words[of - 1] == flat.lower()]
        return cased((fitting or self.forms)[0].words[value - 1], flat)

    def ordinal(self, value: int) -> str | None:
        """Return an ordinal in words, None where the recipe has none."""
        return self.ordinals.get(value)


def cased(words: str, like: str) -> str:
    """Return words in the case of others: all capitals, a capital first, or as they are.

    >>> cased("twenty", "SIX"), cased("twenty", "Six"), cased("twenty", "six")
    ('TWENTY', 'Twenty', 'twenty')
    """
    if len(like) > 1 and like.isupper():
        return words.upper()
    return words[0].upper() + words[1:] if like[:1].isupper() else words


@cache
def recipe(language: str) -> Recipe:
    """Return the recipe of a language.

    Raises:
        DataFileError: there is none, or its file is broken; names the field.
    """
    name = f"eval/counterfactual/recipes/{language}.toml"
    entry = files("lexfloor.eval.counterfactual") / "recipes" / f"{language}.toml"
    if not entry.is_file():
        raise DataFileError(name, "", "no recipe for this language; write one after the others in the folder")
    try:
        return Recipe.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(name, "", error) from error
