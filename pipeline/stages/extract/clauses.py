"""Sentences, clauses and the words that introduce a list: what stands around a figure, without reading the whole section."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from lexfloor.corpora.languages import LanguageRules

_END = re.compile(r"[.!?;](?=\s|[\"'”’»)\]]*\s|$)|[。！？；؟؛।৷]|\n\s*\n\s*")
_LINE_ITEM = re.compile(r"\n[ \t]*(?:\([^\s()]{1,4}\)|[^\W_]{1,3}[.)°º]|[•–—*-])[ \t]")
_CLAUSE = re.compile(r"[,;:，；：、،؛]\s*|\s[–—-]\s|\n|\(|\)")
_ASIDE = re.compile(r"\s{0,3}\([^()\n]{1,40}\)(?=\s{1,3}\w)")
_OPENS = re.compile(r"[:：]\s*(?:$|\n|(?=\(?[^\W_]{1,3}[.)]\s)|[—–-])|[—–]\s*\n")
LONGEST = 900
"""Characters of a sentence on either side of a figure that are looked at, at most."""
INTRODUCED = 2500
"""Characters over which a list may run after the words that introduce it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands: its sentence, its clause between commas, the sentence before, and the words that introduce its list."""

    sentence: tuple[int, int]
    clause: tuple[int, int]
    before: tuple[int, int]
    chapeau: tuple[int, int] | None


class Outline:
    """The sentences of a section; made once, asked for each of its figures."""

    def __init__(self, text: str, rules: LanguageRules) -> None:
        """Cut the text into sentences: at full stops that close no abbreviation, at semicolons, blank lines and items of a list."""
        self.text = text
        abbreviations = frozenset(word.rstrip(".").lower() for word in rules.abbreviations)
        ends = {found.end() for found in _END.finditer(text) if not _abbreviates(text, found.start(), abbreviations)}
        ends |= {found.start() for found in _LINE_ITEM.finditer(text)}
        self._ends = sorted(ends | {len(text)})
        self._opens = [found.start() for found in _OPENS.finditer(text)]

    def setting(self, start: int, end: int) -> Setting:
        """Return what stands around a figure."""
        raw, sentence = self._sentence(start, end)
        inside = list(_CLAUSE.finditer(self.text, sentence[0], sentence[1]))
        if aside := _ASIDE.match(self.text, end, sentence[1]):  # "12 months (52 weeks) of leave"
            inside = [found for found in inside if not aside.start() <= found.start() < aside.end()]
        first = max((found.end() for found in inside if found.end() <= start), default=sentence[0])
        last = min((found.start() for found in inside if found.start() >= end), default=sentence[1])
        before = self._sentence(raw - 1, raw)[1] if raw > 0 else (0, 0)
        index = bisect_right(self._opens, sentence[0]) - 1
        chapeau = None
        if index >= 0 and sentence[0] - self._opens[index] < INTRODUCED:
            introduced = self._sentence(self._opens[index], self._opens[index] + 1)[1]
            if introduced[0] < sentence[0] and not re.search(r"\n\s*\n(?=\S{0,3}\d)", self.text[self._opens[index] + 3 : sentence[0]]):
                chapeau = introduced
        return Setting(sentence, (first, last), before, chapeau)

    def _sentence(self, start: int, end: int) -> tuple[int, tuple[int, int]]:
        """Return where the sentence around a stretch begins, and the sentence without the space around it, no longer than is looked at."""
        index = bisect_right(self._ends, start)
        begin = self._ends[index - 1] if index else 0
        close = next((place for place in self._ends[index:] if place >= end), len(self.text))
        raw = begin
        begin, close = max(begin, start - LONGEST), min(close, end + LONGEST)
        begin += len(self.text[begin:start]) - len(self.text[begin:start].lstrip())
        close -= len(self.text[end:close]) - len(self.text[end:close].rstrip())
        return raw, (begin, max(close, end))


def _abbreviates(text: str, place: int, abbreviations: frozenset[str]) -> bool:
    """Tell whether the full stop at a place closes an abbreviation or a number instead of a sentence."""
    if text[place] != ".":
        return False
    begin = place
    while begin > 0 and place - begin < 12 and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin:place].lower()
    following = text[place + 1 : place + 4].lstrip()[:1]
    if word in abbreviations or (len(word) == 1 and word.isalpha()):
        return True
    return word.isdecimal() and not following.isupper() and following != ""
