"""Extract: the figures of law, each with what it measures, for which contingency, of what, for whom, and how clearly the words say so.

What a figure measures is told by its unit, its size, and the phrases of the language's data around it, weighed by a small
model that is the same for every language; a figure for which nothing speaks is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lexfloor.corpora.standards import Standard
from lexfloor.models.kinds import KindModel, kind_model
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Parameter, Provision, Span
from lexfloor.pipeline.stages.extract.around import Around, contingency
from lexfloor.pipeline.stages.extract.details import base, comparator, modality, qualifier, with_payer
from lexfloor.pipeline.stages.extract.kinds import counted, kind_of
from lexfloor.pipeline.stages.extract.sections import figures_of
from lexfloor.pipeline.stages.extract.sums import Told, sums

__all__ = ["extract", "told"]
QUOTE_LIMIT = 400


def extract(sections: Iterable[Provision], standard: Standard, model: KindModel | None = None) -> Iterator[Parameter]:
    """Yield the parameters of the sections, in order of the text; ``model`` tells their kinds in place of the shipped one.

    Raises:
        ModelError: the weights that tell the kinds are missing or broken.
    """
    model = model or kind_model()
    for section in sections:
        yield from sums(told(section, standard, model))


def told(section: Provision, standard: Standard, model: KindModel) -> list[Told]:
    """Return every figure of a section with the parameter that it is; None for those that measure nothing of a benefit.

    Raises:
        ModelError: the weights that tell the kinds are missing or broken.
    """
    known: list[Told] = []
    for around in figures_of(section, standard):
        kind, strength = kind_of(around, model)
        known.append((around, _parameter(section, around, kind, strength) if kind is not None else None))
    return known


def _parameter(section: Provision, around: Around, kind: str, strength: float) -> Parameter:
    quantity, (start, end) = around.quantity, around.setting.sentence
    return Parameter(
        section.country,
        section.file,
        section.id,
        section.section,
        with_payer(kind, around),
        round(counted(around.quantity, kind), 4),
        quantity.unit,
        comparator(around),
        contingency(around),
        Span(quantity.start, quantity.end),
        Span(start, end),
        collapsed(section.text[start:end])[:QUOTE_LIMIT],
        round(strength, 3),
        high=quantity.high,
        own_unit=quantity.own_unit,
        qualifier=qualifier(around),
        base=base(around),
        modality=modality(around),
    )
