"""One figure against a rule: its value in the rule's unit, what that assumes, and whether the rule or another way of meeting it is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lexfloor.corpora.standards import Rule, Threshold
from lexfloor.pipeline.numbers import convert
from lexfloor.pipeline.records import Parameter
from lexfloor.pipeline.stages.classify.comparison.outcomes import Outcome

BENEFIT_DAYS = 6
"""Days of benefit in a week, where a law counts benefit days and leaves out one day a week."""
WEEK = 7
SLACK = 0.02
"""Part of the floor by which a converted figure may miss it: months have 28 to 31 days."""


@dataclass(frozen=True, slots=True)
class Tested:
    """A figure measured by a threshold: the rule's own, or that of another way of meeting it."""

    threshold: Threshold
    value: float
    outcome: Outcome
    assumption: str = ""

    def distance(self, op: Literal[">=", "<="]) -> float:
        """Return how far the value lies from the floor, in the rule's unit; above zero on the side that the rule asks for."""
        return self.value - self.threshold.value if op == ">=" else self.threshold.value - self.value


def tested(rule: Rule, parameter: Parameter) -> Tested | None:
    """Return a figure against a rule, None where they cannot be compared.

    A figure whose words tell what is counted (residence, contribution) is measured by the threshold for that. Of another
    figure nobody can say that it misses the rule as long as one of the alternatives would be met.
    """
    counted = _counted(parameter)
    own = [threshold for threshold in (rule, *rule.alternatives) if counted and _counts(threshold.unit) == counted]
    if counted and not own and _counts(rule.unit):
        return None  # years of residence say nothing of years of contribution
    first = _against(rule.op, own[0] if own else rule, parameter)
    if first is None or own or first.outcome is Outcome.MET:
        return first
    others = [found for found in (_against(rule.op, threshold, parameter) for threshold in rule.alternatives) if found is not None]
    if any(found.outcome is Outcome.MET for found in others):
        return Tested(first.threshold, first.value, Outcome.CANNOT_TELL, first.assumption)
    return first


def _counts(unit: str) -> str:
    """Return what a unit counts: "years_of_residence" → "residence"; empty for plain units."""
    return unit.partition("_of_")[2]


def _counted(parameter: Parameter) -> str:
    """Return what a figure counts, as far as its unit or its qualifier tells."""
    return _counts(parameter.unit) or ("residence" if "residence" in parameter.qualifier.split(", ") else "")


def _against(op: Literal[">=", "<="], threshold: Threshold, parameter: Parameter) -> Tested | None:
    unit = plain_unit(threshold.unit)
    own = plain_unit(parameter.unit)
    values = (parameter.value, parameter.value if parameter.high is None else parameter.high)
    converted = [convert(value, own, unit) for value in values]
    ends = [found.value for found in converted if found is not None]
    if len(ends) < len(values) or converted[0] is None:
        return None
    assumption = converted[0].assumption
    worse, better = (min(ends), max(ends)) if op == ">=" else (max(ends), min(ends))
    slack = SLACK * threshold.value if own != unit else 0.0
    if _meets(op, worse, threshold.value, slack):
        return Tested(threshold, worse, Outcome.MET, assumption)
    if _meets(op, better, threshold.value, slack):
        return Tested(threshold, worse, Outcome.CANNOT_TELL, assumption)
    benefit_weeks = worse * WEEK / BENEFIT_DAYS
    if op == ">=" and own == "days" and unit != own and _meets(op, benefit_weeks, threshold.value, 0.0):
        return Tested(threshold, benefit_weeks, Outcome.MET, "six benefit days a week")
    return Tested(threshold, worse, Outcome.NOT_MET, assumption)


def plain_unit(unit: str) -> str:
    """Return a unit without what it counts or is taken of.

    >>> plain_unit("years_of_contribution"), plain_unit("amount_EUR")
    ('years', 'amount_EUR')
    """
    return unit.partition("_of_")[0]


def _meets(op: Literal[">=", "<="], value: float, floor: float, slack: float) -> bool:
    return value >= floor - slack if op == ">=" else value <= floor + slack
