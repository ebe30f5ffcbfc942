"""The figures of a text: those of its sentences, those of its tables, and bare numbers whose unit stands before them."""

from __future__ import annotations

from collections.abc import Iterator

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.counts import counts
from lexfloor.pipeline.numbers.letters import even
from lexfloor.pipeline.numbers.quantity import Quantity
from lexfloor.pipeline.numbers.reader import idle, read
from lexfloor.pipeline.numbers.tables import cells


def quantities(text: str, rules: LanguageRules, country: str = "") -> Iterator[Quantity]:
    """Yield the figures with units in a text, in order, none overlapping another.

    "26 weeks", "achtundsiebzig Wochen", "two-thirds", "60 (sixty) per cent", "百分之六十", "siku tisini", "€ 1,200", "annually".
    ``country`` (ISO 3166-1) is that of the law: its money is meant where a sign or word stands for several.
    """
    plain = even(text)
    found = list(read(text, plain, rules, country))
    found += [cell for cell in cells(text, plain, rules, country, found) if not idle(cell)]
    found += [count for count in counts(text, plain, rules, found) if not idle(count)]
    yield from sorted(found, key=_start)


def _start(quantity: Quantity) -> int:
    return quantity.start
