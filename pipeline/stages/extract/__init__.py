"""Extract: the figures of law, each with what it measures, for which contingency, of what, for whom, and how clearly the words say so.

What a figure measures is told by its unit, its size, and the phrases of the language's data around it, weighed by a small
model that is the same for every language; a figure for which nothing speaks is left out rather than guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lexfloor.corpora.standards import Standard
from lexfloor.models.kinds import KindModel, kind_model
from lexfloor.pipeline.records import Parameter, Provision
from lexfloor.pipeline.stages.extract.kinds import kind_of
from lexfloor.pipeline.stages.extract.parameters import parameter
from lexfloor.pipeline.stages.extract.sections import figures_of
from lexfloor.pipeline.stages.extract.shares import with_shares
from lexfloor.pipeline.stages.extract.steps import with_steps
from lexfloor.pipeline.stages.extract.sums import Told, with_sums

__all__ = ["completed", "extract", "told"]


def extract(sections: Iterable[Provision], standard: Standard, model: KindModel | None = None, title: str = "") -> Iterator[Parameter]:
    """Yield the parameters of the sections, in order of the text; ``model`` tells their kinds in place of the shipped one.

    ``title`` is that of the act that the sections are of: where nothing nearer says of which benefit a figure is, it may.

    Raises:
        ModelError: the weights that tell the kinds are missing or broken.
    """
    model = model or kind_model()
    for section in sections:
        yield from completed(section, told(section, standard, model, title))


def told(section: Provision, standard: Standard, model: KindModel, title: str = "") -> list[Told]:
    """Return every figure of a section with the parameter that it is; None for those that measure nothing of a benefit.

    ``title`` is that of its act.

    Raises:
        ModelError: the weights that tell the kinds are missing or broken.
    """
    known: list[Told] = []
    for around in figures_of(section, standard, title):
        kind, strength = kind_of(around, model)
        known.append((around, parameter(section, around, kind, strength) if kind is not None else None))
    return known


def completed(section: Provision, known: Sequence[Told]) -> Iterator[Parameter]:
    """Yield the parameters of a section's figures, with the sums, shares and steps that the text leaves to its reader."""
    yield from with_sums(section, with_steps(section, with_shares(known)))
