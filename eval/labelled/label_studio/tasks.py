"""A screening as Label Studio tasks: one a finding, the uncertain ones first, each with the pipeline's answer as prediction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lexfloor.configs.run import RunConfig
from lexfloor.corpora.judgements import shortest_quote
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.eval.labelled.label_studio.shown import CountryTexts, ShownSection, countries, laid_out, quotable
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Provision

EVIDENCE, NEAR_MISS = "evidence", "near miss"
"""Labels of marked stretches."""
VERDICT, CERTAINTY, RATIONALE, FIGURES, ELSEWHERE, TEXT = "verdict", "certainty", "rationale", "figures", "elsewhere", "text"
"""Names of the controls and of the text in ``labelling.xml``; stretches are marked by the control ``evidence``."""
SECTIONS = 5
"""Sections that a task shows: those cited, then those that matched best."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a folder that ``lexfloor screen`` wrote tells; ``matches`` are (file, provision), best first, by country and requirement."""

    standard: Standard
    config: RunConfig
    inputs: Mapping[str, Mapping[str, str]]
    findings: Mapping[str, Sequence[dict[str, Any]]]
    matches: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
    version: str


def labelling_interface() -> str:
    """Return the labelling interface to paste into a Label Studio project: XML."""
    return (files("lexfloor.eval.labelled.label_studio") / "labelling.xml").read_text(encoding="utf-8")


def tasks(run: Path, laws: Path, *, review_only: bool = False) -> list[dict[str, Any]]:
    """Return the findings of a run as tasks to import into Label Studio, by rising confidence.

    ``run`` is a folder that ``lexfloor screen`` wrote, ``laws`` the laws that it read. Each task shows the sections cited and
    those that matched best, without markup; the prediction holds verdict, rationale, figures and the quotes as marked
    stretches. Its score is the finding's confidence. With ``review_only`` only findings marked for review become tasks.

    Raises:
        InputError: ``run`` is no such folder, or a law is missing or another than the one that the run read.
    """
    read = read_run(run)
    found: list[tuple[float, dict[str, Any]]] = []
    missing = set(read.findings)
    for texts in countries(laws, read.config.ingest, read.findings):
        missing.discard(texts.country)
        _check_same(texts, read.inputs[texts.country], laws)
        found += [(finding["confidence"], _task(finding, texts, read)) for finding in read.findings[texts.country] if finding["review"] or not review_only]
    if missing:
        raise InputError(f"{laws}: no laws of {', '.join(sorted(missing))}, which the run in {run} screened; give the folder that was screened")
    return [task for _, task in sorted(found, key=_confidence)]


def _confidence(item: tuple[float, dict[str, Any]]) -> float:
    return item[0]


def read_run(run: Path) -> Run:
    """Return what a folder that ``lexfloor screen`` wrote tells.

    Raises:
        InputError: it is no such folder.
    """
    import pyarrow.parquet as pq

    try:
        about = json.loads((run / "run.json").read_text(encoding="utf-8"))
        lines = (run / "findings.jsonl").read_text(encoding="utf-8").splitlines()
        table = pq.read_table(run / "matches.parquet", columns=["country", "requirement", "rank", "file", "provision"])
        config = RunConfig.model_validate(about["configuration"])
        inputs = {country: {item["file"]: item["sha256"] for item in listed} for country, listed in about["inputs"].items()}
        version = f"lexfloor {about['versions']['lexfloor']} {about['models']['encoder']['name']}"
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{run}: not a folder that lexfloor screen wrote ({type(error).__name__}: {error}); screen the laws first") from error
    findings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        finding = json.loads(line)
        findings[finding["country"]].append(finding)
    matches: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in table.sort_by([("country", "ascending"), ("requirement", "ascending"), ("rank", "ascending")]).to_pylist():
        matches[row["country"], row["requirement"]].append((row["file"], row["provision"]))
    return Run(load_standard(config.standard), config, inputs, findings, matches, version)


def _check_same(texts: CountryTexts, inputs: Mapping[str, str], laws: Path) -> None:
    for file, digest in inputs.items():
        if file not in texts.laws:
            raise InputError(f"{laws}: {texts.country}/{file} is not there, or cannot be read; the run read it: give the folder that was screened")
        if texts.laws[file].sha256 != digest:
            raise InputError(f"{laws}: {texts.country}/{file} was changed since the run; screen the laws again")


def _task(finding: dict[str, Any], texts: CountryTexts, run: Run) -> dict[str, Any]:
    cited = [(item["file"], item["provision"]) for item in finding["evidence"]]
    others = [place for place in run.matches.get((finding["country"], finding["requirement"]), ()) if place not in cited]
    chosen = list(dict.fromkeys([*cited, *others]))[: max(SECTIONS, len(set(cited)))]
    sections = {place: texts.sections(place[0])[place[1]] for place in chosen}
    text, places = laid_out(list(sections.values()))
    wording, english = run.standard.in_language(texts.language), run.standard.in_language("en")
    data = {
        "country": finding["country"],
        "language": texts.language,
        "requirement": finding["requirement"],
        "part": f"{finding['part']}: {wording.parts[finding['part']]}",
        "article": finding["article"],
        "statement": wording.requirements[finding["requirement"]].statement,
        "statement_in_english": english.requirements[finding["requirement"]].statement,
        "verdict": finding["verdict"],
        "confidence": finding["confidence"],
        "review": finding["review"],
        "rationale": finding["rationale"],
        "missing": "; ".join(finding["missing"]),
        "text": text,
        "sections": [place.model_dump() for place in places],
    }
    result = _result(finding, texts, sections, dict(zip(sections, places, strict=True)), text)
    return {"data": data, "predictions": [{"model_version": run.version, "score": finding["confidence"], "result": result}]}


def _result(
    finding: dict[str, Any], texts: CountryTexts, sections: Mapping[tuple[str, str], Provision], places: Mapping[tuple[str, str], ShownSection], text: str
) -> list[dict[str, Any]]:
    """Return a finding as Label Studio's results: its verdict, its rationale, and each quote as a marked stretch with its figures."""
    result = [_control(VERDICT, "choices", {"choices": [finding["verdict"]]}), _control(RATIONALE, "textarea", {"text": [finding["rationale"]]})]
    shortest = shortest_quote(texts.language)
    for number, item in enumerate(finding["evidence"]):
        section, place = sections[item["file"], item["provision"]], places[item["file"], item["provision"]]
        start, end = quotable(section.text, *texts.within(section, item["start"], item["end"]), shortest)
        where = {"start": place.at + start, "end": place.at + end}
        label = NEAR_MISS if item["near_miss"] else EVIDENCE
        result.append(_control(EVIDENCE, "labels", {**where, "text": text[where["start"] : where["end"]], "labels": [label]}, f"quote{number}"))
        figures = [f"{figure['parameter']} {figure['value']:g} {figure['unit']}" for figure in finding["parameters"] if figure["quote"] == number]
        if figures:
            result.append(_control(FIGURES, "textarea", {**where, "text": figures}, f"quote{number}"))
    return result


def _control(name: str, kind: str, value: dict[str, Any], region: str = "") -> dict[str, Any]:
    return {"id": region or name, "from_name": name, "to_name": TEXT, "type": kind, "value": value}
