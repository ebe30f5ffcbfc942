"""Fit the verdict model on countries judged by people, and keep the examples it was fitted on beside it.

The scores are those of the model's likeliest verdict on the signals alone; how good the whole judge is, ``lexfloor eval c102`` tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lexfloor.eval.adapters.c102 import look
from lexfloor.eval.held_out import EXAMPLES, Example, fitted, held_out_risks, without, write_examples
from lexfloor.eval.metrics.labels import agreement, kappa
from lexfloor.eval.training.judged import JudgedFile
from lexfloor.eval.training.scores import Scores
from lexfloor.models.verdict import SHIPPED
from lexfloor.pipeline.runner import Runner


def fit(runner: Runner, files: Sequence[JudgedFile], folder: Path, known: Sequence[Example] = ()) -> dict[str, Scores]:
    """Fit on the countries of ``files`` and the examples ``known`` of others, write model and examples, and return the scores of countries held out.

    Raises:
        DataFileError: judgements are faulty, or a quote is not in the law.
    """
    fresh = [example for file in files for example in look(runner, file.gold, file.laws / file.country, {}).examples]
    own = {example.country for example in fresh}
    examples = fresh + [example for example in known if example.country not in own]
    about: dict[str, object] = {"fitted_on": sorted({example.country for example in examples}), "examples": len(examples), "encoder": runner.encoder.name}
    model = replace(fitted(examples, about), risks=held_out_risks(examples))
    (folder / SHIPPED).write_text(model.to_json(), encoding="utf-8")
    write_examples(examples, folder / EXAMPLES)
    return {"Verdicts, by country held out": held_out_scores(examples)}


def held_out_scores(examples: Sequence[Example]) -> Scores:
    """Return agreement and kappa of each country, judged by a model fitted on the others, and of all together; nothing for a single country."""
    countries = sorted({example.country for example in examples})
    if len(countries) < 2:
        return {}
    scores: Scores = {}
    all_gold: list[str] = []
    all_said: list[str] = []
    for country in countries:
        model = fitted(without(examples, country))
        own = [example for example in examples if example.country == country]
        gold = [str(example.verdict) for example in own]
        said = [str(model.decided(model.probabilities(example.requirement, example.signals), below=example.signals["figure_below"] > 0)[0]) for example in own]
        scores[country] = _row(gold, said)
        all_gold += gold
        all_said += said
    return scores | {"all": _row(all_gold, all_said)}


def _row(gold: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    return {"findings": len(gold), "agreement": round(agreement(gold, said), 4), "kappa": round(kappa(gold, said), 4)}
