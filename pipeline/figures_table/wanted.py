"""Which figures are asked for, and the names by which people ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lexfloor.models.kinds import kind_model
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Contingency, Parameter

KINDS = {
    "qualifying_period": "Qualifying period",
    "reference_period": "Reference period",
    "waiting_period": "Waiting period",
    "maximum_duration": "Maximum duration",
    "pensionable_age": "Pensionable age",
    "age_limit_child": "Age limit of a child",
    "replacement_rate": "Replacement rate",
    "replacement_rate_survivors": "Replacement rate, survivors",
    "accrual_rate": "Accrual rate",
    "minimum_benefit": "Minimum benefit",
    "ceiling": "Ceiling",
    "total_value_per_child": "Amount for each child",
    "degree_of_incapacity": "Degree of incapacity",
    "contribution_rate": "Contribution rate",
    "contribution_rate_employee": "Contribution rate, employee",
    "contribution_rate_employer": "Contribution rate, employer",
    "contribution_rate_state": "Contribution rate, State",
    "employee_contribution_share": "Employees' share of contributions",
    "adjustment_interval": "Adjustment of benefits, every",
    "time_limit_appeal": "Time limit of appeals",
}
"""What figures measure, in the order in which a lawyer reads a scheme, each with its name for people."""
BRANCHES = {str(item): str(item).replace("_", " ").capitalize() for item in Contingency if item is not Contingency.ALL} | {"none": "No contingency named"}
"""Contingencies in the Convention's order, each with its name for people."""


def kind_text(kind: str) -> str:
    """Return what a figure measures, for people."""
    return KINDS.get(kind, kind.replace("_", " ").capitalize())


def branch_text(contingency: str) -> str:
    """Return a contingency for people; the empty one is that which the words do not name."""
    return BRANCHES.get(contingency or "none", contingency.replace("_", " ").capitalize())


LISTED = 0.65
"""Confidence from which figures are listed unless more are asked for: of what is listed four in five were right, each country held out."""


def confidence(parameter: Parameter) -> float:
    """Return the probability that kind, value and unit of a figure are right, as figures told so strongly were in judged samples.

    Raises:
        ModelError: the weights that tell the kinds are missing or broken.
    """
    return round(kind_model().calibration.confidence(parameter.strength), 3)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figures are asked for; empty sets ask for all.

    Attributes:
        kinds: of `KINDS`.
        contingencies: of `BRANCHES`; "none" asks for figures beside which no contingency is named.
        least_confidence: how probable it must be that kind, value and unit are right, 0 to 1.
    """

    kinds: frozenset[str] = frozenset()
    contingencies: frozenset[str] = frozenset()
    least_confidence: float = 0.0

    @classmethod
    def of(cls, kinds: Iterable[str], contingencies: Iterable[str], least_confidence: float = 0.0) -> Wanted:
        """Return what a user asks for, in capitals or not, with spaces, hyphens or underscores.

        >>> sorted(Wanted.of(["Replacement rate"], ["old-age"]).kinds)
        ['replacement_rate']

        Raises:
            InputError: a name is none of those there are.
        """
        return cls(frozenset(_known(name, KINDS, "kind") for name in kinds), frozenset(_known(name, BRANCHES, "contingency") for name in contingencies), least_confidence)

    def takes(self, parameter: Parameter) -> bool:
        """Tell whether a figure is asked for."""
        contingency = str(parameter.contingency or "none")
        return confidence(parameter) >= self.least_confidence and (not self.kinds or parameter.kind in self.kinds) and (not self.contingencies or contingency in self.contingencies)


EVERYTHING = Wanted()


def _known(name: str, names: Iterable[str], option: str) -> str:
    asked = "_".join(name.replace("-", " ").replace("_", " ").lower().split())
    if asked not in (known := list(names)):
        raise InputError(f"--{option} {name}: there is no such {option}; known: {', '.join(known)}")
    return asked
