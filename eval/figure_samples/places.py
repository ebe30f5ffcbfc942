"""The figures of laws with their places in the files: what samples are drawn from, and scored on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Standard
from lexfloor.models.kinds import KindModel
from lexfloor.pipeline.records import Law, Parameter, Provision, Span
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.extract import completed, told
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


@dataclass(frozen=True, slots=True)
class SectionFigures:
    """A section with each of its figures, and with the parameters that ``extract`` yields for it, sums among them."""

    law: Law
    section: Provision
    figures: Sequence[LawFigure]
    parameters: Sequence[Parameter]


def section_figures(laws: Iterable[Law], standard: Standard, model: KindModel) -> Iterator[SectionFigures]:
    """Yield the sections of laws that may be evidence, in order of their text; of language versions of one act those of the preferred one.

    Raises:
        ModelError: the weights that tell the kinds are broken.
    """
    for law in laws:
        for section in citable_sections([law], segment(law).provisions):
            known = told(section, standard, model, law.title)
            placed = [(located(law.text, section, Span(around.quantity.start, around.quantity.end)), around, parameter) for around, parameter in known]
            figures = [LawFigure(law, section, span.start, span.end, around, parameter) for span, around, parameter in placed]
            yield SectionFigures(law, section, figures, list(completed(section, known)))


def law_figures(laws: Iterable[Law], standard: Standard, model: KindModel) -> Iterator[LawFigure]:
    """Yield every figure of laws, section by section; raises as ``section_figures``."""
    for found in section_figures(laws, standard, model):
        yield from found.figures
