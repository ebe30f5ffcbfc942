"""Where the quotes of judgements stand in the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lexfloor.corpora.json_file import Fault, JsonFile
from lexfloor.corpora.judgements import JudgedEvidence, Judgements
from lexfloor.eval.labelled.readings import Reading, readings
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Law, Level, Span
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.labels import number_of


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """Where the quote of an evidence stands: ``laws[file].text[start:end]``; ``finding`` and ``evidence`` are positions from 0."""

    finding: int
    evidence: int
    file: str
    start: int
    end: int


@dataclass(slots=True)
class QuotedLaw:
    """A law in which quotes are looked for; what is slow is made when it is first asked for, and once."""

    law: Law
    _readings: list[Reading] = field(default_factory=list)
    _sections: list[tuple[str, Span]] | None = None

    @property
    def readings(self) -> Sequence[Reading]:
        """The ways in which people read its text."""
        if not self._readings:
            self._readings.extend(readings(self.law.text))
        return self._readings

    @property
    def sections(self) -> Sequence[tuple[str, Span]]:
        """Number and stretch of each of its sections."""
        if self._sections is None:
            nodes = segment(self.law).provisions
            self._sections = [(number_of(node.section), node.span) for node in nodes if node.level is Level.SECTION]
        return self._sections

    def place(self, evidence: JudgedEvidence) -> tuple[int, int] | None:
        """Return where a quote stands, None where it does not.

        Of several places the first in a section of the evidence's number counts, else the first of all. A quote that differs
        from the law in its marks alone is found by its letters and figures.
        """
        found = next(filter(None, (reading.spans(evidence.quote) for reading in self.readings)), None)
        found = found or next(filter(None, (reading.spans_by_letters(evidence.quote) for reading in self.readings)), None)
        if found is None or len(found) == 1:
            return found[0] if found else None
        number = number_of(evidence.section)
        named = [span for label, span in self.sections if label == number]
        return next((place for place in found if any(span.start <= place[0] and place[1] <= span.end for span in named)), found[0])


def placed(judgements: Judgements, laws: Mapping[str, Law], path: Path | None = None) -> tuple[PlacedQuote, ...]:
    """Return where every quote of the judgements stands, in their order; near misses are among them.

    Read without markup and with white space collapsed, the stretch of law is the quote. ``laws`` are the country's, by file;
    ``path`` is the gold file, for the lines in errors.

    Raises:
        DataFileError: a file is missing among the laws, or a quote is not in its file; names the first of them and the next two.
    """
    return placed_in(judgements, {file: QuotedLaw(law) for file, law in laws.items()}, path)


def placed_in(judgements: Judgements, quoted: Mapping[str, QuotedLaw], path: Path | None) -> tuple[PlacedQuote, ...]:
    """Return what ``placed`` returns, for laws that are looked into before or after as well."""
    faults: list[Fault] = [
        (("files", index), f"file {file!r} is not among the laws of {judgements.country}; put it into the country's folder")
        for index, file in enumerate(judgements.files)
        if file not in quoted
    ]
    if faults:
        raise fault_error(judgements, faults, path)
    quotes = []
    for index, finding in enumerate(judgements.findings):
        for number, evidence in enumerate(finding.evidence):
            span = quoted[evidence.file].place(evidence) if evidence.file in quoted else None
            if span is None:
                faults.append((("findings", index, "evidence", number, "quote"), _missing(evidence, quoted)))
            else:
                quotes.append(PlacedQuote(index, number, evidence.file, *span))
    if faults:
        raise fault_error(judgements, faults, path)
    return tuple(quotes)


def _missing(evidence: JudgedEvidence, quoted: Mapping[str, QuotedLaw]) -> str:
    """Return what is wrong with a quote that is not in its file."""
    others = [file for file, law in quoted.items() if file != evidence.file and law.place(evidence)]
    start = f"the quote {evidence.quote[:40]!r}... is not in {evidence.file}"
    return f"{start}; it stands in {', '.join(others)}: name that file" if others else f"{start}, nor in another file: take it word for word from the law"


def fault_error(judgements: Judgements, faults: Sequence[Fault], path: Path | None) -> DataFileError:
    """Return the error that tells faults of judgements, by their lines where the gold file is known."""
    if path is not None:
        return JsonFile.read(path).error(faults)
    (place, problem), *_ = faults
    index = place[1] if place[0] == "findings" else None
    return DataFileError(judgements.country, judgements.findings[index].requirement if isinstance(index, int) else "", problem)
