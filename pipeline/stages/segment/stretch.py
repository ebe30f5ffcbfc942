"""A piece of a law on its way to becoming a provision."""

from __future__ import annotations

from dataclasses import dataclass, field

from lexfloor.pipeline.records import GROUPING, INNER, Level, ProvisionKind, ProvisionStatus

DEPTHS = {level: depth for depth, level in enumerate(GROUPING[:-1])}
DEPTHS[Level.SCHEDULE] = DEPTHS[Level.PART]
DEPTHS[Level.SECTION] = 90
DEPTHS |= {level: 91 + depth for depth, level in enumerate(INNER)}
"""How deep each level lies; markup may state other depths for its groups, below that of a section."""
QUOTED_DEPTH = 100
"""What is quoted lies this much deeper than it would in its own act: below the section that quotes it and all pieces of that."""


@dataclass(slots=True)
class Stretch:
    """A group, a section or a numbered piece of a section; positions count in the law's plain text.

    ``content`` is where the words after label and heading begin; ``inner`` holds a section's subsections, paragraphs and items
    in order of the text. ``quoted`` holds what a section of an amending act quotes: new articles of another act and the groups
    around them, which stand among the law's stretches too; ``block`` counts, from 1, which of its quotations a quoted one lies in.
    """

    level: Level
    label: str
    heading: str
    start: int
    end: int
    content: int
    depth: int
    kind: ProvisionKind = ProvisionKind.OPERATIVE
    status: ProvisionStatus = ProvisionStatus.IN_FORCE
    reason: str = ""
    id: str = ""
    chapeau: str = ""
    continuation: str = ""
    inner: list[Stretch] = field(default_factory=list)
    quoted: list[Stretch] = field(default_factory=list)
    block: int = 0

    @property
    def is_section(self) -> bool:
        """Whether this is the unit that lawyers cite."""
        return self.level is Level.SECTION


def trimmed(text: str, start: int, end: int) -> int:
    """Return where the words of ``text[start:end]`` end, white space after them apart; never before ``start``.

    >>> trimmed("one two  ", 4, 9)
    7
    """
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
