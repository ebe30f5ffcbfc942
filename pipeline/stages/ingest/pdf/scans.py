"""Pages that are images: told apart from pages with text, and read by the program tesseract where that is asked for."""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.pdf.lines import Line, PageText, cleaned
from lexfloor.pipeline.stages.ingest.source import Source

_FEW_LETTERS = 25
_MOSTLY_IMAGE = 0.4
_UNREADABLE = 0.3
_MANY_PATHS = 300
"""Drawn shapes of a page without letters that may be letters turned into outlines."""
_MOST_OBJECTS = 20_000
_DOTS_PER_INCH = 300
_MOST_DOTS = 30_000_000
_SECONDS = 180
_MOST_LANGUAGES = 4
_NO_LANGUAGES = frozenset(("osd", "equ", "snum"))
_LARGE = 1.6
_COLUMNS, _IS_WORD = 12, "5"
"""Tesseract's table has so many columns; the first tells words from blocks and lines."""
_INSTALL = "install it ('apt install tesseract-ocr', 'brew install tesseract', or the installer for Windows) and put it on the PATH"


def has_few_letters(page: PageText) -> bool:
    """Tell whether a page has so few letters that it may be an image."""
    return page.letters < _FEW_LETTERS


def drawn_share(page: pdfium.PdfPage) -> float:
    """Return the part of a page that its largest image covers, 0 to 1; 1 where shapes are drawn that may be letters."""
    width, height = page.get_size()
    largest, paths = 0.0, 0
    for index, drawn in enumerate(page.get_objects(max_depth=3)):
        if index >= _MOST_OBJECTS:
            break
        paths += drawn.type == raw.FPDF_PAGEOBJ_PATH
        if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
            try:
                left, bottom, right, top = drawn.get_bounds()
            except pdfium.PdfiumError:
                continue
            largest = max(largest, (right - left) * (top - bottom) / max(width * height, 1.0))
    return 1.0 if paths >= _MANY_PATHS else min(largest, 1.0)


def scanned(pages: Sequence[PageText]) -> list[int]:
    """Return the numbers, from 0, of the pages that are images, or whose letters cannot be told from their codes."""
    return [number for number, page in enumerate(pages) if (has_few_letters(page) and page.image >= _MOSTLY_IMAGE) or _is_garbled(page)]


def _is_garbled(page: PageText) -> bool:
    return page.letters >= _FEW_LETTERS and page.unreadable > _UNREADABLE * page.letters


def page_list(numbers: Sequence[int]) -> str:
    """Return page numbers, from 0, in words.

    >>> page_list([2]), page_list([2, 6])
    ('page 3', 'pages 3, 7')
    """
    shown = ", ".join(str(number + 1) for number in numbers[:20]) + (f" and {len(numbers) - 20} more" if len(numbers) > 20 else "")
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"


def read_scans(document: pdfium.PdfDocument, pages: Sequence[PageText], scans: Sequence[int], source: Source) -> tuple[list[PageText], list[str]]:
    """Return the pages with the scanned ones read where text recognition is asked for, and what was done or left out.

    Raises:
        SourceError: most pages are images and are not to be read, or tesseract is not installed or fails.
    """
    garbled = [number for number in scans if _is_garbled(pages[number])]
    kind = "have letters that cannot be told from their codes" if 2 * len(garbled) > len(scans) else "are images"
    if not source.config.ocr:
        with_text = sum(page.letters > 0 for page in pages) - len(garbled)
        if len(scans) >= max(1, with_text):
            message = f"{len(scans)} of {len(pages)} pages {kind}; to read them, install the program tesseract and use --ocr, or give the law as text"
            raise SourceError(f"{source.file}: {message}")
        kept = [replace(page, lines=()) if number in garbled else page for number, page in enumerate(pages)]
        verb = kind if len(scans) > 1 else kind.replace("are images", "is an image").replace("have", "has", 1)
        return kept, [f"{page_list(scans)} {verb} and {'were' if len(scans) > 1 else 'was'} not read: use --ocr"]
    program = _Tesseract(source)
    read = list(pages)
    for number in scans:
        read[number] = program.read(document, number)
    return read, [f"{len(scans)} page{'s' if len(scans) > 1 else ''} read by {program.version} ({program.languages})"]


class _Tesseract:
    """The installed program: which version, with which languages."""

    def __init__(self, source: Source) -> None:
        self._file = source.file
        found = shutil.which("tesseract")
        if found is None:
            raise SourceError(f"{source.file}: text recognition needs the program tesseract, which is not installed; {_INSTALL}")
        self._program = found
        self.version = (self._run(["--version"]).decode("utf-8", "replace").split("\n")[0].strip() or "tesseract")[:40]
        listed = self._run(["--list-langs"]).decode("utf-8", "replace").split("\n")[1:]
        installed = [name for name in map(str.strip, listed) if name and name not in _NO_LANGUAGES and "/" not in name and not name.endswith("_vert")]
        self.languages = source.config.ocr_languages or "+".join(sorted(installed, key=_english_first)[:_MOST_LANGUAGES])
        missing = sorted(set(self.languages.split("+")) - set(installed))
        if not self.languages or missing:
            wanted = ", ".join(missing) or "any language"
            raise SourceError(f"{source.file}: tesseract has no data for {wanted} (it has {', '.join(installed) or 'none'}); install it, or set ingest.ocr_languages")

    def _run(self, arguments: Sequence[str], given: bytes = b"") -> bytes:
        try:
            done = subprocess.run([self._program, *arguments], input=given, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - no shell, fixed arguments
        except subprocess.TimeoutExpired as error:
            raise SourceError(f"{self._file}: tesseract took over {_SECONDS} seconds for one page; read the file with another program, and give the text") from error
        except (OSError, subprocess.CalledProcessError) as error:
            told = getattr(error, "stderr", b"") or b""
            raise SourceError(f"{self._file}: tesseract failed ({told.decode('utf-8', 'replace').strip()[-200:] or error}); try it alone on an image, and {_INSTALL}") from error
        return done.stdout

    def read(self, document: pdfium.PdfDocument, number: int) -> PageText:
        """Return the text of one page's image."""
        page = document[number]
        try:
            width, height = page.get_size()
            scale = min(_DOTS_PER_INCH / 72, math.sqrt(_MOST_DOTS / max(width * height, 1.0)))
            bitmap = page.render(scale=scale, grayscale=True)
        finally:
            page.close()
        try:
            dots = bitmap.to_numpy()
            image = b"P5\n%d %d\n255\n" % (dots.shape[1], dots.shape[0]) + dots.reshape(dots.shape[0], -1).tobytes()
        finally:
            bitmap.close()
        told = self._run(["stdin", "stdout", "-l", self.languages, "--dpi", str(round(72 * scale)), "tsv"], image).decode("utf-8", "replace")
        lines = _lines(told, scale, height, number)
        return PageText(lines, width, height, sum(len(line.words) for line in lines), 0)


def _english_first(name: str) -> tuple[bool, str]:
    return name != "eng", name


def _lines(told: str, scale: float, height: float, number: int) -> tuple[Line, ...]:
    """Return the lines in tesseract's table of words; all in one size but for such as stand out."""
    rows: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = defaultdict(list)
    for row in csv.reader(told.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) == _COLUMNS and row[0] == _IS_WORD and (word := cleaned(row[-1])):
            left, top, wide, high = (int(value) / scale for value in row[6:10])
            rows[tuple(row[2:5])].append((word, left, left + wide, height - top - high, high))
    heights = {key: median(word[4] for word in words) for key, words in rows.items()}
    usual = median(heights.values()) if heights else 0.0
    lines = []
    for key, words in rows.items():
        size = heights[key] if heights[key] > _LARGE * usual else usual
        first = words[0]
        inner = words[1][1] if len(words) > 1 else first[1]
        base = median(word[3] for word in words)
        lines.append(Line(" ".join(word[0] for word in words), first[1], words[-1][2], base, size, first[2] - first[1], inner, False, number))
    return tuple(lines)
