"""Measure segmentation against gold quotes: does each lie inside one section, and does its label agree?

python -m lexfloor.eval.segment --gold ../shared/gold/dev --laws ../shared/laws
"""

from __future__ import annotations

import argparse
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Failure, Level
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.labels import number_of


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


def cuts(gold: Path, laws: Path) -> Cuts:
    """Return how the quotes of one country's gold file fall into the sections of its laws."""
    judged = json.loads(gold.read_text(encoding="utf-8"))
    evidence = [item for finding in judged["findings"] for item in finding["evidence"]]
    (folder,), _ = discover([laws / judged["country"]], None)
    sections: dict[str, list[tuple[str, str]]] = {}
    for law in ingest(folder, IngestConfig()):
        if not isinstance(law, Failure) and law.file in {item["file"] for item in evidence}:
            nodes = [node for node in segment(law).provisions if node.level is Level.SECTION]
            sections[law.file] = [(number_of(node.section), letters(law.text[node.span.start : node.span.end])) for node in nodes]
    inside = labelled = 0
    missed = []
    for item in evidence:
        quote = letters(item["quote"])
        numbers = [number for number, text in sections.get(item["file"], []) if quote in text]
        inside += bool(numbers)
        right = number_of(item["section"]) in numbers
        labelled += right
        if not right:
            missed.append(f"{item['file']} {item['section']}: in {', '.join(numbers) or 'no section'}")
    return Cuts(judged["country"], len(evidence), inside, labelled, tuple(missed))


def main() -> None:
    """Print the shares by country and over all, and with --misses what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files, one a country")
    parser.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    parser.add_argument("--misses", action="store_true", help="list the quotes that lie elsewhere")
    asked = parser.parse_args()
    measured = [cuts(path, asked.laws) for path in sorted(asked.gold.glob("*.json"))]
    for item in measured:
        show(item.country, item.quotes, item.inside, item.labelled)
        if asked.misses:
            print(*(f"    {miss}" for miss in item.missed), sep="\n")  # noqa: T201 - this module is a command
    show("all", sum(item.quotes for item in measured), sum(item.inside for item in measured), sum(item.labelled for item in measured))


def show(name: str, quotes: int, inside: int, labelled: int) -> None:
    """Print one line."""
    print(f"{name:>4}  {quotes} quotes  inside one section {inside / quotes:.3f}  label agrees {labelled / quotes:.3f}")  # noqa: T201 - this module is a command


if __name__ == "__main__":
    main()
