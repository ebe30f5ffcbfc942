"""The figures of a country's law with their places in its files: what samples are drawn from, and scored on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lexfloor.corpora.standards import Standard
from lexfloor.models.kinds import KindModel
from lexfloor.pipeline.records import Law, Parameter, Provision, Span
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.extract import told
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.locate import located
from lexfloor.pipeline.stages.segment import segment


@dataclass(frozen=True, slots=True)
class LawFigure:
    """A figure of law: ``law.text[start:end]``; ``parameter`` is what the extractor makes of it, None where that is nothing."""

    law: Law
    section: Provision
    start: int
    end: int
    around: Around
    parameter: Parameter | None


def law_figures(laws: Iterable[Law], standard: Standard, model: KindModel) -> Iterator[LawFigure]:
    """Yield every figure of laws, in order of their text; of language versions of one act those of the preferred one.

    Raises:
        ModelError: the weights that tell the kinds are broken.
    """
    for law in laws:
        for section in citable_sections([law], segment(law).provisions):
            for around, parameter in told(section, standard, model):
                span = located(law.text, section, Span(around.quantity.start, around.quantity.end))
                yield LawFigure(law, section, span.start, span.end, around, parameter)
