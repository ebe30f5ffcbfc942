"""Run a suite: predictions by its adapter, measures of these, stamps of what they were made with."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lexfloor.configs.run import RunConfig
from lexfloor.eval.measuring import measured
from lexfloor.eval.runs import SuiteRun, versions
from lexfloor.eval.suite import Asked, SuiteCard, Tables, adapter_of, revision_of
from lexfloor.models.cards import model_card
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.revision import code_revision
from lexfloor.pipeline.runner import Report


def run_suite(card: SuiteCard, data: Mapping[str, Path], config: RunConfig, report: Report, *, only: Sequence[str] = (), cold: bool = False) -> SuiteRun:
    """Return a run of a suite, measured; ``cold`` uses no vectors of earlier runs.

    Raises:
        DataFileError: data of the suite are faulty; tells file and line.
        InputError: nothing of what ``only`` names is among the data.
    """
    began, clock = datetime.now(UTC), time.perf_counter()
    adapter = adapter_of(card)
    with TemporaryDirectory(prefix="lexfloor-") as fresh:
        vectors = Path(fresh) if cold or card.cold else None
        tables: Tables = adapter.predictions(Asked(card, data, configured(config, card), tuple(only), vectors, report))
    if not any(tables.values()):
        named = f" for {', '.join(only)}" if only else ""
        raise InputError(f"suite {card.name}: nothing to measure{named} in {', '.join(map(str, data.values()))}")
    report("measuring", 0, 1)
    stamps: dict[str, Any] = {
        "code": {"lexfloor": versions()["lexfloor"], "revision": code_revision("lexfloor.eval")},
        "models": {"encoder": model_card(config.embed.model).model_dump(mode="json")} | _reranker(config),
        "data": {name: _revision(card, name, place) for name, place in data.items()},
        "configuration": configured(config, card).model_dump(mode="json"),
        "only": list(only),
        "versions": versions(),
        "times": {"began": began.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 1)},
    }
    return SuiteRun(card, tables, tuple(measured(tables, adapter.MEASURES, card)), stamps)


def remeasured(run: SuiteRun, card: SuiteCard) -> SuiteRun:
    """Return a run's stored predictions measured anew, by another suite's measures where that suite takes the same predictions.

    Raises:
        InputError: the suites do not take the same predictions.
    """
    if adapter_of(card).predictions is not adapter_of(run.card).predictions:
        raise InputError(f"suite {card.name} cannot be measured on predictions of suite {run.card.name}: they are made by different adapters")
    return replace(run, card=card, measures=tuple(measured(run.tables, adapter_of(card).MEASURES, card)))


def configured(config: RunConfig, card: SuiteCard) -> RunConfig:
    """Return the run's configuration with what the suite sets otherwise (``options.config`` of its card)."""
    stages = card.options.get("config", {})
    changed = {stage: getattr(config, stage).model_copy(update=values) for stage, values in stages.items()}
    return config.model_copy(update=changed)


def _reranker(config: RunConfig) -> dict[str, Any]:
    return {"reranker": model_card(config.retrieve.rerank, "reranker").model_dump(mode="json")} if config.retrieve.rerank else {}


def _revision(card: SuiteCard, name: str, place: Path) -> dict[str, str]:
    source = card.data[name]
    return {"path": source.path, "revision": revision_of(place, source.pattern), "expected": source.revision}
