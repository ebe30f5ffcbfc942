"""An encoder is taught questions: what answers them comes first among passages that stay where they are."""

import numpy as np
import pytest
import torch

from lexfloor.models.adapter import write_adapter
from lexfloor.models.cards import AdapterSource, model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.training import questions
from lexfloor.models.training.questions import Lessons, answer_loss, upper_vectors

ASKED = ("the weeks of leave", "a pension for a person insured", "is the benefit paid", "sickness")
PASSAGES = ("maternity leave is for weeks", "the pension", "the benefit is paid", "a section of the pension", "sickness benefit for weeks")
ANSWERS = ((3,), (0, 4), (1,), (2,))


def silent(*_):
    pass


@pytest.fixture
def tiny(tiny_model, tmp_path):
    return SentenceEncoder(model_card(str(tiny_model)), device="cpu", precision="float32", cache=tmp_path / "cache")


@pytest.fixture
def lessons(tiny, monkeypatch):
    """Return the lessons of four questions, in many short steps."""
    monkeypatch.setattr(questions, "EPOCHS", 40)
    monkeypatch.setattr(questions, "RATE", 0.02)
    monkeypatch.setattr(questions, "BATCH", 2)
    return Lessons.of(tiny, ASKED, torch.from_numpy(tiny.encode(PASSAGES, "passage")), ANSWERS)


def test_lower_and_upper_layers_make_the_encoders_vectors(lessons, tiny):
    """Layers in two parts, texts of several lengths together, give what the encoder gives."""
    model = tiny.loaded()
    with torch.no_grad():
        vectors = upper_vectors(model, model[0].auto_model, lessons.states)
    assert np.allclose(vectors.numpy(), tiny.encode(ASKED, "query"), atol=1e-5)


def test_what_answers_comes_first(lessons, tiny, tmp_path):
    """Questions are nearest to what answers them once the encoder is taught, though not before; passages are those of the base."""
    before = tiny.encode(PASSAGES, "passage")
    adapter = lessons.taught(range(4), 0, tmp_path / "checkpoint", "these", silent)
    path = tmp_path / "taught.safetensors"
    taught = tiny.taught(AdapterSource(path=str(path), sha256=write_adapter(path, adapter)))
    ranks = [(encoder.encode(ASKED, "query") @ before.T).argsort(axis=1)[:, ::-1] for encoder in (tiny, taught)]
    right = [[row[0] in own for row, own in zip(found, ANSWERS, strict=True)] for found in ranks]
    assert sum(right[0]) < 4
    assert all(right[1])
    assert np.array_equal(tiny.encode(PASSAGES, "passage"), before)


def test_only_the_chosen_questions_teach(lessons, tiny, tmp_path):
    """Other answers to a question that is left out change nothing."""
    other = Lessons(tiny, lessons.states, lessons.passages, (*ANSWERS[:3], (0,)), "others")
    taught = [each.taught([0, 1, 2], 0, tmp_path / name, name, silent) for name, each in (("these", lessons), ("others", other))]
    for name, up in taught[0].up.items():
        assert torch.equal(up, taught[1].up[name])
        assert torch.equal(taught[0].down[name], taught[1].down[name])
    assert any(bool(up.any()) for up in taught[0].up.values())


def test_the_loss_is_that_of_what_answers():
    """Two pieces that answer alike give the mean of their logarithms; a question that is right about a single one loses little."""
    passages = torch.eye(3)
    assert answer_loss(passages[:1], passages, [(0,)]) < 1e-6
    even = torch.full((1, 3), 3**-0.5)
    assert answer_loss(even, passages, [(0, 1)]).item() == pytest.approx(np.log(3), rel=1e-5)
    assert answer_loss(passages[:1], passages, [(0, 1)]).item() == pytest.approx(0.5 / questions.TEMPERATURE, rel=1e-3)


def test_lessons_are_told_apart(lessons, tiny):
    """Other answers, questions or passages are other lessons."""
    again = Lessons.of(tiny, ASKED, lessons.passages, ANSWERS)
    assert again.about == lessons.about
    others = [
        Lessons.of(tiny, ASKED[::-1], lessons.passages, ANSWERS),
        Lessons.of(tiny, ASKED, -lessons.passages, ANSWERS),
        Lessons.of(tiny, ASKED, lessons.passages, ANSWERS[::-1]),
    ]
    assert len({lessons.about, *(each.about for each in others)}) == 4
