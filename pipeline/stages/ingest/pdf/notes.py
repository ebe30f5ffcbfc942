"""Footnotes: small print at a page's foot that begins with a mark, and the raised marks in the text that refer to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.stages.ingest.pdf.columns import Placed
from lexfloor.pipeline.stages.ingest.pdf.hyphens import Hyphens
from lexfloor.pipeline.stages.ingest.pdf.lines import RAISED_BEGIN, RAISED_END
from lexfloor.pipeline.stages.ingest.pdf.tables import Table
from lexfloor.pipeline.stages.ingest.rendering import note_mark

_SMALLER = 0.93
_BEGINS = re.compile(rf"{RAISED_BEGIN}(?P<raised>[^{RAISED_END}]{{1,4}}){RAISED_END}\s*|(?P<plain>\d{{1,3}}|\*{{1,3}}|[†‡])[.)]?\s+(?=\D)")
_RAISED = re.compile(rf"{RAISED_BEGIN}([^{RAISED_END}]*){RAISED_END}")
_BRACKETS = "()[]."


class Notes:
    """The footnotes of one file: ``taken`` maps the page and mark of each to its words."""

    def __init__(self) -> None:
        self.taken: dict[tuple[int, str], str] = {}

    def without_notes(self, items: Sequence[Placed | Table], body: float, hyphens: Hyphens) -> list[Placed | Table]:
        """Return a text without the footnotes of its pages, which are kept here."""
        kept: list[Placed | Table] = []
        start = 0
        while start < len(items):
            end = start
            while end < len(items) and _page(items[end]) == _page(items[start]):
                end += 1
            kept += self._page(items[start:end], body, hyphens)
            start = end
        return kept

    def _page(self, items: Sequence[Placed | Table], body: float, hyphens: Hyphens) -> list[Placed | Table]:
        begin = len(items)
        while begin and isinstance(item := items[begin - 1], Placed) and item.line.size < _SMALLER * body and not item.line.bold:
            begin -= 1
        if begin == 0:
            return list(items)  # a page all in small print is an annex
        mark = ""
        kept = list(items[:begin])
        for item in items[begin:]:
            assert isinstance(item, Placed)
            page, words = item.line.page, item.line.words
            if found := _BEGINS.match(words):
                mark = (found["raised"] or found["plain"]).strip(_BRACKETS)
                self.taken[page, mark] = words[found.end() :]
            elif mark:
                self.taken[page, mark] = hyphens.joined(self.taken[page, mark], words)
            else:
                kept.append(item)
        return kept

    def marked(self, words: str, page: int) -> str:
        """Return words with raised figures as references to notes where there are such, as raised letters elsewhere."""
        if RAISED_BEGIN not in words:
            return words
        return _RAISED.sub(lambda found: self._one(found[1].strip(), page), words)

    def _one(self, raised: str, page: int) -> str:
        mark = raised.strip(_BRACKETS)
        if any((near, mark) in self.taken for near in (page, page + 1)):
            return note_mark(mark)
        return plain(f"<sup>{raised}</sup>").text if len(raised) <= 8 else raised


def _page(item: Placed | Table) -> int:
    return item.line.page if isinstance(item, Placed) else item.page
