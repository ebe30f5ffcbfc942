"""What single questions are asked with, fitted on questions with known answers (``eval/fit_questions.py``).

An encoder was taught to bring questions nearer to what answers them, while passages stayed where they were: only questions are encoded
with what it learned, and no passage is embedded anew. A few weights then order the sections that are near. One of each knows all questions
it was fitted on; beside it stand those that know all but a fold of them, by which evaluation answers that fold.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import as_file

from lexfloor.models.cards import AdapterSource
from lexfloor.models.encoder import Encoder, SentenceEncoder
from lexfloor.models.ranking import RankingModel, model_of
from lexfloor.models.weight_files import broken, shipped_weights, weights_in

logger = logging.getLogger(__name__)
SHIPPED = "questions.json"
ALL = "all"
FOLDS = 5
FIT = "python -m lexfloor.eval.fit_questions"
FITTED_ON = "dev"
"""The split of ObliQA whose questions it was fitted on."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions are encoded with, and what orders the sections that are near: the model belongs to the encoder."""

    encoder: Encoder
    model: RankingModel


def fold_of(question: str) -> int:
    """Return the fold of a question, 0 to 4, by its identity alone."""
    return int(sha256(question.encode()).hexdigest(), 16) % FOLDS


def adapter_file(name: str) -> str:
    """Return the name of the file with what an encoder was taught: by all questions (`ALL`), or by all but those of a fold."""
    return f"questions-{name}.safetensors"


def asking_of(encoder: Encoder, fold: int | None = None) -> Asking:
    """Return what is shipped for an encoder's questions: fitted on all questions, or on all but those of a fold.

    Where it was another encoder that was taught, questions are encoded with this one as it is, and a note is left in the log.

    Raises:
        ModelError: a file is missing, broken, or another than the one that was fitted.
    """
    name = ALL if fold is None else str(fold)
    content = weights_in(SHIPPED)
    try:
        base, digests, taught, alone = content["encoder"], content["adapters"], model_of(content["taught"][name]), model_of(content["alone"][name])
        digest = str(digests[name])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(SHIPPED, repr(error), fit=FIT) from error
    if isinstance(encoder, SentenceEncoder) and encoder.weights == base:
        with as_file(shipped_weights() / adapter_file(name)) as path:
            return Asking(encoder.taught(AdapterSource(path=str(path), sha256=digest)), taught)
    logger.info("what was learned of questions belongs to another encoder than %s: it encodes them as it is, and sections are found a little worse", encoder.name)
    return Asking(encoder, alone)
