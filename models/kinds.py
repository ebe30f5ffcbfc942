"""The kinds model: what stands around a figure into probabilities of what it measures.

A multinomial logistic regression for each family of units (rates, durations, amounts), small enough to read: its weights are
one JSON file in models/weights/. How much a phrase counts before a figure, after it, in its clause, in a heading is learned
once for all kinds, each kind looking at the phrases of its own list; what else speaks for a kind (unit, size, the branch of
social security, other lists) is learned for that kind. Features are the same in every language, so that what is learned from
one country's law holds for another's. It is fitted by ``lexfloor train classifier``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from lexfloor.models.weight_files import broken, weights_in

SHIPPED = "kinds.json"
HELD_OUT = "kinds-held-out.json"
"""For each judged country a model fitted on the others, by which evaluation reads its figures."""
NONE = "none"
"""The class of figures that measure nothing of a benefit: deadlines, fines, dates."""
OWN_LIST = {NONE: "deadline", "replacement_rate_survivors": "replacement_rate"}
"""The list of the language data that speaks for a kind, where it has another name."""


def own_list(kind: str) -> str:
    """Return the name of the list whose phrases speak for a kind.

    >>> own_list("waiting_period"), own_list("none")
    ('waiting_period', 'deadline')
    """
    return OWN_LIST.get(kind, kind)


@dataclass(frozen=True, slots=True)
class FamilyWeights:
    """Weights of one family: ``own`` by place, for the phrases of a kind's own list; ``kinds`` by kind and feature."""

    own: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]


SUREST = 0.99
"""Probabilities beyond this and its counterpart count as these: their odds would be boundless."""


def log_odds(probability: float, surest: float = SUREST) -> float:
    """Return the logarithm of the odds of a probability, bounded at ``surest``."""
    bounded = min(max(probability, 1 - surest), surest)
    return math.log(bounded / (1 - bounded))


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the strength with which a figure is told turns into the probability that it is right: log odds, by a slope and an intercept."""

    slope: float = 1.0
    intercept: float = 0.0

    def confidence(self, strength: float) -> float:
        """Return the probability, 0 to 1, that kind, value and unit are right."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(strength) + self.intercept)))


@dataclass(frozen=True, slots=True)
class KindModel:
    """Weights of the model.

    Attributes:
        weights: by family of units; a feature that is not listed weighs nothing.
        bar: the least probability with which a figure is given a kind.
        about: what it was fitted on and how it scored on held-out countries.
        calibration: how often what it tells was right in judged samples, by strength.
    """

    weights: Mapping[str, FamilyWeights]
    bar: float
    about: Mapping[str, Any]
    calibration: Calibration = field(default_factory=Calibration)

    def probabilities(self, family: str, values: Mapping[str, float], kinds: Sequence[str]) -> dict[str, float]:
        """Return the probability of each of some kinds, given that it is one of these; a kind never seen has none."""
        known = self.weights.get(family)
        if known is None:
            return dict.fromkeys(kinds, 0.0)
        sums = {}
        for kind in kinds:
            if kind in known.kinds:
                row, words = known.kinds[kind], own_list(kind)
                own = sum(weight * values.get(f"{place}:{words}", 0.0) for place, weight in known.own.items())
                sums[kind] = own + sum(row.get(name, 0.0) * value for name, value in values.items())
        top = max(sums.values(), default=0.0)
        powers = {kind: math.exp(total - top) for kind, total in sums.items()}
        whole = sum(powers.values()) or 1.0
        return {kind: powers.get(kind, 0.0) / whole for kind in kinds}

    def content(self) -> dict[str, Any]:
        """Return the model as JSON takes it, weights rounded to three digits, those that round to 0 left out."""
        weights = {family: {"own": _rounded(known.own), "kinds": {kind: _rounded(row) for kind, row in known.kinds.items()}} for family, known in self.weights.items()}
        calibration = {"slope": self.calibration.slope, "intercept": self.calibration.intercept}
        return {"about": dict(self.about), "bar": self.bar, "calibration": calibration, "weights": weights}


def _rounded(row: Mapping[str, float]) -> dict[str, float]:
    return {name: round(weight, 3) for name, weight in sorted(row.items()) if round(weight, 3)}


def kind_model(folder: Path | None = None) -> KindModel:
    """Return the shipped model, or that of a folder of weights.

    Raises:
        ModelError: the file is missing or broken.
    """
    return _model(weights_in(SHIPPED, folder), folder) if folder else _shipped()


@cache
def _shipped() -> KindModel:
    return _model(weights_in(SHIPPED), None)


def held_out_kind_model(country: str, folder: Path | None = None) -> KindModel:
    """Return the model fitted on all judged countries but one; the model of all for a country that is not among them.

    Raises:
        ModelError: a file is missing or broken.
    """
    models = weights_in(HELD_OUT, folder)
    return _model(models[country], folder) if country in models else kind_model(folder)


def _model(content: Mapping[str, Any], folder: Path | None) -> KindModel:
    try:
        weights = {family: FamilyWeights(known["own"], known["kinds"]) for family, known in content["weights"].items()}
        return KindModel(weights, float(content["bar"]), content["about"], Calibration(**content["calibration"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), folder) from error
