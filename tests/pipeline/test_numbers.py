"""Figures are read as lawyers of each language write them."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lexfloor.corpora.languages import known_languages, language_rules
from lexfloor.pipeline.numbers import converted, han_value, number_value, quantities

LANGUAGES = ("en", "fr", "es", "pt", "de", "nl", "it", "cs", "et", "el", "fi", "zh", "ja", "ar", "ru", "id", "sw", "bn")
TWO_THIRDS = 66.6667
FIGURES = [
    ("en", "for 26 weeks", 26, "weeks"),
    ("en", "for twenty-six weeks", 26, "weeks"),
    ("en", "of ninety-eight days", 98, "days"),
    ("en", "one hundred and eighty-two days", 182, "days"),
    ("en", "182 consecutive days", 182, "days"),
    ("en", "1,095 days", 1095, "days"),
    ("en", "two-thirds of the wage", TWO_THIRDS, "percent"),
    ("en", "one half of her wages", 50, "percent"),
    ("en", "2/3 of the wage", TWO_THIRDS, "percent"),
    ("en", "60 (sixty) per cent", 60, "percent"),
    ("en", "66.7%", 66.7, "percent"),
    ("en", "33 1/3 per cent", 33.3333, "percent"),
    ("en", "12 1/2 per cent", 12.5, "percent"),
    ("en", "62½ per cent", 62.5, "percent"),
    ("en", "thirty-three and one-third per cent", 33.3333, "percent"),
    ("en", "sixteen and two-thirds per cent", 16.6667, "percent"),
    ("en", "forty per cent", 40, "percent"),
    ("fr", "pendant 14 semaines", 14, "weeks"),
    ("fr", "vingt-six semaines", 26, "weeks"),
    ("fr", "quatre-vingt-dix jours", 90, "days"),
    ("fr", "1 095 jours", 1095, "days"),
    ("fr", "les deux tiers du salaire", TWO_THIRDS, "percent"),
    ("fr", "soixante pour cent", 60, "percent"),
    ("fr", "66,7 %", 66.7, "percent"),
    ("es", "26 semanas", 26, "weeks"),
    ("es", "veintiséis semanas", 26, "weeks"),
    ("es", "ciento ochenta días", 180, "days"),
    ("es", "dos tercios del salario", TWO_THIRDS, "percent"),
    ("es", "el 60 por ciento", 60, "percent"),
    ("es", "el 66,7 %", 66.7, "percent"),
    ("pt", "26 semanas", 26, "weeks"),
    ("pt", "vinte e seis semanas", 26, "weeks"),
    ("pt", "cento e oitenta dias", 180, "days"),
    ("pt", "dois terços do salário", TWO_THIRDS, "percent"),
    ("pt", "sessenta por cento", 60, "percent"),
    ("de", "78 Wochen", 78, "weeks"),
    ("de", "achtundsiebzig Wochen", 78, "weeks"),
    ("de", "zwei Drittel des Entgelts", TWO_THIRDS, "percent"),
    ("de", "60 Prozent", 60, "percent"),
    ("de", "66,7 v.H.", 66.7, "percent"),
    ("de", "1.095 Tage", 1095, "days"),
    ("nl", "26 weken", 26, "weeks"),
    ("nl", "zesentwintig weken", 26, "weeks"),
    ("nl", "twee derde van het loon", TWO_THIRDS, "percent"),
    ("nl", "70 procent", 70, "percent"),
    ("it", "26 settimane", 26, "weeks"),
    ("it", "centottanta giorni", 180, "days"),
    ("it", "due terzi della retribuzione", TWO_THIRDS, "percent"),
    ("it", "sessanta per cento", 60, "percent"),
    ("cs", "26 týdnů", 26, "weeks"),
    ("cs", "dvacet šest týdnů", 26, "weeks"),
    ("cs", "dvě třetiny mzdy", TWO_THIRDS, "percent"),
    ("cs", "60 procent", 60, "percent"),
    ("et", "26 nädalat", 26, "weeks"),
    ("et", "kakskümmend kuus nädalat", 26, "weeks"),
    ("et", "kaks kolmandikku palgast", TWO_THIRDS, "percent"),
    ("et", "60 protsenti", 60, "percent"),
    ("el", "26 εβδομάδες", 26, "weeks"),
    ("el", "είκοσι έξι εβδομάδες", 26, "weeks"),
    ("el", "δύο τρίτα του μισθού", TWO_THIRDS, "percent"),
    ("el", "60 τοις εκατό", 60, "percent"),
    ("fi", "26 viikkoa", 26, "weeks"),
    ("fi", "kaksikymmentäkuusi viikkoa", 26, "weeks"),
    ("fi", "kaksi kolmasosaa palkasta", TWO_THIRDS, "percent"),
    ("fi", "60 prosenttia", 60, "percent"),
    ("zh", "支付26周的工资", 26, "weeks"),
    ("zh", "九十八天", 98, "days"),
    ("zh", "工资的三分之二", TWO_THIRDS, "percent"),
    ("zh", "百分之六十", 60, "percent"),
    ("zh", "60%", 60, "percent"),
    ("ja", "二十六週間", 26, "weeks"),
    ("ja", "賃金の三分の二", TWO_THIRDS, "percent"),
    ("ja", "百分の六十", 60, "percent"),
    ("ar", "26 أسبوعا", 26, "weeks"),
    ("ar", "٩٠ يوما", 90, "days"),
    ("ar", "تسعون يوما", 90, "days"),
    ("ar", "60 في المائة", 60, "percent"),
    ("ru", "26 недель", 26, "weeks"),
    ("ru", "двадцать шесть недель", 26, "weeks"),
    ("ru", "две трети заработка", TWO_THIRDS, "percent"),
    ("ru", "60 процентов", 60, "percent"),
    ("id", "26 minggu", 26, "weeks"),
    ("id", "dua puluh enam minggu", 26, "weeks"),
    ("id", "dua pertiga dari upah", TWO_THIRDS, "percent"),
    ("id", "60 persen", 60, "percent"),
    ("sw", "siku tisini", 90, "days"),
    ("sw", "miezi 6", 6, "months"),
    ("sw", "asilimia sitini", 60, "percent"),
    ("sw", "asilimia 60", 60, "percent"),
    ("bn", "২৬ সপ্তাহ", 26, "weeks"),
    ("bn", "ছাব্বিশ সপ্তাহ", 26, "weeks"),
    ("bn", "৬০ শতাংশ", 60, "percent"),
]


@pytest.mark.parametrize(("language", "text", "value", "unit"), FIGURES)
def test_one_figure(language, text, value, unit):
    """A phrase with one figure gives that figure and no other."""
    found = [(round(quantity.value, 4), quantity.unit) for quantity in quantities(text, language_rules(language))]
    assert found == [(value, unit)]


ORDINALS = [
    ("en", "from the fourth day", 4, "days"),
    ("fr", "à partir du quatrième jour", 4, "days"),
    ("es", "desde el cuarto día", 4, "days"),
    ("pt", "a partir do quarto dia", 4, "days"),
    ("de", "vom vierten Tag an", 4, "days"),
    ("de", "ab der 78. Woche", 78, "weeks"),
    ("nl", "vanaf de vierde dag", 4, "days"),
    ("it", "dal quarto giorno", 4, "days"),
    ("cs", "od čtvrtého dne", 4, "days"),
    ("et", "alates neljandast päevast", 4, "days"),
    ("el", "από την τέταρτη ημέρα", 4, "days"),
    ("fi", "neljännestä päivästä", 4, "days"),
    ("ru", "с четвертого дня", 4, "days"),
]


@pytest.mark.parametrize(("language", "text", "value", "unit"), ORDINALS)
def test_ordinals(language, text, value, unit):
    """A day counted in a row is told from a number of days."""
    found = [(quantity.value, quantity.unit, quantity.ordinal) for quantity in quantities(text, language_rules(language))]
    assert found == [(value, unit, True)]


@pytest.mark.parametrize("text", ["Act No. 26 of 2009", "section 14", "in the year", "the law of 3/4/2009", "page 7", "500 percent and 7 persons"])
def test_no_figure(text):
    """Numbers without a unit, dates and impossible percentages are no figures."""
    assert list(quantities(text, language_rules("en"))) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "one and a half years"),
        ("en", "half a year"),
        ("en", "a year and a half"),
        ("de", "anderthalb Jahre"),
        ("de", "eineinhalb Jahre"),
        ("fr", "une demi-année"),
        ("es", "medio año"),
        ("zh", "半年"),
    ],
)
def test_a_fraction_of_time_is_no_percentage(language, text):
    """Half of a stretch of time is not half of a wage."""
    assert [quantity.unit for quantity in quantities(text, language_rules(language)) if quantity.unit == "percent"] == []


def test_several_figures_do_not_overlap():
    """Figures come in order, each with its own stretch of the text."""
    text = "14 weeks, of which six weeks after birth, at 80 per cent; then two-thirds for 30 days"
    found = list(quantities(text, language_rules("en")))
    assert [(round(q.value, 1), q.unit) for q in found] == [(14, "weeks"), (6, "weeks"), (80, "percent"), (66.7, "percent"), (30, "days")]
    assert all(a.end <= b.start for a, b in pairwise(found))


def _with_unit(number, rules):
    unit = rules.units.days[0]
    if rules.units.unit_first:
        return f"{unit} {number}"
    return f"{number}{unit}" if not rules.spaced else f"{number} {unit}"


@pytest.mark.parametrize(("language", "mark"), [(code, mark) for code in LANGUAGES for mark in language_rules(code).numbers.thousands])
@given(number=st.integers(1, 9999))
@example(number=1000)
@example(number=9999)
@example(number=12)
def test_thousands_marks(language, mark, number):
    """A whole number written with a thousands mark of the language is read back."""
    rules = language_rules(language)
    text = _with_unit(f"{number:,}".replace(",", mark), rules)
    assert [quantity.value for quantity in quantities(text, rules)] == [number]


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.integers(1, 99_999), places=st.integers(1, 99))
def test_decimals(language, number, places):
    """A number with one or two decimals is read with the decimal mark of the language."""
    rules = language_rules(language)
    assert number_value(f"{number}{rules.numbers.decimal}{places:02}", rules) == pytest.approx(float(f"{number}.{places:02}"))


@pytest.mark.parametrize("language", known_languages())
def test_every_word_of_the_data_is_read(language):
    """Each number word, fraction and ordinal of a language's data has its value, in any case, before each unit."""
    rules = language_rules(language)
    wrong = []
    for word, value in rules.numbers.words.items():
        for shown in (word, word.capitalize()):
            if number_value(shown, rules) != value:
                wrong.append((shown, value, number_value(shown, rules)))
    for word, (top, bottom) in rules.numbers.fractions.items():
        if top / bottom > 4:
            continue  # no percentage that a law grants
        values = [round(quantity.value, 3) for quantity in quantities(word, rules)]
        if (top if bottom == 1 < top else round(100 * top / bottom, 3)) not in values:  # "the double" is two times
            wrong.append((word, f"{top}/{bottom}", values))
    assert not wrong


@pytest.mark.parametrize("language", known_languages())
def test_every_unit_and_ordinal_of_the_data_is_read(language):
    """No word of the data, in small or capital letters, stops the reader."""
    rules = language_rules(language)
    units = [unit for name in ("days", "weeks", "months", "years", "percent") for unit in getattr(rules.units, name)]
    for unit in units:
        for shown in (unit, unit.upper(), unit.capitalize()):
            list(quantities(f"7 {shown}", rules))
            list(quantities(f"{shown} 7", rules))
    for word in rules.numbers.ordinals:
        for shown in (word, word.upper(), word.capitalize()):
            list(quantities(f"{shown} {rules.units.days[0]}", rules))


@pytest.mark.parametrize("text", ["6 dayſ", "six dayſ", "7 MİEZİ", "SİKU TİSİNİ", "ſix weeks", "one ſixth", "ΈΤΗ 5", "5 έτοσ", "3 WEEKS’ notice", "TWO‑THIRDS"])
@pytest.mark.parametrize("language", ["en", "sw", "el", "und"])
def test_rare_letters_stop_nothing(language, text):
    """Letters that are equal to others only when case is ignored do not end the run."""
    list(quantities(text, language_rules(language)))


@pytest.mark.parametrize("language", ["en", "de", "zh", "ar", "sw", "el"])
@given(
    text=st.lists(
        st.sampled_from(["26", "1,0", "１２", "٣", "½", "²", "2/3", "4.", "%", "百分之", "十", "week", "Woche", "siku", "fourth", "(", ")", "-", " ", "\n", "'", "’", "½", ".5"]),
        max_size=12,
    )
)
def test_any_text_can_be_read(language, text):
    """Whatever stands beside each other, figures have places inside the text."""
    joined = "".join(text)
    for quantity in quantities(joined, language_rules(language)):
        assert 0 <= quantity.start < quantity.end <= len(joined)


@pytest.mark.parametrize(("text", "value"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十八", 98), ("一百零三", 103), ("两百", 200), ("二千零五", 2005)])
def test_han_numbers(text, value):
    """Chinese numbers are read by place value."""
    assert han_value(text) == value


@given(st.floats(0.5, 5000), st.sampled_from(["days", "weeks", "months", "years"]), st.sampled_from(["days", "weeks", "months", "years"]))
def test_conversion_there_and_back(value, unit, other):
    """A duration converted and converted back is itself."""
    assert converted(converted(value, unit, other), other, unit) == pytest.approx(value)


@pytest.mark.parametrize(("value", "unit", "wanted", "result"), [(1, "years", "months", 12), (6, "months", "years", 0.5), (26, "weeks", "days", 182), (3, "percent", "days", None)])
def test_conversion(value, unit, wanted, result):
    """Years are twelve months exactly; a percentage is no duration."""
    assert converted(value, unit, wanted) == result
