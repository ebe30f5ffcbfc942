"""A right that hangs on somebody's will is not secured, whatever else the law says of it."""

from dataclasses import replace

import pytest

from lexfloor.corpora.languages import known_languages, language_rules
from lexfloor.models.verdict import AT_WILL, VERDICTS, VerdictModel
from lexfloor.pipeline.reading import reading_of
from lexfloor.pipeline.records import Contingency, Match, RequirementId, Span, Verdict
from lexfloor.pipeline.stages.classify import Judge, country
from lexfloor.pipeline.stages.classify.signals import Passage
from lexfloor.pipeline.stages.classify.wording import SENTENCES, about_a_right, answering, left_to_will
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.retrieve import matches, score, searched
from lexfloor.pipeline.stages.segment import segment

PAIRS = {
    "en": ("A worker who is ill is entitled to sickness benefit.", "A worker who is ill may, if the Fund thinks fit, receive sickness benefit."),
    "es": ("El trabajador enfermo tendrá derecho al subsidio.", "El trabajador enfermo tendrá derecho al subsidio, salvo que la Caja resuelva otra cosa."),
    "fr": ("Le salarié malade a droit à l’indemnité.", "Le salarié malade reçoit l’indemnité si la caisse le juge opportun."),
    "de": ("Wer krank ist, hat Anspruch auf Krankengeld.", "Wer krank ist, erhält nach Ermessen der Kasse Krankengeld."),
    "nl": ("De zieke werknemer heeft recht op ziekengeld.", "De zieke werknemer ontvangt ziekengeld, tenzij de kas anders beslist."),
    "cs": ("Nemocný zaměstnanec má nárok na nemocenské.", "Nemocný zaměstnanec dostane nemocenské podle uvážení pokladny."),
    "et": ("Haigel töötajal on õigus hüvitisele.", "Haigele töötajale antakse hüvitist kassa äranägemisel."),
    "el": ("Ο ασθενής μισθωτός δικαιούται επίδομα.", "Ο ασθενής μισθωτός λαμβάνει επίδομα, αν το Ταμείο κρίνει σκόπιμο."),
    "zh": ("职工患病的，享受疾病津贴。", "职工患病的，由基金酌情发给疾病津贴。"),
    "pt": ("O trabalhador doente tem direito ao subsídio.", "O trabalhador doente recebe o subsídio a critério da caixa."),
    "it": ("Il lavoratore malato ha diritto all’indennità.", "Il lavoratore malato riceve l’indennità a discrezione della cassa."),
    "ru": ("Больной работник имеет право на пособие.", "Больной работник получает пособие по усмотрению фонда."),
    "fi": ("Sairaalla työntekijällä on oikeus päivärahaan.", "Sairas työntekijä saa päivärahaa kassan harkinnan mukaan."),
}


def _passage(text, language="en", relevance=0.5, section="1"):
    match = Match("XTS", RequirementId("C102:14"), "act.txt", section, section, 1, 1.0, 1.0, 1.0, Span(0, len(text)), relevance)
    return Passage(match, 0, len(text), reading_of(language, "c102", text))


@pytest.mark.parametrize("language", PAIRS)
def test_words_of_somebodys_will_are_read(language):
    """The same sentence with and without."""
    secured, at_will = PAIRS[language]
    assert not left_to_will(_passage(secured, language), Contingency.SICKNESS)
    assert left_to_will(_passage(at_will, language), Contingency.SICKNESS)


def test_the_favour_of_one_benefit_is_not_that_of_another():
    """A sentence about sickness benefit alone says nothing of old age; one that names no benefit may be about any."""
    own = _passage("The Fund may, if it thinks fit, pay sickness benefit.")
    assert left_to_will(own, Contingency.SICKNESS)
    assert not left_to_will(own, Contingency.OLD_AGE)
    assert left_to_will(_passage("The Fund may, if it thinks fit, pay less."), Contingency.OLD_AGE)


def test_every_language_knows_such_words():
    """Lower case, as phrases are compared, none twice."""
    for code in known_languages():
        words = language_rules(code).at_will
        assert words or code == "und", code
        assert len(set(words)) == len(words), code
        assert all(word == word.lower() for word in words), code


def test_likely_evidence_that_shares_words_answers_first():
    """Both count; sections that were not ranked answer nothing."""
    unlikely, likely, unranked = (_passage("A sentence.", relevance=relevance) for relevance in (0.05, 0.6, None))
    assert answering([unlikely, likely, unranked], [0.5, 0.5, 9.0]) == [likely, unlikely]
    assert answering([unlikely, likely], [3.0, 0.5]) == [unlikely, likely]
    assert len(answering([likely] * 30, [1.0] * 30)) == SENTENCES


def test_only_rights_hang_on_somebodys_will(standard):
    """How a board is appointed is nobody's right, and a bound is kept by silence."""
    asked = {requirement.id: about_a_right(requirement) for requirement in standard.requirements}
    assert asked["C102:14"]
    assert asked["C102:52"]
    assert not asked["C102:72.1"]
    assert not asked["C102:18.waiting"]
    assert not asked["C102:17"]


@pytest.fixture
def finding(make_law, standard, encoder, config):
    """Return a function: a law's text to the finding on who gets sickness benefit, by a model that calls all law compliant."""
    bias = tuple(5.0 if verdict is Verdict.COMPLIANT else 0.0 for verdict in VERDICTS)
    model = VerdictModel((), (), (), ((0.0,) * 5,) * 5, bias, {}, (0.2,) * 5, 0.0, {})

    def judged(text, relevance=0.5):
        law = make_law(text)
        sections = citable_sections([law], segment(law).provisions)
        chosen = searched(standard, sections, pieces(sections, {law.file: law.title}, config.embed), config.retrieve)
        found = matches(standard, chosen, score(standard, chosen, embed(chosen.pieces, encoder), encoder, config.retrieve), config.retrieve)
        seen = country("XTS", [law], sections, [replace(match, relevance=relevance) for match in found], [])
        return next(item for item in Judge(standard, model, config.classify, seen).findings() if item.requirement == "C102:14")

    return judged


ACT = """Sickness Act

1. A worker who is incapable of work because of a disease is entitled to sickness benefit for loss of earnings.

2. The Fund keeps accounts of every year and shows them to the Board.
"""


def test_a_right_made_a_favour_is_partial(finding):
    """The verdict follows the words, cites them and says so, with little confidence."""
    secured = finding(ACT)
    assert (secured.verdict, secured.decided_by) == (Verdict.COMPLIANT, "usual")
    favour = finding(ACT.replace("is entitled to sickness benefit", "may, where the Fund thinks fit, be given sickness benefit"))
    assert (favour.verdict, favour.decided_by) == (Verdict.PARTIAL, "wording")
    assert favour.confidence == pytest.approx(AT_WILL)
    assert favour.review
    assert "thinks fit" in favour.evidence[0].quote
    assert "leaves the right to the will" in favour.rationale


def test_unranked_sections_decide_nothing(finding):
    """Where nothing tells how likely a section is evidence, words alone do not turn a verdict."""
    assert finding(ACT.replace("is entitled to", "may, where the Fund thinks fit, be given"), relevance=None).decided_by == "usual"
