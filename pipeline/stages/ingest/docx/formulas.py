"""Formulas of Office Math as one line of text."""

from __future__ import annotations

import re

from lxml import etree

from lexfloor.pipeline.plain import SUPERSCRIPTS
from lexfloor.pipeline.stages.ingest.docx.parts import M, W

_SEVERAL = re.compile(r"[^\w.,%]")
_FIGURES = re.compile(r"[0-9()+-]{1,8}")
_TEXT, _FRACTION, _POWER, _ROOT, _BRACKETS = M + "t", M + "f", (M + "sSup", M + "sSubSup"), M + "rad", M + "d"
_UNSEEN = frozenset((W + "del", W + "moveFrom", W + "rPr", M + "rPr", M + "ctrlPr"))


def formula(element: etree._Element) -> str:
    """Return a formula in one line, fractions with a stroke and powers raised: "B/12 · (1 + r)²"."""
    written: list[str] = []
    waiting: list[etree._Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            written.append(item)
        elif item.tag == _TEXT:
            written.append(item.text or "")
        elif item.tag == _FRACTION:
            waiting += reversed([*_bracketed(item.find(M + "num")), "/", *_bracketed(item.find(M + "den"))])
        elif item.tag in _POWER:
            power = item.find(M + "sup")
            words = _words(power)
            raised = [words.translate(SUPERSCRIPTS)] if _FIGURES.fullmatch(words) else ["^", *_bracketed(power)]
            waiting += reversed([*_there(item.find(M + "e")), *_there(item.find(M + "sub")), *raised])
        elif item.tag == _ROOT:
            waiting += reversed(["√(", *_there(item.find(M + "e")), ")"])
        elif item.tag == _BRACKETS:
            waiting += reversed([_mark(item, "begChr", "("), *item.iterchildren(M + "e"), _mark(item, "endChr", ")")])
        elif item.tag == M + "nary":
            waiting += reversed([_mark(item, "chr", "∫"), *item.iterchildren()])
        elif item.tag not in _UNSEEN:
            waiting += reversed(item)
    return "".join(written)


def _there(element: etree._Element | None) -> list[etree._Element | str]:
    return [] if element is None else [element]


def _bracketed(element: etree._Element | None) -> list[etree._Element | str]:
    """Return a part of a formula, in brackets where it has more than one term."""
    return ["(", *_there(element), ")"] if _SEVERAL.search(_words(element).strip()) else _there(element)


def _words(element: etree._Element | None) -> str:
    return "" if element is None else "".join(text.text or "" for text in element.iter(_TEXT))


def _mark(element: etree._Element, name: str, usual: str) -> str:
    """Return a sign that the properties of a part state: its brackets, its sum."""
    stated = element.find(f"{element.tag}Pr/{M}{name}")
    return usual if stated is None else stated.get(M + "val", "")
