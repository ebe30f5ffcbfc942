"""Figures of law that people judged: what the kinds model is fitted on and scored by.

An example is a figure of law with what people say it is. Two sources tell: the figures noted in a country's gold file (a figure
inside a quote is of the kind noted for it, or rather of none where none was noted), and figures drawn at random and judged one
by one (``figure_samples``). Where both speak of a figure, the gold file counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.eval.figure_samples import FigureSample, JudgedPlace, sampled_laws
from lexfloor.eval.labelled import Judged, check_judgements
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
    requirement: str
    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    """A figure of law with its place in its file, what stands around it, and what people say of it.

    ``cited`` tells whether its section holds a quote, ``judged`` whether it stands in one; ``kinds`` are those noted for it
    there; ``drawn`` is the judgement on it where it was drawn at random.
    """

    country: str
    file: str
    section: str
    start: int
    end: int
    around: Around
    cited: bool
    judged: bool
    kinds: tuple[str, ...]
    drawn: JudgedPlace | None = None

    @property
    def kind(self) -> str:
        """Return the class that the model learns: the payer of a contribution is told by other means."""
        if self.kinds:
            return class_of(self.kinds[0])
        return class_of(self.drawn.kind) if self.drawn else NONE


@dataclass(frozen=True, slots=True)
class JudgedCountry:
    """One country: the figures noted, and every figure of the laws judged."""

    country: str
    language: str
    noted: tuple[Noted, ...]
    examples: tuple[Example, ...]


def class_of(kind: str) -> str:
    """Return the class of a kind that people name.

    >>> class_of("contribution_rate_state"), class_of("qualifying_period_reduced"), class_of("ceiling")
    ('contribution_rate', 'qualifying_period', 'ceiling')
    """
    return "contribution_rate" if kind.startswith("contribution_rate") else SAME.get(kind, kind)


def judged_country(path: Path, standard: Standard, laws: Path, samples: Iterable[FigureSample] = ()) -> JudgedCountry:
    """Return what people noted of one country and the figures of the laws judged; ``samples`` are of any countries.

    Raises:
        DataFileError: the gold file breaks the guidelines, or a sample was drawn of other laws.
        InputError: a law judged cannot be read.
    """
    judged = check_judgements(path, standard, laws)
    noted = noted_figures(judged, standard)
    country = judged.judgements.country
    known = dict(judged.laws)
    drawn: dict[str, list[JudgedPlace]] = {}
    for sample in samples:
        if sample.country == country:
            known |= sampled_laws(sample, laws)
            for place in sample.figures:
                drawn.setdefault(sample.files[place.file].file, []).append(place)
    quotes = [(quote.file, quote.start, quote.end) for quote in judged.quotes]
    examples: list[Example] = []
    for law in known.values():
        own = [(start, end) for file, start, end in quotes if file == law.file]
        for section in citable_sections([law], segment(law).provisions):
            examples += _examples(law, section, standard, noted, own, drawn.get(law.file, ()))
    return JudgedCountry(country, judged.judgements.language, noted, tuple(examples))


def noted_figures(judged: Judged, standard: Standard) -> tuple[Noted, ...]:
    """Return the figures that people noted in their judgements, in the order of these."""
    spots = {(quote.finding, quote.evidence): quote for quote in judged.quotes}
    noted = []
    for number, finding in enumerate(judged.judgements.findings):
        about = str(standard.requirement(finding.requirement).contingency)
        for figure in finding.parameters:
            spot = spots[number, figure.quote]
            kind = SAME.get(figure.parameter, figure.parameter)
            noted.append(Noted(kind, figure.value, plain_unit(figure.unit), about, str(finding.requirement), spot.file, spot.start, spot.end))
    return tuple(noted)


def _examples(law: Law, section: Provision, standard: Standard, noted: Sequence[Noted], quotes: Sequence[tuple[int, int]], drawn: Sequence[JudgedPlace]) -> Iterator[Example]:
    cited = any(section.span.start < end and start < section.span.end for start, end in quotes)
    for around in figures_of(section, standard, law.title):
        quantity = around.quantity
        span = located(law.text, section, Span(quantity.start, quantity.end))
        inside = any(start < span.end and span.start < end for start, end in quotes)
        kinds = Counter(figure.kind for figure in noted if figure.file == law.file and figure.start < span.end and span.start < figure.end and is_noted(around, figure))
        ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
        place = next((place for place in drawn if place.start < span.end and span.start < place.end), None)
        yield Example(law.country, law.file, section.id, span.start, span.end, around, cited, inside, tuple(ranked), place)


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
