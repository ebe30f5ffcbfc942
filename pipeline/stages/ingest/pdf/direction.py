"""Text that reads from right to left, put into the order in which it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_PRESENTED = re.compile(r"[\ufb1d-\ufdff\ufe70-\ufefc]")
_TURNED = re.compile(
    r"[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9](?:[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9.,:/٫٬]*[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9])?"
)
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_WORD_GAP = 0.24
"""Characters further apart than this many times the size belong to two words."""
_WIDE_GAP = 1.0


def is_right_to_left(words: str) -> bool:
    """Tell whether most letters of some words are written from right to left.

    >>> is_right_to_left("חוק 12"), is_right_to_left("law 12")
    (True, False)
    """
    found = len(_RIGHT_TO_LEFT.findall(words)) if not words.isascii() else 0
    return found > 0 and 2 * found > sum(map(str.isalpha, words))


def logical(characters: Sequence[tuple[str, float, float]], size: float) -> list[tuple[str, float, float, float, float]]:
    """Return the characters of one line in reading order; each comes with the left and right edge of the space it takes up.

    The order of the file tells little: producers write such text as read or as seen, word by word. The places tell: from right
    to left, but for figures and foreign words, and brackets are drawn as their mirror image. A line is cut where words
    are far apart; with each piece come its left and right edge, the width of its first word, and where its second word begins.

    >>> logical([("ש", 30, 36), ("ל", 24, 30), ("1", 10, 15), ("2", 15, 20)], 12)
    [('של 12', 10, 36, 12, 20)]
    """
    words: list[list[tuple[str, float, float]]] = []
    for each in sorted(characters, key=lambda each: -(each[1] + each[2])):
        if not words or min(left for _, left, _ in words[-1][-3:]) - each[2] > _WORD_GAP * size:
            words.append([])
        words[-1].append(each)
    pieces: list[list[list[tuple[str, float, float]]]] = []
    for word in words:
        if not pieces or pieces[-1][-1][-1][1] - word[0][2] > _WIDE_GAP * size:
            pieces.append([])
        pieces[-1].append(word)
    return [_piece(piece) for piece in pieces]


def _piece(words: Sequence[Sequence[tuple[str, float, float]]]) -> tuple[str, float, float, float, float]:
    seen = " ".join("".join(_PRESENTED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), character) for character, _, _ in word) for word in words)
    read = _TURNED.sub(lambda found: found[0][::-1].translate(_MIRRORED), seen.translate(_MIRRORED))
    right, end_of_first = words[0][0][2], words[0][-1][1]
    return read, words[-1][-1][1], right, right - end_of_first, words[1][0][2] if len(words) > 1 else right
