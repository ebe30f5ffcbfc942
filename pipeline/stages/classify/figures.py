"""The comparison: which figure answers a requirement's rule, and whether it meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.pipeline.numbers import converted
from lexfloor.pipeline.records import Contingency, Match, Parameter

ACCEPTED = {
    "maximum_duration": ("maximum_duration",),
    "waiting_period": ("waiting_period",),
    "pensionable_age": ("pensionable_age",),
    "qualifying_period": ("qualifying_period",),
    "qualifying_period_reduced": ("qualifying_period",),
    "replacement_rate": ("replacement_rate",),
    "replacement_rate_survivors": ("replacement_rate_survivors", "replacement_rate"),
}
"""Which kinds of figure answer a rule's parameter; a parameter not listed is settled by statistics, not by the text."""
SECTIONS = 6
"""Figures are looked for in this many of the best sections."""
CLOSE = 0.6
"""A figure this little behind the best one is as likely to be meant."""
CLEAR = 1.2
"""From this weight on, a figure that misses the floor decides."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a rule: the deciding figure, its value in the rule's unit, whether it meets the floor, its weight."""

    parameter: Parameter
    value: float
    met: bool
    weight: float
    arithmetic: str


def compare(requirement: Requirement, found: Sequence[Match], parameters: dict[tuple[str, str], list[Parameter]]) -> Comparison | None:
    """Return how the law's figure compares with the requirement's rule; None where no figure answers it.

    ``found`` are the requirement's matches, best first; ``parameters`` those of each (file, provision id). The figure with
    the greatest weight decides: how well its section answers, how clearly the words name the parameter, and whether they
    name the contingency. Among figures of nearly equal weight one that meets the floor is preferred: the law then gives
    the persons it protects at least that.
    """
    rule = requirement.rule or requirement.practice
    if rule is None or rule.parameter not in ACCEPTED:
        return None
    options = []
    for match in found[:SECTIONS]:
        for parameter in parameters.get((match.file, match.provision), ()):
            value = _in_unit(parameter, rule.unit)
            if parameter.kind in ACCEPTED[rule.parameter] and value is not None:
                options.append((_weight(requirement, match, found[0], parameter), value, parameter))
    if not options:
        return None
    top = max(weight for weight, _, _ in options)
    close = [option for option in options if option[0] >= top - CLOSE]
    weight, value, parameter = max(close, key=lambda option: (_met(rule, option[1], option[2].unit), option[0]))
    met = _met(rule, value, parameter.unit)
    return Comparison(parameter, value, met, weight, _arithmetic(requirement, rule, parameter, value, met))


def _weight(requirement: Requirement, match: Match, first: Match, parameter: Parameter) -> float:
    fits = 0.0
    if parameter.contingency is not None and requirement.contingency is not Contingency.ALL:
        fits = 0.5 if parameter.contingency is requirement.contingency else -0.8
    return parameter.strength + fits + (match.score - first.score) * 0.5


def _in_unit(parameter: Parameter, unit: str) -> float | None:
    """Return the figure in the rule's unit ("years_of_contribution" counts in years), None where they differ in kind."""
    kind = unit.partition("_")[0]
    return converted(parameter.value, parameter.unit, kind)


def _met(rule: Rule, value: float, unit: str) -> bool:
    """Return whether a value in the rule's unit meets the rule; a month too long by rounding counts as equal."""
    slack = 0.02 * rule.value if unit != rule.unit.partition("_")[0] else 0.0
    return value >= rule.value - slack if rule.op == ">=" else value <= rule.value + slack


def _arithmetic(requirement: Requirement, rule: Rule, parameter: Parameter, value: float, met: bool) -> str:
    kind = rule.unit.partition("_")[0]
    own = f"{parameter.value:g} {parameter.unit}"
    same = "" if parameter.unit == kind else f" = {value:.4g} {kind}"
    sign = {(">=", True): "≥", (">=", False): "<", ("<=", True): "≤", ("<=", False): ">"}[rule.op, met]
    where = f"{parameter.section}" if parameter.section else parameter.file
    return f"{parameter.kind.replace('_', ' ')} {own}{same} {sign} {rule.value:g} {kind} (art. {requirement.article}): {'met' if met else 'not met'}, {where}"
