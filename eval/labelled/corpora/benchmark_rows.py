"""The rows of public benchmarks, and how they come from the benchmarks' records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Annotated

from lexfloor.eval.labelled.readers.contract_nli import ContractNLI
from lexfloor.eval.labelled.readers.instruments import Article, aligned
from lexfloor.eval.labelled.readers.obliqa import ObliQA


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow:
    """A question on the regulations."""

    question: Annotated[str, "Id of the question."]
    text: Annotated[str, "The question."]
    group: Annotated[int, "Number of passages from which the question was made."]
    answers: Annotated[int, "Number of passages that answer it."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRow:
    """A passage of a regulation."""

    passage: Annotated[str, "Id of the passage."]
    document: Annotated[int, "Number of the regulation."]
    label: Annotated[str, "Number of the passage as printed; may stand twice in a regulation."]
    text: Annotated[str, "Words of the passage; empty where only its number is printed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevanceRow:
    """A passage that answers a question."""

    question: Annotated[str, "Id of the question."]
    passage: Annotated[str, "Id of a passage that answers it."]
    document: Annotated[int, "Number of the passage's regulation."]


def question_rows(read: ObliQA) -> Iterator[QuestionRow]:
    """Yield a row for each question."""
    for item in read.questions:
        yield QuestionRow(question=item.id, text=item.text, group=item.group, answers=len(read.relevant[item.id]))


def passage_rows(read: ObliQA) -> Iterator[PassageRow]:
    """Yield a row for each passage."""
    for item in read.passages:
        yield PassageRow(passage=item.id, document=item.document, label=item.label, text=item.text)


def relevance_rows(read: ObliQA) -> Iterator[RelevanceRow]:
    """Yield a row for each question and passage that answers it."""
    documents = {item.id: item.document for item in read.passages}
    for question, passages in read.relevant.items():
        for passage in passages:
            yield RelevanceRow(question=question, passage=passage, document=documents[passage])


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """A contract, cut into sentences and list items."""

    contract: Annotated[str, "Id of the contract."]
    file: Annotated[str, "Name of the file that it came in."]
    kind: Annotated[str, "Where it came from."]
    url: Annotated[str, "Address of the file."]
    text: Annotated[str, "Words of the contract."]
    starts: Annotated[tuple[int, ...], "First code point of each span."]
    ends: Annotated[tuple[int, ...], "Code point after each span's last."]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRow:
    """What a contract says on one hypothesis."""

    contract: Annotated[str, "Id of the contract."]
    hypothesis: Annotated[str, "Id of the hypothesis."]
    title: Annotated[str, "Short name of the hypothesis."]
    statement: Annotated[str, "The hypothesis."]
    choice: Annotated[str, "Entailment, Contradiction or NotMentioned."]
    spans: Annotated[tuple[int, ...], "Positions, from 0, of the contract's spans that show it."]
    starts: Annotated[tuple[int, ...], "First code point of each of these spans in the contract's text."]
    ends: Annotated[tuple[int, ...], "Code point after each of these spans' last."]


def contract_rows(read: ContractNLI) -> Iterator[ContractRow]:
    """Yield a row for each contract."""
    for item in read.contracts:
        starts, ends = tuple(span.start for span in item.spans), tuple(span.end for span in item.spans)
        yield ContractRow(contract=item.id, file=item.file, kind=item.kind, url=item.url, text=item.text, starts=starts, ends=ends)


def label_rows(read: ContractNLI) -> Iterator[LabelRow]:
    """Yield a row for each contract and hypothesis."""
    for contract in read.contracts:
        for hypothesis, item in zip(read.hypotheses, contract.annotations, strict=True):
            spans = [contract.spans[index] for index in item.spans]
            yield LabelRow(
                contract=contract.id,
                hypothesis=hypothesis.id,
                title=hypothesis.title,
                statement=hypothesis.text,
                choice=item.choice,
                spans=item.spans,
                starts=tuple(span.start for span in spans),
                ends=tuple(span.end for span in spans),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveRow:
    """Maternity leave in one country."""

    country: Annotated[str, "Name of the country in English, as published."]
    code: Annotated[int, "Number of the country, as published."]
    region: Annotated[str, "Region, as published."]
    weeks: Annotated[int, "Length of leave in weeks."]
    weeks_note: Annotated[str, "Footnote on the length; empty where there is none."]
    rate: Annotated[float | None, "Percent of wages paid; null where it is not one number."]
    wages: Annotated[str, "What is paid, as published."]
    wages_note: Annotated[str, "Footnote on what is paid; empty where there is none."]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article of an instrument in one language."""

    instrument: Annotated[str, "Name of the instrument."]
    article: Annotated[str, "Number of the article as printed; empty for what has none."]
    occurrence: Annotated[int, "Which of the articles of that number it is, from 1: annexes count anew."]
    language: Annotated[str, "ISO 639-1 code."]
    part: Annotated[str, "Heading of the part, as printed."]
    heading: Annotated[str, "Heading of the article, as printed."]
    text: Annotated[str, "Words of the article, with the marks of the source."]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """An article in two languages."""

    instrument: Annotated[str, "Name of the instrument."]
    article: Annotated[str, "Number of the article as printed."]
    occurrence: Annotated[int, "Which of the articles of that number it is in the first language, from 1."]
    language: Annotated[str, "ISO 639-1 code of the first language."]
    other: Annotated[str, "ISO 639-1 code of the second language."]
    text: Annotated[str, "Words of the article in the first language."]
    other_text: Annotated[str, "Words of the article in the second language."]


def article_rows(articles: Sequence[Article]) -> Iterator[ArticleRow]:
    """Yield a row for each article and language."""
    for item in articles:
        content = asdict(item)
        yield ArticleRow(article=content.pop("number"), **{name: value for name, value in content.items() if name != "file"})


def pair_rows(articles: Sequence[Article]) -> Iterator[PairRow]:
    """Yield a row for each article and pair of languages that it is in."""
    for language, other in combinations(sorted({item.language for item in articles}), 2):
        for one, two in aligned(articles, language, other):
            yield PairRow(instrument=one.instrument, article=one.number, occurrence=one.occurrence, language=language, other=other, text=one.text, other_text=two.text)
