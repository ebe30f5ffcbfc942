"""Measures of agreement keep their laws, and are those of scikit-learn and of the papers."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score

from lexfloor.eval import metrics
from lexfloor.eval.metrics.labels import agreement, confusion, f1_by_label, f1_of, kappa, krippendorff_alpha, macro_f1, weighted_kappa

ORDER = tuple("abcde")
LABELS = st.sampled_from(ORDER)
PAIRS = st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=40)
RATINGS = st.integers(2, 4).flatmap(lambda raters: st.lists(st.lists(st.sampled_from([None, *ORDER]), min_size=raters, max_size=raters), min_size=1, max_size=12))
PUBLISHED = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
"""The reliability data of Krippendorff 2011, section C: an observer a row, a unit a column, a point where there is no rating."""


def by_hand_alpha(ratings, order=None):
    """Compute alpha from its definition: the mean cost of pairs within units over that of all pairs of pairable ratings."""
    units = [[label for label in unit if label is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    pool = [label for unit in units for label in unit]

    def cost(one, two):
        if order is None:
            return one != two
        low, high = sorted((order.index(one), order.index(two)))
        return (sum(low <= order.index(label) <= high for label in pool) - (pool.count(one) + pool.count(two)) / 2) ** 2 if low != high else 0

    observed = sum(cost(*pair) / (len(unit) - 1) for unit in units for pair in itertools.permutations(unit, 2))
    expected = sum(cost(*pair) for pair in itertools.permutations(pool, 2))
    return 1 - (len(pool) - 1) * observed / expected if expected else np.nan


@given(PAIRS)
def test_agreement_and_kappa_are_symmetric_and_bounded(pairs):
    """Swapping the readers changes nothing; both stay within their bounds."""
    first, second = zip(*pairs, strict=True)
    assert agreement(first, second) == agreement(second, first)
    assert 0 <= agreement(first, second) <= 1
    assert kappa(first, second) == pytest.approx(kappa(second, first))
    assert -1 <= kappa(first, second) <= 1 + 1e-9


@given(st.lists(LABELS, min_size=1, max_size=40))
def test_a_reader_agrees_with_themselves(labels):
    """Full agreement is 1 on every measure."""
    assert agreement(labels, labels) == 1
    assert kappa(labels, labels) == pytest.approx(1)
    assert weighted_kappa(labels, labels, ORDER, "quadratic") == pytest.approx(1)
    assert macro_f1(labels, labels) == pytest.approx(1)
    if len(set(labels)) > 1:
        assert krippendorff_alpha([[label, label, None] for label in labels]) == pytest.approx(1)
        assert krippendorff_alpha([[label, label] for label in labels], ORDER) == pytest.approx(1)


@given(PAIRS)
def test_macro_f1_is_bounded(pairs):
    """Between nothing right and everything right."""
    assert 0 <= macro_f1(*zip(*pairs, strict=True)) <= 1


@given(PAIRS)
def test_scikit_learn_gives_the_same(pairs):
    """Columns of a table give what scikit-learn gives, wherever that is defined."""
    gold, said = (np.array(column, dtype=object) for column in zip(*pairs, strict=True))
    plain = gold.tolist(), said.tolist()
    labels = sorted(set(plain[0]))
    assert macro_f1(gold, said) == pytest.approx(f1_score(*plain, labels=labels, average="macro", zero_division=0), abs=1e-9)
    each = sorted(set(plain[0]) | set(plain[1]))
    assert list(f1_by_label(gold, said).values()) == pytest.approx(f1_score(*plain, labels=each, average=None, zero_division=0), abs=1e-9)
    assert confusion(gold, said, ORDER)[1].tolist() == confusion_matrix(*plain, labels=ORDER).tolist()
    if len(each) > 1:
        assert kappa(gold, said) == pytest.approx(cohen_kappa_score(*plain), abs=1e-9)
        for weights in ("linear", "quadratic"):
            assert weighted_kappa(gold, said, ORDER, weights) == pytest.approx(cohen_kappa_score(*plain, labels=ORDER, weights=weights), abs=1e-9)


def test_kappa_by_hand():
    """The example of two readers, 50 items, 20 and 15 agreed: kappa 0.4."""
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert kappa(first, second) == pytest.approx(0.4)


def test_chance_agreement_is_zero():
    """Independent labels have no agreement beyond chance."""
    assert kappa(["a", "a", "b", "b"], ["a", "b", "a", "b"]) == pytest.approx(0)


def test_a_near_miss_costs_less_than_a_far_one():
    """Weights count the steps between ordered labels: by hand 1 - 1/4 over 7/8 for one step, 1 - 2/4 over 1 for two."""
    truth = ["low", "low", "high", "high"]
    order = ["low", "middle", "high"]
    near, far = ["low", "low", "middle", "high"], ["low", "low", "low", "high"]
    assert weighted_kappa(truth, near, order) == pytest.approx(0.75)
    assert weighted_kappa(truth, far, order) == pytest.approx(0.5)
    assert weighted_kappa(truth, near, order, "quadratic") > weighted_kappa(truth, near, order)


def test_macro_f1_counts_the_labels_of_gold_only():
    """A label that people never gave lowers the recall of the others, and has no term of its own."""
    assert macro_f1(["a", "a", "b", "b"], ["a", "x", "b", "b"]) == pytest.approx((2 / 3 + 1) / 2)
    assert f1_of(["a", "a"], ["a", "x"], "x") == 0
    assert np.isnan(f1_of(["a", "a"], ["a", "x"], "b"))


def test_confusion_names_its_rows_and_columns():
    """Truth in rows, what was said in columns; a fixed order is kept, and a label outside it is refused."""
    labels, counts = confusion(["a", "a", "b"], ["b", "a", "a"])
    assert labels == ("a", "b")
    assert counts.tolist() == [[1, 1], [1, 0]]
    assert confusion(["a"], ["b"], ["b", "a"])[1].tolist() == [[0, 0], [1, 0]]
    with pytest.raises(ValueError, match="'z' is not among the labels 'a', 'b'"):
        confusion(["a"], ["z"], ["a", "b"])


def test_no_answer_is_a_wrong_answer():
    """None, where a system says nothing, is never right."""
    assert agreement(["a", "b"], ["a", None]) == 0.5
    assert macro_f1(["a", "b"], ["a", None]) == 0.5


def test_alpha_of_the_published_data():
    """Four observers, twelve units, missing ratings: 0.743 at the nominal and 0.815 at the ordinal level."""
    ratings = [[None if label == "." else int(label) for label in unit] for unit in zip(*PUBLISHED, strict=True)]
    assert krippendorff_alpha(ratings) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(ratings, order=range(1, 6)) == pytest.approx(0.815, abs=5e-4)
    numbers = np.array([[np.nan if label is None else label for label in unit] for unit in ratings])
    assert krippendorff_alpha(numbers) == krippendorff_alpha(ratings)


@given(RATINGS)
def test_alpha_is_what_its_definition_says(ratings):
    """Counting pair by pair gives the same, at both levels, and the order of raters does not matter."""
    assert krippendorff_alpha(ratings) == pytest.approx(by_hand_alpha(ratings), abs=1e-9, nan_ok=True)
    assert krippendorff_alpha(ratings, ORDER) == pytest.approx(by_hand_alpha(ratings, ORDER), abs=1e-9, nan_ok=True)
    assert krippendorff_alpha([unit[::-1] for unit in ratings]) == pytest.approx(krippendorff_alpha(ratings), nan_ok=True)


@pytest.mark.parametrize("ratings", [[], [[None, "a"], ["b", None]], [["a", "a"], ["a", "a"]], [[None, None]]])
def test_alpha_needs_pairs_and_variation(ratings):
    """Nothing can be said where no unit has two ratings, or all ratings are the same."""
    assert np.isnan(krippendorff_alpha(ratings))
    assert np.isnan(krippendorff_alpha(ratings, "ab"))


@pytest.mark.parametrize("measure", [agreement, kappa, macro_f1])
def test_lists_of_unequal_length_are_refused(measure):
    """A missing answer is an error, not a silent cut."""
    with pytest.raises(ValueError, match="cannot be compared"):
        measure(["a", "b"], ["a"])


@pytest.mark.parametrize("measure", [agreement, kappa, macro_f1])
def test_no_rows_have_no_measure(measure):
    """An empty stratum is not a number, and not an error."""
    assert np.isnan(measure([], []))


def test_other_modules_import_from_the_package():
    """What the fitting and the older evaluation use stays where it was."""
    assert {"agreement", "calibration_error", "first_hit", "kappa", "macro_f1"} <= set(dir(metrics))
