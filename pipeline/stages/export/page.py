"""report.html: one self-contained page for reading on a screen, a phone or paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import State
from lexfloor.pipeline.stages.export.shown import (
    COLOURS,
    DECIDED,
    EXPLAINED,
    LABELS,
    MET,
    MET_COLOURS,
    CountryPage,
    figure_text,
    level_places,
    method_text,
    number_text,
    promise_text,
    rate_text,
)


def write_page(path: Path, pages: Sequence[CountryPage], standard: Standard) -> None:
    """Write the page; everything that comes from laws is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    shown: dict[str, Callable[..., object]] = {
        "figure": figure_text,
        "method": method_text,
        "rate": rate_text,
        "places": level_places,
        "number": number_text,
        "promise": promise_text,
    }
    environment.filters.update(shown)
    template = environment.from_string((files("lexfloor.pipeline.stages.export") / "report.html.j2").read_text(encoding="utf-8"))
    words = {
        "labels": LABELS,
        "colours": COLOURS,
        "explained": EXPLAINED,
        "states": list(State),
        "met": MET,
        "met_colours": MET_COLOURS,
        "decided": DECIDED,
    }
    path.write_text(template.render(standard=standard, wording=standard.in_language("en"), pages=pages, **words), encoding="utf-8", newline="\n")
