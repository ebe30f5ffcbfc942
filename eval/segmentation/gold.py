"""Segmentation against gold quotes: does each lie inside one section, and does its label agree?"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Failure, Level
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.labels import number_of


@dataclass(frozen=True, slots=True)
class CutQuote:
    """A quote that people cited, and the numbers of the sections that hold it whole."""

    country: str
    language: str
    file: str
    section: str
    sections: tuple[str, ...]

    @property
    def labelled(self) -> bool:
        """Whether one of the sections bears the number that people gave."""
        return number_of(self.section) in self.sections


@dataclass(frozen=True)
class Cuts:
    """Counts of one country: quotes, those inside one section, those inside a section of the gold's number, and misses."""

    country: str
    quotes: int
    inside: int
    labelled: int
    missed: tuple[str, ...]


def letters(text: str) -> str:
    """Return only the letters and figures of a text, without markup: spacing and typography do not count.

    >>> letters("**Art. 5** <b>x</b>")
    'art5x'
    """
    return re.sub(r"[\W_]+", "", html.unescape(plain(re.sub(r"<[^<>]{1,300}>", " ", text)).text)).lower()


def cut_quotes(gold: Path, laws: Path) -> Iterator[CutQuote]:
    """Yield the quotes of one country's gold file with the sections of its laws that hold them."""
    judged = json.loads(gold.read_text(encoding="utf-8"))
    evidence = [item for finding in judged["findings"] for item in finding["evidence"]]
    (folder,), _ = discover([laws / judged["country"]], None)
    sections: dict[str, list[tuple[str, str]]] = {}
    for law in ingest(folder, IngestConfig()):
        if not isinstance(law, Failure) and law.file in {item["file"] for item in evidence}:
            nodes = [node for node in segment(law).provisions if node.level is Level.SECTION]
            sections[law.file] = [(number_of(node.section), letters(law.text[node.span.start : node.span.end])) for node in nodes]
    for item in evidence:
        quote = letters(item["quote"])
        holding = tuple(number for number, text in sections.get(item["file"], []) if quote in text)
        yield CutQuote(judged["country"], judged.get("language", ""), item["file"], item["section"], holding)


def cuts(gold: Path, laws: Path) -> Cuts:
    """Return how the quotes of one country's gold file fall into the sections of its laws."""
    quotes = list(cut_quotes(gold, laws))
    missed = tuple(f"{item.file} {item.section}: in {', '.join(item.sections) or 'no section'}" for item in quotes if not item.labelled)
    return Cuts(gold.stem, len(quotes), sum(bool(item.sections) for item in quotes), sum(item.labelled for item in quotes), missed)
