"""Records of a run: what went wrong, and all that was found for a country."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lexfloor.pipeline.records.findings import Assessment, Finding
from lexfloor.pipeline.records.found import Match, Parameter
from lexfloor.pipeline.records.law import Definition, Law, Link, Provision
from lexfloor.pipeline.records.names import Contingency, Dimension


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong or was left out, kept beside the results instead of ending the run."""

    stage: str
    country: str
    file: str
    category: Literal["source", "parse", "model", "internal", "skipped"]
    message: str
    page: int | None = None


Topics = dict[tuple[str, str], tuple[Dimension, Contingency]]
"""What sections are about, by (file, provision id)."""


@dataclass(frozen=True, slots=True)
class CountryResult:
    """Everything that a run found for one country."""

    country: str
    laws: tuple[Law, ...]
    provisions: tuple[Provision, ...]
    parameters: tuple[Parameter, ...]
    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]
    assessment: Assessment
    topics: Topics = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    definitions: tuple[Definition, ...] = ()
