"""How fast laws are screened, beside a plain script on the same machine in the same run: cold, and again from the cache."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lexfloor.configs.run import RunConfig
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.eval.segmentation import Figure
from lexfloor.eval.speed.peer import Country, Outcome, Task
from lexfloor.eval.speed.rate import rate
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.laws import country_folders, read_laws
from lexfloor.pipeline.stages.embed import citable_sections, pieces
from lexfloor.pipeline.stages.ingest import CountryFolder

FASTER, AGAIN, MEMORY = 5.0, 20.0, 3000.0
SHARES = {"float32": 0.70, "bfloat16": 0.45}
SAMPLE_PASSAGES, SAMPLE_PAIRS = 128, 96
"""Of each country, where the peer is not run whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """One screening: ``seconds`` from start to end of the program, ``stages`` of these by stage, memory in MB."""

    seconds: float
    stages: dict[str, float]
    peak_memory: int


def speed(laws: Path, countries: Sequence[str], config: RunConfig, *, whole: bool = False) -> Iterator[Figure]:
    """Yield the figures as they are measured: the peer's, those of a cold screening and of the next, and the encoder's.

    Of the configuration the model, the device and the precision are taken; all else is as shipped.

    Without ``whole`` the peer computes a sample of each country's passages and pairs, and what the rest would take follows from the counts.

    Raises:
        InputError: a country has no folder among the laws.
        ModelError: the encoder cannot be loaded.
    """
    missing = [name for name in countries if not (laws / name).is_dir()]
    if missing:
        raise InputError(f"{laws}: no folder {', '.join(missing)}; name countries by their folders")
    places = [laws / name for name in countries]
    encoder = SentenceEncoder(model_card(config.embed.model), device=config.embed.device, precision=config.embed.precision)
    folders, _ = country_folders(places, None)
    wanted = {folder.country: _searched(folder, load_standard(config.standard), config) for folder in folders}
    with TemporaryDirectory(prefix="lexfloor-speed-") as work:
        sample = {} if whole else {"passages": SAMPLE_PASSAGES, "pairs": SAMPLE_PAIRS}
        peer = _peer(Task(folder=str(encoder.folder()), device=encoder.device, countries=wanted, **sample), Path(work))
        told = "computed" if whole else f"from {peer.computed:.0f} s on a sample"
        yield Figure("peer", "seconds", peer.seconds, detail=f"{told}; embedding {peer.embedding:.0f}, reading {peer.pairs:,} pairs {peer.reading:.0f}")
        yield Figure("peer", "passages/s", peer.passages / peer.seconds, detail=f"of {peer.passages:,} passages")
        yield Figure("peer", "peak memory, MB", peer.peak_memory)
        cold, again = (_screened(places, config, Path(work), name) for name in ("cold", "again"))
    yield Figure("cold", "seconds", cold.seconds, detail=_told(cold))
    yield Figure("cold", "passages/s", peer.passages / cold.seconds)
    yield Figure("cold", "times as fast as the peer", peer.seconds / cold.seconds, FASTER)
    yield Figure("cold", "peak memory, MB", cold.peak_memory, MEMORY, at_most=True)
    yield Figure("again", "seconds", again.seconds, detail=_told(again))
    yield Figure("again", "times as fast as cold", cold.seconds / again.seconds, AGAIN)
    yield Figure("again", "peak memory, MB", again.peak_memory, MEMORY, at_most=True)
    if encoder.precision in SHARES or encoder.precision == "float16":
        passages = [text for country in wanted.values() for text in country.passages[:: max(1, len(country.passages) // SAMPLE_PASSAGES)]]
        found = rate(encoder, passages)
        detail = f"{encoder.precision} on {encoder.device}: {found.embedding:.0f} of {found.machine:.0f} GFLOP/s; with padding {found.padded / found.machine:.2f}"
        yield Figure("encoder", "passages/s", found.passages_per_second, detail=f"of {len(passages)}")
        yield Figure("encoder", "share of the rate of matrix products", found.share, SHARES.get(encoder.precision), detail=detail)


def _searched(folder: CountryFolder, standard: Standard, config: RunConfig) -> Country:
    """Return all passages of a country's laws as we cut them, and a query for each requirement; neither is on the peer's clock."""
    read = read_laws(folder, config.ingest)
    made = pieces(citable_sections(read.laws, read.provisions), {law.file: law.title for law in read.laws}, config.embed)
    wording = standard.in_language("en")
    return Country(passages=tuple(piece.words for piece in made), queries=tuple(wording.requirements[item.id].as_law[0] for item in standard.requirements))


def _peer(task: Task, work: Path) -> Outcome:
    asked, outcome = work / "task.json", work / "outcome.json"
    asked.write_text(task.model_dump_json(), encoding="utf-8")
    _program(["lexfloor.eval.speed.peer", str(asked), str(outcome)], outcome)
    return Outcome.model_validate_json(outcome.read_bytes())


def _screened(places: Sequence[Path], config: RunConfig, work: Path, name: str) -> Run:
    """Screen the countries with the cache in ``work``, which is empty the first time."""
    out, chosen = work / name, config.embed
    options = ["--model", chosen.model, "--device", chosen.device, "--precision", chosen.precision]
    began = time.perf_counter()
    _program(["lexfloor", "screen", *map(str, places), "--out", str(out), *options], out / "run.json", LEXFLOOR_CACHE=str(work / "cache"))
    seconds = time.perf_counter() - began
    times: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))["times"]
    stages: dict[str, float] = {}
    for laps in times["stages"].values():
        for stage, took in laps.items():
            stages[stage] = stages.get(stage, 0.0) + took
    return Run(seconds, stages, times["peak_memory_mb"])


def _told(run: Run) -> str:
    embedding = run.stages.get("embed", 0.0)
    return f"embedding {embedding:.1f}, other stages {sum(run.stages.values()) - embedding:.1f}"


def _program(module: Sequence[str], made: Path, **environment: str) -> None:
    """Run a module of Python to its end, in a process of its own: its memory is its own, and nothing is loaded before.

    Raises:
        InputError: it has not made its file; tells what it said.
    """
    ended = subprocess.run([sys.executable, "-m", *module], env=os.environ | environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own modules
    if not made.is_file():
        raise InputError(f"{module[0]} ended with {ended.returncode}: {ended.stderr.strip()[-500:]}")
