"""International instruments split by article, the same article in several languages side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.eval.labelled.readers.entries import entries, json_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.language import ISO_639_1, stated_language

_LANGUAGE = re.compile(r"_[a-z]{2}$")


@dataclass(frozen=True, slots=True)
class Article:
    """An article of an instrument in one language.

    Attributes:
        instrument: name of the instrument: the file's name without the language at its end.
        file: name of the file.
        number: as printed; empty for schedules and annexes without articles.
        occurrence: from 1: which of the articles of that number it is, in order of the text (an annex counts anew).
        language: ISO 639-1 code.
        part, heading: as printed, empty where the file gives none.
    """

    instrument: str
    file: str
    number: str
    occurrence: int
    language: str
    part: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    lang: str
    article: str
    text: str
    part: str = ""
    heading: str = ""


def read_instruments(folder: Path, same: Mapping[str, str] | None = None) -> tuple[Article, ...]:
    """Return the articles with text of all instruments in a folder of JSON files, by file and in order of the text.

    ``same`` gives the instrument of files whose name, less its language, is another one.

    Raises:
        DataFileError: there is no file, a file is broken, or a language is not known.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise DataFileError(str(folder), "", "no instrument (*.json) in this folder")
    return tuple(article for path in files for article in _articles(path, same or {}))


def _articles(path: Path, same: Mapping[str, str]) -> list[Article]:
    stem = _LANGUAGE.sub("", path.stem)
    counted: dict[tuple[str, str], int] = {}
    found = []
    for number, entry in enumerate(entries(_Entry, json_of(path), path, "article"), 1):
        language = stated_language(entry.lang)
        if len(language) != ISO_639_1:
            raise DataFileError(str(path), f"entry {number} ({entry.article})", f"field lang: {entry.lang!r} is no language code that is known")
        if not entry.text.strip():
            continue
        place = language, entry.article
        counted[place] = counted.get(place, 0) + 1
        found.append(Article(same.get(stem, stem), path.name, entry.article, counted[place], language, entry.part.strip(" —"), entry.heading, entry.text))
    return found


def aligned(articles: Sequence[Article], first: str, second: str) -> list[tuple[Article, Article]]:
    """Return the articles that an instrument has in both languages, by the first place of their number in the first language.

    Articles are paired by number; where a number stands several times (annexes count anew) by its occurrence, and only where
    both languages have it equally often. What has no number is not paired.
    """
    by_number: dict[tuple[str, str, str], list[Article]] = {}
    for article in articles:
        if article.number:
            by_number.setdefault((article.language, article.instrument, article.number), []).append(article)
    pairs: list[tuple[Article, Article]] = []
    for (language, instrument, number), mine in by_number.items():
        theirs = by_number.get((second, instrument, number), [])
        if language == first and len(mine) == len(theirs):
            pairs += zip(mine, theirs, strict=True)
    return pairs
