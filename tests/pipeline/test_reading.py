"""What a law grants, leaves to others and names is heard in every language, in whatever form its words stand."""

import pytest

from lexfloor.corpora.languages import language_rules
from lexfloor.corpora.standards import load_standard
from lexfloor.pipeline.reading import section_reader
from lexfloor.pipeline.words import LETTER

HEARD = (
    ("en", "The allowance is payable in the manner prescribed to a widow.", {"entitlement", "delegation", "survivors"}),
    ("fr", "La prestation d'invalidité est payable au taux prévu par règlement.", {"entitlement", "delegation", "invalidity"}),
    ("es", "Los desempleados percibirán la suma que fije la reglamentación.", {"entitlement", "delegation", "unemployment"}),
    ("pt", "As viúvas têm direito aos montantes previstos em regulamento.", {"entitlement", "delegation", "survivors"}),
    ("it", "I superstiti hanno diritto alla somma stabilita con decreto.", {"entitlement", "delegation", "survivors"}),
    ("de", "Die Waisen haben Anspruch auf Leistungen, die durch Verordnung bestimmt werden.", {"entitlement", "delegation", "survivors"}),
    ("nl", "De weduwnaar heeft recht op het bij ministeriële regeling genoemde bedrag.", {"entitlement", "delegation", "survivors"}),
    ("cs", "Pojištěnec má nárok na podporu po pracovním úrazu; výši stanoví vláda nařízením.", {"entitlement", "delegation", "employment_injury"}),
    ("et", "Isikul on õigus saada vanaduspensionile lisa, mille kehtestab valitsus.", {"entitlement", "delegation", "old_age"}),
    ("el", "Ο πατέρας δικαιούται επίδομα αναπηρίας όπως καθορίζεται.", {"entitlement", "invalidity"}),
    ("fi", "Lisää maksetaan vanhuuseläkkeen saajalle siten kuin valtioneuvoston asetuksella säädetään.", {"entitlement", "delegation", "old_age"}),
    ("ru", "Лицо имеет право на надбавку к пенсии по старости в размере, установленном Правительством.", {"entitlement", "delegation", "old_age"}),
    ("ar", "يستحق المريض في حالة البطالة مبلغا يحدد بقرار", {"entitlement", "delegation", "unemployment"}),
    ("sw", "Mjane atalipwa kiasi kitakachoainishwa kwa mujibu wa kanuni.", {"entitlement", "delegation", "survivors"}),
    ("id", "Janda berhak atas santunan yang diatur dengan peraturan menteri.", {"entitlement", "delegation", "survivors"}),
    ("ja", "寡婦に対し、政令で定める額を支給する。", {"entitlement", "delegation", "survivors"}),
    ("bn", "বিধবা ভাতা পাইবেন, যাহার হার বিধি দ্বারা নির্ধারিত হইবে।", {"entitlement", "delegation", "survivors"}),
    ("zh", "孤儿有权领取补贴，标准由国务院规定。", {"entitlement", "delegation", "survivors"}),
)


def _heard(language, text):
    return {hit.label for hit in section_reader(language, "c102").read(text).hits if hit.group != "parameters"}


@pytest.mark.parametrize(("language", "text", "labels"), HEARD)
def test_the_same_is_heard_in_every_language(language, text, labels):
    """An entitlement to a benefit that is named, its amount left to a regulation."""
    assert labels <= _heard(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le ministre peut visiter les lieux et l'avis donné par le ministre est affiché."),
        ("nl", "Het verslag wordt door Onze Minister gelezen; het loket blijkt te bepalen door de buren."),
        ("de", "Die Bundesregierung und das Ministerium antworten dem Ausschuss."),
        ("es", "La comisión eligió por resolución a su secretario."),
        ("en", "The Minister may visit the premises and read the register."),
    ],
)
def test_an_office_that_acts_is_no_delegation(language, text):
    """Ministers are named in every law: only what they may lay down is left to them."""
    assert "delegation" not in _heard(language, text)


@pytest.mark.parametrize(
    ("language", "forms", "label"),
    [
        ("fi", ("sairauspäiväraha", "sairauspäivärahaa", "sairauspäivärahan"), "sickness"),
        ("et", ("töötus", "töötuse", "töötust"), "unemployment"),
        ("ru", ("вдова", "вдове", "вдовы"), "survivors"),
        ("cs", ("starobní důchod", "starobního důchodu", "starobním důchodem"), "old_age"),
        ("el", ("μητρότητα", "μητρότητας"), "maternity"),
    ],
)
def test_a_name_is_heard_in_every_case(language, forms, label):
    """Languages that decline nouns print a benefit's name in many forms."""
    for form in forms:
        assert label in _heard(language, form), form


def test_a_name_of_two_contingencies_names_both():
    """What stands in two lists is a name of both, not of the first."""
    wording = load_standard("c102").in_language("nl").contingencies
    (shared,) = set(wording["sickness"]) & set(wording["invalidity"]) & {"arbeidsongeschiktheidsuitkering"}
    assert {"sickness", "invalidity"} <= _heard("nl", f"De {shared} eindigt.")


def test_a_script_without_spaces_is_cut_into_characters():
    """A phrase inside a run of Japanese is found, and placed where it stands."""
    text = "前項の遺族年金は毎月支給する。"
    hits = section_reader("ja", "c102").read(text).hits
    assert "遺族年金" in {text[hit.start : hit.end] for hit in hits if hit.label == "survivors"}
    assert not language_rules("ja").spaced


def test_the_danda_ends_words():
    """A sentence's end is no letter of its last word, in any place where letters are told."""
    import re

    from lexfloor.eval.masking.names import WORD
    from lexfloor.pipeline.stages.segment.headings import _TOKEN

    text = "ধারা।"
    assert re.findall(rf"{LETTER}+", text) == ["ধারা"]
    assert WORD.findall(text) == ["ধারা"]
    assert _TOKEN.findall(text) == ["ধারা", "।"]
