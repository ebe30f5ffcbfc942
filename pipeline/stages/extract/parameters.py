"""A figure and what stands around it as a record."""

from __future__ import annotations

from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Parameter, Provision, Span
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.extract.benefits import benefit
from lexfloor.pipeline.stages.extract.details import base, comparator, modality, qualifier, with_payer
from lexfloor.pipeline.stages.extract.kinds import counted

QUOTE_LIMIT = 400


def parameter(section: Provision, around: Around, kind: str, strength: float) -> Parameter:
    """Return the record of a figure of a section that was told to be of a kind."""
    quantity, (start, end) = around.quantity, around.setting.sentence
    return Parameter(
        section.country,
        section.file,
        section.id,
        section.section,
        with_payer(kind, around),
        round(counted(quantity, kind), 4),
        quantity.unit,
        comparator(around),
        benefit(around, kind),
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
