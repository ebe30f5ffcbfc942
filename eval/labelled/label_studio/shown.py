"""The law that a task shows: whole sections, one under another, and the way from what is marked there back to the law."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.judgements import LONGEST, JudgedEvidence
from lexfloor.eval.labelled.quotes import QuotedLaw
from lexfloor.pipeline.plain import PlainText, collapsed, plain
from lexfloor.pipeline.records import Law, Level, Provision
from lexfloor.pipeline.stages.export.shown import source_text
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.locate import words_begin
from lexfloor.pipeline.stages.segment import segment

LONGEST_LABEL = 80
"""Characters that a gold file takes as the number of a section."""
ROOM = 1.05
"""Quotes are marked so much shorter, or longer, than the guidelines allow: there raised figures stand apart, and marks of lists and tables do not count."""
_SPACE = re.compile(r"\s")


class ShownSection(BaseModel):
    """Where a section stands in the text of a task: ``text[at:at + length]`` are its words without markup."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    file: str
    provision: str
    section: str
    at: int
    length: int


@dataclass(slots=True)
class CountryTexts:
    """The laws of a country by file; what is slow is made when it is first asked for, and once."""

    country: str
    laws: dict[str, Law]
    _sections: dict[str, dict[str, Provision]] = field(default_factory=dict)
    _views: dict[str, PlainText] = field(default_factory=dict)
    _quoted: dict[str, QuotedLaw] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language that most of the law is in, by characters."""
        sizes = Counter[str]()
        for law in self.laws.values():
            sizes[law.language] += len(law.text)
        return max(sorted(sizes), key=sizes.__getitem__)

    @property
    def judged_files(self) -> tuple[str, ...]:
        """The files that findings rest on: versions in a second language are not among them."""
        return tuple(sorted(file for file, law in self.laws.items() if not law.parallel_of))

    def sections(self, file: str) -> dict[str, Provision]:
        """Return a law's sections by their id."""
        if file not in self._sections:
            self._sections[file] = {node.id: node for node in segment(self.laws[file]).provisions if node.level is Level.SECTION}
        return self._sections[file]

    def within(self, section: Provision, start: int, end: int) -> tuple[int, int]:
        """Return a stretch of the law's text as positions in ``section.text``."""
        law = self.laws[section.file]
        if section.file not in self._views:
            self._views[section.file] = plain(law.text)
        view = self._views[section.file]
        begin = words_begin(view, law.text, section.span.start)
        return max(0, view.position(start) - begin), min(len(section.text), view.position(end) - begin)

    def quoted(self, file: str) -> QuotedLaw:
        """Return a law as quotes are looked for in it."""
        return self._quoted.setdefault(file, QuotedLaw(self.laws[file]))

    def found(self, words: str) -> list[tuple[str, str]]:
        """Return the file and the number of the section of each law that has these words."""
        places = []
        for file in self.judged_files:
            span = self.quoted(file).place(JudgedEvidence(file=file, section="-", quote=words))
            if span is not None:
                around = (node for node in self.sections(file).values() if node.span.start <= span[0] < node.span.end)
                places.append((file, section_label(next(around, None))))
        return places


def countries(laws: Path, config: IngestConfig, wanted: Iterable[str]) -> Iterator[CountryTexts]:
    """Yield the laws of the countries wanted that are at a path: a country's folder, or a folder of such folders.

    Raises:
        InputError: the path does not exist.
    """
    names = set(wanted)
    for folder in discover([laws], None)[0]:
        if folder.country in names:
            yield CountryTexts(folder.country, {law.file: law for law in ingest(folder, config) if isinstance(law, Law)})


def section_label(section: Provision | None) -> str:
    """Return how a section is cited: its number as the law prints it, else its heading, "-" where it has neither."""
    told = (section.section or section.heading) if section else ""
    return collapsed(told)[:LONGEST_LABEL] or "-"


def laid_out(sections: Sequence[Provision]) -> tuple[str, list[ShownSection]]:
    """Return the sections as one text, each under a line that names it, and where each of them stands in it."""
    text, places = "", []
    for section in sections:
        text += f"▸ {source_text(section_label(section), section.file)}\n"
        places.append(ShownSection(file=section.file, provision=section.id, section=section_label(section), at=len(text), length=len(section.text)))
        text += f"{section.text}\n\n"
    return text.rstrip("\n"), places


def quotable(text: str, start: int, end: int, shortest: int) -> tuple[int, int]:
    """Return a stretch as a gold file takes it: without spaces at its ends, cut at a word or widened by whole words.

    >>> text = "A pension is paid for life to every insured person."
    >>> start, end = quotable(text, 13, 17, 10)
    >>> text[start:end]
    'paid for life'
    """
    shortest, longest = round(shortest * ROOM), round(LONGEST / ROOM)
    while start < end and text[start].isspace():
        start += 1
    while len(collapsed(text[start:end])) > longest:
        cut = text.rfind(" ", start, end - 1)
        end = cut if cut > start + shortest else end - 1
    while len(collapsed(text[start:end])) < shortest and end < len(text):
        space = _SPACE.search(text, end + 1)
        end = min(space.start() if space else len(text), end + shortest)
    while len(collapsed(text[start:end])) < shortest and start > 0:
        start = max(text.rfind(" ", 0, start - 1) + 1, start - shortest, 0)
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
