"""What the report of one run says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote

from lexfloor.eval.measuring import ALL, Measured
from lexfloor.eval.report.document import Document, Section, Table
from lexfloor.eval.report.tables import (
    confused,
    confusion_table,
    coverage_table,
    has_confidence,
    has_labels,
    has_ranks,
    hits,
    hits_table,
    reliability,
    reliability_table,
)
from lexfloor.eval.runs import SuiteRun
from lexfloor.eval.shown import NONE, bounds, flat, label, number, words
from lexfloor.eval.suite import Columns, Row, adapter_of, columns

FEW = 30
"""Rows below which a stratum's figures are marked: one answer more or less moves a share by three points."""
ABREAST = 5
"""Measures side by side in a table; more do not fit a page on paper."""
DRAWN = {"cluster": "whole clusters", "item": "single rows"}


def of_run(run: SuiteRun) -> Document:
    """Return the report of a run, without its plots."""
    held = {name: columns(rows) for name, rows in run.tables.items() if rows}
    sections = [_data(run, held), _published(run), _over_all(run), *_seen(held), *_strata(run), _made(run), _again(run), _limits(run, held)]
    return Document(run.card.title, (run.card.description, *_score(run)), tuple(_warnings(run)), tuple(section for section in sections if section))


def main_score(run: SuiteRun) -> Measured | None:
    """Return the suite's main score over all; None where it is not defined on these rows."""
    return next((item for item in run.measures if item.measure == run.card.main_score and item.stratum == ALL), None)


def _score(run: SuiteRun) -> Iterator[str]:
    found = main_score(run)
    name = words(run.card.main_score)
    if found is None:
        yield f"Main score: {name} is not defined on these rows."
    else:
        yield f"Main score: {name} {number(found.value)} (95% interval {bounds(found.low, found.high)}), measured on {found.count:,} rows."
    yield f"Run of {run.stamps['times']['began']}."


def _warnings(run: SuiteRun) -> Iterator[str]:
    for name, entry in run.stamps.get("data", {}).items():
        if entry["expected"] and entry["revision"] != entry["expected"]:
            yield f"Data {name} are not the ones that the suite declares: revision {entry['revision']}, declared {entry['expected']}. The figures cannot be set beside others."
    if only := run.stamps.get("only"):
        yield f"Only {', '.join(only)} was measured, not all that the suite holds."


def _data(run: SuiteRun, held: Mapping[str, Columns]) -> Section:
    heads = ("data", "whose judgement", "licence", "citation", "revision", "as declared")
    rows = []
    for name, source in run.card.data.items():
        entry = run.stamps.get("data", {}).get(name)
        found = (entry["revision"], _declared(entry["expected"], entry["revision"])) if entry else ("not at hand", "left out")
        rows.append((words(name), source.annotators, source.licence, source.citation or NONE, *found))
    sizes = [(words(name), f"{table['item'].size:,}", str(len(set(table["cluster"].tolist())))) for name, table in held.items()]
    return Section(
        "data",
        "What it was measured on",
        (f"Languages: {', '.join(run.card.languages)}. A cluster is what is never split: a country, a contract, a document.",),
        (Table("Data", heads, tuple(rows), words=len(heads)), Table("Predictions", ("table", "rows", "clusters"), tuple(sizes))),
    )


def _declared(declared: str, revision: str) -> str:
    if not declared:
        return "none declared"
    return "yes" if declared == revision else f"no: declared {declared}"


def _published(run: SuiteRun) -> Section | None:
    found = main_score(run)
    if not run.card.published:
        return None
    ours = [("this run", number(found.value), bounds(found.low, found.high))] if found else []
    rows = (*ours, *((name, number(value), "not given") for name, value in sorted(run.card.published.items(), key=_highest)))
    note = "Figures of others are as they published them; they were not measured again."
    return Section("published", "Beside published figures", (), (Table(f"Main score: {words(run.card.main_score)}", ("system", "score", "95% interval"), rows, note=note),))


def _highest(item: tuple[str, float]) -> tuple[float, str]:
    return -item[1], item[0]


def _over_all(run: SuiteRun) -> Section:
    better = {(measure.table, measure.name): measure.better for measure in adapter_of(run.card).MEASURES}
    heads = ("measure", "table", "better is", "value", "95% interval", "rows")
    rows = tuple(
        (words(item.measure), words(item.table), better.get((item.table, item.measure)) or "neither", number(item.value), bounds(item.low, item.high), f"{item.count:,}")
        for item in run.measures
        if item.stratum == ALL
    )
    units = sorted({DRAWN.get(item.resampled, item.resampled) for item in run.measures if item.stratum == ALL})
    return Section(
        "measures",
        "Measures over all",
        (),
        (Table("Every measure over all rows of its table", heads, rows, words=3, note=f"Intervals: bootstrap, drawing {' or '.join(units)} again."),),
    )


def strata_of(run: SuiteRun) -> dict[tuple[str, str], tuple[Measured, ...]]:
    """Return the measures by table and stratum; the values of a stratum in the order of the rows, which is that of the standard or the data."""
    found: dict[tuple[str, str], list[Measured]] = {}
    for item in run.measures:
        if item.stratum != ALL:
            found.setdefault((item.table, item.stratum), []).append(item)
    return {key: tuple(_as_in_rows(items, run.tables[key[0]])) for key, items in found.items()}


def _as_in_rows(items: Sequence[Measured], rows: Sequence[Row]) -> Iterator[Measured]:
    for value in dict.fromkeys(str(row.get(items[0].stratum)) for row in rows):
        yield from (item for item in items if item.of == value)


def strata_key(table: str, stratum: str) -> str:
    """Return the key of the section that shows a table by a stratum."""
    return f"by-{table}-{stratum}"


def _strata(run: SuiteRun) -> Iterator[Section]:
    for (table, stratum), items in strata_of(run).items():
        names = list(dict.fromkeys(item.measure for item in items))
        parts = [names[start : start + ABREAST] for start in range(0, len(names), ABREAST)]
        shown = tuple(_stratum_table(stratum, items, part, f" ({number} of {len(parts)})" if len(parts) > 1 else "") for number, part in enumerate(parts, 1))
        yield Section(strata_key(table, stratum), f"{words(table).capitalize()} by {words(stratum)}", (), shown)


def _stratum_table(stratum: str, items: tuple[Measured, ...], names: list[str], which: str) -> Table:
    cells = {(item.of, item.measure): f"{number(item.value)} ({bounds(item.low, item.high)})" for item in items}
    counts = {item.of: item.count for item in items}
    rows = tuple((label(of), f"{count}{' †' if count < FEW else ''}", *(cells.get((of, name), "–") for name in names)) for of, count in counts.items())
    few = f"† fewer than {FEW} rows: read with care. " if any(count < FEW for count in counts.values()) else ""
    dash = " –: not defined there." if any("–" in row for row in rows) else ""
    units = " or ".join(sorted({DRAWN.get(item.resampled, item.resampled) for item in items}))
    return Table(f"By {words(stratum)}{which}", (words(stratum), "rows", *map(words, names)), rows, note=f"{few}In brackets: 95% intervals, drawing {units} again.{dash}")


def _seen(held: Mapping[str, Columns]) -> Iterator[Section]:
    for name, table in held.items():
        if has_labels(table):
            yield Section(f"confusion-{name}", f"{words(name).capitalize()}: which answers are taken for which", (), (confusion_table(confused(table)),))
        if has_confidence(table):
            shown = (reliability_table(reliability(table)), coverage_table(table))
            yield Section(f"confidence-{name}", f"{words(name).capitalize()}: whether confidence can be believed", (), shown)
        if has_ranks(table):
            yield Section(f"ranks-{name}", f"{words(name).capitalize()}: how deep to look", (), (hits_table(hits(table)),))


def _made(run: SuiteRun) -> Section:
    contents = {name: flat(run.stamps.get(name, {})) for name in ("code", "models", "configuration", "versions")}
    tables = tuple(Table(name.capitalize(), ("name", "value"), tuple(content.items()), words=2) for name, content in contents.items() if content)
    return Section("made", "What it was made with", (), tables)


def _again(run: SuiteRun) -> Section:
    told = (
        "The predictions are stored: measures can be taken of them again without running the models. "
        "With the code, data, models and configuration above, the same command gives the same figures.",
    )
    only = "".join(f" --only {quote(name)}" for name in run.stamps.get("only", ()))
    return Section("again", "How to reproduce", told, code=f"lexfloor eval {run.card.name} --shared FOLDER_OF_DATA --out FOLDER_OF_RUN{only}")


def _limits(run: SuiteRun, held: Mapping[str, Columns]) -> Section:
    told = [
        "An interval says how far a figure could have come out otherwise with other rows of the same kind. "
        "It does not cover errors of the people who judged, nor data of another kind.",
        "Where there are five clusters or more, whole clusters are drawn again, for rows of one cluster are alike; where there are fewer (within one country, say), single rows. "
        "Intervals from fewer than twenty clusters are somewhat too narrow.",
    ]
    if any(item.low == item.high for item in run.measures):
        told.append(
            "An interval without width (1.000 to 1.000, say) does not mean certainty: where all rows are right, so are all resamples. "
            "Of n rows without an error, up to 3 in n new ones may still be wrong (rule of three, Hanley and Lippman-Hand 1983)."
        )
    if few := sum(1 for item in run.measures if item.stratum != ALL and item.count < FEW):
        told.append(f"{few} of the figures by stratum are of fewer than {FEW} rows: differences between such strata are mostly chance.")
    if small := [f"{words(name)} ({len(set(table['cluster'].tolist()))})" for name, table in held.items() if len(set(table["cluster"].tolist())) < 20]:
        told.append(f"Tables of fewer than twenty clusters: {', '.join(small)}.")
    return Section("limits", "Limits", tuple(told))
