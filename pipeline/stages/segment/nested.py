"""Sections divided into subsections, paragraphs and items, with the words before and after a list that belong to each item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import collapsed, readable
from lexfloor.pipeline.records import INNER, Level, ProvisionKind, ProvisionStatus
from lexfloor.pipeline.stages.segment.inner import InnerMark, inner_marks
from lexfloor.pipeline.stages.segment.state import STUB, stub
from lexfloor.pipeline.stages.segment.stretch import DEPTHS, Stretch, trimmed

CHAPEAU_LIMIT = 1000
"""Characters of introducing words that travel with an item: the nearest ones."""
_NOT_LINE_END = re.compile(r"[^\n\r]")
_HELD = "\ufffc"
"""Stands for every character of what a section quotes while its own words are divided: no marker, and no white space at an end."""
_INTRODUCING, _ENDING = frozenset(":：;,،—–-"), frozenset(".!?。।؟")
SENTENCE = 40
"""Words without any closing mark introduce a list from this length on; shorter ones may be a title."""


@dataclass(slots=True)
class _Node:
    """A piece in the tree of its section."""

    made: Stretch
    children: list[_Node] = field(default_factory=list)


def divide(section: Stretch, text: str, rules: LanguageRules, *, hard_wrapped: bool) -> None:
    """Give a section its inner stretches: those that the markup states, else those that its numbering tells.

    Block quotes that hold an earlier wording or an editor's note are pieces of their own that are no law.
    """
    words = text[section.start : section.end]
    quotes = list(_quotes(section, words, rules)) if ">" in words else []
    words = _blanked(words, section.start, quotes)
    own = _blanked(words, section.start, section.quoted)
    if section.quoted:
        words = _blanked(words, section.start, section.quoted, _HELD)
    tree = _stated(section) if section.inner else _numbered(section, words, rules, hard_wrapped=hard_wrapped or bool(section.quoted))
    section.inner = list(_introduced(tree, own, section.start, ""))
    if section.status is ProvisionStatus.IN_FORCE:
        for made in section.inner:
            if made.status is ProvisionStatus.IN_FORCE and made.end - made.start < STUB:
                made.status, made.reason = stub(text[made.content : made.end], rules)
    for quote in quotes:
        around = [made for made in section.inner if made.start <= quote.start and quote.end <= made.end]
        quote.depth = around[-1].depth + 1 if around else DEPTHS[Level.SUBSECTION]
    section.inner = sorted([*section.inner, *quotes], key=_place)


def own_words(section: Stretch, text: str) -> str:
    """Return a section's words with earlier wordings left in it and articles that it quotes blanked out, every other character in its place.

    The former are no law today and must not be searched, the latter are sections of their own.
    """
    earlier = [made for made in section.inner if made.status is ProvisionStatus.SUPERSEDED is not section.status]
    return _blanked(text[section.start : section.end], section.start, [*earlier, *section.quoted])


def under(inner: Sequence[Stretch]) -> Iterator[tuple[Stretch, Stretch | None]]:
    """Yield each inner stretch with the one that encloses it, None directly below the section."""
    path: list[Stretch] = []
    for made in inner:
        while path and (path[-1].end < made.end or path[-1].depth >= made.depth):
            path.pop()
        yield made, path[-1] if path else None
        path.append(made)


def _place(made: Stretch) -> tuple[int, int]:
    return made.start, made.depth


def _blanked(words: str, offset: int, stretches: Sequence[Stretch], filling: str = " ") -> str:
    if not stretches:
        return words
    pieces, position = [], 0
    for made in sorted(stretches, key=_place):
        start, end = max(position, made.start - offset), made.end - offset
        if start < end:
            pieces += [words[position:start], _NOT_LINE_END.sub(filling, words[start:end])]
            position = end
    return "".join([*pieces, words[position:]])


@cache
def _word_openings(rules: LanguageRules) -> re.Pattern[str] | None:
    """Return the pattern of the words that open a subsection at the beginning of a line or sentence, None where there are none."""
    words = "|".join(re.escape(word) for word in rules.structure.subsection)
    return re.compile(rf"(?:(?<=\n)|(?<=\. ))(?:{words})(?!\w)", re.IGNORECASE) if words else None


def _numbered(section: Stretch, words: str, rules: LanguageRules, *, hard_wrapped: bool) -> _Node:
    """Return the tree that the numbering of a section tells."""
    marks = inner_marks(words, section.content - section.start, _word_openings(rules), signs=not section.label.startswith("§"))
    root = _Node(section)
    path = [root]
    for mark, following in zip(marks, _ends(marks, len(words)), strict=True):
        end = trimmed(words, mark.start, following)
        if end == mark.start:
            continue
        del path[mark.depth :]
        level, start = INNER[len(path) - 1], section.start + mark.start
        made = Stretch(level, mark.label, "", start, section.start + end, start + len(mark.label), DEPTHS[level], section.kind, section.status, section.reason)
        node = _Node(made)
        path[-1].children.append(node)
        path.append(node)
    if not hard_wrapped and marks:
        _close(root, words, section.start)
    return root


def _ends(marks: Sequence[InnerMark], last: int) -> list[int]:
    """Return where each mark's piece ends: at the next mark of its depth or above."""
    following = [last] * (len(INNER) + 1)
    ends: list[int] = []
    for mark in reversed(marks):
        ends.append(following[mark.depth])
        for depth in range(mark.depth, len(following)):
            following[depth] = mark.start
    return ends[::-1]


def _stated(section: Stretch) -> _Node:
    """Return the tree that the markup states; pieces that it says nothing of share the kind and status of their section."""
    root = _Node(section)
    nodes: dict[int, _Node] = {id(section): root}
    for made, above in under(sorted(section.inner, key=_place)):
        if made.status is ProvisionStatus.IN_FORCE:
            made.status, made.reason = section.status, section.reason
        if made.kind is ProvisionKind.OPERATIVE:
            made.kind = section.kind
        nodes[id(made)] = _Node(made)
        nodes[id(above or section)].children.append(nodes[id(made)])
    return root


def _close(node: _Node, words: str, offset: int) -> None:
    """Give the lines after an introduced list back to what introduces it: "(a) ...; (b) ... / and has paid for a year."."""
    for child in node.children:
        _close(child, words, offset)
    if not node.children:
        return
    last = node.children[-1]
    begin = max([last.made.start, *(child.made.end for child in last.children)]) - offset
    line_end = words.find("\n", begin, last.made.end - offset)
    chapeau = words[node.made.content - offset : node.children[0].made.start - offset]
    rest = words[line_end : last.made.end - offset].strip() if line_end >= 0 else ""
    if rest and rest[0] not in "|>" and _introduces(chapeau.strip(), rest):
        last.made.end = offset + trimmed(words, begin, line_end)


def _introduces(chapeau: str, rest: str) -> bool:
    """Tell whether words introduce the list after them, so that the lines after the list go on with them."""
    last = chapeau[-1:]
    if last in _INTRODUCING:
        return True
    ended = not _ENDING.isdisjoint(chapeau[-3:])  # a quotation mark or bracket may stand after the stop
    return bool(chapeau) and not ended and (rest[0].islower() or len(chapeau) > SENTENCE)


def _introduced(node: _Node, words: str, offset: int, above: str) -> Iterator[Stretch]:
    """Yield the pieces below a node in order, each with the words that introduce it and those that go on after its list."""
    if not node.children:
        return
    own = collapsed(words[node.made.content - offset : node.children[0].made.start - offset])
    rest = collapsed(words[node.children[-1].made.end - offset : node.made.end - offset])
    chapeau = f"{above} {own}".strip()[-CHAPEAU_LIMIT:]
    continuation = (rest if node.made.is_section else f"{rest} {node.made.continuation}".strip())[:CHAPEAU_LIMIT]
    for child in node.children:
        child.made.chapeau, child.made.continuation = chapeau, continuation
        yield child.made
        yield from _introduced(child, words, offset, chapeau)


def _quotes(section: Stretch, words: str, rules: LanguageRules) -> Iterator[Stretch]:
    """Yield the block quotes that hold an earlier wording (superseded) or an editor's note."""
    superseded = tuple(phrase.lower() for phrase in rules.structure.superseded)
    notes = tuple(phrase.lower() for phrase in rules.structure.notes)
    for start, end in _block_quotes(words, superseded + notes):
        title = readable(words[start:end].split("\n", 1)[0])[:80].rstrip()
        earlier = bool(superseded) and title.lower().startswith(superseded)
        if earlier or (notes and title.lower().startswith(notes)):
            status, reason = (ProvisionStatus.SUPERSEDED, f"text: {title}") if earlier else (section.status, section.reason)
            begin = section.start + start
            yield Stretch(Level.SUBSECTION, "", title, begin, section.start + end, begin, DEPTHS[Level.SUBSECTION], ProvisionKind.NOTE, status, reason)


def _block_quotes(words: str, openings: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Yield where each block quote begins and ends; one that begins in the middle of another ends that one."""
    position, start, end = 0, -1, -1
    for line in words.splitlines(keepends=True):
        shown = line.strip()
        opens = shown.startswith(">") and bool(openings) and shown.lstrip("> \t*_").lower().startswith(openings)
        if start >= 0 and (opens or (shown and not shown.startswith(">"))):
            yield start, end
            start = -1
        if shown.startswith(">") and shown.strip("> "):
            start = position + len(line) - len(line.lstrip()) if start < 0 else start
            end = position + len(line.rstrip())
        position += len(line)
    if start >= 0:
        yield start, end
