"""The ranking is fitted on what people cite; a country held out has no part in the models that rank it."""

from dataclasses import replace

import numpy as np
import pytest

from lexfloor.eval.fit_ranking import DEPTHS, Fitting, calibration, hits, ranks
from lexfloor.eval.ranking_examples import FITTED_ON, judged_country
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.rank import relevance


@pytest.fixture(scope="module")
def judged(standard, encoder, config, sample):
    """Return the bundled country as the fitting sees it."""
    runner = Runner(config.model_copy(update={"retrieve": config.retrieve.model_copy(update={"rank": False})}), standard, encoder)
    return judged_country(runner, sample.parents[1] / "gold" / "XVA.json", sample.parent)


@pytest.fixture(scope="module")
def fitting(judged, encoder):
    """Return a fitting on the bundled country under three names."""
    return Fitting([judged, replace(judged, country="XBB"), replace(judged, country="XCC")], encoder.space)


def test_what_is_seen_of_a_judged_country(judged):
    """Of each requirement the best sections are rows; those that people cite are told, and have an evidence vector."""
    names, values, cited = judged.rows(None)
    assert values.shape == (len(cited), len(names))
    assert len(cited) == len(judged.wanted) * min(FITTED_ON, len(judged.view.sections))
    assert 0 < cited.sum() <= judged.is_wanted().sum()
    with_evidence = np.any(judged.evidence != 0, axis=1)
    assert all(judged.wanted[row] for row in np.flatnonzero(with_evidence))
    assert with_evidence.sum() > 30


def test_the_fitted_model_ranks_better_than_the_score(judged, fitting):
    """Held out, the sections that people cite come earlier than by score."""
    model = fitting.ranking("XVA", {})
    by_score, ranked = hits(ranks(judged, None)), hits(ranks(judged, relevance(judged.view, model, fitting.space)))
    assert len(ranked) == len(DEPTHS)
    assert sum(ranked) > sum(by_score)
    assert all(0 <= row["cited"] <= 1 for _, row in calibration([(judged, relevance(judged.view, model, fitting.space))]))


def test_a_country_held_out_has_no_part_in_its_models(judged, fitting):
    """Whatever people judged in a country, and whatever its evidence is like, the models that rank it stay the same."""
    silent = replace(judged, country="XBB", wanted=tuple(frozenset() for _ in judged.wanted), evidence=-judged.evidence)
    other = Fitting([judged, silent, replace(judged, country="XCC")], fitting.space)
    held_out, with_it = fitting.ranking("XBB", {}), other.ranking("XBB", {})
    assert (held_out.near, held_out.alone) == (with_it.near, with_it.alone)
    assert set(held_out.counterparts.by_country) == {"XVA", "XCC"}
    assert held_out.about["fitted_on"] == ["XVA", "XCC"]
    assert fitting.ranking(None, {}).near != other.ranking(None, {}).near
