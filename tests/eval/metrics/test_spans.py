"""Counts of many items are added up before they are divided."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score, precision_score, recall_score

from lexfloor.eval.metrics.spans import micro_f1, micro_precision, micro_recall

FLAGS = st.lists(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=6), min_size=1, max_size=10)


@given(FLAGS)
def test_scikit_learn_gives_the_same(documents):
    """Each place in each document is found or not, expected or not."""
    right = [sum(found and expected for found, expected in places) for places in documents]
    found = [sum(found for found, _ in places) for places in documents]
    expected = [sum(expected for _, expected in places) for places in documents]
    flat = [(wanted, said) for places in documents for said, wanted in places]
    truth, said = ([pair[0] for pair in flat], [pair[1] for pair in flat])
    if any(said):
        assert micro_precision(right, found) == pytest.approx(precision_score(truth, said), abs=1e-9)
    if any(truth):
        assert micro_recall(right, expected) == pytest.approx(recall_score(truth, said), abs=1e-9)
        assert micro_f1(right, found, expected) == pytest.approx(f1_score(truth, said), abs=1e-9)


def test_a_document_weighs_by_what_it_holds():
    """Nine of ten and none of one are nine of eleven, not a mean of 0.9 and 0."""
    assert micro_recall(np.array([9, 0]), np.array([10, 1])) == pytest.approx(9 / 11)
    assert micro_precision([9, 0], [9, 0]) == 1
    assert micro_f1([9, 0], [9, 0], [10, 1]) == pytest.approx(18 / 20)


def test_nothing_to_find_has_no_measure():
    """Nothing found has no precision, nothing expected no recall."""
    assert np.isnan(micro_precision([0], [0]))
    assert np.isnan(micro_recall([], []))
    assert np.isnan(micro_f1([0], [0], [0]))
    assert micro_f1([0], [3], [0]) == 0
