"""Measures of one ranked list are those of trec_eval."""

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.metrics.ranking import average_precision_at, first_hit, hit_ranks, mean_of_known, ndcg_at, precision_at, ranking_row, recall_at, reciprocal_rank

DEPTHS = (1, 3, 5, 10)
ITEMS = st.sampled_from("abcdefghijklmnop")
LISTS = st.lists(ITEMS, unique=True, max_size=14)
RELEVANT = st.frozensets(ITEMS, min_size=1, max_size=14)
THEIRS = {"recall": ir_measures.R, "precision": ir_measures.P, "ap": ir_measures.AP, "hit": ir_measures.Success, "ndcg": ir_measures.nDCG}


@given(LISTS.filter(bool), RELEVANT)
def test_trec_eval_gives_the_same(ranked, relevant):
    """Each measure at each depth, also of short lists and of more relevant items than places."""
    wanted = {f"{name}@{depth}": measure @ depth for name, measure in THEIRS.items() for depth in DEPTHS} | {"rr": ir_measures.RR}
    run = [ir_measures.ScoredDoc("q", item, -float(rank)) for rank, item in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate(list(wanted.values()), [ir_measures.Qrel("q", item, 1) for item in sorted(relevant)], run)
    ours = ranking_row(ranked, relevant, DEPTHS)
    assert ours.keys() == wanted.keys()
    for name, measure in wanted.items():
        assert ours[name] == pytest.approx(theirs[measure], abs=1e-9), name


@given(st.lists(ITEMS, max_size=20), RELEVANT)
def test_an_item_that_comes_again_is_found_once(ranked, relevant):
    """Repeats never lift a measure above 1, and a deeper look never finds less."""
    row = ranking_row(ranked, relevant, DEPTHS)
    assert all(0 <= value <= 1 + 1e-9 for value in row.values())
    for measure in ("recall", "ap", "hit"):
        assert [row[f"{measure}@{depth}"] for depth in DEPTHS] == sorted(row[f"{measure}@{depth}"] for depth in DEPTHS)


@given(RELEVANT)
def test_the_best_list_is_perfect(relevant):
    """All that is relevant, first: every measure that can be 1 is 1."""
    row = ranking_row(sorted(relevant), relevant, depths=(len(relevant),))
    assert all(value == pytest.approx(1) for value in row.values())


def test_by_hand():
    """Relevant items at ranks 2 and 4, a third one missing."""
    ranked, relevant = ["x", "a", "y", "b"], {"a", "b", "c"}
    assert hit_ranks(ranked, relevant) == [2, 4]
    assert recall_at(4, ranked, relevant) == pytest.approx(2 / 3)
    assert precision_at(3, ranked, relevant) == pytest.approx(1 / 3)
    assert precision_at(10, ranked, relevant) == pytest.approx(0.2)
    assert average_precision_at(4, ranked, relevant) == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert reciprocal_rank(ranked, relevant) == 0.5
    best = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at(4, ranked, relevant) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / best)


def test_a_repeated_item_takes_up_a_place():
    """The second wanted item is pushed from rank 2 to rank 3."""
    assert hit_ranks(["a", "a", "b"], {"a", "b"}) == [1, 3]


def test_nothing_relevant_is_no_question():
    """Such a question is left out of the mean, and does not count as failed."""
    row = ranking_row(["a"], frozenset(), depths=(1,))
    assert all(math.isnan(value) for value in row.values())
    assert mean_of_known([1.0, row["rr"], None, 0.0]) == 0.5
    assert math.isnan(mean_of_known([None]))
    assert math.isnan(mean_of_known([]))


def test_nothing_found_is_zero():
    """An empty list answers nothing."""
    assert set(ranking_row([], {"a"}).values()) == {0.0}


@pytest.mark.parametrize(("ranked", "wanted", "rank"), [("abc", "a", 1), ("abc", "cb", 2), ("abc", "z", None), ("", "a", None), ("abc", "", None)])
def test_first_hit(ranked, wanted, rank):
    """Ranks count from 1; nothing found is None."""
    assert first_hit(list(ranked), frozenset(wanted)) == rank
