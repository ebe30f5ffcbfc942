"""An invented evaluation run, for what compares runs and reports them."""

from __future__ import annotations

import random
import sys
from types import ModuleType

import numpy as np
import pytest

from lexfloor.eval import compare, measuring
from lexfloor.eval.metrics.calibration import calibration_error
from lexfloor.eval.metrics.labels import agreement
from lexfloor.eval.report import tables
from lexfloor.eval.runs import SuiteRun
from lexfloor.eval.suite import DataSource, Measure, SuiteCard

ADAPTER = "invented.adapter"
LABELS = ("compliant", "partial", "needs_data", "not_addressed")
MEASURES = (
    Measure("verdict/agreement", "findings", lambda rows: agreement(rows["gold"], rows["said"])),
    Measure("confidence/calibration error", "findings", lambda rows: calibration_error(rows["confidence"], rows["right"]), "lower"),
    Measure("abstention/for review", "findings", lambda rows: float(np.mean(rows["confidence"] < 0.5)) if rows["confidence"].size else np.nan, None),
)


def invented_rows(right=0.7, seed=1, countries=8, each=20):
    """Return findings of invented countries; the same items and gold answers whatever the seed, which decides what was said of them."""
    truth, said = random.Random(0), random.Random(seed)
    rows = []
    for country in [f"X{letter}A" for letter in "ABCDEFGHIJKL"[:countries]]:
        for number in range(each):
            gold = truth.choice(LABELS)
            answer = gold if said.random() < right else said.choice([label for label in LABELS if label != gold])
            rows.append(
                {
                    "item": f"{country} R:{number}",
                    "cluster": country,
                    "country": country,
                    "part": ("II", "III", "IX")[number % 3],
                    "gold": gold,
                    "said": answer,
                    "right": answer == gold,
                    "confidence": min(1.0, max(0.0, right + said.uniform(-0.3, 0.3))),
                    "rank": -1 if gold == "not_addressed" else truth.randrange(12),
                }
            )
    return rows


@pytest.fixture(scope="session")
def rows_of():
    return invented_rows


@pytest.fixture(scope="module")
def run_of():
    """Return a function that makes a run of rows of findings, with few resamples."""
    with pytest.MonkeyPatch.context() as patch:
        for place, name in ((measuring, "RESAMPLES"), (compare, "RESAMPLES"), (measuring, "STRATUM_RESAMPLES"), (compare, "STRATUM_RESAMPLES"), (tables, "RESAMPLES")):
            patch.setattr(place, name, 40)
        yield _maker(patch)


def _maker(patch):
    def made(findings, *, stamps=None, card=None, measures=MEASURES):
        adapter = ADAPTER if measures is MEASURES else f"{ADAPTER}_of_{len(measures)}"
        module = ModuleType(adapter)
        module.MEASURES = measures
        patch.setitem(sys.modules, adapter, module)
        about = SuiteCard(
            name="invented",
            title="Verdicts on invented laws",
            description="What is said of each requirement, beside what people judged.",
            adapter=adapter,
            data={"gold": DataSource(path="gold", revision="00000000000000aa", licence="CC BY 4.0", annotators="two lawyers", citation="Nobody 2026")},
            languages=("en",),
            main_score="verdict/agreement",
            strata={"findings": ("country", "part")},
            answers={"findings": "said"},
            published={"a larger model": 0.8},
        ).model_copy(update=card or {})
        content = {
            "code": {"revision": "00000000000000c0"},
            "models": {"encoder": {"name": "tiny"}},
            "data": {"gold": {"path": "../shared/gold", "revision": "00000000000000aa", "expected": "00000000000000aa"}},
            "configuration": {"retrieve": {"matches": 10}},
            "only": [],
            "versions": {"python": "3.12"},
            "times": {"began": "2026-11-01T10:00:00+00:00", "seconds": 3.0},
        } | (stamps or {})
        held = {"findings": findings}
        return SuiteRun(about, held, tuple(measuring.measured(held, measures, about)), content)

    return made
