"""Rates of phrases: a list that is far poorer than in other texts is told."""

from lexfloor.eval.lists import Rates, of_wordings, table
from lexfloor.pipeline.reading import Hit, Reading

MANY = tuple((place, place + 1) for place in range(400))


def _rates(name, hits):
    rates = Rates(name)
    rates.add(Reading(MANY, (Hit("cues", "delegation", 0, 1),) * hits + (Hit("parameters", "amount", 0, 1),)))
    return rates


def test_a_poor_list_is_flagged():
    """Three texts alike and one with a fifth of the phrases: that one, and parameters are not counted."""
    lines = list(table([_rates("A en", 40), _rates("B fr", 36), _rates("C de", 44), _rates("D et", 8)]))
    assert [line for line in lines if line.startswith("  !")] == [lines[-1]]
    assert lines[0] == "A en: 1 texts, 400 sentences"
    assert "20.0 a thousand sentences, in 1.00 of texts, median 95.0" in lines[-1]


def test_every_language_names_the_contingencies_of_its_own_wordings(standard):
    """The wordings say the same in every language, so that a language that names far fewer contingencies lacks names."""
    named = {rates.name: rates.named / rates.asked for rates in of_wordings(standard)}
    assert len(named) == 18
    assert min(named.values()) > 0.6, named
