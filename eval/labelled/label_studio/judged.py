"""From annotators' findings to judgements: one finding for each requirement, conflicts told, gold files written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from lexfloor.corpora.judgements import JudgedFinding, Judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.label_studio.exported import Result, TaskData
from lexfloor.eval.labelled.label_studio.opinions import Faulty, Opinion, Opinions, finding_of, read_opinions
from lexfloor.eval.labelled.label_studio.shown import CountryTexts
from lexfloor.eval.labelled.label_studio.tasks import tasks
from lexfloor.pipeline.errors import InputError

CERTAINTIES = ("low", "medium", "high")
TOLD = 10
"""Findings named in one message."""


def judgements(export: Path, laws: Path, standard: Standard, *, accept_untouched: Path | None = None) -> dict[str, Judgements]:
    """Return the judgements in a Label Studio export, by country: one finding for every requirement of the standard.

    Of an annotator's several answers to a task the latest counts. Where annotators give one verdict, the latest answer stands,
    with the lowest certainty that any of them gave; where they differ, the answer marked as ground truth. With
    ``accept_untouched``, the folder of the run that the tasks were made of, what nobody judged is taken over from it with low
    certainty.

    Raises:
        DataFileError: the export cannot be read, or an annotation breaks the guidelines.
        InputError: annotators differ and no answer is marked as ground truth, a requirement has no answer, or laws are not there.
    """
    read = read_opinions(export, laws, standard)
    found: dict[str, dict[str, JudgedFinding]] = defaultdict(dict)
    conflicts = []
    for (country, requirement), opinions in _by_finding(read.found).items():
        settled = _settled(opinions)
        if settled is None:
            said = ", ".join(f"{item.annotator or 'unknown'} says {item.finding.verdict}" for item in opinions)
            conflicts.append(f"{country} {requirement}: {said}")
        else:
            found[country][requirement] = settled
    if conflicts:
        raise InputError(f"{export}: annotators differ on {_listed(conflicts)}; mark the answer that stands as ground truth and export again")
    if accept_untouched:
        for country, untouched in _untouched(accept_untouched, laws, read, found).items():
            found[country] |= untouched
    open_ones = [f"{country} {item.id}" for country in read.texts for item in standard.requirements if item.id not in found[country]]
    if open_ones:
        raise InputError(f"{export}: no answer to {_listed(open_ones)}; judge them, or take over what the run says of them (accept untouched)")
    return {country: _judgements(texts, found[country], standard) for country, texts in sorted(read.texts.items())}


def by_annotator(export: Path, laws: Path, standard: Standard) -> dict[str, list[Judgements]]:
    """Return what each annotator judged, country by country: only the requirements that they answered, their latest answers.

    Raises:
        DataFileError: the export cannot be read, or an annotation breaks the guidelines.
        InputError: the laws of a country are not there.
    """
    read = read_opinions(export, laws, standard)
    found: dict[tuple[str, str], dict[str, JudgedFinding]] = defaultdict(dict)
    for opinions in _by_finding(read.found).values():
        for item in opinions:
            found[item.annotator, item.country][item.finding.requirement] = item.finding
    by_name: dict[str, list[Judgements]] = defaultdict(list)
    for (name, country), own in sorted(found.items()):
        by_name[name].append(_judgements(read.texts[country], own, standard))
    return dict(by_name)


def write_judgements(found: Iterable[Judgements], folder: Path) -> list[Path]:
    """Write a gold file for each country into a folder and return their paths; what is as usual (no near miss) is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for item in found:
        path = folder / f"{item.country}.json"
        content = item.model_dump(mode="json", exclude_defaults=True)
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        paths.append(path)
    return paths


def _by_finding(opinions: Sequence[Opinion]) -> dict[tuple[str, str], list[Opinion]]:
    """Return the latest opinion of each annotator by country and requirement, the latest of all last."""
    found: dict[tuple[str, str], dict[str, Opinion]] = defaultdict(dict)
    for item in sorted(opinions, key=_time):
        own = found[item.country, item.finding.requirement]
        own.pop(item.annotator, None)
        own[item.annotator] = item
    return {place: list(own.values()) for place, own in found.items()}


def _time(item: Opinion) -> str:
    return item.updated


def _settled(opinions: Sequence[Opinion]) -> JudgedFinding | None:
    """Return the finding that stands, None where annotators differ and none is marked as ground truth."""
    marked = [item for item in opinions if item.settles]
    if len({item.finding.verdict for item in marked or opinions}) > 1:
        return None
    if marked:
        return marked[-1].finding
    certainty = min((item.finding.certainty for item in opinions), key=CERTAINTIES.index)
    return opinions[-1].finding.model_copy(update={"certainty": certainty})


def _untouched(run: Path, laws: Path, read: Opinions, found: Mapping[str, Mapping[str, JudgedFinding]]) -> dict[str, dict[str, JudgedFinding]]:
    """Return what the run says of the requirements that nobody judged, with low certainty."""
    taken: dict[str, dict[str, JudgedFinding]] = defaultdict(dict)
    for task in tasks(run, laws):
        data = TaskData.model_validate(task["data"])
        if data.country in read.texts and data.requirement not in found[data.country]:
            result = [Result.model_validate(item) for item in task["predictions"][0]["result"]]
            try:
                taken[data.country][data.requirement] = finding_of(data, result, read.texts[data.country], certainty=CERTAINTIES[0])
            except Faulty as error:
                raise InputError(f"{run}: {data.country} {data.requirement} cannot be taken over ({error}); judge it in Label Studio") from error
    return taken


def _judgements(texts: CountryTexts, found: Mapping[str, JudgedFinding], standard: Standard) -> Judgements:
    cited = {item.file for finding in found.values() for item in finding.evidence}
    findings = tuple(found[item.id] for item in standard.requirements if item.id in found)
    return Judgements(country=texts.country, language=texts.language, files=tuple(sorted({*texts.judged_files, *cited})), findings=findings)


def _listed(items: Sequence[str]) -> str:
    more = len(items) - TOLD
    return "; ".join(items[:TOLD]) + (f"; and {more} more" if more > 0 else "")
