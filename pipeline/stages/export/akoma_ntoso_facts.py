"""The metadata of an Akoma Ntoso document: what the law is, in which version, and what of its text is no law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from lxml import etree

from lexfloor.pipeline.akn import NAMESPACE, OWN
from lexfloor.pipeline.records import Law

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN_DATE = "0001-01-01"
_DATES = {len("2024"): ("-01-01", "year"), len("2024-05"): ("-01", "month"), len("2024-05-01"): ("", "expression")}
"""Length of a date to what is missing of a whole date, and the name that says so."""


def xml_words(words: str) -> str:
    """Return words as XML may hold them: characters that it forbids are replaced by U+FFFD."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", words)


def work_iri(country: str, file: str) -> str:
    """Return the IRI of the law in a file, after the naming convention.

    >>> work_iri("XVA", "acts/Pay Act.md")
    '/akn/xva/act/acts.Pay%20Act.md'
    """
    return f"/akn/{quote(xml_words(country.lower()), safe='')}/act/{quote(xml_words(file).replace('/', '.'), safe='')}"


def metadata(law: Law, refused: Sequence[tuple[str, str]]) -> etree._Element:
    """Return the element ``meta`` of a law; ``refused`` are the stretches that are no law, each as (reason, words)."""
    meta = etree.Element(f"{{{NAMESPACE}}}meta")
    identification = _add(meta, "identification", source=OWN)
    language = law.language if re.fullmatch(r"[a-zA-Z]{2,3}", law.language) else "und"
    work = work_iri(law.country, law.file)
    dated = _date(law.version.date)
    expression = f"{work}/{language}@{law.version.date}"
    named = [("FRBRalias", {"value": law.title, "name": "title"})]
    _level(identification, "FRBRWork", work, f"{work}/!main", named, (_UNKNOWN_DATE, "unknown"), "legislature", ("FRBRcountry", {"value": law.country.lower()}))
    _level(identification, "FRBRExpression", expression, f"{expression}/!main", [], dated, "lexfloor", ("FRBRlanguage", {"language": language}))
    _level(identification, "FRBRManifestation", f"{expression}.xml", f"{expression}/!main.xml", [], dated, "lexfloor", ("FRBRformat", {"value": "xml"}))
    references = _add(meta, "references", source=OWN)
    _add(references, "TLCOrganization", eId="lexfloor", href="/akn/ontology/organization/lexfloor", showAs="lexfloor")
    _add(references, "TLCOrganization", eId="legislature", href="/akn/ontology/organization/legislature", showAs="Legislature")
    if refused:
        notes = _add(meta, "notes", source=OWN)
        for number, (reason, words) in enumerate(refused, 1):
            note = _add(notes, "note", eId=f"refused_{number}", **{"class": reason})
            for line in filter(str.strip, words.splitlines()):
                _add(note, "p").text = xml_words(line.strip())
    return meta


def _level(
    around: etree._Element,
    element: str,
    uri: str,
    this: str,
    more: Sequence[tuple[str, dict[str, str]]],
    dated: tuple[str, str],
    author: str,
    last: tuple[str, dict[str, str]],
) -> None:
    """Add one level of the identification: work, expression or manifestation."""
    level = _add(around, element)
    _add(level, "FRBRthis", value=this)
    _add(level, "FRBRuri", value=uri)
    for name, attributes in more:
        _add(level, name, **attributes)
    _add(level, "FRBRdate", date=dated[0], name=dated[1])
    _add(level, "FRBRauthor", href=f"#{author}")
    _add(level, last[0], **last[1])


def _date(stated: str) -> tuple[str, str]:
    """Return a whole date for one that may lack month and day, with the name that says how much of it counts."""
    rest, name = _DATES.get(len(stated), ("", ""))
    try:
        return date.fromisoformat(stated + rest).isoformat(), name or "expression"
    except ValueError:
        return _UNKNOWN_DATE, "unknown"


def _add(around: etree._Element, element: str, **attributes: str) -> etree._Element:
    return etree.SubElement(around, f"{{{NAMESPACE}}}{element}", {name: xml_words(value) for name, value in attributes.items()})
