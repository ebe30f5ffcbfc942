"""Automatic numbering of a DOCX file: the numbers that Word prints before paragraphs are counted here, for no file holds them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from lexfloor.pipeline.stages.ingest.docx.numerals import listed_numeral, numeral
from lexfloor.pipeline.stages.ingest.docx.parts import MC, W, number, switched, value
from lexfloor.pipeline.stages.ingest.docx.styles import Style, Styles

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST_TEXT = 100
_LONGEST_NUMBER = 120
_AFTER = {"nothing": "", "space": " "}
BULLET = "-"


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and prints.

    ``restart`` is the level (from 1) whose next number makes this one begin anew; 0 never, None any level above.
    """

    start: int = 0
    form: str = "decimal"
    examples: str = ""
    text: str = ""
    after: str = " "
    restart: int | None = None
    legal: bool = False
    hidden: bool = False
    style: str = ""


@dataclass(slots=True)
class _List:
    """A numbering as paragraphs name it: its levels, the counters it shares with others of its kind, and its own first numbers."""

    kind: int
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts paragraphs in the order they come, as Word does: lists of one kind count on together."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._kinds: dict[int, etree._Element] = {}
        self._definitions: dict[int, etree._Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counters: dict[int, dict[int, int]] = {}
        if root is None:
            return
        for element in root:
            if element.tag == W + "abstractNum" and (id_ := number(element, "abstractNumId")) is not None:
                self._kinds.setdefault(id_, element)
            elif element.tag == W + "num" and (id_ := number(element, "numId")) is not None:
                self._definitions.setdefault(id_, element)

    def next_number(self, properties: etree._Element | None, style: Style) -> str:
        """Return what is printed before the next paragraph, the space after it included; empty where it has no number.

        To be called once for each paragraph, in order.
        """
        stated = properties.find(W + "numPr") if properties is not None else None
        list_id = number(stated.find(W + "numId")) if stated is not None else None
        list_id = style.list_id if list_id is None else list_id
        if not list_id or (used := self._list(list_id)) is None:
            return ""
        level = number(stated.find(W + "ilvl")) if stated is not None else None
        if level is None:
            by_style = (place for id_ in style.ids for place, each in used.levels.items() if each.style == id_)
            level = next(by_style, style.level or 0)
        if level not in used.levels:
            return ""
        counters = self._counted(used, level)
        return _printed(used.levels, counters, level)

    def _counted(self, used: _List, level: int) -> dict[int, int]:
        """Count a paragraph of a level and return the counters of all levels."""
        counters = self._counters.setdefault(used.kind, {})
        if (start := used.starts.pop(level, None)) is not None:
            counters[level] = start
        else:
            counters[level] = counters[level] + 1 if level in counters else used.levels[level].start
        for above in range(level):  # levels that were skipped print their first number
            if above in used.levels:
                counters.setdefault(above, used.starts.pop(above, used.levels[above].start))
        for below in [each for each in counters if each > level]:
            restart = used.levels[below].restart if below in used.levels else None
            if restart is None or level < restart:
                del counters[below]
        return counters

    def _list(self, id_: int) -> _List | None:
        if id_ not in self._lists:
            self._lists[id_] = self._read(id_)
        return self._lists[id_]

    def _read(self, id_: int) -> _List | None:
        definition = self._definitions.get(id_)
        if definition is None:
            return None
        kind = self._kind(definition)
        if kind not in self._kinds:
            return None
        levels = dict(_levels(self._kinds[kind]))
        starts: dict[int, int] = {}
        for override in definition.iterchildren(W + "lvlOverride"):
            place = number(override, "ilvl")
            if place is None or not 0 <= place < LEVELS:
                continue
            levels.update((place, level) for _, level in _levels(override))
            if (start := number(override.find(W + "startOverride"))) is not None and place in levels:
                starts[place] = start
                levels[place] = replace(levels[place], start=start)
        return _List(kind, levels, starts)

    def _kind(self, definition: etree._Element) -> int:
        """Return the id of the abstract numbering behind a numbering, through a style of lists where one stands between."""
        kind = number(definition.find(W + "abstractNumId"))
        for _ in range(LEVELS):
            if kind is None or kind not in self._kinds:
                break
            linked = value(self._kinds[kind].find(W + "numStyleLink"))
            behind = self._definitions.get(self._styles.numbering_of(linked) or 0) if linked else None
            if behind is None:
                return kind
            kind = number(behind.find(W + "abstractNumId"))
        return -1 if kind is None else kind


def _levels(element: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in element.iterchildren(W + "lvl"):
        place = number(level, "ilvl")
        if place is None or not 0 <= place < LEVELS:
            continue
        form = level.find(W + "numFmt")
        if form is None:
            form = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
        yield (
            place,
            _Level(
                start=number(level.find(W + "start")) or 0,
                form=value(form) or "decimal",
                examples=value(form, "format"),
                text=value(level.find(W + "lvlText"))[:_LONGEST_TEXT],
                after=_AFTER.get(value(level.find(W + "suff")), " "),
                restart=number(level.find(W + "lvlRestart")),
                legal=bool(switched(level.find(W + "isLgl"))),
                hidden=bool(switched(level.find(f"{W}rPr/{W}vanish"))),
                style=value(level.find(W + "pStyle")),
            ),
        )


def _printed(levels: dict[int, _Level], counters: dict[int, int], level: int) -> str:
    shown = levels[level]
    if shown.hidden:
        return ""
    if shown.form == "bullet":
        return f"{BULLET} "

    def counter(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        if place > level or place not in counters or place not in levels:
            return ""
        form = levels[place].form
        if shown.legal and form not in ("none", "bullet"):
            form = "decimal"
        return listed_numeral(counters[place], levels[place].examples) if form == "custom" else numeral(counters[place], form)

    text = _PLACE.sub(counter, shown.text, count=LEVELS)[:_LONGEST_NUMBER].strip()
    return f"{text}{shown.after}" if text else ""
