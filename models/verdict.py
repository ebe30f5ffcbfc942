"""The verdict model: signals of one requirement into probabilities of the five verdicts.

A multinomial logistic regression over signals and the requirement's usual verdict, small enough to read: its weights are
one JSON file in models/weights/. It is fitted by ``lexfloor train classifier`` on countries judged by people, each
country scored by a model that has not seen it.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lexfloor.models.abstention import Risks
from lexfloor.models.weight_files import broken, weights_in
from lexfloor.pipeline.records import Verdict

VERDICTS = tuple(Verdict)
SHIPPED = "verdict.json"
USUAL = "usual"
"""Name of what is no signal of the law: how often the requirement, and any requirement, has each verdict elsewhere."""
FIGURE_BELOW = 0.1
"""Least confidence of a verdict that rests on one figure below the floor: law seldom falls below it, and figures are misread (1 of 20 was right)."""

AT_WILL = 0.3
"""Least confidence of a verdict that rests on a sentence which leaves the right to somebody's will."""


@dataclass(frozen=True, slots=True)
class Pull:
    """How far one signal pulls towards a verdict (below 0: away from it); ``high`` tells whether the signal is above its mean."""

    signal: str
    strength: float
    high: bool


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
        lean: how far the verdict leans to what is rarer: 0 takes the likeliest, 1 divides each probability by how usual its verdict is.
            Without it hardly any verdict but the commonest is ever the likeliest.
        about: what it was fitted on.
        risks: what is risked by answering, on the countries that it was fitted on, each answered by a model fitted on the others;
            None where that is not known.
    """

    signals: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    usual: dict[str, tuple[float, ...]]
    overall: tuple[float, ...]
    lean: float
    about: dict[str, Any]
    risks: Risks | None = None

    def probabilities(self, requirement: str, values: dict[str, float]) -> dict[Verdict, float]:
        """Return the probability of each verdict; they add up to 1."""
        features = self._features(requirement, values)
        logits = [sum(w * x for w, x in zip(row, features, strict=True)) + bias for row, bias in zip(self.weights, self.bias, strict=True)]
        top = max(logits)
        powers = [math.exp(logit - top) for logit in logits]
        total = sum(powers)
        return {verdict: power / total for verdict, power in zip(VERDICTS, powers, strict=True)}

    def decided(self, probabilities: dict[Verdict, float], *, below: bool, at_will: bool = False) -> tuple[Verdict, float]:
        """Return the verdict and its confidence, which is its probability, unless the law itself speaks against what is likeliest.

        A figure clearly below the floor (``below``) says that the law is there and misses it. Where the sentence that answers the
        requirement leaves the right to somebody's will (``at_will``), the law does not secure what it provides.
        """
        if below:
            return Verdict.NON_COMPLIANT, max(FIGURE_BELOW, probabilities[Verdict.NON_COMPLIANT])
        worth = {verdict: probabilities[verdict] / share**self.lean for verdict, share in zip(VERDICTS, self.overall, strict=True)}
        best = max(VERDICTS, key=worth.__getitem__)
        if at_will and best is Verdict.COMPLIANT:
            return Verdict.PARTIAL, max(AT_WILL, probabilities[Verdict.PARTIAL])
        return best, probabilities[best]

    def pulls(self, requirement: str, values: dict[str, float], verdict: Verdict) -> list[Pull]:
        """Return how far each signal pulls towards a verdict and away from the likeliest other one, in the model's order, what is usual last.

        A signal's pull is its standardized value times the difference of its weights; all pulls together are the logarithm of how many
        times likelier the verdict is than the other.
        """
        likely = self.probabilities(requirement, values)
        other = max((each for each in VERDICTS if each is not verdict), key=likely.__getitem__)
        ours, theirs = VERDICTS.index(verdict), VERDICTS.index(other)
        features = self._features(requirement, values)
        strengths = [(w - v) * x for w, v, x in zip(self.weights[ours], self.weights[theirs], features, strict=True)]
        own = len(self.signals)
        pulls = [Pull(name, strength, feature > 0) for name, strength, feature in zip(self.signals, strengths, features, strict=False)]
        return [*pulls, Pull(USUAL, sum(strengths[own:]) + self.bias[ours] - self.bias[theirs], True)]

    def _features(self, requirement: str, values: dict[str, float]) -> list[float]:
        features = [(values[name] - mean) / scale for name, mean, scale in zip(self.signals, self.mean, self.scale, strict=True)]
        return features + [math.log(share) for share in self.usual.get(requirement, self.overall)]

    def to_json(self) -> str:
        """Return the model as JSON text, numbers rounded to six digits."""
        fields = {name: _rounded(getattr(self, name)) for name in self.__dataclass_fields__}
        return json.dumps(fields | {"risks": self.risks and _rounded(asdict(self.risks))}, ensure_ascii=False, indent=1) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value


def verdict_model(folder: Path | None = None) -> VerdictModel:
    """Return the shipped model, or that of a folder of weights.

    Raises:
        ModelError: the file is missing or broken.
    """
    return _model(folder) if folder else _shipped()


@cache
def _shipped() -> VerdictModel:
    return _model(None)


def _model(folder: Path | None) -> VerdictModel:
    content = weights_in(SHIPPED, folder)
    try:
        return VerdictModel(
            tuple(content["signals"]),
            tuple(content["mean"]),
            tuple(content["scale"]),
            tuple(tuple(row) for row in content["weights"]),
            tuple(content["bias"]),
            {name: tuple(shares) for name, shares in content["usual"].items()},
            tuple(content["overall"]),
            float(content["lean"]),
            dict(content["about"]),
            _risks(content["risks"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), folder) from error


def _risks(content: dict[str, Any] | None) -> Risks | None:
    """Return the risks that a weight file holds: none where a single country was fitted on, so that no other could be held out."""
    return Risks(content["countries"], tuple(content["wrong"]), tuple(content["answered"])) if content is not None else None
