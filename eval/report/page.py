"""Reports as one HTML page that holds everything: no scripts, nothing from elsewhere, readable on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files

from lexfloor.eval.compare import RunComparison
from lexfloor.eval.report.document import HUGE, Document, Plot
from lexfloor.eval.report.of_comparison import of_comparison
from lexfloor.eval.report.of_run import of_run
from lexfloor.eval.report.plots import plots_of
from lexfloor.eval.report.plots_of_comparison import plots_of_comparison
from lexfloor.eval.runs import SuiteRun


def page(run: SuiteRun) -> str:
    """Return the report of a run as an HTML page, with plots."""
    return _rendered(of_run(run), plots_of(run))


def comparison_page(comparison: RunComparison) -> str:
    """Return the report of a comparison as an HTML page, with plots."""
    return _rendered(of_comparison(comparison), plots_of_comparison(comparison))


def _rendered(document: Document, plots: Mapping[str, Sequence[Plot]]) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((files("lexfloor.eval.report") / "report.html.j2").read_text(encoding="utf-8"))
    return template.render(document=document, plots=plots, huge=HUGE)
