"""Walks a page in reading order and cuts its text into blocks; without recursion, so that no nesting is too deep."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from lexfloor.pipeline.plain import collapsed, plain
from lexfloor.pipeline.stages.ingest.html.block import Block, prefixed, with_labels_joined
from lexfloor.pipeline.stages.ingest.html.lines import Piece, lines_of
from lexfloor.pipeline.stages.ingest.html.notes import NoteLinks
from lexfloor.pipeline.stages.ingest.html.numbering import label_of, prints_own_numbers, style_of
from lexfloor.pipeline.stages.ingest.html.regions import Region, kind_of_region
from lexfloor.pipeline.stages.ingest.html.style import Styles
from lexfloor.pipeline.stages.ingest.html.tables import MOST_SPANNED, Cell, Table
from lexfloor.pipeline.stages.ingest.rendering import note_mark

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav"),
        *("noscript", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_NO_TEXT = frozenset(("head", "link", "meta", "rp", "rt", "script", "style", "svg", "template", "title", "datalist"))
_CONTROLS = frozenset(("button", "input", "optgroup", "option", "output", "select", "textarea"))
_EMBEDDED = {
    "img": "images",
    "iframe": "embedded pages",
    "object": "embedded objects",
    "embed": "embedded objects",
    "video": "recordings",
    "audio": "recordings",
    "canvas": "images",
}
_STRUCK = frozenset(("del", "s", "strike"))
_BOLD = frozenset(("b", "strong"))
_ANCHOR_SIGNS = frozenset("¶#🔗⚓↑↩^∞⌃⇧▲")
_LONGEST_RAISED = 8
MOST_STRUCK = 0.5
"""Share of a page's text above which an element that strikes out was merely left open."""
_TEXT = "-text"


class Style(NamedTuple):
    """What an element's words inherit from the elements around it."""

    bold: bool = False
    linked: bool = False
    away: bool = False
    breaks: bool = False
    quoted: bool = False
    level: int = 0
    region: int = 0
    note: str = ""


class _List(NamedTuple):
    """An ordered list while it is read: (place of its first block, value) of each item."""

    style: str
    items: list[tuple[int, int]]
    next_value: list[int]
    step: int


class PageText:
    """The blocks of a page, the regions that they lie in, and what was left out on the way.

    ``filled`` tells that the page's lines were filled up to a margin, so that their ends are white space.

    Attributes:
        blocks: in reading order.
        regions: by their number; region 0 is the page.
        left_out: characters left out, by what they are.
        embedded: how many images and the like stand in the page, which are not read.
    """

    def __init__(self, page: LexborHTMLParser, *, filled: bool = False) -> None:
        self.blocks: list[Block] = []
        self.regions = [Region("page", 0)]
        self.left_out: Counter[str] = Counter()
        self.embedded: Counter[str] = Counter()
        self._styles = Styles.of(page)
        self._notes = NoteLinks(page)
        self._filled = filled
        self._style = Style()
        self._pieces: list[Piece] = []
        self._linked = 0
        self._away = True
        self._line_note = ""
        self._tables: list[Table] = []
        self._lists: list[_List] = []
        self._strikes = True
        if page.body is not None:
            struck = sum(len(node.text()) for node in page.css(", ".join(sorted(_STRUCK))))
            self._strikes = struck <= MOST_STRUCK * len(page.body.text())
            self._walk(page.body)
        self._flush()
        self.blocks = with_labels_joined([block for block in self.blocks if block.words])

    def _walk(self, root: LexborNode) -> None:
        """Visit every node below ``root``; ``path`` holds the open elements, each with what is to be done at its end."""
        path: list[tuple[LexborNode, Style, Callable[[], None] | None]] = []
        node: LexborNode | None = root
        while True:
            if node is None:
                if not path:
                    return
                element, style, leave = path.pop()
                if leave is not None:
                    leave()
                self._style = style
                node = element.next if path else None
                continue
            tag = node.tag or ""
            if tag == _TEXT:
                self._words(node.text_content or "")
                node = node.next
                continue
            style = self._style
            enters, leave = self._enter(node, tag)
            child = node.first_child if enters else None
            if child is None:
                if leave is not None:
                    leave()
                self._style = style
                node = node.next if path else None
            else:
                path.append((node, style, leave))
                node = child

    def _words(self, words: str) -> None:
        self._pieces.append((words, self._style.bold))
        if self._style.linked:
            self._linked += len(words.strip())
        if not self._style.away and words.strip():
            self._away = False

    def _enter(self, node: LexborNode, tag: str) -> tuple[bool, Callable[[], None] | None]:
        """Begin an element; return whether its content is to be read, and what is to be done at its end."""
        if not tag or tag[0] in "-!" or tag in _NO_TEXT:  # comments and processing instructions among them
            return False, None
        if tag in _CONTROLS and node.css_first("p, h1, h2, h3, li, td") is None:  # one that was left open holds the page
            self._leave_out("forms", node)
            return False, None
        if tag in _EMBEDDED:
            self.embedded[_EMBEDDED[tag]] += 1
            return False, None
        attributes = node.attributes
        facets, numbering = self._styles.facets(attributes) if attributes else (frozenset[str](), "")
        is_block = tag in _BLOCKS
        hidden = "hidden" in facets or "hidden" in attributes or attributes.get("aria-hidden") == "true"
        if hidden and not is_block:
            self._leave_out("hidden text", node)
            return False, None
        if self._strikes and (tag in _STRUCK or "struck" in facets):
            if is_block:
                self._flush()
            self._leave_out("struck-out text", node)
            return False, None
        if attributes:
            if (mark := self._notes.body_of(node)) is not None:
                if is_block:
                    self._flush()
                    self._style = self._style._replace(note=mark)
                else:
                    self._line_note = mark
            if "bold" in facets and not self._style.bold:
                self._style = self._style._replace(bold=True)
        if is_block:
            self._flush()
            kind = kind_of_region(tag, attributes, hidden=hidden)
            if kind:
                self.regions.append(Region(kind, self._style.region))
                self._style = self._style._replace(region=len(self.regions) - 1)
            return self._enter_block(node, tag, attributes, facets, numbering)
        return self._enter_inline(node, tag, attributes, facets)

    def _leave_out(self, kind: str, node: LexborNode) -> None:
        self.left_out[kind] += len(collapsed(node.text()))

    def _enter_inline(self, node: LexborNode, tag: str, attributes: dict[str, str | None], facets: frozenset[str]) -> tuple[bool, Callable[[], None] | None]:
        if tag == "br" and self._style.level:
            self._words(" ")  # a heading stays one heading
        elif tag == "br":
            self._flush(ends_block=False)
        elif tag in _BOLD:
            self._style = self._style._replace(bold=True)
        elif tag == "q":
            self._words("“")
            return True, lambda: self._words("”")
        elif tag == "a" and "href" in attributes:
            return self._enter_link(node)
        elif (tag == "sup" or "raised" in facets) and not self._notes.holds_reference(node):
            raised = collapsed(node.text())
            if 0 < len(raised) <= _LONGEST_RAISED and "<" not in raised:
                self._words(plain(f"<sup>{raised}</sup>").text)
                return False, None
        return True, None

    def _enter_link(self, node: LexborNode) -> tuple[bool, Callable[[], None] | None]:
        """Begin a link: a footnote's reference becomes its mark, the way back and a permalink go."""
        mark = self._notes.reference(node)
        if mark is not None:
            if mark:
                self._words(note_mark(mark))
            return False, None
        shown = (node.text() or "").strip() if node.first_child is None or node.first_child.next is None else "?"
        if shown and all(letter in _ANCHOR_SIGNS for letter in shown):
            return False, None
        self._style = self._style._replace(linked=True, away=not (node.attributes.get("href") or "").startswith("#"))
        return True, None

    def _enter_block(self, node: LexborNode, tag: str, attributes: dict[str, str | None], facets: frozenset[str], numbering: str) -> tuple[bool, Callable[[], None] | None]:
        leave: Callable[[], None] = self._flush
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._style = self._style._replace(level=int(tag[1]), bold=False)
        elif attributes.get("role") == "heading":
            self._style = self._style._replace(level=_whole(attributes.get("aria-level"), 2, 6), bold=False)
        elif tag == "blockquote":
            self._style = self._style._replace(quoted=True)
        elif tag == "ol":
            leave = self._begin_list(node, attributes, numbering)
        elif tag == "ul":
            leave = self._begin_list(node, {}, "none")
        elif tag == "li" and self._lists:
            leave = self._begin_item(attributes)
        elif tag == "table":
            leave = self._begin_table(attributes)
        elif tag == "tr" and self._tables:
            self._begin_row(node)
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            leave = self._begin_cell(tag, attributes)
        elif tag == "caption" and self._tables:
            leave = self._begin_caption()
        if tag == "pre" or "breaks" in facets:
            self._style = self._style._replace(breaks=True)
        return True, leave

    def _begin_list(self, node: LexborNode, attributes: dict[str, str | None], numbering: str) -> Callable[[], None]:
        style = style_of(numbering or attributes.get("type") or "1")
        backwards = "reversed" in attributes
        first = _signed(attributes.get("start"))
        if first is None:
            first = sum(child.tag == "li" for child in node.iter()) if backwards else 1
        self._lists.append(_List(style, [], [first], -1 if backwards else 1))
        return self._end_list

    def _end_list(self) -> None:
        """Print the numbers of a list that has any, unless its items print their own."""
        self._flush()
        ended = self._lists.pop()
        items = [(value, self.blocks[place].words) for place, value in ended.items]
        if ended.style and not prints_own_numbers(items, ended.style):
            for place, value in ended.items:
                if not self.blocks[place].note:
                    self.blocks[place] = prefixed(self.blocks[place], label_of(value, ended.style))

    def _begin_item(self, attributes: dict[str, str | None]) -> Callable[[], None]:
        around = self._lists[-1]
        value = _signed(attributes.get("value"))
        value = around.next_value[0] if value is None else value
        around.next_value[0] = value + around.step
        place = len(self.blocks)

        def end() -> None:
            self._flush()
            if len(self.blocks) == place:  # a number without words is printed all the same
                self.blocks.append(Block("", region=self._style.region))
            around.items.append((place, value))

        return end

    def _begin_table(self, attributes: dict[str, str | None]) -> Callable[[], None]:
        table = Table(layout=attributes.get("role") in ("presentation", "none"))
        self._tables.append(table)
        outer_lists, self._lists = self._lists, []

        def end() -> None:
            self._flush()
            self._tables.pop()
            self._lists = outer_lists
            self.blocks.extend(table.blocks())

        return end

    def _begin_row(self, node: LexborNode) -> None:
        table = self._tables[-1]
        if node.parent is not None and node.parent.tag == "thead":
            table.heads.add(len(table.rows))
        table.rows.append([])

    def _begin_cell(self, tag: str, attributes: dict[str, str | None]) -> Callable[[], None]:
        across = _whole(attributes.get("colspan"), 1, MOST_SPANNED)
        cell = Cell(tag == "th", across, _whole(attributes.get("rowspan"), 1, 65_534))
        self._tables[-1].rows[-1].append(cell)
        return self._apart(cell.blocks)

    def _begin_caption(self) -> Callable[[], None]:
        return self._apart(self._tables[-1].before)

    def _apart(self, blocks: list[Block]) -> Callable[[], None]:
        """Collect blocks in a list of their own until the element ends."""
        outer, self.blocks = self.blocks, blocks
        outer_lists, self._lists = self._lists, []

        def end() -> None:
            self._flush()
            self.blocks, self._lists = outer, outer_lists

        return end

    def _flush(self, *, ends_block: bool = True) -> None:
        """End the present line and make a block of it."""
        if not self._pieces:
            if ends_block:
                self._line_note = ""
            return
        pieces, linked, away, note = self._pieces, self._linked, self._away, self._line_note or self._style.note
        if ends_block:
            self._line_note = ""
        self._pieces, self._linked, self._away = [], 0, True
        style = self._style
        if style.level or (self._filled and not style.breaks) or (len(pieces) == 1 and "\n" not in pieces[0][0]):
            lines = [("".join([words for words, _ in pieces]), not style.level and all(bold or words.isspace() for words, bold in pieces))]
        else:
            lines = lines_of(pieces, keep_breaks=style.breaks)
        for words, bold in lines:
            if shown := " ".join(words.split()):
                self.blocks.append(Block(shown, "line", style.level, bold, style.quoted, style.region, min(linked, len(shown)), away, note))


def _whole(stated: str | None, usual: int, most: int = 6) -> int:
    """Return a whole number from 1 to ``most`` that an attribute states, the usual one where it states none."""
    return min(int(stated), most) if stated and re.fullmatch(r"\s*0{0,9}[1-9]\d{0,8}\s*", stated, re.ASCII) else usual


def _signed(stated: str | None) -> int | None:
    return int(stated) if stated and re.fullmatch(r"\s*-?\d{1,9}\s*", stated, re.ASCII) else None
