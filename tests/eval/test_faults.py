"""The yardstick must see what it is for: each stage is spoilt on purpose, and the suite that should notice does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lexfloor.configs.run import load_config
from lexfloor.eval.adapters import c102 as adapter
from lexfloor.eval.compare import compare, improvements, regressions
from lexfloor.eval.held_out import fitted, stored_examples, without
from lexfloor.eval.measuring import measured
from lexfloor.eval.operations import run_suite
from lexfloor.eval.runs import SuiteRun
from lexfloor.eval.suite import load_suite, located_data
from lexfloor.models.verdict import VERDICTS
from lexfloor.pipeline import laws, runner
from lexfloor.pipeline.records import Level, Segmentation, Verdict

CORPORA = Path(__file__).resolve().parents[2] / "corpora"


def run(name="quick", **retrieve):
    """Return a run of a suite over the sample country alone; ``retrieve`` is what retrieval does otherwise."""
    card = load_suite(name).model_copy(update={"strata": {}})
    data = located_data(card, Path("nowhere"), {"gold": CORPORA / "gold", "laws": CORPORA / "samples"} if name == "segment" else {})
    config = load_config()
    config = config.model_copy(update={"retrieve": config.retrieve.model_copy(update=retrieve)})
    return run_suite(card, data, config, lambda what, done, total: None)


@pytest.fixture(scope="module")
def sound():
    """The run of the sound pipeline, once for all faults."""
    with pytest.MonkeyPatch.context() as patch:
        from tests.conftest import fake_runner

        patch.setattr(runner.Runner, "of", classmethod(fake_runner))
        yield run()


def worse(before, after):
    """Return the measures over all rows that fell by more than chance."""
    return {item.measure for item in regressions(compare(before, after))}


def test_nothing_changed_is_nothing_found(sound, fake_models):
    """The same pipeline twice: no measure is better or worse."""
    again = run()
    assert not worse(sound, again)
    assert not improvements(compare(sound, again))


def test_shuffled_embeddings_lose_the_evidence(fake_models, encoder, monkeypatch):
    """Vectors that belong to other provisions, where nothing but meaning is searched by: names and words find most of the sample's law without."""
    by_meaning = {"lexical_weight": 0.0, "rank": False}
    sound = run(**by_meaning)
    right = type(encoder).encode

    def shuffled(self, texts, role, **options):
        vectors = right(self, texts, role, **options)
        return vectors[np.random.default_rng(1).permutation(len(vectors))] if role == "passage" else vectors

    monkeypatch.setattr(type(encoder), "encode", shuffled)
    assert {"evidence/hit@5", "evidence/mrr"} <= worse(sound, run(**by_meaning))


def test_sections_cut_wrong_are_seen(fake_models, monkeypatch):
    """Every second section is swallowed by the one before it: quotes stand under wrong labels, and evidence names wrong sections."""
    from lexfloor.eval.segmentation import gold

    whole, right = run("segment"), laws.segment

    def swallowed(law):
        cut = right(law)
        numbers = {node.id: place for place, node in enumerate(node for node in cut.provisions if node.level is Level.SECTION)}
        labels = [node.section for node in cut.provisions if node.level is Level.SECTION]
        nodes = [replace(node, section=labels[numbers[node.id] - numbers[node.id] % 2]) if node.id in numbers else node for node in cut.provisions]
        return Segmentation(tuple(nodes), cut.refused)

    sound = run()
    monkeypatch.setattr(laws, "segment", swallowed)
    monkeypatch.setattr(gold, "segment", swallowed)
    assert "quotes/under the label" in worse(whole, run("segment"))
    assert "evidence/hit@10" in worse(sound, run())


def test_dropped_figures_are_seen(sound, fake_models, monkeypatch):
    """An extractor that finds nothing."""
    monkeypatch.setattr(runner, "extract", lambda *_: iter(()))
    assert {"figures/recall, kind, value and unit", "figures/recall, value and unit"} <= worse(sound, run())


def judged(changed):
    """Return a run over the stored examples of all judged countries, each by a model of the others that ``changed`` has spoilt."""
    known, rows = [item for item in stored_examples() if not item.incomplete], []
    for country in sorted({example.country for example in known}):
        model = changed(fitted(without(known, country)))
        for example in known:
            if example.country == country:
                said, confidence = model.decided(model.probabilities(example.requirement, example.signals), below=False)
                rows.append(
                    {
                        "item": f"{country} {example.requirement}",
                        "cluster": country,
                        "gold": str(example.verdict),
                        "said": str(said),
                        "right": said is example.verdict,
                        "confidence": confidence,
                        "review": confidence < 0.6,
                        "rank": -1,
                        "wanted": 0,
                        "cited": 0,
                        "cited_right": 0,
                        "usual": str(said),
                    }
                )
    card = load_suite("c102").model_copy(update={"strata": {}})
    stamps = {"code": {}, "models": {}, "data": {}, "configuration": {}, "versions": {}, "times": {"began": ""}, "only": []}
    return SuiteRun(card, {"findings": rows}, tuple(measured({"findings": rows}, adapter.MEASURES, card)), stamps)


@pytest.fixture(scope="module")
def sound_judge():
    """The verdicts of the sound model."""
    return judged(lambda model: model)


def test_overconfidence_is_seen(sound_judge):
    """All that is weighed three times too large: the same verdicts, at confidences near one."""

    def loud(model):
        weights = tuple(tuple(3 * weight for weight in row) for row in model.weights)
        return replace(model, weights=weights, bias=tuple(3 * value for value in model.bias), lean=3 * model.lean)

    found = worse(sound_judge, judged(loud))
    assert {"confidence/calibration error", "confidence/brier"} <= found
    assert "verdict/kappa" not in found


def test_a_majority_guess_is_seen(sound_judge):
    """One verdict for everything, as often right as the law allows: kappa and macro-F1 fall."""

    def majority(model):
        return replace(model, weights=tuple(tuple(0.0 for _ in row) for row in model.weights), bias=tuple(5.0 * (verdict is Verdict.COMPLIANT) for verdict in VERDICTS))

    assert {"verdict/kappa", "verdict/macro_f1"} <= worse(sound_judge, judged(majority))
