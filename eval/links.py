"""Measure the link stage over real laws: references found and resolved, terms defined and used, and a sample to judge by reading.

python -m lexfloor.eval.links ../shared/laws --sample 20 > sample.txt
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Definition, Law, Link, Span
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.link import link
from lexfloor.pipeline.stages.segment import segment

CONTEXT = 80
"""Characters of the law before and after what is shown."""
MILLION = 1_000_000


@dataclass(frozen=True)
class Linked:
    """What the link stage made of one country's laws; ``seconds`` of processor time, for the stage alone."""

    country: str
    laws: tuple[Law, ...]
    definitions: tuple[Definition, ...]
    links: tuple[Link, ...]
    seconds: float

    @property
    def references(self) -> list[Link]:
        """The references, of whatever kind."""
        return [found for found in self.links if found.kind == "reference"]

    @property
    def own(self) -> list[Link]:
        """The references that name no other act."""
        return [found for found in self.references if not found.act]

    @property
    def foreign(self) -> list[Link]:
        """The references that name another act."""
        return [found for found in self.references if found.act]

    @property
    def uses(self) -> list[Link]:
        """The uses of defined terms."""
        return [found for found in self.links if found.kind == "term"]

    def line(self) -> str:
        """Return the counts in one line."""
        size = sum(len(law.text) for law in self.laws) / MILLION
        resolved = sum(bool(found.target) for found in self.own) / max(1, len(self.own))
        known = sum(bool(found.target_file) for found in self.foreign)
        return (
            f"{self.country:>4}  {len(self.references)} references  {resolved:.3f} of {len(self.own)} within the law resolved  "
            f"{known} of {len(self.foreign)} to acts of the set  {len(self.definitions)} definitions  {len(self.uses)} uses  "
            f"{self.seconds / max(size, 1 / MILLION):.2f} s a million characters"
        )

    def sample(self, size: int, seed: int) -> list[str]:
        """Return lines that show up to ``size`` links of each kind and as many definitions, each with the words around it."""
        texts = {law.file: law.text for law in self.laws}
        chosen = random.Random(seed)  # noqa: S311 - a sample that can be drawn again, no secret
        lines = []
        for name, pool in (("within the law", self.own), ("other act", self.foreign), ("term", self.uses)):
            lines += [_shown(name, found, texts) for found in _some(chosen, pool, size)]
        for term in chosen.sample(self.definitions, min(size, len(self.definitions))):
            lines.append(f"definition  {term.file} {term.section} {term.term!r} within {term.scope or 'the act'}  {_around(texts[term.file], term.span)}")
        return lines


def measure(laws_folder: Path) -> list[Linked]:
    """Return what the link stage makes of each country's laws in a folder of countries' folders."""
    folders, _ = discover([laws_folder], None)
    measured = []
    for folder in folders:
        laws = tuple(law for law in ingest(folder, IngestConfig()) if isinstance(law, Law))
        nodes = [node for law in laws for node in segment(law).provisions]
        began = time.process_time()
        definitions, links = link(laws, nodes)
        measured.append(Linked(folder.country, laws, definitions, links, time.process_time() - began))
    return measured


def _some(chosen: random.Random, pool: Sequence[Link], size: int) -> list[Link]:
    return chosen.sample(pool, min(size, len(pool)))


def _shown(name: str, found: Link, texts: dict[str, str]) -> str:
    target = f"{found.target_file} {found.target}".strip() or "nothing"
    return f"{name}  {found.file} {found.section} -> {target}  [{found.act}]  {_around(texts[found.file], found.span)}"


def _around(text: str, span: Span) -> str:
    return collapsed(f"{text[max(0, span.start - CONTEXT) : span.start]}>>>{text[span.start : span.end]}<<<{text[span.end : span.end + CONTEXT]}")


def main() -> None:
    """Print the counts by country, and with --sample what there is to judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("laws", type=Path, help="folder of the countries' laws")
    parser.add_argument("--sample", type=int, default=0, help="links of each kind, and definitions, to show for each country")
    parser.add_argument("--seed", type=int, default=0, help="another seed draws another sample")
    asked = parser.parse_args()
    for measured in measure(asked.laws):
        print(measured.line(), *measured.sample(asked.sample, asked.seed), sep="\n")  # noqa: T201 - this module is a command


if __name__ == "__main__":
    main()
