"""Reads HTML: pages of gazettes and law portals into the text that they show of the law."""

from __future__ import annotations

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborHTMLParser

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.language import stated_language
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest.html.block import Block
from lexfloor.pipeline.stages.ingest.html.blocks import PageText
from lexfloor.pipeline.stages.ingest.html.guard import guarded
from lexfloor.pipeline.stages.ingest.html.head import Head, text_of
from lexfloor.pipeline.stages.ingest.html.regions import law_of
from lexfloor.pipeline.stages.ingest.html.wrapping import filled_to_margin
from lexfloor.pipeline.stages.ingest.rendering import Rendering
from lexfloor.pipeline.stages.ingest.settled_language import settled_language
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.text import title_of

_XHTML = re.compile(r"<\?xml|<html\b[^>]{0,500}xmlns\s*=", re.IGNORECASE)
_SELF_CLOSED = re.compile(r"<(?!(?:br|hr|img|input|meta|link|area|base|col|embed|param|source|track|wbr)\b)([A-Za-z][\w:.-]{0,40})(\s[^<>]{0,1000}?)?/>", re.IGNORECASE)
MOST_QUOTED = 0.5
"""Share of the text above which block quotes are mere indentation."""
MOST_BOLD = 0.8
"""Share of the text above which bold type sets nothing off."""
LONGEST_TITLE = 300


def read(source: Source) -> Law:
    """Return a page as a law: what the page shows, in its order, without the site around it.

    Raises:
        SourceError: the bytes are no text, or the page is nested or built so that no browser would show it.
    """
    markup, encoding, broken = text_of(source.data, source.file)
    if _XHTML.search(markup[:2000]):
        markup = _SELF_CLOSED.sub(r"<\1\2></\1>", markup)
    markup, unclosed = guarded(markup, source.file)
    page = LexborHTMLParser(markup, options=1)
    read_page = PageText(page, filled=filled_to_margin(markup))
    blocks, left_out = law_of(read_page.blocks, read_page.regions)
    if not blocks:
        raise SourceError(f"{source.file}: this page holds no text of law; it may load its text by a script: save it from a browser once it is shown in full")
    left_out.update(read_page.left_out)
    remarks = [f"{count:,} characters left out: {kind}" for kind, count in sorted(left_out.items()) if count]
    remarks += [f"{count:,} {kind} not read" for kind, count in sorted(read_page.embedded.items())]
    text = rendered(blocks)
    head = Head(page)
    language, doubt = settled_language(stated_language(head.language) if head.language else "", plain(text[:200_000]).text)
    return Law(
        country=source.country,
        file=source.file,
        title=_title(blocks, head) or title_of(text, {}, 0, language) or source.file,
        language=language,
        text=text,
        format="html",
        sha256=source.sha256,
        encoding=encoding,
        version=head.version,
        remarks=tuple(remark for remark in (*remarks, *doubt, broken, unclosed) if remark),
    )


def rendered(blocks: Sequence[Block]) -> str:
    """Return the blocks as the Markdown that segmentation reads; the parts of a footnote are one note at the end."""
    length = sum(len(block.words) for block in blocks)
    indented = sum(len(block.words) for block in blocks if block.quoted) > MOST_QUOTED * length
    all_bold = sum(len(block.words) for block in blocks if block.bold) > MOST_BOLD * length
    made = Rendering()
    notes: dict[str, list[str]] = {}
    for block in blocks:
        if block.note:
            notes.setdefault(block.note, []).append(block.words)
        elif block.kind == "row":
            made.row(block.cells, header=block.header)
        elif block.level:
            made.heading(block.level, block.words)
        else:
            made.line(block.words, bold=block.bold and not all_bold, quoted=block.quoted and not indented)
    for mark, words in notes.items():
        made.note(mark, _without_sign(" ".join(words), mark))
    made.end()
    return made.text


def _without_sign(words: str, mark: str) -> str:
    """Return a note's words without its own printed sign."""
    sign = re.escape(mark.partition("-")[0])
    return re.sub(rf"\A[\[(]?\s?{sign}\s?[\])]?[.:]?\s+", "", words, count=1)


def _title(blocks: Sequence[Block], head: Head) -> str:
    """Return the law's title: its first heading of the first level, else what the page states."""
    first = next((block.words for block in blocks if block.level == 1), "")
    return plain(first or head.title).text[:LONGEST_TITLE].strip()
