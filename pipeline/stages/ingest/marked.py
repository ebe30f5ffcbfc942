"""The text of a law that comes as structured XML: written line by line, with the provisions that the markup states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lexfloor.pipeline.plain import collapsed, plain
from lexfloor.pipeline.records import INNER, Level, Mark, ProvisionKind, ProvisionStatus, Span
from lexfloor.pipeline.stages.ingest.rendering import escaped

_LINE_MARK = re.compile(r"^[#>|]")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(slots=True)
class Opened:
    """A provision that has begun; ``label`` and ``heading`` may still come, and it is marked when it is closed."""

    level: Level
    start: int
    depth: int
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE
    status_reason: str = ""
    id: str = ""
    label: str = ""
    heading: str = ""


@dataclass(slots=True)
class MarkedText:
    r"""Writes a law's text and notes where its provisions lie.

    A block of words is one line, a row of a table one line of Markdown; what Markdown would take for markup is escaped. A
    number that is `joined` stays on the line of the words that follow it.

    >>> made = MarkedText()
    >>> section = made.open(Level.SECTION, 90)
    >>> made.joined("7.")
    >>> section.label = "7"
    >>> made.line("Benefit is paid weekly.")
    >>> made.close(section)
    >>> made.text, made.marks[0].span
    ('7. Benefit is paid weekly.\n', Span(start=0, end=26))
    """

    marks: list[Mark] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _length: int = 0
    _within_line: bool = False

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self._pieces)

    def open(self, level: Level, depth: int) -> Opened:
        """Return a provision that begins here: one inside a section on the line of the number before it, any other on its own line."""
        if level not in INNER:
            self.end_line()
        elif self._within_line and not self._pieces[-1].endswith(" "):
            self._write(" ")
        return Opened(level, self._length, depth)

    def close(self, opened: Opened) -> None:
        """Mark a provision that ends here; one without words is no provision."""
        self.end_line()
        end = self._length - 1
        if end > opened.start:
            made = opened
            span = Span(made.start, end)
            self.marks.append(Mark(made.level, escaped(made.label), escaped(made.heading), span, made.depth, made.kind, made.status, made.status_reason, made.id))

    def joined(self, words: str) -> None:
        """Write words that the next line goes on after."""
        self._words(words)

    def line(self, words: str) -> None:
        """Write a block of words and end its line; nothing where there are no words."""
        self._words(words)
        if collapsed(words):
            self.end_line()

    def row(self, cells: Sequence[str], *, header: bool = False) -> None:
        """Write a row of a table; a header is followed by the rule that tells it from the other rows."""
        shown = [_BARE_PIPE.sub(r"\\|", escaped(f"\n{collapsed(cell)}")[1:]) for cell in cells]
        if not any(shown):
            return
        self.end_line()
        self._write(f"| {' | '.join(shown)} |\n")
        if header:
            self._write("|" + " --- |" * len(shown) + "\n")

    def end_line(self) -> None:
        """End the line of a number that no words followed."""
        if self._within_line:
            self._write("\n")
            self._within_line = False

    def _words(self, words: str) -> None:
        words = collapsed(words)
        if not words:
            return
        written = escaped(f"\n{words}")[1:]  # as it will stand: behind white space
        if self._within_line and not self._pieces[-1].endswith(" "):
            self._write(" ")
        self._write(written if self._within_line else _LINE_MARK.sub(r"\\\g<0>", written))
        self._within_line = True

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def raised(words: str) -> str:
    """Return raised words in raised characters, as the plain text of a law has them.

    >>> raised("1")
    '¹'
    """
    return plain(f"<sup>{words}</sup>").text if "<" not in words else words
