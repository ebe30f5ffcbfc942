"""What annotators marked, pasted and noted, as quotes of the law and figures in them."""

from __future__ import annotations

import re

from pydantic import ValidationError

from lexfloor.corpora.judgements import LONGEST, JudgedEvidence, JudgedFigure, shortest_quote
from lexfloor.eval.labelled.label_studio.exported import ResultValue, TaskData
from lexfloor.eval.labelled.label_studio.shown import CountryTexts
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.plain import collapsed

_FIGURE = re.compile(r"(?P<parameter>\w+)\s+(?P<value>-?\d+(?:\.\d+)?)\s+(?P<unit>[A-Za-z_']+)(?:,\s*(?P<qualifier>.+))?")


class Unusable(InputError):
    """An entry of an annotation that breaks the guidelines; its text says what to do."""


def marked(data: TaskData, value: ResultValue) -> JudgedEvidence:
    """Return the evidence that a stretch marked in a task's text is: the words of one section.

    Raises:
        Unusable: it is no stretch of the text, or holds words of no section or of several.
    """
    start, end = _span(data.text, value)
    inside = {section: data.text[max(start, section.at) : min(end, section.at + section.length)] for section in data.sections if section.at < end}
    words = {section: collapsed(text) for section, text in inside.items() if text.strip()}
    if not words:
        raise Unusable("only the line above a section is marked; mark words of the section")
    if len(words) > 1:
        raise Unusable("words of several sections are marked; mark those of each on their own")
    ((section, quote),) = words.items()
    return JudgedEvidence(file=section.file, section=section.section, quote=quote)


def _span(text: str, value: ResultValue) -> tuple[int, int]:
    """Return a stretch in code points: some versions of Label Studio count UTF-16 units, so the words that it gives decide."""
    first, last, words = value.start or 0, value.end or 0, collapsed(" ".join(value.text))
    units = text.encode("utf-16-le", "surrogatepass")
    before, upto = (len(units[: 2 * place].decode("utf-16-le", "replace")) for place in (first, last))
    for start, end in ((first, last), (before, upto)):
        if 0 <= start < end <= len(text) and (not words or collapsed(text[start:end]) == words):
            return start, end
    raise Unusable(f"the stretch {value.start} to {value.end} is not the words {words[:40]!r} of the task's text; import the tasks anew")


def elsewhere(words: str, texts: CountryTexts) -> JudgedEvidence:
    """Return the evidence that words pasted from the law are, with their file and section.

    Raises:
        Unusable: they stand in no law, or in several.
    """
    places = texts.found(words)
    if len(places) != 1:
        where = f"in {', '.join(file for file, _ in places)}: quote more of them" if places else "in no law: take them word for word from the law"
        raise Unusable(f"the words {words[:40]!r}... stand {where}")
    ((file, section),) = places
    return JudgedEvidence(file=file, section=section, quote=collapsed(words))


def verbatim(evidence: JudgedEvidence, texts: CountryTexts) -> JudgedEvidence:
    """Return evidence with its quote as the guidelines read the law: every mark a space, raised figures on the line.

    Raises:
        Unusable: its file is not among the laws, the quote is not in it, or is shorter or longer than quotes may be.
    """
    if evidence.file not in texts.laws:
        raise Unusable(f"file {evidence.file!r} is not among the laws of {texts.country}")
    law = texts.quoted(evidence.file)
    span = law.place(evidence)
    if span is None:
        raise Unusable(f"the quote {evidence.quote[:40]!r}... is not in {evidence.file}: the law was changed since the tasks were made")
    quote = law.readings[-1].between(*span)
    shortest = shortest_quote(texts.language)
    if not shortest <= len(quote) <= LONGEST:
        raise Unusable(f"quote of {len(quote)} characters; mark {shortest} to {LONGEST}: the words that decide the matter")
    return evidence.model_copy(update={"quote": quote})


def figure(line: str, quote: int) -> JudgedFigure:
    """Return the figure that a line tells ("maximum_duration 26 weeks, for whom"), in the evidence of that position.

    Raises:
        Unusable: the line is written otherwise, or the figure is of a kind that is not recorded.
    """
    told = _FIGURE.fullmatch(line.strip())
    if told is None:
        raise Unusable(f"figure {line!r}: write it as: parameter value unit, for whom")
    content = {"parameter": told["parameter"], "value": float(told["value"]), "unit": told["unit"], "qualifier": told["qualifier"], "quote": quote}
    try:
        return JudgedFigure.model_validate(content)
    except ValidationError as error:
        raise Unusable(f"figure {line!r}: " + "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())) from error
