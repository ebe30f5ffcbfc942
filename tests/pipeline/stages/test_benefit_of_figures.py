"""Of which benefit a figure is: told by its clause, its headings, its kind, or the title of its act."""

from __future__ import annotations

import pytest

from lexfloor.pipeline.records import Contingency, Level
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.segment import segment


@pytest.fixture
def figures(make_law, standard):
    """Return a function: a law's text and its title to the contingency of each kind of figure."""

    def found(text, title=""):
        sections = [node for node in segment(make_law(text)).provisions if node.level is Level.SECTION]
        return {parameter.kind: parameter.contingency for parameter in extract(sections, standard, title=title)}

    return found


def test_kinds_that_hardly_another_benefit_has(figures):
    """A pensionable age is of old age though no benefit is named; a duration needs words."""
    assert figures("Section 1. Age\n\nThe pensionable age is 65 years.\n") == {"pensionable_age": Contingency.OLD_AGE}
    assert figures("Section 1. Duration\n\nThe benefit is paid for a period of at most 20 weeks.\n") == {"maximum_duration": None}


def test_the_title_tells_where_nothing_nearer_does(figures):
    text = "Section 1. Duration\n\nThe benefit is paid for a period of at most 20 weeks.\n"
    assert figures(text, "Unemployment Insurance Act") == {"maximum_duration": Contingency.UNEMPLOYMENT}
    named = "Section 1. Duration\n\nSickness benefit is paid for a period of at most 20 weeks.\n"
    assert figures(named, "Unemployment Insurance Act") == {"maximum_duration": Contingency.SICKNESS}


def test_the_heading_holds_against_what_is_named_in_passing(figures):
    """Beside leave for a birth its sentence may name another branch, in another clause."""
    text = "Section 1. Maternity leave\n\nThe leave is granted for a period of 15 weeks, and health insurance goes on.\n"
    assert figures(text)["maximum_duration"] is Contingency.MATERNITY


def test_benefits_of_an_employment_injury(figures):
    """Within a law on employment injury the invalidity is that of the injured."""
    text = "Section 1. Pension\n\nThe invalidity pension amounts to 70 per cent of previous earnings.\n"
    assert figures(text, "Employment Injury Benefits Act")["replacement_rate"] is Contingency.EMPLOYMENT_INJURY
    assert figures(text)["replacement_rate"] is Contingency.INVALIDITY
