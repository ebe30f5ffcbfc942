"""Whether a page's lines were broken by a program that fills lines up to a margin, so that a line break says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

LEAST_BREAKS, MOST_LOOKED_AT = 20, 5000
NARROWEST, WIDEST = 40, 200
"""Margins of such programs, in bytes."""
SLACK = 3
EXCEPTIONS = 0.1
"""Share of breaks that may be otherwise: lines with a word or an address longer than the line, text that keeps its breaks."""


def filled_to_margin(markup: str) -> bool:
    r"""Tell markup in which nearly every line inside text ends where the next word would have passed one margin.

    Lines that people or templates break on purpose end anywhere. Tags fill lines for some programs and do not for others, so either
    all lines must be full, or all those without tags.

    >>> words = " ".join(["insured", "person", "of", "every", "kind"] * 60)
    >>> import textwrap
    >>> filled_to_margin("<p>" + textwrap.fill(words, 70) + "</p>"), filled_to_margin("<p>" + words.replace("kind ", "kind\n") + "</p>")
    (True, False)
    """
    measured = list(islice(_breaks(markup), MOST_LOOKED_AT))
    return _full(measured) or _full([found for found in measured if not found[2]])


def _full(measured: Sequence[tuple[int, int, bool]]) -> bool:
    if len(measured) < LEAST_BREAKS:
        return False
    lengths = sorted(length for length, _, _ in measured)
    with_next = sorted(length for _, length, _ in measured)
    margin = with_next[int(len(with_next) * EXCEPTIONS)]
    return NARROWEST <= margin <= WIDEST and lengths[int(len(lengths) * (1 - EXCEPTIONS))] <= margin + SLACK


def _breaks(markup: str) -> Iterator[tuple[int, int, bool]]:
    """Yield for each line break between words: bytes of the line before, bytes of it with the next word, whether it holds tags."""
    for before, after in pairwise(markup.splitlines()):
        line, following = before.rstrip(), after.lstrip()
        if line and following and not line.endswith(">") and not following.startswith("<"):
            length = len(line.encode(errors="replace"))
            yield length, length + 1 + len(following.split(None, 1)[0].encode(errors="replace")), "<" in line
