"""What a provision is there for and whether it is law today, each with the words that tell."""

from __future__ import annotations

import re
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Law, Level, ProvisionKind, ProvisionStatus
from lexfloor.pipeline.stages.segment.stretch import Stretch

NO_LONGER_LAW = (ProvisionStatus.REPEALED, ProvisionStatus.NOT_IN_FORCE, ProvisionStatus.SUPERSEDED)
NOTED = 400
STUB, SHORT_STUB = 160, 30
"""A repealed provision's stub is shorter than this: what repealed it and when."""
FEW_DEFINITIONS, DEFINITION_LENGTH = 3, 400
MOST, LONG_WORD = 0.6, 15
OPENING = 120
"""Characters at the beginning of a section without a title that may say that it defines terms."""
_GAPS = re.compile(r"[\s\W]+")
_STARS = re.compile(r"\*\s*\*|^\(?\*\)?$")
_LETTERS = re.compile(r"[^\W\d_]{1,5}")
_BRACKETED = re.compile(r"[\[(（〔［{]([^\[\](){}（）〔〕［］]{1,200})[\])）〕］}]")


def settle(made: Stretch, above: Stretch | None, text: str, rules: LanguageRules, law: Law) -> None:
    """Set the kind, status and reason of a stretch from its words, the group above it and the state of the act."""
    words = text[made.content : made.end].removeprefix(made.label).lstrip(" .:") if made.is_section else ""
    made.kind = _kind(made, above, words, rules)
    if law.version.status in NO_LONGER_LAW:
        made.status, made.reason = law.version.status, f"act: {law.version.status_source}"
    elif above and above.status in NO_LONGER_LAW:
        made.status, made.reason = above.status, f"{above.label or above.heading}: {above.reason}"
    elif made.status is ProvisionStatus.IN_FORCE:
        made.status, made.reason = _status(made.heading, words, rules) if made.is_section else _group_status(made.heading, rules)
        if made.status is not ProvisionStatus.IN_FORCE and made.is_section and _bare(made.heading).startswith(tuple(phrase for _, phrase in _stubs(rules))):
            made.heading = ""  # it stands in place of a title


def _kind(made: Stretch, above: Stretch | None, words: str, rules: LanguageRules) -> ProvisionKind:
    if made.kind is not ProvisionKind.OPERATIVE:
        return made.kind
    if made.level is Level.SCHEDULE:
        return ProvisionKind.SCHEDULE
    if above and above.kind in (ProvisionKind.TRANSITIONAL, ProvisionKind.SCHEDULE, ProvisionKind.AMENDING):
        return above.kind
    heading = made.heading.lower()
    structure = rules.structure
    if heading.startswith(_lowered(structure.amending)):
        return ProvisionKind.AMENDING
    if _names(heading, made.label.lower(), _lowered(structure.transitional)):
        return ProvisionKind.TRANSITIONAL
    if heading.startswith(_lowered(structure.definitions)):
        return ProvisionKind.DEFINITION
    if made.is_section and (_defines_terms(words, rules) or (not heading and _leads(words, rules))):
        return ProvisionKind.DEFINITION
    return ProvisionKind.OPERATIVE


def _names(heading: str, label: str, phrases: tuple[str, ...]) -> bool:
    """Tell whether a heading, alone or with its label, is one of the phrases, or holds one that is long enough to mean nothing else."""
    named = f"{label} {heading}"
    for phrase in phrases:
        if phrase in named and (" " in phrase or len(phrase) >= MOST * min(len(heading) or len(named), len(named)) or (len(phrase) >= LONG_WORD and heading.startswith(phrase))):
            return True
    return False


def _defines_terms(words: str, rules: LanguageRules) -> bool:
    """Tell whether a section is little else than quoted terms with their meanings."""
    pattern = _defining(rules)
    count = len(pattern.findall(words)) if pattern else 0
    return count >= FEW_DEFINITIONS and len(words) < DEFINITION_LENGTH * count


def _leads(words: str, rules: LanguageRules) -> bool:
    """Tell whether the first words of a section without a title say that it defines terms."""
    opening = words[:OPENING].lower()
    return any(phrase in opening for phrase in _lowered(rules.definitions.lead) if " " in phrase or not rules.spaced)


def stub(words: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return what words that stand in place of a subsection or item tell of it, with the reason; in force where they are no stub."""
    return _status("", words, rules) if len(words) < STUB else (ProvisionStatus.IN_FORCE, "")


@cache
def _lowered(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.lower() for phrase in phrases)


@cache
def _defining(rules: LanguageRules) -> re.Pattern[str] | None:
    """Return the pattern of a quoted term with the words that give its meaning, None where the language has none."""
    means = "|".join(re.escape(phrase) for phrase in sorted(rules.definitions.means, key=len, reverse=True))
    end = r"(?!\w)" if rules.spaced else ""
    return re.compile(rf"[”\"»’“」』][,，\s]{{0,3}}(?:{means}){end}", re.IGNORECASE) if means else None


@cache
def _stubs(rules: LanguageRules) -> tuple[tuple[ProvisionStatus, str], ...]:
    """Return the words that stand in place of a provision that is no law, with what they tell."""
    found = {_bare(phrase): ProvisionStatus.REPEALED for phrase in rules.structure.repealed}
    found |= {_bare(phrase): ProvisionStatus.NOT_IN_FORCE for phrase in rules.structure.not_in_force}
    return tuple((status, phrase) for phrase, status in found.items() if phrase)


@cache
def _hints(rules: LanguageRules) -> tuple[str, ...]:
    """Return the letters of which at least some must stand in words that tell a status: most provisions have none and need no more looks."""
    phrases = rules.structure.repealed + rules.structure.not_in_force
    return ("*", *sorted({found[0] for phrase in phrases if (found := _LETTERS.search(phrase.lower()))}))


def _bare(text: str) -> str:
    return _GAPS.sub(" ", text).strip().lower()


def _status(title: str, content: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return what the words say of a provision: repealed or not in force where a stub stands in its place, else in force."""
    beginning = f"{title} {content[:NOTED]}".lower()
    if not any(hint in beginning for hint in _hints(rules)):
        return ProvisionStatus.IN_FORCE, ""
    if title and _bare(title) in _not_in_force(rules):
        return ProvisionStatus.NOT_IN_FORCE, f"text: {title}"
    if len(content) > 2 * STUB:
        return _noted(title, content, rules)
    left, whole = _bare(content), _bare(f"{title} {content}")
    titled = _bare(title) if len(left) < STUB else ""
    shown = f"{title} {content}".strip()
    if not left and _STARS.search(shown):
        return ProvisionStatus.REPEALED, f"text: {shown[:40]}"
    for status, words in _stubs(rules):
        begins = left.startswith(words) and len(left) < STUB and _stands_alone(left, words, content)
        named = not left and len(whole) <= len(words) + SHORT_STUB and (whole.startswith(f"{words} ") or whole.endswith(f" {words}"))
        if words in (whole, titled) or begins or named:
            return status, f"text: {shown[:80]}"
    return _noted(title, content, rules)


def _group_status(heading: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return what a group's heading says of all that stands under it: only a heading that says nothing else counts."""
    words = _bare(heading)
    return next(((status, f"text: {heading}") for status, phrase in _stubs(rules) if phrase == words), (ProvisionStatus.IN_FORCE, ""))


def _stands_alone(left: str, words: str, content: str) -> bool:
    """Tell a stub ("Repealed.", "Repealed by Act 5") from a clause that begins with its word ("Repealed are: ...")."""
    if len(left) == len(words):
        return True
    if left[len(words)].isalnum():
        return False
    following = content.lower().lstrip(" \n\t[(（*")[len(words) :].lstrip()[:1]
    return " " in words or not following.isalpha()


def _noted(title: str, content: str, rules: LanguageRules) -> tuple[ProvisionStatus, str]:
    """Return not in force where a bracket at the provision's beginning says so: its text is printed, but is no law yet."""
    for note in _BRACKETED.findall(f"{title} {content[:NOTED]}"):
        words = _bare(note)
        if any(words.startswith(phrase) for phrase in _not_in_force(rules)):
            return ProvisionStatus.NOT_IN_FORCE, f"text: {note[:80]}"
    return ProvisionStatus.IN_FORCE, ""


@cache
def _not_in_force(rules: LanguageRules) -> tuple[str, ...]:
    return tuple(_bare(phrase) for phrase in rules.structure.not_in_force)
