"""The checks of `lexfloor eval reading`: is law cut where a lawyer would cut it, in every format, fast, and whatever the file holds?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.eval.hostile import fuzz
from lexfloor.eval.segmentation.coverage import coverage
from lexfloor.eval.segmentation.extraction import Extraction, extractions
from lexfloor.eval.segmentation.formats import Agreement, agreements, markdown_laws
from lexfloor.eval.segmentation.gold import Cuts, cuts
from lexfloor.eval.segmentation.speed import speed
from lexfloor.pipeline.records import Failure
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.segment import segment

INSIDE, LABELLED = 0.98, 0.97
FORMAT_LABELS = {"html": 0.99, "docx": 0.99, "pdf": 0.97}
CHARACTER_ERROR = 0.005
TEXT_RATE, PAGE_RATE, ALL_SECONDS, GROWTH = 5.0, 50.0, 60.0, 200.0
FIGURES_RATE = 1.0
FORMAT_LAWS, FORMAT_BYTES = 1, 300_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its bar: at least or at most so much; ``bar`` is None where the figure is only told."""

    check: str
    name: str
    value: float
    bar: float | None = None
    at_most: bool = False
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Whether the figure meets its bar."""
        return self.bar is None or (self.value <= self.bar if self.at_most else self.value >= self.bar)

    @property
    def line(self) -> str:
        """The figure in one line of text."""
        shown = f"{self.value:,.0f}" if float(self.value).is_integer() and self.value > 1 else f"{self.value:.4g}"
        bar = "" if self.bar is None else f" ({'at most' if self.at_most else 'at least'} {self.bar:g}: {'holds' if self.holds else 'DOES NOT HOLD'})"
        return f"{self.check:9} {self.name:44} {shown}{bar}{f'  {self.detail}' if self.detail else ''}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the suite is run on: the folder of gold files, the folder of laws, and how much fuzzing."""

    gold: Path
    laws: Path
    fuzz_files: int
    seed: int = 0


def gold_check(asked: Asked) -> Iterator[Figure]:
    """Yield the shares of gold quotes inside one section, and under the gold's label, by country and over all."""
    measured = [cuts(path, asked.laws) for path in sorted(asked.gold.glob("*.json"))]
    for item in [*measured, _summed(measured)]:
        total = item.country == "all"
        yield Figure("gold", f"{item.country}: quotes inside one section", item.inside / max(1, item.quotes), INSIDE if total else None, detail=f"of {item.quotes:,}")
        yield Figure("gold", f"{item.country}: label agrees", item.labelled / max(1, item.quotes), LABELLED if total else None, detail="; ".join(sorted(set(item.missed))))


def _summed(measured: list[Cuts]) -> Cuts:
    return Cuts("all", sum(item.quotes for item in measured), sum(item.inside for item in measured), sum(item.labelled for item in measured), ())


def coverage_check(asked: Asked) -> Iterator[Figure]:
    """Yield how many characters of all files lie in no stretch or in two, and how many were refused for what."""
    folders, _ = discover([asked.laws], None)
    files = characters = lost = 0
    refused: dict[str, int] = {}
    incomplete: list[str] = []
    unread: list[str] = []
    for folder in folders:
        for law in ingest(folder, IngestConfig()):
            if isinstance(law, Failure):
                unread += [f"{law.country}/{law.file}"] if law.category != "skipped" else []
                continue
            found = coverage(law, segment(law))
            files, characters, lost = files + 1, characters + found.characters, lost + found.uncovered + found.doubled + len(found.crossing)
            incomplete += [] if found.complete else [f"{law.country}/{law.file}"]
            for reason, count in found.refused.items():
                refused[reason] = refused.get(reason, 0) + count
    detail = f"{files} files; " + "; ".join(incomplete)
    yield Figure("coverage", "characters not covered exactly once", lost, 0, at_most=True, detail=detail.rstrip("; "))
    yield Figure("coverage", "files that could not be read", len(unread), 0, at_most=True, detail="; ".join(unread))
    yield Figure("coverage", "characters ingested", characters)
    for reason, count in sorted(refused.items()):
        yield Figure("coverage", f"characters refused: {reason}", count)


def formats_check(asked: Asked) -> Iterator[Figure]:
    """Yield how HTML, DOCX and PDF made of the Markdown laws agree with them."""
    found: dict[str, list[Agreement]] = {}
    for item in agreements(markdown_laws(asked.laws, FORMAT_LAWS, FORMAT_BYTES)):
        if isinstance(item, str):
            yield Figure("formats", "not made or not read", 1, 0, at_most=True, detail=item)
            continue
        found.setdefault(item.format, []).append(item)
    for kind, items in found.items():
        sections, labelled = sum(item.sections for item in items), sum(item.labelled for item in items)
        worst = sorted(items, key=_share)[:3]
        detail = f"of {sections:,} in {len(items)} laws, {sum(item.extra for item in items)} too many; worst: " + ", ".join(f"{item.file} {_share(item):.3f}" for item in worst)
        yield Figure("formats", f"{kind}: section labels in order", labelled / max(1, sections), FORMAT_LABELS[kind], detail=detail)
        errors = sum(item.errors for item in items) / max(1, sum(item.characters for item in items))
        yield Figure("formats", f"{kind}: character error", errors, CHARACTER_ERROR, at_most=True)


def _share(item: Agreement) -> float:
    return item.labelled / max(1, item.sections)


def speed_check(asked: Asked) -> Iterator[Figure]:
    """Yield how fast laws are read and cut, how much memory grows, and how fast figures are found, by country and over all."""
    measured = speed(asked.laws)
    yield Figure("speed", "text and Markdown, MB/s per core", measured.text_rate, TEXT_RATE)
    if measured.page_rate is not None:
        yield Figure("speed", "PDF, pages/s per core", measured.page_rate, PAGE_RATE)
    detail = f"{measured.files} files, {measured.megabytes:.0f} MB"
    yield Figure("speed", "all laws, seconds", measured.seconds, ALL_SECONDS, at_most=True, detail=detail)
    yield Figure("speed", "growth of memory, MB", measured.growth, GROWTH, at_most=True, detail="second half of the countries against the first")
    found = []
    for item in extractions(asked.laws):
        found.append(item)
        yield _extraction(item)
    yield _extraction(Extraction("all", sum(item.megabytes for item in found), sum(item.seconds for item in found), sum(item.figures for item in found)), FIGURES_RATE)


def _extraction(item: Extraction, bar: float | None = None) -> Figure:
    return Figure("speed", f"{item.country}: figures found, MB/s per core", item.rate, bar, detail=f"{item.figures:,} in {item.megabytes:.2f} MB of law text")


def fuzz_check(asked: Asked) -> Iterator[Figure]:
    """Yield how many hostile files of each format broke a reader or the segmenter."""
    report = fuzz(count=asked.fuzz_files, seed=asked.seed)
    for form, counts in report.outcomes.items():
        offences = [offence for offence in report.offences if offence.form == form]
        told = ", ".join(f"{outcome} {count:,}" for outcome, count in sorted(counts.items()))
        causes = "; ".join(sorted({f"{offence.outcome}: {offence.cause} (file {offence.number}, seed {asked.seed})" for offence in offences}))
        detail = f"of {sum(counts.values()):,} ({told}); slowest {report.slowest[form][0]:.2f} s{'; ' + causes if causes else ''}"
        yield Figure("fuzz", f"{form}: crashes, hangs, too much memory", len(offences), 0, at_most=True, detail=detail)


CHECKS: dict[str, Callable[[Asked], Iterator[Figure]]] = {
    "gold": gold_check,
    "coverage": coverage_check,
    "formats": formats_check,
    "speed": speed_check,
    "fuzz": fuzz_check,
}


def checked(checks: Sequence[str], asked: Asked) -> Iterator[Figure]:
    """Yield the figures of the checks that are asked for, in their order, as they are measured."""
    for name in checks:
        yield from CHECKS[name](asked)
