"""Sections are ordered for single questions: the best hundred by a model, the others behind them."""

from dataclasses import replace

import numpy as np
import pytest

from lexfloor.eval.adapters.questions import section_of, standard_of, worded
from lexfloor.models.questions import Asking, asking_of
from lexfloor.models.ranking import RankingModel
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.embed import embed, pieces
from lexfloor.pipeline.stages.rank import questions
from lexfloor.pipeline.stages.rank.questions import answering, question_features
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.retrieve import score, searched

ASKED = ("Who lights the lamp of the pier?", "What does the net maker mend?")
PASSAGES = (
    ("a", "The pier has a lamp, and the warden lights the lamp at dusk."),
    ("a", "The warden lives at the pier."),
    ("a", "Nobody fishes at night."),
    ("b", "The net maker mends nets of the boats in winter."),
    ("b", "Boats are painted white."),
)


@pytest.fixture
def question_view(encoder, config):
    """Return what is seen of two acts for two questions."""
    sections, start = [], {"a": 0, "b": 0}
    for number, (file, text) in enumerate(PASSAGES):
        sections.append(section_of(f"s{number}", text, start[file], country="XQA", file=file, label=str(number)))
        start[file] += len(text) + 1
    asked = standard_of("ASKED", "Questions", [worded(text) for text in ASKED], "c102")
    retrieve = config.retrieve.model_copy(update={"candidates": 0, "questions": True})
    found = searched(asked, sections, pieces(sections, {}, config.embed), retrieve)
    vectors = embed(found.pieces, encoder)
    return View(asked, found, vectors, score(asked, found, vectors, encoder, retrieve), (), (), {})


def seen(view, name, row, section):
    """Return a feature of one question and section."""
    columns, features = question_features(view)
    return float(features[name][row, columns[row].tolist().index(section)])


def test_what_is_seen_of_a_section(question_view):
    """What shares more words with the question, and what has neighbours and an act that do, is told."""
    fused = question_view.scores.fused[0]
    assert seen(question_view, "shared_words", 0, 0) > seen(question_view, "shared_words", 0, 1) > seen(question_view, "shared_words", 0, 4)
    assert seen(question_view, "around", 0, 1) == pytest.approx((fused[0] + fused[2]) / 2)
    assert seen(question_view, "around", 0, 3) == pytest.approx(fused[4])
    assert seen(question_view, "act", 0, 3) == pytest.approx(fused[3:].mean())
    assert seen(question_view, "lexical_below_best", 0, 0) == 0


@pytest.fixture
def model(encoder):
    """Return the shipped weights for an encoder that was taught nothing."""
    return asking_of(encoder).model


def test_the_shipped_weights_are_of_these_features(question_view, model):
    """The model's features are those that are seen."""
    _, features = question_features(question_view)
    assert set(features) == set(model.names)


def test_sections_that_are_not_read_stay_behind(question_view, model, monkeypatch):
    """Of the sections beyond those read none is likely."""
    monkeypatch.setattr(questions, "READ", 2)
    likely = answering(question_view, model)
    best = np.argsort(-question_view.scores.fused, axis=1, kind="stable")
    assert (np.take_along_axis(likely, best[:, :2], axis=1) > 0).all()
    assert (np.take_along_axis(likely, best[:, 2:], axis=1) == 0).all()


def test_a_line_of_the_configuration_chooses_it(question_view, model, encoder, config):
    """With `questions` the runner orders by this model, or by one that it is given."""
    runner = Runner(config.model_copy(update={"retrieve": config.retrieve.model_copy(update={"questions": True})}), question_view.standard, encoder)
    assert (runner.likely(question_view) == answering(question_view, model)).all()
    longest = Asking(encoder, RankingModel(("length",), (0.0,), (1.0,), (1.0,), 0.0))
    assert np.argmax(replace(runner, questions=longest).likely(question_view), axis=1).tolist() == [0, 0]


class Turned:
    """An encoder whose questions point away from what has their words."""

    name = space = "turned"
    fingerprint = "0" * 32

    def __init__(self, encoder):
        self.dimension, self._encoder = encoder.dimension, encoder

    def encode(self, texts, role, *, progress=None):
        return -self._encoder.encode(texts, role, progress=progress)


def test_questions_are_encoded_as_they_were_taught(question_view, encoder, config, model, write_country):
    """Questions are encoded with what asks them, passages with the encoder; requirements of a standard are never asked so."""
    folder = write_country("XQA", {"act.txt": "HARBOUR ACT\n\nSection 1. Lamp\n\nThe warden lights the lamp of the pier.\n\nSection 2. Nets\n\nThe net maker mends nets.\n"})
    retrieve = config.retrieve.model_copy(update={"candidates": 0, "questions": True})
    asked = [Runner(config.model_copy(update={"retrieve": retrieve}), question_view.standard, encoder, questions=Asking(each, model)) for each in (encoder, Turned(encoder))]
    plain, turned = (runner.look(country_folders([folder])[0][0]).view for runner in asked)
    assert np.allclose(plain.scores.dense, -turned.scores.dense, atol=1e-4)
    assert np.array_equal(plain.vectors, turned.vectors)
    usual = replace(asked[1], config=config)
    assert usual.asks is encoder
