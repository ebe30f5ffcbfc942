"""ObliQA: questions on financial regulations with the passages that answer them.

Source: Gokhan et al. 2024, "Regulatory Information Retrieval and Answer Generation (RIRAG)"; files as published by RegNLP.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field

from lexfloor.eval.labelled.readers.entries import entries, json_of
from lexfloor.pipeline.errors import DataFileError

DOCUMENTS = "StructuredRegulatoryDocuments"


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage of a regulation. ``label`` is its number as printed and may stand twice in a document; ``id`` is unique."""

    id: Annotated[str, Field(alias="ID", min_length=1)]
    document: Annotated[int, Field(alias="DocumentID")]
    label: Annotated[str, Field(alias="PassageID")]
    text: Annotated[str, Field(alias="Passage")]


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage as a question names it: by document and number, with the words that were shown to who asked."""

    document: Annotated[int, Field(alias="DocumentID")]
    label: Annotated[str, Field(alias="PassageID")]
    text: Annotated[str, Field(alias="Passage")]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its answers; ``group`` is the number of passages from which it was made."""

    id: Annotated[str, Field(alias="QuestionID", min_length=1)]
    text: Annotated[str, Field(alias="Question", min_length=1)]
    answers: Annotated[tuple[Answer, ...], Field(alias="Passages", min_length=1)]
    group: Annotated[int, Field(alias="Group")]


@dataclass(frozen=True, slots=True)
class ObliQA:
    """The benchmark: ``relevant`` gives the ids of the passages that answer a question, by the question's id."""

    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]
    relevant: dict[str, tuple[str, ...]]


def read_obliqa(folder: Path, split: str = "dev") -> ObliQA:
    """Return the questions of a split with all passages of the regulations; passages are in order of document and text.

    Raises:
        DataFileError: a file is missing or broken, or a question names a passage that no document holds.
    """
    path = folder / f"ObliQA_{split}.json"
    questions = entries(Question, json_of(path), path, "QuestionID")
    passages = read_passages(folder / DOCUMENTS)
    exact = {(passage.document, passage.label, passage.text): passage.id for passage in reversed(passages)}
    named = {(passage.document, passage.label): passage.id for passage in reversed(passages)}
    relevant: dict[str, tuple[str, ...]] = {}
    for number, question in enumerate(questions, 1):
        entry = f"entry {number} ({question.id})"
        if question.id in relevant:
            raise DataFileError(str(path), entry, "this question stands twice; remove one of the two")
        found = []
        for answer in question.answers:
            # A number may stand twice in a document: the words decide, else the first passage of that number.
            place = exact.get((answer.document, answer.label, answer.text)) or named.get((answer.document, answer.label))
            if place is None:
                raise DataFileError(str(path), entry, f"passage {answer.label} of document {answer.document} is not among the documents in {folder / DOCUMENTS}")
            found.append(place)
        relevant[question.id] = tuple(dict.fromkeys(found))
    return ObliQA(questions, passages, relevant)


def read_passages(folder: Path) -> tuple[Passage, ...]:
    """Return the passages of all regulations in a folder, headings and empty ones included, by document and place in it.

    Raises:
        DataFileError: there is no regulation, a file is broken, or an id stands twice.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise DataFileError(str(folder), "", "no regulation (*.json) in this folder; unpack the published documents here")
    found: dict[str, Passage] = {}
    for path in files:
        for number, passage in enumerate(entries(Passage, json_of(path), path, "PassageID"), 1):
            if passage.id in found:
                raise DataFileError(str(path), f"entry {number} ({passage.label})", f"id {passage.id} stands twice; each passage needs its own")
            found[passage.id] = passage
    return tuple(sorted(found.values(), key=_document))


def _document(passage: Passage) -> int:
    return passage.document
