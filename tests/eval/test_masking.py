"""Masking hides whose law it is and nothing else; the country and all laws here are invented, the names are CLDR's."""

from dataclasses import replace
from itertools import pairwise

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.corpora.languages import known_languages, language_rules
from lexfloor.eval.masking import mask_counts, masked, masked_text, stretches
from lexfloor.eval.masking.letters import neutral
from lexfloor.eval.masking.names import COUNTRY, names
from lexfloor.pipeline.numbers import quantities
from lexfloor.pipeline.records import Level, Mark, Span
from lexfloor.pipeline.stages.segment import segment

HIDDEN = [
    ("en", "The Norwegian fund pays residents of Norway.", "The Ooooooooo fund pays residents of Oooooo."),
    ("en", "An office in Lima, Peru's capital", "An office in Oooo, Oooo's capital"),
    ("en", "South African and Sri Lankan seamen", "Ooooo Ooooooo and Ooo Oooooo seamen"),
    ("en", "a fee of 500 rupees, Rs. 500 or US$5", "a fee of 500 oooooo, Oo. 500 or OO¤5"),
    ("en", "five pounds weigh more than a pound", "five oooooo weigh more than a pound"),
    ("en", "EUR 2000, or 40 EUR", "OOO 2000, or 40 OOO"),
    ("fr", "la monnaie française, 10 livres, le Livre 2", "la monnaie ooooooooo, 10 oooooo, le Livre 2"),
    ("es", "las leyes argentinas y el peso uruguayo", "las leyes oooooooooo y el peso oooooooo"),
    ("de", "nach deutschem Recht in Dänemark; dänische Kronen", "nach ooooooooo Recht in Oooooooo; oooooooo Kronen"),
    ("cs", "v České republice, 300 Kč", "v Ooooo republice, 300 Oo"),
    ("et", "Eestis elav isik, 100 eurot", "Oooooo elav isik, 100 ooooo"),
    ("el", "στην Κύπρο, της Κυπριακής Δημοκρατίας", "στην Οοοοο, της Οοοοοοοοο Δημοκρατίας"),
    ("fi", "Suomessa suomalainen", "Oooooooo ooooooooooo"),
    ("ru", "в России", "в Оооооо"),
    ("ar", "القوانين المصرية في مصر", "القوانين ههههههه في ههه"),
    ("sw", "raia wa Kenya", "raia wa Ooooo"),
    ("bn", "বাংলাদেশের আইন", neutral("বাংলাদেশের") + " আইন"),
    ("zh", "中国和法国，五百元，元旦", "某某和某某，五百某，元旦"),
    ("zh", "在中华人民共和国境内", "在某某某某某某某境内"),
]
YEARS = [
    ("en", "the Act of 2008, section 1905", "the Act of oooo, section 1905"),
    ("en", "1820 hours or 2000 days a year", "1820 hours or 2000 days a year"),
    ("en", "1 May 2008; 2008-05-01; 1.5.2008; 24/2008", "1 May oooo; oooo-05-01; 1.5.oooo; 24/oooo"),
    ("en", "an income of 2,008.50, or 2008.5, or $2008", "an income of 2,008.50, or 2008.5, or ¤2008"),
    ("en", "sections 3, 1901 and 1902", "sections 3, 1901 and 1902"),
    ("en", "\n1901. Wardens\n", "\n1901. Wardens\n"),
    ("de", "§ 1901 des Buches von 1896", "§ 1901 des Buches von oooo"),
    ("zh", "2008年1月，一九九八年，60日", "oooo年1月，某某某某年，60日"),
    ("ru", "с 2008 года", "с oooo года"),
    ("bn", "২০০৬ সালে", "oooo সালে"),
]
ORDINARY = [
    ("en", "The polish of a turkey in a jersey is real."),
    ("nl", "Indien de verzekerde verzoekt, wordt de uitkering betaald."),
    ("es", "El peso de la ley nueva no es un fin real."),
    ("fi", "Samoin on oman lapsen puolesta."),
    ("cs", "jen lék a tak"),
    ("et", "poolt, eest ja kuna"),
    ("fr", "Le taux est de 5.\n\nLivre II\n\nau moins cinq\n\nLivre III"),
    ("de", "Der Rand des Buches, nach dem Gesetz"),
    ("el", "η αίτηση για σκοπούς γεωργικής εργασίας"),
]


@pytest.mark.parametrize(("language", "text", "hidden"), HIDDEN + YEARS)
def test_what_tells_the_country_is_written_over(language, text, hidden):
    assert masked_text(text, language) == hidden


@pytest.mark.parametrize(("language", "text"), ORDINARY)
def test_ordinary_words_stay(language, text):
    assert masked_text(text, language) == text


@pytest.mark.parametrize("language", sorted(set(known_languages()) - {"und"}))
def test_every_country_is_found_by_its_name_in_every_language(language):
    territories = Locale.parse(language).territories
    missed = [territories[code] for code in ("AR", "CN", "DE", "GH", "IN", "KE", "NO", "UY") if masked_text(territories[code], language) == territories[code]]
    assert missed == []


def test_no_country_is_left_out():
    wanted = {word for name in names("en") if name.kind == COUNTRY for word in name.words if len(name.words) == 1}
    assert len(wanted) > 350
    assert [word for word in sorted(wanted) if masked_text(word.capitalize(), "en") == word.capitalize()] == []


FIGURES = ("26 weeks", "60 per cent", "two-thirds", "at the age of 65 years", "90 days", "3/4", "from the fourth day", "1,095 days", "1820 hours", "12 months", "5")
OTHERS = (
    "2008",
    "1 January 1995",
    "after 1999",
    "24/2008",
    ". 2008",
    "Norwegian",
    "Norway",
    "500 rupees",
    "€ 40",
    "Section 1901",
    "pays the",
    "of earnings",
    ";",
    ".",
    "\n(1) ",
    "-",
)
WORDS = st.sampled_from((*FIGURES, *OTHERS))
TEXTS = st.one_of(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=80))


@settings(max_examples=40)
@given(TEXTS, st.sampled_from(("en", "de", "zh", "sw", "ru")))
def test_masking_keeps_length_and_figures(text, language):
    rules = language_rules(language)
    written_over = stretches(text, language)
    hidden = masked_text(text, language)
    assert len(hidden) == len(text)

    def touched(figure):
        return any(figure.start < stretch.end and stretch.start < figure.end for stretch in written_over)

    before, after = list(quantities(text, rules)), list(quantities(hidden, rules))
    assert [figure for figure in before if not touched(figure)] == [figure for figure in after if not touched(figure)]
    assert not any(figure.start >= stretch.start and figure.end <= stretch.end for figure in after for stretch in written_over)


@given(TEXTS)
def test_stretches_are_in_order_and_apart(text):
    found = stretches(text, "en")
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[one.start : one.end].strip() for one in found)


def test_a_law_keeps_its_structure(make_law):
    text = "GHANA FUND ACT 1990\n\nSection 1. Persons of Ghana\n\nEvery Ghanaian is insured from 1991.\n\nSection 2. Rate\n\nThe rate is 60 per cent of 2000 cedis.\n"
    law = make_law(text, title="Ghana Fund Act 1990", marks=(Mark(Level.SECTION, "1", "Persons of Ghana", Span(21, 60), 1),))
    hidden = masked(law)
    assert hidden.title == "Ooooo Fund Act oooo"
    assert hidden.marks[0].heading == "Persons of Ooooo"
    assert hidden.marks[0].span == law.marks[0].span
    assert "hana" not in hidden.text
    plain_cuts = [(node.id, node.span, node.label) for node in segment(replace(law, marks=None)).provisions]
    assert [(node.id, node.span, node.label) for node in segment(replace(hidden, marks=None)).provisions] == plain_cuts
    assert mask_counts(law) == {"country": 3, "city": 0, "currency": 1, "year": 2}


def test_a_language_that_nothing_is_known_of_is_searched_for_english_names():
    assert masked_text("xx Norway yy 1995", "xx") == "xx Oooooo yy oooo"


@pytest.mark.shared
def test_real_laws_keep_their_structure(shared):
    from lexfloor.configs.run import IngestConfig
    from lexfloor.pipeline.laws import country_folders
    from lexfloor.pipeline.records import Failure
    from lexfloor.pipeline.stages.ingest import ingest

    for code, name in (("GHA", "2015_887.txt"), ("CHN", "失业保险条例_1999-01-22.md"), ("CYP", "1082-cy-law-1997-1-100.txt")):
        (folder,), _ = country_folders([shared / "laws" / code], code)
        (law,) = [law for law in ingest(folder, IngestConfig()) if not isinstance(law, Failure) and law.file == name]
        hidden = masked(law)
        assert hidden.text != law.text
        assert [(node.id, node.span, node.kind) for node in segment(hidden).provisions] == [(node.id, node.span, node.kind) for node in segment(law).provisions]
