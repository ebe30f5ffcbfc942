"""The inside of a section: subsections, paragraphs and items, found by the logic of their numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lexfloor.pipeline.numbers import HAN_NUMBER, han_value
from lexfloor.pipeline.stages.segment.labels import roman_value

_GREEK = {letter: value for value, letter in enumerate(["α", "β", "γ", "δ", "ε", "στ", "ζ", "η", "θ", "ι", "ια", "ιβ", "ιγ", "ιδ", "ιε"], 1)}
_BENGALI = "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ"
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشت"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщ"
_FORMS = (
    ("paren", r"[(（](?P<a>\d{1,3}[A-Za-z]{0,2}|[A-Za-z]{1,4}|[α-ωΑ-Ω]{1,3}|[а-я]|[ক-হ]|[أ-ي]|" + HAN_NUMBER + r")[)）]"),
    ("close", r"(?P<b>\d{1,2}|[a-z]{1,2}|[A-Z]|[α-ω]{1,3}|[а-я]|[أ-ي])\)(?=\s)"),
    ("dot", r"(?P<c>\d{1,2}|[a-z]|[A-Z]|[IVX]{1,5})\.(?=\s)(?!\s*\d)"),
    ("degree", r"(?P<d>\d{1,2})\s?[°º]\)?(?=\s)"),
)
_LINE_START = re.compile(r"(?m)^[ \t>*#-]*(?:\d{0,3}\[)?(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _FORMS) + ")")
_INLINE = re.compile(rf"(?<=[\s\].;:,—–-])(?P<paren>{_FORMS[0][1]})(?=[\s“\"‘'])")
MAX_DEPTH = 3
GAP = 6
"""Numbers that may be missing in a list whose markers begin their lines."""


@dataclass(frozen=True, slots=True)
class InnerMark:
    """A numbered piece of a section: position in the section's plain text, printed label, depth from 1."""

    start: int
    label: str
    depth: int


@dataclass(slots=True)
class _OpenList:
    style: tuple[str, str]
    value: float


def _readings(form: str, number: str) -> list[tuple[tuple[str, str], float]]:
    """Return what a marker's number may be: ((form, alphabet), value), likeliest first."""
    if number[0].isdecimal():
        digits = re.match(r"\d+", number)[0]  # type: ignore[index]
        letter = number[len(digits) :].lower()
        return [((form, "digit"), int(digits) + (ord(letter[0]) - 96) / 100 if letter else int(digits))]  # (1A) stands between (1) and (2)
    if re.fullmatch(HAN_NUMBER, number):
        return [((form, "han"), han_value(number))]
    if number.lower() in _GREEK:
        return [((form, "greek"), _GREEK[number.lower()])]
    for name, letters in (("bengali", _BENGALI), ("arabic", _ARABIC), ("cyrillic", _CYRILLIC)):
        if len(number) == 1 and number in letters:
            return [((form, name), letters.index(number) + 1)]
    case = "upper" if number[0].isupper() else "lower"
    found: list[tuple[tuple[str, str], float]] = []
    if len(number) == 1 and "a" <= number.lower() <= "z":
        found.append(((form, f"{case}-letter"), ord(number.lower()) - 96))
    elif len(number) == 2 and number[0] == number[1] and case == "lower":  # (aa) after (z)
        found.append(((form, f"{case}-double"), ord(number[0].lower()) - 96))
    if (roman := roman_value(number)) is not None:
        found.append(((form, f"{case}-roman"), roman))
    return found


def _candidates(text: str) -> list[tuple[int, str, str, str, bool]]:
    """Return (position, form, number, label, at line start) of everything that looks like a marker, in order."""
    seen: dict[int, tuple[int, str, str, str, bool]] = {}
    for pattern, at_line in ((_INLINE, False), (_LINE_START, True)):
        for found in pattern.finditer(text):
            form = next(name for name, _ in _FORMS if found.groupdict().get(name))
            number = next(found[group] for group in "abcd" if found.groupdict().get(group))
            position = found.start(form)
            seen[position] = (position, form, number, found[form], at_line)
    return [seen[position] for position in sorted(seen)]


def inner_marks(text: str, begin: int = 0) -> list[InnerMark]:
    """Return the subsections, paragraphs and items of a section's plain text from ``begin`` on, in order.

    A marker counts where it carries on an open list or begins one; "(63 of 1948)", "subsection (1)" and other
    references do neither. Lists nest in the order in which their styles appear.

    >>> [(mark.label, mark.depth) for mark in inner_marks("(1) One: (a) first; (b) second. (2) Two, see subsection (1) above.")]
    [('(1)', 1), ('(a)', 2), ('(b)', 2), ('(2)', 1)]
    """
    stack: list[_OpenList] = []
    marks: list[InnerMark] = []
    for position, form, number, label, at_line in _candidates(text):
        if position < begin:
            continue
        placed = _continued(stack, _readings(form, number), at_line) or _opened(stack, _readings(form, number), text, position, at_line)
        if placed:
            marks.append(InnerMark(position, label, len(stack)))
    return marks


def _continued(stack: list[_OpenList], readings: list[tuple[tuple[str, str], float]], at_line: bool) -> bool:
    for depth in range(len(stack) - 1, -1, -1):
        for style, value in readings:
            step = value - stack[depth].value
            if style == stack[depth].style and (0 < step <= 1 or (at_line and 0 <= step <= GAP)):
                del stack[depth + 1 :]
                stack[depth].value = value
                return True
    return False


def _opened(stack: list[_OpenList], readings: list[tuple[tuple[str, str], float]], text: str, position: int, at_line: bool) -> bool:
    before = text[:position].rstrip()
    introduced = at_line or not before or before[-1] in ":;—–-.,("
    if not introduced or len(stack) >= MAX_DEPTH:
        return False
    for style, value in reversed(readings):  # "(i)" that begins a list is Roman
        if value == 1 and all(style != opened.style for opened in stack):
            stack.append(_OpenList(style, value))
            return True
    return False
