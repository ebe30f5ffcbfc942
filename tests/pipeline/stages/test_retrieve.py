"""Requirements find the sections that answer them."""

import numpy as np
import pytest

from lexfloor.configs.run import RetrieveConfig
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.retrieve import matches, score, searched, topics
from lexfloor.pipeline.stages.segment import segment

FRENCH = "Article 1\nL'indemnité de maternité est versée pendant quatorze semaines.\nArticle 2\nLes hôpitaux sont ouverts.\nArticle 3\nLe tribunal juge les recours.\n"


@pytest.fixture
def search(make_law, standard, encoder, config):
    """Return a function: laws to (what was searched, vectors, scores, matches)."""

    def found(laws, options=None):
        sections = citable_sections(laws, [node for law in laws for node in segment(law).provisions])
        made = pieces(sections, {law.file: law.title for law in laws}, config.embed)
        chosen = searched(standard, sections, made, options or config.retrieve)
        vectors = embed(chosen.pieces, encoder)
        scores = score(standard, chosen, vectors, encoder, options or config.retrieve)
        return chosen, vectors, scores, list(matches(standard, chosen, scores, options or config.retrieve))

    return found


@pytest.mark.parametrize(("requirement", "section"), [("C102:52", "Section 3"), ("C102:50", "Section 3"), ("C102:70", "Section 5"), ("C102:18.waiting", "Section 2")])
def test_the_answer_is_found_first(search, make_law, maternity_act, requirement, section):
    """The section that answers a requirement comes first."""
    *_, found = search([make_law(maternity_act)])
    assert next(match.section for match in found if match.requirement == requirement) == section


def test_ranks_and_scores(search, make_law, maternity_act, standard):
    """Matches come in the standard's order, best first, ranks counted from 1, at most as many as asked for."""
    *_, found = search([make_law(maternity_act)], RetrieveConfig(top_k=3))
    assert [match.requirement for match in found if match.rank == 1] == [requirement.id for requirement in standard.requirements]
    for requirement in standard.requirements:
        own = [match for match in found if match.requirement == requirement.id]
        assert [match.rank for match in own] == [1, 2, 3]
        assert [match.score for match in own] == sorted((match.score for match in own), reverse=True)


def test_passages_lie_in_their_sections(search, make_law, maternity_act):
    """The passage of a match is a stretch of its section's text."""
    chosen, *_, found = search([make_law(maternity_act)])
    texts = {section.id: section.text for section in chosen.sections}
    assert all(match.span.end <= len(texts[match.provision]) for match in found)


def test_weights_choose_the_view(search, make_law, maternity_act):
    """Without the lexical view the score is the dense one, and the other way round."""
    law = make_law(maternity_act)
    *_, dense = search([law], RetrieveConfig(lexical_weight=0))
    *_, lexical = search([law], RetrieveConfig(dense_weight=0))
    assert all(match.score == pytest.approx(match.dense, abs=1e-3) for match in dense)
    assert all(match.score == pytest.approx(match.lexical, abs=1e-3) for match in lexical)


def test_languages_are_compared_within_themselves(search, make_law, maternity_act):
    """Adding an act in another language does not change the scores of the first."""
    english = make_law(maternity_act)
    _, _, alone, _ = search([english])
    chosen, _, both, _ = search([english, make_law(FRENCH, "fr", "fr.txt")])
    own = [place for place, section in enumerate(chosen.sections) if section.language == "en"]
    assert np.allclose(alone.fused, both.fused[:, own])


def test_one_section_and_equal_sections(search, make_law):
    """Where nothing tells sections apart, scores are zero and nothing divides by it."""
    for text in ("One sentence without any number.", "Section 1. A\nSame.\nSection 2. A\nSame.\nSection 3. A\nSame.\n"):
        *_, scores, found = search([make_law(text)])
        assert np.isfinite(scores.fused).all()
        assert found


def test_topics(search, make_law, standard, encoder, maternity_act):
    """A section on maternity is given the contingency of maternity."""
    chosen, vectors, scores, _ = search([make_law(maternity_act)])
    about = topics(standard, chosen, vectors, scores, encoder)
    maternity = next(section for section in chosen.sections if section.section == "Section 3")
    assert str(about[maternity.file, maternity.id][1]) == "maternity"
    assert set(about) <= {(section.file, section.id) for section in chosen.sections}


def test_only_pieces_that_share_words_are_embedded(make_law, maternity_act, standard, config):
    """Of a long law a few pieces for each requirement are searched by meaning; where the standard has no wording in the language, all are."""
    filler = "".join(f"Section {number}. Weights\n\nScale {number} weighs grain.\n\n" for number in range(6, 400))

    def kept(language):
        law = make_law(maternity_act + filler, language)
        sections = citable_sections([law], segment(law).provisions)
        made = pieces(sections, {law.file: law.title}, config.embed)
        return searched(standard, sections, made, RetrieveConfig(candidates=1)), made

    chosen, made = kept("en")
    assert len(chosen.pieces) < 20 < len(made)
    assert {"Section 2", "Section 3", "Section 5"} <= {section.section for section in chosen.sections}
    chosen, made = kept("xx")
    assert len(chosen.pieces) == len(made)


def test_a_long_section_does_not_crowd_out_others(make_law, standard, config):
    """Sections are counted, not their pieces: one that says the same again and again takes one place."""
    long = " ".join(f"Maternity benefit is paid to case {number} of maternity." for number in range(200))
    law = make_law(f"Section 1. Benefit\n\n{long}\n\nSection 2. Rate\n\nThe rate of maternity benefit is one half of the wage, as the Fund decides every year.\n")
    sections = citable_sections([law], segment(law).provisions)
    made = pieces(sections, {law.file: law.title}, config.embed)
    assert len(made) > 5
    assert {section.section for section in searched(standard, sections, made, RetrieveConfig(candidates=2)).sections} == {"Section 1", "Section 2"}


def test_the_same_law_gives_the_same_matches(search, make_law, maternity_act):
    """Two searches give equal matches."""
    assert search([make_law(maternity_act)])[-1] == search([make_law(maternity_act)])[-1]
