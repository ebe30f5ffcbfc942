"""What masking knows of languages: languages.toml, and how words are spelled for comparison."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from lexfloor.pipeline.words import folded

LATIN_END = "\u0250"


class LanguageWords(BaseModel):
    """What a language's table in languages.toml says; its head explains each."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    small: bool = False
    ordinary: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    formal: str = ""


@cache
def language_words() -> dict[str, LanguageWords]:
    """Return what languages.toml says of each language."""
    content = tomllib.loads((files("lexfloor.eval.masking") / "languages.toml").read_text(encoding="utf-8"))
    return {code: LanguageWords.model_validate(table) for code, table in content.items()}


def spelled(word: str) -> str:
    """Return a word in one spelling: in small letters, and without accents where they move (in other scripts than the Latin).

    >>> spelled("Perú"), spelled("Κύπρος")
    ('perú', 'κυπροσ')
    """
    return word.lower() if word[:1] < LATIN_END else folded(word)
