"""The words of a paragraph of a DOCX file as they are printed: fields, changes, symbols, notes and formulas resolved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.stages.ingest.docx.formulas import formula
from lexfloor.pipeline.stages.ingest.docx.numerals import numeral
from lexfloor.pipeline.stages.ingest.docx.parts import MC, M, W, value
from lexfloor.pipeline.stages.ingest.docx.styles import RunLook, Style, Styles, run_look
from lexfloor.pipeline.stages.ingest.docx.symbols import without_private_use
from lexfloor.pipeline.stages.ingest.rendering import note_mark

_RUN, _TEXT, _FIELD, _SYMBOL, _BOX, _CONTROL = W + "r", W + "t", W + "fldChar", W + "sym", W + "txbxContent", W + "sdt"
_ALTERNATIVES, _FORMULAS = MC + "AlternateContent", (M + "oMath", M + "oMathPara")
_SPACES = {W + "tab": " ", W + "ptab": " ", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
KEPT, GONE = frozenset((W + "ins", W + "moveTo")), frozenset((W + "del", W + "moveFrom"))
"""Tracked changes: what was put in counts, what was taken out does not."""
_UNSEEN = frozenset(W + name for name in ("pPr", "rPr", "tblPr", "instrText", "delText", "delInstrText", "rt", "rubyPr", "sdtPr", "sdtEndPr", "fldData", "ffData"))
_DEEPEST_FIELD = 60
_SHORT = re.compile(r"[^<&\\`*_\[\]^\s]{1,8}")


@dataclass(slots=True)
class Words:
    """What a paragraph prints.

    Attributes:
        lines: more than one where it has line breaks.
        bold: all of its letters and figures are.
        boxes: text boxes that hang on it; their text stands after it.
    """

    lines: list[str]
    bold: bool
    boxes: list[etree._Element]


@dataclass(frozen=True, slots=True)
class _Run:
    """How a run is printed; ``left_out`` says why it is not, empty where it is."""

    bold: bool = False
    raised: bool = False
    left_out: str = ""


_PLAIN = RunLook()
_OWN_MARK = _Run(left_out="mark of a note")
"""The author's own sign for a note stands after the reference, which is printed already."""


@dataclass(slots=True)
class WordReader:
    """Reads paragraphs in order of the text, for fields and the numbers of notes run on from one to the next.

    Attributes:
        counts: how often something was resolved or left out, by what it is.
        notes: (mark, kind, id) of the notes referred to so far, in order.
    """

    styles: Styles
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    _marks: dict[tuple[str, str], str] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)
    _fields: list[bool] = field(default_factory=list)
    """For each open field, whether its instruction, which is not printed, is still going on."""
    _instructions: int = 0
    _runs: dict[tuple[RunLook, RunLook, RunLook], _Run] = field(default_factory=dict)

    def read(self, paragraph: etree._Element, style: Style) -> Words:
        """Return what a paragraph prints."""
        pieces: list[str] = []
        boxes: list[etree._Element] = []
        bold = plain_letters = False
        stack: list[tuple[Iterator[etree._Element], _Run]] = [(iter(paragraph), self._run(None, style))]
        while stack:
            children, run = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                continue
            tag = child.tag
            if tag == _RUN:
                stack.append((iter(child), self._run(child.find(W + "rPr"), style)))
            elif tag == _BOX:
                boxes.append(child)
            elif tag == _FIELD:
                self._turn_field(value(child, "fldCharType"))
            elif (shown := self._shown(child, run)) is not None:
                pieces.append(shown)
                if tag in _NOTES and value(child, "customMarkFollows") in ("1", "true", "on"):
                    stack[-1] = (children, _OWN_MARK)
                if any(map(str.isalnum, shown)) and tag not in _NOTES:
                    bold, plain_letters = bold or run.bold, plain_letters or not run.bold
            elif tag in GONE:
                self.counts["deletions"] += has_words(child)
            elif tag not in _UNSEEN:
                self.counts["insertions"] += tag in KEPT and has_words(child)
                stack.append((iter(visible_part(child)), run))
        if self._instructions:  # one that never ends would swallow the law
            self._fields, self._instructions = [False] * len(self._fields), 0
        return Words("".join(pieces).split("\n"), bold and not plain_letters, boxes)

    def _run(self, properties: etree._Element | None, style: Style) -> _Run:
        direct = run_look(properties)
        named = properties.find(W + "rStyle") if properties is not None else None
        looks = (direct, self.styles.style(value(named)).look if named is not None else _PLAIN, style.look)
        if looks not in self._runs:
            self._runs[looks] = _settled(*looks)
        return self._runs[looks]

    def _shown(self, element: etree._Element, run: _Run) -> str | None:
        """Return what an element prints by itself; None where it prints nothing or only what is in it."""
        tag = element.tag
        if tag == _TEXT:
            words = without_private_use((element.text or "").replace("\n", " "))
            words = _raised(words) if run.raised else words
        elif tag in _SPACES:
            words = _SPACES[tag]
        elif tag == _SYMBOL:
            words = without_private_use(_character(value(element, "char")), value(element, "font"))
        elif tag in _NOTES:
            return "" if run.left_out or self._instructions else note_mark(self._mark(_NOTES[tag], value(element, "id")))
        elif tag in _FORMULAS:
            words = formula(element)
        else:
            return None
        if run.left_out and words.strip():
            self.counts[run.left_out] += 1
        return "" if run.left_out or self._instructions else words

    def _mark(self, kind: str, id_: str) -> str:
        if (kind, id_) not in self._marks:
            self._numbers[kind] += 1
            self._marks[kind, id_] = numeral(self._numbers[kind], "lowerRoman" if kind == "endnotes" else "decimal")
            self.notes.append((self._marks[kind, id_], kind, id_))
        return self._marks[kind, id_]

    def _turn_field(self, turn: str) -> None:
        if turn == "begin" and len(self._fields) < _DEEPEST_FIELD:
            self._fields.append(True)
            self._instructions += 1
        elif self._fields and turn in ("separate", "end"):
            self._instructions -= self._fields[-1]
            self._fields[-1] = False
            if turn == "end":
                self._fields.pop()


def _settled(direct: RunLook, of_run: RunLook, of_paragraph: RunLook) -> _Run:
    """Return how a run is printed that states something itself, has a style, and stands in a paragraph with a style."""

    def switched(outright: bool | None, by_run: bool | None, by_paragraph: bool | None) -> bool:
        return outright if outright is not None else bool(by_run) != bool(by_paragraph)  # two styles that both switch undo each other

    looks = (direct, of_run, of_paragraph)
    raised = next((look.raised for look in looks if look.raised is not None), False)
    if not raised and next((look.lifted for look in looks if look.lifted is not None), False):
        size = next((look.size for look in (direct, of_run) if look.size is not None), None)
        raised = size is not None and size < (of_paragraph.size or 0)
    left_out = "hidden" if switched(direct.hidden, of_run.hidden, of_paragraph.hidden) else ""
    left_out = left_out or ("struck" if switched(direct.struck, of_run.struck, of_paragraph.struck) else "")
    return _Run(switched(direct.bold, of_run.bold, of_paragraph.bold), raised, left_out)


def visible_part(element: etree._Element) -> Iterable[etree._Element]:
    """Return what is printed of an element: one of its alternatives, the content of a control that is filled in, all of any other."""
    if element.tag == _ALTERNATIVES:
        for branch in element:
            if branch.tag == MC + "Fallback" or has_words(branch):
                return branch
        return ()
    if element.tag == _CONTROL:
        content = element.find(W + "sdtContent")
        prompted = element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        return () if content is None or prompted else content
    return element


def has_words(element: etree._Element) -> bool:
    """Tell whether an element holds any text, deleted text included."""
    return next(element.iter(_TEXT, W + "delText", M + "t"), None) is not None


def _raised(words: str) -> str:
    """Return the words of a raised run in raised characters, as far as such exist; longer ones are no number and stay."""
    core = words.strip()
    return words.replace(core, plain(f"<sup>{core}</sup>").text) if _SHORT.fullmatch(core) else words


def _character(code: str) -> str:
    """Return the character of a hexadecimal code, nothing where that is none."""
    if not re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) or 0xD800 <= int(code, 16) < 0xE000:
        return ""
    return chr(int(code, 16))
