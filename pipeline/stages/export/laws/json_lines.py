"""A law's provisions as JSON Lines: the law, its provisions with what they refer to, the terms it defines, what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lexfloor.pipeline.records import Definition, Law, Link, Provision, Refusal, Segmentation, Version
from lexfloor.pipeline.store import json_line


def json_lines(law: Law, cut: Segmentation, links: Sequence[Link] = (), definitions: Sequence[Definition] = ()) -> str:
    """Return a law as JSON Lines: ``{"law": ...}``, then a line a provision, then ``{"definition": ...}`` and ``{"refused": ...}`` lines."""
    by_provision: dict[str, list[Link]] = {}
    for link in links:
        by_provision.setdefault(link.provision, []).append(link)
    lines = [json_line({"law": _law(law)})]
    lines += [json_line(_provision(provision, by_provision.get(provision.id, ()))) for provision in cut.provisions]
    lines += [json_line({"definition": _definition(definition)}) for definition in definitions]
    lines += [json_line({"refused": _refusal(refusal)}) for refusal in cut.refused]
    return "".join(lines)


def version_facts(version: Version) -> dict[str, str]:
    """Return what is known of a text's state as plain facts, each with its source."""
    return {
        "text_state": str(version.state),
        "text_state_source": version.state_source,
        "text_date": version.date,
        "text_date_source": version.date_source,
        "status": str(version.status),
        "status_source": version.status_source,
    }


def _law(law: Law) -> dict[str, Any]:
    facts = {"country": law.country, "file": law.file, "title": law.title, "language": law.language, "format": law.format, "sha256": law.sha256, "encoding": law.encoding}
    return {**facts, **version_facts(law.version), "remarks": list(law.remarks)}


def _provision(provision: Provision, links: Sequence[Link]) -> dict[str, Any]:
    return {
        "id": provision.id,
        "parent": provision.parent,
        "level": str(provision.level),
        "section": provision.section,
        "label": provision.label,
        "heading": provision.heading,
        "path": list(provision.path),
        "kind": str(provision.kind),
        "status": str(provision.status),
        "status_reason": provision.status_reason,
        "page": provision.page,
        "start": provision.span.start,
        "end": provision.span.end,
        "language": provision.language,
        "chapeau": provision.chapeau,
        "continuation": provision.continuation,
        "text": provision.text,
        "refers_to": [_reference(link) for link in links if link.kind == "reference"],
        "uses": [_use(link) for link in links if link.kind == "term"],
    }


def _reference(link: Link) -> dict[str, Any]:
    place = {"words": link.words, "start": link.span.start, "end": link.span.end}
    return {**place, "act": link.act, "file": link.target_file, "provision": link.target, "section": link.target_section}


def _use(link: Link) -> dict[str, Any]:
    return {"term": link.words, "start": link.span.start, "end": link.span.end, "file": link.target_file, "provision": link.target, "section": link.target_section}


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "term": definition.term,
        "provision": definition.provision,
        "section": definition.section,
        "start": definition.span.start,
        "end": definition.span.end,
        "scope": definition.scope,
    }


def _refusal(refusal: Refusal) -> dict[str, Any]:
    return {"start": refusal.span.start, "end": refusal.span.end, "reason": refusal.reason}
