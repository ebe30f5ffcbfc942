"""Where a law's provisions use the terms that it defines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lexfloor.corpora.languages import LanguageRules
from lexfloor.pipeline.records import Definition, Link, ProvisionKind
from lexfloor.pipeline.stages.link.outline import Outline
from lexfloor.pipeline.stages.link.places import SectionText
from lexfloor.pipeline.stages.link.terms import Phrases, Words

SKIPPED = (ProvisionKind.CONTENTS, ProvisionKind.NOTE, ProvisionKind.PREAMBLE)


def uses(sections: Sequence[SectionText], terms: Sequence[Definition], rules: LanguageRules, outline: Outline) -> Iterator[Link]:
    """Yield one link for each section and each term that it uses, at the first place where it stands.

    A term counts where its definition's scope holds; of two definitions the one with the narrower scope. The section that
    defines a term does not use it.
    """
    by_stems: dict[tuple[str, ...], list[Definition]] = defaultdict(list)
    for term in terms:
        by_stems[tuple(Words(term.term, rules).stems)].append(term)
    phrases = Phrases(by_stems)
    for section in sections:
        if section.node.kind in SKIPPED or not by_stems:
            continue
        scopes = [section.node.id, *(node.id for node in outline.above(section.node))]
        met: set[int] = set()
        for start, end, defined in phrases.found(section.words):
            held = _holding(defined, scopes)
            if held is None or id(held) in met or start < section.begin:
                continue
            met.add(id(held))
            if (target := outline.node(held.provision)) is not None and held.section != section.node.section:
                yield section.link("term", start, end, target_file=held.file, target=target.id, target_section=held.section)


def _holding(defined: Sequence[Definition], scopes: Sequence[str]) -> Definition | None:
    """Return the definition that holds in a section whose id and groups above are ``scopes``, nearest first."""
    for scope in (*scopes, ""):
        for term in defined:
            if term.scope == scope:
                return term
    return None
