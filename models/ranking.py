"""The ranking model: what is seen of a section for a requirement into the probability that it is evidence.

A logistic regression over standardized features, small enough to read: its weights are one JSON file in models/weights/, one
model that knows how near a section comes to the evidence of other countries and one for where that is not known (another
standard, another encoder). Fitted by ``lexfloor train classifier``, each country scored by a model that has not seen it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lexfloor.models.counterparts import SHIPPED as COUNTERPARTS
from lexfloor.models.counterparts import Counterparts, counterparts_in, shipped_counterparts
from lexfloor.models.weight_files import broken, weights_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

SHIPPED = "ranking.json"
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


def ranking(folder: Path | None = None) -> Ranking:
    """Return the shipped models, or those of a folder of weights.

    Raises:
        ModelError: a file is missing or broken.
    """
    return _ranking(weights_in(SHIPPED, folder), _counterparts(folder), folder) if folder else _shipped()


@cache
def _shipped() -> Ranking:
    return _ranking(weights_in(SHIPPED), shipped_counterparts(), None)


def held_out_ranking(country: str, folder: Path | None = None) -> Ranking:
    """Return the models fitted on all judged countries but one, without its evidence; those of all for a country that is not among them.

    Raises:
        ModelError: a file is missing or broken.
    """
    models = weights_in(HELD_OUT, folder)
    return _ranking(models[country], _counterparts(folder).without(country), folder) if country in models else ranking(folder)


def _counterparts(folder: Path | None) -> Counterparts:
    return counterparts_in(folder / COUNTERPARTS, folder) if folder else shipped_counterparts()


def _ranking(content: Mapping[str, Any], counterparts: Counterparts, folder: Path | None) -> Ranking:
    try:
        return Ranking(model_of(content["near"]), model_of(content["alone"]), counterparts, content["about"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), folder) from error


def model_of(content: Mapping[str, Any]) -> RankingModel:
    """Return a model as `RankingModel.content` gives it."""
    rows = content["features"]
    mean, scale, weights = zip(*rows.values(), strict=True)
    return RankingModel(tuple(rows), mean, scale, weights, float(content["bias"]))
