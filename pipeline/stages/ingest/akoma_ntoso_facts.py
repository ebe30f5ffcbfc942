"""What the metadata of an Akoma Ntoso document say of the law: title, language, state and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from lexfloor.pipeline.akn import NAMED_STATUSES, OWN, REMOVED
from lexfloor.pipeline.language import stated_language
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import ProvisionStatus, TextState, Version

_STATES = {"originalVersion": TextState.AS_ENACTED, "singleVersion": TextState.CONSOLIDATED}
_DATE = re.compile(r"(?!000[01])\d{4}-\d{2}-\d{2}")
_PRECISION = {"year": len("2024"), "month": len("2024-05"), "unknown": 0}
"""How much of a date counts, by the name that lexfloor's own documents give it."""
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MAX_TITLE = 300


def name_of(node: etree._Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def first(node: etree._Element, *names: str) -> etree._Element | None:
    """Return the first element below a node that has one of the names, in order of the document."""
    return next((found for found in node.iter("{*}*") if name_of(found) in names), None)


def words_of(node: etree._Element | None) -> str:
    """Return all words inside an element in one line, nothing where there is no element."""
    return collapsed("".join(str(words) for words in node.itertext())) if node is not None else ""


def is_own(meta: etree._Element | None) -> bool:
    """Tell a document that lexfloor wrote by the source of its metadata."""
    identification = first(meta, "identification") if meta is not None else None
    return identification is not None and identification.get("source") == OWN


def title_of(document: etree._Element, meta: etree._Element | None) -> str:
    """Return the law's title: as the metadata name it, else as the document prints it; empty where it does neither."""
    if meta is not None:
        for alias in _named(meta, "FRBRalias"):
            if title := collapsed(alias.get("value", "")):
                return title
    return next((words[:MAX_TITLE] for name in ("docTitle", "longTitle", "shortTitle") if (words := words_of(first(document, name)))), "")


def language_of(document: etree._Element, meta: etree._Element | None) -> str:
    """Return the ISO 639-1 code of the language that the document states; empty where it states none."""
    stated = next((node.get("language", "") for node in _named(meta, "FRBRlanguage")), "") if meta is not None else ""
    stated = stated or next((node.get(_XML_LANG, "") for node in (document, *document.iterancestors()) if node.get(_XML_LANG)), "")
    return stated_language(stated) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", stated) else ""


def version_of(document: etree._Element, meta: etree._Element | None) -> Version:
    """Return state, date and repeal of the act as its markup tells them; dates are not held against today's."""
    state = _STATES.get(document.get("contains", ""), TextState.UNKNOWN)
    date = _expression_date(meta)
    status, source = _status(document, meta)
    return Version(
        state=state,
        state_source="markup: contains" if state is not TextState.UNKNOWN else "",
        date=date,
        date_source="markup: FRBRExpression/FRBRdate" if date else "",
        status=status,
        status_source=source,
    )


def _named(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return node.iter(f"{{*}}{name}")


def _expression_date(meta: etree._Element | None) -> str:
    expression = first(meta, "FRBRExpression") if meta is not None else None
    stated = first(expression, "FRBRdate") if expression is not None else None
    found = _DATE.match(stated.get("date", "")) if stated is not None else None
    if stated is None or found is None:
        return ""
    return found[0][: _PRECISION.get(stated.get("name", ""), len(found[0]))] if is_own(meta) else found[0]


def _status(document: etree._Element, meta: etree._Element | None) -> tuple[ProvisionStatus, str]:
    body = first(document, "body", "mainBody")
    stated = body.get("status", "") if body is not None else ""
    if stated in REMOVED:
        return REMOVED[stated], f"markup: status={stated}"
    if body is not None and is_own(meta) and body.get("class") in NAMED_STATUSES:
        return NAMED_STATUSES[body.get("class", "")], "markup: class"
    lifecycle = first(meta, "lifecycle") if meta is not None else None
    for event in _named(lifecycle, "eventRef") if lifecycle is not None else ():
        if event.get("type") == "repeal":
            return ProvisionStatus.REPEALED, collapsed(f"markup: eventRef type=repeal {event.get('date', '')}")
    return ProvisionStatus.UNKNOWN, ""
