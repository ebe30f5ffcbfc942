"""The plots of a run, drawn where its tables have the columns for them; each stands beside the table of the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lexfloor.eval.measuring import ALL, Measured
from lexfloor.eval.metrics.calibration import coverage_at_risk, risk_coverage
from lexfloor.eval.report.document import Plot
from lexfloor.eval.report.drawing import BLUE, GREY, INK, ORANGE, drawn
from lexfloor.eval.report.of_run import FEW, strata_key, strata_of
from lexfloor.eval.report.tables import MAX_LABELS, RISKS, Confusion, Depth, Reliable, confused, has_confidence, has_labels, has_ranks, hits, reliability
from lexfloor.eval.runs import SuiteRun
from lexfloor.eval.shown import label, percent, words
from lexfloor.eval.suite import Columns, columns

if TYPE_CHECKING:
    import altair

SIDE = 380
"""Width and height of a square plot, in pixels."""
STEP = 22
PANELS = 3
SHADES = ["#ffffff", "#deebf7", "#9ecae1", "#4292c6", "#08519c"]
"""From none of a row to all of it; told apart in print without colour too."""
MAX_VALUES = 45
"""Values of a stratum that fit one page on paper."""


def plots_of(run: SuiteRun) -> dict[str, list[Plot]]:
    """Return the plots of a run by the key of the section they belong to."""
    found: dict[str, list[Plot]] = {}
    for (table, stratum), items in strata_of(run).items():
        # A measure that is the same everywhere (all files are read, say) is told in the table; there is nothing to see of it.
        varied = [item for item in run.measures if item.table == table and item.stratum == ALL and len({part.value for part in items if part.measure == item.measure}) > 1]
        if varied and len({item.of for item in items}) <= MAX_VALUES:
            found[strata_key(table, stratum)] = [by_stratum(strata_key(table, stratum), stratum, items, varied, run.card.main_score)]
    for name, rows in run.tables.items():
        held = columns(rows)
        if has_labels(held) and len((confusion := confused(held)).labels) <= MAX_LABELS:
            found[f"confusion-{name}"] = [heat(f"confusion-{name}", confusion)]
        if has_confidence(held):
            found[f"confidence-{name}"] = [reliable(f"reliability-{name}", reliability(held)), risked(f"risk-{name}", held)]
        if has_ranks(held):
            found[f"ranks-{name}"] = [found_at(f"ranks-{name}", hits(held))]
    return found


def _data(rows: Sequence[dict[str, Any]]) -> altair.Data:
    import altair

    return altair.Data(values=list(rows))


def heat(key: str, found: Confusion) -> Plot:
    """Return the confusion as a heat map: shares of each row by shade, counts as numbers."""
    import altair

    rows = []
    for i, gold in enumerate(found.labels):
        total = max(1, int(found.counts[i].sum()))
        rows += [{"gold": gold, "said": said, "count": int(found.counts[i, j]), "share": float(found.counts[i, j]) / total} for j, said in enumerate(found.labels)]
    order = list(found.labels)
    x = altair.X("said:N", sort=order, title="what the system said", axis=altair.Axis(labelAngle=-30, orient="bottom"))
    y = altair.Y("gold:N", sort=order, title="what people judged")
    base = altair.Chart(_data(rows)).encode(x=x, y=y)
    shade = altair.Color("share:Q", scale=altair.Scale(domain=[0, 0.25, 0.5, 0.75, 1], range=SHADES, interpolate="rgb"), legend=None)
    cells = base.mark_rect(stroke="#d5dbe1").encode(color=shade)
    ink = altair.condition("datum.share > 0.7", altair.value("#ffffff"), altair.value(INK))
    counts = base.mark_text().encode(text="count:Q", color=ink)
    chart = (cells + counts).properties(width=max(320, 78 * len(order)), height=max(160, 44 * len(order)))
    right, whole = int(np.trace(found.counts)), int(found.counts.sum())
    told = f"{right} of {whole} answers stand on the diagonal, where people and system agree. The table below has the same counts."
    return drawn(chart, key, "Confusion of labels", told, "Numbers count rows; the darker a cell, the larger its share of what people judged so. The diagonal is right.")


def reliable(key: str, bins: tuple[Reliable, ...]) -> Plot:
    """Return the reliability diagram, with the number of rows in each bin below."""
    import altair

    rows = [
        {
            "said": item.bin.confidence,
            "right": item.right.value,
            "low": item.right.low,
            "high": item.right.high,
            "count": item.bin.count,
            "lower": item.bin.lower,
            "upper": item.bin.upper,
            "none": 0,
        }
        for item in bins
    ]
    axis = altair.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    scale = altair.Scale(domain=[0, 1])
    base = altair.Chart(_data(rows))
    x = altair.X("said:Q", scale=scale, axis=axis, title=None)
    ideal = altair.Chart(_data([{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(color=GREY, strokeDash=[6, 4], strokeWidth=1.5).encode(x=altair.X("x:Q", scale=scale), y="y:Q")
    named = (
        altair.Chart(_data([{"x": 0.03, "y": 0.97, "text": "dashed: confidence is as good as it says"}]))
        .mark_text(align="left", color=GREY, fontSize=12)
        .encode(x="x:Q", y="y:Q", text="text:N")
    )
    bars = base.mark_rule(color=BLUE, strokeWidth=1.5).encode(x=x, y=altair.Y("low:Q", scale=scale), y2="high:Q")
    dots = base.mark_point(color=BLUE, filled=True, size=70, opacity=1).encode(x=x, y=altair.Y("right:Q", scale=scale, axis=axis, title="share of answers that are right"))
    upper = (ideal + bars + dots + named).properties(width=SIDE, height=SIDE - 60)
    counted = base.mark_rect(color="#9ecae1", stroke=BLUE).encode(
        x=altair.X("lower:Q", scale=scale, axis=axis, title="confidence"), x2="upper:Q", y=altair.Y("count:Q", title="rows", axis=altair.Axis(tickCount=3, format="d")), y2="none:Q"
    )
    numbers = base.transform_calculate(middle="(datum.lower + datum.upper) / 2").mark_text(dy=-7, fontSize=11).encode(x=altair.X("middle:Q"), y="count:Q", text="count:Q")
    lower = (counted + numbers).properties(width=SIDE, height=80)
    told = "; ".join(f"of {item.bin.count} answers with confidence around {percent(item.bin.confidence)}, {percent(item.right.value)} are right" for item in bins)
    caption = (
        "Above the dashed line more answers are right than the system's confidence says, below it fewer. "
        "Upright lines: 95% intervals. Lower part: how many rows each tenth of confidence holds."
    )
    return drawn(altair.vconcat(upper, lower, spacing=14), key, "Reliability diagram", told.capitalize() + ".", caption)


def risked(key: str, table: Columns) -> Plot:
    """Return the risk-coverage curve beside the best possible order and no order, with the coverage at each accepted risk marked."""
    import altair

    known = ~(np.isnan(table["confidence"]) | np.isnan(table["right"].astype(np.float64)))
    confidence, right = table["confidence"][known], table["right"][known].astype(np.float64)
    curve = risk_coverage(confidence, right)
    wrong = float(1 - right.mean())
    rows = [{"coverage": float(at), "risk": float(risk), "what": "this system"} for at, risk in zip(curve.coverage, curve.risk, strict=True)]
    steps = np.linspace(0.01, 1, 100)
    rows += [{"coverage": float(at), "risk": max(0.0, float(1 - (1 - wrong) / at)), "what": "best possible order"} for at in steps]
    rows += [{"coverage": at, "risk": wrong, "what": "no order (by chance)"} for at in (0.0, 1.0)]
    names = ["this system", "best possible order", "no order (by chance)"]
    top = min(1.0, max(0.15, 1.15 * float(curve.risk.max()), 1.15 * wrong))
    y_scale, scale = altair.Scale(domain=[0, top], nice=True), altair.Scale(domain=[0, 1])
    x = altair.X("coverage:Q", scale=scale, axis=altair.Axis(format="%", values=[0, 0.2, 0.4, 0.6, 0.8, 1]), title="share of rows answered, surest first")
    y = altair.Y("risk:Q", scale=y_scale, axis=altair.Axis(format="%", tickCount=6), title="share of errors among them")
    colour = altair.Color(
        "what:N",
        sort=names,
        scale=altair.Scale(domain=names, range=[BLUE, GREY, ORANGE]),
        legend=altair.Legend(title=None, orient="top", symbolType="stroke", symbolStrokeWidth=2, labelLimit=200),
    )
    dash = altair.StrokeDash("what:N", sort=names, scale=altair.Scale(domain=names, range=[[1, 0], [2, 3], [8, 4]]), legend=None)
    lines = altair.Chart(_data(rows)).mark_line(strokeWidth=2).encode(x=x, y=y, color=colour, strokeDash=dash)
    covered = {risk: coverage_at_risk(confidence, right, risk) for risk in RISKS}
    marks = {risk: {"coverage": at, "risk": risk, "text": f"{percent(risk)} errors: {percent(at) if at else 'none'} answered"} for risk, at in covered.items()}
    marked = _data(list(marks.values()))
    rules = altair.Chart(marked).mark_rule(color=GREY, strokeWidth=0.8, strokeDash=[1, 2]).encode(y="risk:Q")
    points = altair.Chart(marked).mark_point(color=INK, filled=True, size=80, shape="diamond", opacity=1).encode(x="coverage:Q", y="risk:Q")
    texts = []
    for risk, at in covered.items():
        # Where the curve is not: right of a diamond it runs above the accepted risk, left of it mostly below.
        place = {"align": "left", "dx": 9, "dy": 12} if at < 0.6 else {"align": "right", "dx": -9, "dy": -10}
        texts.append(altair.Chart(_data([marks[risk]])).mark_text(**place).encode(x="coverage:Q", y="risk:Q", text="text:N"))
    chart = altair.layer(rules, lines, points, *texts).properties(width=SIDE + 80, height=SIDE - 60)
    told = "; ".join(f"accepting {percent(risk)} errors, {percent(at)} of the rows can be answered" for risk, at in covered.items())
    caption = (
        f"Answering only where the system is surest leaves fewer errors. All rows answered: {percent(wrong)} errors. Diamonds: how much can be answered at 5% and at 10% errors."
    )
    return drawn(chart, key, "Risk-coverage curve", told.capitalize() + ".", caption)


def found_at(key: str, found: tuple[Depth, ...]) -> Plot:
    """Return the share of questions answered among the first places, by their number."""
    import altair

    rows = [{"depth": item.depth, "hit": item.hit.value, "low": item.hit.low, "high": item.hit.high} for item in found]
    deepest = found[-1].depth
    x = altair.X("depth:Q", scale=altair.Scale(domain=[1, deepest], nice=False), axis=altair.Axis(format="d", values=_ticks(deepest)), title="number of places looked at (k)")
    y = altair.Y("hit:Q", scale=altair.Scale(domain=[0, 1]), axis=altair.Axis(format="%", tickCount=6), title="questions with a cited passage there")
    base = altair.Chart(_data(rows))
    band = base.mark_area(color=BLUE, opacity=0.18).encode(x=x, y=altair.Y("low:Q"), y2="high:Q")
    line = base.mark_line(color=BLUE, strokeWidth=2, point=altair.OverlayMarkDef(color=BLUE, size=36)).encode(x=x, y=y)
    named = [row for row in rows if row["depth"] in (1, 5, 10, 20)]
    texts = altair.Chart(_data([{**row, "text": percent(row["hit"])} for row in named])).mark_text(dx=6, dy=14, align="left").encode(x="depth:Q", y="hit:Q", text="text:N")
    chart = (band + line + texts).properties(width=SIDE + 80, height=SIDE - 100)
    told = "; ".join(f"{percent(row['hit'])} among the first {row['depth']}" for row in named)
    return drawn(
        chart,
        key,
        "Share found by number of places",
        f"Questions with a cited passage: {told}.",
        "Share of questions of which something that people cite is among the first k places. Band: 95% interval.",
    )


def _ticks(deepest: int) -> list[int]:
    step = 1 if deepest <= 12 else 5
    return sorted({1, *range(step, deepest + 1, step)})


def by_stratum(key: str, stratum: str, items: Sequence[Measured], whole: Sequence[Measured], main: str) -> Plot:
    """Return the main measures by the values of a stratum, side by side, sorted by the first of them."""
    import altair

    chosen = _leading([item.measure for item in whole], main)
    leading = {item.of: item.value for item in items if item.measure == chosen[0]}
    counts = {item.of: item.count for item in items}
    order = [_named(of, counts[of]) for of in sorted(counts, key=lambda of: (-leading.get(of, -1.0), of))]
    panels = []
    for place, name in enumerate(chosen):
        rows = [{"of": _named(item.of, item.count), "value": item.value, "low": item.low, "high": item.high, "few": item.count < FEW} for item in items if item.measure == name]
        over_all = [{"value": item.value} for item in whole if item.measure == name]
        y = altair.Y("of:N", sort=order, title=None, scale=altair.Scale(domain=order), axis=altair.Axis(labels=place == 0, ticks=False, domain=False, grid=True, labelLimit=360))
        base = altair.Chart(_data(rows))
        bars = base.mark_rule(color=BLUE, strokeWidth=1.5).encode(
            y=y, x=altair.X("low:Q", title=None, scale=altair.Scale(zero=False), axis=altair.Axis(tickCount=4, labelOverlap="parity")), x2="high:Q"
        )
        fill = altair.condition("datum.few", altair.value("#ffffff"), altair.value(BLUE))
        dots = base.mark_point(filled=True, size=60, stroke=BLUE, strokeWidth=1.5, opacity=1).encode(y=y, x="value:Q", fill=fill)
        line = altair.Chart(_data(over_all)).mark_rule(color=ORANGE, strokeDash=[5, 3], strokeWidth=1.5).encode(x="value:Q")
        panels.append((bars + line + dots).properties(width=200 if len(chosen) > 1 else SIDE, height=max(60, STEP * len(order)), title=words(name)))
    top = ", ".join(order[:3])
    told = f"Highest {words(chosen[0])}: {top}. The tables below have every figure."
    caption = f"In brackets: rows. Lines: 95% intervals; hollow dots: fewer than {FEW} rows; dashed: over all rows. Sorted by {words(chosen[0])}."
    return drawn(altair.hconcat(*panels, spacing=18), key, f"{', '.join(map(words, chosen))} by {words(stratum)}", told, caption)


def _leading(names: Sequence[str], main: str) -> list[str]:
    """Return the main score and the first measure of each other group (what stands before the stroke in a measure's name), then others."""
    ordered = sorted(names, key=main.__ne__)
    first = {name.partition("/")[0]: name for name in reversed(ordered)}
    return sorted(ordered, key=lambda name: name not in first.values())[:PANELS]


def _named(of: str, count: int) -> str:
    return f"{label(of)} ({count})"
