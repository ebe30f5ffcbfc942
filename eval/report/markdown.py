"""Reports as Markdown (GitHub's tables), for a results folder or a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from lexfloor.eval.compare import RunComparison
from lexfloor.eval.report.document import Document, Section, Table
from lexfloor.eval.report.of_comparison import of_comparison
from lexfloor.eval.report.of_run import of_run
from lexfloor.eval.runs import SuiteRun

MARKED = str.maketrans({character: "\\" + character for character in "\\`*|<>[]#~"} | {"\n": " ", "\r": " "})
"""Characters that Markdown or HTML would read as markup, if they came from a label."""


def markdown(run: SuiteRun) -> str:
    """Return the report of a run as Markdown."""
    return written(of_run(run))


def comparison_markdown(comparison: RunComparison) -> str:
    """Return the report of a comparison as Markdown."""
    return written(of_comparison(comparison))


def written(document: Document) -> str:
    """Return a document as Markdown; what comes from data is escaped."""
    parts = [f"# {_plain(document.title)}", *map(_plain, document.lead), *(f"> **Note.** {_plain(warning)}" for warning in document.warnings)]
    for section in document.sections:
        parts += _section(section)
    return "\n\n".join(parts) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {_plain(section.title)}"
    yield from map(_plain, section.paragraphs)
    if section.code:
        yield f"```sh\n{section.code}\n```"
    for table in section.tables:
        yield f"{_plain(table.caption)}:"
        yield _table(table)
        if table.note:
            yield _plain(table.note)


def _table(table: Table) -> str:
    bars = ["---" if place < table.words else "---:" for place in range(len(table.heads))]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (map(_plain, table.heads), bars, *(map(_plain, row) for row in table.rows)))


def _plain(text: str) -> str:
    return text.translate(MARKED)
