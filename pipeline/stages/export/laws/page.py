"""A page that shows a law with its cuts: every provision in its frame, every refused stretch greyed, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Definition, Law, Link, Provision, Refusal, Segmentation, Span
from lexfloor.pipeline.stages.export.laws.own import by_parent, own_stretches


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to write in order of the text: words, the opening or closing of a provision's frame, a refused stretch."""

    kind: str
    text: str = ""
    provision: Provision | None = None
    href: str = ""


def cuts_page(law: Law, cut: Segmentation, links: Sequence[Link] = (), definitions: Sequence[Definition] = ()) -> str:
    """Return a self-contained HTML page of a law with its cuts; everything that comes from the law is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((files("lexfloor.pipeline.stages.export.laws") / "cuts.html.j2").read_text(encoding="utf-8"))
    return template.render(law=law, cut=cut, steps=_steps(law, cut, links), definitions=definitions, sections=[node for node in cut.provisions if node.level == "section"])


def _steps(law: Law, cut: Segmentation, links: Sequence[Link]) -> Iterator[Step]:
    """Yield what the page shows, from the first character to the last."""
    children = by_parent(cut.provisions)
    anchors = sorted((link for link in links if link.target and link.target_file == law.file), key=_place)
    pending: list[Refusal | Provision | Span | Step] = sorted([*children.get("", []), *cut.refused], key=_begin, reverse=True)
    while pending:
        item = pending.pop()
        if isinstance(item, Step):
            yield item
        elif isinstance(item, Refusal):
            yield Step("refused", plain(law.text[item.span.start : item.span.end]).text, href=item.reason)
        elif isinstance(item, Span):
            yield from _words(law.text, item, anchors)
        else:
            yield Step("open", provision=item)
            pending.append(Step("close", provision=item))
            pending.extend(reversed(list(own_stretches(item.span, children.get(item.id, [])))))


def _words(text: str, span: Span, anchors: Sequence[Link]) -> Iterator[Step]:
    """Yield a stretch of the law's words, references in it as links."""
    position = span.start
    for link in anchors[_first(anchors, span.start) :]:
        if link.span.start >= span.end:
            break
        if link.span.start < position or link.span.end > span.end:
            continue
        if position < link.span.start:
            yield Step("words", plain(text[position : link.span.start]).text)
        yield Step("link", plain(text[link.span.start : link.span.end]).text, href=link.target)
        position = link.span.end
    if position < span.end:
        yield Step("words", plain(text[position : span.end]).text)


def _first(anchors: Sequence[Link], start: int) -> int:
    from bisect import bisect_left

    return bisect_left(anchors, start, key=_place)


def _place(link: Link) -> int:
    return link.span.start


def _begin(item: Refusal | Provision | Span | Step) -> int:
    return item.span.start if isinstance(item, (Refusal, Provision)) else 0
