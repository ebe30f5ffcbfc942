"""Figures in tables: a bare number in a cell has the unit that the head of its column, or the line above the table, names.

Two layouts are read, as texts converted to Markdown have them: rows of cells between bars, and lists of lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.currencies import is_money, meant
from lexfloor.pipeline.numbers.digits import DIGITS, digits_value
from lexfloor.pipeline.numbers.grammar import Grammar, grammar
from lexfloor.pipeline.numbers.money import money
from lexfloor.pipeline.numbers.phrases import WORD
from lexfloor.pipeline.numbers.quantity import AMOUNT, Quantity

Cell = tuple[int, int]
_LINE = re.compile(r"[^\n]*\n?")
_BAR = re.compile(r"[ \t]*\|")
_RULE = frozenset("|:- \t\n")
_LIST = re.compile(r"^\*[ \t]+\*(?:[ \t]|$)", re.MULTILINE)
_NEXT_CELL = re.compile(r"^(?:\*[ \t]+|[ \t]+)\*(?=\s|$)", re.MULTILINE)
_LIST_END = re.compile(r"^[^\s*]", re.MULTILINE)
_BARE = re.compile(rf"\s*(?:[^\W\d]{{1,14}}\.?\s+){{0,3}}({DIGITS.pattern})(?:(?:\s*-\s*|(?:\s+[^\W\d]{{1,14}}){{1,3}}\s+)({DIGITS.pattern}))?\.?(?:\s+[^\W\d]{{1,14}}){{0,4}}\s*")
_ASIDE = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_LONGEST_CAPTION, _COUNTED = 100, 4


def cells(text: str, plain: str, rules: LanguageRules, country: str, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the figures of the tables of a text that are not among those ``known``, in order of the columns; ``plain`` is the text in even spelling."""
    if "|" not in text and not _LIST.search(text):
        return
    words = grammar(rules)
    taken = sorted((quantity.start, quantity.end) for quantity in known)
    for heads, rows in (*_barred(plain), *_listed(plain)):
        caption, seen = _caption(plain, heads[0][0][0]), set[float]()  # a grid of one unit repeats its values: each is read once
        for column in range(max(map(len, rows), default=0)):
            unit = _of_column([row[column] for row in heads if column < len(row)], plain, text, words, taken, country)
            whole = unit is None and column > 0 and caption is not None
            if whole and caption:
                unit = _named(plain, text, *caption, words, taken, country, single=True)
            if unit is None:
                continue
            numbers = [found for row in rows if column < len(row) and not _overlaps(row[column], taken) and (found := _bare(plain, row[column], rules, alone=whole))]
            for low, high, start, end in numbers if column or not _counts([number[0] for number in numbers]) else ():
                if not whole or low not in seen:
                    seen.add(low)
                    yield Quantity(low, unit[0], start, end, False, high, unit[1])


def _barred(text: str) -> Iterator[tuple[list[list[Cell]], list[list[Cell]]]]:
    """Yield the head rows and the other rows of tables whose cells stand between bars."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        if _BAR.match(line[0]):
            block.append(line.span())
            continue
        if len(block) > 1:
            yield from _split(text, block)
        block = []
    if len(block) > 1:
        yield from _split(text, block)


def _split(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[list[list[Cell]], list[list[Cell]]]]:
    rule = next((index for index, (start, end) in enumerate(lines) if "---" in text[start:end] and _RULE.issuperset(text[start:end])), None)
    first = lines[: rule if rule else 1]
    rest = lines[rule + 1 if rule is not None else 1 :]
    heads = [row for row in (_row(text, *line) for line in first) if row]
    if heads and rest:
        yield heads, [_row(text, *line) for line in rest]


def _row(text: str, start: int, end: int) -> list[Cell]:
    bars = [place.start() for place in re.finditer(r"\|", text[start:end])]
    return [
        (start + left + 1, start + right)
        for left, right in zip(bars, [*bars[1:], end - start], strict=True)
        if text[start + left + 1 : start + right].strip() or right < end - start
    ]


def _listed(text: str) -> Iterator[tuple[list[list[Cell]], list[list[Cell]]]]:
    """Yield the head row and the other rows of tables that are lists of lists."""
    rows: list[list[Cell]] = []
    begins = [found.start() for found in _LIST.finditer(text)]
    for index, begin in enumerate(begins):
        limit = begins[index + 1] if index + 1 < len(begins) else len(text)
        stop = _LIST_END.search(text, begin, limit)
        end = stop.start() if stop else limit
        marks = [found.end() for found in _NEXT_CELL.finditer(text, begin, end)]
        starts = [found.start() for found in _NEXT_CELL.finditer(text, begin, end)]
        rows.append(list(zip(marks, [*starts[1:], end], strict=True)))
        if index + 1 == len(begins) or end < begins[index + 1]:
            if len(rows) > 1:
                yield rows[:1], rows[1:]
            rows = []


def _caption(text: str, start: int) -> Cell | None:
    """Return the line above a table, None where there is none or it is a sentence of its own."""
    above = text[:start].rstrip("| \t\n")
    line = above.rfind("\n") + 1
    return (line, len(above)) if 0 < len(above) - line <= _LONGEST_CAPTION else None


def _of_column(heads: list[Cell], text: str, printed: str, words: Grammar, taken: list[Cell], country: str) -> tuple[str, str] | None:
    """Return the unit that the heads of a column name, the lowest first, what stands in brackets before the rest; None of a column that is only counted ("Year")."""
    for start, end in reversed(heads):
        aside = _ASIDE.search(text, start, end)
        whole = WORD.fullmatch(text[start:end].strip())
        unit = _named(text, printed, *aside.span(1), words, taken, country) if aside else None
        unit = unit or (None if whole else _named(text, printed, start, end, words, taken, country))
        if unit:
            return unit
    return None


def _named(text: str, printed: str, start: int, end: int, words: Grammar, taken: list[Cell], country: str, *, single: bool = False) -> tuple[str, str] | None:
    """Return the first unit that a stretch names outside any figure, with its own words; with ``single`` only where it names no other."""
    found: list[tuple[str, str]] = []
    place = start
    while place < end:
        unit = None if _overlaps((place, place + 1), taken) else _unit_at(text, printed, place, words, country)
        if unit and unit[1] <= end:
            found.append((unit[0], " ".join(printed[place : unit[1]].split())))
            place = unit[1]
            continue
        word = WORD.match(text, place) if words.rules.spaced else None
        place = word.end() if word else place + 1
    if single and len({unit for unit, _ in found}) != 1:
        return None
    return next((each for each in found if each[0].startswith(AMOUNT)), found[0]) if found else None


def _unit_at(text: str, printed: str, place: int, words: Grammar, country: str) -> tuple[str, int] | None:
    unit = words.units.at(text, place)
    if unit:
        return unit
    coin = money(words.rules).after(text, printed, place)
    known = coin and is_money(printed[place : coin[1]], coin[0], country)
    return (f"{AMOUNT}_{meant(coin[0], country, place, [])}", coin[1]) if coin and known else None


def _counts(values: Sequence[float]) -> bool:
    """Return whether a column only numbers its rows: 1, 2, 3, 4."""
    return len(values) >= _COUNTED and all(abs(after - before) == 1 for before, after in pairwise(values))


def _bare(text: str, cell: Cell, rules: LanguageRules, *, alone: bool) -> tuple[float, float | None, int, int] | None:
    """Return the number, or the two ends of a range, that is all that a cell holds but for a few words (with ``alone`` none), and its place."""
    found = _BARE.fullmatch(text, *cell)
    if found and alone and text[cell[0] : cell[1]].strip() != text[found.start(1) : found.end(2) if found[2] else found.end(1)]:
        return None
    low = digits_value(found[1], rules) if found else None
    if found is None or low is None:
        return None
    high = digits_value(found[2], rules) if found[2] else None
    if found[2] and (high is None or high <= low):
        return None
    return low, high, found.start(1), found.end(2) if found[2] else found.end(1)


def _overlaps(cell: Cell, taken: list[Cell]) -> bool:
    """Return whether a stretch shares a character with one of several that are in order and apart."""
    index = bisect_left(taken, (cell[1],))
    return index > 0 and taken[index - 1][1] > cell[0]
