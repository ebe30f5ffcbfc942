"""Fitting the kinds model: the likeliest weights of a conditional logistic regression, held small by an L2 penalty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.kind_examples import Example
from lexfloor.models.kinds import NONE, FamilyWeights, KindModel, own_list
from lexfloor.pipeline.stages.extract.around import FAMILIES, features
from lexfloor.pipeline.stages.extract.kinds import KINDS, possible

Numbers = NDArray[np.float64]
PLACES = ("on", "before", "after", "clause", "votes", "section", "chapeau", "previous", "heading", "path")
"""Places where phrases of a kind's own list count alike for every kind."""
OWN_PENALTY, KIND_PENALTY, ALWAYS_PENALTY = 0.05, 8.0, 0.05
"""L2 penalties of the weights shared by all kinds, of those of one kind, and of how common a kind is."""
NOT_NOTED, NOT_JUDGED = 0.3, 0.02
"""Weight of a figure inside a quote that people did not note, and of one outside the quotes in its section, as a figure of no kind."""
BAR = 0.1
"""The least probability of a kind: a higher bar loses more durations of short texts than it clears; `strength` tells what is clear."""
LEAST = 6
"""A feature is learned where at least this many judged figures have it."""
ENOUGH = 100
"""A family of which people named fewer figures is told by the phrases alone: held out, that is better than what so few teach."""
VOTES_ALONE = {"votes": 2.0, "heading": 0.8, "chapeau": 0.8}
"""Weights of phrases by place where nothing is learned."""


def fitted(known: Sequence[Example], about: Mapping[str, object] | None = None) -> KindModel:
    """Return the model fitted on examples."""
    weights = {}
    for family in FAMILIES:
        own = [example for example in known if example.around.family == family and _share(example)]
        kinds = (*KINDS[family], NONE)
        enough = sum(example.kind != NONE for example in own) >= ENOUGH
        weights[family] = _family(own, kinds) if enough else FamilyWeights(VOTES_ALONE, {kind: {} for kind in kinds})
    return KindModel(weights, BAR, about or {})


def _family(known: Sequence[Example], kinds: Sequence[str]) -> FamilyWeights:
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    seen = [features(example.around) for example in known]
    counts: dict[str, int] = {}
    for values, example in zip(seen, known, strict=True):
        for name in values if _share(example) > NOT_JUDGED else ():
            counts[name] = counts.get(name, 0) + 1
    names = [name for name in sorted(counts) if counts[name] >= LEAST and _learned(name)]
    common = np.array([[values.get(name, 0.0) for name in names] for values in seen])
    own = np.array([[[values.get(f"{place}:{own_list(kind)}", 0.0) for place in PLACES] for kind in kinds] for values in seen])
    barred = np.array([[kind != NONE and kind not in possible(example.around.quantity, example.around.family) for kind in kinds] for example in known])
    truth = np.array([kinds.index(example.kind) if example.kind in kinds else len(kinds) - 1 for example in known])
    barred[np.arange(len(known)), truth] = False
    shares = np.array([_share(example) for example in known])
    penalty = np.full(len(names), KIND_PENALTY)
    penalty[names.index("always")] = ALWAYS_PENALTY
    split = len(PLACES)

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        """Return the penalized negative log likelihood and its gradient."""
        shared, single = weights[:split], weights[split:].reshape(len(kinds), len(names))
        sums = own @ shared + common @ single.T
        sums[barred] = -1e9
        sums -= sums.max(axis=1, keepdims=True)
        powers = np.exp(sums)
        powers /= powers.sum(axis=1, keepdims=True)
        likely = powers[np.arange(len(known)), truth]
        value = -float(shares @ np.log(np.maximum(likely, 1e-300))) + 0.5 * OWN_PENALTY * float(shared @ shared) + 0.5 * float((single**2 @ penalty).sum())
        wrong = powers.copy()
        wrong[np.arange(len(known)), truth] -= 1
        wrong *= shares[:, None]
        of_shared = np.einsum("nk,nkp->p", wrong, own) + OWN_PENALTY * shared
        of_single = wrong.T @ common + single * penalty
        return value, np.concatenate([of_shared, of_single.ravel()])

    best = minimize(loss, np.zeros(split + len(kinds) * len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    rows = best[split:].reshape(len(kinds), len(names))
    return FamilyWeights(
        {place: float(weight) for place, weight in zip(PLACES, best[:split], strict=True)},
        {kind: {name: float(weight) for name, weight in zip(names, row, strict=True)} for kind, row in zip(kinds, rows, strict=True)},
    )


def is_known(example: Example) -> bool:
    """Tell whether people said what a figure is."""
    return bool(example.kinds or example.drawn)


def _share(example: Example) -> float:
    """Return how much an example counts; what people said counts whole, what they left unsaid little, what nobody looked at not at all."""
    if is_known(example):
        return 1.0
    return NOT_NOTED if example.judged else NOT_JUDGED if example.cited else 0.0


def _learned(name: str) -> bool:
    """Tell whether a feature is learned for each kind: the single phrases far away are not."""
    return name.partition(":")[0] not in ("section", "path", "previous")
