"""Leave around a birth told in parts, and benefits told by who pays them or in words alone."""

from __future__ import annotations

import pytest

from lexfloor.pipeline.records import Level
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.segment import segment


@pytest.fixture
def figures(make_law, standard):
    """Return a function: the text of a section, its heading and its language to its parameters."""

    def found(text, heading="Maternity leave", language="en", word="Section"):
        law = make_law(f"{word} 1. {heading}\n\n{text}\n", language)
        return list(extract([node for node in segment(law).provisions if node.level is Level.SECTION], standard))

    return found


def _durations(found):
    return {(parameter.value, parameter.unit) for parameter in found if parameter.kind == "maximum_duration"}


def _strength(parameter):
    return parameter.strength


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Leave is 42 days before her confinement and 42 days following it.", (84, "days")),
        ("From the start of the sixth week before the birth until the end of the eighth week after the birth.", (14, "weeks")),
        ("Antenatal leave: 4 weeks. Postnatal leave: 9 weeks.", (13, "weeks")),
        ("Leave consists of: (a) 30 days with full pay before confinement; and (b) 60 days after confinement.", (90, "days")),
        ("Leave is 56 days before and 56 days after childbirth, and 70 days after the birth of twins.", (112, "days")),
    ],
)
def test_parts_add_up(figures, text, whole):
    assert whole in _durations(figures(text))


def test_a_figure_is_no_part_twice(figures):
    assert (126, "days") not in _durations(figures("Leave is 56 days before and 56 days after childbirth, and 70 days after the birth of twins."))


@pytest.mark.parametrize("text", ["84 days (42 before and 42 after confinement).", "12 weeks, including at least three weeks before and three weeks after confinement."])
def test_a_whole_that_is_stated_is_the_duration_and_no_sum_is_added(figures, text):
    found = _durations(figures(text))
    assert found & {(84, "days"), (12, "weeks")}
    assert (6, "weeks") not in found


def test_bounds_of_a_date_are_no_parts(figures):
    found = figures("The leave is 15 weeks. It begins not earlier than 11 weeks before the birth and ends not later than 17 weeks after the birth.")
    assert (28, "weeks") not in _durations(found)


def test_parental_leave_is_not_the_whole_of_the_mothers(figures):
    found = figures("The parents have 12 months of parental leave, of which the mother takes 6 weeks after the birth and 3 weeks before the birth.")
    assert (9, "weeks") in _durations(found)


def test_the_week_of_a_pregnancy_is_no_length_of_leave(figures):
    assert _durations(figures("Leave of 16 weeks is taken from the 34th week of pregnancy.")) == {(16, "weeks")}


def test_words_about_a_part_do_not_bound_the_whole(figures):
    found = {
        parameter.value: parameter
        for parameter in figures("Maternity leave of 98 days, at least 42 days of which follow the birth. Maternity leave of 14 weeks, of which at least six follow the birth.")
    }
    assert (found[98].comparator, found[14].comparator) == ("exactly", "exactly")
    assert "after_birth" not in found[14].qualifier


@pytest.mark.parametrize(
    ("language", "word", "text", "whole"),
    [
        ("fr", "Article", "Le congé de maternité est de six semaines avant et de huit semaines après l'accouchement.", (14, "weeks")),
        ("es", "Artículo", "La licencia por maternidad es de seis semanas antes del parto y ocho semanas después del parto.", (14, "weeks")),
        ("pt", "Artigo", "A licença de maternidade é de 30 dias antes do parto e de 60 dias depois do parto.", (90, "days")),
        ("it", "Articolo", "Il congedo di maternità è di due mesi prima del parto e di tre mesi dopo il parto.", (5, "months")),
        ("ru", "Статья", "Отпуск по беременности и родам: 70 дней до родов и 56 дней после родов.", (126, "days")),
        ("id", "Pasal", "Cuti melahirkan adalah 45 hari sebelum melahirkan dan 45 hari sesudah melahirkan.", (90, "days")),
    ],
)
def test_parts_add_up_in_other_languages(figures, language, word, text, whole):
    assert whole in _durations(figures(text, "", language, word))


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("Maternity benefit is paid at two thirds of wages by the fund and one third by the employer.", {100}),
        ("Maternity benefit is 60 per cent of wages; 50 per cent of it is borne by the employer and 50 per cent by the fund.", {60, 100}),
        ("Sickness benefit is 50 per cent of wages for a month and 50 per cent for the next.", {50}),
    ],
)
def test_shares_of_those_who_pay_are_added_up(figures, text, rates):
    found = [parameter for parameter in figures(text, "Cash benefits") if parameter.kind == "replacement_rate"]
    assert {round(parameter.value) for parameter in found} == rates
    assert max(found, key=_strength).value != 100 or rates == {100}


def test_pay_in_words_counts_where_a_benefit_is_told(figures):
    assert [parameter.value for parameter in figures("A woman on maternity leave receives her full salary.", "Benefits")] == [100]
    assert figures("An inspector on mission receives his full salary.", "Inspectors") == []


def test_a_percentage_beside_pay_that_is_named_is_the_rate(figures):
    found = figures("Maternity benefit is paid at 75 per cent of earnings while she would have received her wages.", "Cash benefits")
    assert [parameter.value for parameter in found if parameter.kind == "replacement_rate"] == [75]
