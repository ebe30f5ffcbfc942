"""Tables of predictions that a report shows beside its plots: who was called what, how far to believe confidence, how deep to look.

Each is made where the rows have the columns for it, whatever the suite.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.metrics.bootstrap import Interval, interval
from lexfloor.eval.metrics.calibration import Bin, coverage_at_risk, reliability_bins
from lexfloor.eval.metrics.labels import confusion
from lexfloor.eval.report.document import Table
from lexfloor.eval.shown import bounds, in_order, label, number, percent
from lexfloor.eval.suite import Columns

MAX_LABELS = 12
"""More labels than this do not fit a table across a page; then the most frequent errors are listed."""
ERRORS_SHOWN = 20
MAX_DEPTH = 50
RISKS = (0.05, 0.10)
RESAMPLES = 300


def has_labels(table: Columns) -> bool:
    """Return whether the rows have a label that people gave and one that the system gave, and are right where the two are equal.

    In some tables an answer is to differ from ``gold`` (a verdict after the law was edited): there, a confusion would mislead.
    """
    if "gold" not in table or "said" not in table or table["gold"].dtype == np.float64:
        return False
    return "right" not in table or bool(np.array_equal(table["right"], table["gold"] == table["said"]))


def has_confidence(table: Columns) -> bool:
    """Return whether the rows say how sure the system was and whether it was right."""
    return "confidence" in table and "right" in table and object not in (table["confidence"].dtype, table["right"].dtype)


def has_ranks(table: Columns) -> bool:
    """Return whether the rows say at which rank the first gold item came."""
    return "rank" in table and table["rank"].dtype != object and bool((table["rank"] >= 0).any())


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each label that people gave (row) was called each label (column)."""

    labels: tuple[str, ...]
    counts: NDArray[np.intp]


def confused(table: Columns) -> Confusion:
    """Return the confusion of the rows that people judged, labels in the order of verdicts."""
    judged = np.array([value is not None for value in table["gold"].tolist()], dtype=bool)
    gold, said = table["gold"][judged].tolist(), table["said"][judged].tolist()
    labels = in_order([*gold, *said])
    return Confusion(tuple(map(label, labels)), confusion(gold, said, labels)[1])


def confusion_table(found: Confusion) -> Table:
    """Return the confusion as a table, or where there are too many labels its most frequent errors."""
    if len(found.labels) > MAX_LABELS:
        pairs = Counter({(gold, said): int(found.counts[i, j]) for i, gold in enumerate(found.labels) for j, said in enumerate(found.labels) if i != j and found.counts[i, j]})
        common = tuple((gold, said, str(count)) for (gold, said), count in pairs.most_common(ERRORS_SHOWN))
        return Table(f"The {len(common)} most frequent errors", ("people judged", "the system said", "times"), common, words=2)
    rows = []
    for place, name in enumerate(found.labels):
        total, right = int(found.counts[place].sum()), int(found.counts[place, place])
        rows.append((name, *(str(count) for count in found.counts[place]), str(total), percent(right / total) if total else "–"))
    said = found.counts.sum(axis=0)
    whole = int(said.sum())
    rows.append(("all", *map(str, said), str(whole), percent(int(np.trace(found.counts)) / whole) if whole else "–"))
    return Table("Rows: what people judged; columns: what the system said", ("people judged", *found.labels, "all", "of these right"), tuple(rows))


@dataclass(frozen=True, slots=True)
class Reliable:
    """A bin of confidence with the interval of its share right."""

    bin: Bin
    right: Interval


def reliability(table: Columns) -> tuple[Reliable, ...]:
    """Return the bins of a reliability diagram, ascending, each with its interval."""
    said = table["confidence"]
    found = []
    for each in reliability_bins(said, table["right"]):
        inside = (said <= each.upper) & ((said > each.lower) | (each.lower == 0))
        part = {name: table[name][inside] for name in ("right", "cluster")}
        found.append(Reliable(each, interval(_share_right, part, part["cluster"], count=RESAMPLES)))
    return tuple(found)


def _share_right(part: Columns) -> float:
    right = part["right"].astype(np.float64)
    return float(np.nanmean(right)) if right.size else np.nan


def reliability_table(bins: tuple[Reliable, ...]) -> Table:
    """Return the bins as a table."""
    rows = [
        (
            f"{percent(item.bin.lower)} to {percent(item.bin.upper)}",
            str(item.bin.count),
            number(item.bin.confidence),
            number(item.bin.right),
            bounds(item.right.low, item.right.high),
        )
        for item in bins
    ]
    return Table("Confidence against what came true", ("confidence", "rows", "mean confidence", "share right", "95% interval"), tuple(rows))


def coverage_table(table: Columns) -> Table:
    """Return how much can be answered without a person at each of the error rates that are accepted."""
    wrong = 1 - _share_right(table)
    rows = []
    for risk in RISKS:
        covered = partial(_coverage, risk)
        found = interval(covered, {name: table[name] for name in ("confidence", "right")}, table["cluster"], count=RESAMPLES)
        rows.append((percent(risk), percent(found.value), f"{percent(found.low)} to {percent(found.high)}", percent(min(1.0, (1 - wrong) / (1 - risk)))))
    return Table(
        "Share of rows that can be left to the system",
        ("errors accepted", "share of rows", "95% interval", "best possible order"),
        tuple(rows),
        note="The threshold on confidence is chosen on these same rows: on new ones it will do a little less well.",
    )


def _coverage(risk: float, part: Columns) -> float:
    return coverage_at_risk(part["confidence"], part["right"], risk)


@dataclass(frozen=True, slots=True)
class Depth:
    """The share of questions whose first gold item is among the first ``depth``, with its interval."""

    depth: int
    hit: Interval


def hits(table: Columns) -> tuple[Depth, ...]:
    """Return the share found at each depth from 1 to the last at which something was; rows for which people named nothing are left out."""
    asked = table["rank"] >= 0
    part = {name: table[name][asked] for name in ("rank", "cluster")}
    deepest = min(MAX_DEPTH, max(10, int(part["rank"].max())))
    return tuple(Depth(depth, interval(partial(_hit, depth), part, part["cluster"], count=RESAMPLES)) for depth in range(1, deepest + 1))


def _hit(depth: int, part: Columns) -> float:
    rank = part["rank"]
    return float(((rank > 0) & (rank <= depth)).mean()) if rank.size else np.nan


def hits_table(found: tuple[Depth, ...]) -> Table:
    """Return the share found at the depths that are usually named."""
    rows = [(f"first {item.depth}", number(item.hit.value), bounds(item.hit.low, item.hit.high)) for item in found if item.depth in (1, 3, 5, 10, 20, 50)]
    return Table("Questions with something that people cite among the first places", ("places", "share found", "95% interval"), tuple(rows))
