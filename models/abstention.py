"""Abstention: which findings can be left to the tool at a promised rate of error, and which a person should look at.

Conformal risk control with the country as the unit. The loss of a country at a threshold is the share of its findings that are
answered (their confidence attains the threshold) and wrong: it falls as the threshold rises. The threshold chosen for a new country
is the lowest at which

    (sum of the losses of n judged countries + greatest possible loss of the new one) / (n + 1) <= promised rate.

What is promised: where the new country and the n judged ones are exchangeable, its expected loss is at most the promised rate. The
promise is of all findings of a country in the mean over countries: not of those answered alone, and not of every single country. A
country cannot get more wrong than it answers, so its own answered share, known without any judgement, is its greatest possible loss;
the theorem's constant bound of 1 would leave nothing to be promised under 1 / (n + 1). The argument stays the same: the bound lies
above the new country's loss at every threshold, so that the threshold lies above the one that all n + 1 losses would give.

Source: Angelopoulos, Bates, Fisch, Lei and Schuster 2022, Conformal Risk Control (arXiv 2208.02814), theorem 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

STEPS = 100
THRESHOLDS = tuple(step / STEPS for step in range(STEPS + 1))
"""Confidences that a threshold can be."""


@dataclass(frozen=True, slots=True)
class Risks:
    """What was risked on judged countries, each answered by a model that had not seen it, at each of ``THRESHOLDS``.

    Attributes:
        countries: number of countries.
        wrong: mean over countries of the share of findings that are answered and wrong, 0 to 1.
        answered: mean over countries of the share answered, 0 to 1.
    """

    countries: int
    wrong: tuple[float, ...]
    answered: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse risks that are none: they never rise with the threshold, and no more is wrong than is answered."""
        if self.countries < 1 or not len(self.wrong) == len(self.answered) == len(THRESHOLDS):
            raise ValueError(f"risks of {self.countries} countries at {len(self.wrong)} and {len(self.answered)} thresholds; {len(THRESHOLDS)} are needed")
        for shares in (self.wrong, self.answered):
            if any(later > earlier for earlier, later in pairwise(shares)):
                raise ValueError("a risk rises with the threshold")
        if any(wrong > answered for wrong, answered in zip(self.wrong, self.answered, strict=True)):
            raise ValueError("more is wrong than is answered")


def risks_of(countries: Sequence[Sequence[tuple[float, bool]]]) -> Risks:
    """Return the risks of countries, each a list of (confidence, whether the answer is right), none empty."""
    wrong = tuple(_mean([_share([said >= least and not right for said, right in findings]) for findings in countries]) for least in THRESHOLDS)
    answered = tuple(_mean([_share([said >= least for said, _ in findings]) for findings in countries]) for least in THRESHOLDS)
    return Risks(len(countries), wrong, answered)


def least_confidence(risks: Risks | None, confidences: Sequence[float], promised: float) -> float | None:
    """Return the least confidence that is answered in a country at a promised rate; None where nothing can be answered.

    ``confidences`` are those of all the country's findings; ``promised`` is the rate, 0 to 1. Without risks nothing is known.

    >>> risks = risks_of([[(0.9, True), (0.5, False)], [(0.8, True), (0.6, True)]])
    >>> least_confidence(risks, [0.95, 0.4], 0.2), least_confidence(risks, [0.95, 0.4], 0.05)
    (0.51, 0.96)
    """
    if risks is None or not confidences:
        return None
    for least, wrong in zip(THRESHOLDS, risks.wrong, strict=True):
        own = _share([said >= least for said in confidences])
        if (risks.countries * wrong + own) / (risks.countries + 1) <= promised:
            return least
    return None


def _share(holds: Sequence[bool]) -> float:
    return sum(holds) / len(holds)


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares)
