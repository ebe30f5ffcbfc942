"""Gold judgements as the recipes read them: findings with their quotes found again in the laws."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from lexfloor.eval.counterfactual.places import Source, source_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Provision, Span, Verdict


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that people noted for a requirement: ``unit`` is days, weeks, months, years, percent or another word; ``quote`` the index of its quote."""

    parameter: str
    value: float
    unit: str
    quote: int


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that decides a finding: where it lies in the plain text of its file."""

    source: Source
    span: Span

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.source.law.file

    @property
    def section(self) -> Provision | None:
        """The section in which it begins, None outside of sections."""
        return self.source.section_at(self.source.view.source(self.span.start))


@dataclass(frozen=True, slots=True)
class Judged:
    """What people found of one requirement; ``quotes`` holds for each of their quotes its copies in the law, none for a near miss."""

    requirement: str
    verdict: Verdict
    certainty: str
    quotes: tuple[tuple[Quote, ...], ...]
    figures: tuple[Figure, ...]
    rationale: str = field(repr=False)

    @property
    def deciding(self) -> tuple[Quote, ...]:
        """The quotes that support the verdict."""
        return tuple(quote for copies in self.quotes for quote in copies)

    @property
    def country(self) -> str:
        """The country whose law was judged."""
        return self.deciding[0].source.law.country


def judgements(gold: Path, folder: Path) -> tuple[Judged, ...]:
    """Return the findings of one gold file; ``folder`` holds the country's laws.

    Raises:
        DataFileError: a quote is not in its file.
        SourceError: a file cannot be read.
    """
    content = json.loads(gold.read_text(encoding="utf-8"))
    sources: dict[str, Source] = {}

    def copies(item: dict[str, Any], requirement: str) -> tuple[Quote, ...]:
        if item.get("near_miss"):
            return ()
        if item["file"] not in sources:
            sources[item["file"]] = source_of(folder, content["country"], item["file"])
        spans = sources[item["file"]].quotes(item["quote"], item["section"])
        if not spans:
            raise DataFileError(str(gold), requirement, f"a quote of section {item['section']} is not in {item['file']}; take the file that was judged")
        return tuple(Quote(sources[item["file"]], span) for span in spans)

    found = []
    for finding in content["findings"]:
        quotes = tuple(copies(item, finding["requirement"]) for item in finding["evidence"])
        figures = tuple(Figure(item["parameter"], float(item["value"]), item["unit"].partition("_")[0], item["quote"]) for item in finding["parameters"])
        found.append(Judged(finding["requirement"], Verdict(finding["verdict"]), finding["certainty"], quotes, figures, finding["rationale"]))
    return tuple(found)


def chance(count: int, *parts: object) -> int:
    """Return a number below ``count`` that depends on the parts alone: a choice that is the same in every run."""
    return int(sha256("\x1f".join(map(str, parts)).encode()).hexdigest(), 16) % count
