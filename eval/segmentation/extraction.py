"""How fast figures are found in law, country by country: measured on the machine at hand, on one core, reading and cutting apart."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.laws import read_laws
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.ingest import discover

STANDARD = "c102"
WARMED = 20
"""Sections read before the clock starts: the words of a language are read once."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The text of a country's sections that may be evidence, in megabytes of UTF-8; the seconds of one core that its figures took; and their number."""

    country: str
    megabytes: float
    seconds: float
    figures: int

    @property
    def rate(self) -> float:
        """Return megabytes per second."""
        return self.megabytes / max(self.seconds, 1e-9)


def extractions(laws: Path) -> Iterator[Extraction]:
    """Yield what finding the figures of each country takes; ``laws`` is a country's folder, or a folder of such folders.

    Raises:
        ModelError: the weights that tell what a figure measures are missing or broken.
    """
    standard = load_standard(STANDARD)
    folders, _ = discover([laws], None)
    for folder in folders:
        read = read_laws(folder, IngestConfig())
        sections = citable_sections(read.laws, read.provisions)
        for _ in extract(sections[:WARMED], standard):
            pass
        began = time.process_time()
        figures = sum(1 for _ in extract(sections, standard))
        seconds = time.process_time() - began
        yield Extraction(folder.country, sum(len(section.text.encode()) for section in sections) / 1e6, seconds, figures)
