"""Figures that stand apart from their unit, or without a number, are read: tables, counts, intervals, the money of the country."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.languages import known_languages, language_rules
from lexfloor.pipeline.numbers import quantities
from lexfloor.pipeline.numbers.currencies import own_currencies


def read(language, text, country=""):
    """Return value, upper end, unit of the figures of a text."""
    return [(round(quantity.value, 4), quantity.high, quantity.unit) for quantity in quantities(text, language_rules(language), country)]


BARS = """The scale is:
| Weeks of work | Rate of pay (%) |
| --- | --- |
| 10 to 20 | 40 |
| over 20 | 55.5 |
"""
LISTS = """Es gilt:

*    *   nach Zeiten von … Monaten

    *   … Wochen


*    *   12

    *   26


*    *   24

    *   39
"""
NUMBERED = "\n".join(["| Months | Days of pay |", "| --- | --- |", *(f"| {row} | {7 * row} |" for row in range(1, 8))])
GRID = "Table of weeks\n| Rate | low | high |\n| --- | --- | --- |\n| a | 14 | 16 |\n| b | 16 | 18 |\n| group 9 | lot 8 | 1.2.3 |\n"


def test_cells_have_the_unit_of_their_column():
    """The head of a column names the unit; a cell may hold a range."""
    assert read("en", BARS) == [(10, 20, "weeks"), (40, None, "percent"), (20, None, "weeks"), (55.5, None, "percent")]


def test_lists_of_lists_are_tables():
    """Tables that a converter wrote as lists are read alike."""
    assert read("de", LISTS) == [(12, None, "months"), (26, None, "weeks"), (24, None, "months"), (39, None, "weeks")]


def test_rows_that_are_only_numbered():
    """A first column that counts its rows is no column of figures."""
    assert read("en", NUMBERED) == [(7 * row, None, "days") for row in range(1, 8)]


def test_the_line_above_a_table_names_its_unit():
    """Each value is read once; text beside a number is no figure then."""
    assert read("en", GRID) == [(14, None, "weeks"), (16, None, "weeks"), (18, None, "weeks")]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "The number of weeks shall not exceed 50.", [(50, None, "weeks")]),
        ("en", "The number of days for which it is paid (a) for a birth is 90; (b) for care, (i) 10, or (ii) 20.", [(90, None, "days"), (10, None, "days"), (20, None, "days")]),
        ("nl", "Het percentage bedraagt ten hoogste 18,25.", [(18.25, None, "percent")]),
        ("es", "El número de días será de 40.", [(40, None, "days")]),
        ("en", "The number of weeks is told in section 12.", []),
        ("de", "Der Prozentsatz gilt bis zum 30. September.", []),
    ],
)
def test_numbers_far_from_their_unit(language, text, wanted):
    """A bare number that is stated of a number of weeks counts weeks; references and dates do not."""
    assert read(language, text) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "shall be adjusted annually", (1, "years")),
        ("fr", "sont revalorisées chaque année", (1, "years")),
        ("es", "se actualizarán mensualmente", (1, "months")),
        ("pt", "são atualizadas anualmente", (1, "years")),
        ("de", "werden jährlich angepasst", (1, "years")),
        ("nl", "wordt halfjaarlijks herzien", (6, "months")),
        ("it", "è adeguato ogni anno", (1, "years")),
        ("cs", "se každoročně zvyšuje", (1, "years")),
        ("et", "indekseeritakse igal aastal", (1, "years")),
        ("el", "αναπροσαρμόζεται κάθε έτος", (1, "years")),
        ("fi", "tarkistetaan vuosittain", (1, "years")),
        ("zh", "每年调整", (1, "years")),
        ("ja", "毎年改定する", (1, "years")),
        ("ru", "индексируется ежегодно", (1, "years")),
        ("en", "reviewed every two years", (2, "years")),
        ("de", "alle drei Jahre", (3, "years")),
        ("fi", "kahden vuoden välein", (2, "years")),
    ],
)
def test_words_for_intervals(language, text, wanted):
    """After what time something comes again is a figure, with or without a number, and is told from a plain length of time."""
    (found,) = quantities(text, language_rules(language))
    assert (found.value, found.unit, found.every) == (*wanted, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "from the first day of the month following"),
        ("fr", "à partir du premier jour du mois suivant"),
        ("es", "dentro de los primeros quince días de cada mes"),
        ("de", "am ersten Tag des Kalendermonats"),
        ("nl", "met ingang van de eerste dag van de maand"),
        ("it", "dal primo giorno del mese successivo"),
        ("cs", "od prvního dne kalendářního měsíce"),
        ("el", "την πρώτη ημέρα του μήνα"),
    ],
)
def test_days_of_a_month_are_dates(language, text):
    """The first day of a month is no waiting period."""
    assert [quantity for quantity in quantities(text, language_rules(language)) if not quantity.every] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "there is no waiting period"), ("es", "sin período de espera"), ("de", "ohne Wartezeit"), ("fr", "sans délai de carence"), ("nl", "zonder wachttijd")],
)
def test_no_time_at_all(language, text):
    """That no time need pass is the figure 0."""
    assert read(language, text) == [(0, None, "days")]


@pytest.mark.parametrize(
    ("language", "country", "text", "wanted"),
    [
        ("fr", "LUX", "quatre cents francs par mois", (400, "amount_LUF")),
        ("fr", "CHE", "quatre cents francs par mois", (400, "amount_CHF")),
        ("es", "URY", "la suma de $ 250", (250, "amount_UYU")),
        ("en", "CAN", "twenty dollars and fifty cents", (20.5, "amount_CAD")),
        ("en", "GH", "US$ 40", (40, "amount_USD")),
        ("en", "Freedonia", "$ 40", (40, "amount_XXX")),
    ],
)
def test_the_money_of_the_country(language, country, text, wanted):
    """A word for several currencies means that of the country whose law it is."""
    (found,) = quantities(text, language_rules(language), country)
    assert (found.value, found.unit) == wanted


@pytest.mark.parametrize(
    ("language", "country", "text"),
    [("es", "ESP", "4.2 Real Decreto"), ("cs", "CZE", "odstavce 2 jen ve lhůtě"), ("fr", "LUX", "du livre 1 du code"), ("es", "URY", "en un marco igual")],
)
def test_words_that_are_also_foreign_coins(language, country, text):
    """A word that is a coin elsewhere is none beside a number in a law."""
    assert read(language, text, country) == []


def test_shares_written_as_multiples():
    """A multiple below one is a share."""
    assert read("de", "das 0,67fache des Lohns") == [(67, None, "percent")]
    assert read("nl", "0,7 x het loon") == [(70, None, "percent")]


@pytest.mark.parametrize("language", [language for language in known_languages() if language != "und"])
def test_every_phrase_of_the_data_is_read(language):
    """Each interval and each phrase for no time is read with its own value where it stands alone."""
    rules = language_rules(language)
    for phrase, (value, unit) in {**rules.numbers.intervals, **dict.fromkeys(rules.numbers.nothing, (0, "days"))}.items():
        assert (value, unit) in [(quantity.value, quantity.unit) for quantity in quantities(phrase, rules)], phrase


@given(value=st.integers(1, 9999), country=st.sampled_from(["ARG", "CAN", "IND", "LUX", "CHE", "JPN", ""]))
def test_amounts_in_digits(value, country):
    """Whatever the country, an amount keeps its value; the code is that of its tender."""
    ((read_value, _, unit),) = read("en", f"${value} a month", country)
    assert read_value == value
    assert unit == "amount_XXX" or unit.removeprefix("amount_") in own_currencies(country)


ROWS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 99)), min_size=1, max_size=6)


@given(rows=ROWS)
def test_every_cell_of_a_table(rows):
    """All numbers of a column come back in order, unless they only count the rows."""
    text = "| Weeks worked | Rate (%) |\n| --- | --- |\n" + "".join(f"| {weeks} | {rate} |\n" for weeks, rate in rows)
    assert [value for value, _, unit in read("en", text) if unit == "percent"] == [rate for _, rate in rows]


@pytest.mark.parametrize(
    "piece", ["| 1 ", "|\n", "| 1 |\n", "*    *   1\n\n", "\n    *   \n", "number of weeks is 5; ", "number of weeks ", "percentage (a) 1, ", "every 2 days ", "| - "]
)
def test_hostile_tables_take_no_longer(piece):
    """Long runs of what tables are made of are read in time that grows with their length."""
    begun = time.process_time()
    list(quantities(piece * (20_000 // len(piece)), language_rules("en")))
    assert time.process_time() - begun < 2
