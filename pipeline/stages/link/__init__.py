"""Link: the terms that laws define and where they are used, and what provisions refer to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import GROUPING, Definition, Law, Link, Provision, ProvisionKind
from lexfloor.pipeline.stages.link.acts import ActMention, Acts
from lexfloor.pipeline.stages.link.definitions import definitions
from lexfloor.pipeline.stages.link.grammar import Grammar, grammar
from lexfloor.pipeline.stages.link.outline import Outline
from lexfloor.pipeline.stages.link.places import SectionText, sections
from lexfloor.pipeline.stages.link.references import LONGEST_GAP, Mention, mentions
from lexfloor.pipeline.stages.link.uses import uses
from lexfloor.pipeline.words import LETTER

__all__ = ["link"]
NEAREST = 20
"""Acts named before "that Act" among which the one meant is looked for."""
_WORD = re.compile(rf"{LETTER}{{2,40}}(?: {LETTER}{{2,40}})?")
_NAME_GOES_ON = re.compile(rf" {LETTER}{{4,}}")
FEW_WORDS = 4
"""Words that may stand between "of" and the act that holds a provision."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A law made ready: its rules, the index of its provisions, its sections."""

    law: Law
    rules: LanguageRules
    outline: Outline
    sections: tuple[SectionText, ...]


def link(laws: Sequence[Law], provisions: Sequence[Provision]) -> tuple[tuple[Definition, ...], tuple[Link, ...]]:
    """Return the terms that the laws of one country define, and what their provisions refer to, both in order of files and text.

    ``provisions`` are those of all the laws, of each in order of its text.
    """
    by_file: dict[str, list[Provision]] = defaultdict(list)
    for node in provisions:
        by_file[node.file].append(node)
    read = {law.file: _read(law, by_file[law.file]) for law in laws}
    acts = Acts(laws)
    terms: list[Definition] = []
    links: list[Link] = []
    for one in read.values():
        own = [term for section in one.sections for term in definitions(section, one.rules, one.outline)]
        terms += own
        found = [reference for section in one.sections for reference in _references(section, one, acts, read)]
        found += uses(one.sections, own, one.rules, one.outline)
        links += sorted(found, key=_place)
    return tuple(terms), tuple(links)


def _read(law: Law, provisions: Sequence[Provision]) -> _Read:
    rules = language_rules(nearest_language(law.language))
    return _Read(law, rules, Outline(provisions, rules), tuple(sections(law, provisions, rules)))


def _place(found: Link) -> tuple[int, int]:
    return found.span.start, found.span.end


def _references(section: SectionText, one: _Read, acts: Acts, read: dict[str, _Read]) -> Iterator[Link]:
    """Yield the references of one section: to provisions of this law and of others, and to acts as a whole."""
    patterns = grammar(one.rules)
    if patterns is None or section.node.kind is ProvisionKind.CONTENTS:
        return
    named = acts.mentions(section, one.rules)
    found = mentions(section, one.rules)
    held = _held(section, found, named, patterns)
    for mention, act in zip(found, held, strict=True):
        yield from _links(section, mention, act, one, read)
    used = {act for act in held if act is not None}
    for act in named:
        if act.named and not act.own and act not in used and act.file != one.law.file:
            yield _link(section, act.start, act.end, act, None)


def _held(section: SectionText, found: Sequence[Mention], named: Sequence[ActMention], patterns: Grammar) -> list[ActMention | None]:
    """Return the act that each reference lies in as the words around say, None for the law itself."""
    starts, ends = {act.start: act for act in named}, {act.end: act for act in named}
    text = section.even
    held: list[ActMention | None] = []
    for mention in found:
        after = patterns.outward.match(text, mention.end)
        gap = after.end() if after else mention.end
        act = next((starts[place] for place in range(mention.end, gap + 1) if place in starts), None)
        if act is None and not mention.own and (adjective := patterns.adjective.match(text, mention.end)):
            act = starts.get(adjective.end())
        if act is None and not mention.own and (holder := patterns.holder.match(text, mention.end)):
            act = _further(text, holder.end(), starts, patterns)
            if act is None and not mention.elsewhere:
                act = _something(text, holder.end(), patterns)
        if act is None and (earlier := ends.get(_before(text, mention.start))) is not None and not earlier.own:
            act = earlier
        held.append(_antecedent(text, act, named) if act is not None and act.bare and not act.own else act)
    for index in range(len(found) - 2, -1, -1):
        gap_text = text[found[index].end : found[index + 1].start]
        if held[index] is None and held[index + 1] is not None and len(gap_text) <= LONGEST_GAP and gap_text.strip() and patterns.joint.fullmatch(gap_text):
            held[index] = held[index + 1]
    return held


def _before(text: str, position: int) -> int:
    """Return the position before the white space that ends at a position."""
    while position and text[position - 1].isspace():
        position -= 1
    return position


def _something(text: str, position: int, patterns: Grammar) -> ActMention | None:
    """Return what holds a provision where it is no act that can be told: "article 3 of the statutes of the fund"."""
    word = _WORD.match(text, position)
    return ActMention(word.start(), word.end(), named=False) if word and word[0].split()[0] not in patterns.units else None


def _further(text: str, position: int, starts: dict[int, ActMention], patterns: Grammar) -> ActMention | None:
    """Return the act that follows "of" with some words between: "of the said Act", "del texto refundido de la Ley"."""
    for _ in range(FEW_WORDS):
        word = patterns.small_word.match(text, position)
        if word is None:
            return None
        position = word.end()
        if position in starts:
            return starts[position]
    return None


def _antecedent(text: str, act: ActMention, named: Sequence[ActMention]) -> ActMention:
    """Return the act named last before "that Act", where it is of the same kind; the mention itself where there is none."""
    before = bisect_left(named, act.start, key=_start)
    earlier = [other for other in named[max(0, before - NEAREST) : before] if other.named and not other.own]
    noun = text[act.start : act.end][:4]
    if not earlier or noun not in text[earlier[-1].start : earlier[-1].end] or _NAME_GOES_ON.match(text, act.end):
        return act
    return replace(act, file=earlier[-1].file, said=(earlier[-1].start, earlier[-1].end))


def _start(act: ActMention) -> int:
    return act.start


def _links(section: SectionText, mention: Mention, act: ActMention | None, one: _Read, read: dict[str, _Read]) -> Iterator[Link]:
    start, end = mention.start, mention.end
    if act is not None:
        start, end = (min(start, act.start), max(end, act.end)) if abs(act.start - end) <= LONGEST_GAP or abs(start - act.end) <= LONGEST_GAP else (start, end)
    other = act is not None and not act.own
    base = None if other else section.innermost(section.span(mention.start, mention.end))
    holder = read.get(act.file) if act is not None and other else one
    targets = holder.outline.targets(mention, base) if holder is not None else []
    within_section = any(group.level not in GROUPING for group in mention.level_groups())
    if not targets and (other or within_section):
        yield _link(section, start, end, act if other else None, None)
    for target in targets:
        if target is not base or len(mention.groups) > 1:
            yield _link(section, start, end, act if other else None, target)


def _link(section: SectionText, start: int, end: int, act: ActMention | None, target: Provision | None) -> Link:
    named = collapsed(section.text[slice(*(act.said or (act.start, act.end)))]) if act else ""
    if target is None:
        return section.link("reference", start, end, act=named, target_file=act.file if act else "")
    return section.link("reference", start, end, act=named, target_file=target.file, target=target.id, target_section=target.section)
