"""The suite ``obliqa``: is the passage that answers a question found among all passages of forty regulations?

Each passage is a section under no heading, each question a requirement, and both views of retrieval are taken as for law. The
card has every passage embedded: those that share words with *some* question would be the more, the more questions are asked,
and a sample could not be compared with the whole. Passages stay as published: headings of a word or two can be found and are never
an answer; of passages with the same words one may be the answer and the other not; an empty passage has nothing by which it
could be found.

Table: ``questions``. Its clusters are documents, that of the first passage that answers: what makes one passage of a
regulation hard to find (its terms, long lists, rules that repeat each other) makes its neighbours hard too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.corpora.standards import RequirementWording
from lexfloor.eval.adapters.questions import progress_of, section_of, standard_of, worded
from lexfloor.eval.labelled.readers.obliqa import ObliQA, Passage, Question, read_obliqa
from lexfloor.eval.metrics.ranking import mean_of_known, ranking_row
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.models.encoder import Encoder
from lexfloor.models.questions import FITTED_ON, asking_of, fold_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Provision
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.embed import embed, pieces
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.retrieve import Searched, matches, score, searched

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NAME, TITLE = "OBLIQA", "ObliQA questions"
DEPTHS = (1, 5, 10)
BLOCK = 250
"""Questions scored at once: a block over 15,000 pieces takes about 150 MB."""
MANY = 3


class Options(BaseModel):
    """What the card may choose: ``config`` is for the pipeline; ``questions`` is the size of a sample, 0 for all; a larger sample of a seed holds the smaller ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    config: dict[str, Any] = Field(default_factory=dict)
    split: str = Field(default="dev", pattern=r"^[a-z]+$")
    questions: int = Field(default=0, ge=0)
    seed: int = 0


def predictions(asked: Asked) -> Tables:
    """Return a row for each question: what was found first, and how well it answers.

    Raises:
        DataFileError: the benchmark's files or the card's options are broken.
    """
    options = _options(asked)
    benchmark = read_obliqa(asked.data["benchmark"], options.split)
    chosen = _sample([question for question in benchmark.questions if asked.wanted(document_of(question))], options)
    if not chosen:
        return {"questions": []}
    by_id = {passage.id: passage for passage in benchmark.passages}
    found = rankings(asked, benchmark.passages, chosen, options.split)
    return {"questions": [question_row(question, [by_id[name] for name in ids], benchmark, by_id) for question, ids in zip(chosen, found, strict=True)]}


def _options(asked: Asked) -> Options:
    try:
        return Options.model_validate(asked.card.options)
    except ValidationError as error:
        raise DataFileError.of_validation(f"suite {asked.card.name}", "options", error) from error


def document_of(question: Question) -> str:
    """Return the document of the first passage that answers a question."""
    return str(question.answers[0].document)


def _sample(questions: Sequence[Question], options: Options) -> list[Question]:
    """Return the questions asked for, in the order of their file."""
    keys = {question.id: sha256(f"{options.seed} {question.id}".encode()).hexdigest() for question in questions}
    wanted = frozenset(sorted(keys, key=keys.__getitem__)[: options.questions or len(keys)])
    return [question for question in questions if question.id in wanted]


def rankings(asked: Asked, passages: Sequence[Passage], questions: Sequence[Question], split: str) -> list[list[str]]:
    """Return for each question the ids of the passages found, best first, ten at most.

    Where the configuration asks with what was fitted on questions and the split is the one it was fitted on, each question is
    asked with what knows the questions of all other folds.
    """
    config = asked.config.retrieve
    search = search_of(asked, passages, questions)
    found: list[list[str]] = [[] for _ in questions]
    done = 0
    for fold, places in folded(questions, config.questions and split == FITTED_ON).items():
        runner = replace(search.runner, questions=asking_of(search.runner.encoder, fold) if config.questions else None)
        for rows, view in search.views(places, runner.asks):
            runner.report("questions", done, len(questions))
            place = {requirement.id: row for requirement, row in zip(view.standard.requirements, rows, strict=True)}
            for match in matches(view.standard, view.found, view.scores, config, runner.likely(view)):
                found[place[match.requirement]].append(match.provision)
            done += len(rows)
    return [own[: max(DEPTHS)] for own in found]


def folded(questions: Sequence[Question], by_fold: bool) -> dict[int | None, list[int]]:
    """Return the places of questions by fold; under None all of them, where folds do not matter."""
    folds: dict[int | None, list[int]] = {}
    for place, question in enumerate(questions):
        folds.setdefault(fold_of(question.id) if by_fold else None, []).append(place)
    return folds


@dataclass(frozen=True)
class Search:
    """Passages with their words counted for all questions, and embedded, once; only the comparison is made block by block.

    ``vectors`` are those of the pieces in ``found``, whose lexical scores are (questions, pieces).
    """

    runner: Runner
    wordings: Sequence[RequirementWording]
    found: Searched
    vectors: NDArray[np.float32]

    def views(self, places: Sequence[int], encoder: Encoder) -> Iterator[tuple[Sequence[int], View]]:
        """Yield questions in blocks: their places, and what is seen of the passages for them when they are encoded with ``encoder``."""
        config = self.runner.config
        for start in range(0, len(places), BLOCK):
            rows = places[start : start + BLOCK]
            block = standard_of(NAME, TITLE, [self.wordings[row] for row in rows], config.standard)
            part = replace(self.found, lexical=self.found.lexical[list(rows)])
            yield rows, View(block, part, self.vectors, score(block, part, self.vectors, encoder, config.retrieve), (), (), {})


def search_of(asked: Asked, passages: Sequence[Passage], questions: Sequence[Question]) -> Search:
    """Return the search of passages for questions."""
    runner = asked.runner()
    sections = list(sections_of(passages))
    wordings = [worded(question.text) for question in questions]
    whole = standard_of(NAME, TITLE, wordings, asked.config.standard)
    found = searched(whole, sections, pieces(sections, {}, asked.config.embed), asked.config.retrieve)
    vectors = embed(found.pieces, runner.encoder, progress=progress_of(runner, "embedding passages", len(found.pieces)))
    return Search(runner, wordings, found, vectors)


def sections_of(passages: Sequence[Passage]) -> Iterator[Provision]:
    """Yield the passages that have words as sections, each document a file."""
    ends: dict[int, int] = {}
    for passage in passages:
        start = ends.get(passage.document, 0)
        ends[passage.document] = start + len(passage.text) + 1
        if passage.text.strip():
            yield section_of(passage.id, passage.text, start, country=NAME, file=str(passage.document), label=passage.label)


def question_row(question: Question, found: Sequence[Passage], benchmark: ObliQA, by_id: dict[str, Passage]) -> Row:
    """Return what a question's row says; passages are named by document and number, as people cite them."""
    relevant = benchmark.relevant[question.id]
    scores = ranking_row([passage.id for passage in found], frozenset(relevant), DEPTHS)
    return {
        "item": question.id,
        "cluster": document_of(question),
        "group": str(question.group),
        "passages": str(len(relevant)) if len(relevant) < MANY else f"{MANY} or more",
        "relevant": len(relevant),
        "gold": "; ".join(_cited(by_id[name]) for name in relevant),
        "first": _cited(found[0]),
        "right": scores["hit@1"] == 1,
        **scores,
        "found": json.dumps([_cited(passage) for passage in found], ensure_ascii=False),
    }


def _cited(passage: Passage) -> str:
    return f"{passage.document} {passage.label}"


def _mean(column: str, rows: Columns) -> float:
    return mean_of_known(rows[column])


MEASURES = (
    Measure("retrieval/recall@10", "questions", partial(_mean, "recall@10")),
    Measure("retrieval/map@10", "questions", partial(_mean, "ap@10")),
    Measure("retrieval/mrr@10", "questions", partial(_mean, "rr")),
    Measure("retrieval/ndcg@10", "questions", partial(_mean, "ndcg@10")),
    *(Measure(f"retrieval/hit@{depth}", "questions", partial(_mean, f"hit@{depth}")) for depth in DEPTHS),
)
