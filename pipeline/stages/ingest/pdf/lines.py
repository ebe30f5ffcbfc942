"""The lines of a page with their place, size and weight, out of pdfium.

Calls into pdfium cost more than Python's own work, so the text of a page comes in one call, and geometry is asked for the
first and last character of each word only.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lexfloor.pipeline.stages.ingest.pdf.direction import is_right_to_left, logical

RAISED_BEGIN, RAISED_END = "\x0e", "\x0f"
"""Raised figures stand between these in `Line.words` until it is known whether they refer to a note."""
_HYPHEN = "\ufffe"
"""Pdfium puts it in place of a hyphen at a line's end, and leaves out the line break."""
_TOKEN = re.compile(rf"[^\s\x00-\x1f{_HYPHEN}]+{_HYPHEN}?|{_HYPHEN}|\n")
_MAY_BE_RAISED = re.compile(r"[0-9*†‡)]\Z|\A[0-9*†‡(]|\A\W?\d+\W?[a-zA-Zºª]{1,3}\Z")
_BOLD = re.compile(r"bold|black|heavy|semibd|demi|cmbx|fett|gras", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_BOLD_WEIGHT = 700
MOST_CHARACTERS = 200_000
"""No page prints more; what a page has beyond is not read."""
SMALLER = 0.85
"""A raised figure is at most this large beside the words that it stands at."""
_SMALL_SPACE, _CLOSE = 0.3, 0.12
"""A raised figure belongs to the word before it, and letters to the figure before them, within so many times the size."""
_SPACE = 0.15
"""Letters further apart than this many times the size are of two words."""
_SHORTEST = 2
_UNSPACED = re.compile(r"[\u0590-\u08ff\u0e00-\u0fff\u1780-\u17ff\u2e80-\uffff]|\.{3}|_{3}")
"""Scripts whose words are not told apart by spaces, or not by this reader; leaders of dots."""
_WIDE_GAP, _LONE_GAP, _LEAST_GAP = 1.0, 0.75, 0.42
"""Words further apart than this many times the size may be of two columns, or of two cells of a table: in any line, in one of
two words, in one whose other words are much nearer to each other."""
_WIDER = 1.5
_STEP = 0.35
"""Words of one size whose baselines differ by more than this many times the size are of two lines."""
_LIGATURES = {chr(0xFB00 + index): letters for index, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_CLEANED = str.maketrans(
    {**_LIGATURES, "\xa0": " ", "\u202f": " ", "\u2007": " ", "\u2010": "-", "\u2011": "-", "\ufeff": "", "\u200b": "", "\u200e": "", "\u200f": "", "\u2060": ""}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x0d\x10-\x1f\x7f-\x9f]")
_RADICALS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff]")
_COMPOSED = re.compile(r".[\u0300-\u036f\u3099\u309a]{1,8}|[\u1100-\u11ff]{2,3}")
"""What is put together from a letter and its marks; letters of India that Unicode would take apart stay whole."""
_UNREADABLE = re.compile(r"[\x00\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline.

    Lengths are in points; places count from the lower left corner of the page as it is seen, and on pages that read from right
    to left from the lower right one, so that a line always begins at ``left``.

    Attributes:
        first: width of the first word.
        inner: where the second word begins, ``left`` where there is only one.
        bold: whether all of it is.
        page: number of the page, from 0.
    """

    words: str
    left: float
    right: float
    base: float
    size: float
    first: float
    inner: float
    bold: bool
    page: int


@dataclass(frozen=True, slots=True)
class PageText:
    """What pdfium sees on one page.

    Attributes:
        letters: how many characters there are, white space apart; ``unreadable`` of them stand for no letter.
        image: the part of the page that its largest image covers, 0 to 1.
        cut: whether it has more characters than are read.
    """

    lines: tuple[Line, ...]
    width: float
    height: float
    letters: int
    unreadable: int
    image: float = 0.0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    left: float
    right: float
    base: float
    size: float


def page_text(page: pdfium.PdfPage, number: int, whole: set[str]) -> PageText:
    """Return the lines of a page in the order of the file; ``whole`` collects the words of the file that hold no space unseen."""
    text_page = page.get_textpage()
    try:
        text = _characters(text_page)[:MOST_CHARACTERS]
        sheet = _Sheet(page, text_page, whole)
        groups: list[list[_Word]] = [[]]
        for token in _TOKEN.finditer(text):
            if token[0] != "\n":
                groups[-1] += sheet.words(token[0], token.start())
            if token[0] == "\n" or token[0].endswith(_HYPHEN):
                groups.append([])
        lines = [line for group in groups for line in _lines(group, sheet, number)]
    finally:
        text_page.close()
    mirrored = sum(is_right_to_left(line.words) for line in lines) * 2 > len(lines)
    if mirrored:
        lines = [replace(line, left=sheet.width - line.right, right=sheet.width - line.left, inner=sheet.width - line.inner) for line in lines]
    shown = re.sub(r"\s", "", text)
    return PageText(tuple(lines), sheet.width, sheet.height, len(shown), len(_UNREADABLE.findall(shown)), cut=len(text) == MOST_CHARACTERS)


def _characters(text_page: pdfium.PdfTextPage) -> str:
    """Return the text of a page, one character for each of pdfium's indices."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range() if count else ""
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(text_page, index) for index in range(count))
    return "".join(_HYPHEN if code == 2 else chr(code) if code < 0x110000 else "\ufffd" for code in codes)


class _Sheet:
    """Asks pdfium where the characters of a page lie; the page's rotation is undone."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, whole: set[str]) -> None:
        self._handle = text_page.raw
        self.width, self.height = page.get_size()
        self._rotation = page.get_rotation() // 90
        self._corner = page.get_bbox()
        self._box = [ctypes.c_double() for _ in range(4)]
        self._box_references = [ctypes.byref(each) for each in self._box]
        self._matrix = raw.FS_MATRIX()
        self._cell = raw.FS_RECTF()
        self._whole = whole

    def word(self, text: str, start: int) -> _Word | None:
        """Return the word of characters at ``start``, None where it stands askew (a stamp, a mark along the margin)."""
        matrix = self._matrix
        if not raw.FPDFText_GetMatrix(self._handle, start, matrix):
            return None
        along, across, scale = (matrix.a, matrix.b, matrix.d) if self._rotation % 2 == 0 else (matrix.b, matrix.a, matrix.c)
        if abs(across) > 0.1 * abs(along):
            return None
        size = raw.FPDFText_GetFontSize(self._handle, start) * (abs(scale) or 1.0)
        left, base = self.origin(start)
        right = self.box(start + len(text) - 1)[1]
        return _Word(text, start, left, right, base, size)

    def words(self, text: str, start: int) -> list[_Word]:
        """Return the word of characters at ``start``, in two where a raised figure is printed close to it.

        Where a space is printed as a movement only, pdfium may not see it; it is looked for once in each word of the file.
        """
        if len(text) <= _SHORTEST or text in self._whole:
            return self._parts(text, start)
        spaces = self._spaces(text, start)
        if not spaces:
            self._whole.add(text)
        return [part for begin, end in pairwise((0, *spaces, len(text))) for part in self._parts(text[begin:end], start + begin)]

    def _parts(self, text: str, start: int) -> list[_Word]:
        cut = 0
        if len(text) > 1 and _MAY_BE_RAISED.search(text):
            sizes = self.size(start), self.size(start + len(text) - 1)
            if min(sizes) < SMALLER * max(sizes):
                cut = next((place for place in range(1, len(text)) if abs(self.size(start + place) - sizes[0]) > 0.01), 0)
        found = [self.word(text[:cut], start), self.word(text[cut:], start + cut)] if cut else [self.word(text, start)]
        return [word for word in found if word is not None]

    def _spaces(self, text: str, start: int) -> list[int]:
        """Return where spaces are printed between the characters of a word; nowhere where all its letters are spaced out."""
        if self._rotation or _UNSPACED.search(text):
            return []
        found, previous = [], 0.0
        for place in range(len(text)):
            raw.FPDFText_GetLooseCharBox(self._handle, start + place, self._cell)
            if place and self._cell.left - previous > _SPACE * self.size(start + place):
                found.append(place)
            previous = self._cell.right
        return found if 3 * len(found) < len(text) else []

    def box(self, index: int) -> tuple[float, float]:
        """Return the left and right edge of one character."""
        raw.FPDFText_GetCharBox(self._handle, index, *self._box_references)
        left, right, bottom, top = self._box
        return self._between(left.value, bottom.value, right.value, top.value)

    def _between(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float]:
        if not self._rotation:
            return left - self._corner[0], right - self._corner[0]
        one, other = self._seen(left, bottom)[0], self._seen(right, top)[0]
        return min(one, other), max(one, other)

    def origin(self, index: int) -> tuple[float, float]:
        """Return where a character stands on its baseline."""
        raw.FPDFText_GetCharOrigin(self._handle, index, *self._box_references[:2])
        return self._seen(self._box[0].value, self._box[1].value)

    def _seen(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._corner
        if not self._rotation:
            return x - left, y - bottom
        return ((x - left, y - bottom), (y - bottom, right - x), (right - x, top - y), (top - y, x - left))[self._rotation]

    def size(self, index: int) -> float:
        """Return the size of one character."""
        raw.FPDFText_GetMatrix(self._handle, index, self._matrix)
        return float(raw.FPDFText_GetFontSize(self._handle, index)) * (math.hypot(self._matrix.c, self._matrix.d) or 1.0)

    def is_bold(self, index: int) -> bool:
        """Tell whether a character is bold: by its font's name, else by what the font says of itself."""
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._handle, index, name, 128, flags)
        return _bold_font(name.value, flags.value) or raw.FPDFText_GetFontWeight(self._handle, index) >= _BOLD_WEIGHT


@lru_cache(maxsize=512)
def _bold_font(name: bytes, flags: int) -> bool:
    return _BOLD.search(name.decode("utf-8", "replace")) is not None or bool(flags & _FORCE_BOLD)


def _lines(words: list[_Word], sheet: _Sheet, number: int) -> list[Line]:
    """Return what pdfium takes for one line as lines: it is cut where words are far apart or stand on another baseline."""
    words = [word for word in words if word.text.translate(_CLEANED).strip()]
    if not words:
        return []
    if is_right_to_left("".join(word.text for word in words)):
        return _lines_right_to_left(words, sheet, number)
    main = _main(words)
    pieces: list[list[_Word]] = []
    previous: _Word | None = None
    wide = _wide_gap(words, main.size)
    for word in words:
        gap = word.left - previous.right if previous else 0.0
        if previous is None or gap > wide or gap < -2 * main.size or abs(word.base - main.base) > 0.7 * max(main.size, word.size) or _stepped(previous, word):
            pieces.append([])
        pieces[-1].append(word)
        previous = word
    lines = []
    for piece in pieces:
        main = _main(piece)
        if shown := cleaned(_shown(piece, main, sheet)):
            first, last = piece[0], piece[-1]
            bold = all(sheet.is_bold(index) for index in {first.start, piece[len(piece) // 2].start, last.start, last.start + len(last.text) - 1})
            inner = piece[1].left if len(piece) > 1 else first.left
            lines.append(Line(shown, first.left, last.right, main.base, main.size, first.right - first.left, inner, bold, number))
    return lines


def _stepped(one: _Word, other: _Word) -> bool:
    """Tell whether words of one size stand at two heights: in cells side by side, each centred by itself."""
    smaller, larger = sorted((one.size, other.size))
    return abs(one.base - other.base) > _STEP * larger and smaller > SMALLER * larger


def _wide_gap(words: Sequence[_Word], size: float) -> float:
    """Return how far apart words of a line are of two columns: in justified lines and in typescript, spaces are wide."""
    if len(words) < 3:
        return _LONE_GAP * size
    gaps = sorted(other.left - one.right for one, other in pairwise(words))
    return min(_WIDE_GAP * size, max(_LEAST_GAP * size, _WIDER * gaps[len(gaps) // 4]))


def _main(words: Sequence[_Word]) -> _Word:
    """Return a word in the size that most of a line is in."""
    if words[0].size == words[-1].size:
        return words[0]
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    usual = max(sizes, key=lambda size: sizes[size] * size)
    return next(word for word in words if word.size == usual)


def _lines_right_to_left(words: list[_Word], sheet: _Sheet, number: int) -> list[Line]:
    """Do the same for text that reads from right to left; pdfium gives its words in no certain order."""
    main = _main(words)
    bold = all(sheet.is_bold(word.start) for word in words)
    characters = [(character, *sheet.box(word.start + place)) for word in words for place, character in enumerate(word.text)]
    lines = []
    for shown, left, right, first, inner in logical(characters, main.size):
        if shown := cleaned(shown):
            lines.append(Line(shown, left, right, main.base, main.size, first, inner, bold, number))
    return lines


def _shown(words: Sequence[_Word], main: _Word, sheet: _Sheet) -> str:
    """Return the words of a line, raised figures marked."""
    pieces: list[str] = []
    previous: _Word | None = None
    after_raised = False
    for word in words:
        raised = word.size < SMALLER * main.size and 0.1 * main.size < word.base - main.base < 0.8 * main.size
        room = _SMALL_SPACE if raised else _CLOSE if after_raised else 0.0
        glued = previous is not None and word.left - previous.right < room * main.size
        text = f"{RAISED_BEGIN}{word.text}{RAISED_END}" if raised else word.text
        pieces.append(text if glued or not pieces else f" {text}")
        previous, after_raised = word, raised
    return "".join(pieces)


def cleaned(words: str) -> str:
    """Return words without ligatures, control characters and unusual spaces and hyphens, in composed form.

    >>> cleaned("oﬃce")
    'office'
    """
    words = words.replace(_HYPHEN, "-").translate(_CLEANED)
    words = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), words)  # fonts map a Chinese letter to its radical
    return _COMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), _CONTROL.sub("", words)).strip()


def usual_size(lines: Sequence[Line]) -> float:
    """Return the size that most characters of some lines are in, in points; 0 where there are no lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 4) / 4] += len(line.words)
    return max(sorted(sizes), key=sizes.__getitem__) if sizes else 0.0
