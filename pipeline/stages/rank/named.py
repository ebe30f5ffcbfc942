"""What a section and the headings above it name: contingencies, kinds of figure, cues of the language's data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Contingency, Provision
from lexfloor.pipeline.stages.extract.phrases import hits_in, phrases_in
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.retrieve import lexical_query
from lexfloor.pipeline.words import index_terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

HEADINGS = 2
"""Of the headings above a section the innermost tell what it is about."""
CUES = ("refusal", "delegation", "exception", "general_scope")


def named(view: View) -> Iterator[tuple[str, Matrix]]:
    """Yield features by name."""
    sections = view.sections
    above = [_above(view, section) for section in sections]
    inside = [hits_in(section, view.standard.key) for section in sections]
    for name, hits in (("heading", above), ("text", inside)):
        yield from _contingencies(view, name, hits)
    for cue in CUES:
        counts = [sum(hit.label == cue and hit.group == "cues" for hit in hits) / max(1.0, math.log1p(len(section.text))) for hits, section in zip(inside, sections, strict=True)]
        yield f"cue_{cue}", np.broadcast_to(np.array(counts, np.float32), view.shape)
    yield "kind_of_figure", _kinds(view, inside)
    yield "heading_words", _heading_words(view)


def _above(view: View, section: Provision) -> Sequence[Hit]:
    headings = "\n".join((*section.path[-HEADINGS:], section.heading, view.titles.get(section.file, "")))
    return phrases_in(nearest_language(section.language), view.standard.key, headings)


def _contingencies(view: View, name: str, hits: Sequence[Sequence[Hit]]) -> Iterator[tuple[str, Matrix]]:
    """Yield whether the requirement's contingency is named, and whether only others are; of headings also how many are."""
    known = sorted({str(requirement.contingency) for requirement in view.standard.requirements if requirement.contingency is not Contingency.ALL})
    counts = np.zeros((len(known) + 1, view.shape[1]), np.float32)  # the last row stands for requirements on all contingencies
    for column, own in enumerate(hits):
        for hit in own:
            if hit.group == "contingencies" and hit.label in known:
                counts[known.index(hit.label), column] += 1
    rows = [known.index(str(requirement.contingency)) if requirement.contingency is not Contingency.ALL else len(known) for requirement in view.standard.requirements]
    own_counts = counts[rows]
    yield f"{name}_names_it", (own_counts > 0).astype(np.float32)
    yield f"{name}_names_others", ((own_counts == 0) & (counts.sum(axis=0) > 0)).astype(np.float32)
    if name == "heading":
        yield f"{name}_names_many", np.broadcast_to((counts > 0).sum(axis=0).astype(np.float32), view.shape)


def _kinds(view: View, inside: Sequence[Sequence[Hit]]) -> Matrix:
    """Return whether the section names the kind of figure that the requirement's rule is about."""
    labels = [{hit.label for hit in hits if hit.group == "parameters"} for hits in inside]
    values = np.zeros(view.shape, np.float32)
    for row, requirement in enumerate(view.standard.requirements):
        if rule := requirement.rule or requirement.practice:
            values[row] = [rule.parameter in own for own in labels]
    return values


def _heading_words(view: View) -> Matrix:
    """Return how many of the requirement's words stand in the section's heading and those above, long headings counting for less."""
    values = np.zeros(view.shape, np.float32)
    wanted: dict[str, list[frozenset[str]]] = {}
    known: dict[tuple[str, str], frozenset[str]] = {}
    for column, section in enumerate(view.sections):
        rules = language_rules(nearest_language(section.language))
        if rules.code not in wanted:
            wording = view.standard.in_language(rules.code)
            wanted[rules.code] = [frozenset(lexical_query(requirement, wording, rules)) for requirement in view.standard.requirements]
        text = " ".join((*section.path[-HEADINGS:], section.heading))
        if (rules.code, text) not in known:
            known[rules.code, text] = frozenset(index_terms(text, rules))
        words = known[rules.code, text]
        values[:, column] = [len(own & words) / math.sqrt(1 + len(words)) for own in wanted[rules.code]]
    return values
