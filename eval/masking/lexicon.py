"""Finding names in running text: inflected, joined to what stands before them, as adjectives and as names of the people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.eval.masking.languages import LanguageWords, language_words, spelled
from lexfloor.eval.masking.names import CITY, COUNTRY, CURRENCY, WORD, Name, currency_codes, currency_marks, names
from lexfloor.eval.masking.stretch import Stretch
from lexfloor.eval.masking.unspaced import Unspaced, is_unspaced
from lexfloor.pipeline.words import LETTER

SHORTEST_STEM = 4
"""Shorter stems take no endings: too many ordinary words begin with them."""
FOREIGN_ENDINGS = frozenset({"s"})
SEEN = 30
KNOWN_WORDS = 1 << 16
_GAP = re.compile(r"[\s\-–'’.]{1,3}")
_FIGURE_BEFORE, _FIGURE_AFTER = re.compile(r"\d(?:[.,/\-–=]{0,3}|\))[^\S\n]?$"), re.compile(r"\.?[^\S\n]{0,2}\d")
_LAST_WORD = re.compile(rf"({WORD.pattern})[^\w\n]{{1,2}}$")
_SIGNS = "".join(re.escape(chr(code)) for code in range(0x10000) if unicodedata.category(chr(code)) == "Sc" and chr(code) != "¤")
_LETTER = rf"(?!\d){LETTER}"
_LETTER_BEFORE = re.compile(_LETTER)
_SIGN, _ITS_COUNTRY = re.compile(f"[{_SIGNS}]"), re.compile(r"(?<![^\W\d_])[A-Z]{1,3}$")


@dataclass(frozen=True, slots=True)
class _Form:
    """A name with the stems of its words; ``beside`` tells that it counts only beside a figure."""

    name: Name
    stems: tuple[tuple[str, ...], ...]
    beside: bool


class Lexicon:
    """The names of one language, to be found in texts of it, or of the language ``host``: then only capitals count."""

    def __init__(self, code: str, host: str = "") -> None:
        """Index the names by the stems of their first words."""
        self._words, around = (language_words().get(known, LanguageWords()) for known in (code, host))
        self._foreign = foreign = bool(host)
        self._people = frozenset(map(spelled, self._words.people))
        self._endings = self._people | (FOREIGN_ENDINGS if foreign else frozenset(map(spelled, self._words.endings)))
        self._before = tuple(map(spelled, self._words.before))
        self._ordinary = frozenset(map(spelled, self._words.ordinary + around.ordinary))
        self._never = frozenset(map(spelled, self._words.never + around.never))
        self._numbers = frozenset(spelled(word) for word, value in language_rules(nearest_language(host or code)).numbers.words.items() if value > 1)
        self._marks = currency_marks(code) | frozenset(self._words.money)
        self._index: dict[str, list[_Form]] = {}
        known = names(code)
        self.unspaced = Unspaced([*known, *(Name((word,), CURRENCY) for word in self._words.money)], self._words)
        for name in known:
            if is_unspaced(name.words[0]):
                continue
            whole = spelled(name.words[0])
            beside = name.kind == CURRENCY and (foreign or len(whole) < SHORTEST_STEM or whole in self._ordinary)
            form = _Form(name, tuple(self._stems(word, name.kind) for word in name.words), beside)
            for stem in form.stems[0]:
                self._index.setdefault(stem, []).append(form)
        self._forms = lru_cache(maxsize=KNOWN_WORDS)(self._found)

    def _stems(self, word: str, kind: str) -> tuple[str, ...]:
        """Return a word, then what is left of it without an ending that gives way to others.

        Currencies drop nothing, as CLDR has their plurals; cities, no more than a letter.
        """
        whole = spelled(word)
        most = {COUNTRY: len(whole), CITY: 0 if self._foreign else 1, CURRENCY: 0}[kind]
        drops = [drop for drop in map(spelled, self._words.drops) if len(drop) <= most and whole.endswith(drop)]
        return whole, *sorted({whole[: -len(drop)] for drop in drops if len(whole) - len(drop) >= SHORTEST_STEM})

    def _found(self, word: str) -> tuple[_Form, ...]:
        """Return the names that a word may be, or begin."""
        whole = spelled(word)
        found = [form for form in self._index.get(whole, ()) if self._fits(whole, word, form, 0)]
        for text in (whole, *(whole[len(prefix) :] for prefix in self._before if whole.startswith(prefix))):
            for cut in range(SHORTEST_STEM, len(text) + 1):
                if cut == len(text) or text[cut:] in self._endings:
                    found += [form for form in self._index.get(text[:cut], ()) if self._fits(text, word, form, 0)]
        if whole in self._never:
            return tuple(form for form in dict.fromkeys(found) if len(form.stems) > 1)
        ordinary = whole in self._ordinary
        return tuple(form for form in dict.fromkeys(found) if not ordinary or form.beside or len(form.stems) > 1)

    def _fits(self, whole: str, word: str, form: _Form, place: int) -> bool:
        """Return whether a word, ``whole`` as it is spelled without what is joined in front, is the one at a place of a name."""
        stems, name = form.stems[place], form.name
        stem = next((stem for stem in stems if whole.startswith(stem) and self._ends(stem, whole, stems[0])), None)
        if stem is None:
            return False
        if not word[0].islower() or name.kind == CURRENCY:
            return True
        if self._foreign or name.kind == CITY:
            return False
        if self._words.small and whole[len(stem) :] in self._people:
            return True
        printed_small = name.words[place][0].islower() or (name.adjective and self._words.small)
        return printed_small and (stem == stems[0] or len(stem) > SHORTEST_STEM) and (place > 0 or len(whole) >= SHORTEST_STEM)

    def _ends(self, stem: str, whole: str, full: str) -> bool:
        """Return whether what follows a stem in a word is an ending; only the full name may stand without."""
        ending = whole[len(stem) :]
        return stem == full if not ending else len(stem) >= SHORTEST_STEM and ending in self._endings

    def tells(self, word: str) -> bool:
        """Return whether a word may be a name, or begin one."""
        return word in currency_codes() or word in self._marks or bool(self._forms(word))

    def at(self, text: str, start: int, end: int) -> Stretch | None:
        """Return the longest name that begins with the word at a place, None where there is none."""
        word = text[start:end]
        if (word in currency_codes() or word in self._marks) and (_FIGURE_AFTER.match(text, end) or self._after_figure(text, start)):
            return Stretch(start, end, CURRENCY)
        last, kind = max(((self._extent(text, start, end, form), form.name.kind) for form in self._forms(word)), default=(0, ""))
        return Stretch(start, last, kind) if last else None

    def _extent(self, text: str, start: int, end: int, form: _Form) -> int:
        """Return where a name that begins here ends, 0 where its other words do not follow or it stands by itself and may not."""
        if form.beside and not self._after_figure(text, start):
            return 0
        for place in range(1, len(form.stems)):
            gap = _GAP.match(text, end)
            following = WORD.match(text, gap.end()) if gap else None
            if following is None or not self._fits(spelled(following[0]), following[0], form, place):
                return 0
            end = following.end()
        return end

    def _after_figure(self, text: str, start: int) -> bool:
        before = text[max(0, start - SEEN) : start]
        word = _LAST_WORD.search(before)
        return _FIGURE_BEFORE.search(before) is not None or (word is not None and spelled(word[1]) in self._numbers)


def named(text: str, lexicons: Sequence[Lexicon]) -> Iterator[Stretch]:
    """Yield the names in a text, in its order; only words that may be or begin a name are looked at."""
    telling = sorted((word for word in set(WORD.findall(text)) if any(lexicon.tells(word) for lexicon in lexicons)), key=len, reverse=True)
    position = 0
    for found in re.finditer(rf"(?:{'|'.join(telling)})(?!{_LETTER})", text) if telling else ():
        start, end = found.span()
        if start < position or (start and _LETTER_BEFORE.match(text, start - 1)):
            continue
        here = [stretch for lexicon in lexicons if (stretch := lexicon.at(text, start, end))]
        if here:
            yield (longest := max(here, key=_end))
            position = longest.end


def _end(stretch: Stretch) -> int:
    return stretch.end


def signs(text: str) -> Iterator[Stretch]:
    """Yield the currency signs of a text, each with the letters of a country right in front of it: "R$"."""
    for found in _SIGN.finditer(text):
        country = _ITS_COUNTRY.search(text[max(0, found.start() - 4) : found.start()])
        yield Stretch(found.start() - (len(country[0]) if country else 0), found.end(), CURRENCY)


@cache
def lexicon(code: str, host: str = "") -> Lexicon:
    """Return the names of a language, made once."""
    return Lexicon(code, host)
