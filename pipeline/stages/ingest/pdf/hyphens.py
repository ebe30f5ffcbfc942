"""Whether a word cut at a line's end was hyphenated by the printer or is written with a hyphen: the rest of the text tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_SUSPENDED = re.compile(r"\w-\s+([^\W\d_]+)")
_LAST = re.compile(r"([^\W\d_]+)[-\u00ad]\Z")
_FIRST = re.compile(r"[^\W\d_]+")
_SHORT_WORD = 4
_COMMON = 30


class Hyphens:
    """Joins lines whose last word may go on in the next.

    >>> hyphens = Hyphens(["the benefit is paid to the self-employed"])
    >>> hyphens.joined("a bene-", "fit"), hyphens.joined("the self-", "employed"), hyphens.joined("the", "fund")
    ('a benefit', 'the self-employed', 'the fund')
    """

    def __init__(self, lines: Iterable[str]) -> None:
        words: Counter[str] = Counter()
        self._compounds: set[str] = set()
        self._after_suspended: set[str] = set()
        for line in lines:
            lowered = line.lower()
            words.update(_WORD.findall(lowered))
            if "-" in lowered:
                for found in _COMPOUND.findall(lowered):
                    parts = found.split("-")
                    self._compounds.update(f"{one}-{other}" for one, other in pairwise(parts))
                self._after_suspended.update(_SUSPENDED.findall(lowered))
        self._words = words
        self._common = {word for word, _ in words.most_common(_COMMON) if len(word) <= _SHORT_WORD}

    def joined(self, line: str, following: str) -> str:
        """Return a line with the next one after it."""
        if line.endswith("\u00ad"):
            return line[:-1] + following
        if not line.endswith("-"):
            return line + ("" if _without_space(line[-1:], following[:1]) else " ") + following
        last, first = _LAST.search(line), _FIRST.match(following)
        if line.endswith((" -", "--")) or line == "-":
            return f"{line} {following}"
        if last is None or first is None:
            return line + following
        one, other = last[1].lower(), first[0].lower()
        if one + other in self._words:
            return line[:-1] + following
        if f"{one}-{other}" in self._compounds:
            return line + following
        if other in self._after_suspended or other in self._common:
            return f"{line} {following}"
        return line[:-1] + following if first[0][0].islower() else line + following


def _without_space(last: str, first: str) -> bool:
    """Tell whether two characters stand side by side without a space between: in Chinese and Japanese, not in Korean.

    >>> _without_space("第", "三"), _without_space("n", "t")
    (True, False)
    """
    return _is_dense(last) and _is_dense(first)


def _is_dense(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef" or "\U00020000" <= character <= "\U0003ffff"


def is_dense(words: str) -> bool:
    """Tell whether words are mostly in a script that writes no spaces, so that a line may break after any character."""
    return not words.isascii() and 2 * sum(map(_is_dense, words)) > len(words)
