"""Writes the provisions of a JSON file as one text, each word once, and marks where each of them lies in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import GROUPING, INNER, Level, Mark, Span
from lexfloor.pipeline.stages.ingest.json_record import Record

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>&^|#]")
_NUMBERED_HEADING = re.compile(r"([^\W\d_]{1,20}\.?\s(?:\d{1,6}\w{0,3}|[IVXLCDM]{1,10}))(?!\w)[\s.:—–-]{0,5}(.*)", re.DOTALL)
_PATH_LEVELS = (Level.PART, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION)
_INNER_LEVELS = dict(pairwise((Level.SECTION, *INNER, Level.ITEM)))
_RANKS = {level: rank for rank, level in enumerate(Level)} | {Level.SCHEDULE: list(Level).index(Level.PART)}
_DEEPEST = 40
"""Levels that a law may have; what is nested deeper is written at this depth."""
_MISSES = 20
"""Pieces that may be looked for in vain in the text of the record above them: then its text holds none."""


@dataclass(slots=True)
class _Open:
    """A heading of a path whose provisions are being written."""

    level: Level
    words: str
    start: int


@dataclass(slots=True)
class _Node:
    """A record in its tree: ``inside`` are the places in its own text at which records below it stand, ``apart`` the others."""

    record: Record
    level: Level
    depth: int
    above: int | None
    below: list[int] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)
    inside: list[tuple[int, int, int]] = field(default_factory=list)


class Writer:
    """Writes records in reading order; ``text``, ``marks`` and ``pages`` are what came of them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._marks: list[Mark] = []
        self.pages: list[int] = []

    def write(self, records: Sequence[Record]) -> None:
        """Write all records of a file, each under the one that it names as its parent."""
        nodes, tops = _tree(records)
        todo = [(top, -1) for top in reversed(tops)]  # a node, and where it began once it is written
        while todo:
            index, start = todo.pop()
            node = nodes[index]
            if start >= 0:
                self._mark(node, start)
                continue
            self._page(node.record)
            if node.above is None:
                self._path(node.record.path)
            self._gap()
            todo.append((index, self._length))
            self._own_text(nodes, node)
            todo.extend((below, -1) for below in reversed(node.apart))
        self._path(())

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The provisions, in order of the text, outer before inner."""
        return tuple(sorted(self._marks, key=_place))

    def _put(self, words: str) -> None:
        self._pieces.append(words)
        self._length += len(words)

    def _gap(self) -> None:
        if self._pieces:
            self._put("\n\n")

    def _page(self, record: Record) -> None:
        self.pages.extend([self._length] * (record.page - len(self.pages)))

    def _path(self, path: tuple[tuple[Level | None, str], ...]) -> None:
        """End the headings that a record no longer stands under, and begin those that are new."""
        path = path[:_DEEPEST]
        same = 0
        while same < min(len(path), len(self._open)) and path[same][1] == self._open[same].words:
            same += 1
        while len(self._open) > same:
            group = self._open.pop()
            numbered = _NUMBERED_HEADING.fullmatch(group.words)
            label, heading = (numbered[1], numbered[2]) if numbered else ("", group.words)
            self._marks.append(Mark(group.level, label, heading, Span(group.start, self._length), len(self._open)))
        for level, words in path[same:]:
            self._gap()
            usual = _PATH_LEVELS[min(len(self._open), len(_PATH_LEVELS) - 1)]
            self._open.append(_Open(level or usual, words, self._length))
            self._put(_escaped(words, plain(words).text != words))

    def _own_text(self, nodes: Sequence[_Node], node: _Node) -> None:
        """Write a record's text, and mark the records that are pieces of it; those that are not are left for later."""
        words = _printed(node.record)
        special = plain(words).text != words
        _place_below(nodes, node, words)
        done = 0
        opened: list[tuple[int, int, int]] = []  # end in the words, place in the text, node
        for begin, end, index in node.inside:
            done = self._close(nodes, opened, words, done, begin, special)
            self._put(_escaped(words[done:begin], special))
            done = begin
            self._page(nodes[index].record)
            opened.append((end, self._length, index))
        done = self._close(nodes, opened, words, done, len(words), special)
        self._put(_escaped(words[done:], special))

    def _close(self, nodes: Sequence[_Node], opened: list[tuple[int, int, int]], words: str, done: int, until: int, special: bool) -> int:
        """Write the words up to where pieces end that end before ``until``, and mark these pieces; return how far it came."""
        while opened and opened[-1][0] <= until:
            end, start, index = opened.pop()
            self._put(_escaped(words[done:end], special))
            done = end
            self._mark(nodes[index], start)
        return done

    def _mark(self, node: _Node, start: int) -> None:
        """Mark a record that reaches from ``start`` to all that is written so far."""
        record, depth = node.record, node.depth + len(self._open)
        if self._length > start:
            span = Span(start, self._length)
            self._marks.append(Mark(node.level, record.label, record.heading, span, depth, record.kind, record.status, record.status_reason, record.id))


def _place(mark: Mark) -> tuple[int, int, int]:
    return mark.span.start, mark.depth, -mark.span.end


def _tree(records: Sequence[Record]) -> tuple[list[_Node], list[int]]:
    """Return the records as nodes, and which of them have no record above.

    A record lies under the earlier one that it names as its parent. Where a file names none, its levels tell: a section lies
    under the chapter before it.
    """
    nodes: list[_Node] = []
    known: dict[str, int] = {}
    tops = []
    for index, record in enumerate(records):
        above = known.get(record.parent) if record.parent else None
        if above is None and not record.own and (record.level in INNER or not record.path):
            rank, above = _RANKS[record.level or Level.SECTION], index - 1 if index else None
            while above is not None and _RANKS[nodes[above].level] >= rank:
                above = nodes[above].above
        while above is not None and nodes[above].depth >= _DEEPEST:
            above = nodes[above].above
        if above is None:
            nodes.append(_Node(record, record.level or Level.SECTION, 0, None))
            tops.append(index)
        else:
            over = nodes[above]
            over.below.append(index)
            nodes.append(_Node(record, record.level or _INNER_LEVELS.get(over.level, Level.SECTION), over.depth + 1, above))
        if record.key:
            known[record.key] = index
    return nodes, tops


def _place_below(nodes: Sequence[_Node], top: _Node, words: str) -> None:
    """Find the records below ``top`` whose text is a piece of its words; ``inside`` gets them in order, ``apart`` the others."""
    todo: list[tuple[_Node, int, int]] = [(top, 0, len(words))]
    while todo:
        node, begin, end = todo.pop()
        cursor, misses = begin, 0
        for index in node.below:
            below = nodes[index]
            text = below.record.text
            at = -1
            if text and misses < _MISSES and node.level not in GROUPING:
                at = _found(words, text, cursor, end, begin + below.record.start - node.record.start)
                misses += at < 0
            if at < 0:
                top.apart.append(index)
                continue
            cursor = at + len(text)
            top.inside.append((at, cursor, index))
            todo.append((below, at, cursor))
    top.inside.sort(key=_outer_first)
    top.apart.sort()


def _outer_first(piece: tuple[int, int, int]) -> tuple[int, int, int]:
    return piece[0], -piece[1], piece[2]


def _found(words: str, text: str, cursor: int, end: int, stated: int) -> int:
    """Return where a piece stands in the words: where the file says, else the first place that is left; -1 where it does not."""
    if cursor <= stated <= end - len(text) and words.startswith(text, stated):
        return stated
    return words.find(text, cursor, end)


def _printed(record: Record) -> str:
    """Return a record's words as a law prints them: its number and title first, unless its text begins with the number."""
    if record.own or not (record.label or record.heading):
        return record.text
    if not record.label:
        return record.text if record.text.startswith(record.heading) else f"{record.heading}\n{record.text}".strip()
    if _begins_with(record.text, record.label):
        return record.text
    label = f"{record.label}." if record.label[-1].isalnum() and record.level in (None, Level.SECTION) else record.label
    if not record.heading or record.text.startswith(record.heading):
        return f"{label} {record.text}".strip()
    return f"{label} {record.heading}\n{record.text}".strip()


def _begins_with(text: str, label: str) -> bool:
    """Tell whether a text begins with a label, a word such as "Section" before it or not.

    >>> _begins_with("Section 36. Rate", "36"), _begins_with("365 days", "36")
    (True, False)
    """
    tokens = re.findall(r"\w+", label)
    if not tokens:
        return text.startswith(label)
    number = r"\W{0,3}".join(map(re.escape, tokens))
    return re.match(rf"\W{{0,5}}(?:[^\W\d_]{{1,20}}\W{{1,3}})?{number}(?!\w)", text, re.IGNORECASE) is not None


def _escaped(words: str, special: bool) -> str:
    """Return words as they must stand in a law's text, so that its plain text has them unchanged."""
    return _SPECIAL.sub(r"\\\g<0>", words) if special else words
