"""The records that travel from stage to stage; each checks itself when it is made.

Offsets count Unicode code points of a law's text as ingested, half open: ``law.text[start:end]``.
"""

from __future__ import annotations

from lexfloor.pipeline.records.findings import ArticleResult, Assessment, Evidence, Figure, Finding, PartResult, Promise
from lexfloor.pipeline.records.found import BenefitLevel, Match, Method, Parameter
from lexfloor.pipeline.records.law import Definition, Law, Link, Mark, Provision, Refusal, Segmentation, Span, Version
from lexfloor.pipeline.records.names import GROUPING, INNER, Contingency, Dimension, Level, ProvisionId, ProvisionKind, ProvisionStatus, RequirementId, State, TextState, Verdict
from lexfloor.pipeline.records.results import CountryResult, Failure, Topics

__all__ = [
    "GROUPING",
    "INNER",
    "ArticleResult",
    "Assessment",
    "BenefitLevel",
    "Contingency",
    "CountryResult",
    "Definition",
    "Dimension",
    "Evidence",
    "Failure",
    "Figure",
    "Finding",
    "Law",
    "Level",
    "Link",
    "Mark",
    "Match",
    "Method",
    "Parameter",
    "PartResult",
    "Promise",
    "Provision",
    "ProvisionId",
    "ProvisionKind",
    "ProvisionStatus",
    "Refusal",
    "RequirementId",
    "Segmentation",
    "Span",
    "State",
    "TextState",
    "Topics",
    "Verdict",
    "Version",
]
