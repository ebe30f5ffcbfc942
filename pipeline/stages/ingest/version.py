"""What kind of text a file holds, of which date, and whether the act is still law: from its front matter and its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.plain import collapsed, plain
from lexfloor.pipeline.records import Law, ProvisionStatus, TextState, Version

STATUSES = (
    ("in force", ProvisionStatus.IN_FORCE),
    ("repealed", ProvisionStatus.REPEALED),
    ("abrogated", ProvisionStatus.REPEALED),
    ("revoked", ProvisionStatus.REPEALED),
    ("expired", ProvisionStatus.REPEALED),
    ("superseded", ProvisionStatus.SUPERSEDED),
    ("not in force", ProvisionStatus.NOT_IN_FORCE),
    ("not yet in force", ProvisionStatus.NOT_IN_FORCE),
)
"""What front matter says of an act, in the English of its keys."""
STATES = {"consolidated": TextState.CONSOLIDATED, "as enacted": TextState.AS_ENACTED, "original": TextState.AS_ENACTED}
DATES = ("text_date", "version_date", "consolidated_to", "as_of", "last_updated", "effective_from")
PUBLISHED = ("publication_date", "enactment_date", "date")
HEAD, TITLE_BLOCK, REACH = 4000, 1200, 60
"""Characters of the text's beginning in which words about its state, and about its repeal, are looked for; and from such words to their date."""
STAMP_LINES = 6
_IN_BRACKETS = re.compile(r"[\[(][^\[\]()]{3,80}[\])]\.?")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DATE = re.compile(
    r"(?P<iso>(?:1[89]|20)\d\d-\d{2}-\d{2})|(?P<cjk>(?:1[89]|20)\d\d\s?[年/]\s?\d{1,2}\s?[月/]\s?\d{1,2}日?)"
    r"|(?P<numbers>\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:1[89]|20)\d\d)"
    r"|(?P<words>\d{1,2}(?:\.|º|°|er|st|nd|rd|th)?\s(?:de\s|of\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s|del\s)?(?:1[89]|20)\d\d)"
    r"|(?P<month_first>[^\W\d_]{3,12}\.?\s\d{1,2},\s(?:1[89]|20)\d\d)"
)


def stated_version(facts: Mapping[str, object]) -> Version:
    """Return what the front matter of a file says of its state.

    A date is believed when it is not before the act's own publication. The date of the last change tells a consolidated text
    when it is later than publication, and the text as enacted when it is the same day.
    """
    status = _status(facts.get("status"))
    published = max((shown for key in PUBLISHED if (shown := _iso(facts.get(key)))), default="")
    dated = next((key for key in DATES if (shown := _iso(facts.get(key))) and shown >= published[: len(shown)]), "")
    day = _iso(facts.get(dated))
    state, source = _stated_state(facts)
    if state is TextState.UNKNOWN and dated == "last_updated" and published:
        state, source = (TextState.AS_ENACTED, "is the day of publication") if day == published else (TextState.CONSOLIDATED, "after publication")
        source = f"front matter: last_updated {source}"
    return Version(
        state=state,
        state_source=source,
        date=day,
        date_source=f"front matter: {dated}" if dated else "",
        status=status,
        status_source="front matter: status" if status is not ProvisionStatus.UNKNOWN else "",
    )


def _status(stated: object) -> ProvisionStatus:
    """Return what a file says of its own state: "in_force", "Repealed (2004)", "not yet in force"."""
    words = re.sub(r"[\W_]+", " ", stated).strip().lower() if isinstance(stated, str) else ""
    return next((status for beginning, status in STATUSES if words.startswith(beginning)), ProvisionStatus.UNKNOWN)


def _stated_state(facts: Mapping[str, object]) -> tuple[TextState, str]:
    for key in ("text_state", "version", "state"):
        stated = facts.get(key)
        words = re.sub(r"[\W_]+", " ", stated).strip().lower() if isinstance(stated, str) else ""
        for beginning, state in STATES.items():
            if words.startswith(beginning):
                return state, f"front matter: {key}"
    return TextState.UNKNOWN, ""


def _iso(stated: object) -> str:
    """Return a date of the front matter in ISO 8601, empty where there is none."""
    if isinstance(stated, (date, datetime)):
        return stated.isoformat()[:10]
    found = _ISO.match(stated.strip()) if isinstance(stated, str) else None
    return found[0] if found else ""


def told_version(law: Law) -> Version:
    """Return the version of a law with what its own words tell, where its file does not state it."""
    rules = language_rules(nearest_language(law.language))
    front = collapsed(law.text[: law.body])
    opening = plain(law.text[law.body : law.body + HEAD]).text
    head = collapsed(opening)
    version = law.version
    told = _told_state(front, head, rules)
    if told and not version.state_source.startswith("markup") and (version.state is TextState.UNKNOWN or "last_updated" in version.state_source):
        version = replace(version, state=told[0], state_source=told[1])
    if not version.date:
        day, source = next(_dates(head, rules), ("", ""))
        version = replace(version, date=day, date_source=source)
    said = _said(head[:TITLE_BLOCK], rules.version.repealed, spaced=rules.spaced) or _stamped(opening, rules)
    if version.status is ProvisionStatus.UNKNOWN and said:
        version = replace(version, status=ProvisionStatus.REPEALED, status_source=f"text: {said}")
    return version


def _told_state(front: str, head: str, rules: LanguageRules) -> tuple[TextState, str] | None:
    """Return the kind of text that words of the front matter or the beginning tell."""
    for where, words in (("front matter", front), ("text", head)):
        for state, phrases in ((TextState.CONSOLIDATED, rules.version.consolidated), (TextState.AS_ENACTED, rules.version.as_enacted)):
            if said := _said(words, phrases, spaced=rules.spaced):
                return state, f"{where}: {said}"
    return None


def _said(words: str, phrases: tuple[str, ...], *, spaced: bool) -> str:
    """Return the first of the phrases that stands in the words, as whole words where the language has spaces; empty where none does."""
    lowered = words.lower()
    for phrase in phrases:
        place = lowered.find(phrase.lower())
        while place >= 0:
            end = place + len(phrase)
            inside = (lowered[place - 1 : place].isalnum() and phrase[0].isalnum()) or (lowered[end : end + 1].isalnum() and phrase[-1].isalnum())
            if not (spaced and inside):
                return words[place:end]
            place = lowered.find(phrase.lower(), place + 1)
    return ""


def _stamped(opening: str, rules: LanguageRules) -> str:
    """Return the line among the first ones of a file that says in brackets, and says nothing else, that the act is repealed."""
    for line in list(filter(None, map(str.strip, opening.splitlines())))[:STAMP_LINES]:
        words = line.strip("#* ")
        if _IN_BRACKETS.fullmatch(words) and words.lower().strip("[]() ").startswith(tuple(phrase.lower() for phrase in rules.structure.repealed)):
            return words
    return ""


def _dates(head: str, rules: LanguageRules) -> Iterator[tuple[str, str]]:
    """Yield the dates that stand directly after words that announce the date of the text."""
    lowered = head.lower()
    for phrase in rules.version.dated:
        place = lowered.find(phrase.lower())
        if place >= 0 and (found := _DATE.search(head[place + len(phrase) : place + len(phrase) + REACH])) and (day := _parsed(found, rules.code)):
            yield day, f"text: {head[place : place + len(phrase)]} {found[0]}"


def _parsed(found: re.Match[str], language: str) -> str:
    """Return a printed date in ISO 8601, empty where it is none in the language."""
    if found["iso"]:
        return str(found["iso"])
    if found["cjk"]:
        year, month, day = (int(part) for part in re.findall(r"\d+", found["cjk"]))
        return f"{year:04}-{month:02}-{day:02}" if month <= 12 and day <= 31 else ""
    import dateparser

    try:
        parsed = dateparser.parse(found[0], languages=[language], settings={"STRICT_PARSING": True, "DATE_ORDER": "DMY"})
    except ValueError:  # a language that dateparser does not know
        return ""
    return parsed.date().isoformat() if parsed else ""
