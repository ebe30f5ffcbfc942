"""The names of Akoma Ntoso that reader and writer share: elements for levels, and prefixes of ids.

Source: Akoma Ntoso Version 1.0 (OASIS, 2018), Part 1 (vocabulary), Part 2 (schema), and its Naming Convention, section 5.3.
"""

from __future__ import annotations

import re

from lexfloor.pipeline.records import Level, ProvisionKind, ProvisionStatus

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "#lexfloor"
"""Source of the metadata in documents that lexfloor wrote: in these, ``class`` and ``title`` carry what `NAMED_KINDS` and `label_of` say."""
ELEMENTS = {
    Level.BOOK: "book",
    Level.PART: "part",
    Level.TITLE: "title",
    Level.CHAPTER: "chapter",
    Level.DIVISION: "division",
    Level.SUBDIVISION: "subdivision",
    Level.SCHEDULE: "hcontainer",
    Level.SECTION: "section",
    Level.SUBSECTION: "subsection",
    Level.PARAGRAPH: "paragraph",
    Level.ITEM: "point",
}
"""The element that a provision of a level is written as; a schedule's has the name "schedule"."""
GROUPS = {
    "book": Level.BOOK,
    "tome": Level.BOOK,
    "part": Level.PART,
    "title": Level.TITLE,
    "chapter": Level.CHAPTER,
    "subpart": Level.DIVISION,
    "subtitle": Level.DIVISION,
    "subchapter": Level.DIVISION,
    "division": Level.DIVISION,
    "subdivision": Level.SUBDIVISION,
}
"""Elements that gather sections."""
SCHEDULES = frozenset(("schedule", "annex", "appendix", "attachment"))
"""Names of an ``hcontainer`` that is a schedule."""
BASIC = frozenset(("section", "article", "rule"))
"""Elements that are the unit that lawyers cite, unless they gather others of this list."""
INNER = {
    "subsection": Level.SUBSECTION,
    "subrule": Level.SUBSECTION,
    "paragraph": Level.PARAGRAPH,
    "clause": Level.PARAGRAPH,
    "item": Level.PARAGRAPH,
    "subparagraph": Level.ITEM,
    "subclause": Level.ITEM,
    "point": Level.ITEM,
    "indent": Level.ITEM,
}
"""Elements inside a section; one of them that lies in no section is a section itself."""
HIERARCHY = frozenset((*GROUPS, *BASIC, *INNER, "hcontainer", "alinea", "list", "sublist", "level", "proviso", "transitional")) - {"item"}
"""All elements that may carry number and heading and hold one another."""
LOOSE = "interstitial"
"""Name of an ``hcontainer`` for words that stand between the provisions of a group or section."""
EID_PREFIXES = {
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
    Level.ITEM: "point",
}
"""What the id of a provision begins with, by level."""
ARTICLE_PREFIX = "art"
"""What the eId of a section begins with that the law itself calls an article."""
QUOTED_PREFIX = "qstr"
"""What stands in the eId of a quoted provision for the quotation, by its number within the section that quotes."""
NAMED_KINDS = {kind.value: kind for kind in ProvisionKind}
NAMED_STATUSES = {status.value: status for status in ProvisionStatus}
REMOVED = {"removed": ProvisionStatus.REPEALED, "temporarilyRemoved": ProvisionStatus.NOT_IN_FORCE}
"""What the attribute ``status`` says of a provision; its other values say how the text was edited."""
_AFTER_LABEL = re.compile(r"[\s.:;,：–—-]+$")


def label_of(words: str, level: Level) -> str:
    """Return the label that a printed number stands for: for sections and groups without the stop or dash after it.

    >>> label_of("Art. 5.—", Level.SECTION), label_of("1.", Level.PARAGRAPH)
    ('Art. 5', '1.')
    """
    if level in (Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM):
        return words
    return _AFTER_LABEL.sub("", words) or words
