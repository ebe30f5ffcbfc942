"""Segmentation as a spaCy pipeline over a law: each step is a component that can be replaced or added to.

The tokens of the `Doc` are lines that are set off and the text between them, so that a law of megabytes costs little;
``doc._.law`` is the law, ``doc._.view`` its plain text, ``doc._.lines`` the lines that hold words, ``doc._.stretches`` what the steps
have found so far, ``doc._.segmentation`` the outcome.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.pipeline.language import Languages
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Law, ProvisionKind, Segmentation
from lexfloor.pipeline.stages.segment.lines import lines_of, wrapped
from lexfloor.pipeline.stages.segment.nested import divide
from lexfloor.pipeline.stages.segment.outline import from_headings, from_markup
from lexfloor.pipeline.stages.segment.state import settle
from lexfloor.pipeline.stages.segment.stretch import Stretch
from lexfloor.pipeline.stages.segment.tree import provisions_of, refusals_of

COMPONENTS = ("lexfloor_outline", "lexfloor_state", "lexfloor_inner", "lexfloor_provisions")
for _name in ("law", "view", "lines", "stretches", "segmentation"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


@cache
def segmenter(code: str) -> Language:
    """Return the pipeline for a language, by its ISO 639-1 code; one without a file is read by numbering and layout."""
    nlp = spacy.blank("xx", vocab=Vocab())  # without the lexical attributes of words: the tokens are lines
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"language": nearest_language(code)})
    return nlp


def law_doc(nlp: Language, law: Law) -> Doc:
    """Return a law as the pipeline reads it: its plain text; a line that is set off is a token, and so is the text between two of them."""
    view = plain(law.text, law.body)
    lines = lines_of(law.text, view)
    starts = [line.start for before, line in pairwise(lines) if line.set_off or before.set_off]
    words = [view.text[start:end] for start, end in pairwise([0, *starts, len(view.text)]) if start < end]
    doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
    doc._.law, doc._.view, doc._.lines = law, view, lines
    return doc


class _Component:
    """A step for one language: its rules come from corpora/languages."""

    def __init__(self, nlp: Language, name: str, language: str) -> None:
        self.rules: LanguageRules = language_rules(language)


@Language.factory("lexfloor_outline", default_config={"language": "und"}, assigns=["doc._.stretches"])
class Outline(_Component):
    """Finds groups and sections: from the markup where it states them, else from headings."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.stretches`` to pairs of a stretch and the group around it, in order of the text."""
        law: Law = doc._.law
        found = from_headings(doc._.view, doc._.lines, self.rules) if law.marks is None else from_markup(law, doc._.view)
        doc._.stretches = list(_grouped(found))
        return doc


@Language.factory("lexfloor_state", default_config={"language": "und"}, requires=["doc._.stretches"])
class State(_Component):
    """Tells what each stretch is there for and whether it is law today."""

    def __call__(self, doc: Doc) -> Doc:
        """Set kind, status and reason of the stretches."""
        for stretch, above in doc._.stretches:
            settle(stretch, above, doc._.view.text, self.rules, doc._.law)
        return doc


@Language.factory("lexfloor_inner", default_config={"language": "und"}, requires=["doc._.stretches"])
class Inner(_Component):
    """Divides sections into subsections, paragraphs and items."""

    def __call__(self, doc: Doc) -> Doc:
        """Give the sections their inner stretches."""
        hard_wrapped = wrapped(doc._.lines)
        for stretch, _ in doc._.stretches:
            if stretch.is_section and stretch.kind is not ProvisionKind.CONTENTS:
                divide(stretch, doc._.view.text, self.rules, hard_wrapped=hard_wrapped)
        return doc


@Language.factory("lexfloor_provisions", default_config={"language": "und"}, requires=["doc._.stretches"], assigns=["doc._.segmentation"])
class Provisions(_Component):
    """Makes the records of what was found."""

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.segmentation``."""
        law: Law = doc._.law
        languages = Languages.of_text(doc._.view.text, law.language)
        provisions = tuple(provisions_of(law, doc._.view, doc._.stretches, languages))
        doc._.segmentation = Segmentation(provisions, tuple(refusals_of(law, provisions)))
        return doc


def _grouped(found: Iterable[Stretch]) -> Iterator[tuple[Stretch, Stretch | None]]:
    """Yield each stretch with the innermost group that encloses it, or section that quotes it."""
    groups: list[Stretch] = []
    for stretch in found:
        while groups and (groups[-1].depth >= stretch.depth or groups[-1].end < stretch.end):
            groups.pop()
        yield stretch, groups[-1] if groups else None
        if not stretch.is_section or stretch.quoted:
            groups.append(stretch)
