"""Charts as SVG to stand inside a page: one look, no scripts, no fonts from elsewhere, a title and a description for those who cannot see them."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from lexfloor.eval.report.document import Plot

if TYPE_CHECKING:
    import altair

INK, SOFT, LINE = "#1b2733", "#51606e", "#d5dbe1"
BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#6b7885"
"""Told apart by colour-blind people (Okabe and Ito 2008), and each drawn with a shape or a dash of its own."""
FONT = "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
SIZE = 13


def drawn(chart: altair.TopLevelMixin, key: str, title: str, description: str, caption: str) -> Plot:
    """Return a chart as a plot; the same chart always gives the same bytes. ``key`` keeps names within the drawing apart from other drawings'."""
    from vl_convert import vegalite_to_svg

    # Altair's own check of the whole chart against its schema takes longer than the drawing; vl-convert refuses what is wrong.
    content = {**chart.to_dict(validate=False), "config": _look()}
    svg = vegalite_to_svg(content)
    _, _, inside = svg.partition(">")
    found = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', svg)
    assert found, "every drawing has a viewBox"
    width, height = found.groups()
    name = re.sub(r"[^a-z0-9]+", "-", key.lower())
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{name}-title {name}-text">'
    # Vega numbers gradients and clips from one drawing to the next: they would clash on a page and differ from run to run.
    assert "url(#" not in inside, "no drawing uses a gradient or a clip"
    return Plot(f'{head}<title id="{name}-title">{escape(title)}</title><desc id="{name}-text">{escape(description)}</desc>{inside}', caption)


def _look() -> dict[str, Any]:
    text = {"labelFontSize": SIZE, "titleFontSize": SIZE, "labelColor": INK, "titleColor": INK, "titleFontWeight": "normal", "labelLimit": 320, "titleLimit": 600}
    return {
        "aria": False,
        "font": FONT,
        "background": "#ffffff",
        "axis": {**text, "gridColor": "#e8ecf0", "domainColor": SOFT, "tickColor": SOFT, "titlePadding": 10, "labelPadding": 5, "labelFlush": False},
        "legend": {**text, "symbolSize": 120},
        "header": text,
        "title": {"fontSize": SIZE, "color": INK, "fontWeight": "bold", "anchor": "start"},
        "text": {"fontSize": SIZE, "color": INK},
        "view": {"stroke": LINE},
    }
