"""Measure how often the phrases of each language's lists are found: cues, and the names of contingencies.

python -m lexfloor.eval.lists ../shared/laws --countries FIN,FRA

A list that is far poorer in one language makes its laws look silent, so lists are compared in two ways: over real laws, by country
and language (phrases for each 1,000 sentences, and the share of sections that have one), and over the standard's own wordings,
which say the same in every language. Laws differ; wordings do not.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from lexfloor.configs.run import IngestConfig, load_config
from lexfloor.corpora.languages import known_languages, nearest_language
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.reading import Reading, reading_of
from lexfloor.pipeline.records import Contingency, Law
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.ingest import ingest
from lexfloor.pipeline.stages.segment import segment

GROUPS = ("cues", "contingencies")
FAR = 2.5
"""A list is far from the others where it is found this many times as often, or as seldom, as their median."""
FEW = 300
"""Sentences below which rates tell nothing."""


@dataclass
class Rates:
    """What was found in texts of one language.

    Attributes:
        name: country and language.
        texts, sentences: how many were read.
        hits: phrases found, by list.
        having: texts with at least one phrase, by list.
        named, asked: texts on a contingency that name it, and all of them; only wordings tell what they are on.
    """

    name: str
    texts: int = 0
    sentences: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    having: Counter[str] = field(default_factory=Counter)
    named: int = 0
    asked: int = 0

    def add(self, reading: Reading) -> None:
        """Count one text."""
        found = [hit.label for hit in reading.hits if hit.group in GROUPS]
        self.texts += 1
        self.sentences += len(reading.sentences)
        self.hits.update(found)
        self.having.update(set(found))

    def per_thousand(self, label: str) -> float:
        """Return how many phrases of a list stand in 1,000 sentences."""
        return 1000 * self.hits[label] / max(1, self.sentences)


def of_laws(folders: Path, countries: frozenset[str], standard: Standard) -> Iterator[Rates]:
    """Yield the rates of each country's laws in a folder of countries' folders, by language."""
    for folder in country_folders([folders], None)[0]:
        if countries and folder.country not in countries:
            continue
        laws = [law for law in ingest(folder, IngestConfig()) if isinstance(law, Law)]
        sections = citable_sections(laws, [node for law in laws for node in segment(law).provisions])
        by_language: dict[str, Rates] = {}
        for section in sections:
            code = nearest_language(section.language)
            by_language.setdefault(code, Rates(f"{folder.country} {code}")).add(reading_of(code, standard.key, section.text))
        yield from by_language.values()


def of_wordings(standard: Standard) -> Iterator[Rates]:
    """Yield the rates of the standard's wordings as a law would have them, by language."""
    for code in known_languages():
        wording = standard.in_language(code)
        if wording.language != code:
            continue
        rates = Rates(code)
        for requirement in standard.requirements:
            for text in wording.requirements[requirement.id].as_law:
                reading = reading_of(code, standard.key, text)
                rates.add(reading)
                if requirement.contingency is not Contingency.ALL:
                    rates.asked += 1
                    rates.named += any(hit.group == "contingencies" and hit.label == str(requirement.contingency) for hit in reading.hits)
        yield rates


def table(rates: Iterable[Rates]) -> Iterator[str]:
    """Yield lines: a row for each text collection, for each list phrases a thousand sentences and share of texts; "!" where far from the median."""
    rows = list(rates)
    labels = sorted({label for row in rows for label in row.hits})
    middle = {label: median([row.per_thousand(label) for row in rows if row.sentences >= FEW] or [0.0]) for label in labels}
    for row in rows:
        told = f", names its contingency in {row.named / row.asked:.2f}" if row.asked else ""
        yield f"{row.name}: {row.texts} texts, {row.sentences} sentences{told}"
        for label in labels:
            rate = row.per_thousand(label)
            far = row.sentences >= FEW and middle[label] > 0 and not middle[label] / FAR <= rate <= middle[label] * FAR
            yield f"  {'!' if far else ' '} {label:18} {rate:7.1f} a thousand sentences, in {row.having[label] / max(1, row.texts):.2f} of texts, median {middle[label]:.1f}"


def main() -> None:
    """Print the rates of the laws of a folder, then those of the standard's wordings."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path, help="folder of the countries' laws")
    parser.add_argument("--countries", default="", help="only these, as codes with commas between")
    asked = parser.parse_args()
    standard = load_standard(load_config().standard)
    chosen = frozenset(filter(None, asked.countries.split(",")))
    for lines in (table(of_laws(asked.laws, chosen, standard)), table(of_wordings(standard))):
        print(*lines, sep="\n")  # noqa: T201 - this module is a command


if __name__ == "__main__":
    main()
