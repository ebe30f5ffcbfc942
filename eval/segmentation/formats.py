"""Whether a law reads alike in every format: Markdown turned into HTML, DOCX and PDF must give the same sections with the same text.

HTML is made by markdown-it (of plain text: a paragraph a line), DOCX and PDF from it by LibreOffice, where that is installed.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.eval.segmentation.gold import letters
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Law, Level
from lexfloor.pipeline.stages.ingest import read_law
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.labels import number_of

FORMATS = ("html", "docx", "pdf")
SECONDS = 300
_STRETCH = 12
_GLUED = re.compile(r"(\*{1,3})(\S(?:[^*\n]*\S)?)\1(?=\w)")
"""Emphasis that ends directly before a word, which CommonMark leaves as asterisks: "**ARTICLE 5.-**The"."""
_EXACT = 4000
"""Differing stretches longer than this are counted as wholly wrong rather than compared letter by letter."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one format of a law agrees with its Markdown.

    Attributes:
        sections: how many sections the Markdown has.
        labelled: how many of them the format has under the same number in the same order.
        extra: sections of the format that the Markdown does not have.
        characters, errors: letters of the sections that both have, and how many are wrong, missing or too many.
    """

    file: str
    format: str
    sections: int
    labelled: int
    extra: int
    characters: int
    errors: int


def agreements(files: Sequence[Path], formats: Sequence[str] = FORMATS) -> Iterator[Agreement | str]:
    """Yield how each format of each Markdown file agrees with it; a string tells why one could not be made or read."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    with tempfile.TemporaryDirectory() as scratch:
        for number, path in enumerate(files):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            original = _read(path)
            made: dict[str, Path] = {"html": _page(original, folder)}
            for kind in ("docx", "pdf"):
                if kind in formats:
                    if office is None:
                        yield f"{path.name}: no {kind}: LibreOffice is not installed (Debian: apt-get install libreoffice-writer)"
                    else:
                        try:
                            made[kind] = _office_file(office, made["html"], kind, folder)
                        except subprocess.SubprocessError as error:
                            yield f"{path.name}: no {kind}: LibreOffice did not make it ({error})"
            for kind in formats:
                if kind in made:
                    try:
                        yield _agreement(path, kind, original, _read(made[kind]))
                    except (SourceError, OSError) as error:
                        yield f"{path.name} as {kind}: {error}"


def _read(path: Path) -> Law:
    return read_law(path, "XXX", path.name, IngestConfig())


def converted(office: str, path: Path, kind: str, folder: Path) -> Path:
    """Return a Markdown law as a DOCX or PDF file that the program ``office`` made in ``folder``."""
    return _office_file(office, _page(_read(path), folder), kind, folder)


def _page(law: Law, folder: Path) -> Path:
    """Return a law as an HTML file in ``folder``: Markdown by markdown-it, plain text with a paragraph for each line."""
    from markdown_it import MarkdownIt

    source = law.text[law.body :]
    if law.format == "text":
        body = "".join(f"<p>{html.escape(line)}</p>\n" for line in source.splitlines() if line.strip())
    else:
        body = MarkdownIt("commonmark").enable("table").render(_GLUED.sub(r"\1\2\1 ", source))
    page = folder / "law.html"
    page.write_text(f'<!doctype html><html lang="{law.language}"><head><meta charset="utf-8"><title>Law</title></head><body>{body}</body></html>', encoding="utf-8")
    return page


def _office_file(office: str, page: Path, kind: str, folder: Path) -> Path:
    """Return the page as DOCX, or as PDF made from it as a printed document."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    docx = folder / "law.docx"
    if not docx.exists():
        command = [office, profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--infilter=HTML (StarWriter)", "--outdir", str(folder), str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - a program that the user installed, on files made here
    if kind == "pdf":
        command = [office, profile, "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(docx)]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 - as above
    return folder / f"law.{kind}"


def _sections(law: Law) -> list[tuple[str, str]]:
    """Return the number and the letters of each section that has a number."""
    nodes = [node for node in segment(law).provisions if node.level is Level.SECTION and node.label]
    return [(number_of(node.label), letters(node.text)) for node in nodes]


def _agreement(path: Path, kind: str, original: Law, other: Law) -> Agreement:
    first, second = _sections(original), _sections(other)
    matcher = SequenceMatcher(None, [number for number, _ in first], [number for number, _ in second], autojunk=False)
    labelled = characters = errors = 0
    for block in matcher.get_matching_blocks():
        labelled += block.size
        for offset in range(block.size):
            expected, found = first[block.a + offset][1], second[block.b + offset][1]
            characters += len(expected)
            errors += _distance(expected, found)
    return Agreement(path.name, kind, len(first), labelled, len(second) - labelled, characters, errors)


def _distance(expected: str, found: str) -> int:
    """Return how many letters differ between two texts, compared between stretches that each has once and both have in one order.

    >>> _distance("abcdef", "abXdef"), _distance("abc", "abc"), _distance("", "ab")
    (1, 0, 2)
    """
    if expected == found:
        return 0
    wrong = 0
    for (start, other_start), (end, other_end) in pairwise([(0, 0), *_anchors(expected, found), (len(expected), len(found))]):
        one, other = expected[start:end], found[other_start:other_end]
        if one != other:
            longest = max(len(one), len(other))
            same = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()) if longest <= _EXACT else 0
            wrong += longest - same
    return wrong


def _anchors(expected: str, found: str) -> list[tuple[int, int]]:
    """Return the longest chain of places, rising in both texts, at which a stretch stands that each text has just once."""
    here, there = (_unique_stretches(text) for text in (expected, found))
    places = [(place, there[stretch]) for stretch, place in here.items() if stretch in there]
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(places):
        length = bisect_left(tails, other)
        before.append(last[length - 1] if length else -1)
        tails[length : length + 1], last[length : length + 1] = [other], [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(places[number])
        number = before[number]
    return chain[::-1]


def _unique_stretches(text: str) -> dict[str, int]:
    """Return the stretches of `_STRETCH` letters that a text has just once, with their places, in order."""
    first: dict[str, int] = {}
    again: set[str] = set()
    for place in range(len(text) - _STRETCH + 1):
        stretch = text[place : place + _STRETCH]
        if first.setdefault(stretch, place) != place:
            again.add(stretch)
    return {stretch: place for stretch, place in first.items() if stretch not in again}


def markdown_laws(folder: Path, per_country: int, largest: int) -> list[Path]:
    """Return some Markdown laws of every country in a folder: the largest ones of at most ``largest`` bytes."""
    chosen: list[Path] = []
    for country in sorted(entry for entry in folder.iterdir() if entry.is_dir()):
        files = [path for path in country.rglob("*") if path.suffix in (".md", ".txt") and path.stat().st_size <= largest and not re.match(r"SOURCES|README", path.name)]
        chosen += sorted(files, key=_size, reverse=True)[:per_country]
    return chosen


def _size(path: Path) -> tuple[int, str]:
    return path.stat().st_size, path.name
