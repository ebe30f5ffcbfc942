"""Pay named in words is a figure: 100 percent, in every language whose data has the words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.languages import known_languages, language_rules
from lexfloor.pipeline.numbers import quantities

WITH_WORDS = [code for code in known_languages() if language_rules(code).pay.words]


def _read(language, text):
    return [(quantity.value, quantity.unit, text[quantity.start : quantity.end], quantity.standing) for quantity in quantities(text, language_rules(language))]


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "She is on leave at full pay.", "full pay"),
        ("en", "The worker is owed her wages in full.", "wages in full"),
        ("en", "Leave is granted without loss of any remuneration.", "without loss of any remuneration"),
        ("en", "The benefit is the totality of the salary.", "totality of the salary"),
        ("en", "FULL BASIC SALARY is due.", "FULL BASIC SALARY"),
        ("fr", "Elle garde l'intégralité de son traitement.", "intégralité de son traitement"),
        ("es", "Se abona el sueldo mensual íntegro.", "sueldo mensual íntegro"),
        ("pt", "A licença é sem perda da remuneração.", "sem perda da remuneração"),
        ("it", "Spetta l'intera retribuzione.", "intera retribuzione"),
        ("de", "Gezahlt wird das volle Gehalt.", "volle Gehalt"),
        ("nl", "Verlof met volledig loon.", "volledig loon"),
        ("ru", "Отпуск без потери заработка.", "без потери заработка"),
        ("cs", "Volno bez ztráty na výdělku a celý plat.", "celý plat"),
        ("et", "Puhkuse ajal makstakse kogu palk.", "kogu palk"),
        ("fi", "Vapaan ajalta täyden palkan.", "täyden palkan"),
        ("el", "Άδεια χωρίς μείωση των αποδοχών.", "χωρίς μείωση των αποδοχών"),
        ("ar", "للعاملة كامل أجرها.", "كامل أجرها"),
        ("bn", "ছুটি পূর্ণ বেতনে।", "পূর্ণ বেতনে"),
        ("id", "Cuti dengan upah penuh.", "upah penuh"),
        ("ja", "休業中は賃金の全額を支払う。", "賃金の全額"),
        ("zh", "产假期间工资照发。", "工资照发"),
        ("sw", "Atapewa mshahara kamili.", "mshahara kamili"),
    ],
)
def test_all_of_the_pay_is_a_hundred_percent(language, text, shown):
    (found,) = _read(language, text)
    assert found[:3] == (100, "percent", shown)


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("en", "An amount equal to their usual daily wages is paid.", "equal to their usual daily wages"),
        ("fr", "Une allocation égale à son dernier salaire.", "égale à son dernier salaire"),
        ("es", "Una suma igual al salario habitual.", "igual al salario"),
        ("nl", "De uitkering bedraagt het dagloon.", "bedraagt het dagloon"),
        ("zh", "津贴按照本人月平均工资计发。", "按照本人月平均工资计发"),
        ("ja", "平均賃金に相当する額とする。", "賃金に相当する額"),
    ],
)
def test_pay_that_is_only_named_stands_for_less(language, text, shown):
    (found,) = _read(language, text)
    (full,) = _read("en", "full pay")
    assert found[:3] == (100, "percent", shown)
    assert found[3] < full[3] < 1


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "60 per cent of full wages", [60]),
        ("en", "half of her full pay", [50]),
        ("en", "full salary (100%)", [100]),
        ("en", "60 per cent for a month, full pay after that", [60, 100]),
        ("es", "50 por ciento del salario íntegro", [50]),
        ("ja", "平均賃金の百分の六十に相当する額", [60]),
    ],
)
def test_a_part_of_the_pay_is_the_part(language, text, values):
    assert [value for value, unit, *_ in _read(language, text) if unit == "percent"] == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "She shall not be entitled to full pay."),
        ("en", "Leave without pay."),
        ("en", "He receives a wage increase."),
        ("en", "It is equal to the minimum wage."),
        ("en", "All contributions have been fully paid."),
        ("es", "Licencia sin goce de sueldo."),
        ("fr", "Une somme égale au salaire minimum."),
        ("id", "Sebesar upah minimum."),
        ("de", "Sie erhält nicht das volle Gehalt."),
        ("sw", "Likizo bila malipo."),
    ],
)
def test_other_words_about_pay_are_no_figure(language, text):
    assert _read(language, text) == []


def test_a_half_after_a_period_belongs_to_the_pay_that_follows_it():
    assert [(value, unit) for value, unit, *_ in _read("en", "six months, and half pay; two years and a half")] == [(6, "months"), (50, "percent"), (2.5, "years")]
    assert [(value, unit) for value, unit, *_ in _read("en", "6 months and half paid for six months")] == [(6, "months"), (50, "percent"), (6, "months")]


def test_a_danda_ends_a_word():
    """The full stop of Indic scripts is no letter of the word before it."""
    assert [(value, unit) for value, unit, *_ in _read("bn", "ছুটি ১২ সপ্তাহ।")] == [(12, "weeks")]


@pytest.mark.parametrize("language", WITH_WORDS)
def test_every_template_is_found(language):
    """Each template of a language's data, filled with its first word for pay, is a figure."""
    rules = language_rules(language)
    gap = " " if rules.spaced else ""
    texts = [phrase.replace("~", rules.pay.words[0]) for phrase in (*rules.pay.whole, *rules.pay.named)]
    assert [text for text in texts if not any(quantity.value == 100 for quantity in quantities(f"xx{gap}{text}{gap}xx", rules))] == []


@given(st.sampled_from(WITH_WORDS), st.data())
def test_figures_lie_in_the_text_in_order(language, data):
    """Whatever stands around pay, figures are within the text, in order, and none overlaps another."""
    rules = language_rules(language)
    parts = (*rules.pay.words[:6], *rules.pay.described[:12], "60 %", "2/3", ",", ".", "(", "\n", *(phrase.replace("~", "") for phrase in rules.pay.whole[:8]))
    text = data.draw(st.lists(st.sampled_from(parts), max_size=30).map((" " if rules.spaced else "").join))
    found = list(quantities(text, rules))
    assert all(0 <= quantity.start < quantity.end <= len(text) for quantity in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
