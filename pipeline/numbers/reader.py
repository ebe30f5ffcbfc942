"""The figures of a text: numbers are looked for first, cheaply; what stands around each of them is read then."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers.currencies import Codes, in_use, is_money, meant
from lexfloor.pipeline.numbers.digits import DIGITS, VULGAR, digits_value, small_at, vulgar_at
from lexfloor.pipeline.numbers.grammar import ARTICLE, BEFORE_UNIT, FIXED, FRACTION, GLUED, LEADING, NUMBER, NUMERAL, ORDINAL, PAY, Grammar, grammar
from lexfloor.pipeline.numbers.money import money
from lexfloor.pipeline.numbers.phrases import WORD
from lexfloor.pipeline.numbers.quantity import AMOUNT, DURATIONS, Quantity
from lexfloor.pipeline.numbers.spelled import added
from lexfloor.pipeline.numbers.value import number_at
from lexfloor.pipeline.words import LETTER

MOST_PERCENT, HUNDRED, THOUSAND = 400, 100, 1000
CALENDAR_YEARS = (1500, 2200)
"""Numbers before "year" that are dates."""
TO_BASE = 30
"""Characters between a percentage and the pay that it is taken of."""
_BREAK = re.compile(r"[.,;:()。，；：、،؛।]")
_ASIDE = re.compile(r"\s{0,3}[(\[][^()\[\]]{1,40}[)\]]")
_OTHER_WORD = re.compile(r"\s{1,8}(?:[^\W\d_]{3,16}\s{1,8})?")
_OF_MONEY = re.compile(r"\s{0,3}(?:[^\W\d_]{1,2}['\s]\s?)?")
_SPACES = re.compile(r"\s{0,8}")
_SHORT_WORD = re.compile(r"\s{1,8}[^\W\d_]{1,4}\s{1,8}")
_AGAIN = re.compile(r"\s*[(\[=]\s*")
_GOES_ON = re.compile(r"[\-/]")
_RUN = re.compile(r"[0-9]+")
_PEEK = re.compile(rf"[\s\-]{{0,8}}({LETTER}+|[^\s])?(?:\s{{1,8}}({LETTER}+))?")


def read(text: str, plain: str, rules: LanguageRules, country: str) -> Iterator[Quantity]:
    """Yield the figures of running text, in order, none overlapping another; ``plain`` is the text in even spelling, ``country`` tells whose francs are meant."""
    yield from _Reading(text, plain, grammar(rules), country).figures()


def idle(found: Quantity) -> bool:
    """Return whether a number and its unit are no figure of law: an impossible percentage, a calendar year, "once"."""
    if found.unit == "percent":
        return found.value > MOST_PERCENT
    return (found.unit == "years" and CALENDAR_YEARS[0] <= found.value < CALENDAR_YEARS[1]) or (found.unit == "times" and found.value == 1)


class _Reading:
    """One reading of a text."""

    def __init__(self, printed: str, plain: str, words: Grammar, country: str) -> None:
        self.printed = printed
        self.text = plain
        self.grammar = words
        self.rules = words.rules
        self.country = country
        self.done = self.last_end = 0
        """Up to where numbers have been read, and where the last figure ends."""
        self._named: list[tuple[int, str]] | None = None
        self._last: Quantity | None = None

    def figures(self) -> Iterator[Quantity]:
        """Yield the figures in order."""
        for start, begins in self.grammar.anchors(self.text):
            if start < self.done:
                continue
            found = self._at(start, begins)
            if found is None or idle(found):
                continue
            self.done = self.last_end = found.end
            if found.unit == "days" and self._is_date(found):
                continue
            last = self._last
            if last and last.value == found.value and last.unit == found.unit and _AGAIN.fullmatch(self.text[last.end : found.start]):
                continue  # "sixty per cent (60%)"
            self._last = found
            yield self._told(found)

    def _is_date(self, found: Quantity) -> bool:
        """Return whether a day is one of a month or year: "the first day of the month", "the first ten days of each month"."""
        gap = _SPACES.match(self.text, found.end)
        return self.grammar.dates.at(self.text, gap.end() if gap else found.end) is not None

    def _told(self, found: Quantity) -> Quantity:
        """Return the figure with what stands right beside it: "every six months"; "0.75 times" is a share."""
        if found.unit == "times" and found.value < 1:
            return replace(found, value=round(100 * found.value, 6), unit="percent")
        if found.unit in DURATIONS and not found.ordinal and not found.every:
            return replace(found, every=True) if self.grammar.every(self.text, found.start, found.end) else found
        return found

    def _at(self, start: int, begins: int) -> Quantity | None:
        if begins & NUMERAL and self.text[start].isdigit():
            written = "/" in self.text[start : start + 5] or not self.rules.spaced  # "2/3", "2分の1"
            return self._ordinal(start) or (self._fraction(start) if written else None) or self._number(start)
        return (
            (self._fixed(start) if begins & FIXED else None)
            or (self._unit_first(start) if begins & LEADING else None)
            or (self._ordinal(start) if begins & ORDINAL else None)
            or (self._article(start) if begins & ARTICLE else None)
            or (self._fraction(start) if begins & FRACTION else None)
            or (self._number(start) if begins & NUMBER else None)
            or (self._glued(start) if begins & GLUED else None)
            or (self._pay(start) if begins & PAY else None)
        )

    def _fixed(self, start: int) -> Quantity | None:
        """Read a figure that a phrase states without a number: "annually", "no waiting period"."""
        found = self.grammar.fixed.at(self.text, start)
        return Quantity(found[0][0], found[0][1], start, found[1], False, None, self._shown(start, found[1]), found[0][0] > 0) if found else None

    def _pay(self, start: int) -> Quantity | None:
        """Read pay named in words: "full pay", "wages in full"; not where a part of it is stated, as in "60 per cent of full pay"."""
        found = self.grammar.pay.at(self.text, start, self.last_end)
        if found is None or found.end <= start or (self._last and self._last.unit == "percent" and self._is_base(self._last.end, found.start)):
            return None
        return Quantity(100.0, "percent", found.start, found.end, standing=found.standing)

    def _is_base(self, end: int, start: int) -> bool:
        """Tell whether nothing but describing words stands between a percentage and the pay after it."""
        between = self.text[end:start]
        return len(between) <= TO_BASE and not _BREAK.search(between) and self.grammar.pay.describes(between)

    def _glued(self, start: int) -> Quantity | None:
        """Read a number and its unit in one word: "vierwöchig"."""
        word = WORD.match(self.text, start)
        found = self.grammar.glued(word[0]) if word else None
        return Quantity(found[0], found[1], start, word.end(), False, None, self._shown(start + found[2], word.end())) if word and found else None

    def _may_follow(self, end: int) -> bool:
        """Return whether what stands after a number can belong to it; only the next two words are looked at."""
        peek = _PEEK.match(self.text, end)
        if not self.rules.spaced or peek is None or peek[1] in self.grammar.follow or peek[2] in self.grammar.unit_words:
            return True
        return peek[1] is not None and peek[1][0].isdecimal() and bool(_GOES_ON.search(self.text, end, peek.end() + 2))

    def _unit(self, start: int, *, any_word: bool = False) -> tuple[str, int, str] | None:
        """Return the unit after a place, its end, and how it is printed."""
        gap = BEFORE_UNIT.match(self.text, start)
        place = gap.end() if gap else start
        found = self.grammar.units.at(self.text, place)
        if found is None and any_word and self.rules.spaced and not self.rules.units.unit_first:
            cue = self.grammar.cues.at(self.text, place)  # "600 or more hours"
            between = _SPACES.match(self.text, cue[1]) if cue else _OTHER_WORD.match(self.text, start)
            place = between.end() if between else place
            found = self.grammar.units.at(self.text, place)
            if found and cue is None and found[0] not in DURATIONS:
                return None
        return (found[0], found[1], self._shown(place, found[1])) if found else None

    def _shown(self, start: int, end: int) -> str:
        return " ".join(self.printed[start:end].split())

    def _duration(self, start: int) -> tuple[str, int, str] | None:
        unit = self._unit(start)
        return unit if unit and unit[0] in DURATIONS else None

    def _ordinal(self, start: int) -> Quantity | None:
        """Read "the fourth day", "78. Woche"."""
        text, value, end = self.text, 0.0, start
        if text[start].isdigit():
            digits = _RUN.match(text, start)
            ending = self.grammar.endings.match(text, digits.end()) if digits and len(digits[0]) <= 3 else None
            if digits is None or ending is None or text[max(0, start - 1) : start] in (".", ","):
                return None
            value, end = float(digits[0]), ending.end()
        else:
            rank = self.grammar.ordinals.at(text, start)
            if rank is None:
                return None
            value, end = float(rank[0]), rank[1]
        unit = self._duration(end)
        return Quantity(value, unit[0], start, unit[1], True, None, unit[2]) if unit else None

    def _article(self, start: int) -> Quantity | None:
        """Read "a year and a half"."""
        article = self.grammar.articles.at(self.text, start)
        unit = self._duration(article[1]) if article else None
        part = self._part_after(unit[1]) if unit else None
        return Quantity(1 + part[0], unit[0], start, part[1], False, None, unit[2]) if unit and part else None

    def _part_after(self, start: int) -> tuple[float, int] | None:
        """Return a fraction less than one that a joining word joins to what ends at a place: "and a half"."""
        place = self.grammar.joined(self.text, start)
        part = self._part(place) if place is not None else None
        if part is None or part[0] not in (1 / 2, 1 / 4, 3 / 4):
            return None
        gap = BEFORE_UNIT.match(self.text, part[1])
        word = WORD.match(self.text, gap.end()) if gap else None
        return None if word and word[0] in self.grammar.pay_words else part  # "six months, and half pay for six more"

    def _part(self, start: int) -> tuple[float, int] | None:
        """Return the value and end of a fraction in words or digits at a place."""
        found = self.grammar.fractions.at(self.text, start)
        if found:
            return found[0][0] / found[0][1], found[1]
        if start < len(self.text) and self.text[start] in VULGAR:
            return vulgar_at(self.text, start)
        if start < len(self.text) and self.text[start].isdigit() and self.text[max(0, start - 1) : start] not in ("/", ".", ","):
            return small_at(self.text, start)
        return None

    def _fraction(self, start: int) -> Quantity | None:
        """Read "two-thirds" (of something: percent), "half a year", "one-half of one per cent"."""
        part = self._part(start)
        if part is None or any(self.text.startswith(joint + " ", start) for joint in self.grammar.joints):
            return None
        value, end = part
        unit = self._unit(end)
        if unit is None:
            gap = BEFORE_UNIT.match(self.text, end)
            article = self.grammar.articles.at(self.text, gap.end()) if gap else None
            unit = self._unit(article[1]) if article else None
            unit = unit if unit and unit[0] in DURATIONS else None
        if unit is None:
            unit = self._of_one_percent(end)
        if unit is not None:
            return Quantity(value, unit[0], start, unit[1], False, None, unit[2])
        if value.is_integer() and value > 1:  # "the double"
            return Quantity(value, "times", start, end, False, None, self._shown(start, end))
        return Quantity(100 * value, "percent", start, end)

    def _of_one_percent(self, end: int) -> tuple[str, int, str] | None:
        """Return the unit where "of one per cent" follows a fraction, whatever "of" is in the language."""
        for gap in (_SHORT_WORD.match(self.text, end), _SPACES.match(self.text, end)):
            one = self._value(gap.end()) if gap and gap.end() > end else None
            unit = self._unit(one[1]) if one and one[0] == 1 else None
            if unit and unit[0] == "percent":
                return unit
        return None

    def _value(self, start: int) -> tuple[float, int] | None:
        return number_at(self.text, start, self.rules) if start < len(self.text) else None

    def _number(self, start: int) -> Quantity | None:
        """Read a number with the unit after it, or before it."""
        text = self.text
        if text[start].isdigit() and text[max(0, start - 1) : start] in (".", ",", "/") and text[max(0, start - 2) : start - 1].isdigit():
            return None
        run = DIGITS.match(text, start) if text[start].isdecimal() else None
        if run and not self._may_follow(run.end()):
            self.done = run.end()
            return self._signed(start, run.end(), None, None)
        number = self._value(start)
        if number is None:
            return None
        value, end = number
        if run is None and value < THOUSAND and not self._may_follow(end):  # after "million" a word may stand before the currency
            self.done = end
            return self._signed(start, end, value, None)
        high: float | None = None
        more = self._range(start, value, end)
        if more:
            high, end = more
        elif part := self._joined_part(end):
            value, end = value + part[0], part[1]
        self.done = end
        aside = _ASIDE.match(text, end)
        after = aside.end() if aside else end
        unit = self._unit(after)
        if unit is None and (counted := self._counted_on(start, value, end)):
            return counted
        if unit is None:
            amount = self._amount(start, end, after, value, high)
            if amount is not None:
                return amount
            unit = self._unit(after, any_word=True)
        if unit:
            stop = unit[1]
            if unit[0] in DURATIONS and high is None and (part := self._part_after(stop)):  # "two years and a half"
                value, stop = value + part[0], part[1]
            return Quantity(value, unit[0], start, stop, False, high, unit[2])
        return None

    def _counted_on(self, start: int, value: float, end: int) -> Quantity | None:
        """Read an ordinal that only its last word shows: "hundred and eighty-second day"."""
        gap = None if self.text[start].isdecimal() or not self.rules.spaced else self.grammar.words.gap.match(self.text, end)
        rank = self.grammar.ordinals.at(self.text, gap.end()) if gap else None
        total = added((int(value), rank[0])) if rank else None
        unit = self._duration(rank[1]) if rank and total is not None else None
        return Quantity(float(total), unit[0], start, unit[1], True, None, unit[2]) if unit and total is not None else None

    def _joined_part(self, end: int) -> tuple[float, int] | None:
        """Return a fraction that belongs to the number before it and stands before a unit: "sixteen and two-thirds per cent"."""
        gap = BEFORE_UNIT.match(self.text, end)
        for place in (self.grammar.joined(self.text, end), gap.end() if gap else end):
            part = self._part(place) if place is not None and place > end else None
            if part and part[0] < 1 and self._unit(part[1]):
                return part
        return None

    def _range(self, start: int, low: float, end: int) -> tuple[float, int] | None:
        """Return the upper end of a range and where it is printed."""
        to = self.grammar.ranges.match(self.text, end)
        if to is None or to.end() >= len(self.text) or self.text[to.end()].isdigit() is not self.text[start].isdigit():
            return None
        high = self._value(to.end())
        return high if high and high[0] > low else None

    def _unit_first(self, start: int) -> Quantity | None:
        """Read a unit that stands before its number: "siku tisini", "百分之六十"."""
        unit = self.grammar.leading.at(self.text, start)
        gap = _SPACES.match(self.text, unit[1]) if unit else None
        number = self._value(gap.end()) if gap else None
        if unit is None or number is None or (self.rules.spaced and self.text[unit[1] : unit[1] + 1] not in (" ", "\n")):
            return None
        more = self._range(gap.end(), *number) if gap else None
        value, end = number
        high, end = more if more else (None, end)
        return Quantity(value, unit[0], start, end, False, high, self._shown(start, unit[1]))

    def _amount(self, start: int, end: int, after: int, value: float, high: float | None) -> Quantity | None:
        """Read an amount of money."""
        known = money(self.rules)
        gap, of = _SPACES.match(self.text, after), _OF_MONEY.match(self.text, after)
        for place in dict.fromkeys(match.end() if match else after for match in (gap, of)):
            found = known.after(self.text, self.printed, place)
            if found:
                part, stop = self._hundredths(found[1])
                return self._of_currency(found[0], start, stop, value + part, high, self._shown(place, found[1]))
        return self._signed(start, end, value, high)

    def _hundredths(self, end: int) -> tuple[float, int]:
        """Return the cents after an amount, and where it ends then: "five dollars and eighty cents"."""
        for gap in (_SHORT_WORD.match(self.text, end), BEFORE_UNIT.match(self.text, end)) if self.grammar.hundredths.firsts else ():
            number = self._value(gap.end()) if gap and gap.end() > end else None
            space = BEFORE_UNIT.match(self.text, number[1]) if number and number[0] < HUNDRED else None
            unit = self.grammar.hundredths.at(self.text, space.end()) if space else None
            if number and unit:
                return number[0] / HUNDRED, unit[1]
        return 0.0, end

    def _signed(self, start: int, end: int, value: float | None, high: float | None) -> Quantity | None:
        """Read an amount whose currency stands before it; the value of digits is worked out only where one does."""
        sign = money(self.rules).before(self.text, self.printed, start)
        if sign is None or sign[1] < self.last_end:
            return None
        if value is None:
            value = digits_value(self.text[start:end], self.rules)
        if value is None:
            return None
        part, end = self._hundredths(end)
        return self._of_currency(sign[0], sign[1], end, value + part, high, self._shown(sign[1], start))

    def _of_currency(self, codes: Codes, start: int, end: int, value: float, high: float | None, shown: str) -> Quantity | None:
        if not is_money(shown, codes, self.country):
            return None
        if len(in_use(codes)) != 1 and self._named is None:
            self._named = money(self.rules).named(self.text, self.printed)
        return Quantity(value, f"{AMOUNT}_{meant(codes, self.country, start, self._named or [])}", start, end, False, high, shown)
