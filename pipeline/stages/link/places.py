"""The text of a law as the link stage reads it: section by section, in even spelling, with the way back to the source."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Literal

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.plain import PlainText, collapsed, plain
from lexfloor.pipeline.records import Law, Level, Link, Provision, Span
from lexfloor.pipeline.stages.link.terms import Words
from lexfloor.pipeline.stages.locate import words_begin

LABEL_REACH = 12
"""Characters of heading marks that may stand before a section's own label."""


class _Even(dict[int, str]):
    """What each character becomes: lower case without accents, one kind of apostrophe, dash, bracket and digit; always one character."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) == "Nd":
            made = str(unicodedata.decimal(character))
        elif 0xFF01 <= code <= 0xFF5E:  # full-width forms
            made = chr(code - 0xFEE0).lower()
        else:
            lowered = unicodedata.normalize("NFD", character.lower())
            made = lowered[0] if lowered else character
        self[code] = made
        return made


_EVEN = _Even(
    str.maketrans(
        {
            "’": "'",
            "‘": "'",
            "ʼ": "'",
            "´": "'",
            "–": "-",
            "—": "-",
            "‐": "-",
            "‑": "-",
            "−": "-",
            "΄": "'",
            "ʹ": "'",
            "ς": "σ",
            "µ": "μ",
            "أ": "ا",
            "إ": "ا",
            "آ": "ا",
            "ى": "ي",
            "ة": "ه",
        }
    )
)


def even(text: str) -> str:
    """Return the text in one spelling, every character in its place: positions stay.

    >>> even("Período “A” – Nº 5")
    'periodo “a” - nº 5'
    """
    return text.translate(_EVEN)


class SectionText:
    """A section as it is searched: ``text`` is its plain text, ``even`` the same in even spelling, ``begin`` where it goes on after its own label."""

    def __init__(self, law: Law, view: PlainText, rules: LanguageRules, node: Provision, inner: Sequence[Provision]) -> None:
        """Take a section, the plain text of its law, and the nodes under the section in order of the text."""
        self.law, self.node, self.inner = law, node, inner
        self._view, self.rules = view, rules
        self.text = node.text
        self.even = even(node.text)
        found = node.text.find(node.label) if node.label else -1
        self.begin = found + len(node.label) if 0 <= found <= LABEL_REACH else 0

    @cached_property
    def words(self) -> Words:
        """The words of the section's text."""
        return Words(self.text, self.rules)

    @cached_property
    def _origin(self) -> int:
        return words_begin(self._view, self.law.text, self.node.span.start)

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the section's text lies in the law's text."""
        return Span(self._view.source(self._origin + start), self._view.source_end(self._origin + end))

    def shown(self, span: Span) -> str:
        """Return what stands at a span of the law's text, without markup, white space collapsed."""
        return collapsed(plain(self.law.text[span.start : span.end]).text)

    @cached_property
    def _starts(self) -> list[int]:
        return [node.span.start for node in self.inner]

    @cached_property
    def _nodes(self) -> dict[str, Provision]:
        return {node.id: node for node in self.inner}

    def link(self, kind: Literal["reference", "term"], start: int, end: int, *, act: str = "", target_file: str = "", target: str = "", target_section: str = "") -> Link:
        """Return the link from a stretch of the section's text to what it refers to."""
        span, node = self.span(start, end), self.node
        return Link(node.country, node.file, self.innermost(span).id, node.section, kind, span, self.shown(span), act, target_file, target, target_section)

    def innermost(self, span: Span) -> Provision:
        """Return the innermost provision that holds the beginning of a span."""
        index = bisect_right(self._starts, span.start) - 1
        node: Provision | None = self.inner[index] if index >= 0 else None
        while node is not None and span.start >= node.span.end:
            node = self._nodes.get(node.parent)
        return node or self.node


def sections(law: Law, provisions: Sequence[Provision], rules: LanguageRules) -> Iterator[SectionText]:
    """Yield the sections of a law with the nodes under each; ``provisions`` are the law's own, in order of the text."""
    view = plain(law.text, law.body)
    section: Provision | None = None
    inner: list[Provision] = []
    for node in provisions:
        if node.level is Level.SECTION:
            if section is not None:
                yield SectionText(law, view, rules, section, inner)
            section, inner = node, []
        elif section is not None and section.span.start <= node.span.start and node.span.end <= section.span.end:
            inner.append(node)
    if section is not None:
        yield SectionText(law, view, rules, section, inner)
