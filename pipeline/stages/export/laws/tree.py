"""A law's cuts as a tree on a terminal, for a person to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import INNER, Law, Level, Provision, ProvisionKind, ProvisionStatus, Segmentation

INDENT = 2
SHORTEST = 20


def tree(law: Law, cut: Segmentation, width: int = 120) -> str:
    """Return the tree of a law, a line a provision, none longer than ``width``, with what was refused at the end.

    A provision that is not plainly law in force carries its kind and status in brackets, with the reason.
    """
    depths: dict[str, int] = {"": -1}
    lines = list(_head(law))
    for provision in cut.provisions:
        depths[provision.id] = depths[provision.parent] + 1
        lines.append(_line(provision, depths[provision.id], width))
    return "\n".join([*lines, *_foot(law, cut), ""])


def _head(law: Law) -> Iterator[str]:
    version = law.version
    yield f"{law.file}: {law.title}"
    yield f"  {law.format}, {law.language}, {law.encoding}"
    yield f"  text: {str(version.state).replace('_', ' ')}{_because(version.state_source)}; dated {version.date or 'unknown'}{_because(version.date_source)}"
    yield f"  act: {str(version.status).replace('_', ' ')}{_because(version.status_source)}"
    for remark in law.remarks:
        yield f"  note: {remark}"


def _because(source: str) -> str:
    return f" ({collapsed(source)})" if source else ""


def _line(provision: Provision, depth: int, width: int) -> str:
    notes = [str(provision.kind)] if provision.kind is not ProvisionKind.OPERATIVE else []
    if provision.status is not ProvisionStatus.IN_FORCE:
        notes.append(f"{provision.status}{_because(provision.status_reason)}")
    shown = f"  [{', '.join(notes).replace('_', ' ')}]" if notes else ""
    page = f"  p. {provision.page}" if provision.page and provision.level is Level.SECTION else ""
    named = collapsed(f"{provision.label} {provision.heading}")
    words = collapsed(provision.text).removeprefix(provision.label).strip() if provision.level in INNER or not named else ""
    indent = " " * (INDENT * depth + INDENT)
    room = max(SHORTEST, width - len(indent) - len(shown) - len(page))
    text = collapsed(f"{named} {words}") or "(no words)"
    return f"{indent}{text if len(text) <= room else text[: room - 1] + '…'}{shown}{page}"


def _foot(law: Law, cut: Segmentation) -> Iterator[str]:
    sections = sum(provision.level is Level.SECTION for provision in cut.provisions)
    refused = Counter[str]()
    for refusal in cut.refused:
        refused[refusal.reason] += refusal.span.end - refusal.span.start
    left = ", ".join(f"{reason} {count:,}" for reason, count in sorted(refused.items())) or "nothing"
    yield f"  {len(cut.provisions):,} provisions, {sections:,} of them sections; of {len(law.text):,} characters outside the provisions: {left}"
