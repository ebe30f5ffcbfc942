"""The plots of a comparison: differences with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lexfloor.eval.compare import Difference, RunComparison
from lexfloor.eval.measuring import ALL
from lexfloor.eval.report.document import Plot
from lexfloor.eval.report.drawing import BLUE, GREY, INK, ORANGE, drawn
from lexfloor.eval.report.of_run import strata_key
from lexfloor.eval.report.plots import MAX_VALUES, SIDE, STEP
from lexfloor.eval.shown import change, changes, label, words

VERDICTS = {"better": (BLUE, "triangle-up"), "worse": (ORANGE, "triangle-down"), "same": (GREY, "circle"), "different": (INK, "diamond")}


def plots_of_comparison(comparison: RunComparison) -> dict[str, list[Plot]]:
    """Return the plots of a comparison by the key of the section they belong to: all measures, and the main score by stratum."""
    whole = [item for item in comparison.differences if item.stratum == ALL]
    shares = [item for item in whole if _share(item)]
    found = {}
    if shares:
        told = "Measures from −1 to 1; the others are in the table only. " if len(shares) < len(whole) else ""
        found["measures"] = [_dots("differences", "Differences over all", [(_measure(item), item) for item in shares], "", told)]
    parts: dict[tuple[str, str], list[Difference]] = {}
    for item in comparison.differences:
        if item.stratum != ALL and item.measure == comparison.card.main_score:
            parts.setdefault((item.table, item.stratum), []).append(item)
    for (table, stratum), items in parts.items():
        if len(items) <= MAX_VALUES:
            title = f"Difference in {words(comparison.card.main_score)} by {words(stratum)}"
            named = [(f"{label(item.of)} ({item.count})", item) for item in sorted(items, key=_largest)]
            found[strata_key(table, stratum)] = [_dots(strata_key(table, stratum), title, named, f"in {words(comparison.card.main_score)} ", "In brackets: rows. ")]
    return found


def _share(item: Difference) -> bool:
    return abs(item.first) <= 1 and abs(item.second) <= 1


def _measure(item: Difference) -> str:
    return words(item.measure) + (" (lower is better)" if item.better == "lower" else "")


def _largest(item: Difference) -> tuple[float, str]:
    return -item.difference, item.of


def _dots(key: str, title: str, named: Sequence[tuple[str, Difference]], of: str, told: str) -> Plot:
    import altair

    rows: list[dict[str, Any]] = [{"name": name, "difference": item.difference, "low": item.low, "high": item.high, "verdict": item.verdict} for name, item in named]
    order = [name for name, _ in named]
    seen = [verdict for verdict in VERDICTS if any(item.verdict == verdict for _, item in named)]
    y = altair.Y("name:N", sort=order, title=None, scale=altair.Scale(domain=order), axis=altair.Axis(grid=True, ticks=False, domain=False, labelLimit=360))
    colour = altair.Color(
        "verdict:N", scale=altair.Scale(domain=seen, range=[VERDICTS[name][0] for name in seen]), legend=altair.Legend(title="second run is", orient="top", titleOrient="left")
    )
    shape = altair.Shape(
        "verdict:N", scale=altair.Scale(domain=seen, range=[VERDICTS[name][1] for name in seen]), legend=altair.Legend(title="second run is", orient="top", titleOrient="left")
    )
    axis = altair.Axis(format="+.2", tickCount=6, labelExpr="datum.value == 0 ? '0' : datum.label")
    base = altair.Chart(altair.Data(values=rows))
    bars = base.mark_rule(strokeWidth=1.5).encode(y=y, x=altair.X("low:Q", title=f"difference {of}(second run less first)", axis=axis), x2="high:Q", color=colour)
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(y=y, x="difference:Q", color=colour, shape=shape)
    zero = altair.Chart(altair.Data(values=[{"x": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="x:Q")
    chart = (zero + bars + dots).properties(width=SIDE + 80, height=max(60, STEP * len(order)))
    described = "; ".join(f"{name} {change(item.difference)} ({changes(item.low, item.high)}), {item.verdict}" for name, item in named)
    return drawn(chart, key, title, described + ".", f"{told}Lines: paired 95% intervals; one that crosses the line at 0 shows no difference beyond chance.")
