"""How fast laws are read and cut, and whether memory stays flat: measured on the machine at hand, on one core."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.eval.segmentation.formats import converted, markdown_laws
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest import discover, ingest, read_law
from lexfloor.pipeline.stages.segment import segment

TEXT = (".md", ".txt")
PDF_LAWS, PDF_BYTES = 3, 400_000


@dataclass(frozen=True, slots=True)
class Speed:
    """What reading and cutting laws takes.

    Attributes:
        text_rate: megabytes of text and Markdown per second of one core, reading and cutting, loading of rules apart.
        page_rate: pages of PDF per second of one core, reading and cutting; None where no PDF could be made.
        seconds: wall time for all files of the folder; ``files`` and ``megabytes`` say how many and how much.
        growth: how much more memory, in megabytes, the second half of the files held than the first.
    """

    text_rate: float
    page_rate: float | None
    seconds: float
    files: int
    megabytes: float
    growth: float


def speed(laws: Path) -> Speed:
    """Return the speed over a folder of countries' laws."""
    began = time.perf_counter()
    files, size, held = _all(laws)
    seconds = time.perf_counter() - began
    half = len(held) // 2
    growth = max(held[half:]) - max(held[:half]) if half else 0.0
    texts = [path for path in sorted(laws.rglob("*")) if path.suffix in TEXT and path.parent != laws]
    return Speed(_rate(texts), _pages(laws), seconds, files, size / 1e6, growth)


def _all(laws: Path) -> tuple[int, int, list[float]]:
    """Read and cut everything, country by country; return how many files and bytes, and the memory held after each country."""
    folders, _ = discover([laws], None)
    files = size = 0
    held = []
    for folder in folders:
        for law in ingest(folder, IngestConfig()):
            if isinstance(law, Law):
                segment(law)
        files += len(folder.files)
        size += sum(path.stat().st_size for path in folder.files)
        held.append(_resident())
    return files, size, held


def _resident() -> float:
    """Return the memory that this process holds now, in megabytes; the peak so far where the system does not tell."""
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def _rate(texts: Sequence[Path]) -> float:
    began = time.process_time()
    for path in texts:
        segment(read_law(path, "XXX", path.name, IngestConfig()))
    return sum(path.stat().st_size for path in texts) / 1e6 / max(time.process_time() - began, 1e-9)


def _pages(laws: Path) -> float | None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return None
    pages = seconds = 0.0
    with tempfile.TemporaryDirectory() as scratch:
        for number, path in enumerate(markdown_laws(laws, 1, PDF_BYTES)[:PDF_LAWS]):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            made = converted(office, path, "pdf", folder)
            began = time.process_time()
            law = read_law(made, "XXX", made.name, IngestConfig())
            segment(law)
            seconds += time.process_time() - began
            pages += len(law.pages)
    return pages / max(seconds, 1e-9)
