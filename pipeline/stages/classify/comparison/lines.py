"""The arithmetic of a comparison as one line: figure, conversion, floor, article, outcome, section, assumption."""

from __future__ import annotations

from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.pipeline.records import Parameter
from lexfloor.pipeline.stages.classify.comparison.claims import Claim
from lexfloor.pipeline.stages.classify.comparison.outcomes import Outcome
from lexfloor.pipeline.stages.classify.comparison.tested import Tested, plain_unit

SIGNS = {(">=", Outcome.MET): "≥", (">=", Outcome.NOT_MET): "<", ("<=", Outcome.MET): "≤", ("<=", Outcome.NOT_MET): ">"}


def arithmetic(requirement: Requirement, rule: Rule, leading: Claim, against: Claim | None, outcome: Outcome, *, since: str, excepted: bool) -> str:
    """Return the line; ``against`` is a figure of the same claim with another outcome, ``since`` says why a figure that misses the rule leaves it open."""
    article = f"({requirement.id.partition(':')[0]} Art. {requirement.article})"
    kind = leading.parameter.kind.replace("_", " ")
    line = f"{kind} {_figure(rule, leading.parameter, leading.tested)} {article}: {outcome}, {_place(leading.parameter)}"
    if against is not None:
        line += f", where {_figure(rule, against.parameter, against.tested)} stands in {_place(against.parameter)} with the same claim"
    if since:
        line += f", since {since}"
    if leading.tested.assumption:
        line += f" (assumes {leading.tested.assumption})"
    if excepted and requirement.exception is not None and requirement.exception.instead is not None:
        line += f"; the temporary exception of Art. {requirement.exception.article} would be met ({requirement.exception.instead.value:g} {requirement.exception.instead.unit})"
    return line


def _figure(rule: Rule, parameter: Parameter, tested: Tested) -> str:
    """Return a figure against its floor: "98 days = 14 weeks ≥ 12 weeks"."""
    unit, floor = plain_unit(tested.threshold.unit), tested.threshold
    range_end = "" if parameter.high is None else f" to {parameter.high:g}"
    own = f"{parameter.value:g}{range_end} {plain_unit(parameter.unit)}"
    same = "" if plain_unit(parameter.unit) == unit else f" = {tested.value:.4g} {unit}"
    sign = SIGNS.get((rule.op, tested.outcome), "against")
    counted = floor.unit.partition("_of_")[2].replace("_", " ") if unit in ("days", "weeks", "months", "years") else ""
    return f"{own}{same} {sign} {floor.value:g} {unit}{f' of {counted}' if counted else ''}"


def _place(parameter: Parameter) -> str:
    """Return where a figure stands, as the law numbers its sections."""
    return f"section {parameter.section}" if parameter.section[:1].isdecimal() else parameter.section or parameter.file
