"""Figures of law that people judged: what the kinds model is fitted on and scored by.

An example is a figure of law inside a quote that people judged: of the kind they noted for it, or of none where they noted
none. Figures of the same section outside the quotes are not judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled import check_judgements
from lexfloor.models.kinds import NONE
from lexfloor.pipeline.records import Law, Provision, Span
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.extract.sections import figures_of
from lexfloor.pipeline.stages.locate import located
from lexfloor.pipeline.stages.segment import segment

CLOSE = 0.006
"""Share by which a figure may differ from the one noted: two thirds are 66.7 or 66.67."""
SAME = {"qualifying_period_reduced": "qualifying_period"}
"""Kinds that people tell apart by the requirement, and the words do not."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A figure that people noted: kind, value, unit, and the stretch of law (file, start, end) of its quote."""

    kind: str
    value: float
    unit: str
    contingency: str
    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A figure of law with its place in its file, what stands around it, and the kinds noted for it.

    ``judged`` tells whether it stands in a quote; ``kinds`` is empty where people noted nothing for it.
    """

    country: str
    file: str
    section: str
    start: int
    end: int
    around: Around
    judged: bool
    kinds: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the class that the model learns: the payer of a contribution is told by other means."""
        return _class_of(self.kinds[0]) if self.kinds else NONE


@dataclass(frozen=True, slots=True)
class JudgedCountry:
    """One country: the figures noted, and every figure of the sections that hold a quote."""

    country: str
    noted: tuple[Noted, ...]
    examples: tuple[Example, ...]


def _class_of(kind: str) -> str:
    return "contribution_rate" if kind.startswith("contribution_rate") else kind


def judged_country(path: Path, standard: Standard, laws: Path) -> JudgedCountry:
    """Return what people noted of one country and the figures of the sections concerned.

    Raises:
        DataFileError: the gold file breaks the guidelines.
        InputError: a law judged cannot be read.
    """
    judged = check_judgements(path, standard, laws)
    spots = {(quote.finding, quote.evidence): quote for quote in judged.quotes}
    noted = []
    for number, finding in enumerate(judged.judgements.findings):
        for figure in finding.parameters:
            spot = spots[number, figure.quote]
            about = str(standard.requirement(finding.requirement).contingency)
            noted.append(Noted(SAME.get(figure.parameter, figure.parameter), figure.value, plain_unit(figure.unit), about, spot.file, spot.start, spot.end))
    examples: list[Example] = []
    quotes = [(quote.file, quote.start, quote.end) for quote in judged.quotes]
    for law in judged.laws.values():
        own = [(start, end) for file, start, end in quotes if file == law.file]
        if own:
            for section in citable_sections([law], segment(law).provisions):
                if any(section.span.start < end and start < section.span.end for start, end in own):
                    examples += _examples(judged.judgements.country, law, section, standard, noted, own)
    return JudgedCountry(judged.judgements.country, tuple(noted), tuple(examples))


def _examples(country: str, law: Law, section: Provision, standard: Standard, noted: Sequence[Noted], quotes: Sequence[tuple[int, int]]) -> Iterator[Example]:
    for around in figures_of(section, standard):
        quantity = around.quantity
        span = located(law.text, section, Span(quantity.start, quantity.end))
        inside = any(start < span.end and span.start < end for start, end in quotes)
        kinds = Counter(figure.kind for figure in noted if figure.file == law.file and figure.start < span.end and span.start < figure.end and is_noted(around, figure))
        ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
        yield Example(country, law.file, section.id, span.start, span.end, around, inside, tuple(ranked))


def is_noted(around: Around, figure: Noted) -> bool:
    """Tell whether a figure of law has the value and unit of one that people noted; either end of a range counts."""
    quantity = around.quantity
    values = [quantity.value] if quantity.high is None else [quantity.value, quantity.high]
    if quantity.ordinal and figure.kind == "waiting_period":
        values.append(quantity.value - 1)
    return quantity.unit == figure.unit and any(close(value, figure.value) for value in values)


def close(value: float, other: float) -> bool:
    """Tell whether two figures are the same but for rounding."""
    return abs(value - other) <= CLOSE * max(abs(value), abs(other))


def plain_unit(unit: str) -> str:
    """Return the unit as figures of law carry it: "years_of_contribution" counts in years.

    >>> plain_unit("percent_of_earnings"), plain_unit("amount_EUR")
    ('percent', 'amount_EUR')
    """
    return unit if unit.startswith("amount_") else unit.partition("_")[0]
