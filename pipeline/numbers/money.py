"""Currencies by their signs, ISO 4217 codes and names, as the Unicode CLDR has them (through babel)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_name

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.currencies import Codes, currency_codes, in_use
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.phrases import WORD, Phrases

COUNTS = (None, 0, 1, 2, 5, 0.5, 100)
"""Counts that together take every form of the plural."""
SIGNS = {
    "₡": "CRC", "₦": "NGN", "₲": "PYG", "₴": "UAH", "₵": "GHS", "₸": "KZT", "₺": "TRY", "₼": "AZN", "₽": "RUB", "₾": "GEL", "₭": "LAK", "₮": "MNT",
    "฿": "THB", "₱": "PHP", "₹": "INR", "€": "EUR", "₩": "KRW", "₪": "ILS", "₫": "VND", "₧": "ESP",
    "us$": "USD", "u$s": "USD", "u$": "USD",
}  # fmt: skip
"""Signs that stand for one currency: those of the Unicode block, and the dollar's with letters."""
SHARED = {
    "$": ("dollar", "peso", "real", "balboa"),
    "£": ("pound", "lira"),
    "¥": ("yen", "yuan"),
    "￥": ("yen", "yuan"),
    "元": ("yuan", "dollar", "yen"),
    "kr": ("krona", "krone", "króna", "kroon"),
    "rs": ("rupee",),
    "fr": ("franc",),
}
"""Signs that several currencies share: how their English names in CLDR end."""
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_LONGEST_MARK = 14
_BEFORE = re.compile(r"(?:[^\W\d_]{1,14}\.?|(?:[^\W\d_]{1,3})?[$£¥￥₠-⃀฿元])$")
_ASIDE = re.compile(r"\s*[(（\[].*?(?:[)）\]]|$)")


class Money:
    """The words and signs for money in a language."""

    def __init__(self, rules: LanguageRules) -> None:
        self.names: Phrases[Codes] = Phrases(_names(rules), spaced=rules.spaced)
        self._marks = _marks(rules.code)
        self._after: Phrases[Codes] = Phrases({mark: codes for mark, codes in self._marks.items() if mark}, spaced=rules.spaced)
        self._words = self.names.single()
        self._lasts = frozenset(mark[-1] for mark in (*self._marks, *self._words))
        self.firsts = self.names.firsts | self._after.firsts | frozenset(code.lower() for code in currency_codes())
        """First words, even in spelling, of what may follow an amount."""

    def after(self, text: str, printed: str, start: int) -> tuple[Codes, int] | None:
        """Return the currencies that a sign, code or name at a place may stand for, and its end; ``text`` is ``printed`` in even spelling."""
        code = _CODE.match(printed, start)
        if code and code[0] in currency_codes():
            return frozenset({code[0]}), code.end()
        return self.names.at(text, start) or self._after.at(text, start)

    def before(self, text: str, printed: str, end: int) -> tuple[Codes, int] | None:
        """Return the same for a sign or code that ends right before a place, a space aside, and its beginning."""
        stop = end - 1 if end and text[end - 1] == " " else end
        last = text[stop - 1] if stop else ""
        if last not in self._lasts and last != "." and not printed[stop - 1 : stop].isupper():
            return None
        found = _BEFORE.search(text[max(0, stop - _LONGEST_MARK - 1) : stop])
        if not found:
            return None
        start = stop - len(found[0])
        if start and WORD.match(text[start]) and WORD.match(text[start - 1]):
            return None
        mark = found[0].rstrip(".")
        if printed[start:stop].isupper() and mark.upper() in currency_codes():
            return frozenset({mark.upper()}), start
        codes = self._marks.get(mark) or self._words.get(mark)
        if codes is None and not mark.isalpha():  # "B$"
            codes = self._marks.get(mark[-1:])
        return (codes, start) if codes is not None else None

    def named(self, text: str, printed: str) -> list[tuple[int, str]]:
        """Return where the text names one certain currency, and which."""
        places = [(found.start(), found[0]) for found in _CODE.finditer(printed) if found[0] in currency_codes()]
        places += [(index, next(iter(codes))) for index, mark in enumerate(text) if len(codes := self._marks.get(mark, frozenset())) == 1 and unicodedata.category(mark) == "Sc"]
        for start in self._openings(text):
            found = self.names.at(text, start) or self._after.at(text, start)
            if found and len(codes := in_use(found[0])) == 1:
                places.append((start, next(iter(codes))))
        return sorted(places)

    def _openings(self, text: str) -> Iterator[int]:
        firsts = self.names.firsts | self._after.firsts
        return (found.start() for found in WORD.finditer(text) if found[0] in firsts) if any(len(first) > 1 for first in firsts) else iter(range(len(text)))


@cache
def money(rules: LanguageRules) -> Money:
    """Return the words and signs for money in a language."""
    return Money(rules)


def _marks(language: str) -> dict[str, Codes]:
    """Return the currencies that signs may stand for."""
    marks: dict[str, Codes] = {}
    for name in ("en", language):
        locale = _locale(name)
        for code, mark in (locale.currency_symbols if locale else {}).items():
            plain = even(mark).strip().rstrip(".")
            if mark != code and code in currency_codes() and (len(plain) > 1 or unicodedata.category(plain) == "Sc"):
                marks[plain] = frozenset({code})
    return marks | {sign: frozenset({code}) for sign, code in SIGNS.items()} | {sign: _called(heads) for sign, heads in SHARED.items()}


@cache
def _called(heads: tuple[str, ...]) -> Codes:
    """Return the currencies whose English names end so."""
    english = Locale.parse("en").currencies
    return frozenset(code for code in currency_codes() if str(english.get(code, "")).lower().endswith(heads))


def _locale(language: str) -> Locale | None:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return None


def _names(rules: LanguageRules) -> dict[str, Codes]:
    """Return the currencies that a name may stand for: whole names, and the words for money ("dollars") that they share."""
    locale = _locale(rules.code)
    if locale is None:
        return {}
    printed: defaultdict[str, set[str]] = defaultdict(set)
    for code in sorted(currency_codes() & set(locale.currencies)):
        for count in COUNTS:
            printed[even(_ASIDE.sub("", get_currency_name(code, count, locale)))].add(code)
    heads = _heads(printed) if rules.spaced else _tails(printed, locale)
    names = {name: frozenset(codes) for name, codes in heads.items() if name not in SHARED}
    return names | {name: frozenset(codes) for name, codes in printed.items()}


def _heads(printed: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the word for money in names of several words: the first or the last, wherever words repeat more."""
    split = {name: re.split(r"[\s\-]+", name) for name in printed}
    several = [words for words in split.values() if len(words) > 1]
    place = -1 if _most(words[-1] for words in several) >= _most(words[0] for words in several) else 0
    heads: defaultdict[str, set[str]] = defaultdict(set)
    for name, words in split.items():
        if len(words[place]) > 2:
            heads[words[place]] |= printed[name]
    return heads


def _tails(printed: dict[str, set[str]], locale: Locale) -> dict[str, set[str]]:
    """Return what is left of names without the country that they begin with, in scripts without spaces."""
    owners = sorted((even(_ASIDE.sub("", str(name))) for code, name in locale.territories.items() if len(code) == 2), key=len, reverse=True)
    tails: defaultdict[str, set[str]] = defaultdict(set)
    for name, codes in printed.items():
        owner = next((owner for owner in owners if name.startswith(owner)), "")
        if owner and name != owner:
            tails[name[len(owner) :].strip()] |= codes
    return tails


def _most(words: Iterator[str]) -> int:
    return max(Counter(words).values(), default=0)
