"""Segment: a law into the nodes of its hierarchy, down to subsections, paragraphs and items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.plain import collapsed, plain, readable
from lexfloor.pipeline.records import INNER, Law, Level, Mark, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Span
from lexfloor.pipeline.stages.segment.inner import inner_marks
from lexfloor.pipeline.stages.segment.labels import normalized
from lexfloor.pipeline.stages.segment.outline import outline

NO_LONGER_LAW = (ProvisionStatus.REPEALED, ProvisionStatus.NOT_IN_FORCE, ProvisionStatus.SUPERSEDED)
LABEL_REACH = 12
"""Characters of heading marks that may stand before a section's label."""
EID = {
    Level.BOOK: "book",
    Level.PART: "part",
    Level.TITLE: "title",
    Level.CHAPTER: "chp",
    Level.DIVISION: "dvs",
    Level.SUBDIVISION: "subdvs",
    Level.SCHEDULE: "att",
    Level.SECTION: "sec",
    Level.SUBSECTION: "subsec",
    Level.PARAGRAPH: "para",
    Level.ITEM: "item",
}


def provisions(law: Law) -> tuple[Provision, ...]:
    """Return the nodes of one law: from its markup where that states them, else from wording and numbering."""
    rules = language_rules(nearest_language(law.language))
    marks = law.marks if law.marks is not None else outline(law.text, law.body, rules)
    taken: dict[str, int] = {}
    open_groups: list[Provision] = []
    depths: list[int] = []
    nodes: list[Provision] = []
    for mark in marks:
        if mark.level in INNER:
            continue  # inner structure is found in the section's text, alike for every format
        while depths and (depths[-1] >= mark.depth or not _contains(open_groups[-1].span, mark.span)):
            depths.pop()
            open_groups.pop()
        above = open_groups[-1] if open_groups else None
        node = _node(law, mark, above, taken, rules)
        nodes.append(node)
        if mark.level is Level.SECTION:
            nodes.extend(_inside(law, node, taken))
        else:
            open_groups.append(node)
            depths.append(mark.depth)
    return tuple(nodes)


def without_superseded(text: str, rules: LanguageRules) -> str:
    """Return a section's text with earlier wordings left in it blanked out, every other character in its place.

    Consolidated texts keep an earlier wording as a block quote that a phrase of the language introduces; it is no law today
    and must not be searched.
    """
    phrases = tuple(phrase.lower() for phrase in rules.structure.superseded)
    kept, superseded = [], False
    for line in text.splitlines(keepends=True):
        quoted = line.lstrip().startswith(">")
        if quoted and line.lstrip("> \t").lower().startswith(phrases):
            superseded = True
        elif line.strip() and not quoted:
            superseded = False
        kept.append(re.sub(r"[^\n\r]", " ", line) if superseded else line)
    return "".join(kept)


def _contains(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _node(law: Law, mark: Mark, above: Provision | None, taken: dict[str, int], rules: LanguageRules) -> Provision:
    heading = readable(mark.heading)
    label = collapsed(readable(mark.label))
    is_section = mark.level is Level.SECTION
    stem = "art" if is_section and label.lower().startswith("art") else EID[mark.level]
    stem = "toc" if mark.kind is ProvisionKind.CONTENTS else stem
    own = f"{stem}_{normalized(label) if label else 'x'}"
    prefix = f"{above.id}__" if above and not is_section else ""
    status = mark.status
    if law.version.status in NO_LONGER_LAW:
        status = law.version.status
    elif above and above.status in NO_LONGER_LAW:
        status = above.status
    words = plain(law.text[mark.span.start : mark.span.end]).text.strip() if is_section else collapsed(f"{label} {heading}")
    text = without_superseded(words, rules)
    return Provision(
        id=_unique(prefix + own, taken),
        country=law.country,
        file=law.file,
        parent=above.id if above else "",
        level=mark.level,
        section=label if is_section else "",
        label=label,
        heading=heading,
        path=(*above.path, collapsed(f"{above.label} {above.heading}")) if above else (),
        kind=_kind(mark, heading, above, rules),
        status=status,
        span=mark.span,
        language=law.language,
        text=text,
    )


def _kind(mark: Mark, heading: str, above: Provision | None, rules: LanguageRules) -> ProvisionKind:
    if mark.kind is not ProvisionKind.OPERATIVE:
        return mark.kind
    if above and above.kind in (ProvisionKind.TRANSITIONAL, ProvisionKind.SCHEDULE, ProvisionKind.AMENDING):
        return above.kind
    if mark.level is Level.SCHEDULE:
        return ProvisionKind.SCHEDULE
    lowered = heading.lower()
    if any(phrase.lower() in lowered for phrase in rules.structure.transitional):
        return ProvisionKind.TRANSITIONAL
    if any(lowered.startswith(phrase.lower()) for phrase in rules.structure.definitions):
        return ProvisionKind.DEFINITION
    return ProvisionKind.OPERATIVE


def _inside(law: Law, section: Provision, taken: dict[str, int]) -> Iterator[Provision]:
    """Yield the subsections, paragraphs and items of a section; each reaches to the next of its depth or above."""
    view = plain(law.text[section.span.start : section.span.end])
    offset = section.span.start
    marks = inner_marks(view.text, _after_label(view.text, section.label))
    open_nodes: list[Provision] = []
    for index, mark in enumerate(marks):
        end = next((later.start for later in marks[index + 1 :] if later.depth <= mark.depth), len(view.text))
        end = len(view.text[:end].rstrip())
        if end <= mark.start:
            continue
        del open_nodes[mark.depth - 1 :]
        above = open_nodes[-1] if open_nodes else section
        level = INNER[mark.depth - 1]
        node = replace(
            section,
            id=_unique(f"{above.id}__{EID[level]}_{normalized(mark.label)}", taken),
            parent=above.id,
            level=level,
            label=mark.label,
            heading="",
            path=(*section.path, collapsed(f"{section.label} {section.heading}")),
            span=Span(offset + view.source(mark.start), offset + view.source_end(end)),
            text=view.text[mark.start : end],
        )
        open_nodes.append(node)
        yield node


def _after_label(text: str, label: str) -> int:
    """Return where a section's text goes on after its own printed label, so that "12." is not its first item."""
    found = text.find(label) if label else -1
    return found + len(label) if 0 <= found <= LABEL_REACH else 0


def _unique(wanted: str, taken: dict[str, int]) -> ProvisionId:
    """Return the id, with "~2", "~3" where a law prints one number more than once."""
    taken[wanted] = taken.get(wanted, 0) + 1
    return ProvisionId(wanted if taken[wanted] == 1 else f"{wanted}~{taken[wanted]}")
