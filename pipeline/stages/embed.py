"""Embed: sections into pieces of readable length, pieces into vectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lexfloor.configs.run import EmbedConfig
from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.models.encoder import Encoder, Progress
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Law, Level, Provision

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CONTEXT_LIMIT = 90
_BREAK = re.compile(r"\n\s*|(?<=[.;:。；：।؛])\s+|(?<=[。；])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a section short enough to be read by the encoder at once.

    ``start`` and ``end`` are positions in the section's plain text; ``words`` is the stretch with its context (the
    act's title, the nearest heading) in front, as it is embedded and indexed.
    """

    section: int
    start: int
    end: int
    words: str


def pieces(sections: Sequence[Provision], titles: dict[str, str], config: EmbedConfig) -> list[Piece]:
    """Return the pieces of the sections, in order; ``Piece.section`` is the section's place in the sequence.

    Every character of a section lies in exactly one piece; cuts fall at line ends and sentence ends where there are any.
    """
    made: list[Piece] = []
    for index, section in enumerate(sections):
        rules = language_rules(nearest_language(section.language))
        limit = config.piece_characters if rules.spaced else config.piece_characters_dense
        context = _context(section, titles.get(section.file, ""))
        for start, end in cuts(section.text, limit):
            words = collapsed(section.text[start:end])
            if words:
                made.append(Piece(index, start, end, f"{context}{words}"))
    return made


def _context(section: Provision, title: str) -> str:
    heading = section.heading or (section.path[-1] if section.path else "")
    parts = [collapsed(part)[:CONTEXT_LIMIT].rstrip(" .:") for part in (title, heading)]
    return "".join(f"{part}. " for part in parts if part)


def cuts(text: str, limit: int) -> list[tuple[int, int]]:
    """Return the stretches of a text, none much longer than ``limit``, cut at line or sentence ends.

    >>> cuts("One. Two. Three.", 10)
    [(0, 10), (10, 16)]
    """
    ends = [found.end() for found in _BREAK.finditer(text)] + [len(text)]
    stretches: list[tuple[int, int]] = []
    start = last = 0
    for end in ends:
        if end - start > limit and last > start:
            stretches.append((start, last))
            start = last
        while end - start > 2 * limit:  # no end of sentence within reach: cut at a space
            space = text.rfind(" ", start + limit // 2, start + limit)
            middle = space + 1 if space > start else start + limit
            stretches.append((start, middle))
            start = middle
        last = end
    if start < len(text):
        stretches.append((start, len(text)))
    return stretches


def citable_sections(laws: Iterable[Law], provisions: Iterable[Provision]) -> list[Provision]:
    """Return the sections that may be evidence: in force, with text, of the preferred language version of each act."""
    parallel = {law.file for law in laws if law.parallel_of}
    return [node for node in provisions if node.level is Level.SECTION and node.citable and node.file not in parallel and node.text.strip()]


def embed(made: Sequence[Piece], encoder: Encoder, *, progress: Progress | None = None) -> NDArray[np.float32]:
    """Return the vectors of the pieces, (n, dimension) float32, rows of unit length."""
    return encoder.encode([piece.words for piece in made], "passage", progress=progress)
