"""Terms that a law defines, found by the words, quotation marks and layout that definitions have in its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Definition, Level, Provision, ProvisionKind
from lexfloor.pipeline.stages.link.grammar import SPACE, bounded, either
from lexfloor.pipeline.stages.link.outline import Outline
from lexfloor.pipeline.stages.link.places import SectionText, even
from lexfloor.pipeline.words import LETTER

MOST_WORDS, LONGEST_TERM, LONGEST_HAN = 8, 80, 24
LONGEST_MEANING = 1500
"""Characters of a definition that are kept; definitions of a page are cut."""
REACH = 300
"""Characters before a term in which the words that limit its scope are looked for."""
_OPEN, _CLOSE = '“„«»"「『‹', '”“»«"」』›'
_MARKER = r"(?:[-*•–—>|]{0,3}[ \t]{0,3}(?:\(?[^\W_]{1,4}[).]\)?|[(（][^\W_]{1,4}[)）]|\d{1,3}[.)°º]?)?[ \t]{0,8}(?:[-–—][ \t])?)"
_END = re.compile(r";|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•]?[ \t]*[(\[]?[^\W_]{1,3}[).]|[“\"«„]))|[.。](?=\s+[^\W\d_a-z]|\s*$)|。")
_LEVELS = {"section": Level.SECTION, "part": Level.PART, "chapter": Level.CHAPTER, "title": Level.TITLE, "division": Level.DIVISION, "schedule": Level.SCHEDULE}


@dataclass(frozen=True, slots=True)
class _Patterns:
    quoted: re.Pattern[str]
    entry: re.Pattern[str]
    introduced: re.Pattern[str]
    intro: re.Pattern[str]
    sentence: re.Pattern[str]
    defines: re.Pattern[str]
    scope: tuple[tuple[str, re.Pattern[str]], ...]
    own_act: re.Pattern[str]
    lead: re.Pattern[str]
    heading: re.Pattern[str]
    article: re.Pattern[str]


@cache
def _patterns(rules: LanguageRules) -> _Patterns | None:
    """Return the patterns of a language, None where its data name no words of definitions."""
    data = rules.definitions
    if not (data.means or data.lead or data.introduces):
        return None
    whole = bounded if rules.spaced else _unbounded
    space = SPACE if rules.spaced else r"[ \t\n]{0,4}"
    verbs = [word for word in data.means if word[0].isalnum()]
    means, lead, introduces, defines = whole(verbs), whole(data.lead), whole(data.introduces), whole(data.defines)
    quoted = rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}\n;]{{1,{LONGEST_TERM}}})[{_CLOSE}]"
    aside = r"(?:[ ]?,[^.;:“”\"«»\n]{1,90},)?"
    word = rf"[{LETTER[1:-1]}'’\-]{{1,40}}"
    phrase = rf"{word}(?:[ ]{word}){{0,{MOST_WORDS - 1}}}" if rules.spaced else rf"[^\W\d_]{{2,{LONGEST_HAN}}}"
    lazy = rf"{word}(?:{SPACE}{word}){{0,{MOST_WORDS - 1}}}?" if rules.spaced else rf"[^\W\d_]{{2,{LONGEST_HAN}}}?"
    article = bounded(data.articles) if rules.spaced else r"(?!)"
    stop = rf"(?=[ ]?[,:;()]|{space}(?:{means}|{article})|[ ]-[ ])" if rules.spaced else rf"(?=,?{means}|\))"
    start = rf"(?:^|(?<=[.:;。：；]\s)|(?<=[。：；])|\n(?=[ \t]*\n|[ \t]*[(\d#*-]))\s{{0,40}}{_MARKER}"
    dash = r"|[ ][-–—][ ]" if not {"-", "–", "—"}.isdisjoint(data.means) else ""
    begins = r"(?:(?<=[.:;,]\n)|(?<=\n\n)|^(?=[ \t]*[-*•(\d]))[ \t]*"
    verb = rf",?{space}(?P<strong>{defines})(?!{SPACE}(?:{either(rules.references.holds)}){SPACE})|,?{space}(?P<weak>{means})"
    entry = rf"{begins}(?P<marker>{_MARKER})[{_OPEN}*]?(?P<term>{phrase})[{_CLOSE}*]?(?:[ ]?[:：=]\s{dash}|{verb}|(?P<alone>[ \t]*\n[ \t]{{8}}))"
    return _Patterns(
        quoted=re.compile(rf"{quoted}(?={aside}(?:{space})?(?:{means}))"),
        entry=re.compile(entry, re.MULTILINE),
        introduced=re.compile(
            rf"{introduces}(?:[ ]?[,:])?{space}[{_OPEN}](?P<quoted>[^{_OPEN}{_CLOSE}\n;]{{1,{LONGEST_TERM}}})[{_CLOSE}]"
            rf"|{introduces}(?:[ ]?[,:])?{space}(?P<term>{lazy}){stop}"
        ),
        intro=re.compile(rf"{lead}[^.;:\n]{{0,120}}(?:[:：]|[,.][ ]?\n)"),
        lead=re.compile(rf"{space}(?:{lead})"),
        sentence=re.compile(rf"{start}(?P<term>{lazy})(?:[,，])?{space}$"),
        defines=re.compile(defines),
        scope=tuple((level, re.compile(whole(words))) for level, words in data.scope.items() if level in _LEVELS or level == "subsection"),
        own_act=re.compile(whole(rules.references.own_act)),
        heading=re.compile(whole(rules.structure.definitions)),
        article=re.compile(rf"(?:{either(data.articles)}){SPACE}" if rules.spaced else rf"(?:{introduces}|{lead}|{either(rules.references.own_act)})"),
    )


def _unbounded(words: tuple[str, ...] | list[str]) -> str:
    return rf"(?:{either(words)})"


def definitions(section: SectionText, rules: LanguageRules, outline: Outline) -> Iterator[Definition]:
    """Yield the terms that a section defines, in order of the text, each place once."""
    patterns = _patterns(rules)
    if patterns is None or section.node.kind in (ProvisionKind.CONTENTS, ProvisionKind.NOTE):
        return
    seen: set[str] = set()
    for start, end in sorted(_places(section, rules, patterns)):
        start, end = _trimmed(section, start, end, patterns)
        term = " ".join(section.text[start:end].split())
        if not term.strip() or not _is_term(term, rules) or (key := even(term)) in seen:
            continue
        seen.add(key)
        span = section.span(start, _meaning_end(section, end))
        yield Definition(
            country=section.node.country,
            file=section.node.file,
            provision=section.innermost(span).id,
            section=section.node.section,
            term=term,
            span=span,
            scope=_scope(section, start, section.innermost(span), patterns, outline),
        )


def _places(section: SectionText, rules: LanguageRules, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Yield where terms stand that are being defined."""
    text = section.even
    for found in patterns.quoted.finditer(text, section.begin):
        yield found.span("term")
        yield from _joined(text, found.start(), section.begin)
    for found in patterns.introduced.finditer(text, section.begin):
        yield found.span("quoted" if found["quoted"] else "term")
    body = text[section.begin :]  # so that its beginning is that of a sentence
    for verb in patterns.defines.finditer(body):
        if said := patterns.sentence.search(body, max(0, verb.start() - LONGEST_TERM - 20), verb.start()):
            yield section.begin + said.start("term"), section.begin + said.end("term")
    intro = patterns.intro.search(text, section.begin)
    heading = patterns.heading.search(even(section.node.heading)) is not None or section.node.kind is ProvisionKind.DEFINITION
    if heading or intro:
        for found in patterns.entry.finditer(text, intro.end() if intro else section.begin):
            if found["strong"] or (heading and found["weak"]) or ((heading or found["marker"].strip()) and not (found["weak"] or (found["alone"] and not intro))):
                yield found.span("term")


def _joined(text: str, start: int, begin: int) -> Iterator[tuple[int, int]]:
    """Yield the quoted terms right before one: "“employer” and “employee” have ..."."""
    for _ in range(MOST_WORDS):
        found = re.compile(rf"[{_OPEN}](?P<term>[^{_OPEN}{_CLOSE}\n;]{{1,{LONGEST_TERM}}})[{_CLOSE}][ ,]{{0,3}}(?:[^\W\d_]{{1,3}}[ ])?$").search(
            text, max(begin, start - LONGEST_TERM - 10), start
        )
        if found is None:
            return
        yield found.span("term")
        start = found.start()


def _trimmed(section: SectionText, start: int, end: int, patterns: _Patterns) -> tuple[int, int]:
    """Return a term's place without articles before it and punctuation around it."""
    while found := patterns.article.match(section.even, start, end):
        start = found.end()
    if (said := patterns.lead.search(section.even, start, end)) and said.start() > start:
        end = said.start()
    while start < end and not section.text[start].isalnum():
        start += 1
    while end > start and section.text[end - 1] in " ,.;:-–—*'’\t\n":
        end -= 1
    return start, end


def _is_term(term: str, rules: LanguageRules) -> bool:
    letters = sum(character.isalpha() for character in term)
    if rules.spaced and even(term.split()[0]) in {even(word) for word in rules.references.this}:
        return False  # "This means that ..."
    if rules.spaced and not {even(term.split()[0]), even(term.split()[-1])}.isdisjoint(_small_words(rules)):
        return False  # cut out of a sentence
    if letters < 2 or len(term) > LONGEST_TERM or any(character.isdecimal() for character in term):
        return False
    if not rules.spaced:
        return len(term) <= LONGEST_HAN
    return len(term.split()) <= MOST_WORDS and letters > 2


@cache
def _small_words(rules: LanguageRules) -> frozenset[str]:
    """Return the words with which no term ends: prepositions and conjunctions."""
    return frozenset(even(word) for phrase in (*rules.references.of, *rules.references.joints) for word in phrase.split())


def _meaning_end(section: SectionText, end: int) -> int:
    found = _END.search(section.text, end, end + LONGEST_MEANING)
    stop = found.start() if found else min(len(section.text), end + LONGEST_MEANING)
    return max(end, len(section.text[:stop].rstrip()))


def _scope(section: SectionText, start: int, innermost: Provision, patterns: _Patterns, outline: Outline) -> str:
    """Return the id of the provision to which words before the term, or at the section's beginning, limit it; empty for the act."""
    stretches = ((max(section.begin, start - REACH), start), (section.begin, min(start, section.begin + REACH)))
    for first, last in stretches:
        said = [(found.start(), level) for level, pattern in patterns.scope for found in pattern.finditer(section.even, first, last)]
        said += [(found.start(), "") for found in patterns.own_act.finditer(section.even, first, last)]
        if said:
            level = max(said)[1]
            return _holder(level, section.node, innermost, outline) if level else _schedule(section.node, outline)
    return _schedule(section.node, outline)


def _schedule(section: Provision, outline: Outline) -> str:
    """Return the id of the schedule in which a section stands, empty in the body: a schedule's "this Act" is another one or its own."""
    return next((node.id for node in outline.above(section) if node.level is Level.SCHEDULE), "")


def _holder(level: str, section: Provision, innermost: Provision, outline: Outline) -> str:
    if level == "subsection":
        return next((node.id for node in (innermost, *outline.above(innermost)) if node.level is Level.SUBSECTION), section.id)
    if level == "section":
        return section.id
    return next((node.id for node in outline.above(section) if node.level is _LEVELS.get(level)), "")
