"""What judged leases teach of leases: which clauses answer a requirement, and which way, though they share no word with it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lexfloor.eval.adapters.questions import section_of, standard_of, worded
from lexfloor.eval.held_out import Example
from lexfloor.eval.precedents import PENALTY, JudgedDocument, Learned
from lexfloor.models.precedents import KINDS, Precedents
from lexfloor.pipeline.records import Verdict
from lexfloor.pipeline.stages.embed import Piece, embed, pieces
from lexfloor.pipeline.stages.rank.precedents import SIGNALS, Likeness, apart
from lexfloor.pipeline.stages.retrieve import Searched, score, searched

YES, NO, SILENT = Verdict.COMPLIANT, Verdict.NON_COMPLIANT, Verdict.NOT_ADDRESSED
ASKED = ("Animals may live in the house.", "Rent is paid in advance.")
SAID = {
    (0, YES): "A dog or cat of the tenant is welcome under this roof.",
    (0, NO): "Neither dog nor cat shall ever cross the threshold.",
    (1, YES): "Money falls due before the month begins.",
    (1, NO): "Money falls due once the month is over.",
}
OTHER = ("Letters reach the owner at the mill.", "The owner keeps one key of the cellar.", "The house has two floors and a well.", "Signed at the mill.")
LEASES = [(YES, NO), (NO, YES), (SILENT, YES), (YES, SILENT), (NO, NO), (YES, YES), (SILENT, SILENT), (NO, SILENT)]


@pytest.fixture(scope="module")
def leases(encoder, config):
    """Return the standard asked of leases, and leases as they are judged."""
    standard = standard_of("LEASE", "Leases", [worded(text) for text in ASKED], "c102")
    made = []
    for number, verdicts in enumerate(LEASES):
        clauses = [(row, SAID[row, verdict]) for row, verdict in enumerate(verdicts) if verdict is not SILENT]
        texts = [*OTHER, *(text for _, text in clauses)]
        name = f"lease {number}"
        sections = [section_of(str(place), text, 100 * place, country=name, file=name, label=str(place)) for place, text in enumerate(texts)]
        found = searched(standard, sections, pieces(sections, {}, config.embed), config.retrieve.model_copy(update={"candidates": 0}))
        cited = np.zeros((len(found.pieces), len(ASKED)), bool)
        for place, (row, _) in enumerate(clauses, len(OTHER)):
            cited[place, row] = True
        made.append(JudgedDocument(name, found, apart(found, embed(found.pieces, encoder)), cited, verdicts))
    return standard, made


def ids(standard):
    return [requirement.id for requirement in standard.requirements]


def test_what_people_cite_is_learned_as_ridge_regression_learns_it(leases):
    from sklearn.linear_model import Ridge

    standard, documents = leases
    known = Learned(documents, ids(standard)).precedents
    vectors = np.concatenate([document.set_apart for document in documents]).astype(float)
    cited = np.concatenate([document.cited for document in documents]).astype(float)
    peer = Ridge(alpha=PENALTY, fit_intercept=False).fit(vectors, cited)
    assert known.weights[:, :, 0] == pytest.approx(peer.coef_.T, abs=1e-6)


def test_a_lease_is_set_beside_the_others_alone(leases):
    """What is told of a lease that taught is what leases without it tell, but for what is typical of all."""
    standard, documents = leases
    learned = Learned(documents, ids(standard))
    others = Learned(documents[1:], ids(standard)).precedents
    alone = replace(Likeness.of(documents[0].found, documents[0].set_apart, others), known=learned.precedents).signals()
    for requirement, values in alone.items():
        assert learned.signals["lease 0"][requirement] == pytest.approx(values)
        assert set(values) == set(SIGNALS)


@pytest.mark.parametrize("place", range(len(LEASES)))
def test_the_clause_that_answers_comes_first_and_tells_which_way(leases, encoder, config, place):
    """No clause shares a word with what is asked: other leases tell what answers it."""
    standard, documents = leases
    own, others = documents[place], documents[:place] + documents[place + 1 :]
    like = Likeness.of(own.found, own.set_apart, Learned(others, ids(standard)).precedents)
    likely = like.relevance(score(standard, own.found, embed(own.found.pieces, encoder), encoder, config.retrieve))
    assert ((likely >= 0) & (likely <= 1)).all()
    for row, verdict in enumerate(own.verdicts):
        told = like.signals()[standard.requirements[row].id]
        if verdict is SILENT:
            assert told["like_evidence"] < 0
        else:
            assert own.cited[int(likely[row].argmax()), row]
            assert (told["like_compliant"] > told["like_non_compliant"]) == (verdict is YES)


def test_examples_are_given_what_the_precedents_tell(leases):
    standard, documents = leases
    learned = Learned(documents, ids(standard))
    given_signals = [Example(document.name, requirement, {"score": 1.0}, SILENT) for document in documents for requirement in ids(standard)]
    for before, after in zip(given_signals, learned.examples(given_signals), strict=True):
        assert after == replace(before, signals={"score": 1.0, **learned.signals[before.country][before.requirement]})


@given(arrays(np.float32, st.tuples(st.integers(1, 6), st.just(5)), elements=st.floats(-1, 1, width=32)))
def test_pieces_set_apart_have_unit_length_or_none(vectors):
    """A document of one piece, or of pieces all alike, has nothing apart from itself, and is like nothing."""
    sections = [section_of(str(place), "Text.", 10 * place, country="XAA", file="a.txt", label="1") for place in range(len(vectors))]
    found = Searched(tuple(sections), tuple(Piece(place, 0, 5, "Text.") for place in range(len(vectors))), np.zeros((1, len(vectors)), np.float32))
    own = apart(found, vectors)
    lengths = np.linalg.norm(own, axis=1)
    assert np.all((np.abs(lengths - 1) < 1e-3) | (lengths == 0))
    known = Precedents(("A:1",), np.ones((5, 1, len(KINDS))), np.zeros((1, len(SIGNALS))))
    assert np.isfinite(Likeness.of(found, own, known).seen()).all()
    assert len(vectors) > 1 or not own.any()
