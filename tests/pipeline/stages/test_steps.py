"""Ages that rise by year: the last is the law's, the others are steps on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.adapters.questions import section_of
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.extract.steps import PHASED


def ages(text, language="en"):
    """Return the pensionable ages of a text, each with whether it is a step."""
    section = replace(section_of("act", text, 0, country="XTS", file="act.txt", label="1"), language=language)
    found = extract([section], load_standard("c102"))
    return [(parameter.value, PHASED in parameter.qualifier) for parameter in found if parameter.kind == "pensionable_age"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The pensionable age is: for persons born in 1958, 63 years; for persons born in 1959, 64 years; for persons born from 1960 on, 65 years."),
        ("en", "The pensionable age is 63 years until 2024; the pensionable age is 64 years until 2026; the pensionable age is 65 years from 2027."),
        ("es", "La edad de jubilación será: en 2024, 63 años de edad; en 2025, 64 años de edad; a partir de 2026, 65 años de edad."),
        ("de", "Das Rentenalter beträgt: Jahrgang 1958: 63 Jahre; Jahrgang 1959: 64 Jahre; ab Jahrgang 1960: 65 Jahre."),
    ],
)
def test_steps_on_the_way(language, text):
    assert ages(text, language) == [(63, True), (64, True), (65, False)]


@pytest.mark.parametrize(
    "text",
    [
        "The pensionable age is 60 years for women and 65 years for men; the pensionable age of miners is 55 years.",
        "The pensionable age is 65 years. This section was amended in 2001, 2009 and 2015.",
        "The pensionable age is 60 years from 1990 and 65 years from 2010.",
    ],
)
def test_ages_that_are_no_steps(text):
    assert all(not step for _, step in ages(text))


@settings(max_examples=25, deadline=None)
@given(st.integers(1940, 2030), st.lists(st.integers(50, 70), min_size=3, max_size=6, unique=True))
def test_only_the_last_age_is_the_law_s(year, drawn):
    """Whatever the years and ages, of ages that rise with the years all but the last are steps."""
    rising = sorted(drawn)
    listed = "; ".join(f"in {year + place}, the pensionable age is {age} years" for place, age in enumerate(rising))
    assert ages(f"It is set as follows: {listed}.") == [*((age, True) for age in rising[:-1]), (rising[-1], False)]
