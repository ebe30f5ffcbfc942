"""Numbers that paragraphs begin with, in the forms in which laws print them, and which of them may follow which."""

from __future__ import annotations

import re

from lexfloor.pipeline.stages.ingest.pdf.lines import RAISED_BEGIN, RAISED_END

_LABEL = re.compile(
    r"[\"'«“„‘]?(?:"
    r"(?P<open>[(（\[])?(?P<number>\d{1,4}(?:\.\d{1,3})*|[ivxlcdm]{1,6}|[^\W\d_]{1,2})(?:[ \-]?(?:bis|ter|quater))?"
    r"(?P<close>[)）\].°º]{1,2}|[.]?[–—-])(?=\s|[^\W\d]|\Z)"
    r"|[•◦▪‣·*–—-](?=\s)|(?:§§?|[^\W\d_]{2,12}\.?)\s?(?P<counted>\d{1,4}[a-z]{0,2}(?:[./-]\d{1,3})*)\b"
    r"|第[〇零一二三四五六七八九十百千\d]{1,7}[条條章节節编編款项項]|[（(][〇零一二三四五六七八九十百]{1,4}[)）]|[〇零一二三四五六七八九十百]{1,4}、)",
    re.IGNORECASE,
)
"""Forms in which a paragraph's number is printed: "(1)", "a)", "12.", "1°", a bullet, "Section 5", "§ 4", and their Chinese likes."""


def label_of(words: str) -> re.Match[str] | None:
    """Return the number at the beginning of a paragraph, None where there is none; a word before a figure is capitalised."""
    found = _LABEL.match(words)
    return None if found and found["counted"] and found[0][0].islower() else found


class Numbers:
    """The numbers that the paragraphs so far begin with, to tell the next in a list from a figure at a line's start."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def begin(self, words: str) -> None:
        """Take note of a paragraph's beginning."""
        if found := _form(words):
            self._last[found[0]] = found[1]

    def follows(self, words: str) -> bool:
        """Tell whether a line begins with the number after the last one of its form."""
        found = _form(words)
        return found is not None and found[1] in _after(self._last.get(found[0], ""))


def _form(words: str) -> tuple[str, str] | None:
    """Return how the number at the beginning of words is printed, and the number; None where there is none."""
    words = words.replace(RAISED_BEGIN, "").replace(RAISED_END, "")
    found = label_of(words)
    if not found:
        return None
    number = (found["number"] or found["counted"] or "").lower()
    if not number:
        return None
    before, after = found[0].lower().split(number, 1) if number in found[0].lower() else ("", "")
    return f"{before}#{after}{'1' if number[0].isdigit() else 'a'}", number


def _after(number: str) -> set[str]:
    """Return the numbers that may come next.

    >>> sorted(_after("9")), sorted(_after("i"))
    (['10', '9a'], ['ii', 'j'])
    """
    if not number:
        return set()
    if number.isdigit():
        return {str(int(number) + 1), f"{number}a"}
    following = {chr(ord(number[-1]) + 1)} if len(number) == 1 else set()
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
    if number in romans[:-1]:
        following.add(romans[romans.index(number) + 1])
    if found := re.fullmatch(r"(\d+)([a-z])", number):
        following |= {str(int(found[1]) + 1), f"{found[1]}{chr(ord(found[2]) + 1)}"}
    return following
