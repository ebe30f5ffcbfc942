"""Whether any text is lost: every character lies in the own stretch of one provision or in one refused stretch, once."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.pipeline.records import Law, Segmentation, Span


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the characters of a law's text are covered.

    Attributes:
        characters: of the text as ingested.
        uncovered, doubled: how many lie in no stretch, and in more than one.
        refused: characters of refused stretches, by reason.
        crossing: ids of provisions that reach beyond the one above them.
    """

    file: str
    characters: int
    uncovered: int
    doubled: int
    refused: dict[str, int]
    crossing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every character is covered once."""
        return not (self.uncovered or self.doubled or self.crossing)


def coverage(law: Law, cut: Segmentation) -> Coverage:
    """Return how the provisions and refused stretches of a law cover its text."""
    children: dict[str, list[Span]] = {}
    spans = {str(node.id): node.span for node in cut.provisions}
    crossing = []
    for node in cut.provisions:
        children.setdefault(node.parent, []).append(node.span)
        above = spans.get(node.parent)
        if above and not (above.start <= node.span.start and node.span.end <= above.end):
            crossing.append(str(node.id))
    counts = [0] * (len(law.text) + 1)  # changes of the count of stretches, from left to right

    def cover(start: int, end: int) -> None:
        counts[start] += 1
        counts[end] -= 1

    for node in cut.provisions:
        position = node.span.start
        for child in sorted(children.get(node.id, []), key=_start):
            if position < child.start:
                cover(position, child.start)
            position = max(position, child.end)
        if position < node.span.end:
            cover(position, node.span.end)
    refused: dict[str, int] = {}
    for refusal in cut.refused:
        cover(refusal.span.start, refusal.span.end)
        refused[refusal.reason] = refused.get(refusal.reason, 0) + refusal.span.end - refusal.span.start
    depth = uncovered = doubled = 0
    for change in counts[:-1]:
        depth += change
        uncovered += depth == 0
        doubled += depth > 1
    return Coverage(law.file, len(law.text), uncovered, doubled, refused, tuple(crossing))


def _start(span: Span) -> int:
    return span.start
