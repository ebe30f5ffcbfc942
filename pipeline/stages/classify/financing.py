"""Financing: the part of the contributions that employees pay, where the law gives the rates of those who pay and not their shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.records import Match, Parameter
from lexfloor.pipeline.stages.classify.benefits import COMPUTED
from lexfloor.pipeline.stages.classify.comparison.claims import SECTIONS, Place

SHARE = "employee_contribution_share"
EMPLOYEE, EMPLOYER, STATE = (f"contribution_rate_{payer}" for payer in ("employee", "employer", "state"))
CLEAR = 0.5
"""A rate whose payer is told less clearly than this has no part in a share."""
HUNDRED = 100.0


def with_share(requirement: Requirement, found: Sequence[Match], figures: Mapping[Place, Sequence[Parameter]]) -> Mapping[Place, Sequence[Parameter]]:
    """Return the figures that a requirement's rule is compared with: for the employees' share those computed from rates beside those that law states.

    Source: C102, art. 71(2).
    """
    if requirement.rule is None or requirement.rule.parameter != SHARE:
        return figures
    added: dict[Place, Sequence[Parameter]] = {}
    for match in found[:SECTIONS]:
        place = match.file, match.provision
        paid = paid_rates(figures.get(place, ()))
        if paid:
            employee = paid[0]
            share = round(HUNDRED * employee.value / sum(rate.value for rate in paid), 2)
            computed = replace(employee, kind=SHARE, value=share, qualifier=COMPUTED, comparator="exactly", high=None, own_unit="", base="")
            added[place] = [computed, *figures[place]]
    return {**figures, **added} if added else figures


def paid_rates(figures: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return the first clear rate of a section for each who pays, the employee's first; nothing where employee or employer is not told, or a share is stated."""
    clear = [figure for figure in sorted(figures, key=_start) if figure.unit == "percent" and figure.strength >= CLEAR]
    rates = {kind: next((figure for figure in clear if figure.kind == kind), None) for kind in (EMPLOYEE, EMPLOYER, STATE)}
    if any(figure.kind == SHARE for figure in clear) or rates[EMPLOYEE] is None or rates[EMPLOYER] is None:
        return ()
    return tuple(rate for rate in rates.values() if rate is not None and rate.value > 0)


def is_computed_share(figure: Parameter) -> bool:
    """Tell whether a figure is a share that no law prints."""
    return figure.kind == SHARE and figure.qualifier == COMPUTED


def told_share(paid: Sequence[Parameter]) -> str:
    """Return how a share is computed: "5.5 / (5.5 + 13) = 29.73%"."""
    values = [f"{rate.value:g}" for rate in paid]
    return f"{values[0]} / ({' + '.join(values)}) = {HUNDRED * paid[0].value / sum(rate.value for rate in paid):.4g}%"


def _start(figure: Parameter) -> int:
    return figure.span.start
