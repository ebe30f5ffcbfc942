"""The blocks that a page's text is cut into, before it is known which of them are law."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from lexfloor.pipeline.stages.ingest.markers import MARKER_ALONE


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list item, heading, or row of a table.

    Attributes:
        words: its text, white space collapsed; of a row the cells' words.
        level: of a heading, from 1; 0 for all else.
        region: number of the innermost region of the page that it lies in.
        linked: how many of its characters lie in links.
        away: all of it is links to other pages.
        note: mark of the footnote that it is, or belongs to.
    """

    words: str
    kind: Literal["line", "row"] = "line"
    level: int = 0
    bold: bool = False
    quoted: bool = False
    region: int = 0
    linked: int = 0
    away: bool = False
    note: str = ""
    cells: tuple[str, ...] = ()
    header: bool = False


def prefixed(block: Block, label: str) -> Block:
    """Return a block with the label of its list item printed before it."""
    cells = (f"{label} {block.cells[0]}", *block.cells[1:]) if block.cells else ()
    return replace(block, words=f"{label} {block.words}".rstrip(), cells=cells)


def with_labels_joined(blocks: list[Block]) -> list[Block]:
    """Return blocks in which a printed number that stands alone is one line with the text after it.

    >>> [block.words for block in with_labels_joined([Block("(a)"), Block("the widow;"), Block("Part I", level=2)])]
    ['(a) the widow;', 'Part I']
    """
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and _is_label(before) and block.kind == "line" and not block.level and (block.region, block.note) == (before.region, before.note):
            joined[-1] = prefixed(block, before.words)
        else:
            joined.append(block)
    return joined


def _is_label(block: Block) -> bool:
    return block.kind == "line" and not block.level and len(block.words) < 10 and MARKER_ALONE.fullmatch(block.words) is not None
