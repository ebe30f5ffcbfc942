"""Verdict models for countries they have not seen: fitted on examples of all other countries.

The examples (what was seen of each requirement in each country, and the verdict people gave) are kept beside the weights,
so that any suite can judge a country by a model that was not fitted on it, without looking at all countries again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lexfloor.models.abstention import Risks, risks_of
from lexfloor.models.verdict import VERDICTS, VerdictModel
from lexfloor.models.weight_files import FIT, broken, shipped_weights
from lexfloor.pipeline.errors import ModelError
from lexfloor.pipeline.records import RequirementId, Verdict
from lexfloor.pipeline.runner import Found, Runner
from lexfloor.pipeline.stages.classify import CONFIDENCE_DIGITS, Judge

EXAMPLES = "verdict-examples.parquet"
SMOOTHING = 2.0
"""Weight of the overall shares in a requirement's usual shares, in countries judged on all of their laws."""
PENALTY = 0.1
"""Inverse strength of the L2 penalty."""
INCOMPLETE = 0.3
"""What a judgement on some of a country's laws counts, where one on all of them counts 1: there are other verdicts, and few at a time."""
LEAN = 0.45
"""How far verdicts on laws lean to the rarer ones: about where they are given as often as people give them."""


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen of one requirement in one country (or contract), and the verdict that people gave; ``incomplete``: on some of its laws."""

    country: str
    requirement: str
    signals: dict[str, float]
    verdict: Verdict
    incomplete: bool = False

    @property
    def weight(self) -> float:
        """What the example counts."""
        return INCOMPLETE if self.incomplete else 1.0


def seen_in(runner: Runner, found: Found, verdicts: Mapping[RequirementId, Verdict], *, incomplete: bool = False) -> list[Example]:
    """Return the examples of one country: its signals beside people's verdicts, by requirement."""
    blank = VerdictModel((), (), (), (), (), {}, (), 0.0, {})
    judge = Judge(runner.standard, blank, runner.config.classify, found.indexed())
    seen = [(sight.requirement.id, values) for sight, values in judge.seen_signals()]
    return [Example(found.laws.country, requirement, values, verdicts[requirement], incomplete) for requirement, values in seen if requirement in verdicts]


def usual_shares(known: Sequence[Example]) -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    """Return each requirement's shares of verdicts, smoothed towards the overall shares, and these."""
    total = dict.fromkeys(VERDICTS, 0.0)
    by_requirement: dict[str, dict[Verdict, float]] = {}
    for example in known:
        total[example.verdict] += example.weight
        by_requirement.setdefault(example.requirement, dict.fromkeys(VERDICTS, 0.0))[example.verdict] += example.weight
    overall = tuple((total[verdict] + 1) / (sum(total.values()) + len(VERDICTS)) for verdict in VERDICTS)
    shares = {}
    for requirement, own in sorted(by_requirement.items()):
        count = sum(own.values())
        shares[requirement] = tuple((own[verdict] + SMOOTHING * share) / (count + SMOOTHING) for verdict, share in zip(VERDICTS, overall, strict=True))
    return shares, overall


def fitted(known: Sequence[Example], about: dict[str, object] | None = None, *, lean: float = LEAN) -> VerdictModel:
    """Return the model fitted on the examples; a country's own verdicts do not count in the usual shares it is fitted with."""
    from sklearn.linear_model import LogisticRegression

    names = tuple(known[0].signals)
    raw = np.array([[example.signals[name] for name in names] for example in known])
    mean, scale = raw.mean(axis=0), np.maximum(raw.std(axis=0), 1e-6)
    logs = np.zeros((len(known), len(VERDICTS)))
    for name in sorted({example.country for example in known}):
        shares, overall = usual_shares(without(known, name))
        for row, example in enumerate(known):
            if example.country == name:
                logs[row] = [math.log(share) for share in shares.get(example.requirement, overall)]
    labels = [VERDICTS.index(example.verdict) for example in known]
    weights, bias = np.zeros((len(VERDICTS), raw.shape[1] + len(VERDICTS))), np.full(len(VERDICTS), -8.0)
    bias[labels[0]] = 0.0  # what it stays where people gave no other verdict
    if len(set(labels)) > 1:
        model = LogisticRegression(C=PENALTY, solver="newton-cholesky", tol=1e-8)  # exact: a rounding in a signal must not show in a verdict
        model.fit(np.hstack([(raw - mean) / scale, logs]), labels, sample_weight=[example.weight for example in known])
        two = len(model.classes_) == 2  # then there are weights for the second class alone
        for row, label in enumerate(model.classes_):
            weights[label] = row * model.coef_[0] if two else model.coef_[row]
            bias[label] = row * model.intercept_[0] if two else model.intercept_[row]
    shares, overall = usual_shares(known)
    return VerdictModel(names, tuple(mean), tuple(scale), tuple(map(tuple, weights)), tuple(bias), shares, overall, lean, about or {})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model that has not seen the country says of an example: verdict, and confidence rounded as findings round it."""

    example: Example
    verdict: Verdict
    confidence: float

    @property
    def right(self) -> bool:
        """Whether people gave the same verdict."""
        return self.verdict is self.example.verdict


def held_out_answers(known: Sequence[Example]) -> dict[str, list[Answer]]:
    """Return the answers on all laws of a country, by country, each given by a model fitted on the other countries' examples.

    There are none where fewer than two countries were judged on all of their laws.
    """
    countries = sorted({example.country for example in known if not example.incomplete})
    answers: dict[str, list[Answer]] = {}
    for name in countries if len(countries) > 1 else ():
        model = fitted(without(known, name))
        answers[name] = [_answer(model, example) for example in known if example.country == name and not example.incomplete]
    return answers


def _answer(model: VerdictModel, example: Example) -> Answer:
    verdict, confidence = model.decided(model.probabilities(example.requirement, example.signals), below=example.signals["figure_below"] > 0)
    return Answer(example, verdict, round(confidence, CONFIDENCE_DIGITS))


def risked(answers: Mapping[str, Sequence[Answer]]) -> Risks | None:
    """Return what is risked by answering in a country; None where no country was held out."""
    return risks_of([[(answer.confidence, answer.right) for answer in own] for own in answers.values()]) if answers else None


def without(known: Iterable[Example], country: str) -> list[Example]:
    """Return the examples of all other countries."""
    return [example for example in known if example.country != country]


def together(fresh: Sequence[Example], stored: Sequence[Example]) -> list[Example]:
    """Return examples with those stored of other countries, or on more or fewer laws of the same ones.

    Raises:
        ModelError: what is stored has other signals than what is seen now.
    """
    if fresh and stored and set(fresh[0].signals) != set(stored[0].signals):
        raise ModelError(f"the stored examples of verdicts have other signals than this version sees: fit them anew with {FIT}")
    seen = {(example.country, example.incomplete) for example in fresh}
    return [*fresh, *(example for example in stored if (example.country, example.incomplete) not in seen)]


def write_examples(known: Sequence[Example], path: Path) -> None:
    """Write examples as a Parquet file: country, requirement, verdict, whether on some laws alone, and a column a signal."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [{"country": item.country, "requirement": item.requirement, "verdict": str(item.verdict), "incomplete": item.incomplete, **item.signals} for item in known]
    pq.write_table(pa.Table.from_pylist(rows), path, compression="zstd")


def stored_examples(folder: Path | None = None) -> list[Example]:
    """Return the examples that the verdict model in a folder of weights was fitted on, without one the shipped model.

    Raises:
        ModelError: the file is missing or broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with ((folder or shipped_weights()) / EXAMPLES).open("rb") as file:
            rows = pq.read_table(file).to_pylist()
    except (OSError, pa.ArrowInvalid) as error:
        raise broken(EXAMPLES, error, folder) from error
    try:
        return [Example(row.pop("country"), row.pop("requirement"), row, Verdict(row.pop("verdict")), row.pop("incomplete")) for row in rows]
    except (KeyError, ValueError) as error:
        raise broken(EXAMPLES, f"{error!r}: it was written by another version", folder) from error
