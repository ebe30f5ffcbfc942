"""Where gold quotes lie in their law: quotes are kept without markup and spacing, edits need exact places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.plain import PlainText, plain
from lexfloor.pipeline.records import Law, Level, Provision, Span
from lexfloor.pipeline.stages.ingest import read_law
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.labels import number_of

_STOP = re.compile(r"[.;](?=[\s\")\]»”]|$)|[。；]")
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•]|\(?\w{1,3}[).]|#))")


@dataclass(frozen=True, eq=False)
class Source:
    """A law as the recipes look at it: plain text, places of its letters, sections; two are the same only where they are one object."""

    law: Law
    rules: LanguageRules
    view: PlainText
    letters: str = field(repr=False)
    places: tuple[int, ...] = field(repr=False)

    @cached_property
    def sections(self) -> tuple[Provision, ...]:
        """The law's provisions of section level, in order."""
        return tuple(node for node in segment(self.law).provisions if node.level is Level.SECTION)

    def section_at(self, position: int) -> Provision | None:
        """Return the section in which a position of the law's text lies."""
        index = bisect_right([node.span.start for node in self.sections], position) - 1
        node = self.sections[index] if index >= 0 else None
        return node if node and position < node.span.end else None

    def quotes(self, words: str, section: str) -> tuple[Span, ...]:
        """Return where a quote lies in the plain text: every copy in the section of that number, else its first place.

        Some files print the words before a list again with every item; a right is not gone while a copy of it stands.
        """
        wanted, _ = _letters(plain(words).text)
        found, start = [], self.letters.find(wanted)
        while wanted and start >= 0:
            found.append(Span(self.places[start], self.places[start + len(wanted) - 1] + 1))
            start = self.letters.find(wanted, start + 1)
        named = [span for span in found if (node := self.section_at(self.view.source(span.start))) and number_of(node.section) == number_of(section)]
        return tuple(named or found[:1])

    def clause(self, span: Span) -> Span:
        """Return the sentence or list item of the plain text around a span, its stop left out."""
        text = self.view.text
        before = [found.end() for pattern in (_STOP, _BREAK) for found in pattern.finditer(text, max(0, span.start - 1500), span.start)]
        end = self.stop_after(span.end)
        start = max(before, default=max(0, span.start - 300))
        return Span(start + len(text[start : span.start]) - len(text[start : span.start].lstrip()), end)

    def stop_after(self, position: int) -> int:
        """Return the place of the stop that ends the sentence in which a position of the plain text lies."""
        text = self.view.text
        position = position - 1 if text[position - 1 : position] in ".;:。；" else position
        for found in _STOP.finditer(text, position, position + 1500):
            word = re.search(r"[^\s(]*\Z", text[: found.start()][-30:])
            abbreviated = word is not None and (word[0].lower() + "." in self.rules.abbreviations or re.fullmatch(r"\d{1,3}|\w", word[0]) is not None)
            if not abbreviated or text[found.end() : found.end() + 1] == "\n":
                return found.start()
        broken = _BREAK.search(text, position, position + 1500)
        return broken.start() if broken else position

    def source_span(self, span: Span) -> Span:
        """Return a span of the plain text as positions in the law's text."""
        return Span(self.view.source(span.start), self.view.source_end(span.end))


def source_of(folder: Path, country: str, file: str) -> Source:
    """Return one file of a country's folder ready for the recipes.

    Raises:
        SourceError: the file cannot be read.
    """
    law = read_law(folder / file, country, file, IngestConfig())
    view = plain(law.text)
    letters, places = _letters(view.text)
    return Source(law, language_rules(nearest_language(law.language)), view, letters, places)


def _letters(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the letters and figures of a text in lower case, and the place of each."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isalnum():
            own = unicodedata.normalize("NFKC", character).lower()
            letters.append(own)
            places += [place] * len(own)
    return "".join(letters), tuple(places)
