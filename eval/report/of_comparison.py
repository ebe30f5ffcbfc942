"""What the report of a comparison says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lexfloor.eval.compare import KINDS, Changed, Difference, RunComparison
from lexfloor.eval.measuring import ALL
from lexfloor.eval.report.document import Document, Section, Table
from lexfloor.eval.report.of_run import DRAWN, FEW, strata_key
from lexfloor.eval.shown import change, changes, label, number, words


def of_comparison(comparison: RunComparison) -> Document:
    """Return the report of a comparison, without its plots."""
    rows = ", ".join(f"{count} of table {words(name)}" for name, count in comparison.paired.items())
    lead = (
        f"First run: {comparison.first}. Second run: {comparison.second}.",
        f"Rows compared, each with itself: {rows}.",
        *_verdicts(comparison),
    )
    sections = (_made(comparison), _over_all(comparison), *_strata(comparison), *_answers(comparison), _limits())
    return Document(f"{comparison.card.title}: two runs compared", lead, comparison.notes, sections)


def _verdicts(comparison: RunComparison) -> Iterator[str]:
    whole = [item for item in comparison.differences if item.stratum == ALL]
    for verdict in ("worse", "better"):
        names = [words(item.measure) for item in whole if item.verdict == verdict]
        yield f"{verdict.capitalize()} beyond chance over all: {', '.join(names) or 'nothing'}."


def _made(comparison: RunComparison) -> Section:
    rows = tuple((item.what, item.first, item.second) for item in comparison.made)
    if not rows:
        return Section("made", "What was made differently", ("Code, data, models, configuration and libraries are the same.",))
    return Section("made", "What was made differently", (), (Table("Stamps that are not the same in both runs", ("what", "first run", "second run"), rows, words=3),))


HEADS = ("rows", "first", "second", "difference", "95% interval", "second is")


def _over_all(comparison: RunComparison) -> Section:
    whole = [item for item in comparison.differences if item.stratum == ALL]
    rows = tuple((words(item.measure), words(item.table), item.better or "neither", *_cells(item)) for item in whole)
    units = " or ".join(sorted({DRAWN.get(item.resampled, item.resampled) for item in whole}))
    note = f"Paired bootstrap, drawing {units} again, the same of both runs. “Same”: the interval includes no difference."
    return Section("measures", "Differences over all", (), (Table("Second run less first run", ("measure", "table", "better is", *HEADS), rows, words=3, note=note),))


def _cells(item: Difference) -> tuple[str, ...]:
    few = " †" if item.count < FEW else ""
    return f"{item.count}{few}", number(item.first), number(item.second), change(item.difference), changes(item.low, item.high), item.verdict


def _strata(comparison: RunComparison) -> Iterator[Section]:
    found: dict[tuple[str, str], list[Difference]] = {}
    for item in comparison.differences:
        if item.stratum != ALL:
            found.setdefault((item.table, item.stratum), []).append(item)
    for (table, stratum), items in found.items():
        names = dict.fromkeys(item.measure for item in items)
        items = [item for name in names for item in items if item.measure == name]
        apart = [item for item in items if item.verdict != "same"]
        told = f"{len(apart)} of {len(items)} intervals do not include 0; chance alone gives about one in twenty."
        shown = [_stratum_table(f"By {words(stratum)}: differences whose interval does not include 0", stratum, apart)] if apart else []
        shown.append(_stratum_table(f"By {words(stratum)}: every measure", stratum, items))
        yield Section(strata_key(table, stratum), f"{words(table).capitalize()} by {words(stratum)}", (told,), tuple(shown))


def _stratum_table(caption: str, stratum: str, items: list[Difference]) -> Table:
    few = f"† fewer than {FEW} rows: read with care." if any(item.count < FEW for item in items) else ""
    return Table(caption, ("measure", words(stratum), *HEADS), tuple((words(item.measure), label(item.of), *_cells(item)) for item in items), words=2, note=few)


def _answers(comparison: RunComparison) -> Iterator[Section]:
    for table, column in comparison.card.answers.items():
        if table not in comparison.paired:
            continue
        changed = [item for item in comparison.changed if item.table == table]
        kinds = Counter(item.kind for item in changed)
        told = ", ".join(f"{kinds[kind]} {kind}" for kind in KINDS if kinds[kind])
        sentence = f"{len(changed)} of {comparison.paired[table]} answers changed{': ' + told if told else ''}."
        tables = (Table("Changed answers", ("item", "people judged", "first run", "second run", "so it"), tuple(map(_answer, changed)), words=5),) if changed else ()
        yield Section(f"changed-{table}", f"{words(table).capitalize()}: changed answers ({words(column)})", (sentence,), tables)


def _answer(item: Changed) -> tuple[str, ...]:
    return item.item, "–" if item.gold is None else label(item.gold), label(item.before), label(item.after), item.kind


def _limits() -> Section:
    told = (
        "Only rows that are in both runs are compared; the interval is of the difference, not of either run, and is narrower than theirs because each row is set beside itself.",
        "Many differences are looked at: one in a single stratum whose interval does not include 0 is a place to look, not a finding.",
    )
    return Section("limits", "Limits", told)
