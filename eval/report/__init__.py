"""Evaluation runs, and comparisons of two, for people to read: Markdown, and one HTML page with plots.

Modules: ``markdown`` and ``page`` write what ``of_run`` and ``of_comparison`` say in the parts of ``document``; ``plots``
and ``plots_of_comparison`` draw what ``tables`` counts.
"""

from __future__ import annotations

from pathlib import Path

from lexfloor.eval.compare import RunComparison
from lexfloor.eval.report.markdown import comparison_markdown, markdown
from lexfloor.eval.report.page import comparison_page, page
from lexfloor.eval.runs import SuiteRun
from lexfloor.pipeline.store import filled_whole

__all__ = ["comparison_markdown", "comparison_page", "markdown", "page", "write_comparison", "write_report"]


def write_report(run: SuiteRun, out: Path) -> tuple[Path, ...]:
    """Write report.md and report.html of a run into ``out``; return their paths.

    Raises:
        InputError: the folder cannot be written to.
    """
    return _written(out, {"report.md": markdown(run), "report.html": page(run)})


def write_comparison(comparison: RunComparison, out: Path) -> tuple[Path, ...]:
    """Write compare.md and compare.html into ``out``; return their paths.

    Raises:
        InputError: the folder cannot be written to.
    """
    return _written(out, {"compare.md": comparison_markdown(comparison), "compare.html": comparison_page(comparison)})


def _written(out: Path, texts: dict[str, str]) -> tuple[Path, ...]:
    with filled_whole(out) as building:
        for name, text in texts.items():
            (building / name).write_text(text, encoding="utf-8", newline="\n")
    return tuple(out / name for name in texts)
