"""Export: the results of a run as the tables and pages of the output contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.plain import collapsed, readable
from lexfloor.pipeline.records import CountryResult, Failure, Law
from lexfloor.pipeline.stages.export.page import write_page
from lexfloor.pipeline.stages.export.shown import CountryPage, Quoted
from lexfloor.pipeline.stages.export.tables import ParquetTables, finding_record, write_csv
from lexfloor.pipeline.stages.export.workbook import write_workbook
from lexfloor.pipeline.store import json_line

CONTEXT = 220
"""Characters of the law shown on either side of a quote."""


@dataclass
class Exporter:
    """Writes results country by country, then what needs all of them."""

    folder: Path
    standard: Standard

    def __post_init__(self) -> None:
        """Open the tables."""
        self._tables = ParquetTables(self.folder)
        self._findings = (self.folder / "findings.jsonl").open("w", encoding="utf-8", newline="\n")
        self._failures = (self.folder / "failures.jsonl").open("w", encoding="utf-8", newline="\n")
        self.pages: list[CountryPage] = []

    def add(self, result: CountryResult, failures: Iterable[Failure]) -> None:
        """Write one country's rows."""
        self._tables.add(result)
        for finding in result.findings:
            self._findings.write(json_line(finding_record(finding)))
        self.left_out(failures)
        texts = {law.file: law.text for law in result.laws}
        quoted = tuple(tuple(_quoted(texts[item.file], item.start, item.end) for item in finding.evidence) for finding in result.findings)
        laws = tuple(_without_text(law) for law in result.laws)
        sections = sum(node.level == "section" for node in result.provisions)
        self.pages.append(CountryPage(result.country, laws, result.findings, result.assessment, quoted, len(result.provisions), sections))

    def left_out(self, failures: Iterable[Failure]) -> None:
        """Write what was not read, or left out on purpose."""
        for failure in failures:
            self._failures.write(json_line(asdict(failure)))

    def close(self) -> None:
        """Close the tables and write the files that people open."""
        self._tables.close()
        self._findings.close()
        self._failures.close()
        write_csv(self.folder / "compliance.csv", self.pages, self.standard)
        write_workbook(self.folder / "compliance.xlsx", self.pages, self.standard)
        write_page(self.folder / "report.html", self.pages, self.standard)

    def abandon(self) -> None:
        """Close the open files of a run that will not be finished."""
        self._tables.close()
        self._findings.close()
        self._failures.close()


def _quoted(text: str, start: int, end: int) -> Quoted:
    before = readable(text[max(0, start - CONTEXT) : start]) if start else ""
    after = readable(text[end : end + CONTEXT])
    first, last = before.find(" "), after.rfind(" ")
    return Quoted(before[first + 1 :] if start > CONTEXT else before, readable(text[start:end]), after[:last] if last > 0 else after)


def _without_text(law: Law) -> Law:
    return replace(law, text="", marks=None, pages=(), refused=(), title=collapsed(law.title))
