"""What a provision is there for and whether it is law today, each with the words that tell."""

from __future__ import annotations

import re
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Law, Level, ProvisionKind, ProvisionStatus
from lexfloor.pipeline.stages.segment.stretch import Stretch

NO_LONGER_LAW = (ProvisionStatus.REPEALED, ProvisionStatus.NOT_IN_FORCE, ProvisionStatus.SUPERSEDED)
STUB = 160
"""A repealed provision's stub is shorter than this: what repealed it and when."""
FEW_DEFINITIONS = 3
_GAPS = re.compile(r"[\s\W]+")
_STARS = re.compile(r"\*\s*\*|^\(?\*\)?$")
_BRACKETED = re.compile(r"[\[(（〔［{]([^\[\](){}（）〔〕［］]{1,200})[\])）〕］}]")


def settle(made: Stretch, above: Stretch | None, text: str, rules: LanguageRules, law: Law) -> None:
    """Set the kind, status and reason of a stretch from its words, the group above it and the state of the act."""
    words = text[made.content : made.end] if made.is_section else ""
    made.kind = _kind(made, above, words, rules)
    if law.version.status in NO_LONGER_LAW:
        made.status, made.reason = law.version.status, f"act: {law.version.status_source}"
    elif above and above.status in NO_LONGER_LAW:
        made.status, made.reason = above.status, f"{above.label or above.heading}: {above.reason}"
    elif made.status is ProvisionStatus.IN_FORCE:
        made.status, made.reason = _status(made.heading, words, rules) if made.is_section else _group_status(made.heading, rules)


def _kind(made: Stretch, above: Stretch | None, words: str, rules: LanguageRules) -> ProvisionKind:
    if made.kind is not ProvisionKind.OPERATIVE:
        return made.kind
    if above and above.kind in (ProvisionKind.TRANSITIONAL, ProvisionKind.SCHEDULE, ProvisionKind.AMENDING):
        return above.kind
    if made.level is Level.SCHEDULE:
        return ProvisionKind.SCHEDULE
    heading = made.heading.lower()
    named = f"{made.label} {heading}".lower()
    structure = rules.structure
    if any(phrase in named for phrase in _lowered(structure.transitional)):
        return ProvisionKind.TRANSITIONAL
    if heading.startswith(_lowered(structure.definitions)):
        return ProvisionKind.DEFINITION
    if heading.startswith(_lowered(structure.amending)):
        return ProvisionKind.AMENDING
    if made.is_section and (pattern := _defining(rules)) and len(pattern.findall(words)) >= FEW_DEFINITIONS:
        return ProvisionKind.DEFINITION
    return ProvisionKind.OPERATIVE


@cache
def _lowered(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in phrases)


@cache
def _defining(rules: LanguageRules) -> re.Pattern[str] | None:
    """Return the pattern of a quoted term with the words that give its meaning, None where the language has none."""
    means = "|".join(re.escape(phrase) for phrase in sorted(rules.definitions.means, key=len, reverse=True))
    return re.compile(rf"[”\"»’“][,\s]{{0,3}}(?:{means})(?!\w)", re.IGNORECASE) if means else None


@cache
def _stubs(rules: LanguageRules) -> tuple[tuple[ProvisionStatus, str], ...]:
    """Return the words that stand in place of a provision that is no law, with what they tell."""
    found = {_bare(phrase): ProvisionStatus.REPEALED for phrase in rules.structure.repealed}
    found |= {_bare(phrase): ProvisionStatus.NOT_IN_FORCE for phrase in rules.structure.not_in_force}
    return tuple((status, phrase) for phrase, status in found.items() if phrase)


def _bare(text: str) -> str:
    return _GAPS.sub(" ", text).strip().lower()


def _status(title: str, content: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return what the words say of a provision: repealed or not in force where a stub stands in its place, else in force."""
    if len(content) > 2 * STUB:
        return _noted(title, content, rules)
    left, whole = _bare(content), _bare(f"{title} {content}")
    shown = f"{title} {content}".strip()
    if not left and _STARS.search(shown):
        return ProvisionStatus.REPEALED, f"text: {shown[:40]}"
    for status, words in _stubs(rules):
        if whole == words or (left.startswith(words) and len(left) < STUB and _ends_word(left, words)) or (not left and words in whole):
            return status, f"text: {shown[:80]}"
    return _noted(title, content, rules)


def _group_status(heading: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return what a group's heading says of all that stands under it: only a heading that says nothing else counts."""
    words = _bare(heading)
    return next(((status, f"text: {heading}") for status, phrase in _stubs(rules) if phrase == words), (ProvisionStatus.IN_FORCE, ""))


def _ends_word(text: str, words: str) -> bool:
    return len(text) == len(words) or not text[len(words)].isalnum()


def _noted(title: str, content: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return not in force where a bracket at the provision's beginning says so: its text is printed, but is no law yet."""
    for note in _BRACKETED.findall(f"{title} {content[:400]}"):
        words = _bare(note)
        if any(words.startswith(phrase) for phrase in _not_in_force(rules)):
            return ProvisionStatus.NOT_IN_FORCE, f"text: {note[:80]}"
    return ProvisionStatus.IN_FORCE, ""


@cache
def _not_in_force(rules: LanguageRules) -> tuple[str, ...]:
    return tuple(_bare(phrase) for phrase in rules.structure.not_in_force)
