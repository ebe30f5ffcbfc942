"""Verdicts rest on figures and passages that can be looked up."""

import pytest

from lexfloor.models.verdict import VERDICTS, VerdictModel, verdict_model
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Verdict
from lexfloor.pipeline.stages.classify import Judge, country
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.retrieve import matches, score, searched
from lexfloor.pipeline.stages.segment import segment


def _always(verdict):
    """Return a verdict model that says one thing."""
    bias = tuple(5.0 if other is verdict else 0.0 for other in VERDICTS)
    return VerdictModel((), (), (), ((0.0,) * 5,) * 5, bias, {}, (0.2,) * 5, 0.0, {})


def test_what_judged_documents_tell_stands_beside_what_is_seen(standard, config):
    """A standard without judged documents has the signals of its texts alone; with them, theirs for the requirements they tell of."""
    told = {"C102:52": {"like_compliant": 0.7}}

    def seen(precedents):
        judge = Judge(standard, verdict_model(), config.classify, country("XTS", [], [], [], [], precedents=precedents))
        return {sight.requirement.id: values for sight, values in judge.seen_signals()}

    alone, beside = seen(None), seen(told)
    assert {name: set(values) - set(alone[name]) for name, values in beside.items() if values != alone[name]} == {"C102:52": {"like_compliant"}}
    assert beside["C102:52"] == alone["C102:52"] | told["C102:52"]


@pytest.fixture
def judging(make_law, standard, encoder, config):
    """Return a function: a law's text and a verdict model to the law and its judge."""

    def made(text, model, language="en"):
        law = make_law(text, language)
        sections = citable_sections([law], segment(law).provisions)
        cut = pieces(sections, {law.file: law.title}, config.embed)
        chosen = searched(standard, sections, cut, config.retrieve)
        scores = score(standard, chosen, embed(chosen.pieces, encoder), encoder, config.retrieve)
        found = list(matches(standard, chosen, scores, config.retrieve))
        return law, Judge(standard, model, config.classify, country("XTS", [law], sections, found, list(extract(sections, standard))))

    return made


@pytest.fixture
def judge(judging):
    """Return a function: a law's text and a verdict model to the law and the findings by requirement."""

    def findings(text, model, language="en"):
        law, made = judging(text, model, language)
        return law, {finding.requirement: finding for finding in made.findings()}

    return findings


def test_a_figure_that_meets_the_floor(judge, maternity_act):
    """Fourteen weeks against twelve: met, with the figure and its quote."""
    _, findings = judge(maternity_act, _always(Verdict.COMPLIANT))
    finding = findings["C102:52"]
    assert (finding.verdict, finding.decided_by) == (Verdict.COMPLIANT, "figure")
    (figure,) = finding.parameters
    assert (figure.parameter, figure.value, figure.unit) == ("maximum_duration", 14, "weeks")
    assert "fourteen weeks" in finding.evidence[figure.quote].quote
    assert "14 weeks" in finding.rationale
    assert "≥ 12 weeks" in finding.rationale


def test_a_figure_below_the_floor_decides(judge, maternity_act):
    """Six weeks against twelve: below the floor, whatever the model thinks likely."""
    _, findings = judge(maternity_act.replace("fourteen weeks", "six weeks"), _always(Verdict.COMPLIANT))
    finding = findings["C102:52"]
    assert (finding.verdict, finding.decided_by) == (Verdict.NON_COMPLIANT, "figure")
    assert finding.parameters[0].value == 6
    assert "six weeks" in finding.evidence[0].quote
    assert "not met" in finding.rationale


def test_a_figure_below_the_floor_is_not_silence(judge, maternity_act):
    """Law with a figure for the very benefit deals with the matter, however little the model expects it."""
    _, findings = judge(maternity_act.replace("fourteen weeks", "six weeks"), _always(Verdict.NOT_ADDRESSED))
    assert (findings["C102:52"].verdict, findings["C102:52"].decided_by) == (Verdict.NON_COMPLIANT, "figure")


def test_figures_that_contradict_each_other_decide_nothing(judge, maternity_act, monkeypatch):
    """Two thirds here and thirty per cent there, with the same claim: the verdict rests on the wording, and the rationale shows both."""
    monkeypatch.setattr("lexfloor.pipeline.stages.classify.comparison.deciding.CLOSE", 1.0)
    rate = "The rate of maternity benefit is two-thirds of the average weekly earnings."
    text = maternity_act.replace(rate, f"{rate}\n(3) The rate of maternity benefit is thirty per cent of the average weekly earnings.")
    finding = judge(text, _always(Verdict.COMPLIANT))[1]["C102:50"]
    assert (finding.verdict, finding.decided_by, finding.parameters) == (Verdict.COMPLIANT, "usual", ())
    assert "≥ 45 percent" in finding.rationale
    assert "30 percent < 45 percent" in finding.rationale


def test_silence_shows_near_misses(judge, maternity_act):
    """Nothing on a matter: not addressed, with the nearest misses and no figure."""
    _, findings = judge(maternity_act, _always(Verdict.NOT_ADDRESSED))
    for finding in findings.values():
        assert finding.verdict is Verdict.NOT_ADDRESSED
        assert finding.decided_by == "silence"
        assert 1 <= len(finding.evidence) <= 3
        assert all(item.near_miss for item in finding.evidence)
        assert finding.parameters == ()


def test_needs_data_names_what_is_missing(judge, maternity_act):
    """A finding that waits for data says for which."""
    _, findings = judge(maternity_act, _always(Verdict.NEEDS_DATA))
    open_findings = [finding for finding in findings.values() if finding.verdict is Verdict.NEEDS_DATA]
    assert open_findings
    assert all(finding.missing for finding in open_findings)
    assert "employees" in " ".join(findings["C102:48"].missing)


MARKED = """---
title: Marked Act
---
# Marked **Act**

### Section 1. <b>Insured</b> persons

(1) Every employee&nbsp;is insured [see *note*](#n1).

### Section 2. Maternity<sup>1</sup>

(1) A **woman** who is insured is entitled to\u00ad maternity   benefit
for a period of fourteen weeks.[^2]

(2) The rate &amp; amount is two-thirds of her earnings.

### Section 3. Appeals

Anyone may appeal within thirty days.
"""


@pytest.mark.parametrize("verdict", [Verdict.COMPLIANT, Verdict.NOT_ADDRESSED])
@pytest.mark.parametrize("marked", [False, True])
def test_quotes_are_what_stands_in_the_law(judge, maternity_act, verdict, marked):
    """Each quote is the law's text between its offsets, white space collapsed, markup included."""
    law, findings = judge(MARKED if marked else maternity_act, _always(verdict))
    items = [item for finding in findings.values() for item in finding.evidence]
    assert items
    for item in items:
        assert item.quote == collapsed(law.text[item.start : item.end])
        assert 1 <= len(item.quote) <= 700


def test_every_requirement_has_a_finding(judge, maternity_act, standard, config):
    """The shipped model gives one finding a requirement, with a confidence that says when to look again."""
    _, findings = judge(maternity_act, verdict_model())
    assert list(findings) == [requirement.id for requirement in standard.requirements]
    for finding in findings.values():
        assert finding.review  # a law of so few sections is always for review


def test_a_country_without_text(standard, config):
    """Where nothing can be read, everything is not addressed."""
    findings = list(Judge(standard, verdict_model(), config.classify, country("XTS", [], [], [], [])).findings())
    assert {finding.verdict for finding in findings} == {Verdict.NOT_ADDRESSED}
    assert all(finding.review for finding in findings)


def test_the_verdict_model_gives_probabilities(standard):
    """Whatever the signals, the five probabilities add up to 1."""
    model = verdict_model()
    for requirement in (*standard.requirements, None):
        for value in (0.0, 1.0, -5.0, 50.0):
            found = model.probabilities(requirement.id if requirement else "NEW:1", dict.fromkeys(model.signals, value))
            assert set(found) == set(Verdict)
            assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("language", "section", "open_still"),
    [
        ("en", "The pensionable age is 65 years. It is adjusted every five years to the life expectancy of the population.", True),
        ("en", "The pensionable age is 65 years. It is the same for men and women.", False),
        ("nl", "De pensioengerechtigde leeftijd is 65 jaar. Zij wordt jaarlijks aangepast aan de levensverwachting.", True),
    ],
)
def test_an_age_that_moves_with_longevity_is_not_taken_for_met(judge, language, section, open_still):
    """The section says so in its own words."""
    heading = {"en": "Section 1. Old-age pension", "nl": "Artikel 1. Ouderdomspensioen"}[language]
    _, findings = judge(f"{heading}\n{section}\n", _always(Verdict.NEEDS_DATA), language)
    assert ("tied to life expectancy" in findings["C102:26"].rationale) is open_still


def test_one_part_alone_is_judged_as_among_all(judging, maternity_act):
    """The findings of a Part are those that it has when all are judged."""
    _, made = judging(maternity_act, verdict_model())
    assert made.proposed("VIII") == [finding for finding in made.proposed() if finding.part == "VIII"] != []


def _signals_of(judging, text, requirement):
    _, made = judging(text, verdict_model())
    return {sight.requirement.id: values for sight, values in made.seen_signals()}[requirement]


@pytest.mark.parametrize(
    ("rule", "counts"),
    [
        ("The rate of maternity benefit is 70 per cent of her average earnings.", 1.0),
        ("The rate of maternity benefit is 70 per cent of the minimum wage.", 0.0),
        ("She is not entitled to maternity benefit for days on which her employer pays 70 per cent of her average earnings.", 0.0),
    ],
)
def test_only_a_rate_of_earnings_that_is_granted_counts_as_one(judging, rule, counts):
    """A rate of something else leaves the level open, and so does a sentence that refuses the benefit."""
    text = f"Section 1. Maternity benefit\nA woman is entitled to maternity benefit for fourteen weeks.\n\nSection 2. Rate of maternity benefit\n{rule}\n"
    assert _signals_of(judging, text, "C102:50")["rate_of_earnings"] == counts


def test_headings_above_are_read(judging):
    """The share of the likeliest sections under a heading that names the benefit."""
    sections = "Section 1. Payment\nFourteen weeks are paid.\n\nSection 2. Claims\nClaims are made to the fund.\n"
    assert _signals_of(judging, f"Part 1. Maternity benefit\n\n{sections}", "C102:52")["headed"] == 1.0
    assert _signals_of(judging, f"Part 1. General\n\n{sections}", "C102:52")["headed"] == 0.0


def test_an_act_of_its_own_is_told_from_one_that_names_it_among_others(judging):
    """How far an act is about a benefit, and what the likeliest sections name before others; what is hardly named has no act."""
    own = "".join(f"Section {number}. Maternity benefit\nMaternity benefit is paid for fourteen weeks.\n\n" for number in range(1, 7))
    among = own + "".join(f"Section {number}. Pension\nAn old-age pension is paid from the age of 65 years.\n\n" for number in range(7, 13))
    alone, beside = (_signals_of(judging, text, "C102:52") for text in (own, among))
    assert alone["own_act"] == 1.0
    assert 0.3 < beside["own_act"] < 0.7
    assert alone["leading"] == 1.0 > beside["leading"] > 0.0
    assert _signals_of(judging, own, "C102:26")["own_act"] == _signals_of(judging, own, "C102:26")["leading"] == 0.0
    assert _signals_of(judging, own, "C102:71.1")["own_act"] == 1.0


def test_a_part_that_nothing_names_is_told_to_all(judging, maternity_act):
    """Where acts are missing the other Parts may lack some, too."""
    assert {requirement: _signals_of(judging, maternity_act, requirement)["least_named"] for requirement in ("C102:26", "C102:52")} == {"C102:26": 0.0, "C102:52": 0.0}


def test_a_computed_share_shows_its_sum(judge):
    """Employees' and employers' rates become the share that Article 71 asks for, and the finding says how."""
    text = "Section 1. Financing by contributions\nThe employee pays a contribution of 5 per cent of the wage. The employer pays a contribution of 10 per cent of the wage.\n"
    _, findings = judge(text, _always(Verdict.COMPLIANT))
    assert "33.33 percent ≤ 50 percent" in findings["C102:71.2"].rationale
    assert "5 / (5 + 10) = 33.33%" in findings["C102:71.2"].rationale
