"""What an element's style says of its words: hidden, bold, struck out, raised, with its line breaks kept, numbered how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from selectolax.lexbor import LexborHTMLParser

_FACETS = (
    ("hidden", re.compile(r"display:none|visibility:hidden")),
    ("bold", re.compile(r"font-weight:(?:bold|[6-9]00)")),
    ("struck", re.compile(r"text-decoration(?:-line)?:[^;]{0,40}line-through")),
    ("raised", re.compile(r"vertical-align:super")),
    ("breaks", re.compile(r"white-space:pre")),
)
_NUMBERING = re.compile(
    r"list-style(?:-type)?:[^;]{0,60}?(?<![\w-])(none|decimal|lower-alpha|lower-latin|upper-alpha|upper-latin|lower-roman|upper-roman|disc|circle|square)(?![\w-])"
)
_CLASS_RULE = re.compile(r"(?:[a-z][a-z0-9]{0,9})?\.(-?[\w-]{1,80})")
_BLANKS = re.compile(r"\s+")
LONGEST_SHEET = 500_000


class Styles:
    """Tells the facets of elements, with the rules for classes that a page's own style sheets state."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._of_class: dict[str, str] = {}
        self._known: dict[tuple[str, str], tuple[frozenset[str], str]] = {}
        for sheet in sheets:
            for rule in sheet[:LONGEST_SHEET].split("}"):
                selectors, _, declared = rule.rpartition("{")
                compact = _BLANKS.sub("", declared.lower())
                for selector in selectors.rpartition("{")[2].split(",")[:50]:
                    if found := _CLASS_RULE.fullmatch(selector.strip()):
                        self._of_class[found[1]] = self._of_class.get(found[1], "")[:2000] + ";" + compact[:2000]

    @classmethod
    def of(cls, page: LexborHTMLParser) -> Styles:
        """Return the styles of a page."""
        return cls(sheet.text() for sheet in page.css("style"))

    def facets(self, attributes: Mapping[str, str | None]) -> tuple[frozenset[str], str]:
        """Return the facets of an element ("hidden", "bold", ...) and the numbering of its list, empty where none is stated.

        A class that hides counts for nothing: which of a page's views is shown is often for a script to say.

        >>> facets, numbering = Styles([".t { font-weight: bold }"]).facets({"class": "t", "style": "list-style-type: lower-alpha"})
        >>> sorted(facets), numbering
        (['bold'], 'lower-alpha')
        """
        key = (attributes.get("style") or "", attributes.get("class") or "")
        if key not in self._known:
            own = _BLANKS.sub("", key[0][:4000].lower())
            classes = ";".join(self._of_class.get(name, "") for name in key[1].split()[:20]) if self._of_class else ""
            found = frozenset(name for name, pattern in _FACETS if pattern.search(own) or (name != "hidden" and pattern.search(classes)))
            stated = _NUMBERING.search(own) or _NUMBERING.search(classes)
            self._known[key] = (found, stated[1] if stated else "")
        return self._known[key]
