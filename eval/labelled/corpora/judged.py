"""Judged laws as tables: of packed judgements as positions and hashes, and with their words where the laws are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from lexfloor.corpora.judgements import Judgements, read_judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.checked import laws_of
from lexfloor.eval.labelled.corpora.judged_rows import EvidenceRow, EvidenceTextRow, FigureRow, FigureTextRow, FindingRow
from lexfloor.eval.labelled.positions import PackedFinding, PackedJudgements, packed, read_packed, unpacked
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Law, Level, Provision
from lexfloor.pipeline.stages.segment import segment


@dataclass(frozen=True, slots=True)
class JudgedCountry:
    """A country's judgements without text; ``judged`` and ``laws`` hold the words where these are asked for."""

    packed: PackedJudgements
    judged: Judgements | None = None
    laws: Mapping[str, Law] = field(default_factory=dict)


def packed_countries(folder: Path, laws: Path | None) -> Iterator[JudgedCountry]:
    """Yield the judgements in a folder of packed files, with their words where ``laws``, the folder of countries' laws, is given.

    Raises:
        DataFileError: a file is broken, or a law is another than the one judged.
        InputError: there is no packed file, or a country's laws are not there.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise InputError(f"{folder}: no judgements (*.json) in this folder")
    for path in paths:
        found = read_packed(path)
        if laws is None:
            yield JudgedCountry(found)
            continue
        names = tuple(item.file for item in found.files)
        texts = laws_of(Judgements(country=found.country, language=found.language, files=names, findings=()), laws)
        yield JudgedCountry(found, unpacked(found, texts), texts)


def gold_countries(folder: Path, laws: Path, standard: Standard) -> Iterator[JudgedCountry]:
    """Yield the judgements in a folder of gold files, words and rationales included.

    Raises:
        DataFileError: a file breaks the guidelines, or a quote is not in the law.
        InputError: a country's laws are not there.
    """
    for path in sorted(folder.glob("*.json")):
        judged = read_judgements(path, standard)
        texts = laws_of(judged, laws)
        yield JudgedCountry(packed(judged, texts, path), judged, texts)


def finding_rows(country: JudgedCountry, standard: Standard) -> Iterator[FindingRow]:
    """Yield a row for each finding."""
    wording = standard.in_language(country.packed.language).requirements
    for index, finding in enumerate(country.packed.findings):
        asked = standard.requirement(finding.requirement)
        yield FindingRow(
            **_place(country.packed, finding),
            certainty=finding.certainty,
            statement=wording[finding.requirement].statement,
            part=asked.part,
            article=asked.article,
            dimension=str(asked.dimension),
            contingency=str(asked.contingency),
            quotes=sum(not item.near_miss for item in finding.evidence),
            near_misses=sum(item.near_miss for item in finding.evidence),
            figures=len(finding.parameters),
            rationale=country.judged.findings[index].rationale if country.judged else "",
            rationale_hash=finding.rationale,
        )


def evidence_rows(country: JudgedCountry) -> Iterator[EvidenceRow]:
    """Yield a row for each quote, an ``EvidenceTextRow`` where the country has its words."""
    sections: dict[str, list[Provision]] = {}
    for index, finding in enumerate(country.packed.findings):
        for number, item in enumerate(finding.evidence):
            row = EvidenceRow(**_stretch(country.packed, finding, number), section=item.section, near_miss=item.near_miss, quote_hash=item.quote)
            if country.judged is None:
                yield row
                continue
            if row.file not in sections:
                sections[row.file] = [node for node in segment(country.laws[row.file]).provisions if node.level is Level.SECTION]
            around = next((node for node in sections[row.file] if node.span.start <= row.start < node.span.end), None)
            yield EvidenceTextRow(
                **asdict(row),
                quote=country.judged.findings[index].evidence[number].quote,
                provision=around.id if around else "",
                section_start=around.span.start if around else None,
                section_end=around.span.end if around else None,
                section_text=around.text if around else "",
            )


def figure_rows(country: JudgedCountry) -> Iterator[FigureRow]:
    """Yield a row for each figure, a ``FigureTextRow`` where the country has its words."""
    for index, finding in enumerate(country.packed.findings):
        for figure in finding.parameters:
            row = FigureRow(
                **_stretch(country.packed, finding, figure.quote),
                parameter=figure.parameter,
                value=float(figure.value),
                unit=figure.unit,
                qualifier=figure.qualifier or "",
            )
            judged = country.judged
            yield FigureTextRow(**asdict(row), quote=judged.findings[index].evidence[figure.quote].quote) if judged else row


def _place(judged: PackedJudgements, finding: PackedFinding) -> dict[str, Any]:
    return {"country": judged.country, "language": judged.language, "requirement": finding.requirement, "verdict": str(finding.verdict)}


def _stretch(judged: PackedJudgements, finding: PackedFinding, number: int) -> dict[str, Any]:
    item = finding.evidence[number]
    file = judged.files[item.file]
    return _place(judged, finding) | {"evidence": number, "file": file.file, "file_sha256": file.sha256, "start": item.start, "end": item.end}
