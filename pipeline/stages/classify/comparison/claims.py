"""Claims: how strongly a figure may claim to be the one that a rule is about, and the scheme that it belongs to.

A claim rests on where a figure stands and on the words around it, never on how large it is: a law that gives less than it
must is read like one that gives more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.pipeline.records import Contingency, Match, Parameter, Provision, ProvisionKind
from lexfloor.pipeline.stages.classify.comparison.tested import Tested, tested

ANSWERED_BY = {
    "qualifying_period_reduced": ("qualifying_period_reduced", "qualifying_period"),
    "replacement_rate_survivors": ("replacement_rate_survivors", "replacement_rate"),
}
"""Kinds of figure that answer a rule's parameter, where it is not that kind alone."""
RATES = ("replacement_rate", "replacement_rate_survivors")
BY_STATISTICS = ("persons_protected_share", "total_value_per_child")
"""What no figure of the text settles."""
SECTIONS = 3
"""Figures are looked for in this many of the likeliest sections: in more, figures of other rules are taken for the one that is asked for."""
SPECIAL = frozenset({"self_employed", "special_work", "early", "partial_incapacity", "multiple_birth", "public_service", "parental", "phased"})
"""Cases that the general scheme does not consist of."""
OTHER_BASES = frozenset({"minimum_wage", "reference_pension", "contribution"})
"""What a rate of benefit may be taken of without being a rate of earnings."""
SAME_BENEFIT, OTHER_BENEFIT = 0.5, -0.8
FIRST, IN_PASSAGE = 0.1, 0.05
"""What it adds to a claim to be the first figure of its section, and to stand in the passage that was found."""
WRONG_SIDE, SPECIAL_CASE, OTHER_BASE, SIDE_RULE = -0.3, -0.5, -0.5, -0.3
"""What it takes from a claim to be a bound from the wrong side; to be stated for a special case; to be a part of something that
is no wage; to stand in a definition or in a provision for the time being."""
SCORE = 0.2
"""Worth of a standard deviation of the section's score."""


Place = tuple[str, str]
"""A section: file and provision id."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that may answer the rule; ``scheme`` is the file and the headings under which it stands."""

    parameter: Parameter
    tested: Tested
    weight: float
    scheme: tuple[str, ...]
    special: str
    order: int


def answered_by(rule: Rule) -> tuple[str, ...]:
    """Return the kinds of figure that answer a rule, none where statistics do."""
    return () if rule.parameter in BY_STATISTICS else ANSWERED_BY.get(rule.parameter, (rule.parameter,))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: a requirement, its rule, the kinds of figure that answer it, and the best score of a section."""

    requirement: Requirement
    rule: Rule
    kinds: tuple[str, ...]
    score: float


def claims(requirement: Requirement, rule: Rule, found: Sequence[Match], parameters: Mapping[Place, Sequence[Parameter]], sections: Mapping[Place, Provision]) -> list[Claim]:
    """Return the figures that may answer a rule, the strongest claim first; among equals the better section and the earlier place."""
    if not found:
        return []
    asked = _Asked(requirement, rule, answered_by(rule), max(match.score for match in found))
    made: list[Claim] = []
    for match in found[:SECTIONS]:
        place = match.file, match.provision
        made += _of_section(asked, match, sections.get(place), sorted(parameters.get(place, ()), key=_place))
    return sorted(made, key=_strongest_first)


def _strongest_first(claim: Claim) -> tuple[float, int, int]:
    return -claim.weight, claim.order, claim.parameter.span.start


def _place(parameter: Parameter) -> tuple[int, int]:
    return parameter.span.start, parameter.span.end


def _of_section(asked: _Asked, match: Match, section: Provision | None, parameters: Sequence[Parameter]) -> Iterator[Claim]:
    """Yield the claims of one section's figures, which are in order of the text."""
    if section is not None and not section.citable:
        return
    scheme = (match.file, *(section.path if section is not None else ()))
    first = FIRST
    for parameter in parameters:
        found = tested(asked.rule, parameter) if parameter.kind in asked.kinds else None
        if found is None:
            continue
        special = _special(asked.rule, parameter)
        weight = _weight(asked, match, section, parameter) + (SPECIAL_CASE if special else first)
        if not special:
            first = 0.0
        yield Claim(parameter, found, weight, scheme, special, match.rank)


def bearing(parameter: Parameter, contingency: Contingency, match: Match, section: Provision | None, best: float) -> float:
    """Return what its section and the words around it say for a figure of a contingency's benefit; ``best`` is the best score of the sections found."""
    weight = parameter.strength + SCORE * (match.score - best)
    if parameter.contingency is not None and contingency is not Contingency.ALL:
        weight += SAME_BENEFIT if parameter.contingency is contingency else OTHER_BENEFIT
    if parameter.span.start < match.span.end and parameter.span.end > match.span.start:
        weight += IN_PASSAGE
    if section is not None and section.kind in (ProvisionKind.DEFINITION, ProvisionKind.TRANSITIONAL):
        weight += SIDE_RULE
    return weight


def _weight(asked: _Asked, match: Match, section: Provision | None, parameter: Parameter) -> float:
    """Return how far a figure bears on the benefit and fits the rule."""
    weight = bearing(parameter, asked.requirement.contingency, match, section, asked.score)
    if parameter.comparator == ("at_least" if asked.rule.op == ">=" else "at_most"):
        weight += WRONG_SIDE  # "not less than six weeks of it after birth" is no length of a benefit, "at most ten years" no condition
    if asked.rule.parameter in RATES and parameter.base in OTHER_BASES:
        weight += OTHER_BASE
    return weight


def _special(rule: Rule, parameter: Parameter) -> str:
    """Return the special cases for which a figure holds; a reduced benefit may well be an early one."""
    cases = SPECIAL - {"early"} if rule.parameter == "qualifying_period_reduced" else SPECIAL
    return ", ".join(name for name in parameter.qualifier.split(", ") if name in cases)
