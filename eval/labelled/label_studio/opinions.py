"""What annotators made of the tasks: a Label Studio export read, checked against the laws and turned into findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.json_file import Fault, JsonFile
from lexfloor.corpora.judgements import JudgedEvidence, JudgedFigure, JudgedFinding
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.label_studio.exported import Export, Result, TaskData
from lexfloor.eval.labelled.label_studio.marked import Unusable, elsewhere, figure, marked, verbatim
from lexfloor.eval.labelled.label_studio.shown import CountryTexts, countries
from lexfloor.eval.labelled.label_studio.tasks import CERTAINTY, ELSEWHERE, EVIDENCE, FIGURES, NEAR_MISS, RATIONALE, VERDICT
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Verdict


@dataclass(frozen=True, slots=True)
class Opinion:
    """One annotator's finding; ``settles`` where it was marked as ground truth, ``updated`` is the time as exported."""

    country: str
    annotator: str
    finding: JudgedFinding
    settles: bool
    updated: str


@dataclass(frozen=True, slots=True)
class Opinions:
    """All findings of an export, in its order, and the laws of their countries."""

    found: tuple[Opinion, ...]
    texts: dict[str, CountryTexts]


def read_opinions(export: Path, laws: Path, standard: Standard) -> Opinions:
    """Return what annotators found, every quote in the law; cancelled annotations are left aside.

    ``export`` is Label Studio's export named JSON, ``laws`` the laws that were screened. Evidence for not_addressed counts as
    near miss. A quote given under "elsewhere" gets its file and section from the law.

    Raises:
        DataFileError: the file is no such export, or an annotation breaks the guidelines (no verdict, a quote too short,
            words of two sections, a figure that cannot be read, a quote that is not in the law); names line and requirement.
        InputError: the laws of a country are not there.
    """
    file = JsonFile.read(export)
    exported = file.record(Export).root
    texts = {found.country: found for found in countries(laws, IngestConfig(), {task.data.country for task in exported})}
    if missing := sorted({task.data.country for task in exported} - set(texts)):
        raise InputError(f"{laws}: no laws of {', '.join(missing)}; give the folder that was screened")
    known = {requirement.id for requirement in standard.requirements}
    opinions: list[Opinion] = []
    faults: list[Fault] = []
    for number, task in enumerate(exported):
        if task.data.requirement not in known:
            faults.append(((number, "data", "requirement"), f"{standard.title} has no requirement {task.data.requirement!r}"))
            continue
        for index, annotation in enumerate(task.annotations):
            if annotation.was_cancelled:
                continue
            try:
                finding = finding_of(task.data, annotation.result, texts[task.data.country])
            except Faulty as error:
                who = f"{task.data.country} {task.data.requirement}, annotator {annotation.completed_by or 'unknown'}"
                faults += [((number, "annotations", index, *place), f"{who}: {problem}") for place, problem in error.faults]
                continue
            opinions.append(Opinion(task.data.country, annotation.completed_by, finding, annotation.ground_truth, annotation.updated_at))
    if faults:
        raise file.error(faults)
    return Opinions(tuple(opinions), texts)


class Faulty(InputError):
    """An annotation that cannot become a finding; ``faults`` say where in it, and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(problem for _, problem in self.faults))


def finding_of(data: TaskData, result: Sequence[Result], texts: CountryTexts, certainty: str = "") -> JudgedFinding:
    """Return an annotation as a finding; ``certainty`` holds where the annotation gives none.

    Raises:
        Faulty: the annotation breaks the guidelines.
    """
    verdict, certain = _chosen(result, VERDICT), _chosen(result, CERTAINTY) or certainty
    silent = verdict == Verdict.NOT_ADDRESSED
    faults: list[Fault] = [((), f"no {name} is chosen") for name, value in ((VERDICT, verdict), (CERTAINTY, certain)) if not value]
    evidence: list[JudgedEvidence] = []
    numbers: dict[str, int] = {}  # of the evidence, by the id of its stretch
    for index, item in enumerate(result):
        try:
            found = _quotes(data, item, texts)
        except Unusable as error:
            faults.append((("result", index), str(error)))
            continue
        for quote in found:
            near_miss = silent or NEAR_MISS in item.value.labels
            evidence.append(quote.model_copy(update={"near_miss": near_miss}))
            numbers[item.id] = len(evidence) - 1
    figures: list[JudgedFigure] = []
    for index, item in enumerate(result):
        # Figures of stretches that are marked no longer are left aside.
        if item.from_name == FIGURES and item.id in numbers:
            try:
                figures += [figure(line, numbers[item.id]) for line in item.value.text]
            except Unusable as error:
                faults.append((("result", index), str(error)))
    if not faults and not silent and all(item.near_miss for item in evidence):
        faults.append(((), f"{verdict} without evidence: mark the words that decide it"))
    if faults:
        raise Faulty(faults)
    rationale = "\n".join(text for item in result if item.from_name == RATIONALE for text in item.value.text)
    content = {"requirement": data.requirement, "verdict": verdict, "certainty": certain, "rationale": rationale, "evidence": evidence, "parameters": figures}
    try:
        return JudgedFinding.model_validate(content, strict=False)
    except ValidationError as error:
        raise Faulty([((), f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}") for fault in error.errors()]) from error


def _quotes(data: TaskData, item: Result, texts: CountryTexts) -> list[JudgedEvidence]:
    """Return the quotes that an entry of an annotation gives: a marked stretch, or words pasted from elsewhere."""
    if item.from_name == EVIDENCE and item.value.labels:
        return [verbatim(marked(data, item.value), texts)]
    return [verbatim(elsewhere(words, texts), texts) for words in item.value.text] if item.from_name == ELSEWHERE else []


def _chosen(result: Sequence[Result], name: str) -> str:
    return next((item.value.choices[0] for item in result if item.from_name == name and item.value.choices), "")
