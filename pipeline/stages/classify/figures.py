"""The comparison: which figure answers a requirement's rule, and whether it meets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.pipeline.numbers import converted
from lexfloor.pipeline.records import Contingency, Match, Parameter, Verdict

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
CLOSE, CLOSE_HERE = 0.15, 0.45
"""A figure this little behind the best one is as likely to be meant: in another section, and in the best one's own."""
CLEAR, FAINT = 0.9, 0.3
"""From the first weight on, a figure that misses the floor decides; below the second a figure is not spoken of."""
PLAUSIBLE = 4.0
"""A figure this many times off the floor measures something else."""
BENEFIT_DAYS = 6
"""Days of benefit in a week, where a law counts benefit days and leaves out one day a week."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of a rule: the deciding figure, its value in the rule's unit, whether it meets the floor, its weight."""

    parameter: Parameter
    value: float
    met: bool
    weight: float
    arithmetic: str
    ratio: float

    @property
    def spoken(self) -> bool:
        """Whether the figure is clear enough to be cited."""
        return self.weight >= FAINT

    def agrees(self, verdict: Verdict) -> bool:
        """Whether the figure speaks for a verdict: a figure below the floor for that one alone."""
        return self.met is not (verdict is Verdict.NON_COMPLIANT)

    @property
    def below(self) -> bool:
        """Whether the figure clearly misses the floor, by no more than a figure of its kind plausibly can."""
        return not self.met and self.weight >= CLEAR and 1 / PLAUSIBLE <= self.ratio <= PLAUSIBLE


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
    top, _, leading = max(options, key=_by_weight)
    reduced = rule.parameter == "qualifying_period_reduced"  # the full benefit's longer period stands beside it
    close = [
        (weight, value, parameter)
        for weight, value, parameter in options
        if weight >= top - (CLOSE_HERE if reduced or (parameter.file, parameter.provision) == (leading.file, leading.provision) else CLOSE)
    ]
    weight, value, parameter = max(close, key=lambda option: (_met(rule, option[1], option[2].unit), option[0]))
    met = _met(rule, value, parameter.unit)
    ratio = value / rule.value if rule.value else 0.0
    floor = converted(rule.value, rule.unit, "weeks") if rule.op == ">=" else None
    if not met and parameter.unit == "days" and floor is not None and parameter.value / BENEFIT_DAYS >= floor:
        weeks = f"{parameter.value:g} days, {parameter.value / BENEFIT_DAYS:.4g} weeks if six days a week are paid"
        arithmetic = f"{parameter.kind.replace('_', ' ')} {weeks} (art. {requirement.article}): met on that reading, {parameter.section}"
        return Comparison(parameter, value, True, weight, arithmetic, ratio)
    return Comparison(parameter, value, met, weight, _arithmetic(requirement, rule, parameter, value, met), ratio)


def _by_weight(option: tuple[float, float, Parameter]) -> float:
    return option[0]


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
