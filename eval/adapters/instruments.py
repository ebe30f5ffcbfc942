"""The suite ``instruments``: is the same article found in another language, and its counterpart in a sister instrument?

Articles of international instruments are official translations of each other, number by number: law in several languages
whose counterparts nobody had to judge. Every article is cut into pieces and embedded as a section of national law is, without
title or heading. It is compared with another as the search compares a requirement with a section: the mean nearness of its
pieces to each piece of the other, of which the best counts. Candidates are all articles of the instrument searched, in the
language searched.

What has no number (schedules, final clauses) is left out. Where a number stands twice in a file (an annex counts anew), both
are candidates, and each is looked for where the other language has as many. Tables: ``translations``, a row for each article
and ordered pair of languages; ``counterparts``, a row for each article of a pair of sister instruments that the card numbers
together, in the same language. Their clusters are instruments.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import permutations
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.eval.adapters.questions import progress_of, section_of
from lexfloor.eval.labelled.readers.instruments import Article, aligned, read_instruments
from lexfloor.eval.metrics.ranking import mean_of_known, ranking_row
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.embed import embed, pieces

DEPTHS = (1, 5)
TRANSLATIONS, COUNTERPARTS = "translations", "counterparts"
Matrix = NDArray[np.float32]
Key = tuple[str, str, str, int]
"""An article: instrument, language, number, occurrence."""


class Sisters(BaseModel):
    """Two instruments with the same articles: ``same`` are the first and last number that both share, ``other`` those that differ."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    first: str
    second: str
    same: tuple[int, int]
    other: dict[str, str] = Field(default_factory=dict)


class Options(BaseModel):
    """What the card chooses: instruments, names of theirs that a file's name does not give, and which are sisters."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    instruments: Annotated[tuple[str, ...], Field(min_length=1)]
    named: dict[str, str] = Field(default_factory=dict)
    sisters: tuple[Sisters, ...] = ()


@dataclass(frozen=True)
class Embedded:
    """Articles with the vectors of their pieces."""

    articles: tuple[Article, ...]
    vectors: dict[Key, Matrix]

    def of(self, instrument: str, language: str) -> list[Article]:
        """Return the articles of an instrument in a language, in order of the text."""
        return [article for article in self.articles if (article.instrument, article.language) == (instrument, language)]


def predictions(asked: Asked) -> Tables:
    """Return a row for each article that has a counterpart, with the rank at which it is found.

    Raises:
        DataFileError: an instrument's file or the card's options are broken.
    """
    try:
        options = Options.model_validate(asked.card.options)
    except ValidationError as error:
        raise DataFileError.of_validation(f"suite {asked.card.name}", "options", error) from error
    known = [article for article in read_instruments(asked.data["instruments"], options.named) if article.number and article.instrument in options.instruments]
    chosen = [instrument for instrument in options.instruments if asked.wanted(instrument)]
    sisters = [pair for pair in options.sisters if asked.wanted(sisters_name(pair))]
    needed = {*chosen, *(name for pair in sisters for name in (pair.first, pair.second))}
    library = embedded([article for article in known if article.instrument in needed], asked.runner())
    return {
        TRANSLATIONS: [row for instrument in chosen for row in translations(library, instrument)],
        COUNTERPARTS: [row for pair in sisters for row in counterparts(library, pair)],
    }


def sisters_name(pair: Sisters) -> str:
    """Return the name of a pair of instruments, their rows' cluster."""
    return f"{pair.first}-{pair.second}"


def embedded(articles: Sequence[Article], runner: Runner) -> Embedded:
    """Return articles with the vectors of their pieces, as the stages make them of sections."""
    config = runner.config.embed
    kept, sections = [], []
    for article in articles:
        if text := plain(article.text).text.strip():
            name = f"art_{article.number}__{article.occurrence}"
            section = section_of(name, text, 0, country=article.instrument, file=article.file, label=article.number)
            kept.append(article)
            sections.append(replace(section, language=article.language))
    made = pieces(sections, {}, config)
    vectors = embed(made, runner.encoder, progress=progress_of(runner, "articles: embedding", len(made)))
    owners = np.array([piece.section for piece in made])
    return Embedded(tuple(kept), {key(article): vectors[owners == place] for place, article in enumerate(kept)})


def key(article: Article) -> Key:
    """Return what an article is known by."""
    return article.instrument, article.language, article.number, article.occurrence


def translations(library: Embedded, instrument: str) -> Iterator[Row]:
    """Yield the rows of an instrument for every ordered pair of its languages."""
    own = [article for article in library.articles if article.instrument == instrument]
    for first, second in permutations(sorted({article.language for article in own}), 2):
        yield from _rows(library, aligned(own, first, second), library.of(instrument, second), instrument)


def counterparts(library: Embedded, pair: Sisters) -> Iterator[Row]:
    """Yield the rows of two sister instruments, each searched for the articles of the other, in every language that both have."""
    numbers = {str(number): str(number) for number in range(pair.same[0], pair.same[1] + 1)} | pair.other
    both = {article.language for article in library.articles if article.instrument == pair.first} & {
        article.language for article in library.articles if article.instrument == pair.second
    }
    for language in sorted(both):
        there, back = library.of(pair.first, language), library.of(pair.second, language)
        first, second = _by_number(there), _by_number(back)
        known = [(first[one], second[other]) for one, other in numbers.items() if one in first and other in second]
        yield from _rows(library, known, back, sisters_name(pair))
        yield from _rows(library, [(other, one) for one, other in known], there, sisters_name(pair))


def _by_number(articles: Iterable[Article]) -> dict[str, Article]:
    return {article.number: article for article in articles if article.occurrence == 1}


def _rows(library: Embedded, known: Iterable[tuple[Article, Article]], candidates: Sequence[Article], cluster: str) -> Iterator[Row]:
    """Yield a row for each pair of articles known to be counterparts: the second is looked for among the candidates."""
    for article, wanted in known:
        near = [nearness(library.vectors[key(article)], library.vectors[key(candidate)]) for candidate in candidates]
        order = np.argsort(-np.array(near), kind="stable")
        ranked = [key(candidates[int(place)]) for place in order]
        scores = ranking_row(ranked, {key(wanted)}, DEPTHS)
        yield {
            "item": f"{article.instrument} {_shown(article)} {article.language}, in {wanted.instrument} {wanted.language}",
            "cluster": cluster,
            "instrument": cluster,
            "pair": f"{article.language}-{wanted.language}",
            "direction": f"{article.instrument} to {wanted.instrument}",
            "article": _shown(article),
            "wanted": _shown(wanted),
            "first": _shown(candidates[int(order[0])]),
            "rank": ranked.index(key(wanted)) + 1,
            "candidates": len(candidates),
            "hit@1": scores["hit@1"],
            "hit@5": scores["hit@5"],
            "rr": scores["rr"],
        }


def _shown(article: Article) -> str:
    return article.number if article.occurrence == 1 else f"{article.number} ({article.occurrence})"


def nearness(asked: Matrix, there: Matrix) -> float:
    """Return how near an article is to another: the best of the other's pieces by the mean nearness of the asked one's pieces to it."""
    return float((asked @ there.T).mean(axis=0).max())


def _mean(column: str, rows: Columns) -> float:
    return mean_of_known(rows[column])


MEASURES = tuple(
    Measure(f"{table}/{name}", table, partial(_mean, column)) for table in (TRANSLATIONS, COUNTERPARTS) for name, column in (("hit@1", "hit@1"), ("hit@5", "hit@5"), ("mrr", "rr"))
)
