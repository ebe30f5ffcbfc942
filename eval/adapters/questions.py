"""Questions as a standard, passages as sections: what the pipeline asks of law, asked of any text.

A benchmark's questions become the requirements of a standard that exists only while it is run, and its passages become
sections; from there on everything is done by the stages that read law. Both benchmarks are in English.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from lexfloor.corpora.standards import Part, Requirement, RequirementWording, Standard, Wording
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Contingency, Dimension, Level, Provision, ProvisionId, ProvisionKind, ProvisionStatus, RequirementId, Span
from lexfloor.pipeline.runner import Runner

LANGUAGE = "en"
PART = "1"
"""All questions are peers: they stand in one Part."""


def worded(question: str, terms: Sequence[str] = ()) -> RequirementWording:
    """Return the wording that a question is searched with: its own, and what ``terms`` an answer may use beside it.

    Raises:
        DataFileError: the question is too short to be asked.
    """
    try:
        return RequirementWording(statement=question, as_law=(question,), terms=tuple(terms) or (question,))
    except ValidationError as error:
        raise DataFileError.of_validation("the questions", repr(question[:60]), error) from error


def standard_of(name: str, title: str, questions: Sequence[RequirementWording], like: str) -> Standard:
    """Return the standard whose requirements are the questions, in their order: the n-th has the id ``NAME:n``, from 1.

    ``like`` is the key of the shipped standard by whose phrases sections are read; as a question is about no contingency,
    none of that standard's contingencies counts for it.
    """
    numbers = range(1, len(questions) + 1)
    ids = [RequirementId(f"{name}:{number}") for number in numbers]
    requirements = tuple(
        Requirement(id=wanted, part=PART, contingency=Contingency.ALL, dimension=Dimension.GOVERNANCE, article=str(number)) for number, wanted in zip(numbers, ids, strict=True)
    )
    wording = Wording(language=LANGUAGE, parts={PART: title}, contingencies={}, requirements=dict(zip(ids, questions, strict=True)))
    part = Part(id=PART, contingency=Contingency.ALL, articles=f"1-{len(questions)}")
    return Standard(id=name, title=title, adopted=0, parts=(part,), requirements=requirements, wording={LANGUAGE: wording}, key=like)


def section_of(name: str, text: str, start: int, *, country: str, file: str, label: str) -> Provision:
    """Return a passage as a section of a law in force that stands under no heading.

    ``name`` is unique in the file; ``start`` is where the passage, which has at least one character, begins in the file's text.
    """
    return Provision(
        id=ProvisionId(name),
        country=country,
        file=file,
        parent="",
        level=Level.SECTION,
        section=label,
        label=label,
        heading="",
        path=(),
        kind=ProvisionKind.OPERATIVE,
        status=ProvisionStatus.IN_FORCE,
        span=Span(start, start + len(text)),
        language=LANGUAGE,
        text=text,
    )


def progress_of(runner: Runner, what: str, total: int) -> Callable[[int], None]:
    """Return a callback that adds up what it is told is done, and reports it."""
    done = 0

    def report(count: int) -> None:
        nonlocal done
        done += count
        runner.report(what, done, total)

    return report
