"""The verdict model: signals of one requirement into probabilities of the five verdicts.

A multinomial logistic regression over signals and the requirement's usual verdict, small enough to read: its weights are
one JSON file in models/weights/. It is fitted by ``make fit`` on countries judged by people, each
country scored by a model that has not seen it.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from lexfloor.models.weight_files import broken, weights_in
from lexfloor.pipeline.records import Verdict

VERDICTS = tuple(Verdict)
SHIPPED = "verdict.json"
FIT = "make fit"
FIGURE_BELOW = 0.1
"""Least confidence of a verdict that rests on one figure below the floor: law seldom falls below it, and figures are misread (1 of 17 was right)."""

AT_WILL = 0.3
"""Least confidence of a verdict that rests on a sentence which leaves the right to somebody's will."""


@dataclass(frozen=True, slots=True)
class VerdictModel:
    """Weights of the model.

    Attributes:
        signals: names of the signals, in the order of the columns of ``weights``.
        mean, scale: by which signals are standardized.
        weights: one row a verdict: signals first, then the logarithms of the five usual shares.
        bias: one a verdict.
        usual: for each requirement the shares of the verdicts among the countries it was fitted on, smoothed.
        overall: the same over all requirements, for requirements not fitted.
        about: what it was fitted on and how it scored on held-out countries.
    """

    signals: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    usual: dict[str, tuple[float, ...]]
    overall: tuple[float, ...]
    about: dict[str, Any]

    def probabilities(self, requirement: str, values: dict[str, float]) -> dict[Verdict, float]:
        """Return the probability of each verdict; they add up to 1."""
        features = [(values[name] - mean) / scale for name, mean, scale in zip(self.signals, self.mean, self.scale, strict=True)]
        features += [math.log(share) for share in self.usual.get(requirement, self.overall)]
        logits = [sum(w * x for w, x in zip(row, features, strict=True)) + bias for row, bias in zip(self.weights, self.bias, strict=True)]
        top = max(logits)
        powers = [math.exp(logit - top) for logit in logits]
        total = sum(powers)
        return {verdict: power / total for verdict, power in zip(VERDICTS, powers, strict=True)}

    def to_json(self) -> str:
        """Return the model as JSON text, numbers rounded to six digits."""
        return json.dumps({name: _rounded(getattr(self, name)) for name in self.__dataclass_fields__}, ensure_ascii=False, indent=1) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def decided(probabilities: dict[Verdict, float], *, below: bool, at_will: bool = False) -> tuple[Verdict, float]:
    """Return the verdict and its confidence: the likeliest, unless the law itself speaks against it.

    A figure clearly below the floor (``below``) says that the law is there and misses it. Where the sentence that answers the
    requirement leaves the right to somebody's will (``at_will``), the law does not secure what it provides.
    """
    if below:
        return Verdict.NON_COMPLIANT, max(FIGURE_BELOW, probabilities[Verdict.NON_COMPLIANT])
    best = max(VERDICTS, key=probabilities.__getitem__)
    if at_will and best is Verdict.COMPLIANT:
        return Verdict.PARTIAL, max(AT_WILL, probabilities[Verdict.PARTIAL])
    return best, probabilities[best]


@cache
def verdict_model() -> VerdictModel:
    """Return the shipped model.

    Raises:
        ModelError: the file is missing or broken.
    """
    content = weights_in(SHIPPED, FIT)
    try:
        return VerdictModel(
            tuple(content["signals"]),
            tuple(content["mean"]),
            tuple(content["scale"]),
            tuple(tuple(row) for row in content["weights"]),
            tuple(content["bias"]),
            {name: tuple(shares) for name, shares in content["usual"].items()},
            tuple(content["overall"]),
            dict(content["about"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), FIT) from error
