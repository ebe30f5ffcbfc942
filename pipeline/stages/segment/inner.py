"""The inside of a section: subsections, paragraphs and items, found by the logic of their numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lexfloor.pipeline.numbers import HAN_NUMBER, han_value
from lexfloor.pipeline.stages.segment.labels import roman_value

_GREEK = {letter: value for value, letter in enumerate(["α", "β", "γ", "δ", "ε", "στ", "ζ", "η", "θ", "ι", "ια", "ιβ", "ιγ", "ιδ", "ιε"], 1)}
_BENGALI = "কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ"
_BENGALI_VOWELS = "অআইঈউঊঋএঐওঔ"
_ARABIC = "أبجدهوزحطيكلمنسعفصقرشت"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщ"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテ"
_GOJUON = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ"
AFTER_SPACE = r"[(（](?:(?<=[\s\].;:,—–：；。，-].)|(?<=[\s؛،]و.))"
"""An opening bracket after a space or stop; patterns begin with what they consume, which is what makes looking for them fast."""
_DENSE = frozenset("：；。，")
_CLOSES = frozenset("“\"‘'")
DIGITS, WORD_FOLLOWS = r"\d{1,2}", r"\.(?= [^\W\d_])"
_FORMS = {  # what stands before a marker's number, the number, what stands after it
    "paren": (r"[(（]", rf"\d{{1,3}}[A-Za-z]{{0,2}}|[A-Za-z]{{1,4}}|[α-ωΑ-Ω]{{1,3}}|[а-я]|[অ-ঔক-হ]|[أ-ي]|[ア-ン]|{HAN_NUMBER}", r"[)）]"),
    "close": ("", r"\d{1,2}|[a-z]{1,2}|[A-Z]|[α-ω]{1,3}|[а-я]|[أ-ي]|[ক-হ]", r"\)(?=\s)"),
    "dot": ("", r"\d{1,2}|[a-z]|[A-Z]|[IVX]{1,5}", r"\.[-–—]?(?=\s)(?!\s*\d)"),
    "dash": ("", r"\d{1,2}|[a-z]|[أ-ي]|[IVXL]{1,6}", r"(?:[-–—](?=\s)|(?=\s[-–—]\s))"),
    "degree": (r"(?<!§)(?<!§ )", r"\d{1,2}", r"\s?\.?[°º][.)]?(?=\s)"),
    "sign": (r"§\s?", r"\d{1,2}", r"(?:\.?[°ºo])?\.?(?=\s)"),
    "comma": ("", HAN_NUMBER, "、"),
    "bare": ("", rf"[０-９]{{1,2}}|{HAN_NUMBER}|[ア-ン]", r"(?=[ \u3000])"),
}


def _marker(form: str, place: str = "", number: str = "", after: str = "", before: str = "") -> str:
    """Return the pattern of a form's marker; the groups ``form_place`` and ``form_place_number`` hold it and its number."""
    usual_before, usual, usual_after = _FORMS[form]
    name = f"{form}_{place}"
    return rf"(?P<{name}>{before or usual_before}(?P<{name}_number>{number or usual}){after or usual_after})"


_LINE_START = re.compile(r"\n[ \t>*#-]*(?=[(（§\d０-９]|.{1,6}[).、 -])(?:\d{0,3}\[)?(?:" + "|".join(map(_marker, _FORMS)) + ")")
_INLINE = re.compile(_marker("paren", before=AFTER_SPACE))
_AFTER_STOP = rf"(?<=[:;,.] )(?:{_marker('dash', 'roman', '[IVXL]{1,6}')}|{_marker('dot', 'digit', DIGITS, WORD_FOLLOWS)})"
_NUMBER_ENDS = r"(?=§|\S{1,3}[).°º]|[IVXL]{1,6}\s[-–—])"  # tried before the forms, which it makes fast
_INLINE_WEAK = re.compile(rf" {_NUMBER_ENDS}(?:{_marker('close')}|{_marker('degree')}|{_marker('sign')}|{_marker('dot', 'letter', '[a-z]', WORD_FOLLOWS)}|{_AFTER_STOP})")
_INLINE_COMMA = re.compile(rf"[：；。]{_marker('comma')}")
"""Markers that count inside a line only where the list goes on: "1)", "1." and "一、" are also ends of sentences and references."""
_PLACES = ((_INLINE_WEAK, False, True), (_INLINE_COMMA, False, True), (_INLINE, False, False), (_LINE_START, True, False))
"""Pattern, whether it is for the beginning of a line, and whether what it finds is weak; later ones have the last word."""
_FIRST_DIGITS = re.compile(r"\d+")
MAX_DEPTH = 3
INTRODUCING = ":;—–-.,(：；，。।؛،"
NEAR = 40
REACH = 12
"""Markers before and after a weak one among which its neighbours in the list are looked for."""
SECOND_FIRST = ("bare", "digit")
"""The style whose first paragraph prints no number: the list begins with 2."""
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


Reading = tuple[tuple[str, str], float]


def _readings(form: str, number: str) -> list[Reading]:
    """Return what a marker's number may be: ((form, alphabet), value), likeliest first."""
    if number[0].isdecimal():
        digits = _FIRST_DIGITS.match(number)[0]  # type: ignore[index]
        letter = number[len(digits) :].lower()
        return [((form, "digit"), int(digits) + (ord(letter[0]) - 96) / 100 if letter else int(digits))]  # (1A) stands between (1) and (2)
    if re.fullmatch(HAN_NUMBER, number):
        return [((form, "han"), han_value(number))]
    if len(number) == 2 and number[0] == number[1] and number[0] in _GREEK:  # αα) under α)
        return [((form, "greek-double"), _GREEK[number[0]])]
    if number.lower() in _GREEK:
        return [((form, "greek"), _GREEK[number.lower()])]
    for name, letters in (("bengali", _BENGALI), ("bengali-vowel", _BENGALI_VOWELS), ("arabic", _ARABIC), ("cyrillic", _CYRILLIC)):
        if len(number) == 1 and number in letters:
            return [((form, name), letters.index(number) + 1)]
    if number in _GOJUON:
        return [((form, "iroha"), _IROHA.index(number) + 1), ((form, "gojuon"), _GOJUON.index(number) + 1)] if number in _IROHA else [((form, "gojuon"), _GOJUON.index(number) + 1)]
    case = "upper" if number[0].isupper() else "lower"
    found: list[tuple[tuple[str, str], float]] = []
    if len(number) == 1 and "a" <= number.lower() <= "z":
        found.append(((form, f"{case}-letter"), ord(number.lower()) - 96))
    elif len(number) == 2 and number[0] == number[1] and case == "lower":  # (aa) after (z)
        found.append(((form, f"{case}-double"), ord(number[0].lower()) - 96))
    if (roman := roman_value(number)) is not None:
        found.append(((form, f"{case}-roman"), roman))
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that looks like a marker; ``at_line`` where it begins its line, ``weak`` where it may as well be a reference."""

    position: int
    label: str
    readings: tuple[Reading, ...]
    at_line: bool
    weak: bool


def _candidates(text: str, begin: int) -> list[_Candidate]:
    """Return everything from ``begin`` on that looks like a marker, in order."""
    seen: dict[int, _Candidate] = {}
    text = " " * begin + "\n" + text[begin:]  # so that every line, and what follows the label, has its end before it
    for pattern, at_line, weak in _PLACES:
        if pattern is _INLINE_COMMA and "、" not in text:
            continue
        for found in pattern.finditer(text, begin):
            name = str(found.lastgroup)  # the marker's group closes last
            start, end = found.span(name)
            if start <= begin or (pattern is _INLINE and text[start - 1] not in _DENSE and not (text[end : end + 1].isspace() or text[end : end + 1] in _CLOSES)):
                continue
            if readings := tuple(_readings(name.split("_")[0], found[f"{name}_number"])):
                seen[start - 1] = _Candidate(start - 1, found[name], readings, at_line, weak)
    ordered = [seen[position] for position in sorted(seen)]
    return [item for index, item in enumerate(ordered) if not item.weak or _goes_on(item, ordered, index)]


def _goes_on(item: _Candidate, ordered: list[_Candidate], index: int) -> bool:
    """Tell whether another marker near by comes directly before or after a weak one in its list."""
    around = ordered[max(0, index - REACH) : index] + ordered[index + 1 : index + REACH]
    values = {(style, value) for other in around for style, value in other.readings}
    return any((style, value + 1) in values or (style, value - 1) in values for style, value in item.readings)


def inner_marks(text: str, begin: int = 0, words: re.Pattern[str] | None = None, *, signs: bool = False) -> list[InnerMark]:
    """Return the subsections, paragraphs and items of a section's plain text from ``begin`` on, in order.

    A marker counts where it carries on an open list or begins one; "(63 of 1948)", "subsection (1)" and other
    references do neither. Lists nest in the order in which their styles appear. ``words`` finds what opens a subsection without
    a number; with ``signs`` "§ 1" is a subsection, as where sections are called articles.

    >>> [(mark.label, mark.depth) for mark in inner_marks("(1) One: (a) first; (b) second. (2) Two, see subsection (1) above.")]
    [('(1)', 1), ('(a)', 2), ('(b)', 2), ('(2)', 1)]
    """
    stack: list[_OpenList] = []
    marks: list[InnerMark] = []
    opened = {found.start(): found[0] for found in words.finditer(text, begin)} if words else {}
    items = [item for item in _candidates(text, begin) if signs or item.readings[0][0][0] != "sign"]
    for item in items:
        if _continued(stack, item) or _opened(stack, item, text[max(begin, item.position - NEAR) : item.position].rstrip()):
            marks.append(InnerMark(item.position, item.label, len(stack)))
    marks += [InnerMark(position, label, 1) for position, label in opened.items()]
    return sorted(marks, key=_position) if opened else marks


def _position(mark: InnerMark) -> int:
    return mark.start


def _continued(stack: list[_OpenList], item: _Candidate) -> bool:
    for depth in range(len(stack) - 1, -1, -1):
        for style, value in item.readings:
            step = value - stack[depth].value
            if style == stack[depth].style and (0 < step <= 1 or (item.at_line and 0 <= step <= GAP)):
                del stack[depth + 1 :]
                stack[depth].value = value
                return True
    return False


def _opened(stack: list[_OpenList], item: _Candidate, before: str) -> bool:
    introduced = item.at_line or item.weak or not before or before[-1] in INTRODUCING
    if not introduced or len(stack) >= MAX_DEPTH:
        return False
    for style, value in reversed(item.readings):  # "(i)" that begins a list is Roman
        first = value == 1 or (value == 2 and style == SECOND_FIRST and not stack)
        if first and all(style != opened.style for opened in stack):
            stack.append(_OpenList(style, value))
            return True
    return False
