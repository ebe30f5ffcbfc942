"""Screen: run the pipeline over countries and leave the whole output contract in one folder."""

from __future__ import annotations

import platform
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from lexfloor.configs.run import RunConfig
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.ranking import ranking
from lexfloor.models.vectors import cache_folder
from lexfloor.models.verdict import SHIPPED, verdict_model
from lexfloor.models.weight_files import broken
from lexfloor.pipeline.kept import Kept
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.records import Assessment, CountryResult, Failure, Law, Promise, ProvisionStatus
from lexfloor.pipeline.revision import code_revision
from lexfloor.pipeline.runner import Report, Runner, _silent
from lexfloor.pipeline.stages.classify.weighing import unknown_signals
from lexfloor.pipeline.stages.export import Exporter
from lexfloor.pipeline.stages.export.laws.json_lines import version_facts
from lexfloor.pipeline.store import filled_whole, write_json

LIBRARIES = (
    "lexfloor",
    "torch",
    "transformers",
    "sentence-transformers",
    "spacy",
    "faiss-cpu",
    "bm25s",
    "pyarrow",
    "numpy",
    "py3langid",
    "lxml",
    "selectolax",
    "python-docx",
    "pypdfium2",
    "pdfplumber",
)


@dataclass
class Summary:
    """What a run came to.

    ``failed`` counts what could not be read or screened; what was left out on purpose does not count.
    """

    out: Path
    assessments: list[Assessment] = field(default_factory=list)
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)

    @property
    def failed(self) -> int:
        """Number of failures that are not deliberate omissions."""
        return sum(failure.category != "skipped" for failure in self.failures)


def screen(paths: Sequence[Path], out: Path, config: RunConfig, *, country: str | None = None, report: Report = _silent) -> Summary:
    """Screen the countries at ``paths`` and write every table of the output contract into ``out``, whole or not at all.

    Raises:
        InputError: a path does not exist, holds no file, or ``out`` cannot be written to.
        DataFileError: the standard or the configuration is broken.
        ModelError: a model is missing or cannot run on the device asked for.
    """
    began, clock = datetime.now(UTC), time.perf_counter()
    runner = Runner.of(config, report)
    if runner.verdict and (strange := unknown_signals(runner.verdict)):
        raise broken(SHIPPED, f"rests on signals unknown to this version: {', '.join(strange)}", config.weights_folder)
    runner.kept = _kept(runner)
    folders, stray = country_folders(paths, country, out=out)
    summary, inputs, seconds = Summary(out), {}, {}
    with filled_whole(out) as building:
        exporter = Exporter(building, runner.standard)
        exporter.left_out(stray)
        summary.failures += stray
        try:
            for result, failures, laps in runner.run(folders):
                summary.failures += failures
                if result is None:
                    exporter.left_out(failures)
                    continue
                exporter.add(result, failures)
                summary.assessments.append(result.assessment)
                summary.counts[result.country] = _counts(result, failures)
                inputs[result.country] = [_input(law) for law in result.laws]
                seconds[result.country] = laps
        except BaseException:
            exporter.abandon()
            raise
        report("writing tables", 0, 1)
        exporter.close()
        times = {"began": began.isoformat(timespec="seconds"), "seconds": round(time.perf_counter() - clock, 1), "stages": seconds, "peak_memory_mb": peak_memory()}
        write_json(building / "run.json", _manifest(runner, config, inputs, summary, times))
    report("writing tables", 1, 1)
    return summary


def _kept(runner: Runner) -> Kept | None:
    """Return where results of this runner are kept: nowhere if its models are not the shipped ones, or if a program beside it (tesseract) reads."""
    if not isinstance(runner.encoder, SentenceEncoder) or runner.kinds or runner.ranking or runner.verdict or runner.reranker or runner.questions or runner.config.ingest.ocr:
        return None
    decided = [code_revision(), platform.python_version(), *map(_version, LIBRARIES), runner.config.model_dump_json(), runner.standard.model_dump_json()]
    return Kept(cache_folder() / "results", [*decided, runner.encoder.fingerprint, repr(runner.statistics)])


def _counts(result: CountryResult, failures: Sequence[Failure]) -> dict[str, int]:
    return {
        "files": len(result.laws) + len({failure.file for failure in failures if failure.stage == "ingest" and failure.file}),
        "files_read": len(result.laws),
        "provisions": len(result.provisions),
        "sections": sum(node.level == "section" for node in result.provisions),
        "not_in_force": sum(node.level == "section" and node.status not in (ProvisionStatus.IN_FORCE, ProvisionStatus.UNKNOWN) for node in result.provisions),
        "definitions": len(result.definitions),
        "references": sum(link.kind == "reference" for link in result.links),
        "references_resolved": sum(link.kind == "reference" and bool(link.target) for link in result.links),
        "parameters": len(result.parameters),
        "findings": len(result.findings),
        "review": sum(finding.review for finding in result.findings),
        "failures": sum(failure.category != "skipped" for failure in failures),
        "skipped": sum(failure.category == "skipped" for failure in failures),
    }


def _input(law: Law) -> dict[str, Any]:
    return {
        "file": law.file,
        "sha256": law.sha256,
        "format": law.format,
        "language": law.language,
        "encoding": law.encoding,
        "title": law.title,
        "parallel_of": law.parallel_of,
        "remarks": list(law.remarks),
    } | version_facts(law.version)


def _manifest(runner: Runner, config: RunConfig, inputs: dict[str, Any], summary: Summary, times: dict[str, Any]) -> dict[str, Any]:
    encoder = runner.encoder
    totals = Counter[str]()
    for counts in summary.counts.values():
        totals.update(counts)
    return {
        "instrument": runner.standard.id,
        "configuration": config.model_dump(mode="json"),
        "models": {
            "encoder": {name: getattr(encoder, name, "") for name in ("name", "space", "fingerprint", "weights", "device", "precision", "precision_because")},
            "ranking": _ranked_by(runner),
            "reranker": {name: getattr(runner.reranker, name, "") for name in ("name", "fingerprint")} if runner.reranker else {},
            "verdict": (runner.verdict or verdict_model()).about,
        },
        "versions": {name: _version(name) for name in LIBRARIES} | {"python": platform.python_version()},
        "inputs": inputs,
        "assessments": {item.country: _assessment(item) for item in summary.assessments},
        "counts": dict(totals) | {"countries": len(summary.counts), "by_country": summary.counts},
        "times": times,
    }


def _ranked_by(runner: Runner) -> dict[str, Any]:
    """Return what the ranking was fitted on and whether it knew the evidence of judged countries; nothing where sections were ordered by score."""
    if not runner.config.retrieve.rank:
        return {}
    model = runner.ranking or ranking()
    known = model.counterparts.evidence([requirement.id for requirement in runner.standard.requirements], runner.encoder.space)
    return {**model.about, "evidence_of_other_countries": known is not None}


def _assessment(item: Assessment) -> dict[str, Any]:
    return {
        "acceptance": item.acceptance,
        "parts_met": list(item.acceptable_parts),
        "parts_open": list(item.open_parts),
        "parts": {part.part: str(part.state) for part in item.parts},
        "articles": {article.article: str(article.state) for article in item.articles},
        "for_review": {part.part: part.review for part in item.parts},
        "promise": _promise(item.promise),
    }


def _promise(promise: Promise | None) -> dict[str, Any]:
    """Return the rate of error promised and the share of findings left without review, shares rounded to four digits."""
    if promise is None:
        return {}
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(promise).items()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def peak_memory() -> int:
    """Return the peak resident memory of this process in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
