"""Which regions of a page are its law, and which are the site around it: by element, role and use of links, never by site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lexfloor.pipeline.stages.ingest.html.block import Block

_BY_TAG = {"main": "main", "article": "article", "section": "section", "nav": "navigation", "header": "page header", "footer": "page footer"}
_BY_TAG |= {"aside": "side notes", "noscript": "text for browsers without scripts", "dialog": "dialogs", "menu": "navigation", "search": "forms"}
_BY_ROLE = {"main": "main", "article": "article", "navigation": "navigation", "banner": "page header", "contentinfo": "page footer"}
_BY_ROLE |= {
    "complementary": "side notes",
    "search": "forms",
    "menu": "navigation",
    "menubar": "navigation",
    "dialog": "dialogs",
    "alertdialog": "dialogs",
    "toolbar": "navigation",
}
_BY_NAME = {"breadcrumb": "navigation", "breadcrumbs": "navigation", "navbar": "navigation", "nav": "navigation", "navigation": "navigation", "menu": "navigation"}
_BY_NAME |= {"pagination": "navigation", "pager": "navigation", "toolbar": "navigation", "cookie": "cookie notices", "cookies": "cookie notices", "consent": "cookie notices"}
_BY_NAME |= {"share": "navigation", "social": "navigation", "skiplink": "navigation", "skiplinks": "navigation"}
_NAMED = frozenset(("div", "ul", "ol", "section", "aside", "header", "footer", "table"))
_FRAMES = ("page", "main", "article", "section")
_LABEL = re.compile(r"(?:§|第|[(（][\dа-яα-ωa-z一二三四五六七八九十]{1,3}[)）]|\d{1,3}[.)]\s|[^\W\d_]{2,14}\.?\s(?:\d{1,3}|[IVXLC]{1,6})(?!\w))")
MOST = 0.5
SENTENCE = 60
LEAST_LAW = 150
"""Characters outside links below which a stretch at the edge of a page is no law."""
LINK_RUN = 4
"""Lines in a row that are nothing but links to other pages: a menu."""


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the page: what it is, and the number of the region around it."""

    kind: str
    around: int


def kind_of_region(tag: str, attributes: Mapping[str, str | None], *, hidden: bool) -> str:
    """Return what region of a page an element begins, empty for none."""
    if hidden:
        return "hidden text"
    if role := _BY_ROLE.get((attributes.get("role") or "").lower()):
        return role
    if kind := _BY_TAG.get(tag):
        return kind
    if tag in _NAMED and ("class" in attributes or "id" in attributes):
        for name in re.split(r"[\s_-]+", f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()[:400]):
            if name in _BY_NAME:
                return _BY_NAME[name]
    return ""


def law_of(blocks: Sequence[Block], regions: Sequence[Region]) -> tuple[list[Block], Counter[str]]:
    """Return the blocks that are law or may be, and how many characters of what else were left out.

    A region of the site is left out unless it holds sentences under printed labels; hidden text unless it is most of the
    page; what lies outside the main region where that holds most of the page, again unless it reads like law.
    """
    left_out: Counter[str] = Counter()
    kept = list(blocks)
    around = _outermost(regions, lambda kind: kind not in _FRAMES)
    hidden = sum(len(block.words) for block in kept if regions[around[block.region]].kind == "hidden text")
    mostly_hidden = hidden > MOST * sum(len(block.words) for block in kept)
    groups: dict[int, list[Block]] = {}
    for block in kept:
        if around[block.region]:
            groups.setdefault(around[block.region], []).append(block)
    dropped = {number for number, inside in groups.items() if not _stays(regions[number], inside, regions, mostly_hidden=mostly_hidden)}
    for number in dropped:
        left_out[regions[number].kind] += sum(len(block.words) for block in groups[number])
    kept = [block for block in kept if around[block.region] not in dropped]
    kept = _without_menus(_without_surroundings(kept, regions, left_out), left_out)
    if not kept and any(_is_sentence(block) for block in blocks):  # a page that is all navigation is none: an element was left open
        return list(blocks), Counter()
    return kept, left_out


def _outermost(regions: Sequence[Region], wanted: Callable[[str], bool]) -> list[int]:
    """Return for each region the number of the outermost wanted one around it, or its own; 0 where there is none."""
    found = [0]
    for number, region in enumerate(regions[1:], 1):  # a region stands after the one around it
        found.append(found[region.around] or (number if wanted(region.kind) else 0))
    return found


def _stays(region: Region, inside: Sequence[Block], regions: Sequence[Region], *, mostly_hidden: bool) -> bool:
    """Tell whether a region of the site is kept: it belongs to the content, or may be law."""
    if region.kind == "hidden text":
        return mostly_hidden
    length = sum(len(block.words) for block in inside)
    few_links = sum(block.linked for block in inside) < MOST * length
    if region.kind in ("page header", "page footer", "side notes") and _within_content(region, regions):
        return few_links
    titled = region.kind == "page header" and any(block.level == 1 for block in inside)
    return few_links and (titled or may_be_law(inside))


def _within_content(region: Region, regions: Sequence[Region]) -> bool:
    number = region.around
    while number:
        if regions[number].kind in ("main", "article", "section"):
            return True
        number = regions[number].around
    return False


def may_be_law(blocks: Sequence[Block]) -> bool:
    """Tell whether blocks hold sentences outside links, with printed numbers among them."""
    free = sum(len(block.words) - block.linked for block in blocks)
    return free >= LEAST_LAW and any(_is_sentence(block) for block in blocks) and any(_LABEL.match(block.words) for block in blocks)


def _is_sentence(block: Block) -> bool:
    return len(block.words) - block.linked >= SENTENCE


def _without_surroundings(blocks: list[Block], regions: Sequence[Region], left_out: Counter[str]) -> list[Block]:
    """Return blocks without what lies outside the main region, or the only article, of a page that mostly is that."""
    total = sum(len(block.words) for block in blocks)
    for kind in ("main", "article"):
        roots = _outermost(regions, kind.__eq__)
        if kind == "article" and len(set(roots) - {0}) != 1:
            continue
        if sum(len(block.words) for block in blocks if roots[block.region]) > MOST * total:
            return _without_runs(blocks, [not roots[block.region] for block in blocks], "text around the main content", left_out)
    return blocks


def _without_runs(blocks: list[Block], outside: Sequence[bool], kind: str, left_out: Counter[str]) -> list[Block]:
    """Return blocks without the runs of those marked, where a run does not read like law."""
    kept: list[Block] = []
    run: list[Block] = []
    for block, is_outside in [*zip(blocks, outside, strict=True), (None, False)]:
        if block is not None and is_outside:
            run.append(block)
            continue
        if run and may_be_law(run):
            kept.extend(run)
        elif run:
            left_out[kind] += sum(len(line.words) for line in run)
        run = []
        if block is not None:
            kept.append(block)
    return kept


def _without_menus(blocks: list[Block], left_out: Counter[str]) -> list[Block]:
    """Return blocks without runs of lines that are nothing but links and print no label."""
    kept: list[Block] = []
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and block.kind == "line" and not block.level and block.away and not _LABEL.match(block.words):
            run.append(block)
            continue
        if len(run) >= LINK_RUN:
            left_out["navigation"] += sum(len(line.words) for line in run)
        else:
            kept.extend(run)
        run = []
        if block is not None:
            kept.append(block)
    return kept
