"""Bare numbers whose unit stands earlier: "the number of weeks shall not exceed 50", "the percentage is 18.25"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.digits import DIGITS, digits_value
from lexfloor.pipeline.numbers.grammar import grammar
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.quantity import Quantity
from lexfloor.pipeline.words import LETTER

REACH = 450
"""Characters after the words that name the unit in which its number may stand, not beyond a blank line."""
_NEVER = "(?!)"
_LABEL = r"\((?:[ivx]{1,4}|[a-z])\)"


class _Counts:
    """The patterns of a language."""

    def __init__(self, rules: LanguageRules) -> None:
        self.heads = re.compile(rf"(?P<counted>{_any(rules.numbers.counted)})(?:\s+|(?<='))|(?P<rate>{_any(rules.numbers.rates)})(?!{LETTER})")
        self.hints = tuple(dict.fromkeys(even(word).split()[0] for word in (*rules.numbers.counted, *rules.numbers.rates)))
        told = _any((*rules.numbers.equals, *rules.cues.at_least, *rules.cues.at_most))
        stops = "," if "." in rules.numbers.ordinal_endings else ".,"  # "bis zum 30. September"
        self.number = re.compile(rf"(?:(?<!{LETTER})(?:{told})\s+|(?P<label>{_LABEL})\s+)(?P<number>{DIGITS.pattern})(?=\s*(?:[;)\n]|[{stops}](?:\s|$)|\.?$))")


@cache
def _counts(rules: LanguageRules) -> _Counts:
    return _Counts(rules)


def counts(text: str, plain: str, rules: LanguageRules, known: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the bare numbers of a text that words before them give a unit, and that are not among those ``known``; ``plain`` is the text in even spelling.

    A number follows a word that states it ("is", "shall not exceed") and ends its clause; items of a list may follow the first.
    """
    if not rules.spaced or not (rules.numbers.counted or rules.numbers.rates):
        return
    patterns, units = _counts(rules), grammar(rules).units
    if not any(hint in plain for hint in patterns.hints):
        return
    taken = [(quantity.start, quantity.end) for quantity in known]
    done = 0
    for head in patterns.heads.finditer(plain):
        unit = units.at(plain, head.end()) if head["counted"] else ("percent", head.end())
        if unit is None or (head.start() and plain[head.start() - 1].isalpha()):
            continue
        blank = plain.find("\n\n", unit[1], unit[1] + REACH)
        begun = False
        for found in patterns.number.finditer(plain, max(unit[1], done), blank if blank >= 0 else min(len(plain), unit[1] + REACH)):
            value = digits_value(found["number"], rules)
            start, end = found.span("number")
            listed = found["label"] is not None
            if (
                value is None
                or (head["counted"] and not value.is_integer())
                or (listed and not begun and not _introduced(plain, unit[1], found.start()))
                or any(first < end and start < last for first, last in taken)
            ):
                continue
            begun, done = True, end
            yield Quantity(value, unit[0], start, end, False, None, " ".join(text[head.start() : unit[1]].split()))


def _introduced(text: str, start: int, end: int) -> bool:
    """Return whether a list of bare numbers begins at a place: only its label stands between the words before it and the number."""
    return text[start:end].rstrip().endswith((":", "-", ","))


def _any(words: Sequence[str]) -> str:
    shown = (re.escape(even(word)).replace(r"\ ", r"\s{1,8}") for word in sorted(set(words), key=len, reverse=True))
    return "|".join(shown) or _NEVER
