"""One provision as a JSON object gives it: its words and facts, under whatever usual keys they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Level, ProvisionKind, ProvisionStatus
from lexfloor.pipeline.stages.ingest.version import stated_version

TEXT_KEYS = ("text", "content", "body")
LABEL_KEYS = ("label", "number", "section", "article")
HEADING_KEYS = ("heading", "title", "caption")
GROUP_KEYS = ("part", "chapter")
_OWN_KEYS = frozenset(("id", "level", "label", "start", "end"))
"""Keys that tell a line of lexfloor's own export, whose text holds the printed label already."""
_LEVELS = {level.value: level for level in Level} | {"article": Level.SECTION, "annex": Level.SCHEDULE, "appendix": Level.SCHEDULE, "point": Level.ITEM}
_KINDS = {kind.value: kind for kind in ProvisionKind}
_STATUSES = {status.value: status for status in ProvisionStatus}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n?|[\x0c\x1c-\x1e\x85\u2028\u2029]")
_ID = re.compile(r"(?=.*[^\W\d])[\w.~-]{1,200}")
_LABEL_LIMIT, _HEADING_LIMIT = 100, 2000
_MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Record:
    """One provision of a JSON file.

    Attributes:
        own: lexfloor wrote it: its text is complete, its label included.
        key: what other records may name it by, empty without one; ``id`` is the same where it can serve as a provision's id.
        parent: key of the record above, empty at the top or where none is told.
        level: None where the record does not say.
        start: where it began in the text that it was taken from, -1 where that is not told.
        path: headings above it, outermost first, each with its level where the key tells it.
    """

    own: bool
    key: str
    id: str
    parent: str
    level: Level | None
    label: str
    heading: str
    text: str
    kind: ProvisionKind
    status: ProvisionStatus
    status_reason: str
    page: int
    start: int
    language: str
    path: tuple[tuple[Level | None, str], ...]


def record_of(stated: Mapping[str, object]) -> Record:
    """Return the provision that a JSON object holds; the keys are in lower case."""
    key, status = _word(stated.get("id")), _status(stated.get("status"))
    reason = collapsed(_word(stated.get("status_reason")))
    if not reason and status is not ProvisionStatus.IN_FORCE and "status_reason" not in stated:
        reason = "record: status"
    page, start = stated.get("page"), stated.get("start")
    own = stated.keys() >= _OWN_KEYS
    return Record(
        own=own,
        key=key,
        id=key if _ID.fullmatch(key) else "",
        parent=_word(stated.get("parent")),
        level=_LEVELS.get(_word(stated.get("level")).lower()),
        label=collapsed(_word(stated.get("label")) if own else _first(stated, LABEL_KEYS))[:_LABEL_LIMIT],
        heading=collapsed(_first(stated, HEADING_KEYS))[:_HEADING_LIMIT],
        text=_first(stated, TEXT_KEYS).strip(),
        kind=_KINDS.get(_word(stated.get("kind")).lower(), ProvisionKind.OPERATIVE),
        status=status,
        status_reason=reason,
        page=page if isinstance(page, int) and 0 < page <= _MOST_PAGES else 0,
        start=start if isinstance(start, int) else -1,
        language=_word(stated.get("language")) or _word(stated.get("lang")),
        path=_path(stated),
    )


def clean(words: str) -> str:
    r"""Return words that can be written as UTF-8, without control characters and with one kind of line end.

    >>> clean("one\r\ntwo\x00\ud800")
    'one\ntwo ?'
    """
    return _LINE_ENDS.sub("\n", _CONTROL.sub(" ", words)).encode("utf-8", "replace").decode("utf-8")


def _word(value: object) -> str:
    """Return a string or a number as words, a list of strings as lines; anything else is no words."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return clean("\n".join(value))
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def _first(stated: Mapping[str, object], keys: tuple[str, ...]) -> str:
    return next((words for key in keys if (words := _word(stated.get(key)).strip())), "")


def _status(value: object) -> ProvisionStatus:
    words = _word(value).strip().lower()
    told = _STATUSES.get(words) or stated_version({"status": words}).status
    return told if words else ProvisionStatus.IN_FORCE


def _path(stated: Mapping[str, object]) -> tuple[tuple[Level | None, str], ...]:
    """Return the headings above a provision, from a list, a string with ">" between them, or one key a level."""
    given = stated.get("path")
    headings = given if isinstance(given, list) else _word(given).split(" > ")
    path = [(None, words) for each in headings if (words := collapsed(_word(each))[:_HEADING_LIMIT])]
    if path:
        return tuple(path)
    named = []
    for key in GROUP_KEYS:
        if words := collapsed(_word(stated.get(key)))[:_HEADING_LIMIT]:
            bare = re.fullmatch(r"[\dIVXLCDM]+", words) is not None  # a number alone does not read as a heading
            named.append((_LEVELS[key], f"{key.capitalize()} {words}" if bare else words))
    return tuple(named)
