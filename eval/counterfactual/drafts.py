"""Drafts of edits: what the recipes propose, before review, and how a draft becomes an edit."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.eval.counterfactual.applying import hashed
from lexfloor.eval.counterfactual.gold import Judged
from lexfloor.eval.counterfactual.places import Source
from lexfloor.eval.counterfactual.records import Edit, Kind, Replacement
from lexfloor.pipeline.records import RequirementId, Span, Verdict

SHORT_HASH = 8
"""Characters of the hash in an edit's id."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a law's text and what takes its place; ``value`` and ``unit`` where that is a figure."""

    source: Source
    start: int
    end: int
    text: str
    value: float | None = None
    unit: str | None = None

    @classmethod
    def of(cls, source: Source, span: Span, text: str, value: float | None = None, unit: str | None = None) -> Stretch:
        """Return the replacement of a span of the plain text."""
        place = source.source_span(span)
        return cls(source, place.start, place.end, text, value, unit)

    @classmethod
    def insertion(cls, source: Source, position: int, text: str) -> Stretch:
        """Return an insertion right after the character that stands before a position of the plain text."""
        place = source.view.source_end(position)
        return cls(source, place, place, text)

    @property
    def replacement(self) -> Replacement:
        """The stored form."""
        original = self.source.law.text[self.start : self.end]
        fields = {"file": self.source.law.file, "start": self.start, "end": self.end, "text": self.text, "original_hash": hashed(original), "value": self.value, "unit": self.unit}
        return Replacement.model_validate(fields)


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed edit: kind, the finding it is about, the verdicts allowed after it, and its stretches."""

    kind: Kind
    judged: Judged
    after: tuple[Verdict, ...]
    stretches: tuple[Stretch, ...]

    @property
    def edit(self) -> Edit:
        """The edit as it is stored.

        Raises:
            ValidationError: the stretches overlap.
        """
        ordered = sorted(self.stretches, key=_place)
        law = ordered[0].source.law
        replacements = tuple(stretch.replacement for stretch in ordered)
        digest = hashed("\n".join(f"{item.file} {item.start} {item.end} {item.text}" for item in replacements))
        return Edit(
            id=f"{law.country}-{self.judged.requirement.partition(':')[2]}-{self.kind}-{digest[:SHORT_HASH]}",
            country=law.country,
            language=law.language,
            requirement=RequirementId(self.judged.requirement),
            kind=self.kind,
            expects="keep" if self.kind.control else "flip",
            before=self.judged.verdict,
            after=self.after,
            files={item.source.law.file: item.source.law.sha256 for item in ordered},
            replacements=replacements,
        )


def _place(stretch: Stretch) -> tuple[str, int, int]:
    return stretch.source.law.file, stretch.start, stretch.end
