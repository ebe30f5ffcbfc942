"""A law's text as people quote from it: without markup, white space collapsed, and the way back to the text as ingested."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lexfloor.pipeline.plain import PlainText, plain

Codes = NDArray[np.uint32]

_SPACES = np.array([code for code in range(0x3001) if chr(code).isspace()], dtype=np.uint32)
_NOTHING = "\0"
"""Fills the room of an entity that its character leaves."""
_MARKS = re.compile(
    r"<[^<>]+>"
    r"|\[\^[^\]\s]*\]:?"  # footnotes
    r"|!?\[(?=[^\[\]]*\]\()|(?<=[^\]])\]\([^()]*\)"  # what is around the words of a link
    r"|[*_#>`|]+"
    r"|^[ \t]*-[ \t](?=\S)",  # of a list
    re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,12});")


@dataclass(frozen=True, eq=False)  # without slots: it keeps its letters once they are asked for
class Reading:
    """A law's text without markup, every run of white space as one space.

    ``kept[i]`` is the position in ``view.text`` of the character ``text[i]``; ``view`` knows the way to the law's own text.
    """

    text: str
    kept: NDArray[np.int64]
    view: PlainText

    def spans(self, quote: str) -> list[tuple[int, int]]:
        """Return where a quote stands in the law's own text, in order; white space in the quote is collapsed."""
        return [self._span(*found) for found in _occurrences(self.text, " ".join(quote.split()))]

    def spans_by_letters(self, quote: str) -> list[tuple[int, int]]:
        """Return where the letters and figures of a quote stand in the law's own text, whatever stands between them."""
        letters, positions = self.letters
        return [self._span(int(positions[start]), int(positions[end - 1]) + 1) for start, end in _occurrences(letters, letters_of(quote)[0])]

    def between(self, start: int, end: int) -> str:
        """Return how a stretch of the law's own text reads."""
        first, last = np.searchsorted(self.kept, [self.view.position(start), self.view.position(end)])
        return self.text[first:last].strip()

    @cached_property
    def letters(self) -> tuple[str, NDArray[np.int64]]:
        """The letters and figures of the text in lower case, and the position of each in it."""
        return letters_of(self.text)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.view.source(int(self.kept[start])), self.view.source_end(int(self.kept[end - 1]) + 1)


def readings(text: str) -> Iterator[Reading]:
    """Yield the ways in which people read a law's text, the pipeline's own first.

    The second is that of the annotation guidelines: every mark is white space, list marks too; raised figures stand on the
    line, and what is no mark of Markdown or HTML stays (soft hyphens, footnotes after a caret).
    """
    yield _collapsed(plain(text))
    marked = _ENTITY.sub(_character, _MARKS.sub(_blank, text))
    yield _collapsed(PlainText(marked, (0,), (0,), (False,), (0,)))


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _character(found: re.Match[str]) -> str:
    return html.unescape(found[0]).ljust(len(found[0]), _NOTHING)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _text(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _collapsed(view: PlainText) -> Reading:
    codes = _codes(view.text)
    filled = np.flatnonzero(codes != ord(_NOTHING))
    space = np.isin(codes[filled], _SPACES)
    stays = ~space
    stays[1:] |= space[1:] & ~space[:-1]
    return Reading(_text(np.where(space, np.uint32(ord(" ")), codes[filled])[stays]), filled[stays], view)


def letters_of(text: str) -> tuple[str, NDArray[np.int64]]:
    """Return the letters and figures of a text in lower case, and the position of each in it."""
    codes = _codes(text)
    found, places = np.unique(codes, return_inverse=True)
    lower = np.array([ord(chr(code).lower()[0]) for code in found], dtype=np.uint32)
    positions = np.flatnonzero(np.array([chr(code).isalnum() for code in found], dtype=bool)[places])
    return _text(lower[places][positions]), positions


def _occurrences(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = text.find(wanted) if wanted else -1
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + 1)
