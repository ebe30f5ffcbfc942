"""Fit the verdict model on countries judged by people, each country scored by a model that has not seen it.

python -m lexfloor.eval.fit --gold ../shared/gold/dev --laws ../shared/laws --write
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lexfloor.configs.run import load_config
from lexfloor.eval.metrics import agreement, calibration_error, kappa
from lexfloor.models.verdict import SHIPPED, VERDICTS, VerdictModel, decided
from lexfloor.pipeline.records import Verdict
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.classify import Judge
from lexfloor.pipeline.stages.ingest import discover

SMOOTHING = 2.0
"""Weight of the overall shares in a requirement's usual shares, in countries."""
PENALTY = 0.03
"""Inverse strength of the L2 penalty."""


@dataclass(frozen=True)
class Example:
    """What was seen of one requirement in one country, and the verdict that people gave."""

    country: str
    requirement: str
    signals: dict[str, float]
    verdict: Verdict


def examples(runner: Runner, gold: Path, laws: Path) -> list[Example]:
    """Return the examples of one country's gold file."""
    judged = json.loads(gold.read_text(encoding="utf-8"))
    (folder,), _ = discover([laws / judged["country"]], None)
    blank = VerdictModel((), (), (), (), (), {}, (), {})
    judge = Judge(runner.standard, blank, runner.config.classify, runner.look(folder).indexed())
    verdicts = {finding["requirement"]: Verdict(finding["verdict"]) for finding in judged["findings"]}
    return [Example(folder.country, sight.requirement.id, values, verdicts[sight.requirement.id]) for sight, values in judge.seen_signals() if sight.requirement.id in verdicts]


def usual_shares(known: list[Example]) -> tuple[dict[str, tuple[float, ...]], tuple[float, ...]]:
    """Return each requirement's shares of verdicts, smoothed towards the overall shares, and these."""
    total = Counter(example.verdict for example in known)
    overall = tuple((total[verdict] + 1) / (len(known) + len(VERDICTS)) for verdict in VERDICTS)
    shares = {}
    for requirement in sorted({example.requirement for example in known}):
        own = Counter(example.verdict for example in known if example.requirement == requirement)
        count = sum(own.values())
        shares[requirement] = tuple((own[verdict] + SMOOTHING * share) / (count + SMOOTHING) for verdict, share in zip(VERDICTS, overall, strict=True))
    return shares, overall


def fitted(known: list[Example], about: dict[str, object]) -> VerdictModel:
    """Return the model fitted on the examples; a country's own verdicts do not count in the usual shares it is fitted with."""
    from sklearn.linear_model import LogisticRegression

    names = tuple(known[0].signals)
    raw = np.array([[example.signals[name] for name in names] for example in known])
    mean, scale = raw.mean(axis=0), np.maximum(raw.std(axis=0), 1e-6)
    logs = np.zeros((len(known), len(VERDICTS)))
    for name in sorted({example.country for example in known}):
        shares, overall = usual_shares([example for example in known if example.country != name])
        for row, example in enumerate(known):
            if example.country == name:
                logs[row] = [math.log(share) for share in shares.get(example.requirement, overall)]
    labels = [VERDICTS.index(example.verdict) for example in known]
    model = LogisticRegression(C=PENALTY, max_iter=2000)
    model.fit(np.hstack([(raw - mean) / scale, logs]), labels)
    weights, bias = np.zeros((len(VERDICTS), raw.shape[1] + len(VERDICTS))), np.full(len(VERDICTS), -8.0)
    for row, label in enumerate(model.classes_):
        weights[label], bias[label] = model.coef_[row], model.intercept_[row]
    shares, overall = usual_shares(known)
    return VerdictModel(names, tuple(mean), tuple(scale), tuple(map(tuple, weights)), tuple(bias), shares, overall, about)


def held_out(known: list[Example]) -> list[tuple[Example, dict[Verdict, float]]]:
    """Return each example with the probabilities of a model fitted on the other countries."""
    judged = []
    for name in sorted({example.country for example in known}):
        model = fitted([example for example in known if example.country != name], {})
        judged += [(example, model.probabilities(example.requirement, example.signals)) for example in known if example.country == name]
    return judged


def usual_only(known: list[Example]) -> list[tuple[Example, dict[Verdict, float]]]:
    """Return each example with the shares of its requirement's verdicts in the other countries: what needs no law to be read."""
    judged = []
    for name in sorted({example.country for example in known}):
        shares, overall = usual_shares([example for example in known if example.country != name])
        own = [example for example in known if example.country == name]
        judged += [(example, dict(zip(VERDICTS, shares.get(example.requirement, overall), strict=True))) for example in own]
    return judged


def summary(judged: list[tuple[Example, dict[Verdict, float]]]) -> dict[str, float]:
    """Return agreement, kappa and calibration error of held-out judgements."""
    pairs = [(example.verdict, *decided(shares, below=bool(example.signals.get("figure_below")))) for example, shares in judged]
    gold, said = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    right = [truth is claim for truth, claim in zip(gold, said, strict=True)]
    return {
        "agreement": round(agreement(gold, said), 3),
        "kappa": round(kappa(gold, said), 3),
        "calibration_error": round(calibration_error([pair[2] for pair in pairs], right), 3),
    }


def main() -> None:
    """Fit, score on held-out countries, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files, one a country")
    parser.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    parser.add_argument("--write", action="store_true", help="write models/weights/verdict.json of this checkout")
    asked = parser.parse_args()
    runner = Runner.of(load_config())
    known = [example for path in sorted(asked.gold.glob("*.json")) for example in examples(runner, path, asked.laws)]
    judged = held_out(known)
    for name in sorted({example.country for example in known}):
        report(name, summary([item for item in judged if item[0].country == name]))
    overall = summary(judged)
    report("all", overall)
    blind = [Example(example.country, example.requirement, {}, example.verdict) for example in known]
    report("usual verdicts alone", summary(usual_only(blind)))
    if asked.write:
        about = {"fitted_on": sorted({example.country for example in known}), "held_out": overall, "examples": len(known), "encoder": runner.encoder.name}
        (Path(__file__).resolve().parents[1] / "models" / "weights" / SHIPPED).write_text(fitted(known, about).to_json(), encoding="utf-8")


def report(name: str, scores: dict[str, float]) -> None:
    """Print one line of scores."""
    print(f"{name:>4}", *(f"{key} {value:.3f}" for key, value in scores.items()), sep="  ")  # noqa: T201 - this module is a command


if __name__ == "__main__":
    main()
