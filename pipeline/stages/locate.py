"""Where a stretch of a section's plain text lies in its law: the way back for every stage that cites."""

from __future__ import annotations

from functools import lru_cache

from lexfloor.pipeline.plain import PlainText, plain, unmarked
from lexfloor.pipeline.records import Provision, Span


def located(text: str, section: Provision, span: Span) -> Span:
    """Return the source span of a span of ``section.text``, as positions in the law's ``text``."""
    view = _view(text)
    start = words_begin(view, text, section.span.start)
    return Span(view.source(start + span.start), view.source_end(start + span.end))


def words_begin(view: PlainText, text: str, start: int) -> int:
    """Return where the text of a provision that begins at ``start`` of the law begins in its plain text: after marks of headings and quotes."""
    begin = view.position(start)
    words = unmarked(view.text[begin : begin + LONGEST_MARK], begin, view, text)
    return begin + len(words) - len(words.lstrip())


LONGEST_MARK = 200
"""Characters that marks of headings and quotes may take before a section's words, at most."""


@lru_cache(maxsize=4)
def _view(source: str) -> PlainText:
    """Return the plain text of a law; the figures of a long schedule ask for it thousands of times."""
    return plain(source)
