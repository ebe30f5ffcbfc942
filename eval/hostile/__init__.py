"""Feed the readers and the segmenter broken and hostile files: each must give a law or a clean refusal, in time and within memory."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.eval.hostile.changes import hostile
from lexfloor.eval.hostile.seeds import NAMES
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Failure, Law, Segmentation
from lexfloor.pipeline.stages.ingest import law_of
from lexfloor.pipeline.stages.ingest.archives import is_archive, members
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.segment import segment

SECONDS, BYTES = 10.0, 2_000_000_000
"""What one file may take."""
_START_SECONDS = 120.0
_GOOD = ("law", "refused")


@dataclass(frozen=True, slots=True)
class Offence:
    """A file that broke something.

    Attributes:
        outcome: "crash" (an exception that is no refusal), "wrong" (provisions that do not fit the text), "hang", "memory" or "died" (the process ended).
        cause: the exception and where it was raised; files with one cause are saved once.
        number: of the file, with which `hostile` makes it again; ``saved`` is where it lies, empty where no folder was given.
    """

    form: str
    number: int
    outcome: str
    cause: str
    saved: str = ""


@dataclass(slots=True)
class FuzzReport:
    """What came of the files: how many of each format ended how, how long they took, and what broke.

    ``slowest`` holds each format's longest time in seconds with the number of the file.
    """

    seed: int
    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    offences: list[Offence] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether every file gave a law or a refusal."""
        return not self.offences

    def lines(self) -> Iterator[str]:
        """Yield the report in words, a line a format and a line a cause."""
        for form, counts in self.outcomes.items():
            told = ", ".join(f"{outcome} {count:,}" for outcome, count in sorted(counts.items()))
            slowest, number = self.slowest[form]
            yield f"{form}: {sum(counts.values()):,} files in {self.seconds[form]:.0f} s ({told}); slowest {slowest:.2f} s, file {number}"
        causes = Counter((offence.form, offence.outcome, offence.cause) for offence in self.offences)
        for (form, outcome, cause), count in causes.most_common():
            first = next(each for each in self.offences if (each.form, each.outcome, each.cause) == (form, outcome, cause))
            yield f"{form}: {outcome} x{count}, first file {first.number}{f' ({first.saved})' if first.saved else ''}: {cause}"


def fuzz(formats: Sequence[str] = tuple(NAMES), count: int = 1000, seed: int = 0, *, seconds: float = 3600.0, folder: Path | None = None) -> FuzzReport:
    """Return what the readers made of ``count`` hostile files of each format; the same files for the same seed.

    ``seconds`` is the time for one format: what is left then is not tried, and the counts tell how many were. A file of each
    cause of trouble is saved in ``folder``.
    """
    report = FuzzReport(seed)
    worker = _Worker()
    try:
        for form in formats:
            counts = report.outcomes.setdefault(form, Counter())
            began, slowest = time.monotonic(), (0.0, 0)
            for number in range(count):
                if time.monotonic() - began > seconds:
                    break
                outcome, cause, took = worker.tried(form, seed, number)
                if outcome == "hang":  # the machine may have been busy with something else
                    outcome, cause, took = worker.tried(form, seed, number)
                counts[outcome] += 1
                slowest = max(slowest, (took, number))
                if outcome not in _GOOD:
                    known = any((each.form, each.outcome, each.cause) == (form, outcome, cause) for each in report.offences)
                    report.offences.append(Offence(form, number, outcome, cause, "" if known else _saved(folder, form, seed, number)))
            report.seconds[form], report.slowest[form] = time.monotonic() - began, slowest
    finally:
        worker.end()
    return report


def _saved(folder: Path | None, form: str, seed: int, number: int) -> str:
    if folder is None:
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{form}-{seed}-{number}-{NAMES[form]}"
    path.write_bytes(_made(form, seed, number))
    return str(path)


def _made(form: str, seed: int, number: int) -> bytes:
    return hostile(form, f"{seed} {form} {number}")


class _Worker:
    """A process that reads one file after the other, and a new one in its place where it hangs or dies."""

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def tried(self, form: str, seed: int, number: int) -> tuple[str, str, float]:
        """Return how a file ended, why, and the seconds that it took."""
        process, pipe = self._started()
        began = time.monotonic()
        pipe.send((form, seed, number))
        try:
            if not pipe.poll(SECONDS):
                self.end()
                return "hang", f"over {SECONDS:.0f} s", time.monotonic() - began
            outcome, cause = pipe.recv()
        except (EOFError, ConnectionError):
            process.join(SECONDS)
            code = process.exitcode
            self.end()
            return "died", f"exit code {code}", time.monotonic() - began
        if outcome == "memory":
            self.end()  # what is left of it may be broken
        return outcome, cause, time.monotonic() - began

    def _started(self) -> tuple[BaseProcess, Connection]:
        if self._process is None or self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=_work, args=(other,), daemon=True)
            self._process.start()
            other.close()
            if not self._pipe.poll(_START_SECONDS):
                raise TimeoutError(f"the fuzzer's process did not start in {_START_SECONDS:.0f} s")
            self._pipe.recv()
        return self._process, self._pipe

    def end(self) -> None:
        """Stop the process, whatever it does."""
        if self._process is not None and self._pipe is not None:
            self._process.kill()
            self._process.join()
            self._pipe.close()
        self._process = self._pipe = None


def _work(pipe: Connection) -> None:
    """Read files until the pipe closes; runs in the process of its own."""
    for form in NAMES:  # load every reader and model before the clock runs
        with contextlib.suppress(Exception):
            _outcome(Source(hostile(form, "first"), "XTS", NAMES[form], IngestConfig()))
    _limit_memory()
    pipe.send("ready")
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            form, seed, number = pipe.recv()
            pipe.send(judged(Source(_made(form, seed, number), "XTS", NAMES[form], IngestConfig())))


def _limit_memory() -> None:
    """Let the process take no more memory than a file may, beside what it has taken to load the readers."""
    try:
        import resource

        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    except (ImportError, OSError):  # not on this system: only time is watched
        return
    resource.setrlimit(resource.RLIMIT_AS, (taken + BYTES, taken + BYTES))


def judged(source: Source) -> tuple[str, str]:
    """Return how a file ends ("law", "refused", "crash", "wrong", "memory") and, where it breaks something, the cause."""
    try:
        return _outcome(source), ""
    except MemoryError as error:
        return "memory", _cause(error)
    except _WrongError as error:
        return "wrong", str(error)
    except Exception as error:
        return "crash", _cause(error)


def _cause(error: Exception) -> str:
    """Return an exception in a line: its kind, and the innermost lines of code that it passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if any(part in frame.filename for part in ("lexfloor", "/pipeline/", "/eval/"))][-2:]
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {where}"


class _WrongError(Exception):
    """A law or its provisions are not what they must be."""


def _outcome(source: Source) -> str:
    """Return "law" or "refused" for a source, an archive being a law where one of its files is."""
    outcomes = set()
    try:
        for each in members(source) if is_archive(source.data) else [source]:
            outcomes.add("refused" if isinstance(each, Failure) else _of_file(each))
    except SourceError:
        outcomes.add("refused")
    return "law" if "law" in outcomes else "refused"


def _of_file(source: Source) -> str:
    try:
        law = law_of(source)
    except SourceError:
        return "refused"
    _check(law, segment(law))
    return "law"


def _check(law: Law, cut: Segmentation) -> None:
    """Refuse text that cannot be written, and provisions that lie outside it or share an id."""
    try:
        law.text.encode()
        law.title.encode()
    except UnicodeEncodeError as error:
        raise _WrongError("text or title cannot be written as UTF-8") from error
    if any(node.span.end > len(law.text) for node in cut.provisions):
        raise _WrongError("a provision ends beyond the text")
    if len({node.id for node in cut.provisions}) != len(cut.provisions):
        raise _WrongError("two provisions have one id")
    if any(ord(letter) in range(0xD800, 0xE000) for node in cut.provisions for letter in node.id):
        raise _WrongError("an id cannot be written as UTF-8")
