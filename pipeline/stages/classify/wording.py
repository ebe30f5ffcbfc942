"""Wording: which sentences answer a requirement, and whether they leave the right to the will of whoever grants it.

A benefit that "may, where the Minister thinks fit, be paid" is provided for and not secured, as the Convention wants it (C102, art. 13).
Only words that laws seldom use of anything else count (``at_will`` of a language): "may be granted" is as often said of what stands
beside a right.
"""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.corpora.standards import Requirement
from lexfloor.models.kinds import log_odds
from lexfloor.pipeline.records import Contingency, Dimension
from lexfloor.pipeline.stages.classify.signals import Passage

SECTIONS = 8
"""Sentences are taken from this many of the likeliest sections."""
SENTENCES = 10
"""This many sentences count as an answer: one that people cite is the first for 30% of requirements, among ten for 67%."""
SHARED = 2.0
"""What words in common weigh beside the log-odds of the section to be evidence."""
SUREST = 1 - 1e-4
"""Sections likelier than this, and less likely than its counterpart, count as these."""


def about_a_right(requirement: Requirement) -> bool:
    """Tell whether a requirement asks for somebody's right: not how schemes are run, nor for a bound that silence keeps."""
    rule = requirement.rule or requirement.practice
    return requirement.dimension is not Dimension.GOVERNANCE and (rule is None or rule.op == ">=")


def answering(sentences: Sequence[Passage], shared: Sequence[float]) -> list[Passage]:
    """Return the sentences that answer a requirement, the likeliest first.

    Args:
        sentences: of sections that were ranked; others are left out, since nothing tells how likely they are evidence.
        shared: for each how many words it has in common with the requirement, long sentences counting for less.
    """
    worth = {}
    for place, (sentence, words) in enumerate(zip(sentences, shared, strict=True)):
        if sentence.match.relevance is not None:
            worth[place] = SHARED * words + log_odds(sentence.match.relevance, SUREST)
    return [sentences[place] for place in sorted(worth, key=worth.__getitem__, reverse=True)[:SENTENCES]]


def left_to_will(sentence: Passage, contingency: Contingency) -> bool:
    """Tell whether a sentence leaves what it grants to somebody's will; not where it names other contingencies alone, whose right it is then."""
    if not sentence.reading.within(sentence.start, sentence.end, "will"):
        return False
    named = {hit.label for hit in sentence.reading.within(sentence.start, sentence.end, "contingencies")}
    return not named or contingency is Contingency.ALL or str(contingency) in named
