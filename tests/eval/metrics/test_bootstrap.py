"""Intervals draw whole clusters, the same ones for the same seed and for both runs of a comparison."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lexfloor.eval.metrics.bootstrap import interval, paired, resamples, unit
from lexfloor.eval.metrics.labels import kappa
from lexfloor.eval.metrics.ranking import mean_of_known

CLUSTERS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=40).map(lambda names: np.array(names, dtype=object))


def mean(columns):
    return mean_of_known(columns["score"])


@given(CLUSTERS, st.integers(0, 5))
def test_a_cluster_is_never_split(clusters, seed):
    """Of five clusters or more, each is drawn with all its rows or not at all, as many as there are."""
    whole = Counter(clusters)
    for rows in resamples(clusters, count=20, seed=seed):
        if unit(clusters) == "item":
            assert len(rows) == len(clusters)
            continue
        drawn = Counter(rows.tolist())
        times = {name: {drawn[row] for row in np.flatnonzero(clusters == name)} for name in whole}
        assert all(len(each) == 1 for each in times.values())
        assert sum(next(iter(each)) for each in times.values()) == len(whole)


@pytest.mark.parametrize(("count", "drawn"), [(1, "item"), (4, "item"), (5, "cluster"), (20, "cluster")])
def test_few_clusters_are_not_drawn(count, drawn):
    """Below five clusters rows are drawn, and the interval says so."""
    clusters = np.array([f"c{place % count}" for place in range(60)], dtype=object)
    assert unit(clusters) == drawn
    assert interval(mean, {"score": np.arange(60.0)}, clusters, count=20).unit == drawn


@given(CLUSTERS, st.data())
def test_the_mean_lies_in_its_interval(clusters, data):
    """Intervals contain what they are of, and are the same each time."""
    scores = np.array(data.draw(st.lists(st.integers(0, 4), min_size=len(clusters), max_size=len(clusters))), dtype=float)
    found = interval(mean, {"score": scores}, clusters, count=200)
    assert found.low - 1e-9 <= found.value <= found.high + 1e-9
    assert found.value == pytest.approx(scores.mean())
    assert found.count == 200
    assert found == interval(mean, {"score": scores}, clusters, count=200)


def test_another_seed_draws_other_rows():
    """The seed decides."""
    clusters = np.arange(30)
    first, again, other = (np.concatenate(list(resamples(clusters, count=3, seed=seed))) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist()
    assert first.tolist() != other.tolist()


def test_the_order_of_clusters_does_not_matter():
    """A table sorted otherwise has the same interval."""
    clusters = np.repeat(np.array(list("fedcba"), dtype=object), 4)
    scores = np.arange(24.0)
    backward = interval(mean, {"score": scores[::-1]}, clusters[::-1])
    assert interval(mean, {"score": scores}, clusters) == backward


def test_scipy_draws_about_the_same_interval():
    """Of single rows: within the noise of resampling."""
    scores = np.random.default_rng(3).exponential(size=120)
    ours = interval(mean, {"score": scores}, np.full(120, "x", dtype=object), count=4000)
    theirs = stats.bootstrap((scores,), np.mean, n_resamples=4000, method="percentile", rng=np.random.default_rng(4)).confidence_interval
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=0.02)


def test_clusters_that_are_alike_inside_widen_the_interval():
    """Ten times the same row a cluster is no more knowledge than one row."""
    scores = np.random.default_rng(0).random(20)
    names = np.arange(20)
    single = interval(mean, {"score": scores}, names)
    copied = interval(mean, {"score": np.repeat(scores, 10)}, np.repeat(names, 10))
    assert (copied.low, copied.high) == pytest.approx((single.low, single.high))
    as_rows = interval(mean, {"score": np.repeat(scores, 10)}, np.full(200, "x", dtype=object))
    assert as_rows.high - as_rows.low < 0.5 * (copied.high - copied.low)


def test_a_higher_level_gives_a_wider_interval():
    """99% contains 95% contains 50%."""
    scores, clusters = {"score": np.random.default_rng(0).random(80)}, np.arange(80)
    widths = [(found.low, found.high) for found in (interval(mean, scores, clusters, level=level) for level in (0.99, 0.95, 0.5))]
    assert [low for low, _ in widths] == sorted(low for low, _ in widths)
    assert [high for _, high in widths] == sorted((high for _, high in widths), reverse=True)


def test_resamples_without_a_value_are_left_out():
    """A measure that is not defined in some resamples is bounded by the others, and their number is told."""
    scores = np.array([np.nan] * 5 + [1.0, 3.0])
    found = interval(mean, {"score": scores}, np.arange(7), count=300)
    assert found.value == 2
    assert (found.low, found.high) == (1, 3)
    assert 200 < found.count < 300
    nothing = interval(mean, {"score": scores[:5]}, np.arange(5), count=10)
    assert np.isnan([nothing.value, nothing.low, nothing.high]).all()
    assert nothing.count == 0


def test_no_rows_have_no_interval():
    """An empty table is not an error."""
    found = interval(mean, {"score": np.array([])}, np.array([]))
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.count == 0


def test_a_difference_is_taken_of_the_same_rows():
    """A run that is better by the same on every row is better by exactly that, however much the rows differ."""
    first = np.random.default_rng(1).random(50)
    clusters = np.arange(50) % 10
    found = paired(mean, {"score": first}, {"score": first + 0.25}, clusters)
    assert (found.value, found.low, found.high) == pytest.approx((0.25, 0.25, 0.25))
    assert found.unit == "cluster"
    back = paired(mean, {"score": first + 0.25}, {"score": first}, clusters)
    assert back.value == pytest.approx(-found.value)


def test_a_measure_of_two_columns():
    """Columns of labels are drawn together, and a difference of nothing is nothing."""
    random = np.random.default_rng(2)
    columns = {name: np.array(list("abc"), dtype=object)[random.integers(3, size=90)] for name in ("gold", "said")}
    clusters = np.arange(90) // 9

    def agreed(table):
        assert set(table) == {"gold", "said"}
        return kappa(table["gold"], table["said"])

    found = interval(agreed, columns, clusters, count=100)
    assert found.low < found.value < found.high
    same = paired(agreed, columns, columns, clusters, count=100)
    assert (same.value, same.low, same.high) == (0, 0, 0)


def test_columns_of_another_length_are_refused():
    """A column that does not fit the clusters is named."""
    with pytest.raises(ValueError, match="column score has 3 rows for the clusters of 2"):
        interval(mean, {"score": np.zeros(3)}, np.arange(2))
    with pytest.raises(ValueError, match="column score has 3 rows"):
        paired(mean, {"score": np.zeros(2)}, {"score": np.zeros(3)}, np.arange(2))
