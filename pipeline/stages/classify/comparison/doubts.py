"""Doubts: why a figure that misses the floor does not yet say that the law does.

A law that states a figure below the floor mostly states the general one beside it: another way to the same benefit, the whole of
which the figure is a part, the other parts of a sum. Whoever is told that a law falls below the Convention must be able to rely on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.corpora.standards import Rule
from lexfloor.pipeline.records import Contingency, Parameter
from lexfloor.pipeline.stages.classify.comparison.claims import RATES, Claim
from lexfloor.pipeline.stages.classify.comparison.outcomes import Outcome

TIED = "the age is tied to life expectancy"
"""Why an age that meets the rule leaves it open: nobody can tell for how long it does.

Source: C102, art. 26(2), by which a higher age than 65 may be fixed with due regard to the working ability of elderly persons.
"""
LISTED = 3
"""A section that states this many different conditions for benefits of a kind lists the ways to them, or their cases."""


def is_part(parameter: Parameter) -> bool:
    """Tell whether a duration is only the time before a birth, or only that after it, or the compulsory part of a leave."""
    cases = parameter.qualifier.split(", ")
    return parameter.contingency is Contingency.MATERNITY and ("compulsory" in cases or ("before_birth" in cases) is not ("after_birth" in cases))


def doubt(rule: Rule, leading: Claim, ranked: Sequence[Claim], section: Sequence[Parameter]) -> str:
    """Return in words why a figure that misses the rule leaves it open, empty where it does not.

    Args:
        rule: what is asked for.
        leading: the figure that misses it.
        ranked: all figures that may answer the rule.
        section: all figures of the section in which it stands.
    """
    parameter = leading.parameter
    if leading.special or "early" in parameter.qualifier.split(", "):
        return "it is stated for a special case"
    if rule.parameter == "maximum_duration" and is_part(parameter):
        return "it may be a part of the whole duration"
    if rule.op == "<=" and rule.parameter != "waiting_period" and _lists_a_milder(leading, ranked):
        return "the section lists several, milder ones among them"
    if rule.parameter in RATES and any(figure.kind == "minimum_benefit" and figure.unit.startswith("amount_") for figure in section):
        return "the section adds an amount of money"
    return ""


def _lists_a_milder(leading: Claim, ranked: Sequence[Claim]) -> bool:
    """Tell whether the section of a figure states several conditions of which some meet the rule."""
    place = leading.parameter.file, leading.parameter.provision
    own = [claim for claim in ranked if (claim.parameter.file, claim.parameter.provision) == place and not claim.special and claim.parameter.comparator != "at_most"]
    return len({claim.tested.value for claim in own}) >= LISTED and any(claim.tested.outcome is Outcome.MET for claim in own)
