"""Sections that are likely evidence are ranked before those that only share words."""

from dataclasses import replace

import numpy as np
import pytest

from lexfloor.models.counterparts import Counterparts
from lexfloor.models.ranking import ranking
from lexfloor.pipeline.records import Link, Span
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.rank import beside, features, relevance
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.retrieve import matches, score, searched
from lexfloor.pipeline.stages.segment import segment

OTHER_ACT = "FISHING ACT\n\nSection 1. Nets\n\nNets have wide meshes.\n\nSection 2. Boats\n\nA boat carries a lamp.\n\nSection 3. Lamps\n\nLamps are lit at night.\n"


@pytest.fixture
def viewed(standard, encoder, config):
    """Return a function: laws to what the ranking sees of them."""

    def view(laws, links=()):
        sections = citable_sections(laws, [node for law in laws for node in segment(law).provisions])
        titles = {law.file: law.title for law in laws}
        chosen = searched(standard, sections, pieces(sections, titles, config.embed), config.retrieve)
        vectors = embed(chosen.pieces, encoder)
        scores = score(standard, chosen, vectors, encoder, config.retrieve)
        return View(standard, chosen, vectors, scores, list(extract(sections, standard)), links, titles)

    return view


@pytest.fixture
def laws(make_law, maternity_act):
    return [make_law(maternity_act), make_law(OTHER_ACT, file="fishing.txt", title="Fishing Act")]


def of(view, name, requirement, section, file="act.txt"):
    """Return a feature of one requirement and section."""
    row = next(row for row, item in enumerate(view.standard.requirements) if item.id == requirement)
    column = next(column for column, item in enumerate(view.sections) if (item.file, item.section) == (file, section))
    return float(features(view)[name][row, column])


def test_matches_come_by_probability(viewed, laws, standard, config):
    """Matches carry the probability of being evidence and are ordered by it; scores stay what they are."""
    view = viewed(laws)
    likely = relevance(view, ranking(), "another")
    ranked = list(matches(standard, view.found, view.scores, config.retrieve, likely))
    by_score = list(matches(standard, view.found, view.scores, config.retrieve))
    for requirement in standard.requirements:
        own = [match.relevance for match in ranked if match.requirement == requirement.id]
        assert own == sorted(own, reverse=True)
        assert all(0 <= share <= 1 for share in own)
    assert all(match.relevance is None for match in by_score)
    scores = {(match.requirement, match.file, match.provision): match.score for match in by_score}
    assert all(scores[match.requirement, match.file, match.provision] == match.score for match in ranked)


def test_the_answer_is_likelier_than_fishing(viewed, laws):
    """Sections of an act on something else are the unlikeliest."""
    view = viewed(laws)
    row = next(row for row, item in enumerate(view.standard.requirements) if item.id == "C102:52")
    likely = relevance(view, ranking(), "another")[row]
    fishing = [column for column, section in enumerate(view.sections) if section.file == "fishing.txt"]
    answer = next(column for column, section in enumerate(view.sections) if section.section == "Section 3" and section.file == "act.txt")
    assert likely[answer] > likely[fishing].max()


def test_order_of_the_files_does_not_matter(viewed, laws):
    """The same laws given in another order have the same probabilities."""
    first, second = viewed(laws), viewed(laws[::-1])
    moved = [second.sections.index(section) for section in first.sections]
    assert np.allclose(relevance(first, ranking(), "another"), relevance(second, ranking(), "another")[:, moved], atol=2e-4)


def test_without_counterparts_the_other_model_ranks(viewed, laws, caplog):
    """Where the encoder is another than that of the kept evidence, sections are ranked without it, and the log says so."""
    view, model = viewed(laws), ranking()
    with caplog.at_level("INFO"):
        likely = relevance(view, model, "another")
    assert "ranked without it" in caplog.text
    assert np.allclose(likely, model.alone.probabilities(features(view)), atol=1e-4)


def test_near_the_evidence_of_another_country(viewed, laws, encoder):
    """A section worded like what another country's law answers with gains by it."""
    view = viewed(laws)
    wanted = encoder.encode(["Midwives and hospitals give care before, during and after confinement, free of charge."], "passage")[0] - view.vectors.mean(axis=0)
    names = tuple(str(item.id) for item in view.standard.requirements)
    rows = np.zeros((len(names), encoder.dimension), np.float32)
    rows[names.index("C102:49")] = wanted
    known = Counterparts("fake", names, {"XBB": rows})
    near = beside(view, known.evidence(names, "fake"))
    column = next(column for column, section in enumerate(view.sections) if section.section == "Section 4")
    assert int(np.argmax(near.counterparts[names.index("C102:49")])) == column
    before, after = relevance(view, ranking(), "fake"), relevance(view, replace(ranking(), counterparts=known), "fake")
    assert after[names.index("C102:49"), column] > before[names.index("C102:49"), column]


def test_what_is_seen_of_places(viewed, laws):
    """The first section of an act is its earliest; an act that answers much counts more than one that answers nothing."""
    view = viewed(laws)
    assert of(view, "early_in_act", "C102:52", "Section 1") > of(view, "early_in_act", "C102:52", "Section 5")
    assert of(view, "early_in_chapter", "C102:52", "Section 3") == 1
    assert of(view, "act", "C102:52", "Section 3") > of(view, "act", "C102:52", "Section 1", "fishing.txt")
    assert of(view, "act_in_country", "C102:52", "Section 3") > 0.9


def test_what_is_seen_of_words_and_figures(viewed, laws):
    """Headings and text that name the contingency, and a figure that answers the rule, count for their requirement alone."""
    view = viewed(laws)
    for name in ("heading_names_it", "text_names_it", "figure_of_contingency"):
        assert of(view, name, "C102:52", "Section 3") > 0, name
    assert of(view, "heading_names_others", "C102:18.duration", "Section 3") == 1
    assert of(view, "figure_of_contingency", "C102:18.duration", "Section 2") > 0 >= of(view, "figure_of_contingency", "C102:18.duration", "Section 3")


def test_references_count(viewed, laws):
    """A section that others refer to stands out, most where the best section does."""

    def link(source, target):
        return Link("XTS", "act.txt", source, source, "reference", Span(0, 1), "there", target_file="act.txt", target=target, target_section=target)

    view = viewed(laws, [link("Section 3", "Section 1"), link("Section 5", "Section 1"), link("Section 5", "Section 5")])
    assert of(view, "referred_to", "C102:52", "Section 1") == pytest.approx(np.log1p(2))
    assert of(view, "referred_to", "C102:52", "Section 5") == 0
    assert of(view, "referred_to_by_best", "C102:52", "Section 1") == 1
    assert of(view, "referred_to_by_best", "C102:52", "Section 4") == 0


def test_one_section(viewed, make_law):
    """A law of one section is ranked too."""
    view = viewed([make_law("One sentence without any number.")])
    assert np.isfinite(relevance(view, ranking(), "another")).all()
