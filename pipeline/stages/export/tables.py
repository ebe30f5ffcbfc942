"""The tables that programs read: findings as JSON lines, provisions, parameters and matches as Parquet, the CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import BenefitLevel, CountryResult, Finding, Level, Parameter
from lexfloor.pipeline.stages.export.shown import CountryPage, figure_text, level_line, level_places, source_text
from lexfloor.pipeline.stages.locate import located

if TYPE_CHECKING:
    import pyarrow as pa

_TEXT, _COUNT, _SCORE, _TRUTH = "string", "int64", "float64", "bool"
SCHEMAS = {
    "provisions": {
        "country": _TEXT,
        "file": _TEXT,
        "provision": _TEXT,
        "parent": _TEXT,
        "level": _TEXT,
        "section": _TEXT,
        "label": _TEXT,
        "heading": _TEXT,
        "path": _TEXT,
        "kind": _TEXT,
        "status": _TEXT,
        "start": _COUNT,
        "end": _COUNT,
        "language": _TEXT,
        "text": _TEXT,
        "dimension": _TEXT,
        "contingency": _TEXT,
        "status_reason": _TEXT,
        "page": _COUNT,
        "chapeau": _TEXT,
        "continuation": _TEXT,
    },
    "links": {
        "country": _TEXT,
        "file": _TEXT,
        "provision": _TEXT,
        "section": _TEXT,
        "kind": _TEXT,
        "start": _COUNT,
        "end": _COUNT,
        "words": _TEXT,
        "act": _TEXT,
        "target_file": _TEXT,
        "target": _TEXT,
        "target_section": _TEXT,
    },
    "definitions": {
        "country": _TEXT,
        "file": _TEXT,
        "provision": _TEXT,
        "section": _TEXT,
        "term": _TEXT,
        "start": _COUNT,
        "end": _COUNT,
        "scope": _TEXT,
    },
    "parameters": {
        "country": _TEXT,
        "file": _TEXT,
        "provision": _TEXT,
        "section": _TEXT,
        "parameter": _TEXT,
        "value": _SCORE,
        "unit": _TEXT,
        "comparator": _TEXT,
        "contingency": _TEXT,
        "start": _COUNT,
        "end": _COUNT,
        "strength": _SCORE,
        "quote": _TEXT,
        "high": _SCORE,
        "own_unit": _TEXT,
        "qualifier": _TEXT,
        "base": _TEXT,
        "modality": _TEXT,
    },
    "levels": {
        "country": _TEXT,
        "requirement": _TEXT,
        "part": _TEXT,
        "article": _TEXT,
        "contingency": _TEXT,
        "beneficiary": _TEXT,
        "method": _TEXT,
        "rate": _SCORE,
        "floor": _SCORE,
        "met": _TRUTH,
        "steps": _TEXT,
        "missing": _TEXT,
        "left_open": _TEXT,
        "where": _TEXT,
    },
    "matches": {
        "country": _TEXT,
        "requirement": _TEXT,
        "rank": _COUNT,
        "file": _TEXT,
        "provision": _TEXT,
        "section": _TEXT,
        "score": _SCORE,
        "dense": _SCORE,
        "lexical": _SCORE,
        "relevance": _SCORE,
    },
}
CSV_COLUMNS = (
    "country",
    "instrument",
    "part",
    "part_title",
    "article",
    "requirement",
    "statement",
    "dimension",
    "contingency",
    "verdict",
    "confidence",
    "review",
    "figures",
    "section",
    "file",
    "quote",
    "further_evidence",
    "missing",
    "rationale",
    "level",
    "review_because",
    "decided_by",
    "because",
    "part_state",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def finding_record(finding: Finding) -> dict[str, Any]:
    """Return a finding as the output contract has it, plus what decided it."""
    record = asdict(finding)
    record["verdict"], record["dimension"], record["contingency"] = str(finding.verdict), str(finding.dimension), str(finding.contingency)
    record["evidence"], record["parameters"], record["missing"] = list(record["evidence"]), list(record["parameters"]), list(finding.missing)
    record["because"], record["review_because"] = list(finding.because), list(finding.review_because)
    record["levels"] = [_level_record(level) for level in finding.levels]
    return record


def _level_record(level: BenefitLevel) -> dict[str, Any]:
    """Return a benefit level as findings hold it: what a finding itself says is not said again."""
    return {
        "beneficiary": level.beneficiary,
        "method": level.method and str(level.method),
        "rate": _rounded(level.rate),
        "floor": level.floor,
        "met": level.met,
        "steps": list(level.steps),
        "missing": list(level.missing),
        "left_open": list(level.left_open),
        "figures": [_figure_record(figure) for figure in level.figures],
    }


def _figure_record(figure: Parameter) -> dict[str, Any]:
    place = {"file": figure.file, "provision": figure.provision, "section": figure.section}
    return {"parameter": figure.kind, "value": figure.value, "unit": figure.unit, "qualifier": figure.qualifier, "base": figure.base} | place


def _rounded(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 4)


def plain_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: those that begin like one get an apostrophe in front.

    >>> plain_cell("=1+1"), plain_cell("1. A law")
    ("'=1+1", '1. A law')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


class ParquetTables:
    """The Parquet tables of a run, written country by country."""

    def __init__(self, folder: Path) -> None:
        """Open one writer a table."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._schemas = {name: pa.schema([(column, pa.type_for_alias(kind)) for column, kind in columns.items()]) for name, columns in SCHEMAS.items()}
        self._writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd") for name, schema in self._schemas.items()}

    def add(self, result: CountryResult) -> None:
        """Write one country's rows."""
        tables = {
            "provisions": _provisions(result),
            "links": _links(result),
            "definitions": _definitions(result),
            "parameters": _parameters(result),
            "levels": _levels(result),
            "matches": _matches(result),
        }
        for name, found in tables.items():
            self._writers[name].write_table(_table(found, self._schemas[name]))

    def close(self) -> None:
        """Finish the files."""
        for writer in self._writers.values():
            writer.close()


def _table(found: Iterator[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa

    columns = list(zip(*found, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, type=kind.type) for column, kind in zip(columns, schema, strict=True)], schema=schema)


def _provisions(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    texts = {law.file: law.text for law in result.laws}
    inner = {Level.SECTION, Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM}
    for node in result.provisions:
        dimension, contingency = result.topics.get((node.file, node.id), ("", ""))
        words = texts[node.file][node.span.start : node.span.end] if node.level in inner else node.text
        yield (
            node.country,
            node.file,
            node.id,
            node.parent,
            str(node.level),
            node.section,
            node.label,
            node.heading,
            " > ".join(node.path),
            str(node.kind),
            str(node.status),
            node.span.start,
            node.span.end,
            node.language,
            words,
            str(dimension),
            str(contingency),
            node.status_reason,
            node.page,
            node.chapeau,
            node.continuation,
        )


def _links(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    for link in result.links:
        place = link.country, link.file, link.provision, link.section, link.kind, link.span.start, link.span.end
        yield *place, link.words, link.act, link.target_file, link.target, link.target_section


def _definitions(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    for found in result.definitions:
        yield found.country, found.file, found.provision, found.section, found.term, found.span.start, found.span.end, found.scope


def _parameters(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    texts = {law.file: law.text for law in result.laws}
    sections = {(node.file, node.id): node for node in result.provisions}
    for item in result.parameters:
        place = located(texts[item.file], sections[item.file, item.provision], item.span)
        contingency = str(item.contingency) if item.contingency else ""
        yield (
            item.country,
            item.file,
            item.provision,
            item.section,
            item.kind,
            item.value,
            item.unit,
            item.comparator,
            contingency,
            place.start,
            place.end,
            item.strength,
            item.quote,
            item.high,
            item.own_unit,
            item.qualifier,
            item.base,
            item.modality,
        )


def _levels(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    for finding in result.findings:
        for level in finding.levels:
            told = level.requirement, level.part, level.article, str(level.contingency), level.beneficiary, str(level.method or "")
            lists = "\n".join(level.steps), "\n".join(level.missing), "\n".join(level.left_open), "\n".join(level_places(level))
            yield result.country, *told, _rounded(level.rate), level.floor, level.met, *lists


def _matches(result: CountryResult) -> Iterator[tuple[Any, ...]]:
    for match in result.matches:
        yield match.country, match.requirement, match.rank, match.file, match.provision, match.section, match.score, match.dense, match.lexical, match.relevance


def write_csv(path: Path, pages: Sequence[CountryPage], standard: Standard) -> None:
    """Write compliance.csv: one row a country and requirement, UTF-8 with a byte order mark so that spreadsheets read it right."""
    wording = standard.in_language("en")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(CSV_COLUMNS)
        for page in pages:
            states = {part.part: str(part.state) for part in page.assessment.parts}
            for finding, quoted in zip(page.findings, page.quoted, strict=True):
                first = finding.evidence[0] if finding.evidence else None
                row = (
                    finding.country,
                    finding.instrument,
                    finding.part,
                    wording.parts[finding.part],
                    finding.article,
                    finding.requirement,
                    wording.requirements[finding.requirement].statement,
                    str(finding.dimension),
                    str(finding.contingency),
                    str(finding.verdict),
                    f"{finding.confidence:.3f}",
                    "yes" if finding.review else "no",
                    "; ".join(map(figure_text, finding.parameters)),
                    first.section if first else "",
                    first.file if first else "",
                    quoted[0].quote if quoted else "",
                    " | ".join(f"{source_text(item.section, item.file)}: {words.quote}" for item, words in zip(finding.evidence[1:], quoted[1:], strict=True)),
                    "; ".join(finding.missing),
                    finding.rationale,
                    " | ".join(map(level_line, finding.levels)),
                    "; ".join(finding.review_because),
                    finding.decided_by,
                    "; ".join(finding.because),
                    states[finding.part],
                )
                writer.writerow([plain_cell(cell) for cell in row])
