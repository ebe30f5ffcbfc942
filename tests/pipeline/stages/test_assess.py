"""Findings roll up to articles, Parts and acceptance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.pipeline.records import Evidence, Finding, ProvisionId, State, Verdict
from lexfloor.pipeline.stages.assess import assess, rolled_up

C, P, N, D, S = State.COMPLIANT, State.PARTIAL, State.NON_COMPLIANT, State.NEEDS_DATA, State.NOT_ADDRESSED
U = State.MAY_FALL_BELOW


@pytest.mark.parametrize(
    ("verdicts", "result"),
    [
        ([], S),
        ([S, S], S),
        ([C, C], C),
        ([C, D], D),
        ([C, S], P),
        ([D, S], P),
        ([C, P], P),
        ([P, D], P),
        ([C, N], N),
        ([N, S], N),
        ([C, P, N, D, S], N),
        ([D, D], D),
        ([C, U], U),
        ([P, U, S], U),
        ([U, N], N),
    ],
)
def test_roll_up(verdicts, result):
    """What several verdicts amount to."""
    assert rolled_up(verdicts) is result


@given(st.lists(st.sampled_from(list(State)), min_size=1), st.randoms())
def test_roll_up_ignores_order_and_repetition(verdicts, random):
    """Neither order nor counts matter."""
    shuffled = [*verdicts, verdicts[0]]
    random.shuffle(shuffled)
    assert rolled_up(shuffled) is rolled_up(verdicts)


def _findings(standard, verdict_of):
    evidence = (Evidence("a.txt", ProvisionId("sec_1"), "1", 0, 5, "quote", 1.0),)
    return [
        Finding("XTS", standard.id, r.id, r.part, r.article, r.dimension, r.contingency, Verdict(verdict_of(r.part)), 0.9, r.part == "II", "cues", evidence)
        for r in standard.requirements
    ]


def test_counts_by_part(standard):
    """Every Part counts its own requirements; all of them are in some Part."""
    result = assess("XTS", _findings(standard, lambda part: C if part != "IV" else S), standard)
    assert [part.part for part in result.parts] == [part.id for part in standard.parts]
    assert sum(sum(part.verdicts.values()) for part in result.parts) == 67
    states = {part.part: part.state for part in result.parts}
    assert (states["II"], states["IV"]) == (C, S)
    assert {part.part: part.review for part in result.parts if part.review} == {"II": sum(r.part == "II" for r in standard.requirements)}


def test_articles(standard):
    """Requirements of one article are one result, under the article's own number."""
    result = assess("XTS", _findings(standard, lambda part: C), standard)
    numbers = [article.article for article in result.articles]
    assert len(numbers) == len({(article.article, article.part) for article in result.articles})
    assert all(number.isdigit() for number in numbers)
    assert {article.state for article in result.articles} == {C}


@pytest.mark.parametrize(
    ("met", "unsettled", "common", "words"),
    [
        (("III", "V", "VI"), (), C, "could be made from Parts III, V, VI"),
        (("II", "III", "VII"), (), C, "not met"),  # none of IV, V, VI, IX, X
        (("II", "V"), (), C, "not met: it asks for 3 Parts"),
        (("II", "V"), ("IX",), C, "open"),
        ((), ("II", "III", "V"), C, "open"),
        (("III", "V", "VI"), (), P, "open"),
        ((), (), C, "not met: it asks for 3 Parts"),
    ],
)
def test_acceptance_by_article_2(standard, met, unsettled, common, words):
    """Three Parts of II to X with one of IV, V, VI, IX, X, and the common Parts: Source: C102, art. 2."""

    def verdict(part):
        if part in ("XI", "XII", "XIII"):
            return common
        return C if part in met else D if part in unsettled else P

    result = assess("XTS", _findings(standard, verdict), standard)
    assert any(choice in result.acceptance for choice in words.split("|"))
    assert result.acceptable_parts == met
    assert result.open_parts == unsettled
    assert ("could be made" in result.acceptance) == (words.startswith("could"))


def test_acceptance_says_what_of_it_is_for_review(standard):
    """Parts that are met by findings for review are named as met with their number; where none is for review nothing is added."""
    findings = _findings(standard, lambda part: C)  # those of Part II are for review
    count = sum(finding.review for finding in findings)
    assert f"in the Parts met {count} are for review" in assess("XTS", findings, standard).acceptance
    assert "for review" not in assess("XTS", [replace(finding, review=False) for finding in findings], standard).acceptance


def test_acceptance_says_why_three_parts_are_not_enough(standard):
    """Three Parts none of which is IV, V, VI, IX or X are not called fewer than three."""
    result = assess("XTS", _findings(standard, lambda part: C if part in ("II", "III", "VII", "XI", "XII", "XIII") else P), standard)
    assert "fewer than 3" not in result.acceptance


def test_texts_that_address_nothing_do_not_fail_acceptance(standard):
    """Files without any law on the matter say nothing of a country: that is told, and not called a failing; one Part addressed, and it is judged."""
    result = assess("XTS", _findings(standard, lambda part: Verdict.NOT_ADDRESSED), standard)
    assert "cannot be judged" in result.acceptance
    assert (result.acceptable_parts, result.open_parts) == ((), ())
    result = assess("XTS", _findings(standard, lambda part: C if part == "V" else Verdict.NOT_ADDRESSED), standard)
    assert "is not met" in result.acceptance


def _with_one_below(standard, part, *, review):
    findings = _findings(standard, lambda part: C)
    place = next(place for place, finding in enumerate(findings) if finding.part == part)
    findings[place] = replace(findings[place], verdict=Verdict.NON_COMPLIANT, confidence=0.1, review=review)
    return findings[place], assess("XTS", findings, standard)


@pytest.mark.parametrize("part", ["III", "XIII"])
def test_an_unsure_figure_below_the_floor_fails_no_part(standard, part):
    """A finding below the floor that is for review leaves its article and Part to be reviewed, and acceptance open; a sure one does not."""
    finding, result = _with_one_below(standard, part, review=True)
    states = {item.part: item.state for item in result.parts}
    assert (finding.state, states[part]) == (U, U)
    assert N not in {article.state for article in result.articles}
    assert {item.part: item.verdicts[Verdict.NON_COMPLIANT] for item in result.parts}[part] == 1
    assert (part in result.open_parts) == (part == "III")
    if part == "XIII":  # a common Part
        assert f"a figure may lie below the floor, to be reviewed: Part {part}" in result.acceptance
    finding, result = _with_one_below(standard, part, review=False)
    assert (finding.state, {item.part: item.state for item in result.parts}[part]) == (N, N)
    assert part not in result.open_parts


def test_silence_on_whole_parts_is_told(standard):
    """Where acts may be missing the reader is told which Parts show it; not where all Parts are addressed."""
    some = assess("XTS", _findings(standard, lambda part: S if part in ("IV", "VII") else C), standard)
    assert "The files say nothing of Parts IV, VII" in some.acceptance
    assert "say nothing" not in assess("XTS", _findings(standard, lambda _: C), standard).acceptance
