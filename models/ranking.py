"""The ranking model: what is seen of a section for a requirement into the probability that it is evidence.

A logistic regression over standardized features, small enough to read: its weights are one JSON file in models/weights/, one
model that knows how near a section comes to the evidence of other countries and one for where that is not known (another
standard, another encoder). Fitted by ``python -m lexfloor.eval.fit_ranking``, each country scored by a model that has not seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from lexfloor.models.counterparts import Counterparts, shipped_counterparts
from lexfloor.models.weight_files import broken, weights_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SHIPPED = "ranking.json"
FIT = "python -m lexfloor.eval.fit_ranking"
HELD_OUT = "ranking-held-out.json"
"""For each judged country the models fitted on the others, by which evaluation ranks its sections."""
FARTHEST = 5.0
"""Standardized features are cut at this many standard deviations: a law unlike all others must not be ranked by one feature."""
DIGITS = 5


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Weights of one model.

    Attributes:
        names: of the features, in the order of the numbers.
        mean, scale: by which features are standardized.
        weights, bias: of the standardized features.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float

    def probabilities(self, features: Mapping[str, Matrix]) -> Matrix:
        """Return the probability of each section to be evidence for each requirement, of features of any one shape.

        Raises:
            KeyError: a feature is missing.
        """
        logits = np.full(np.shape(features[self.names[0]]), self.bias, np.float64)
        for name, mean, scale, weight in zip(self.names, self.mean, self.scale, self.weights, strict=True):
            logits += weight * np.clip((features[name].astype(np.float64) - mean) / scale, -FARTHEST, FARTHEST)
        return np.asarray(1 / (1 + np.exp(-logits)), np.float32)

    def content(self) -> dict[str, Any]:
        """Return the model as JSON takes it, numbers rounded."""
        rows = {name: [round(number, DIGITS) for number in numbers] for name, *numbers in zip(self.names, self.mean, self.scale, self.weights, strict=True)}
        return {"bias": round(self.bias, DIGITS), "features": rows}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The models of a run: ``near`` knows the evidence of other countries (``counterparts``), ``alone`` does without."""

    near: RankingModel
    alone: RankingModel
    counterparts: Counterparts
    about: Mapping[str, Any]


@cache
def ranking() -> Ranking:
    """Return the shipped models.

    Raises:
        ModelError: a file is missing or broken.
    """
    return _ranking(weights_in(SHIPPED, FIT), shipped_counterparts())


def held_out_ranking(country: str) -> Ranking:
    """Return the models fitted on all judged countries but one, without its evidence; the shipped ones for a country that is not among them.

    Raises:
        ModelError: a file is missing or broken.
    """
    models = weights_in(HELD_OUT, FIT)
    return _ranking(models[country], shipped_counterparts().without(country)) if country in models else ranking()


def _ranking(content: Mapping[str, Any], counterparts: Counterparts) -> Ranking:
    try:
        return Ranking(_model(content["near"]), _model(content["alone"]), counterparts, content["about"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), FIT) from error


def _model(content: Mapping[str, Any]) -> RankingModel:
    rows = content["features"]
    mean, scale, weights = zip(*rows.values(), strict=True)
    return RankingModel(tuple(rows), mean, scale, weights, float(content["bias"]))
