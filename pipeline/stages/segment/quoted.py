"""New articles that an amending act quotes: stretches of their own, inside the section that changes the other act.

Without them an amending section is one long text, or its quoted articles stand among the act's own.
Source: Akoma Ntoso Version 1.0 (OASIS, 2018), which has such text in ``mod`` and ``quotedStructure``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import collapsed, readable
from lexfloor.pipeline.records import Level, ProvisionKind
from lexfloor.pipeline.stages.segment.directives import Directive, changes, closes, directive, item_value, may_announce, number_value, opening_mark, printed_label
from lexfloor.pipeline.stages.segment.labels import normalized
from lexfloor.pipeline.stages.segment.lines import Line, wrapped
from lexfloor.pipeline.stages.segment.stretch import DEPTHS, QUOTED_DEPTH, Stretch, trimmed
from lexfloor.pipeline.stages.segment.titles import LONG_TITLE

GAP = 6
"""Numbers that may be missing between two sections of one act."""
FAR = 4000
"""Lines within which a quotation is closed."""
SEVERAL = 3
"""An act that announces new wording of named sections at least so often is an amending act: what follows is a section even where no heading repeats its number."""
BEFORE = 4
"""Lines of a hard-wrapped text before the colon that belong to its sentence."""


def with_quoted(text: str, lines: Sequence[Line], stretches: list[Stretch], rules: LanguageRules) -> list[Stretch]:
    """Return the stretches of a law with what its amending sections quote marked as such, and new ones for articles quoted without a heading.

    A section that quotes becomes ``amending``, reaches over all it quotes and names it in ``quoted``; the quoted stretches follow
    it, in order of the text. A law without amending words is returned as it is.
    """
    reader = _Reader(text, lines, stretches, rules)
    return reader.read() if reader.directives else stretches


@dataclass(slots=True)
class _Block:
    """New wording that is being read: where it starts and on which line, where its closing mark ends it (0: unknown), what announced it, what it holds."""

    start: int
    first: int
    close: int
    announced: Directive
    units: list[Stretch] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """Reads a law line by line, in the words of an amending section or in what it quotes."""

    text: str
    lines: Sequence[Line]
    stretches: list[Stretch]
    rules: LanguageRules
    hard_wrapped: bool = field(init=False)
    directives: dict[int, Directive] = field(init=False)
    begins: dict[int, int] = field(default_factory=dict)
    starts: dict[int, int] = field(init=False)
    host: Stretch | None = None
    pending: Directive | None = None
    block: _Block | None = None
    item: int = 0
    named: str = ""
    made: list[Stretch] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look for the lines that announce new wording."""
        self.starts = {made.start: place for place, made in enumerate(self.stretches)}
        self.directives = {}
        ends = [index for index, line in enumerate(self.lines) if may_announce(line.text)] if self.rules.amendments.introduces else []
        self.hard_wrapped = bool(ends) and wrapped(self.lines)
        for index in ends:
            first = self._sentence(index)
            words = " ".join(line.text for line in self.lines[first : index + 1])
            if found := directive(words, self.rules, heading=self.lines[first].start in self.starts):
                self.directives[index], self.begins[index] = found, self.lines[first].start

    def _sentence(self, index: int) -> int:
        """Return the line on which the sentence begins that ends on a line: in a hard-wrapped text those before it may belong to it."""
        line = self.lines[index]
        if not self.hard_wrapped or line.start in self.starts or not line.text.rstrip('*_ "“«').endswith((":", "：", "—", "–", "-")):
            return index
        first = index
        while first > max(0, index - BEFORE) and not self.lines[first - 1].text.rstrip().endswith((".", ":", ";", '."', "»")):
            first -= 1
            if self.lines[first].start in self.starts:
                break
        return first

    def read(self) -> list[Stretch]:
        """Return the stretches with the quoted ones told apart."""
        texts = sum(bool(found.mention) for found in self.directives.values()) >= SEVERAL
        for index, line in enumerate(self.lines):
            if self.block and self.block.close and line.start >= self.block.close:
                self._end(self.block.close, texts=texts)
            place = self.starts.get(line.start)
            if place is not None:
                self._heading(place, index, texts=texts)
            elif self.block and not self.block.close and self._resumes(index):
                self._end(self.begins.get(index, line.start), texts=texts)
                self._own(index)
            elif not self.block:
                self._own(index)
        self._leave(len(self.text), texts=texts)
        return sorted([*self.stretches, *self.made], key=_place)

    def _heading(self, place: int, index: int, *, texts: bool) -> None:
        """Take a stretch into the quotation that is open or announced, else go on with it as the act's own."""
        made = self.stretches[place]
        if self.host and self.pending and not self.block and self._is_quoted(place, self.pending, []):
            self.block = _Block(made.start, index, self._close(index), self.pending)
        if self.block and self._is_held(place, self.block):
            made.depth += QUOTED_DEPTH
            made.kind = ProvisionKind.QUOTED if made.kind is ProvisionKind.OPERATIVE else made.kind
            self.block.units.append(made)
            return
        self._leave(made.start, texts=texts)
        self.item, self.named, self.pending = 0, "", None
        self.host = made if made.is_section and made.kind is ProvisionKind.OPERATIVE else None
        if self.host:
            self._own(index)

    def _own(self, index: int) -> None:
        """Read a line of the amending section's own words, or the first one of what it announced."""
        line, found = self.lines[index], self.directives.get(index)
        if value := item_value(line.text):
            self.item = value if value == self.item + 1 or (found and found.names) else self.item
        if found:
            self.named = found.mention if found.names else self.named
            self.pending = replace(found, mention=self.named) if found.part else found
        elif self.pending and self.host and line.start > self.host.start:
            self.block = _Block(line.start, index, self._close(index), self.pending)
            self.pending = None

    def _resumes(self, index: int) -> bool:
        """Tell whether a line goes on with the amending section's own words after new wording that no mark closes."""
        line, found = self.lines[index], self.directives.get(index)
        if found and (found.names or (index + 1 < len(self.lines) and (self.lines[index + 1].start in self.starts or opening_mark(self.text, self.lines[index + 1])))):
            return True
        return 0 < self.item < item_value(line.text) <= self.item + GAP and changes(line.text, self.rules)

    def _close(self, index: int) -> int:
        """Return where the quotation that a line opens is closed; 0 where it opens none, or none that is closed."""
        mark = opening_mark(self.text, self.lines[index])
        shown: list[str] = []
        for place in range(index, min(index + FAR, len(self.lines)) if mark else index):
            line = self.lines[place]
            if shown and place in self.directives and place + 1 < len(self.lines) and opening_mark(self.text, self.lines[place + 1]):
                return 0  # the act goes on with its next change: the first one was never closed
            at = self.starts.get(line.start)
            if shown and at is not None and self.host and self._follows(self.stretches[at], self.host) and number_value(self.host.label)[0]:
                return 0
            shown.append(line.text if shown else self.text[line.start : line.start + len(line.text) + 2])
            if closes(mark, shown):
                return self.lines[place + 1].start if place + 1 < len(self.lines) else len(self.text)
        return 0

    def _is_held(self, place: int, block: _Block) -> bool:
        """Tell whether a stretch belongs to the quotation that is open: between its marks, unless it is plainly the act's next own section."""
        made, host = self.stretches[place], self.host
        plainly = host is not None and made.is_section and _word(made.label) == _word(host.label) and self._follows(made, host)
        if made.start < block.close and not plainly:
            return True
        if plainly and not block.units and not block.close:
            return False  # the new wording began with words, not with a section
        return self._is_quoted(place, block.announced, block.units)

    def _is_quoted(self, place: int, announced: Directive, before: Sequence[Stretch]) -> bool:
        """Tell whether a stretch belongs to new wording; a group does if the section after it does."""
        following = next((made for made in self.stretches[place:] if made.is_section), None)
        if following is None or self.host is None or following.kind is not ProvisionKind.OPERATIVE:
            return False
        (roman, value), (own_roman, own_value) = number_value(following.label), number_value(self.host.label)
        if roman != own_roman and value and own_value:
            return own_roman or not roman
        bare = not _word(following.label) and self._follows(following, self.host)  # a number alone is the act's own where it may be
        if not bare and normalized(following.label) in announced.names and all(normalized(following.label) != normalized(made.label) for made in before):
            return True
        last = next((number_value(made.label)[1] for made in reversed(before) if made.is_section), None)
        goes_on = last is not None and 0 <= value - last <= 1
        if self._follows(following, self.host):
            return goes_on and _word(following.label) != _word(self.host.label)
        return bool(value) and (goes_on or (not announced.names and (last is None or 0 <= value - last <= GAP)))

    def _follows(self, made: Stretch, host: Stretch) -> bool:
        """Tell whether a section may be the next of the act's own after another."""
        (roman, value), (own_roman, own_value) = number_value(made.label), number_value(host.label)
        return made.is_section and roman == own_roman and own_value <= value <= own_value + GAP

    def _end(self, end: int, *, texts: bool) -> None:
        """End the quotation that is open: its stretches belong to the section that announced it."""
        block, host = self.block, self.host
        self.block = self.pending = None
        if block is None or host is None:
            return
        if not block.units:
            block.units += self._printed(block, end)
        if not block.units and texts and block.announced.mention:
            block.units.append(self._unit(block.start, end, collapsed(block.announced.mention)))
        self.made += [made for made in block.units if made.start not in self.starts]
        number = max((made.block for made in host.quoted), default=0) + 1
        for made in block.units:
            made.end = trimmed(self.text, made.start, min(made.end, end))
            made.content = min(made.content, made.end)
            made.block = number
        host.quoted += block.units

    def _printed(self, block: _Block, end: int) -> Iterator[Stretch]:
        """Yield the articles of new wording whose numbers are printed in another form than the act's own: those that were announced."""
        inside = [line for line in self.lines[block.first :] if line.start < end]
        opened = [(line, found) for line in inside if (found := printed_label(line.text, block.announced.names, self.rules))]
        if not opened or opened[0][0] is not inside[0]:
            return
        for (line, (label, rest)), following in zip(opened, [*(line.start for line, _ in opened[1:]), end], strict=True):
            made = self._unit(line.start, following, collapsed(label))
            below = self.text.find("\n", line.start, made.end)
            if rest and below > 0 and rest[-1] not in ".;:," and len(rest) <= LONG_TITLE:
                made.heading, made.content = readable(rest), below + len(self.text[below : made.end]) - len(self.text[below : made.end].lstrip())
            yield made

    def _unit(self, start: int, end: int, label: str) -> Stretch:
        stop = trimmed(self.text, start, end)
        return Stretch(Level.SECTION, label, "", start, stop, start, DEPTHS[Level.SECTION] + QUOTED_DEPTH, ProvisionKind.QUOTED)

    def _leave(self, end: int, *, texts: bool) -> None:
        """End the section that is being read, at the act's next own stretch."""
        self._end(end, texts=texts)
        if self.host and self.host.quoted:
            self.host.kind = ProvisionKind.AMENDING
            self.host.end = trimmed(self.text, self.host.start, end)


def _word(label: str) -> str:
    """Return the word before a label's number, as printed: "ARTÍCULO" and "Artículo" are told apart."""
    return label.split()[0].rstrip(".0123456789") if label else ""


def _place(made: Stretch) -> tuple[int, int]:
    return made.start, made.depth
