"""How far two or more annotators agree."""

import json
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from lexfloor.corpora.judgements import JudgedEvidence, JudgedFinding, Judgements
from lexfloor.eval.labelled.agreement import ORDER, agreement_of, agreement_record, agreement_table
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Verdict


def quote(section, *, near_miss=False):
    return JudgedEvidence(file="act.md", section=section, quote="A benefit is paid to every insured person.", near_miss=near_miss)


def judged(country, verdicts, standard, sections=(), certainty="high"):
    """Return judgements of the standard's first requirements, each with a verdict and a section cited."""
    cited = [*sections, *["1"] * len(verdicts)]
    findings = tuple(
        JudgedFinding(requirement=item.id, verdict=verdict, evidence=(quote(section),), parameters=(), rationale="", certainty=certainty)
        for item, verdict, section in zip(standard.requirements, verdicts, cited, strict=False)
    )
    return Judgements(country=country, language="en", files=("act.md",), findings=findings)


def measured(found, by="all", of=""):
    return next(item for item in found.measured if (item.by, item.of) == (by, of))


C, P, N, D, S = Verdict.COMPLIANT, Verdict.PARTIAL, Verdict.NON_COMPLIANT, Verdict.NEEDS_DATA, Verdict.NOT_ADDRESSED


def test_annotators_who_agree_on_everything(standard):
    one = judged("XVA", [C, P, N, D, S], standard)
    found = measured(agreement_of({"anna": [one], "ben": [one]}, standard))
    assert (found.findings, found.agreement, found.kappa, found.weighted_kappa, found.alpha, found.ordinal_alpha, found.common_section) == (5, 1, 1, 1, 1, 1, 1)


def test_figures_against_scikit_learn(standard):
    """Kappa and weighted kappa over two countries are scikit-learn's."""
    draw = random.Random(5)
    first, second = ([draw.choice(ORDER) for _ in range(60)] for _ in "ab")
    anna = [judged("XVA", first[:30], standard), judged("XVB", first[30:], standard)]
    ben = [judged("XVA", second[:30], standard), judged("XVB", second[30:], standard)]
    found = agreement_of({"anna": anna, "ben": ben}, standard)
    whole = measured(found)
    places = [ORDER.index(verdict) for verdict in first], [ORDER.index(verdict) for verdict in second]
    assert whole.kappa == pytest.approx(cohen_kappa_score(*places))
    assert whole.weighted_kappa == pytest.approx(cohen_kappa_score(*places, weights="linear"))
    assert whole.agreement == sum(a == b for a, b in zip(first, second, strict=True)) / 60
    assert sum(measured(found, "country", code).findings for code in ("XVA", "XVB")) == 60
    for by in ("dimension", "part", "certainty"):
        assert sum(item.findings for item in found.measured if item.by == by) == 60


def test_neighbouring_verdicts_weigh_less(standard):
    """To differ between the whole and a part counts less than between the whole and nothing."""
    base = [C, C, P, S, D, N]
    near = agreement_of({"a": [judged("XVA", base, standard)], "b": [judged("XVA", [P, *base[1:]], standard)]}, standard)
    far = agreement_of({"a": [judged("XVA", base, standard)], "b": [judged("XVA", [S, *base[1:]], standard)]}, standard)
    assert measured(near).agreement == measured(far).agreement
    assert measured(near).weighted_kappa > measured(far).weighted_kappa
    assert measured(near).ordinal_alpha > measured(far).ordinal_alpha


def test_sections_are_compared_by_their_number(standard):
    """A section counts as common however its number is written; near misses and other sections do not."""
    one = judged("XVA", [C, C, C], standard, ["Section 12", "Art. 7", "3"])
    two = judged("XVA", [C, P, S], standard, ["12", "8", "3"])
    silent = two.findings[2].model_copy(update={"evidence": (quote("3", near_miss=True),)})
    two = two.model_copy(update={"findings": (*two.findings[:2], silent)})
    found = agreement_of({"anna": [one], "ben": [two]}, standard)
    assert measured(found).common_section == 0.5
    assert [(item.requirement, dict(item.verdicts)) for item in found.differences] == [
        (standard.requirements[1].id, {"anna": C, "ben": P}),
        (standard.requirements[2].id, {"anna": C, "ben": S}),
    ]


def test_three_annotators(standard):
    """Pairs are told one by one; over all, kappa is their mean; who judged fewer findings counts where they did."""
    anna, ben = judged("XVA", [C, P, N, D], standard), judged("XVA", [C, P, N, S], standard)
    cleo = judged("XVA", [C, C], standard)
    found = agreement_of({"anna": [anna], "ben": [ben], "cleo": [cleo]}, standard)
    pairs = [measured(found, "pair", names) for names in ("anna, ben", "anna, cleo", "ben, cleo")]
    assert [pair.findings for pair in pairs] == [4, 2, 2]
    assert measured(found).kappa == pytest.approx(sum(pair.kappa for pair in pairs) / 3)
    assert measured(found).findings == 4


def test_the_lowest_certainty_is_the_stratum(standard):
    found = agreement_of({"anna": [judged("XVA", [C, P], standard)], "ben": [judged("XVA", [C, P], standard, certainty="medium")]}, standard)
    assert measured(found, "certainty", "medium").findings == 2
    assert not [item for item in found.measured if (item.by, item.of) == ("certainty", "high")]


def test_table_and_record(standard):
    """The table shows a line a group and the differences; the record is JSON without nan."""
    found = agreement_of({"anna": [judged("XVA", [C, C], standard)], "ben": [judged("XVA", [C, S], standard)]}, standard)
    text = agreement_table(found)
    assert "all  " in text
    assert f"XVA {standard.requirements[1].id}: anna compliant, ben not_addressed" in text
    assert len({len(line) for line in text.split("\n\n")[0].splitlines()}) == 1
    record = json.loads(json.dumps(agreement_record(found), allow_nan=False))
    assert record["order_of_verdicts"][0] == "not_addressed"
    assert record["measured"][0]["agreement"] == 0.5
    alone = agreement_of({"anna": [judged("XVA", [C], standard)], "ben": [judged("XVA", [C], standard)]}, standard)
    assert math.isnan(measured(alone).alpha)
    assert agreement_record(alone)["measured"][0]["alpha"] is None
    assert " - " in agreement_table(alone)


def test_nothing_in_common(standard):
    with pytest.raises(InputError, match="no requirement of any country was judged by two"):
        agreement_of({"anna": [judged("XVA", [C], standard)], "ben": [judged("XVB", [C], standard)]}, standard)
    with pytest.raises(InputError, match="anna: XVA is judged twice"):
        agreement_of({"anna": [judged("XVA", [C], standard), judged("XVA", [C], standard)]}, standard)


@given(st.lists(st.tuples(st.sampled_from(ORDER), st.sampled_from(ORDER)), min_size=1, max_size=40))
def test_who_is_first_does_not_matter(standard, pairs):
    first, second = [judged("XVA", column, standard) for column in zip(*pairs, strict=True)]
    one = measured(agreement_of({"a": [first], "b": [second]}, standard))
    two = measured(agreement_of({"a": [second], "b": [first]}, standard))
    for name in ("agreement", "kappa", "weighted_kappa", "alpha", "ordinal_alpha", "common_section"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), nan_ok=True)
