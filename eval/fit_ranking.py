"""Fit the model that ranks sections on the sections that people cite, and score it on countries it has not seen.

Each country is ranked by models fitted on all others, which see neither its judgements nor, in what they know of other
countries' evidence, its evidence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lexfloor.configs.run import RetrieveConfig
from lexfloor.eval.metrics.ranking import first_hit
from lexfloor.eval.ranking_examples import JudgedCountry, counterparts, judged_country
from lexfloor.eval.training.judged import JudgedFile
from lexfloor.eval.training.scores import Scores
from lexfloor.models import counterparts as kept
from lexfloor.models.counterparts import Counterparts
from lexfloor.models.ranking import FARTHEST, HELD_OUT, SHIPPED, Ranking, RankingModel
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.rank import relevance
from lexfloor.pipeline.stages.retrieve import matches
from lexfloor.pipeline.stages.segment.labels import number_of

PENALTY = 0.01
"""Inverse strength of the L2 penalty; 0.005 to 0.03 rank alike."""
DEPTHS = (1, 5, 10, 20)
Numbers = NDArray[np.float64]
Rows = tuple[tuple[str, ...], Numbers, NDArray[np.bool_]]


def fitted(rows: Sequence[Rows]) -> RankingModel:
    """Return the model fitted on rows of features of several countries."""
    from sklearn.linear_model import LogisticRegression

    names = rows[0][0]
    values, cited = np.concatenate([item[1] for item in rows]), np.concatenate([item[2] for item in rows])
    mean, scale = values.mean(axis=0), np.maximum(values.std(axis=0), 1e-6)
    model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-8)
    model.fit(np.clip((values - mean) / scale, -FARTHEST, FARTHEST), cited)
    return RankingModel(names, tuple(mean.tolist()), tuple(scale.tolist()), tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


class Fitting:
    """Models for all countries together and for each held out, from the same rows."""

    def __init__(self, countries: Sequence[JudgedCountry], space: str) -> None:
        """Keep the countries; rows are made when they are asked for, and kept."""
        self.countries, self.space = countries, space
        self.counterparts: Counterparts = counterparts(countries, space)
        self._by_name = {item.country: item for item in countries}
        self._rows = cache(self._made)

    def _made(self, country: str, without: str | None, near: bool) -> Rows:
        """Return the rows of one country; the evidence it is set beside is neither its own nor that of ``without``."""
        judged = self._by_name[country]
        if not near:
            return judged.rows(None)
        known = self.counterparts.without(country, *([without] if without else []))
        return judged.rows(known.evidence(known.requirements, self.space))

    def ranking(self, without: str | None, about: dict[str, Any]) -> Ranking:
        """Return the models fitted on all countries but one (or on all), with the evidence of these."""
        others = [item.country for item in self.countries if item.country != without]
        near = fitted([self._rows(name, without, True) for name in others])
        alone = fitted([self._rows(name, None, False) for name in others])
        return Ranking(near, alone, self.counterparts.without(without) if without else self.counterparts, {"fitted_on": others} | about)


def ranks(judged: JudgedCountry, likely: NDArray[np.float32] | None) -> list[int]:
    """Return for every requirement with evidence the rank of the first section that people cite, 0 where none is found."""
    config = RetrieveConfig(top_k=len(judged.view.sections))
    found: dict[str, list[tuple[str, str]]] = {}
    for match in matches(judged.view.standard, judged.view.found, judged.view.scores, config, likely):
        found.setdefault(match.requirement, []).append((match.file, number_of(match.section)))
    pairs = [(list(dict.fromkeys(found[requirement.id])), wanted) for requirement, wanted in zip(judged.view.standard.requirements, judged.wanted, strict=True) if wanted]
    return [first_hit(places, wanted) or 0 for places, wanted in pairs]


def hits(own: Sequence[int]) -> list[float]:
    """Return the share of ranks within each of `DEPTHS`."""
    return [sum(0 < rank <= depth for rank in own) / len(own) for depth in DEPTHS]


def calibration(judged: Sequence[tuple[JudgedCountry, NDArray[np.float32]]]) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield ranges of probability: of the sections said to be evidence with about that probability, how many are."""
    said = np.concatenate([likely[_judged(item)].ravel() for item, likely in judged])
    true = np.concatenate([item.is_wanted()[_judged(item)].ravel() for item, _ in judged])
    for low, high in ((0.0, 0.02), (0.02, 0.1), (0.1, 0.3), (0.3, 0.6), (0.6, 1.01)):
        chosen = (said >= low) & (said < high)
        if chosen.any():
            counts = {"sections": int(chosen.sum()), "said": round(float(said[chosen].mean()), 3), "cited": round(float(true[chosen].mean()), 3)}
            yield f"{low:.2f} to {min(high, 1):.2f}", counts


def _judged(item: JudgedCountry) -> NDArray[np.bool_]:
    return np.array([wanted is not None for wanted in item.wanted])


def fit(runner: Runner, files: Sequence[JudgedFile], folder: Path) -> dict[str, Scores]:
    """Fit on all countries and on all but each, write the three files into ``folder``, and return the scores of countries held out.

    Raises:
        DataFileError: judgements are faulty, or a quote is not in the law.
        InputError: the laws of a country hold no provision in force.
    """
    config = runner.config
    plain = replace(runner, config=config.model_copy(update={"retrieve": config.retrieve.model_copy(update={"rank": False})}))
    fitting = Fitting([judged_country(plain, file.gold, file.laws) for file in files], runner.encoder.space)
    encoder = {"encoder": runner.encoder.name}
    shares: dict[str, dict[str, list[float]]] = {"by score": {}, "without other countries": {}, "held out": {}}
    models, likely = {}, []
    for item in fitting.countries:
        model = fitting.ranking(item.country, encoder)
        models[item.country] = _content(model)
        near, alone = relevance(item.view, model, fitting.space), relevance(item.view, model, "another")
        likely.append((item, near))
        for name, own in zip(shares, (None, alone, near), strict=True):
            shares[name][item.country] = hits(ranks(item, own))
    means = {name: np.mean(list(rows.values()), axis=0).round(4).tolist() for name, rows in shares.items()}
    about = encoder | {"held_out": {f"hit@{depth}": share for depth, share in zip(DEPTHS, means["held out"], strict=True)}}
    _write(folder / SHIPPED, _content(fitting.ranking(None, about)))
    _write(folder / HELD_OUT, models)
    fitting.counterparts.write(folder / kept.SHIPPED)
    by_country = {country: _row(own) for country, own in shares["held out"].items()}
    return {
        "Sections ranked, by country held out": by_country | {f"mean, {name}": _row(own) for name, own in means.items()},
        "Probabilities of sections to be evidence": dict(calibration(likely)),
    }


def _row(own: Sequence[float]) -> dict[str, float]:
    return {f"hit@{depth}": round(share, 4) for depth, share in zip(DEPTHS, own, strict=True)}


def _content(model: Ranking) -> dict[str, Any]:
    return {"about": dict(model.about), "near": model.near.content(), "alone": model.alone.content()}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
