"""Doubts: why a figure that misses the floor does not yet say that the law does.

A law that states a figure below the floor mostly states the general one beside it: another way to the same benefit, the whole of
which the figure is a part, the other parts of a sum. Whoever is told that a law falls below the Convention must be able to rely on it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.corpora.standards import Rule
from lexfloor.pipeline.records import Contingency, Parameter
from lexfloor.pipeline.stages.classify.comparison.claims import Claim
from lexfloor.pipeline.stages.classify.comparison.outcomes import Outcome

LEAST_STRENGTH = 0.5
"""A figure whose kind is told less clearly than this says nothing against a law."""


def is_part(parameter: Parameter) -> bool:
    """Tell whether a duration is only the time before a birth, or only that after it, or the compulsory part of a leave."""
    cases = parameter.qualifier.split(", ")
    return parameter.contingency is Contingency.MATERNITY and ("compulsory" in cases or ("before_birth" in cases) is not ("after_birth" in cases))


def doubt(rule: Rule, leading: Claim, ranked: Sequence[Claim]) -> str:
    """Return in words why a figure that misses the rule leaves it open, empty where it does not; ``ranked`` are all figures that may answer."""
    parameter = leading.parameter
    if parameter.strength < LEAST_STRENGTH:
        return "what the figure measures is not clear"
    if leading.special or "early" in parameter.qualifier.split(", "):
        return "it is stated for a special case"
    if rule.parameter == "maximum_duration" and (is_part(parameter) or parameter.comparator == "at_most"):
        return "it may be a part of the whole duration"
    beside = [claim for claim in ranked if claim is not leading and not claim.special and _section(claim) == _section(leading)]
    if rule.op == "<=" and rule.parameter != "waiting_period" and any(claim.tested.outcome is Outcome.MET and claim.parameter.comparator != "at_most" for claim in beside):
        return "the section states a milder condition too"
    if rule.parameter.startswith("replacement_rate") and beside:
        rates = {claim.tested.value for claim in (leading, *beside)}
        if len(rates) > 1 and sum(rates) >= leading.tested.threshold.value:
            return "the section states further rates, of which the benefit may be the sum"
    return ""


def _section(claim: Claim) -> tuple[str, str]:
    return claim.parameter.file, claim.parameter.provision
