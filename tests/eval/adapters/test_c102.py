"""The suite c102 on the bundled sample: what people judged beside what the pipeline says."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from lexfloor.configs.run import load_config
from lexfloor.corpora.judgements import JudgedFinding
from lexfloor.eval.adapters.absence import MEASURES as SILENCE
from lexfloor.eval.adapters.c102 import MEASURES, gold_places, known_examples, looks, predictions
from lexfloor.eval.held_out import EXAMPLES, Example, fitted, held_out_answers, risked, stored_examples, together, usual_shares, without, write_examples
from lexfloor.eval.labelled import check_judgements
from lexfloor.eval.labelled.positions import packed, write_packed
from lexfloor.eval.promise_measures import PROMISED
from lexfloor.eval.suite import Asked, columns, load_suite, located_data
from lexfloor.models.verdict import VERDICTS
from lexfloor.pipeline.errors import DataFileError, ModelError
from lexfloor.pipeline.records import Verdict

CORPORA = Path(__file__).resolve().parents[3] / "corpora"


def value(name, rows, measures=MEASURES):
    """Return one measure of rows."""
    return next(measure for measure in measures if measure.name == name).value(columns(rows))


@pytest.fixture(scope="module")
def tables(sample_asked):
    """The predictions on the sample, with a small encoder."""
    return predictions(sample_asked)


def test_a_row_for_every_requirement(tables, standard):
    """Rows say what people say, what the pipeline says, and where the first section that people cite came."""
    rows = tables["findings"]
    assert [row["requirement"] for row in rows] == [requirement.id for requirement in standard.requirements]
    assert {row["cluster"] for row in rows} == {"XVA"}
    for row in rows:
        assert row["right"] == (row["gold"] == row["said"])
        assert (row["rank"] == -1) == (row["wanted"] == 0)
        assert row["cited_right"] <= min(row["cited"], row["wanted"])
        if row["rank"] > 0:
            assert row["rank"] > 10 or json.loads(row["sections"])[row["rank"] - 1] in json.loads(row["gold_sections"])


def test_measures_follow_the_rows(tables):
    """Hits grow with depth; counts of figures are of those that people noted and those that are cited."""
    rows = tables["findings"]
    hits = [value(f"evidence/hit@{depth}", rows) for depth in (1, 3, 5, 10)]
    assert hits == sorted(hits)
    assert hits[-1] > 0.5
    noted = [row for row in tables["figures"] if row["side"] == "gold"]
    assert value("figures/recall, kind, value and unit", tables["figures"]) == pytest.approx(sum(row["read"] for row in noted) / len(noted))
    assert value("figures/recall, value and unit", tables["figures"]) >= value("figures/recall, kind, value and unit", tables["figures"])


def test_promised_rates_are_measured(tables):
    """More is left without review at a greater rate; what the configured rate leaves is what is not for review; runs of before the promise have no such measures."""
    rows = tables["findings"]
    for less, more in pairwise(PROMISED):
        assert all(row[f"answered at {more:.0%}"] for row in rows if row[f"answered at {less:.0%}"])
    assert [row["review"] for row in rows] == [not row["answered at 10%"] for row in rows]
    left = [row for row in rows if row["answered at 20%"]]
    assert left
    wrong = sum(not row["right"] for row in left)
    assert value("promise 20%/left without review", rows) == pytest.approx(len(left) / len(rows))
    assert value("promise 20%/left without review and wrong", rows) == pytest.approx(wrong / len(rows))
    assert value("promise 20%/wrong of those left without review", rows) == pytest.approx(wrong / len(left))
    earlier = [{name: cell for name, cell in row.items() if not name.startswith("answered")} for row in rows]
    assert math.isnan(value("promise 20%/left without review", earlier))


def test_risks_are_of_answers_to_unseen_countries():
    """What is risked by answering everything is the mean share of wrong verdicts, each country's by a model fitted on the others."""
    known = stored_examples()
    chosen = sorted({item.country for item in known if not item.incomplete})[:3]
    three = [item for item in known if item.country in chosen]
    risks = risked(held_out_answers(three))
    assert risks.countries == 3
    assert risks.answered[0] == pytest.approx(1.0)
    alone = [_said(three, name) for name in chosen]
    assert risks.wrong[0] == pytest.approx(sum(alone) / 3)


def _said(known, country):
    """Return the share of wrong verdicts of the model that has not seen a country."""
    model = fitted(without(known, country))
    own = [item for item in known if item.country == country and not item.incomplete]
    said = [model.decided(model.probabilities(item.requirement, item.signals), below=item.signals["figure_below"] > 0)[0] for item in own]
    return sum(verdict is not item.verdict for verdict, item in zip(said, own, strict=True)) / len(own)


def test_silence_is_counted_both_ways():
    """One of two silent laws is claimed to speak, one of four that speak to be silent; its nearest miss is the right section."""
    pairs = [("not_addressed", "compliant"), ("not_addressed", "not_addressed"), ("compliant", "not_addressed"), *[("compliant", "compliant")] * 3]
    rows = [{"gold": gold, "said": said, "wanted": int(gold == "compliant"), "cited_right": 1, "review": False} for gold, said in pairs]
    assert value("silence/claims something where the law is silent", rows, SILENCE) == 0.5
    assert value("silence/claims silence where the law speaks", rows, SILENCE) == 0.25
    assert value("silence/precision of silence", rows, SILENCE) == 0.5
    assert value("near misses/of wrong silence, the nearest misses hold a deciding section", rows, SILENCE) == 1.0
    assert value("silent law called compliant", rows, SILENCE) == 0.5


def test_near_misses_are_no_evidence():
    """A section that people call a near miss is not one that should be found."""
    evidence = [{"file": "a.txt", "section": "Section 7", "quote": "x"}, {"file": "a.txt", "section": "8", "quote": "y", "near_miss": True}]
    finding = {"requirement": "C102:8", "verdict": "compliant", "evidence": evidence, "parameters": [], "rationale": "", "certainty": "high"}
    assert gold_places(JudgedFinding.model_validate_json(json.dumps(finding))) == {("a.txt", "7")}


def test_a_faulty_gold_file_is_refused_with_its_line(fake_models, tmp_path):
    """A quote that is not in the law, a verdict that is none: the suite does not start, and tells file and line."""
    source = (CORPORA / "gold" / "XVA.json").read_text(encoding="utf-8")
    card = load_suite("quick")
    data = located_data(card, tmp_path, {})
    faults = (('"compliant"', '"complaint"', "complaint"), ("C102:10", "C102:10000", "has no requirement"), ('"quote": "', '"quote": "Hear ye ', "quote"))
    for old, new, told in faults:
        line = source[: source.index(old)].count("\n") + 1
        (tmp_path / "XVA.json").write_text(source.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(DataFileError, match=f"line {line}, .*{told}"):
            predictions(Asked(card, {**data, "sample_gold": tmp_path / "XVA.json"}, load_config()))


def test_a_country_is_judged_by_a_model_that_has_not_seen_it():
    """Its own examples change neither weights nor usual shares of the model that judges it."""
    known = stored_examples()
    country = known[0].country
    spoilt = [replace(item, verdict=Verdict.NON_COMPLIANT) if item.country == country else item for item in known]
    assert fitted(without(known, country)) == fitted(without(spoilt, country))
    assert usual_shares(without(known, country)) == usual_shares(without(spoilt, country))
    assert {item.country for item in known_examples([])} == {item.country for item in known}


def test_examples_come_back_as_written(tmp_path):
    """Stored examples are those that were written, to the last bit."""
    known = [item for item in stored_examples() if item.country == "EST"]
    assert {item.incomplete for item in known} == {False, True}
    write_examples(known, tmp_path / EXAMPLES)
    assert stored_examples(tmp_path) == known


def test_judgements_on_some_laws_count_less():
    """Shares of verdicts are those of whole sets of laws before those of incomplete ones, and each stands beside the other of its country."""
    whole = Example("XVA", "C102:8", {"one": 1.0}, Verdict.COMPLIANT)
    some = replace(whole, verdict=Verdict.NOT_ADDRESSED, incomplete=True)
    shares, _ = usual_shares([whole, some])
    compliant, silent = (shares["C102:8"][VERDICTS.index(verdict)] for verdict in (Verdict.COMPLIANT, Verdict.NOT_ADDRESSED))
    assert compliant > silent > shares["C102:8"][VERDICTS.index(Verdict.PARTIAL)]
    assert together([whole], [replace(whole, verdict=Verdict.PARTIAL), some]) == [whole, some]
    assert without([whole, some], "XVA") == []


def test_examples_of_another_version_are_told(tmp_path):
    """Columns that are missing, or signals that are no longer seen: no guess is made."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.Table.from_pylist([{"country": "XVA", "requirement": "C102:8", "verdict": "compliant", "one": 1.0}]), tmp_path / EXAMPLES)
    with pytest.raises(ModelError, match=r"incomplete.*another version.*train classifier"):
        stored_examples(tmp_path)
    fresh, other = (Example(name, "C102:8", {name: 1.0}, Verdict.COMPLIANT) for name in ("one", "two"))
    with pytest.raises(ModelError, match="other signals"):
        together([fresh], [other])


def test_incomplete_examples_weigh_less_in_the_weights():
    """Three times as many contradicting judgements on some laws do not outweigh those on whole sets."""
    whole = [Example(f"XV{name}", "C102:8", {"one": float(value)}, (Verdict.PARTIAL, Verdict.COMPLIANT)[value]) for name in "ABCD" for value in (0, 1)]
    against = [replace(item, verdict=Verdict.COMPLIANT if item.verdict is Verdict.PARTIAL else Verdict.PARTIAL, incomplete=True) for item in whole] * 2
    likely = [fitted(known).probabilities("C102:8", {"one": 1.0})[Verdict.COMPLIANT] for known in (whole + against, whole + [replace(item, incomplete=False) for item in against])]
    assert likely[0] > 0.5 > likely[1]


def test_sets_of_some_laws_are_judged_like_others(sample_asked, standard, tmp_path):
    """Judgements without text of law are given their quotes back, and their examples are marked."""
    checked = check_judgements(CORPORA / "gold" / "XVA.json", standard, CORPORA / "samples")
    write_packed(tmp_path / "XVA.json", packed(checked.judgements, checked.laws))
    card = sample_asked.card.model_copy(update={"options": {}})
    asked = replace(sample_asked, card=card, data={"incomplete": tmp_path, "laws": CORPORA / "samples"})
    (looked,) = looks(asked, asked.runner())
    assert {example.incomplete for example in looked.examples} == {True}
    assert [example.verdict for example in looked.examples] == [finding.verdict for finding in checked.judgements.findings]


def test_nothing_is_risked_on_some_laws():
    """What is promised rests on countries judged on all of their laws."""
    known = [item for item in stored_examples() if item.incomplete]
    assert held_out_answers(known) == {}
    assert risked(held_out_answers(known)) is None
