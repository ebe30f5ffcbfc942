"""The best sections are read once more with the requirement, and put into another order."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.pipeline.stages.rerank import best_first, reranked

SECTIONS = 6


class Reader:
    """Finds the later sections better; knows what it was asked."""

    weight = 100.0

    def __init__(self):
        self.pairs = []

    def scores(self, pairs, *, progress=None):
        self.pairs += pairs
        return np.array([int(words.split()[-1]) for _, words in pairs], np.float32)


@pytest.fixture(scope="module")
def view(standard):
    """Return what the stage looks at: six sections of one piece each."""
    sections = tuple(SimpleNamespace(language="en") for _ in range(SECTIONS))
    pieces = tuple(SimpleNamespace(words=f"section {number}") for number in range(SECTIONS))
    shape = (len(standard.requirements), SECTIONS)
    scores = SimpleNamespace(fused=np.zeros(shape, np.float32), best_piece=np.tile(np.arange(SECTIONS), (shape[0], 1)))
    return SimpleNamespace(standard=standard, sections=sections, found=SimpleNamespace(pieces=pieces), scores=scores, shape=shape)


def test_only_the_best_are_read(view):
    """With a depth of three each requirement is read with its three likeliest sections, worded as the standard words it."""
    likely = np.tile(np.array([0.9, 0.8, 0.7, 0.3, 0.2, 0.1], np.float32), (view.shape[0], 1))
    reader = Reader()
    found = reranked(view, likely, reader, 3)
    assert len(reader.pairs) == 3 * view.shape[0]
    first = view.standard.requirements[0].id
    assert reader.pairs[0] == (view.standard.in_language("en").requirements[first].statement, "section 0")
    assert found[0].tolist() == pytest.approx([0.7, 0.8, 0.9, 0.3, 0.2, 0.1])


@given(st.lists(st.integers(1, 999), min_size=SECTIONS, max_size=SECTIONS), st.integers(2, 9))
def test_probabilities_are_only_handed_out_in_another_order(view, row, depth):
    """How likely it is that a requirement is answered at all does not move, nor do the sections that were not read."""
    likely = np.tile(np.array(row, np.float32) / 1000, (view.shape[0], 1))
    found = reranked(view, likely, Reader(), depth)
    assert np.array_equal(np.sort(found, axis=1), np.sort(likely, axis=1))
    others = best_first(view, likely)[0, depth:]
    assert np.array_equal(found[0, others], likely[0, others])


def test_a_country_with_one_section(view):
    """There is nothing to put into order."""
    one = SimpleNamespace(**(vars(view) | {"sections": view.sections[:1], "scores": SimpleNamespace(fused=view.scores.fused[:, :1], best_piece=view.scores.best_piece[:, :1])}))
    likely = np.full((view.shape[0], 1), 0.5, np.float32)
    assert np.array_equal(reranked(one, likely, Reader(), 10), likely)
