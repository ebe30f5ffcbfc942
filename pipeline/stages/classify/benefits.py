"""Benefit levels of a country: the figures of the sections found for each line of the Schedule, and what they amount to.

The one place where a level meets the comparison engine is `with_computed`: the rate that a formula comes to stands there among
the figures of law, in place of those that it is computed from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lexfloor.corpora.standards import Requirement, Standard
from lexfloor.corpora.statistics import Statistic
from lexfloor.pipeline.benefit import levels, requirement_met
from lexfloor.pipeline.benefit.convention import qualifying_requirement, requirement_of
from lexfloor.pipeline.records import BenefitLevel, Contingency, Match, Parameter, Provision, RequirementId
from lexfloor.pipeline.stages.classify.comparison.claims import RATES, SECTIONS, WRONG_SIDE, Place, answered_by, bearing

HEARD = 0.5
"""A figure whose claim is weaker than this has no part in a level."""
COMPUTED = "computed"
"""The qualifier of a figure that no law prints: it is computed from the figures that the law gives."""
Levels = Mapping[RequirementId, tuple[BenefitLevel, ...]]
Figures = Mapping[Place, Sequence[Parameter]]


def benefit_levels(
    standard: Standard, matches: Mapping[str, Sequence[Match]], parameters: Figures, sections: Mapping[Place, Provision], statistics: Sequence[Statistic] = ()
) -> Levels:
    """Return one country's levels by the requirement that asks for them, in the Schedule's order."""
    gathered: dict[RequirementId, list[Parameter]] = {}
    for line in standard.schedule:
        requirement = requirement_of(standard, line)
        if requirement is not None and requirement.id not in gathered:
            own = list(_heard(line.contingency, matches.get(requirement.id, ()), parameters, sections))
            period = qualifying_requirement(standard, line)
            about = _heard(line.contingency, matches.get(period.id, ()), parameters, sections) if period else ()
            places = {(figure.file, figure.provision, figure.span.start) for figure in own}
            asked = [figure for figure in about if figure.kind == "qualifying_period" and (figure.file, figure.provision, figure.span.start) not in places]
            gathered[requirement.id] = own + asked
    found: dict[RequirementId, tuple[BenefitLevel, ...]] = {}
    for level in levels(standard, gathered, statistics):
        found[level.requirement] = (*found.get(level.requirement, ()), level)
    return found


def _heard(contingency: Contingency, found: Sequence[Match], parameters: Figures, sections: Mapping[Place, Provision]) -> Iterable[Parameter]:
    """Yield the figures of the best sections; their strength becomes their claim to be figures of the benefit, as the comparison weighs it."""
    best = max((match.score for match in found), default=0.0)
    for match in found[:SECTIONS]:
        place = match.file, match.provision
        section = sections.get(place)
        if section is not None and not section.citable:
            continue
        for figure in parameters.get(place, ()):
            claim = bearing(figure, contingency, match, section, best)
            if figure.kind in RATES and figure.comparator == "at_least":
                claim += WRONG_SIDE
            if claim >= HEARD:
                yield replace(figure, strength=round(claim, 4))


def with_computed(requirement: Requirement, parameters: Figures, told: Sequence[BenefitLevel]) -> Figures:
    """Return the figures that a requirement's rule is compared with: a rate that is computed in place of what it is computed from.

    A rate is computed where the law gives no single one: what accrues with the years, shares of several survivors, an amount
    measured by a wage of the statistics. Where the level cannot be told, or the law states the rate itself, nothing changes.
    Beside what accrues to the Convention's years, rates of the same scheme are rates after other years and do not count.
    """
    level = telling(told)
    if level is None or level.rate is None or requirement.rule is None:
        return parameters
    kinds = answered_by(requirement.rule)
    parts = [figure for figure in level.figures if figure.kind in (*kinds, *RATES, "accrual_rate", "minimum_benefit")]
    if not parts or any(figure.unit == "percent" and figure.value == level.rate and figure.kind in kinds for figure in parts):
        return parameters
    first = parts[0]
    place = first.file, first.provision
    printed = next(figure for figure in parameters[place] if figure.span == first.span and figure.kind == first.kind)
    computed = replace(
        printed,
        kind=kinds[0],
        value=round(level.rate, 4),
        unit="percent",
        comparator="exactly",
        contingency=level.contingency,
        high=None,
        own_unit="",
        qualifier=COMPUTED,
        base="previous_earnings",
    )
    accrued = any(figure.kind == "accrual_rate" for figure in parts)  # then a rate of the same scheme is one after other years
    used = {(figure.file, figure.provision, figure.span) for figure in parts}
    kept = {
        key: [figure for figure in figures if figure.kind not in kinds or not ((*key, figure.span) in used or (accrued and figure.file == first.file))]
        for key, figures in parameters.items()
    }
    return kept | {place: [computed, *kept[place]]}


def telling(told: Sequence[BenefitLevel]) -> BenefitLevel | None:
    """Return the level that speaks for a requirement: the lowest of those that say what all say together; None where they leave it open.

    A level under the Schedule's percentage that meets a lower one speaks for itself and not as a figure.
    """
    met = requirement_met(told)
    speaking = [level for level in told if met is not None and level.met is met and level.rate is not None and (level.rate >= level.floor) is met]
    return min(speaking, key=_rate, default=None)


def _rate(level: BenefitLevel) -> float:
    return level.rate or 0.0


def silent(told: Sequence[BenefitLevel]) -> tuple[BenefitLevel, ...]:
    """Return the levels of a requirement of which no provision speaks: one a beneficiary, without a rate."""
    lines = {level.beneficiary: level for level in told}
    missing = ("a provision on the benefit: none was found in the files",)
    return tuple(replace(level, method=None, rate=None, met=None, steps=(), missing=missing, left_open=(), figures=()) for level in lines.values())
