"""Plain text out of marked-up text, with the way back: one function maps cleaned positions to source positions."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

SUPERSCRIPTS = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")

_MARKUP = re.compile(
    r"(?P<sup><sup>\s*(?P<raised>[^<]{1,8}?)\s*</sup>)"  # raised letters and figures stay, as raised characters
    r"|(?P<comment><!--)"
    r"|(?P<tag></?[A-Za-z][^<>]{0,300}>)"
    r"|(?P<entity>&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,12});)"
    r"|(?P<footnote>\[\^[^\]\s]{1,12}\]:?|\^\d{1,3}[a-z]?\))"
    r"|(?P<link_open>!?\[(?=[^\[\]]{0,400}\]\())"  # the words shown stay, the target goes
    r"|(?P<link_target>(?<=[^\]])\]\((?:[^()\s]|\([^()\s]*\)){0,500}(?:\s\"[^\"]*\")?\))"
    r"|(?P<escape>\\(?P<escaped>[\\`*_{}\[\]()#+\-.!|<>&^]))"
    r"|(?P<emphasis>\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}|`+|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_]))"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u2060\ufeff])"
    r"|(?P<space>[\u00a0\u2007\u202f\u3000\t\f\v])",
    re.DOTALL,
)
_BEGINS = re.compile(r"[<&\[\]!^\\*`_\u00ad\u200b-\u200f\u2060\ufeff\u00a0\u2007\u202f\u3000\t\f\v]")
"""Characters with which markup begins: most text has few, so they are looked for first."""
_MAY_HAVE_MARKS = re.compile(rf"{_BEGINS.pattern}|[#>|]")
HEADING_MARKS = re.compile(r"(?m)^[ \t]*(?P<mark>#{1,8}|>[> \t]*#*)[ \t]*")
_LINE_MARKS = re.compile(r"(?m)^\s*(?:#+|>+|\|)\s*|\s*\|\s*")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text without markup and the way back to its source.

    ``breaks[i]`` is the position in ``text`` from which the source lies ``shifts[i]`` further on; ``replaced[i]`` tells that
    what stands there was put in place of markup (an entity, a raised letter) and ends in the source where the next begins.
    ``sources[i]`` is where it lies in the source.
    """

    text: str
    breaks: tuple[int, ...]
    shifts: tuple[int, ...]
    replaced: tuple[bool, ...]
    sources: tuple[int, ...]

    def source(self, position: int) -> int:
        """Return the source position of a position of the plain text."""
        return position + self.shifts[bisect_right(self.breaks, position) - 1]

    def position(self, source: int) -> int:
        """Return the first position of the plain text that lies at a source position or after it, its length where none does.

        >>> plain("a **b** c").position(2), plain("a **b** c").position(4)
        (2, 2)
        """
        index = bisect_right(self.sources, source) - 1
        if index < 0:
            return 0
        inside = 0 if source == self.sources[index] else len(self.text) if self.replaced[index] else source - self.sources[index]
        following = self.breaks[index + 1] if index + 1 < len(self.breaks) else len(self.text)
        return min(self.breaks[index] + inside, following)

    def source_end(self, position: int) -> int:
        """Return the source position just after the character before ``position``, markup that stands for it included."""
        if not position:
            return self.source(0)
        index = bisect_right(self.breaks, position - 1) - 1
        if self.replaced[index] and index + 1 < len(self.breaks) and position == self.breaks[index + 1]:
            return position + self.shifts[index + 1]
        return self.source(position - 1) + 1


def plain(source: str, start: int = 0) -> PlainText:
    """Return ``source[start:]`` without markup; positions map back into the whole of ``source``.

    Lines stay lines; tags, emphasis, link targets, soft hyphens and footnote marks go; entities become characters.

    >>> cut = plain("see **section 3**<sup>a</sup>&nbsp;now")
    >>> cut.text
    'see section 3ᵃ now'
    >>> cut.source(4), cut.source(cut.text.index("now"))
    (6, 35)
    """
    pieces: list[str] = []
    breaks, shifts, replaced = [0], [start], [False]
    length, position = 0, start
    last_closing = source.rfind("-->")
    for candidate in _BEGINS.finditer(source, start):
        begin = candidate.start()
        if begin < position or (found := _MARKUP.match(source, begin)) is None:
            continue
        end = found.end()
        if found["comment"]:
            if end > last_closing:  # not looked for again: a text may open thousands and close none
                continue
            closed = source.find("-->", end)
            end = closed + len("-->")
        pieces.append(source[position:begin])
        length += begin - position
        if shown := _shown(found):
            breaks.append(length)
            shifts.append((found.start("escaped") if found["escape"] else begin) - length)
            replaced.append(True)
            pieces.append(shown)
            length += len(shown)
        position = end
        breaks.append(length)
        shifts.append(position - length)
        replaced.append(False)
    pieces.append(source[position:])
    places = tuple(place + shift for place, shift in zip(breaks, shifts, strict=True))
    return PlainText("".join(pieces), tuple(breaks), tuple(shifts), tuple(replaced), places)


def may_hold_markup(text: str) -> bool:
    """Tell whether a text has any character with which markup begins; one that has none is plain already.

    >>> may_hold_markup("Section 3."), may_hold_markup("a < b")
    (False, True)
    """
    return _BEGINS.search(text) is not None


def _shown(found: re.Match[str]) -> str:
    """Return what a piece of markup leaves in the plain text, never longer than the markup."""
    if found["sup"]:
        raised = found["raised"].translate(SUPERSCRIPTS)
        return "".join(_RAISED.get(letter, letter) for letter in raised)
    if found["entity"]:
        character = html.unescape(found["entity"])
        return " " if character in "\u00a0\u202f" else ("" if character == "\u00ad" else character)
    if found["space"]:
        return " "
    if found["escape"]:
        return str(found["escaped"])
    if found["tag"] and re.match(r"</?(?:br|p|div|tr|li|td|th|h\d)\b", found["tag"], re.IGNORECASE):
        return " "
    return ""


_RAISED = dict(zip("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))


def collapsed(text: str) -> str:
    """Return the text with every run of white space as one space.

    >>> collapsed("  a   b ")
    'a b'
    """
    return " ".join(text.split())


def unmarked(text: str, start: int, view: PlainText, source: str) -> str:
    """Return a stretch of a plain text with the marks of headings and block quotes as spaces: every character keeps its place.

    ``text`` begins at ``start`` in ``view``, which was made of ``source``; what the source escapes is no mark.

    >>> law = "## Part I"
    >>> unmarked(law, 0, plain(law), law)
    '   Part I'
    """
    if "#" not in text and ">" not in text:
        return text

    def as_spaces(found: re.Match[str]) -> str:
        place = view.source(start + found.start("mark"))
        escaped = source[place - 1 : place] == "\\" and not found["mark"].startswith("##")
        return found[0] if escaped else " " * len(found[0])

    return HEADING_MARKS.sub(as_spaces, text)


def readable(text: str) -> str:
    """Return a text for people: no markup, no heading marks, white space collapsed."""
    if not _MAY_HAVE_MARKS.search(text):
        return collapsed(text)
    return collapsed(_LINE_MARKS.sub(" ", plain(text).text))
