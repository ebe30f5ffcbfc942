"""Lines into paragraphs: where a line goes on in the next, and where something new begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lexfloor.pipeline.stages.ingest.pdf.columns import Placed
from lexfloor.pipeline.stages.ingest.pdf.hyphens import Hyphens, is_dense
from lexfloor.pipeline.stages.ingest.pdf.labels import Numbers, label_of
from lexfloor.pipeline.stages.ingest.pdf.tables import Table

_SENTENCE_END = re.compile(r"[.;:!?。；：！？؛؟·][\"'”’»)\]）」』]{0,2}(?:\x0e[^\x0f]*\x0f)?\s*\Z")
_LISTED = re.compile(r"[,，;；:：、]\s*\Z")
_CUT = re.compile(r"\w[-\u00ad]\Z")
_TAIL = 40
_LEADING = 1.45
"""Distance of two lines of a paragraph as a part of their size, where no text of that size tells."""
_FAR, _FURTHER = 1.12, 1.4
"""Distances over the usual one from which a new paragraph is likely, and certain."""
_INDENT = 0.7
_SPACE = 0.3
_SAME_SIZE = 0.06
_DENSE_SLACK = 2.2
"""In scripts without spaces a line may stay so many characters short, for a mark that must not begin the next."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, list item or heading: its words, where it begins, and how it is set."""

    words: str
    page: int
    size: float
    bold: bool


class _Open:
    """The paragraph that is being put together."""

    def __init__(self, placed: Placed) -> None:
        self.lines = [placed]
        self._pieces = [placed.line.words]

    @property
    def last(self) -> Placed:
        return self.lines[-1]

    @property
    def words(self) -> str:
        """The last words so far: what ends a line tells what follows."""
        return self._pieces[-1]

    def add(self, placed: Placed, hyphens: Hyphens) -> None:
        following = placed.line.words
        self._pieces[-1] = hyphens.joined(self._pieces[-1], following).removesuffix(following)
        self._pieces.append(following)
        self.lines.append(placed)

    def closed(self) -> Paragraph:
        first = self.lines[0].line
        return Paragraph("".join(self._pieces), first.page, first.size, all(placed.line.bold for placed in self.lines))


def paragraphs(items: Sequence[Placed | Table], hyphens: Hyphens) -> list[Paragraph | Table]:
    """Return the paragraphs and tables that lines in reading order make up."""
    placed = [item for item in items if isinstance(item, Placed)]
    leading = _leadings(placed)
    numbers = Numbers()
    done: list[Paragraph | Table] = []
    held: list[Table] = []  # a table between two halves of a paragraph is written after it
    opened: _Open | None = None
    for item in items:
        if isinstance(item, Table):
            held.append(item)
            continue
        if opened is not None and ((held and not _unfinished(opened, item)) or not _goes_on(opened, item, leading, numbers)):
            done += [opened.closed(), *held]
            opened, held = None, []
        if opened is None:
            opened = _Open(item)
            numbers.begin(item.line.words)
        else:
            opened.add(item, hyphens)
    return [*done, *([opened.closed()] if opened else []), *held]


def _unfinished(opened: _Open, item: Placed) -> bool:
    return not _SENTENCE_END.search(opened.words[-_TAIL:]) and item.line.words[:1].islower()


def _leadings(placed: Sequence[Placed]) -> dict[float, float]:
    """Return, per size, the commonest distance between two lines; among common ones the least."""
    distances: dict[float, Counter[float]] = {}
    for one, other in pairwise(placed):
        apart = one.line.base - other.line.base
        if _same_column(one, other) and abs(one.line.size - other.line.size) < 0.1 and 0.8 * one.line.size < apart < 2.6 * one.line.size:
            distances.setdefault(round(one.line.size * 2), Counter())[round(apart * 2) / 2] += 1
    found = {}
    for size, counted in distances.items():
        most = max(counted.values())
        usual = min(apart for apart, count in counted.items() if count >= 0.4 * most)
        if sum(counted.values()) >= 8:
            found[size] = usual
    return found


def _same_column(one: Placed, other: Placed) -> bool:
    return one.line.page == other.line.page and one.column == other.column and one.line.base > other.line.base


def _goes_on(opened: _Open, item: Placed, leading: dict[float, float], numbers: Numbers) -> bool:
    """Tell whether a line goes on the paragraph before it."""
    before, line = opened.last.line, item.line
    smaller, larger = sorted((before.size, line.size))
    if larger - smaller > _SAME_SIZE * larger + 0.05:
        return False
    cut = _CUT.search(opened.words[-_TAIL:]) is not None and line.words[:1].isalnum()
    full = _is_full(opened.last, item)
    if before.bold != line.bold and not (full and line.words[:1].islower() and len(opened.lines) == 1):
        return False
    label = label_of(line.words)
    ended = _SENTENCE_END.search(opened.words[-_TAIL:]) is not None
    if not _same_column(opened.last, item):
        return cut or (not ended and not before.bold and not (label and numbers.follows(line.words)) and (full or line.words[:1].islower()))
    usual = leading.get(round(line.size * 2), _LEADING * line.size)
    apart = (before.base - line.base) / usual
    if apart > _FURTHER:
        return False
    if cut:
        return True
    if not full:  # a word may be kept from a line by what is not seen here: a picture, a page's edge told wrongly
        begins_alike = abs(line.left - before.left) < 0.2 * line.size
        return begins_alike and apart <= _FAR and line.words[:1].islower() and not (label or ended or before.bold or _LISTED.search(opened.words[-_TAIL:]))
    if label and (numbers.follows(line.words) or ended or _LISTED.search(opened.words[-_TAIL:])) and not _deep_in(opened, item):
        return False
    if apart > _FAR and (ended or label):
        return False
    return _aligned(opened, item, label is not None, ended)


def _is_full(before: Placed, item: Placed) -> bool:
    """Tell whether a line ends where it does because the next word had no more room in it."""
    line, following = before.line, item.line
    room = max(before.right, line.right) - line.right
    centred = abs(line.left + line.right - following.left - following.right) < line.size and abs(line.left - following.left) > _INDENT * line.size
    if centred:
        room += max(0.0, line.left - before.left)
    if is_dense(line.words):
        return room < _DENSE_SLACK * line.size
    return room < following.first + _SPACE * line.size


def _deep_in(opened: _Open, item: Placed) -> bool:
    """Tell whether a line stands under the text of a list item, not under its number: what looks like a number is text."""
    first = opened.lines[0].line
    hanging = first.inner - first.left > _INDENT * first.size and label_of(first.words) is not None
    return hanging and abs(item.line.left - first.inner) < _INDENT * first.size and not _SENTENCE_END.search(opened.words[-_TAIL:])


def _aligned(opened: _Open, item: Placed, labelled: bool, ended: bool) -> bool:
    """Tell whether a line begins where a further line of the paragraph would."""
    line, first = item.line, opened.lines[0].line
    tolerance = _INDENT * line.size
    if len(opened.lines) > 1:
        moved = line.left - opened.last.line.left
        return abs(moved) <= tolerance or (not ended and not labelled and not line.words[:1].isupper())
    moved = line.left - first.left
    if abs(moved) <= tolerance:
        return not (ended and labelled)
    if moved < 0:
        return True  # the first line was indented, and is full
    hanging = label_of(first.words) is not None and line.left < first.inner + 4 * tolerance
    return hanging or (not ended and not labelled)
