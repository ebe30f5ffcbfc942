"""The model that orders sections for single questions: a few weights, fitted on questions with known answers (``eval/fit_questions.py``).

One model knows all questions it was fitted on; beside it stand models that know all but a fold of them, by which evaluation answers that fold.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from lexfloor.models.ranking import RankingModel, model_of
from lexfloor.models.weight_files import broken, weights_in

SHIPPED = "questions.json"
ALL = "all"
FOLDS = 5
FIT = "python -m lexfloor.eval.fit_questions"
FITTED_ON = "dev"
"""The split of ObliQA whose questions it was fitted on."""


def fold_of(question: str) -> int:
    """Return the fold of a question, 0 to 4, by its identity alone."""
    return int(sha256(question.encode()).hexdigest(), 16) % FOLDS


@cache
def question_model(fold: int | None = None) -> RankingModel:
    """Return the shipped model, or the one that was fitted on all questions but those of a fold.

    Raises:
        ModelError: the file is missing or broken.
    """
    content = weights_in(SHIPPED)
    try:
        return model_of(content["models"][ALL if fold is None else str(fold)])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), fit=FIT) from error
