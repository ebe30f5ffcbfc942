"""The text of a law that comes as HTML, DOCX or PDF: written once, as Markdown, so that one segmenter reads every format."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lexfloor.pipeline.plain import collapsed, may_hold_markup, plain
from lexfloor.pipeline.stages.ingest.run_on import LEAST_LENGTH, lines_of_run_on

_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>&^|#]")
_LINE_MARKS = ("#", ">", "|")
_BARE_PIPE = re.compile(r"(?<!\\)\|")
_EMPHASIS_LEFT = re.compile(r"\A(?P<stars>\*{2,3})(?=[^\s*])(?P<words>[^*]{1,300})(?<=\S)(?P=stars)(?!\*)")
"""Stars of bold type at the beginning of a line that the program that made the file did not take for it."""


class Rendering:
    """Writes a law's text line by line in the Markdown that `lexfloor.pipeline.plain` reads.

    Words come without markup; what Markdown would take for markup is escaped. One block of the source (paragraph, list item,
    heading, table row) is one line; blocks are separated by a blank line, rows of one table are not.

    >>> made = Rendering()
    >>> made.heading(2, "Part I")
    >>> made.line("Section 1. Scope", bold=True)
    >>> made.row(["Weeks", "Rate"], header=True)
    >>> made.row(["1 to 26", "60 %"])
    >>> print(made.text)
    ## Part I
    <BLANKLINE>
    **Section 1. Scope**
    <BLANKLINE>
    | Weeks | Rate |
    | --- | --- |
    | 1 to 26 | 60 % |
    <BLANKLINE>
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._in_table = False
        self._notes: list[tuple[str, str]] = []
        self.pages: list[int] = []
        self.refused: list[tuple[int, int, str]] = []

    def heading(self, level: int, words: str) -> None:
        """Write a heading; ``level`` counts from 1, deeper than 6 is written as 6."""
        self._block(f"{'#' * min(max(level, 1), 6)} ", words)

    def line(self, words: str, *, bold: bool = False, quoted: bool = False) -> None:
        """Write a paragraph or list item, its printed number included; ``bold`` when all of it is, ``quoted`` for a block quote."""
        for line in lines_of_run_on(words) if len(words) >= LEAST_LENGTH else (words,):
            self._block("> " if quoted else "", line, around="**" if bold else "")

    def row(self, cells: Sequence[str], *, header: bool = False) -> None:
        """Write a row of a table; a header row is followed by the rule that tells it from the others."""
        shown = [_BARE_PIPE.sub(r"\\|", escaped(collapsed(cell))) for cell in cells]
        if not any(shown):
            return
        self._write(("" if self._in_table or not self._pieces else "\n") + f"| {' | '.join(shown)} |\n")
        if header:
            self._write("|" + " --- |" * len(shown) + "\n")
        self._in_table = True

    def note(self, mark: str, words: str) -> None:
        """Keep a footnote or endnote for the end of the text; in the text its reference is ``note_mark(mark)``."""
        self._notes.append((mark, words))

    def page(self) -> None:
        """Begin a page here."""
        self.pages.append(self._length)

    def end(self) -> None:
        """Write the notes that were kept, one a line."""
        for mark, words in self._notes:
            self._in_table = False
            self._block(f"[^{mark}]: ", words)
        self._notes.clear()

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def _block(self, before: str, words: str, *, around: str = "") -> None:
        words = collapsed(words)
        if words.startswith("*"):
            words = _EMPHASIS_LEFT.sub(r"\g<words>", words)
        if not words:
            return
        written = escaped(words)
        if not before and not around and written.startswith(_LINE_MARKS):
            written = f"\\{written}"
        self._write(("\n" if self._pieces else "") + f"{before}{around}{written}{around}\n")
        self._in_table = False

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def note_mark(mark: str) -> str:
    """Return the reference to a note as it stands in the text."""
    return f"[^{mark}]"


_NOTE_MARK = re.compile(r"(\[\^[^\]\s]{1,12}\])")


def escaped(words: str) -> str:
    r"""Return words so that their plain text is these words, note marks apart; most words need no escape.

    >>> escaped("G/BC*100 and d*2"), escaped("plain words"), escaped("as amended[^3] in 2020")
    ('G/BC\\*100 and d\\*2', 'plain words', 'as amended[^3] in 2020')
    """
    if not may_hold_markup(words):
        return words
    return "".join(piece if _NOTE_MARK.fullmatch(piece) else _escaped(piece) for piece in _NOTE_MARK.split(words))


def _escaped(words: str) -> str:
    return words if plain(words).text == words else _SPECIAL.sub(r"\\\g<0>", words)
