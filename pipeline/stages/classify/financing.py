"""Financing: the part of the contributions that employees pay, where the law gives the rates of those who pay and not their shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.records import Match, Parameter
from lexfloor.pipeline.stages.classify.benefits import COMPUTED
from lexfloor.pipeline.stages.classify.comparison.claims import SECTIONS, SPECIAL, Place

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
        if paid := paid_rates(figures.get(place, ())):
            computed = replace(paid[0], kind=SHARE, value=round(_share(paid), 2), qualifier=COMPUTED, own_unit="", base="")
            added[place] = [computed, *figures[place]]
    return {**figures, **added} if added else figures


def paid_rates(figures: Sequence[Parameter]) -> tuple[Parameter, ...]:
    """Return the first clear rate of a section for each who pays, the employee's first, all for the same benefit.

    Nothing where employee or employer is not told or nobody pays, or where a share is stated. Rates that are bounds or ranges, or hold for special cases, have no part in a share.
    """
    clear = [figure for figure in sorted(figures, key=_start) if figure.unit == "percent" and figure.strength >= CLEAR]
    plain = [figure for figure in clear if figure.high is None and figure.comparator == "exactly" and not SPECIAL.intersection(figure.qualifier.split(", "))]
    employee = next((figure for figure in plain if figure.kind == EMPLOYEE), None)
    if employee is None or any(figure.kind == SHARE for figure in clear):
        return ()
    same = [figure for figure in plain if figure.contingency is employee.contingency]
    employer, state = (next((figure for figure in same if figure.kind == kind), None) for kind in (EMPLOYER, STATE))
    paid = [employee, *(figure for figure in (employer, state) if figure is not None)]
    return tuple(paid) if employer is not None and sum(figure.value for figure in paid) > 0 else ()


def is_computed_share(figure: Parameter) -> bool:
    """Tell whether a figure is a share that no law prints."""
    return figure.kind == SHARE and figure.qualifier == COMPUTED


def told_share(figures: Sequence[Parameter]) -> str:
    """Return how the share of a section's rates is computed: "5.5 / (5.5 + 13) = 29.73%"."""
    paid = paid_rates(figures)
    values = [f"{rate.value:g}" for rate in paid]
    return f"{values[0]} / ({' + '.join(values)}) = {_share(paid):.4g}%"


def _share(paid: Sequence[Parameter]) -> float:
    return HUNDRED * paid[0].value / sum(rate.value for rate in paid)


def _start(figure: Parameter) -> int:
    return figure.span.start
