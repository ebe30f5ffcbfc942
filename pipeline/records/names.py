"""Identifiers, and the words by which records say what something is."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

ProvisionId = NewType("ProvisionId", str)
RequirementId = NewType("RequirementId", str)


class Dimension(StrEnum):
    """What a requirement is about."""

    COVERAGE = "coverage"
    BENEFIT_LEVEL = "benefit_level"
    GOVERNANCE = "governance"


class Contingency(StrEnum):
    """The contingencies of C102, Parts II to X; ``ALL`` stands for Parts XI to XIII."""

    MEDICAL_CARE = "medical_care"
    SICKNESS = "sickness"
    UNEMPLOYMENT = "unemployment"
    OLD_AGE = "old_age"
    EMPLOYMENT_INJURY = "employment_injury"
    FAMILY = "family"
    MATERNITY = "maternity"
    INVALIDITY = "invalidity"
    SURVIVORS = "survivors"
    ALL = "all"


class Verdict(StrEnum):
    """What the supplied texts amount to for one requirement."""

    COMPLIANT = "compliant"
    PARTIAL = "partial"
    NON_COMPLIANT = "non_compliant"
    NEEDS_DATA = "needs_data"
    NOT_ADDRESSED = "not_addressed"


class State(StrEnum):
    """What findings amount to, alone or together: a verdict, or that one figure, unsure, may lie below the floor."""

    COMPLIANT = "compliant"
    PARTIAL = "partial"
    NON_COMPLIANT = "non_compliant"
    MAY_FALL_BELOW = "may_fall_below"
    NEEDS_DATA = "needs_data"
    NOT_ADDRESSED = "not_addressed"


class ProvisionKind(StrEnum):
    """What a stretch of a law is there for."""

    OPERATIVE = "operative"
    DEFINITION = "definition"
    TRANSITIONAL = "transitional"
    SCHEDULE = "schedule"
    AMENDING = "amending"
    QUOTED = "quoted"
    PREAMBLE = "preamble"
    CONTENTS = "table_of_contents"
    NOTE = "note"


class ProvisionStatus(StrEnum):
    """Whether a provision is law today, as far as its file says."""

    IN_FORCE = "in_force"
    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    NOT_IN_FORCE = "not_yet_in_force"
    UNKNOWN = "unknown"


class TextState(StrEnum):
    """What kind of text a file holds."""

    CONSOLIDATED = "consolidated"
    AS_ENACTED = "as_enacted"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Levels of a law's hierarchy, from the whole down."""

    BOOK = "book"
    PART = "part"
    TITLE = "title"
    CHAPTER = "chapter"
    DIVISION = "division"
    SUBDIVISION = "subdivision"
    SCHEDULE = "schedule"
    SECTION = "section"
    SUBSECTION = "subsection"
    PARAGRAPH = "paragraph"
    ITEM = "item"


GROUPING = (Level.BOOK, Level.PART, Level.TITLE, Level.CHAPTER, Level.DIVISION, Level.SUBDIVISION, Level.SCHEDULE)
INNER = (Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM)
