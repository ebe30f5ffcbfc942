"""Rank: how likely each of the sections searched is to be evidence for each requirement.

Every pair of section and requirement is described by features that mean the same in every language and for every standard
(nearness, place, what is named, figures, references); a small model weighs them (models/ranking.py).
"""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.models.ranking import Ranking
from lexfloor.pipeline.stages.rank.answers import answers
from lexfloor.pipeline.stages.rank.named import named
from lexfloor.pipeline.stages.rank.nearness import counterpart_nearness, nearness
from lexfloor.pipeline.stages.rank.places import places
from lexfloor.pipeline.stages.rank.references import references
from lexfloor.pipeline.stages.rank.view import View

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

logger = logging.getLogger(__name__)
DIGITS = 4


def relevance(view: View, model: Ranking, space: str) -> Matrix:
    """Return (requirements, sections): the probability of each section to be evidence.

    ``space`` is that of the encoder that made the view's vectors. Where the evidence of judged countries tells nothing (another
    encoder, another standard), the model that does without it is used, and a note is left in the log.
    """
    evidence = model.counterparts.evidence([requirement.id for requirement in view.standard.requirements], space)
    if evidence is None:
        logger.info("the evidence of judged countries is not known for this standard or encoder: sections are ranked without it, a little worse")
        return np.round(model.alone.probabilities(features(view)), DIGITS)
    return np.round(model.near.probabilities(features(beside(view, evidence))), DIGITS)


def beside(view: View, evidence: Matrix) -> View:
    """Return the view with what is known of other countries' evidence: mean vectors, a row a requirement."""
    return replace(view, counterparts=counterpart_nearness(view.found, view.vectors, evidence))


def features(view: View) -> dict[str, Matrix]:
    """Return what is seen of every section for every requirement: matrices (requirements, sections) by name."""
    return by_nearness(view) | by_words(view)


def by_nearness(view: View) -> dict[str, Matrix]:
    """Return the features that rest on the scores, and so on the counterparts."""
    return dict(chain(nearness(view), places(view), references(view)))


def by_words(view: View) -> dict[str, Matrix]:
    """Return the features that rest on the texts alone."""
    return dict(chain(named(view), answers(view)))
