"""Refuses HTML on which parsing would take minutes: elements nested or repeated without end, tags with thousands of attributes."""

from __future__ import annotations

import re

from lexfloor.pipeline.errors import SourceError

DEEPEST = 512
"""Elements in one another; browsers stop at the same depth, laws stay below fifty."""
MOST_UNCLOSED = 300
"""Formatting elements (<font ...>) that may stay open: a parser opens each anew in every later paragraph."""
MOST_ELEMENTS = 600_000
"""Elements of one page: as many take about eight seconds."""
MOST_ATTRIBUTES = 2000
LONG_TAG = 10_000

_VALUE = r"(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\s>\"'][^\s>]*+)?"
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<raw>script|style|title|textarea|xmp|iframe|noembed|noframes)\b.*?(?:</(?P=raw)|\Z)"
    rf"|<(?P<end>/?)(?P<tag>[a-z][^\s/>]*+)(?P<attributes>(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+)*+)>?",
    re.IGNORECASE | re.DOTALL,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_FORMATTING_TAG = re.compile(rf"</?(?:{'|'.join(sorted(_FORMATTING))})(?:\s[^<>]*)?>", re.IGNORECASE)
_CLOSED_BY_OTHERS = frozenset(
    (
        *("a", "area", "base", "body", "br", "caption", "col", "colgroup", "dd", "dt", "embed", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr"),
        *("html", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr"),
    )
)
"""Elements that hold nothing, or that the next of their kind ends: left open they do not nest."""


def guarded(markup: str, file: str) -> tuple[str, str]:
    """Return markup that can be parsed in a time that grows with its length, and a remark on what was taken out (or nothing).

    Raises:
        SourceError: elements lie in one another far deeper than in any page, or are far more.
    """
    open_elements: dict[str, int] = {}
    depth = unclosed = most_unclosed = elements = 0
    for token in _TOKEN.finditer(markup):
        if token["tag"] is None:
            if not (open_elements.get("svg") or open_elements.get("math")):
                continue
            tag, opened = "svg", len(re.findall(r"<[a-z]", token[0]))  # in a drawing the content of <title> is markup
        else:
            tag, opened = token["tag"].lower(), 1
            elements += not token["end"]
            if elements > MOST_ELEMENTS:
                raise SourceError(f"{file}: this page has more than {MOST_ELEMENTS:,} elements; give the law in several files, or as text")
            if len(token["attributes"]) > LONG_TAG and len(re.findall(r"[\s/]+", _QUOTED.sub("", token["attributes"]))) > MOST_ATTRIBUTES:
                raise SourceError(f"{file}: <{tag[:20]}> has more than {MOST_ATTRIBUTES:,} attributes, which no page of law has; save the page anew from its source")
        if tag in _CLOSED_BY_OTHERS:
            continue
        if token["end"]:
            if open_elements.get(tag):
                open_elements[tag] -= 1
                unclosed -= tag in _FORMATTING
                depth -= tag not in _FORMATTING
            continue
        open_elements[tag] = open_elements.get(tag, 0) + 1
        if tag in _FORMATTING:
            unclosed += 1
            most_unclosed = max(most_unclosed, unclosed)
        else:
            depth += opened
            if depth > DEEPEST:
                raise SourceError(f"{file}: more than {DEEPEST} elements lie in one another (<{tag[:20]}>), which no page of law has; save the page anew from its source")
    if most_unclosed <= MOST_UNCLOSED:
        return markup, ""
    return _FORMATTING_TAG.sub("", markup), f"bold and struck-out text was not told apart: {most_unclosed:,} formatting elements are never closed"
