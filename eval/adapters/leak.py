"""The suite ``leak``: do verdicts rest on what a provision says, or on whose law it is?

Every law is judged as it is, with names of countries, years and currencies written over (verdicts must hold), and with the
evidence of other requirements put in the place of each requirement's own (agreement must collapse). Table ``findings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.adapters.c102 import DEPTHS, finding_rows, judge_of, known_examples, looks
from lexfloor.eval.held_out import fitted, without
from lexfloor.eval.masking import masked
from lexfloor.eval.metrics import labels
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.pipeline.records import Match
from lexfloor.pipeline.runner import Found

SEED = 7
MASKED, SHUFFLED = "masked", "shuffled"


def predictions(asked: Asked) -> Tables:
    """Return a row for every requirement of every country, with what is said of the law as it is, masked, and shuffled."""
    runner = asked.runner()
    rows: list[Row] = []
    for item in looks(asked, runner):
        model = fitted(without(known_examples([item], asked.config.weights_folder), item.judgements.country))
        without_names = item.runner.look_again(item.found, [masked(law) for law in item.found.laws.laws])
        versions = {"": item.found, MASKED: without_names, SHUFFLED: shuffled(item.found)}
        judged = {}
        for name, found in versions.items():
            said = list(judge_of(runner, found, model).findings())
            judged[name] = list(finding_rows(replace(item, found=found), said))
        for plain, over, other in zip(judged[""], judged[MASKED], judged[SHUFFLED], strict=True):
            row = {name: value for name, value in plain.items() if name not in ("sections", "gold_sections", "cited", "cited_right")}
            for name, version in ((MASKED, over), (SHUFFLED, other)):
                row |= {f"{name}_{column}": version[column] for column in ("said", "confidence", "rank")}
            rows.append(row)
    return {"findings": rows}


def shuffled(found: Found) -> Found:
    """Return what was found with each requirement's matches given to another requirement of another Part; the same every time."""
    names = list(dict.fromkeys(match.requirement for match in found.matches))
    others = names[:]
    Random(SEED).shuffle(others)  # noqa: S311 - a control, no secret
    turned = dict(zip(others, others[len(others) // 2 :] + others[: len(others) // 2], strict=True))
    moved: Sequence[Match] = [replace(match, requirement=turned[match.requirement]) for match in found.matches]
    return replace(found, matches=tuple(moved))


def _changed(rows: Columns) -> float:
    return float(np.mean(rows[f"{MASKED}_said"] != rows["said"]))


def _kappa(column: str, rows: Columns) -> float:
    return labels.kappa(rows["gold"], rows[column])


def _lost(version: str, rows: Columns) -> float:
    return _kappa("said", rows) - _kappa(f"{version}_said", rows)


def _ranked(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["rank"] >= 0)


def _hit(column: str, depth: int, rows: Columns) -> float:
    return float(np.mean((rows[column] > 0) & (rows[column] <= depth)))


MEASURES = (
    Measure("masked/verdicts changed", "findings", _changed, "lower"),
    Measure("masked/kappa lost", "findings", partial(_lost, MASKED), "lower"),
    Measure(f"masked/evidence hit@{DEPTHS[2]}", "findings", partial(_hit, "masked_rank", DEPTHS[2]), on=_ranked),
    Measure("shuffled/kappa lost", "findings", partial(_lost, SHUFFLED)),
    Measure(f"shuffled/evidence hit@{DEPTHS[2]}", "findings", partial(_hit, "shuffled_rank", DEPTHS[2]), "lower", on=_ranked),
    Measure("as it is/kappa", "findings", partial(_kappa, "said")),
    Measure("as it is/kappa with shuffled evidence", "findings", partial(_kappa, "shuffled_said"), "lower"),
    Measure(f"as it is/evidence hit@{DEPTHS[2]}", "findings", partial(_hit, "rank", DEPTHS[2]), on=_ranked),
)
