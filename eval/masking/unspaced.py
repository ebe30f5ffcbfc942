"""Finding names in texts of scripts without spaces, where no word has an edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lexfloor.eval.masking.languages import LanguageWords
from lexfloor.eval.masking.names import COUNTRY, Name
from lexfloor.eval.masking.stretch import Stretch

_FIGURE_BEFORE = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿数]\s?$")


class Unspaced:
    """The names of one language that are written in a script without spaces."""

    def __init__(self, names: Iterable[Name], words: LanguageWords) -> None:
        """Index the names by their first characters; names in other scripts are left out."""
        self._kinds = {"".join(name.words): name.kind for name in names if is_unspaced(name.words[0])}
        self._formal = re.compile(words.formal) if words.formal else None
        groups: dict[str, list[str]] = {}
        for name in sorted(self._kinds, key=len, reverse=True):
            groups.setdefault(name[0], []).append(re.escape(name))
        self._by_first = {first: re.compile("|".join(group)) for first, group in groups.items()}
        self._firsts = re.compile(f"[{''.join(map(re.escape, groups))}]") if groups else None

    def stretches(self, text: str) -> Iterator[Stretch]:
        """Yield the names in a text, formal names first; one of a single character counts after a figure."""
        for formal in self._formal.finditer(text) if self._formal else ():
            yield Stretch(formal.start(), formal.end(), COUNTRY)
        position = 0
        for first in self._firsts.finditer(text) if self._firsts else ():
            start = first.start()
            found = self._by_first[first[0]].match(text, start) if start >= position else None
            if found and (len(found[0]) > 1 or _FIGURE_BEFORE.search(text, max(0, start - 2), start)):
                position = found.end()
                yield Stretch(start, position, self._kinds[found[0]])


def is_unspaced(word: str) -> bool:
    """Return whether a word begins with a character of Chinese or Japanese."""
    return "\u3040" <= word[0] <= "\u9fff"
