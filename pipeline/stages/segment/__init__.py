"""Segment: a law into the nodes of its hierarchy, down to subsections, paragraphs and items."""

from __future__ import annotations

from lexfloor.corpora.languages import nearest_language
from lexfloor.pipeline.records import Law, Segmentation
from lexfloor.pipeline.stages.segment.components import law_doc, segmenter


def segment(law: Law) -> Segmentation:
    """Return the provisions of one law, from its markup where that states them, else from wording and numbering.

    Every character of the law's text lies in the own stretch of exactly one provision, or in one refused stretch.
    """
    nlp = segmenter(nearest_language(law.language))
    with nlp.memory_zone():
        made: Segmentation = nlp(law_doc(nlp, law))._.segmentation
    return made
