"""Fit the verdict model on countries judged by people, and keep the examples it was fitted on beside it.

The scores are those of the model's verdict on the signals alone; how good the whole judge is, ``lexfloor eval c102`` tells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lexfloor.eval.adapters.c102 import look
from lexfloor.eval.held_out import EXAMPLES, Answer, Example, fitted, held_out_answers, risked, together, write_examples
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
    fresh = [example for file in files for example in look(runner, file.gold, file.laws / file.country, {}, incomplete=file.incomplete).examples]
    examples = together(fresh, known)
    whole, some = (sorted({example.country for example in examples if example.incomplete is incomplete}) for incomplete in (False, True))
    about: dict[str, object] = {"fitted_on": whole, "incomplete": some, "examples": len(examples), "encoder": runner.encoder.name}
    answers = held_out_answers(examples)
    model = replace(fitted(examples, about), risks=risked(answers))
    (folder / SHIPPED).write_text(model.to_json(), encoding="utf-8")
    write_examples(examples, folder / EXAMPLES)
    return {"Verdicts, by country held out": scores_of(answers)}


def scores_of(answers: Mapping[str, Sequence[Answer]]) -> Scores:
    """Return agreement and kappa of each country held out, and of all together; nothing where none was."""
    everything = [answer for own in answers.values() for answer in own]
    return {name: _row(own) for name, own in (*answers.items(), ("all", everything)) if own}


def _row(answers: Sequence[Answer]) -> dict[str, float]:
    gold, said = [str(answer.example.verdict) for answer in answers], [str(answer.verdict) for answer in answers]
    return {"findings": len(gold), "agreement": round(agreement(gold, said), 4), "kappa": round(kappa(gold, said), 4)}
