"""The model for questions is fitted so that what answers comes first; a fold's questions have no part in the model that answers them."""

import numpy as np
import pytest

from lexfloor.eval.question_weights import Rows, cross_fitted, fitted, held_out_scores
from lexfloor.models.questions import ALL, FOLDS


@pytest.fixture
def rows():
    """Return sixty questions with ten sections each: what answers has the greatest first number, up to chance; the second says nothing."""
    generator = np.random.default_rng(3)
    values = generator.normal(size=(60, 10, 2))
    answers = np.zeros((60, 10), bool)
    answers[np.arange(60), (values[:, :, 0] + generator.normal(scale=0.3, size=(60, 10))).argmax(axis=1)] = True
    return Rows(("telling", "idle"), values, answers, answers.sum(axis=1))


def test_what_tells_is_weighed(rows):
    """The telling feature counts much more than the idle one, and probabilities are as many as there are answers."""
    model = fitted(rows)
    assert model.weights[0] > 5 * abs(model.weights[1])
    likely = model.probabilities({name: rows.values[:, :, place] for place, name in enumerate(rows.names)})
    assert likely.sum() == pytest.approx(rows.answers.sum(), rel=0.05)
    assert (likely.argmax(axis=1) == rows.answers.argmax(axis=1)).mean() > 0.7


def test_questions_that_nothing_read_answers_teach_nothing(rows):
    """A question whose answers are not among the sections read changes no weight."""
    more = Rows(rows.names, np.concatenate([rows.values, rows.values[:5] + 3]), np.concatenate([rows.answers, np.zeros((5, 10), bool)]), np.append(rows.wanted, np.ones(5, int)))
    assert fitted(more) == fitted(rows)


def test_a_fold_has_no_part_in_its_model(rows):
    """Other answers to the questions of a fold change every model but that of the fold."""
    folds = np.arange(60) % FOLDS
    other = rows.answers.copy()
    other[folds == 2] = np.roll(other[folds == 2], 1, axis=1)
    before, after = cross_fitted(rows, folds), cross_fitted(Rows(rows.names, rows.values, other, rows.wanted), folds)
    assert [name for name in before if before[name] == after[name]] == ["2"]
    assert set(before) == {ALL, *map(str, range(FOLDS))}


def test_answers_that_are_not_read_count_as_missed(rows):
    """Recall is of all that answer, not only of the sections that were read."""
    folds = np.arange(60) % FOLDS
    models = cross_fitted(rows, folds)
    assert held_out_scores(rows, folds, models)["recall@10"] == 1
    twice = Rows(rows.names, rows.values, rows.answers, rows.wanted * 2)
    assert held_out_scores(twice, folds, models)["recall@10"] == 0.5
