"""What each node of a law's tree holds itself: its children, and the text between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lexfloor.pipeline.records import Provision, Span


def by_parent(provisions: Sequence[Provision]) -> dict[str, list[Provision]]:
    """Return the provisions under each id, in order of the text; those at the top are under ""."""
    children: dict[str, list[Provision]] = {}
    for provision in provisions:
        children.setdefault(provision.parent, []).append(provision)
    return children


def own_stretches(span: Span, children: Sequence[Provision]) -> Iterator[Span | Provision]:
    """Yield a node's children and, between them, the stretches that belong to the node itself, in order of the text."""
    position = span.start
    for child in children:
        if position < child.span.start:
            yield Span(position, child.span.start)
        yield child
        position = max(position, child.span.end)
    if position < span.end:
        yield Span(position, span.end)
