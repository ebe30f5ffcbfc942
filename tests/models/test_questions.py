"""The models for single questions: which one answers a question depends on the question's identity alone."""

import pytest

from lexfloor.models import questions
from lexfloor.models.questions import ALL, FOLDS, fold_of, question_model
from lexfloor.models.weight_files import weights_in
from lexfloor.pipeline.errors import ModelError


def test_folds_are_about_as_large():
    """Every question has one of five folds, and none of them holds most questions."""
    found = [fold_of(f"question {number}") for number in range(500)]
    assert set(found) == set(range(FOLDS))
    assert max(map(found.count, range(FOLDS))) < 140


def test_each_fold_has_a_model_of_its_own():
    """The model of a fold is neither that of all questions nor that of another fold."""
    models = [question_model(), *(question_model(fold) for fold in range(FOLDS))]
    assert len({model.weights for model in models}) == FOLDS + 1
    assert len({model.names for model in models}) == 1


def test_what_the_weights_come_from_is_told():
    """The file says what it was fitted on, by hash, and under which licence it is."""
    content = weights_in(questions.SHIPPED)
    assert set(content["models"]) == {ALL, *map(str, range(FOLDS))}
    assert len(content["about"]["sha256"]) == 16
    assert "Apache-2.0" in content["about"]["licence"]
    assert sum(content["about"]["folds"]) > 1000


def test_a_model_that_is_not_there():
    """Only folds that were fitted can be asked for."""
    with pytest.raises(ModelError, match=r"questions\.json"):
        question_model(FOLDS)
