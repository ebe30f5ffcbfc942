"""Two runs of one suite, row by row: which measures differ by more than chance gives, and which answers changed."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lexfloor.eval.measuring import ALL, RESAMPLES, STRATUM_RESAMPLES
from lexfloor.eval.metrics.bootstrap import paired
from lexfloor.eval.runs import SuiteRun
from lexfloor.eval.shown import change, changes, flat, label, number, words
from lexfloor.eval.suite import Columns, Measure, Row, SuiteCard, adapter_of, columns
from lexfloor.pipeline.errors import InputError

Judged = Literal["better", "worse", "same", "different"]
SHOWN = 20
"""Changed answers and strata that are shown on a terminal; the report and the JSON have all."""
KINDS = ("became wrong", "became right", "other answer")
STAMPS = ("code", "data", "models", "configuration", "versions")

LEAST = 0.002
"""A difference whose interval reaches this near to none is none: other processors round otherwise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of both runs, over the rows that are in both.

    ``low`` and ``high`` bound the paired 95% bootstrap interval of ``difference`` (second less first). ``verdict`` is of the
    second run: "same" where the interval includes 0 or comes as near to it as LEAST, else "better" or "worse", or "different" for a figure that only describes.
    """

    measure: str
    table: str
    stratum: str
    of: str
    better: Literal["higher", "lower"] | None
    first: float
    second: float
    difference: float
    low: float
    high: float
    count: int
    resampled: str
    verdict: Judged


@dataclass(frozen=True, slots=True)
class Changed:
    """An item that the second run answers otherwise than the first; ``gold`` and the two truth values are None where the row does not tell."""

    table: str
    item: str
    gold: Any
    before: Any
    after: Any
    right_before: bool | None
    right_after: bool | None

    @property
    def kind(self) -> str:
        """What the change amounts to: "became wrong", "became right" or "other answer"."""
        if self.right_before is not None and self.right_after is not None and self.right_before != self.right_after:
            return "became right" if self.right_after else "became wrong"
        return "other answer"


@dataclass(frozen=True, slots=True)
class Made:
    """Something that the two runs were made with and that is not the same: a revision, a model, a setting."""

    what: str
    first: str
    second: str


@dataclass(frozen=True)
class RunComparison:
    """A run beside an earlier one of the same suite; ``notes`` say what could not be compared, ``paired`` counts rows by table."""

    card: SuiteCard
    first: str
    second: str
    paired: Mapping[str, int]
    notes: tuple[str, ...]
    made: tuple[Made, ...]
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]


def compare(first: SuiteRun, second: SuiteRun) -> RunComparison:
    """Return how the second run differs from the first: rows are paired by ``item``, table by table; what is in one run only is told.

    Raises:
        InputError: the runs are of different suites, name an item twice, or have no item in common.
    """
    if first.card.name != second.card.name:
        raise InputError(f"runs of different suites cannot be compared: {first.card.name} and {second.card.name}")
    card = second.card
    measures: Sequence[Measure] = adapter_of(card).MEASURES
    notes: list[str] = []
    pairs = {name: _pairs(name, first, second, notes) for name in dict.fromkeys((*first.tables, *second.tables))}
    pairs = {name: rows for name, rows in pairs.items() if rows[0]}
    if not pairs:
        raise InputError(f"{first.name} and {second.name} have no item in common: nothing can be compared")
    differences = tuple(item for name, (old, new) in pairs.items() for item in _differences(name, old, new, measures, card, notes))
    changed = [item for name, rows in pairs.items() if name in card.answers for item in _changed(name, card.answers[name], *rows)]
    changed.sort(key=_loss_first)
    counts = {name: len(rows[0]) for name, rows in pairs.items()}
    return RunComparison(card, first.name, second.name, counts, tuple(notes), tuple(_made(first, second)), differences, tuple(changed))


def _pairs(name: str, first: SuiteRun, second: SuiteRun, notes: list[str]) -> tuple[list[Row], list[Row]]:
    """Return the rows that both runs have of a table, in the same order; what one of them lacks goes into the notes."""
    old, new = (_by_item(name, run) for run in (first, second))
    for run, own, other in (("first", old, new), ("second", new, old)):
        if alone := [item for item in own if item not in other]:
            shown = ", ".join(alone[:5]) + (f" and {len(alone) - 5} more" if len(alone) > 5 else "")
            notes.append(f"Table {name}: {len(alone)} of {len(own)} items are in the {run} run only and left out: {shown}.")
    both = [item for item in old if item in new]
    if judged := [item for item in both if old[item].get("gold") != new[item].get("gold")]:
        notes.append(f"Table {name}: {len(judged)} items have another gold answer in the second run, the first of them {judged[0]}.")
    return [old[item] for item in both], [new[item] for item in both]


def _by_item(name: str, run: SuiteRun) -> dict[str, Row]:
    rows = run.tables.get(name, [])
    found = {str(row["item"]): row for row in rows}
    if len(found) < len(rows):
        item, count = Counter(str(row["item"]) for row in rows).most_common(1)[0]
        raise InputError(f"{run.name}, table {name}: item {item!r} is there {count} times; each must be unique to be compared")
    return found


def _differences(name: str, old: list[Row], new: list[Row], measures: Sequence[Measure], card: SuiteCard, notes: list[str]) -> Iterator[Difference]:
    one, two = columns(old), columns(new)
    able = []
    for measure in measures:
        if measure.table != name:
            continue
        try:
            measure.value(one), measure.value(two)
        except KeyError as error:
            # A baseline of an earlier version may lack a column that a newer measure reads.
            notes.append(f"Measure {measure.name} is left out: one of the runs has no column {error.args[0]} in table {name}.")
        else:
            able.append(measure)
            yield from _difference(measure, one, two, ALL, "", RESAMPLES)
    for stratum in card.strata.get(name, ()):
        if stratum not in one or stratum not in two:
            continue
        # A column may hold something that the system said: a row counts where it stood in the first run.
        values = one[stratum]
        for value in dict.fromkeys(str(item) for item in values if item is not None):
            chosen = values.astype(str) == value
            parts = [{column: content[chosen] for column, content in whole.items()} for whole in (one, two)]
            for measure in able:
                yield from _difference(measure, parts[0], parts[1], stratum, value, STRATUM_RESAMPLES)


def _difference(measure: Measure, one: Columns, two: Columns, stratum: str, of: str, count: int) -> Iterator[Difference]:
    found = paired(measure.value, one, two, one["cluster"], count=count)
    if math.isnan(found.value):
        return
    verdict = _judged(found.low, found.high, measure.better)
    values = (measure.value(one), measure.value(two), found.value, found.low, found.high)
    yield Difference(measure.name, measure.table, stratum, of, measure.better, *values, measure.count(one), found.unit, verdict)


def _judged(low: float, high: float, better: Literal["higher", "lower"] | None) -> Judged:
    # Bounds are nan where no resample had a value: then nothing is shown to differ.
    if not (low > LEAST or high < -LEAST):
        return "same"
    if better is None:
        return "different"
    return "better" if (low > 0) == (better == "higher") else "worse"


def _changed(name: str, column: str, old: list[Row], new: list[Row]) -> Iterator[Changed]:
    for before, after in zip(old, new, strict=True):
        answers = (before.get(column), after.get(column))
        if answers[0] != answers[1] and not all(answer != answer for answer in answers):  # two nan are no change
            yield Changed(name, str(after["item"]), after.get("gold"), *answers, _right(before, column), _right(after, column))


def _right(row: Row, column: str) -> bool | None:
    if row.get("right") is not None:
        return bool(row["right"])
    return None if row.get("gold") is None else bool(row["gold"] == row.get(column))


def _loss_first(item: Changed) -> tuple[str, int]:
    return item.table, KINDS.index(item.kind)


def _made(first: SuiteRun, second: SuiteRun) -> Iterator[Made]:
    old, new = (_stamps(run) for run in (first, second))
    for what in dict.fromkeys((*old, *new)):
        if old.get(what) != new.get(what):
            yield Made(what, old.get(what, "–"), new.get(what, "–"))


def _stamps(run: SuiteRun) -> dict[str, str]:
    """Return what decides a run's results. Where data lie does not: their revision says what they are."""
    data = {name: {"revision": entry["revision"]} for name, entry in run.stamps.get("data", {}).items()}
    suite = {"adapter": run.card.adapter, "options": run.card.options}
    return flat({**{name: run.stamps[name] for name in STAMPS if name in run.stamps}, "data": data, "suite": suite})


def regressions(comparison: RunComparison, measures: Sequence[str] | None = None) -> tuple[Difference, ...]:
    """Return the measures over all by which the second run is worse; with ``measures``, only of these.

    Raises:
        InputError: one of ``measures`` was not compared, so that nothing can be said of it.
    """
    return _over_all(comparison, "worse", measures)


def improvements(comparison: RunComparison, measures: Sequence[str] | None = None) -> tuple[Difference, ...]:
    """Return the measures over all by which the second run is better; otherwise as ``regressions``."""
    return _over_all(comparison, "better", measures)


def _over_all(comparison: RunComparison, verdict: Judged, measures: Sequence[str] | None) -> tuple[Difference, ...]:
    whole = [item for item in comparison.differences if item.stratum == ALL]
    known = {item.measure for item in whole}
    if strangers := sorted(set(measures or ()) - known):
        raise InputError(f"suite {comparison.card.name}: not compared: {', '.join(strangers)}; compared: {', '.join(sorted(known)) or 'nothing'}")
    return tuple(item for item in whole if item.verdict == verdict and (measures is None or item.measure in measures))


def as_json(comparison: RunComparison) -> dict[str, Any]:
    """Return a comparison for programs; a bound that no resample gives is None."""
    differences = [{name: None if value != value else value for name, value in asdict(item).items()} for item in comparison.differences]
    return {
        "suite": comparison.card.name,
        "first": comparison.first,
        "second": comparison.second,
        "paired": dict(comparison.paired),
        "notes": list(comparison.notes),
        "made_differently": [asdict(item) for item in comparison.made],
        "differences": differences,
        "changed": [{**asdict(item), "kind": item.kind} for item in comparison.changed],
    }


def lines(comparison: RunComparison) -> str:
    """Return a comparison as text for a terminal: what is not the same, every measure over all, strata that differ, changed answers."""
    text = [comparison.card.title, f"first:  {comparison.first}", f"second: {comparison.second}", *comparison.notes, ""]
    if comparison.made:
        text += ["Made differently:", *(f"  {item.what}: {item.first} -> {item.second}" for item in comparison.made), ""]
    whole = [item for item in comparison.differences if item.stratum == ALL]
    parts = [item for item in comparison.differences if item.stratum != ALL and item.measure == comparison.card.main_score]
    apart = [item for item in parts if item.verdict != "same"]
    text += ["Over all (difference with its paired 95% interval):", *_columned([_cells(item) for item in whole]), ""]
    if parts:
        text += [f"{words(comparison.card.main_score)} by stratum: {len(apart)} of {len(parts)} intervals do not include 0; chance alone gives about one in twenty."]
        text += [*_columned([_cells(item) for item in apart[:SHOWN]]), *_more(apart)]
    for table, name in comparison.card.answers.items():
        if table in comparison.paired:
            text += ["", *_answers(table, name, [item for item in comparison.changed if item.table == table], comparison.paired[table])]
    return "\n".join(text) + "\n"


def _cells(item: Difference) -> list[str]:
    where = f"{words(item.stratum)} {label(item.of)} ({item.count} rows)" if item.of else f"{item.count} rows"
    return [words(item.measure), where, f"{number(item.first)} -> {number(item.second)}", change(item.difference), f"({changes(item.low, item.high)})", item.verdict]


def _columned(rows: list[list[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _answers(table: str, name: str, changed: list[Changed], count: int) -> list[str]:
    kinds = Counter(item.kind for item in changed)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
    text = [f"Table {table}: {len(changed)} of {count} answers ({words(name)}) changed{': ' + told if told else ''}."]
    for item in changed[:SHOWN]:
        gold = "" if item.gold is None else f" (gold: {label(item.gold)})"
        text.append(f"  {item.kind}: {item.item}: {label(item.before)} -> {label(item.after)}{gold}")
    return [*text, *_more(changed)]


def _more(items: Sequence[object]) -> list[str]:
    return [f"  and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
