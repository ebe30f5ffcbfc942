"""Provisions out of stretches: ids, parents, paths, text and places in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lexfloor.pipeline.akn import ARTICLE_PREFIX, EID_PREFIXES, QUOTED_PREFIX
from lexfloor.pipeline.language import Languages
from lexfloor.pipeline.plain import PlainText, collapsed, plain, unmarked
from lexfloor.pipeline.records import Law, Level, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Refusal, Span
from lexfloor.pipeline.stages.segment.labels import normalized
from lexfloor.pipeline.stages.segment.nested import own_words, under
from lexfloor.pipeline.stages.segment.stretch import Stretch

_LEFT_EMPTY = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")
_OF_KIND = {ProvisionKind.CONTENTS: "toc", ProvisionKind.PREAMBLE: "preamble"}


def provisions_of(law: Law, view: PlainText, stretches: Sequence[tuple[Stretch, Stretch | None]], languages: Languages) -> Iterator[Provision]:
    """Yield the provisions of a law in order of its text; each stretch comes with the group that it lies in, or the section that quotes it."""
    taken: dict[str, int] = {}
    made: dict[int, Provision] = {}
    in_schedule: set[int] = set()
    quoting: list[Provision] = []
    for stretch, above in stretches:
        if quoting and not stretch.block:
            yield from sorted(quoting, key=_start)
            quoting = []
        if stretch.level is Level.SCHEDULE or id(above) in in_schedule:
            in_schedule.add(id(stretch))
        group = made[id(above)] if above else None
        path = (*group.path, collapsed(f"{group.label} {group.heading}")) if group else ()
        words = unmarked(own_words(stretch, view.text), stretch.start, view, law.text) if stretch.is_section else collapsed(f"{stretch.label} {stretch.heading}")
        prefixed = not stretch.is_section or id(above) in in_schedule or stretch.block > 0
        quoting_here = above if above and above.is_section else None
        item = _innermost(quoting_here.inner, stretch) if quoting_here else None
        label, block = stretch.label if stretch.is_section else "", stretch.block if quoting_here else 0
        place = _Place(made[id(item)] if item else group, path, label, languages.of(words), prefixed=prefixed, block=block)
        node = made[id(stretch)] = _provision(law, view, stretch, place, _shown(words, stretch), taken)
        nodes = [node]
        inside = (*path, collapsed(f"{node.label} {node.heading}"))
        for piece, around in under(stretch.inner):
            place = _Place(made[id(around)] if around else node, inside, node.section, node.language, prefixed=True)
            is_earlier = piece.status is ProvisionStatus.SUPERSEDED
            own = unmarked(view.text[piece.start : piece.end], piece.start, view, law.text) if is_earlier else words[piece.start - stretch.start : piece.end - stretch.start]
            made[id(piece)] = _provision(law, view, piece, place, _shown(own, stretch), taken)
            nodes.append(made[id(piece)])
        if quoting or stretch.quoted:
            quoting += nodes  # the pieces of a section that quotes lie before, between and around what it quotes
        else:
            yield from nodes
    yield from sorted(quoting, key=_start)


def _shown(words: str, section: Stretch) -> str:
    """Return the words of a section or of a piece of it, the room closed up that what it quotes has left."""
    return (_LEFT_EMPTY.sub("\n\n", words) if section.quoted else words).strip()


def _start(node: Provision) -> int:
    return node.span.start


def _innermost(inner: Sequence[Stretch], quoted: Stretch) -> Stretch | None:
    """Return the piece of a section in which a stretch that it quotes lies; None where it lies directly in the section."""
    around = [made for made in inner if made.start <= quoted.start and quoted.end <= made.end]
    return around[-1] if around else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a stretch lies: the provision above it, the headings above it, its section's label, its language.

    ``block`` tells of a stretch directly under what quotes it which quotation of that section it is, from 1.
    """

    above: Provision | None
    path: tuple[str, ...]
    section: str
    language: str
    prefixed: bool
    block: int = 0


def _provision(law: Law, view: PlainText, stretch: Stretch, place: _Place, text: str, taken: dict[str, int]) -> Provision:
    span = Span(view.source(stretch.start), view.source_end(stretch.end))
    return Provision(
        id=_unique(stretch.id or _eid(stretch, place), taken),
        country=law.country,
        file=law.file,
        parent=place.above.id if place.above else "",
        level=stretch.level,
        section=place.section,
        label=stretch.label,
        heading=stretch.heading,
        path=place.path,
        kind=stretch.kind,
        status=stretch.status,
        span=span,
        language=place.language,
        text=text,
        status_reason=stretch.reason,
        page=law.page_of(span.start),
        chapeau=stretch.chapeau,
        continuation=stretch.continuation,
    )


def _eid(stretch: Stretch, place: _Place) -> str:
    """Return the id of a provision: sections count through an act, so that only those of a schedule name what they lie in."""
    stem = EID_PREFIXES[stretch.level]
    if stretch.is_section:
        usual = ARTICLE_PREFIX if stretch.label.lower().startswith("art") else stem
        stem = _OF_KIND.get(stretch.kind, usual)
    own = f"{stem}_{normalized(stretch.label) if stretch.label else 'x'}"
    own = f"{QUOTED_PREFIX}_{place.block}__{own}" if place.block else own
    return f"{place.above.id}__{own}" if place.above and place.prefixed else own


def _unique(wanted: str, taken: dict[str, int]) -> ProvisionId:
    """Return the id, with "~2", "~3" where a law prints one number more than once."""
    taken[wanted] = taken.get(wanted, 0) + 1
    return ProvisionId(wanted if taken[wanted] == 1 else _unique(f"{wanted}~{taken[wanted]}", taken))


def refusals_of(law: Law, provisions: Sequence[Provision]) -> Iterator[Refusal]:
    """Yield the stretches of a law's text outside every provision, with the reason: front matter, boilerplate, title, blank."""
    end = 0
    for provision in provisions:
        if not provision.parent:
            yield from _gap(law, end, provision.span.start, before=not end)
            end = provision.span.end
    yield from _gap(law, end, len(law.text), before=False)


def _gap(law: Law, start: int, end: int, *, before: bool) -> Iterator[Refusal]:
    if start < min(law.body, end):
        yield Refusal(Span(start, min(law.body, end)), "front matter")
        start = min(law.body, end)
    for known in law.refused:
        first, last = max(start, known.span.start), min(end, known.span.end)
        if first < last:
            if start < first:
                yield Refusal(Span(start, first), _reason(law.text[start:first], before=before))
            yield Refusal(Span(first, last), known.reason)
            start = last
    if start < end:
        yield Refusal(Span(start, end), _reason(law.text[start:end], before=before))


def _reason(text: str, *, before: bool) -> str:
    if not plain(text).text.strip():
        return "blank"
    return "title" if before else "outside the provisions"
