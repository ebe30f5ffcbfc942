"""What is left without review: as far as the promise allows, and where the law was looked at well enough."""

from dataclasses import replace

import pytest

from lexfloor.models.abstention import risks_of
from lexfloor.models.verdict import USUAL, Pull, VerdictModel, verdict_model
from lexfloor.pipeline.reading import reading_of
from lexfloor.pipeline.records import Evidence, Finding, Level, Match, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Span, Verdict
from lexfloor.pipeline.stages.classify.looking import absence_doubts, silence_told, survey
from lexfloor.pipeline.stages.classify.promise import NOTHING, ONE_FIGURE, doubt, held_to
from lexfloor.pipeline.stages.classify.signals import Passage, Sight
from lexfloor.pipeline.stages.classify.weighing import HEAVIEST, WORDS, ground, heaviest

RULE = "A person who has paid contributions for thirty months is entitled to the allowance while the incapacity lasts."


def _section(number, text=RULE, language="en", file="act.txt"):
    where = Span(0, len(text))
    return Provision(
        ProvisionId(f"sec_{number}"), "XTS", file, "", Level.SECTION, str(number), str(number), "", (), ProvisionKind.OPERATIVE, ProvisionStatus.IN_FORCE, where, language, text
    )


def _finding(standard, confidence, **fields):
    requirement = standard.requirements[0]
    evidence = (Evidence("act.txt", ProvisionId("sec_1"), "1", 0, 5, "quote", 1.0),)
    finding = Finding(
        *("XTS", standard.id, requirement.id, requirement.part, requirement.article, requirement.dimension, requirement.contingency),
        *(Verdict.COMPLIANT, confidence, False, "cues", evidence),
    )
    return replace(finding, **fields)


def _all_right_above(confidence, countries=40):
    return risks_of([[(confidence, True), (confidence - 0.01, False)]] * countries)


def test_findings_under_the_threshold_are_for_review(standard):
    """Judged countries had errors below .8 only: what lies below is for review and says so, what lies above is left."""
    findings = [_finding(standard, 0.9), _finding(standard, 0.7), _finding(standard, 0.8)]
    held, promise = held_to(findings, _all_right_above(0.8), 0.05)
    assert [finding.review for finding in held] == [False, True, False]
    assert held[1].review_because == ("confidence under 80%",)
    assert (promise.least, promise.countries, promise.doubt) == (0.8, 40, "")
    assert promise.answered == pytest.approx(2 / 3)
    assert (promise.held_out_answered, promise.held_out_wrong) == (0.5, 0.0)


def test_other_reasons_stay(standard):
    """A confident finding that rests on too little stays for review, with its own reason alone; one without confidence has both."""
    reason = ("too little was looked at",)
    findings = [_finding(standard, said, review=True, review_because=reason) for said in (0.9, 0.1)]
    held, promise = held_to(findings, _all_right_above(0.8), 0.05)
    assert [finding.review_because for finding in held] == [reason, (*reason, "confidence under 80%")]
    assert promise.answered == 0.0


def test_where_nothing_can_be_promised_all_is_for_review(standard):
    """Without risks, and where judged countries were wrong at every confidence, nothing is left."""
    for risks in (None, risks_of([[(1.0, False)]] * 3)):
        held, promise = held_to([_finding(standard, 1.0)], risks, 0.05)
        assert held[0].review_because == (NOTHING,)
        assert (promise.least, promise.answered) == (None, 0.0)


def test_an_unsure_figure_below_the_floor_is_explained(standard):
    """Who is to review it reads that such a figure may be misread."""
    below = _finding(standard, 0.1, verdict=Verdict.NON_COMPLIANT, decided_by="figure")
    (held,), _ = held_to([below], _all_right_above(0.8), 0.05)
    assert held.review_because[-1] == ONE_FIGURE


def test_a_promise_is_doubted_where_no_country_was_judged(standard):
    """Another encoder than the judged countries', or requirements on which none was judged: the promise is not made."""
    model = verdict_model()
    assert doubt(model, standard, model.about["encoder"]) == ""
    assert "another" in doubt(model, standard, "another")
    strange = VerdictModel((), (), (), (), (), {}, (), 0.0, {"encoder": "e5-small"})
    assert standard.id in doubt(strange, standard, "e5-small")


def test_a_country_looked_at_well_has_no_doubts(standard):
    """Thirty sections that state rules in a language known are enough; what is told counts sections and files."""
    looked = survey(standard, [_section(number, file=f"{number % 2}.txt") for number in range(30)], [])
    assert looked.doubts == ()
    assert (looked.sections, looked.files) == (30, 2)


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Allowances and benefits", "en", "only 0 sections"),  # an index, or a table of contents
        (RULE, "und", "language that the standard is not worded in (not known)"),
        (RULE, "is", "language that the standard is not worded in (is)"),
    ],
)
def test_headings_alone_and_unknown_languages_are_doubted(standard, text, language, words):
    """Files that hold an index only, or a language without the standard's words, put every finding under review."""
    looked = survey(standard, [_section(number, text, language) for number in range(40)], [])
    assert any(words in told for told in looked.doubts)


def test_a_few_sections_in_another_language_are_no_doubt(standard):
    """One section in forty of another language does not put a country under review."""
    sections = [_section(number) for number in range(40)] + [_section(41, language="is")]
    assert survey(standard, sections, []).doubts == ()


def _sight(standard, requirement, named):
    """Return what is seen of a requirement: one passage, which names its contingency or does not."""
    match = Match("XTS", requirement.id, "act.txt", ProvisionId("sec_1"), "1", 1, 2.5, 1.0, 1.0, Span(0, len(RULE)))
    passage = Passage(match, 0, len(RULE), reading_of("en", standard.key, RULE))
    return Sight(requirement, [match], [passage], [match], None, named=float(named))


def test_silence_needs_that_something_was_looked_at(standard):
    """Silence is doubted where no section near the Part names its contingency, and where a file could not be read; else it is not."""
    sections = [_section(number) for number in range(40)]
    family = [requirement for requirement in standard.requirements if requirement.part == "VII"]
    common = [requirement for requirement in standard.requirements if requirement.part == "XIII"]
    read, unread = survey(standard, sections, []), survey(standard, sections, ["a.pdf", "a.pdf", "b.pdf", "c.pdf", "d.pdf"])
    unnamed = [_sight(standard, requirement, named=False) for requirement in family]
    named = [*unnamed, _sight(standard, family[0], named=True)]
    assert list(absence_doubts(read, named)) == []
    (reason,) = absence_doubts(read, unnamed)
    assert "none of the 1 sections" in reason
    (reason,) = absence_doubts(unread, named)
    assert "a.pdf, b.pdf, c.pdf and 1 more" in reason
    sight = Sight(common[0], [], unnamed[0].passages, unnamed[0].nearest, None)  # Parts on all contingencies name none of their own
    assert list(absence_doubts(read, [sight])) == []


def test_silence_tells_what_was_searched(standard):
    """A lawyer reads how many sections of how many files were searched, and how near the nearest came."""
    looked = survey(standard, [_section(number) for number in range(40)], [])
    misses = [Evidence("act.txt", ProvisionId("sec_1"), "§ 1", 0, 5, "quote", 2.345), Evidence("act.txt", ProvisionId("sec_2"), "", 0, 5, "quote", 1.0)]
    told = silence_told(looked, misses)
    assert "40 sections in force of 1 file were searched" in told
    assert "§ 1 (act.txt), 2.3; no number (act.txt), 1.0" in told
    assert silence_told(survey(standard, [], []), []) == "The files hold no section in force."


def test_every_signal_of_the_shipped_model_has_words():
    """What weighed can always be told."""
    assert set(verdict_model().signals) <= set(WORDS)
    assert all(words.high for words in WORDS.values())
    assert all(words.low for name, words in WORDS.items() if name not in (USUAL, "schedules"))


def test_what_weighed_most_is_told_first():
    """The three heaviest that pull towards the verdict, in words for high and low; what pulls away, hardly at all, or only by its absence is not told."""
    pulls = [
        Pull("leading", 0.5, False),
        Pull("headed", -2.0, True),
        Pull("delegation", 1.5, True),
        Pull("expected", 0.01, True),
        Pull("entitlement", 0.2, False),
        Pull("schedules", 0.6, False),
        Pull("figure_likely", 0.9, False),
    ]
    told = heaviest(pulls, without=["figure"])
    assert told == (WORDS["delegation"].high, WORDS["leading"].low, WORDS["entitlement"].low)
    assert heaviest(pulls, without=[])[1] == WORDS["figure_likely"].low
    assert heaviest(pulls, without=["figure"], unsaid=["leading"])[1] == WORDS["entitlement"].low
    assert len(heaviest(pulls, without=[])) == HEAVIEST
    assert ground(pulls) == "cues"
    assert ground([*pulls, Pull(USUAL, 9.0, True), Pull("of another model", 20.0, True)]) == "usual"
