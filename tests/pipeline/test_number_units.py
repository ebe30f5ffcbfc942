"""Ranges, multiples, money and hours are read, hostile text is read in time, and conversions say what they assume."""

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lexfloor.corpora.languages import language_rules
from lexfloor.pipeline.numbers import convert, quantities

LANGUAGES = ("en", "fr", "es", "pt", "de", "nl", "it", "cs", "et", "el", "fi", "zh", "ja", "ar", "ru", "id", "sw", "bn")
MORE = [
    ("en", "60 to 80 per cent", [(60, 80, "percent")]),
    ("en", "between 14-18 weeks", [(14, 18, "weeks")]),
    ("en", "fourteen (14) weeks", [(14, None, "weeks")]),
    ("en", "sixty per cent (60%)", [(60, None, "percent")]),
    ("en", "two years and a half", [(2.5, None, "years")]),
    ("en", "half of one per cent", [(0.5, None, "percent")]),
    ("en", "1/2 per cent", [(0.5, None, "percent")]),
    ("en", "700 or more hours", [(700, None, "hours")]),
    ("en", "2.5 times the wage", [(2.5, None, "times")]),
    ("en", "€1,200.50", [(1200.5, None, "amount_EUR")]),
    ("en", "5 million euros", [(5_000_000, None, "amount_EUR")]),
    ("en", "20 Canadian dollars and later $500", [(20, None, "amount_CAD"), (500, None, "amount_CAD")]),
    ("en", "$500", [(500, None, "amount_XXX")]),
    ("en", "KES 1,000", [(1000, None, "amount_KES")]),
    ("en", "rupees five thousand", [(5000, None, "amount_XXX")]),
    ("fr", "60 à 80 pour cent", [(60, 80, "percent")]),
    ("fr", "deux ans et demi", [(2.5, None, "years")]),
    ("fr", "le quintuple du salaire", [(5, None, "times")]),
    ("fr", "2 millions d'euros", [(2_000_000, None, "amount_EUR")]),
    ("fr", "1 200,50 euros", [(1200.5, None, "amount_EUR")]),
    ("es", "once años", [(11, None, "years")]),
    ("es", "la mitad", [(50, None, "percent")]),
    ("es", "dos mil trescientos días", [(2300, None, "days")]),
    ("pt", "R$ 1.500,00", [(1500, None, "amount_BRL")]),
    ("de", "nach vierwöchiger Dauer", [(4, None, "weeks")]),
    ("de", "das Zweifache", [(2, None, "times")]),
    ("de", "0,125 Prozent", [(0.125, None, "percent")]),
    ("nl", "€ 375 per kalenderjaar", [(375, None, "amount_EUR")]),
    ("it", "il doppio della retribuzione", [(2, None, "times")]),
    ("cs", "500 Kč", [(500, None, "amount_CZK")]),
    ("et", "kahekordne palk", [(2, None, "times")]),
    ("el", "ΤΕΣΣΕΡΙΣ ΕΒΔΟΜΑΔΕΣ", [(4, None, "weeks")]),
    ("el", "1.200,50 ευρώ", [(1200.5, None, "amount_EUR")]),
    ("zh", "百分之六十至八十", [(60, 80, "percent")]),
    ("zh", "百分之十二点五", [(12.5, None, "percent")]),
    ("zh", "人民币五千元", [(5000, None, "amount_CNY")]),
    ("zh", "工资的三倍", [(3, None, "times")]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), MORE)
def test_ranges_multiples_and_money(language, text, wanted):
    """Ranges keep both ends; hours, multiples and amounts have units of their own."""
    found = [(round(quantity.value, 4), quantity.high, quantity.unit) for quantity in quantities(text, language_rules(language))]
    assert found == wanted


def test_the_unit_as_printed():
    """The law's own unit is kept beside the one it is counted in."""
    found = list(quantities("30 Working  Days, or EUR 500, or a half", language_rules("en")))
    assert [quantity.own_unit for quantity in found] == ["Working Days", "EUR", ""]


def test_an_ordinal_of_several_words():
    """Only the last word of a long ordinal is one."""
    (found,) = quantities("on the one hundred and eighty-second day", language_rules("en"))
    assert (found.value, found.unit, found.ordinal) == (182, "days", True)


@pytest.mark.parametrize("text", ["the year 2004", "2004 year", "section 60 to section 80", "26 persons", "12/2004"])
def test_dates_and_counts_are_no_figures(text):
    """A calendar year is no stretch of time, and persons are no unit."""
    assert list(quantities(text, language_rules("en"))) == []


PIECES = [
    "1",
    "23",
    "4,567",
    " ",
    "  ",
    "-",
    "/",
    ".",
    ",",
    "(",
    ")",
    "%",
    "€",
    "twenty",
    "hundred",
    "and",
    "half",
    "a",
    "to",
    "two",
    "thousand",
    "days",
    "one",
    "th",
    "dreihundert",
    "und",
    "eins",
]


@pytest.mark.parametrize("language", ["en", "de", "fr", "zh"])
@pytest.mark.parametrize("piece", [*PIECES, "twenty ", "1 ", "1,", "1/2 ", "two and ", "one hundred and ", "dreihundert", "(1", "1-", "half a ", "百分之", "二十"])
def test_hostile_repeats_take_no_longer(language, piece):
    """Long runs of anything that belongs to numbers are read in time that grows with their length."""
    text = piece * (20_000 // len(piece))
    begun = time.process_time()
    list(quantities(text, language_rules(language)))
    assert time.process_time() - begun < 2


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=60))
@example(pieces=["1", "€", "1"])
@example(pieces=["5 euros", " ", "10"])
def test_any_mixture_has_separate_figures(pieces):
    """Figures never overlap, whatever the text."""
    found = list(quantities("".join(pieces), language_rules("en")))
    assert all(first.end <= second.start for first, second in pairwise(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_round_trip_of_units(language):
    """A number before (or after) each unit word is read with the unit of that word."""
    rules = language_rules(language)
    for name in ("days", "weeks", "months", "years", "hours", "percent"):
        unit = next(word for word in getattr(rules.units, name) if word[0].isalpha())
        text = f"{unit} 7" if rules.units.unit_first or unit == "百分之" or unit == "百分の" else f"7 {unit}"
        assert [(quantity.value, quantity.unit) for quantity in quantities(text, rules)] == [(7, name)], text


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "assumption"),
    [
        (14, "weeks", "days", "calendar days, 7 days a week"),
        (6, "months", "weeks", "7 days a week, 30.44 days a month"),
        (2, "years", "months", "12 months a year"),
        (3, "days", "days", ""),
        (2, "times", "percent", "once the base is 100 percent of it"),
    ],
)
def test_conversions_say_what_they_assume(value, unit, wanted, assumption):
    """A conversion names the lengths it rests on."""
    assert convert(value, unit, wanted).assumption == assumption
