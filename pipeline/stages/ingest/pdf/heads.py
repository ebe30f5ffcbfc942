"""Running heads, feet and page numbers: what pages print at one height over and over, told apart from the text of the law."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from lexfloor.pipeline.stages.ingest.pdf.lines import Line, PageText, usual_size

_DEEPEST = 5
"""Rows from the top or the foot of a page that may be a running head or foot."""
_SAME_HEIGHT = 4.0
_DOMINANT = 0.6
"""Part of the rows at one height that must be repeated ones: the text of a law is not."""
_LEAST_KEPT = 0.6
"""Heads and feet are never more of a file than the rest of it."""
_FEW_PAGES, _MANY_PAGES = 3, 6
_APART, _NEAR = 2.0, 1.4
"""A head usually stands this many times the size of the text away from it, and never nearer than the second."""
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(r"\W{0,3}[^\W\d_]{0,14}\W{0,2}\d")
_NO_WORDS = re.compile(r"[\W\d_]*(?:[ivxlc]{1,7}[\W_]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one page prints at one height; ``gap`` is the distance to the next row towards the text."""

    lines: tuple[Line, ...]
    page: int
    height: float
    gap: float

    @property
    def words(self) -> str:
        return " ".join(line.words for line in sorted(self.lines, key=_left))


def _left(line: Line) -> float:
    return line.left


def without_heads(pages: Sequence[PageText]) -> tuple[list[list[Line]], list[str]]:
    """Return the lines of each page without running heads and feet, and what was left out, in words for a person."""
    body = usual_size([line for page in pages for line in page.lines])
    dropped: list[set[int]] = [set() for _ in pages]
    kinds: Counter[str] = Counter()
    for foot in (False, True):
        rows = [_rows(page, number, foot=foot) for number, page in enumerate(pages)]
        repeated = _repeated([row for page in rows for row in page], body)
        for number, page in enumerate(rows):
            depth = next((depth for depth, row in enumerate(page) if id(row) not in repeated), len(page))
            outer = page[:depth]
            while outer and not (repeated[id(outer[-1])] or _is_apart(outer[-1], body, _NEAR)):
                outer.pop()  # pages that begin with the same words
            for row in outer:
                dropped[number].update(map(id, row.lines))
            kinds["feet" if foot else "heads"] += len(outer)
    kept = [[line for line in page.lines if id(line) not in dropped[number]] for number, page in enumerate(pages)]
    if _letters(kept) < _LEAST_KEPT * _letters([page.lines for page in pages]):  # pages alike: forms, blank ones
        return [list(page.lines) for page in pages], []
    told = [f"{count} running {kind} left out of {len(pages)} pages" for kind, count in sorted(kinds.items(), reverse=True) if count]
    return kept, told


def _letters(pages: Sequence[Sequence[Line]]) -> int:
    return sum(len(line.words) for page in pages for line in page)


def _rows(page: PageText, number: int, *, foot: bool) -> list[_Row]:
    """Return the outermost rows of a page, the outermost first; heights count from the edge."""
    ordered = sorted(page.lines, key=lambda line: line.base if foot else -line.base)
    groups: list[list[Line]] = []
    for line in ordered:
        if not groups or abs(groups[-1][0].base - line.base) > 0.4 * line.size:
            if len(groups) > _DEEPEST:
                break
            groups.append([])
        groups[-1].append(line)
    heights = [group[0].base if foot else page.height - group[0].base for group in groups]
    gaps = [following - own for own, following in pairwise(heights)]
    return [_Row(tuple(group), number, height, gap) for group, height, gap in zip(groups[:_DEEPEST], heights, [*gaps, 1000.0], strict=False)]


def _repeated(rows: Sequence[_Row], body: float) -> dict[int, bool]:
    """Return the identities of the rows that are running heads or feet, and whether such rows mostly stand apart from the text."""
    found: dict[int, bool] = {}
    for level in _levels(rows):
        kinds: dict[str, list[_Row]] = defaultdict(list)
        for row in level:
            kinds[_NUMBER.sub("#", row.words.casefold())].append(row)
        running = {id(row): _stand_apart(kind, body, _NEAR) for kind in kinds.values() for row in _running(kind, body)}
        if len(running) >= _DOMINANT * len(level):
            found.update(running)
    return found


def _levels(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Return the rows in groups of one height; odd and even pages may differ."""
    levels: list[list[_Row]] = []
    for row in sorted(rows, key=lambda row: row.height):
        if not levels or row.height - levels[-1][0].height > _SAME_HEIGHT:
            levels.append([])
        levels[-1].append(row)
    return levels


def _running(rows: Sequence[_Row], body: float) -> list[_Row]:
    """Return those of some rows alike but for figures that run over pages: the same words, or a number that counts the pages."""
    words = Counter(row.words.casefold() for row in rows)
    offsets = Counter(offset for row in rows for offset in _offsets(row))
    apart = _stand_apart(rows, body)
    kept = []
    for row in rows:
        alike = words[row.words.casefold()]
        counted = max((offsets[offset] for offset in _offsets(row)), default=0)
        wordless = _NO_WORDS.fullmatch(row.words) is not None
        if (alike >= 2 and (apart or alike >= _FEW_PAGES)) or (counted >= _FEW_PAGES and wordless):
            kept.append(row)
        elif _looks_like_heading(row, body) and not wordless:
            continue
        elif apart and (counted >= 2 or len(rows) >= _MANY_PAGES or (len(rows) >= _FEW_PAGES and _is_small(row, body))):
            kept.append(row)
    return kept


def _stand_apart(rows: Sequence[_Row], body: float, least: float = _APART) -> bool:
    return 2 * sum(_is_apart(row, body, least) for row in rows) >= len(rows)


def _is_apart(row: _Row, body: float, least: float = _APART) -> bool:
    return row.gap >= least * body or _is_small(row, body)


def _is_small(row: _Row, body: float) -> bool:
    return max(line.size for line in row.lines) < 0.95 * body


def _looks_like_heading(row: _Row, body: float) -> bool:
    """Tell whether a row may number a section: each page may begin with one of its own."""
    strong = max(line.size for line in row.lines) > 1.05 * body or all(line.bold for line in row.lines)
    return strong and _NUMBERED.match(row.words) is not None


def _offsets(row: _Row) -> set[int]:
    """Return how far each number of a row is from the number of its page."""
    return {int(number) - row.page for number in _NUMBER.findall(row.words) if len(number) < 6}
