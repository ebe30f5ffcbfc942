"""Which act a name means: acts named in running text, found among the files of the set by title, number and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.link.grammar import SPACE, bounded, either
from lexfloor.pipeline.stages.link.places import SectionText, even
from lexfloor.pipeline.stages.link.terms import Phrases, Words
from lexfloor.pipeline.words import LETTER

_DIVIDERS = re.compile(r"[(),:;\[\]|]|\s[-–—]\s|\d+[\d./]*")
_FIGURES = re.compile(r"\d+(?:\.\d{3})*")
MOST_WORDS = 12
"""Words that a name may have on one side of its noun."""
SMALL_WORD = 3
NAMING = 90
"""Characters at the beginning of a title within which it names its own act, not those that it amends."""
LEAST_NUMBER = 100
"""Numbers below this tell no act apart."""


@dataclass(frozen=True, slots=True)
class ActMention:
    """An act as a section's text names it; ``own`` tells "this Act", ``file`` the file of the set that it is, empty where none is.

    ``named`` tells that the words name it even where no provision of it is meant; ``bare`` that they are but the noun ("that Act"),
    and ``said`` where the name itself stands then.
    """

    start: int
    end: int
    own: bool = False
    file: str = ""
    named: bool = True
    bare: bool = False
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells a law of the set: its numbers with the word before each, and the noun its file name begins with."""

    file: str
    language: str
    numbers: frozenset[int]
    before: dict[int, str]
    words: frozenset[str]
    title: str


class Acts:
    """The acts of one country as their titles and file names tell them."""

    def __init__(self, laws: Sequence[Law]) -> None:
        """Take the titles and file names of all laws of the country."""
        self._known = [_known(law) for law in laws]
        self._titles: dict[str, Phrases[str]] = {}
        for language in {law.language for law in laws}:
            rules = language_rules(nearest_language(language))
            owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
            for law in laws:
                if law.language == language:
                    for name in _names(law.title, rules):
                        owners[name].add(law.file)
            self._titles[language] = Phrases({name: next(iter(files)) for name, files in owners.items() if len(files) == 1})

    def mentions(self, section: SectionText, rules: LanguageRules) -> list[ActMention]:
        """Return the acts that a section names, in order, none overlapping another."""
        patterns = _patterns(rules)
        found: list[ActMention] = [ActMention(own.start(), own.end(), own=True) for own in patterns.own.finditer(section.even, section.begin)]
        found += [ActMention(title.start(), title.end(), file=self._by_title(title[0])) for title in patterns.marked.finditer(section.even, section.begin)]
        for noun in patterns.noun.finditer(section.even, section.begin):
            act = _extended(section, noun.start(), noun.end(), patterns)
            if act.start < noun.start() or noun[0] not in patterns.units:  # "regulation 31" is a provision
                found.append(act)
        law = section.law
        mine = [replace(mention, file=self._by_number(section, mention, law)) if mention.named and not (mention.own or mention.file) else mention for mention in found]
        for start, end, file in self._titles[law.language].found(section.words):
            mine.append(ActMention(start, end, own=file == law.file, file=file))
        return _apart(mine)

    def _by_title(self, marked: str) -> str:
        """Return the file whose title stands between title marks, in full or without what the title begins with."""
        words = marked[1:-1]
        found = {known.file for known in self._known if known.title and (known.title.endswith(words) or words.endswith(known.title))}
        return found.pop() if len(found) == 1 else ""

    def _by_number(self, section: SectionText, mention: ActMention, law: Law) -> str:
        """Return the file that a mention's numbers name, empty where none or several do."""
        words = section.even[mention.start : mention.end]
        numbers = _numbers(words)
        if not any(number >= LEAST_NUMBER for number in numbers):
            return ""
        dated = re.search(rf"\d{{1,2}}\.?{SPACE}(?:{LETTER}{{1,3}}{SPACE})?({LETTER}{{3,12}}){SPACE}(?:{LETTER}{{1,3}}{SPACE})?\d{{4}}", words)
        first = _FIGURES.search(words)
        noun = re.findall(rf"{LETTER}{{2,}}", words[: first.start()] if first else words)
        found = {
            known.file
            for known in self._known
            if known.language == law.language and numbers <= known.numbers and _same_kind(noun, numbers, known) and (not dated or dated[1] in known.words)
        }
        return found.pop() if len(found) == 1 else ""


def _same_kind(noun: Sequence[str], numbers: frozenset[int], known: _Known) -> bool:
    """Tell whether the word before a number agrees with the title's: "Ley 8/2015" is no "Real Decreto 8/2015"."""
    told = [known.before[number] for number in numbers if known.before.get(number)]
    return not told or not noun or any(word[:4] == other[:4] for word in noun for other in told)


def _known(law: Law) -> _Known:
    title = even(law.title)
    name = even(law.file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    before: dict[int, str] = {}
    for text in (name, title):
        for figure in _FIGURES.finditer(text):
            words = [word for word in re.findall(rf"(?:(?!\d){LETTER}){{3,}}", text[: figure.start()]) if not word.startswith("num")]
            before.setdefault(_value(figure[0]), words[-1] if words else "") if text is name else before.__setitem__(_value(figure[0]), words[-1] if words else "")
    return _Known(law.file, law.language, _numbers(f"{title} {name}"), before, frozenset(re.findall(rf"{LETTER}+", title)), re.sub(r"\(.*?\)|\s", "", title))


def _value(figure: str) -> int:
    return int(figure.replace(".", "")[:12])


def _numbers(text: str) -> frozenset[int]:
    return frozenset(_value(figure) for figure in _FIGURES.findall(text))


def _names(title: str, rules: LanguageRules) -> Iterator[tuple[str, ...]]:
    """Yield the stretches of a title that name the act in running text: those with the noun of an act among other words."""
    noun = _patterns(rules).noun
    for piece in _DIVIDERS.split(title[:NAMING]):
        stems = tuple(Words(piece, rules).stems)
        while stems and len(stems[0]) <= SMALL_WORD and stems[0] not in _act_stems(rules):
            stems = stems[1:]
        compound = len(stems) == 1 and len(stems[0]) > 2 * SMALL_WORD
        content = set(stems) - _act_stems(rules)
        if content and (len(stems) > 1 or compound) and (match := noun.search(even(piece))) and (len(stems) > 1 or match.end() - match.start() > len(stems[0]) - SMALL_WORD):
            yield stems


@cache
def _act_stems(rules: LanguageRules) -> frozenset[str]:
    """Return the stems of the words that name kinds of acts: a title of these alone names none."""
    return frozenset(stem for word in rules.references.act for stem in Words(word, rules).stems)


@dataclass(frozen=True, slots=True)
class _Patterns:
    own: re.Pattern[str]
    marked: re.Pattern[str]
    noun: re.Pattern[str]
    units: frozenset[str]
    whole: re.Pattern[str]
    number: re.Pattern[str]
    of_word: re.Pattern[str]
    connectors: frozenset[str]
    determiners: frozenset[str]


@cache
def _patterns(rules: LanguageRules) -> _Patterns:
    data = rules.references
    whole = [word for word in data.act if not word.startswith("-")]
    endings = [word[1:] for word in data.act if word.startswith("-")]
    noun = bounded(whole) if whole else r"(?!)"
    if endings:
        noun = rf"(?:{noun}|(?<!{LETTER}){LETTER}{{2,40}}(?:{either(endings)})(?!{LETTER}))"
    phrases = [even(phrase).split() for phrase in data.of]
    small = {words[0] for words in phrases} | {even(word) for word in data.joints}
    determiners = {word for words in phrases for word in words[1:]}
    of = rf"(?:(?:{either(' '.join(words) for words in phrases)}){SPACE})"
    date = rf"\d{{1,2}}(?:er|\.|º)?{SPACE}{of}?{LETTER}{{3,12}}{SPACE}{of}?\d{{4}}"
    figure = r"\d[\d./\-]{0,14}(?<=\d)"
    mark = rf"(?:{LETTER}{{1,6}}[.°º]{{1,2}}|№|n[°º])\s?"
    told = rf"(?:{of}|{mark})" if data.number_first else rf"(?:{of}|{mark})?"  # where "12 §" follows its act, a bare number is not the act's
    number = (
        rf"(?:,?{SPACE}{told}(?:{date}|{figure})|{SPACE}\d{{1,5}}/\d{{2,4}}|{SPACE}?\((?:{mark})?\d{{1,5}}/\d{{2,4}}\)|,{SPACE}(?:1[89]|20)\d\d)"
        rf"(?:,?{SPACE}{of}(?:{date}|\d{{4}}))?(?:{SPACE}?\(\d{{1,4}}{SPACE}{of}\d{{4}}\))?(?!\d)"
    )
    own = bounded(data.own_act) if rules.spaced else rf"(?:{either(data.own_act)})"
    return _Patterns(
        own=re.compile(own if data.own_act else r"(?!)"),
        marked=re.compile(r"《[^《》\n]{2,60}》"),
        noun=re.compile(noun if rules.spaced else r"(?!)"),
        units=frozenset(even(word) for word in data.section),
        whole=re.compile(bounded(whole) if whole else r"(?!)"),
        number=re.compile(number),
        of_word=re.compile(rf"{SPACE}{of}{LETTER}{{4,}}"),
        connectors=frozenset(small - determiners),
        determiners=frozenset(determiners | small),
    )


def _extended(section: SectionText, start: int, end: int, patterns: _Patterns) -> ActMention:
    """Return the name around the noun of an act: capitalised words before and after it, its number, its year."""
    text = section.text
    first, last = start, end
    if text[start].isupper():
        first = _backward(text, start, patterns)
        last = _forward(text, end, patterns)
    if number := patterns.number.match(section.even, last):
        last = number.end()
    compound = patterns.whole.fullmatch(section.even, start, end) is None
    named = last > end or first < start or compound
    if not named and (of := patterns.of_word.match(section.even, end)):
        return ActMention(start, of.end(), named=False)
    return ActMention(first, last, named=named, bare=not named)


def _backward(text: str, start: int, patterns: _Patterns) -> int:
    """Return where the run of capitalised words before a noun begins."""
    words = list(re.finditer(rf"[{{(]?{LETTER}[\w'’\-.&]*", text[max(0, start - 150) : start]))
    offset = max(0, start - 150)
    begin, gap_end, after_capital = start, start, False
    for word in reversed(words[-MOST_WORDS:]):
        between = text[offset + word.end() : gap_end]
        if between.strip(" \n,&)") or between.count("\n") > 1 or "." in between:
            break
        capital = word[0][0].isupper() and even(word[0]) not in patterns.determiners
        if "," in between and not (capital and after_capital):
            break
        if capital:
            begin = offset + word.start()
        elif even(word[0]) not in patterns.connectors:
            break
        after_capital = capital
        gap_end = offset + word.start()
    return begin


def _forward(text: str, end: int, patterns: _Patterns) -> int:
    """Return where the run of capitalised words after a noun ends."""
    last, position = end, end
    for _ in range(MOST_WORDS):
        word = re.compile(rf"{SPACE}({LETTER}[\w'’\-]*)").match(text, position)
        if word is None:
            break
        if word[1][0].isupper() and word[1][-1] not in "º°" and text[word.end() : word.end() + 1] not in ("º", "°"):
            last = word.end()
        elif len(word[1]) > SMALL_WORD + 1 and even(word[1]) not in patterns.determiners:
            break
        position = word.end()
    return last


def _apart(mentions: list[ActMention]) -> list[ActMention]:
    """Return mentions that do not overlap: of two, the one whose file is known, else the longer one."""
    ordered = sorted(mentions, key=_preference)
    kept: list[ActMention] = []
    taken: set[int] = set()
    for mention in ordered:
        stretch = range(mention.start, mention.end)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            kept.append(mention)
    return sorted(kept, key=_place)


def _preference(mention: ActMention) -> tuple[bool, bool, int]:
    return not mention.own, not mention.file, mention.start - mention.end


def _place(mention: ActMention) -> int:
    return mention.start
