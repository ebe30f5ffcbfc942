"""What a person sees of a run: bars on a terminal, nothing when piped, and a summary at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from lexfloor.pipeline.records import State, Verdict
from lexfloor.pipeline.stages.export.shown import LABELS, promise_text

if TYPE_CHECKING:
    from lexfloor.pipeline.runner import Report
    from lexfloor.pipeline.screen import Summary

_STYLES = {
    State.COMPLIANT: "green",
    State.PARTIAL: "yellow",
    State.NON_COMPLIANT: "red",
    State.MAY_FALL_BELOW: "magenta",
    State.NEEDS_DATA: "blue",
    State.NOT_ADDRESSED: "dim",
}
_SHORT = {
    State.COMPLIANT: "met",
    State.PARTIAL: "part",
    State.NON_COMPLIANT: "low",
    State.MAY_FALL_BELOW: "low?",
    State.NEEDS_DATA: "data",
    State.NOT_ADDRESSED: "none",
}


@contextmanager
def progress() -> Iterator[Report]:
    """Give a function that shows progress on stderr where that is a terminal, and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task("reading", total=None)

        def report(what: str, done: int, total: int) -> None:
            bar.update(task, description=escape(what), completed=done, total=total)

        yield report


def print_summary(summary: Summary) -> None:
    """Print countries by Part, what failed, and where the tables are."""
    console = Console(soft_wrap=False)
    if summary.assessments:
        _print_parts(console, summary)
    _print_failures(console, summary)
    console.print("\nFor reading:", highlight=False)
    for name in ("compliance.xlsx", "report.html", "compliance.csv"):
        console.print(f"  {summary.out / name}", highlight=False, soft_wrap=True, markup=False)


def _print_parts(console: Console, summary: Summary) -> None:
    table = Table(title="Countries by Part (requirements met / all)", title_justify="left", pad_edge=False, padding=(0, 0))
    table.add_column("Country")
    for part in summary.assessments[0].parts:
        table.add_column(part.part, justify="center")
    for assessment in summary.assessments:
        cells = [f"[{_STYLES[part.state]}]{_SHORT[part.state]}[/]\n{part.verdicts[Verdict.COMPLIANT]}/{sum(part.verdicts.values())}" for part in assessment.parts]
        table.add_row(escape(assessment.country), *cells)
    console.print(table)
    for assessment in summary.assessments:
        console.print(f"{assessment.country}: {assessment.acceptance}", highlight=False, soft_wrap=True, markup=False)
        if assessment.promise:
            findings = sum(sum(part.verdicts.values()) for part in assessment.parts)
            console.print(f"{assessment.country}: {promise_text(assessment.promise, findings)}", highlight=False, soft_wrap=True, markup=False)
    console.print(f"Verdicts: {', '.join(f'{short} = {LABELS[state].lower()}' for state, short in _SHORT.items())}.", style="dim", highlight=False, soft_wrap=True)


def _print_failures(console: Console, summary: Summary) -> None:
    wrong = [failure for failure in summary.failures if failure.category != "skipped"]
    for failure in wrong[:10]:
        console.print(f"not read: {failure.country}: {failure.message}", style="red", highlight=False, soft_wrap=True, markup=False)
    if len(wrong) > 10:
        console.print(f"and {len(wrong) - 10} more: see failures.jsonl", style="red")
