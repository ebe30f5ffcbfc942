"""How good a model is on what was held out: where the passages that answer come among others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lexfloor.eval.metrics.ranking import hit_at, reciprocal_rank
from lexfloor.models.training.examples import Example

DEPTHS = (1, 5)
Ordered = tuple[Example, Sequence[str]]
"""An example with passages, the best first."""
Scores = dict[str, dict[str, float]]
"""By group: the number of questions and the means of the measures."""
MEAN = "mean"


def scores_of(groups: Mapping[str, Sequence[Ordered]]) -> Scores:
    """Return the scores of each group, and under ``mean`` the mean over groups; nothing where nothing is held out."""
    found = {group: _scores(own) for group, own in groups.items()}
    if found:
        names = next(iter(found.values()))
        found[MEAN] = {name: round(float(np.mean([row[name] for row in found.values()])), 4) for name in names} | {"questions": sum(row["questions"] for row in found.values())}
    return found


def _scores(ordered: Sequence[Ordered]) -> dict[str, float]:
    pairs = [(passages, frozenset(example.positives)) for example, passages in ordered]
    shares = {f"hit@{depth}": [hit_at(depth, passages, wanted) for passages, wanted in pairs] for depth in DEPTHS}
    shares["mrr"] = [reciprocal_rank(passages, wanted) for passages, wanted in pairs]
    return {"questions": len(ordered)} | {name: round(float(np.mean(values)), 4) for name, values in shares.items()}
