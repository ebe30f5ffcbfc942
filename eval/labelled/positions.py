"""Judgements without any text of law: each quote as a position and a hash, so that they can be kept and passed on.

Whoever has the same files of law gets the judgements back, quotes and all; rationales cite the law, so their hash alone is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from pydantic import Field

from lexfloor.corpora.json_file import Fault, JsonFile
from lexfloor.corpora.judgements import GoldModel, JudgedEvidence, JudgedFigure, JudgedFinding, Judgements, shortest_quote
from lexfloor.eval.labelled.quotes import QuotedLaw, fault_error, placed_in
from lexfloor.eval.labelled.readings import letters_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Law, RequirementId, Verdict
from lexfloor.pipeline.store import json_line

_HASH = r"^[0-9a-f]{16}$"


class PackedFile(GoldModel):
    """A file of law, and the SHA-256 of its bytes."""

    file: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class PackedEvidence(GoldModel):
    """A quote as the stretch of law that it is: ``file`` is the file's position in the list, ``quote`` the hash of its text."""

    file: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    section: str = Field(min_length=1, max_length=80)
    quote: str = Field(pattern=_HASH)
    near_miss: bool = False


class PackedFinding(GoldModel):
    """A finding; ``rationale`` is the hash of its text."""

    requirement: RequirementId
    verdict: Verdict
    certainty: Literal["high", "medium", "low"]
    rationale: str = Field(pattern=_HASH)
    parameters: tuple[JudgedFigure, ...] = ()
    evidence: tuple[PackedEvidence, ...] = ()


class PackedJudgements(GoldModel):
    """The judgements on one country without the text of its law."""

    schema_version: Literal[1] = 1
    country: str
    language: str
    files: tuple[PackedFile, ...]
    findings: tuple[PackedFinding, ...]


def packed(judgements: Judgements, laws: Mapping[str, Law], path: Path | None = None) -> PackedJudgements:
    """Return judgements without text of law; ``laws`` are the country's, by file, ``path`` the gold file, for the lines in errors.

    A figure keeps its qualifier unless that is a passage of law: as many letters on end as the shortest quote has characters.

    Raises:
        DataFileError: a quote is not in its file, or differs from it in its marks, so that a position does not give it back.
    """
    quoted = {file: QuotedLaw(law) for file, law in laws.items()}
    places = {(place.finding, place.evidence): place for place in placed_in(judgements, quoted, path)}
    faults: list[Fault] = []
    findings = []
    for index, finding in enumerate(judgements.findings):
        kept = []
        for number, judged in enumerate(finding.evidence):
            place = places[index, number]
            found = PackedEvidence(
                file=judgements.files.index(judged.file),
                start=place.start,
                end=place.end,
                section=judged.section,
                quote=short_hash(judged.quote),
                near_miss=judged.near_miss,
            )
            if _quote(quoted[judged.file], found) is None:
                problem = f"the quote differs from {judged.file} in its punctuation, spelling or case: take it word for word from the law"
                faults.append((("findings", index, "evidence", number, "quote"), problem))
            kept.append(found)
        findings.append(
            PackedFinding(
                requirement=finding.requirement,
                verdict=finding.verdict,
                certainty=finding.certainty,
                rationale=short_hash(finding.rationale),
                parameters=tuple(_own_words(figure, quoted, shortest_quote(judgements.language)) for figure in finding.parameters),
                evidence=tuple(kept),
            )
        )
    if faults:
        raise fault_error(judgements, faults, path)
    files = tuple(PackedFile(file=file, sha256=laws[file].sha256) for file in judgements.files)
    return PackedJudgements(country=judgements.country, language=judgements.language, files=files, findings=tuple(findings))


def unpacked(packed: PackedJudgements, laws: Mapping[str, Law], rationales: Mapping[str, str] | None = None) -> Judgements:
    """Return the judgements with their quotes, taken from the law; ``rationales`` by requirement, else they are empty.

    Raises:
        DataFileError: a file of law is missing or another than the one judged, or a quote or rationale is not that of the hash.
    """
    quoted = {}
    for file in packed.files:
        name = f"{packed.country}/{file.file}"
        if file.file not in laws:
            raise DataFileError(name, "", "this file is not among the laws; the judgements were made on it")
        if (found := laws[file.file].sha256) != file.sha256:
            raise DataFileError(name, "", f"not the file that was judged: expected SHA-256 {file.sha256}, found {found}; get the version that was judged")
        quoted[file.file] = QuotedLaw(laws[file.file])
    findings = []
    for finding in packed.findings:
        evidence = []
        for number, item in enumerate(finding.evidence):
            name = packed.files[item.file].file
            quote = _quote(quoted[name], item)
            if quote is None:
                problem = f"evidence {number + 1}: characters {item.start} to {item.end} of {name} are not the quote judged; the file is read otherwise than then, pack it anew"
                raise DataFileError(packed.country, finding.requirement, problem)
            evidence.append(JudgedEvidence(file=name, section=item.section, quote=quote, near_miss=item.near_miss))
        rationale = (rationales or {}).get(finding.requirement, "")
        if rationale and short_hash(rationale) != finding.rationale:
            raise DataFileError(packed.country, finding.requirement, f"the rationale given is not the one judged by (hash {finding.rationale})")
        findings.append(
            JudgedFinding(
                requirement=finding.requirement,
                verdict=finding.verdict,
                evidence=tuple(evidence),
                parameters=finding.parameters,
                rationale=rationale,
                certainty=finding.certainty,
            )
        )
    return Judgements(country=packed.country, language=packed.language, files=tuple(file.file for file in packed.files), findings=tuple(findings))


def write_packed(path: Path, packed: PackedJudgements) -> None:
    """Write packed judgements, a finding on each line; what is as usual (no near miss, no figures) is left out."""
    write_by_line(path, packed, ("files", "findings"))


def write_by_line(path: Path, record: GoldModel, lists: Sequence[str]) -> None:
    """Write a record with a ``schema_version`` as JSON, each member of its ``lists``, which come last, on a line; defaults are left out."""
    content = record.model_dump(mode="json", exclude_defaults=True)
    held = {name: content.pop(name) for name in lists}
    text = json_line({"schema_version": record.model_dump()["schema_version"], **content}).removesuffix("}\n")
    for name, members in held.items():
        text += f', "{name}": [\n' + ",\n".join(json_line(member).rstrip("\n") for member in members) + "\n]"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text + "}\n", encoding="utf-8")


def read_packed(path: Path) -> PackedJudgements:
    """Return the packed judgements in a file.

    Raises:
        DataFileError: it is no such file, or points at a file or evidence that it does not list; names the line.
    """
    file = JsonFile.read(path)
    read = file.record(PackedJudgements)
    if faults := list(_faults(read)):
        raise file.error(faults)
    return read


def short_hash(text: str) -> str:
    """Return the first 16 hexadecimal digits of the SHA-256 of a text with its white space collapsed.

    >>> short_hash("a  b") == short_hash("a b")
    True
    """
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def _quote(law: QuotedLaw, place: PackedEvidence) -> str | None:
    """Return how the stretch of law reads in the way that has the quote's hash, None where it has it in none."""
    stretches = (reading.between(place.start, place.end) for reading in law.readings)
    return next((text for text in stretches if short_hash(text) == place.quote), None)


def _own_words(figure: JudgedFigure, quoted: Mapping[str, QuotedLaw], passage: int) -> JudgedFigure:
    """Return a figure without its qualifier where so many letters of it, or more, stand on end in the law."""
    letters = letters_of(figure.qualifier or "")[0]
    windows = [letters[start : start + passage] for start in range(len(letters) - passage + 1)]
    if any(window in reading.letters[0] for window in windows for law in quoted.values() for reading in law.readings[:1]):
        return figure.model_copy(update={"qualifier": None})
    return figure


def _faults(packed: PackedJudgements) -> Iterator[Fault]:
    for index, finding in enumerate(packed.findings):
        for number, item in enumerate(finding.evidence):
            place = ("findings", index, "evidence", number)
            if item.file >= len(packed.files):
                yield (*place, "file"), f"file {item.file} points at no file; there are {len(packed.files)}, the first is 0"
            if item.start >= item.end:
                yield (*place, "end"), f"end {item.end} is not after start {item.start}"
        for number, figure in enumerate(finding.parameters):
            if figure.quote >= len(finding.evidence):
                yield ("findings", index, "parameters", number, "quote"), f"quote {figure.quote} points at no evidence; there are {len(finding.evidence)}, the first is 0"
