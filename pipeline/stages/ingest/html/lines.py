"""Lines inside one block of HTML: a line break in the source is white space, unless it plainly separates two lines of law."""

from __future__ import annotations

import re
from collections.abc import Sequence

Piece = tuple[str, bool]
"""Words with the white space around them, and whether they are bold."""

_NUMBER = r"(?:\d{1,4}[^\W\d_]{0,2}|[IVXLC]{1,7})"
_PAREN_LABEL = re.compile(r"[(（\[]\s?\w{1,5}\s?[)）\]]")
_LABEL = re.compile(rf"§|第\w{{1,8}}[条條章节節]|\d{{1,4}}[^\W\d_]{{0,2}}[.)．、।৷](?!\w)|[^\W\d_][)]\s|[^\W\d_a-z]\w{{1,14}}\.?\s{{0,2}}{_NUMBER}(?!\w)")
_LABEL_ALONE = re.compile(rf"(?:§+\s?|[^\W\d_]\w{{1,14}}\.?\s?)?{_NUMBER}(?:[-–.]\w{{1,6}})?\s?[.:º°।৷]?|第\w{{1,8}}[条條章节節]")
_SENTENCE_END = re.compile(r"[.;:!?…。；：！？।৷][\"'»”’)\]]?$")
_SHORT_WORD = re.compile(r"(?<!\w)\w{1,4}\.$")
SHORT = 0.6
"""A line shorter than this share of its block's longest line ended before the margin: on purpose."""
WIDEST_MARGIN = 160
"""Characters; a block with a longer line was broken at no margin."""


def lines_of(pieces: Sequence[Piece], *, keep_breaks: bool = False) -> list[Piece]:
    r"""Return a block's lines, each with whether all of it is bold; ``keep_breaks`` where every line break counts.

    Pages are made by programs that break lines at a margin, and by programs that put one paragraph of the law on each line of
    one block. A line begins a new line of law where it begins with a printed label and the line before ends a sentence or
    ended short of the margin, where the line before is a label alone, and where bold type begins or ends with the line. In a block
    that was broken at no margin a line also begins where the one before ends a sentence, and where a short one ends inside the
    text, not beside an element.

    >>> [words for words, _ in lines_of([("(1) One applies.\n(2) Two applies, as in\nsection 5.", False)])]
    ['(1) One applies.', '(2) Two applies, as in section 5.']
    """
    lines: list[list[Piece]] = [[]]
    within = [False]  # for each line, whether it begins inside a piece, with words of it before and after
    for words, bold in pieces:
        first, *others = words.split("\n")
        lines[-1].append((first, bold))
        lines.extend([(other, bold)] for other in others)
        started = bool(first.strip())
        for other in others:
            within.append(started and bool(other.strip()))
            started = started or bool(other.strip())
    measured = [_measured(line) for line in lines]
    inside = [place for place, line in zip(within, measured, strict=True) if line[0]]
    shown = [line for line in measured if line[0]]
    if not shown or keep_breaks:
        return shown
    longest = max(len(words) for words, _ in shown)
    groups: list[list[Piece]] = []
    for index, line in enumerate(shown):
        if groups and not _separate(shown[index - 1], line, longest, first=len(groups[-1]) == 1, inside=inside[index]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [(" ".join(words for words, _ in group), all(bold for _, bold in group)) for group in groups]


def _measured(line: Sequence[Piece]) -> Piece:
    """Return a line's words and whether all of them are bold."""
    words = "".join(part for part, _ in line).strip()
    return words, bool(words) and all(bold or not part.strip() for part, bold in line)


def _separate(before: Piece, line: Piece, longest: int, *, first: bool, inside: bool) -> bool:
    """Tell whether a line is one of its own beside the one before it."""
    words, previous = line[0], before[0]
    ended = _SENTENCE_END.search(previous) is not None
    short = len(previous) < SHORT * longest
    if before[1] != line[1]:
        return not words[:1].islower() and (first or ended or short)
    if first and len(previous) < longest and _LABEL_ALONE.fullmatch(previous):
        return not words[:1].islower()
    if longest > WIDEST_MARGIN and (ended or (short and inside)) and not words[:1].islower():
        return True
    if _PAREN_LABEL.match(words):
        return ended or short
    return _LABEL.match(words) is not None and (short or (ended and not _SHORT_WORD.search(previous)))
