"""Edits that must not matter: another name, another date, another number that no benefit depends on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lexfloor.eval.counterfactual.drafts import Draft, Stretch
from lexfloor.eval.counterfactual.gold import Judged
from lexfloor.eval.counterfactual.places import Source
from lexfloor.eval.counterfactual.recipes import Recipe, recipe
from lexfloor.eval.counterfactual.records import Kind
from lexfloor.pipeline.records import Span, Verdict

DAYS = 28
"""Every month has as many days."""
NEAR = 120
"""Characters around the word for a penalty in which its number is looked for."""


def control_drafts(judged: Judged, evidence: frozenset[tuple[str, str]]) -> Iterator[Draft]:
    """Yield the controls for one finding that is compliant beyond doubt.

    ``evidence`` names the sections, by file and id, that decide any requirement of the country: numbers change outside them only.
    """
    if judged.verdict is not Verdict.COMPLIANT or judged.certainty != "high":
        return
    source, node = judged.deciding[0].source, judged.deciding[0].section
    how = recipe(source.rules.code)
    if node is None:
        return
    section = Span(source.view.position(node.span.start), source.view.position(node.span.end))
    for kind, stretches in (
        (Kind.CONTROL_NAME, _renamed(source, section, how)),
        (Kind.CONTROL_DATE, _redated(source, section, how)),
        (Kind.CONTROL_OTHER, _other_number(source, section, how, evidence)),
    ):
        if stretches:
            yield Draft(kind, judged, (judged.verdict,), stretches)


def _renamed(source: Source, section: Span, how: Recipe) -> tuple[Stretch, ...]:
    """Return the first known name of the section under another name, wherever the section has it."""
    text = source.view.text[section.start : section.end]
    for name in how.names:
        pattern = rf"(?<!\w)(?:{name.pattern})(?!\w)" if source.rules.spaced else name.pattern
        found = [hit.span(hit.re.groups) for hit in re.finditer(pattern, text)]  # a group leaves case endings where they are
        if found:
            return tuple(Stretch.of(source, Span(section.start + start, section.start + end), name.instead) for start, end in found)
    return ()


def _redated(source: Source, section: Span, how: Recipe) -> tuple[Stretch, ...]:
    """Return the date of the section, or the nearest one before or after it, with another day."""
    found = list(re.finditer(how.date_pattern, source.view.text))
    if not found:
        return ()

    def distance(hit: re.Match[str]) -> int:
        return max(section.start - hit.end(), hit.start() - section.end, 0)

    hit = min(found, key=distance)
    day = int(hit["day"]) % DAYS + 1
    return (Stretch.of(source, Span(*hit.span("day")), str(day)),)


def _other_number(source: Source, section: Span, how: Recipe, evidence: frozenset[tuple[str, str]]) -> tuple[Stretch, ...]:
    """Return the number of the nearest penalty outside the sections that decide anything, doubled."""
    text = source.view.text
    words = "|".join(map(re.escape, how.penalties))
    hits = sorted(re.finditer(words, text), key=lambda hit: max(section.start - hit.end(), hit.start() - section.end, 0))
    for hit in hits:
        start = max(0, hit.start() - NEAR)
        for number in re.finditer(r"(?<![\w.,:§/(\-–])(?<!\d\s)[1-9]\d{1,2}(?![\w/)\-–]|[.,:]\d)(?=\s)", text[start : hit.end() + NEAR]):
            place = Span(start + number.start(), start + number.end())
            node = source.section_at(source.view.source(place.start))
            if node is not None and (node.file, node.id) not in evidence and not _cited(source, place, how):
                return (Stretch.of(source, place, str(2 * int(number[0]))),)
    return ()


def _cited(source: Source, place: Span, how: Recipe) -> bool:
    """Whether a number is that of a provision, a title or a date: what stands beside it names one."""
    cited, structure = source.rules.references, source.rules.structure
    words = {*cited.section, *cited.subsection, *cited.paragraph, *cited.item, *cited.joints, *structure.section, *structure.chapter, *structure.part, "§", "#"}
    before = source.view.text[max(0, place.start - NEAR) : place.start].split()
    after = source.view.text[place.end : place.end + NEAR].split()
    return (bool(after) and after[0] in how.months) or (bool(before) and before[-1].strip("(.").lower() in {word.strip(".").lower() for word in words})
