"""The patterns by which laws of a language refer to provisions, made of the language's data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.numbers import HAN_NUMBER
from lexfloor.pipeline.records import GROUPING, Level
from lexfloor.pipeline.stages.link.places import even
from lexfloor.pipeline.words import LETTER

SPACE = r"(?:[ \t]{1,4}\n?[ \t]{0,40}|\n[ \t]{0,40})"
"""White space within a phrase: a line may end in it, a paragraph may not."""
PAREN = r"(?:\( ?(?:\d{1,3}(?:\.\d{1,2})?[a-z]{0,2}|[ivxl]{1,6}|[^\W\d_]{1,2}) ?\)|(?<=[)\d])[a-z]{1,2}\))"
_ROMAN = rf"[ivxlcdm]{{1,7}}(?!{LETTER}|')"
_LETTER = rf"(?:[^\W\d_]{{1,2}}\)|[α-ω]{{1,2}}'|[\"“«„][^\W\d_]{{1,2}}[\"”»“]\)?|[^\W\d_](?!{LETTER}|'))"
MOST_ITEMS = 20
"""Numbers of one list that are read."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a unit's word stands for: its level; None where the unit prints no number of its own."""

    level: Level | None
    word: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled patterns of one language; all are matched on text in even spelling.

    ``group`` finds a unit with its numbers (groups ``word``/``list`` and ``word1``/``list1``); ``item`` one number of a list, ``between``
    what stands between two;
    ``joint`` what stands between two groups that are alternatives; ``link`` what stands between a group and
    the next of one chain, ``outward`` where the next is the outer one; ``holder`` what always leads to what holds a provision,
    ``adjective`` a word before the genitive that does so without a preposition;
    ``own_unit`` a unit without number after a chain ("of this section").
    """

    units: dict[str, Unit]
    ordinals: dict[str, int]
    ranges: re.Pattern[str]
    group: re.Pattern[str]
    item: re.Pattern[str]
    between: re.Pattern[str]
    joint: re.Pattern[str]
    link: re.Pattern[str]
    outward: re.Pattern[str]
    holder: re.Pattern[str]
    adjective: re.Pattern[str]
    own_unit: re.Pattern[str]
    small_word: re.Pattern[str]
    this: frozenset[str]
    cardinals: frozenset[str]
    spaced: bool


def either(words: Iterable[str]) -> str:
    """Return a pattern of any of the words or phrases in even spelling, the longest first; one that matches nothing without words.

    Words that begin alike share their beginning: a law is full of words, and each is tried against hundreds of these.
    """
    evened = sorted({even(word) for word in words if word})
    return _branches(evened, 0) if evened else r"(?!)"


def _branches(words: Sequence[str], place: int) -> str:
    """Return a pattern of what words that share their first ``place`` characters go on with."""
    ends = len(words[0]) == place
    branches = []
    for _, group in groupby(words[ends:], key=lambda word: word[place]):
        alike = list(group)
        shared = next((at for at, (one, other) in enumerate(zip(alike[0], alike[-1], strict=False)) if one != other), min(len(alike[0]), len(alike[-1])))
        branches.append(re.escape(alike[0][place:shared]).replace(r"\ ", SPACE) + _branches(alike, shared))
    if not branches:
        return ""
    return rf"(?:{'|'.join(branches)}){'?' if ends else ''}"


def bounded(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, as whole words."""
    evened = {even(word) for word in words if word}
    closed = [word for word in evened if word[-1].isalnum()]
    loose = [word for word in evened if not word[-1].isalnum()]
    parts = [rf"(?:{either(closed)})(?!{LETTER})" if closed else "", rf"(?:{either(loose)})" if loose else ""]
    return rf"(?<!{LETTER})(?:" + ("|".join(part for part in parts if part) or r"(?!)") + ")"


@cache
def grammar(rules: LanguageRules) -> Grammar | None:
    """Return the patterns of a language; None where its data name no unit."""
    data = rules.references
    units: dict[str, Unit] = {}
    for name in ("part", "title", "chapter", "division", "schedule", "section", "subsection", "paragraph", "item"):
        units |= {even(word): Unit(Level(name), even(word)) for word in getattr(data, name)}
    units |= {even(word): Unit(None, even(word)) for word in data.unprinted}
    acts = {even(word) for word in data.act}
    units = {word: unit for word, unit in units.items() if not (unit.level in GROUPING and word in acts)}  # a book that is an act of its own
    if not units:
        return None
    ordinals = {even(word): value for word, value in {**rules.numbers.ordinals, **rules.structure.ordinals}.items()}
    ordinals = {word: rules.numbers.words[word] for word in _cardinals(rules)} | ordinals
    return _spaced(rules, units, ordinals) if rules.spaced else _unspaced(rules, units)


def _cardinals(rules: LanguageRules) -> frozenset[str]:
    """Return the number words that may number a group: "Part Four"."""
    ordinals = {even(word) for word in (*rules.numbers.ordinals, *rules.structure.ordinals)}
    return frozenset(word for word, value in rules.numbers.words.items() if 0 < value <= MOST_ITEMS and word == even(word) and word.isalpha() and word not in ordinals)


def _digits(rules: LanguageRules) -> str:
    """Return the pattern of a number in figures: "36", "3:7", "L. 521-11", "27¹", "13-bis", "20A", "5.1.a)"."""
    suffix = either({even(word) for word in rules.structure.suffixes} - {even(word) for word in rules.references.joints})
    return (
        rf"(?:[lrda]\.? ?\*? ?(?=\d))?[1-9]\d{{0,4}}(?:[.:\-]\d{{1,4}}){{0,4}}(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}})?(?:\.?[ºª°])?"
        rf"(?:[\s.\-]?(?:{suffix})(?!{LETTER}))?(?:-?[^\W\d_]{{1,2}}(?!{LETTER}|'|\)))?(?!\d)(?:\.?[^\W\d_]\)(?:\.?\d{{1,2}}\.?[ºª°])?)?"
    )


def _spaced(rules: LanguageRules, units: dict[str, Unit], ordinals: dict[str, int]) -> Grammar:
    data = rules.references
    word, digits = bounded(units), _digits(rules)
    ordinal = rf"(?<!{LETTER})(?:(?:{either(ordinals)})|[1-9]\d?(?:er|ere|eme|e|[ºª°]|st|nd|rd|th))(?!{LETTER})"
    articles = rf"(?:(?:{either(rules.definitions.articles)}){SPACE})?"
    joint_words = rf"(?:{SPACE}(?:{either(data.joints)})(?:{SPACE}|(?=[\d(])))"
    mark = rf"[ \t]{{0,2}}[,;،]{SPACE}?"
    comma = mark.replace(";", "")
    between = rf"(?:{comma}(?:(?:{either(data.joints)})(?:{SPACE}|(?=[\d(])))?|{joint_words}|[ \t]?-[ \t]?(?=[\d(]))"
    amounts = [*rules.units.days, *rules.units.weeks, *rules.units.months, *rules.units.years]
    not_amount = rf"(?!{SPACE}(?:{either(amounts)})(?!{LETTER}))(?!{SPACE}?(?:{either(rules.units.percent)}))(?![.,]\d)"
    figure = rf"(?:{digits}(?: ?{PAREN}){{0,4}}|{PAREN}(?: ?{PAREN}){{0,3}}|{_LETTER}|{_ROMAN}){not_amount}"
    several = rf"(?:{ordinal}(?:{between}{ordinal}){{0,{MOST_ITEMS}}}|{figure}(?:{between}{figure}){{0,{MOST_ITEMS}}})"
    number = rf"(?:{ordinal}|{figure})"
    gap = rf"(?:(?<=[§.°º])[ \t]{{0,3}}|{SPACE}|(?=[\d(]))"
    word_first = rf"(?P<word>{word}){gap}(?P<list>{several})"
    first = rf"{ordinal}(?:{between}{ordinal}){{0,{MOST_ITEMS}}}"
    if data.number_first:
        plain_number = rf"(?:{digits}|{_ROMAN})\.?"
        first = rf"(?:{first}|(?<!{LETTER})(?<![\d.,/]){plain_number}(?:{between}{plain_number}){{0,{MOST_ITEMS}}})"
        word_first = rf"{word_first}(?!\.?[ \t]?{word})"
    number_first = rf"(?P<list1>{first})(?:{SPACE}|(?=§))(?P<word1>{word})"
    leading = [phrase for phrase in data.of if even(phrase).split()[-1] not in {even(word) for word in data.this}]
    of = rf"(?:{bounded(leading)}){SPACE}?" if leading else r"(?!)"
    this = bounded(data.this) if data.this else r"(?!)"
    return Grammar(
        units=units,
        ordinals=ordinals,
        ranges=re.compile(rf"[\s,]*(?:(?<!{LETTER})(?:{either(data.ranges)})(?!{LETTER})|-)\s*"),
        group=re.compile(rf"(?<!\w)(?:{number_first}|{word_first})"),
        item=re.compile(number),
        between=re.compile(rf"\.?{between}"),
        joint=re.compile(rf"(?:{between}|{mark}){articles}(?:{of})?{articles}"),
        link=re.compile(rf"(?:{mark}|{SPACE})?"),
        outward=re.compile(rf"(?:{mark}|{SPACE})?{of}|{SPACE}"),
        holder=re.compile(rf"{SPACE}{bounded(data.holds)}{SPACE}?" if data.holds else r"(?!)"),
        adjective=re.compile(rf"{SPACE}{LETTER}{{4,20}}{SPACE}" if not (data.holds or data.number_first) else r"(?!)"),
        own_unit=re.compile(rf"{SPACE}(?:{of})?(?:(?P<this>{this}){SPACE})?(?:[^\W\d_]{{1,12}}{SPACE})?(?P<word>{word})(?!{gap}(?:\d|\())"),
        small_word=re.compile(rf"{LETTER}{{2,12}}{SPACE}"),
        this=frozenset(even(word) for word in data.this),
        cardinals=_cardinals(rules),
        spaced=True,
    )


def _unspaced(rules: LanguageRules, units: dict[str, Unit]) -> Grammar:
    data = rules.references
    number = rf"第 ?[(]?(?:{HAN_NUMBER}|\d{{1,4}})[)]?"
    word = either(units)
    joint = rf"(?:、|,|{either(data.joints)})"
    one = rf"{number} ?(?:{word})(?:[之の]{HAN_NUMBER})?"
    return Grammar(
        units=units,
        ordinals={},
        ranges=re.compile(rf"(?:{either(data.ranges)}|-)"),
        group=re.compile(rf"(?P<list1>{number}) ?(?P<word1>{word})(?P<branch>[之の]{HAN_NUMBER})?|(?P<word>(?!))(?P<list>)"),
        item=re.compile(one),
        between=re.compile(joint),
        joint=re.compile(rf"{joint}"),
        link=re.compile(""),
        outward=re.compile(rf"(?:{either(data.of)})"),
        holder=re.compile(r"(?!)"),
        adjective=re.compile(r"(?!)"),
        own_unit=re.compile(r"(?!)(?P<this>)(?P<word>)"),
        small_word=re.compile(r"(?!)"),
        this=frozenset(),
        cardinals=frozenset(),
        spaced=False,
    )
