"""Measuring sections and runs against gold, on the bundled sample."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from lexfloor.eval.c102 import judged_pairs, scores, table
from lexfloor.eval.quotes import altered
from lexfloor.eval.segmentation.gold import cuts

CORPORA = Path(__file__).resolve().parents[2] / "corpora"


def test_every_quote_of_the_sample_lies_in_the_section_it_names():
    """The sample's three styles of drafting are cut where its gold file says."""
    found = cuts(CORPORA / "gold" / "XVA.json", CORPORA / "samples")
    assert found.quotes == found.inside == found.labelled > 100
    assert found.missed == ()


def test_a_quote_in_the_wrong_section_is_a_miss(tmp_path):
    """A gold file whose label is wrong is told as a miss, with the section that holds the words."""
    gold = json.loads((CORPORA / "gold" / "XVA.json").read_text(encoding="utf-8"))
    first = next(item for finding in gold["findings"] for item in finding["evidence"])
    first["section"] = "Section 9999"
    (tmp_path / "XVA.json").write_text(json.dumps(gold), encoding="utf-8")
    found = cuts(tmp_path / "XVA.json", CORPORA / "samples")
    assert found.labelled == found.quotes - 1
    assert "9999" in found.missed[0]


def test_a_run_is_scored_by_verdict_and_by_rank(tmp_path):
    """Agreement counts equal verdicts; a hit is the first match in a gold section, by file and number."""
    run, gold = tmp_path / "run", tmp_path / "gold"
    run.mkdir()
    gold.mkdir()
    said = [("C102:8", "compliant", 0.9), ("C102:9", "partial", 0.4), ("C102:11", "not_addressed", 0.7)]
    lines = [json.dumps({"country": "XAA", "requirement": r, "verdict": v, "confidence": c, "review": c < 0.6}) for r, v, c in said]
    (run / "findings.jsonl").write_text("\n".join(lines), encoding="utf-8")
    rows = [("C102:8", 1, "Section 7"), ("C102:8", 2, "Section 5"), ("C102:9", 1, "Art. 3")]
    columns = {"country": ["XAA"] * 3, "requirement": [r for r, _, _ in rows], "rank": [n for _, n, _ in rows], "file": ["a.txt"] * 3, "section": [s for _, _, s in rows]}
    pq.write_table(pa.table(columns), run / "matches.parquet")
    cited = {"C102:8": ("compliant", "5"), "C102:9": ("compliant", "3"), "C102:11": ("not_addressed", None)}
    findings = [{"requirement": r, "verdict": v, "evidence": [{"file": "a.txt", "section": s}] if s else []} for r, (v, s) in cited.items()]
    (gold / "XAA.json").write_text(json.dumps({"country": "XAA", "findings": findings}), encoding="utf-8")
    pairs = list(judged_pairs(run, gold))
    assert [row["rank"] for row in pairs] == [2, 1, -1]
    measured = scores("XAA", pairs)
    assert measured.agreement == 2 / 3
    assert measured.hits == {1: 0.5, 3: 1.0, 5: 1.0, 10: 1.0}
    assert "| XAA | 3 | 0.667 |" in table([measured])


def test_a_quote_that_is_not_the_law_is_told(tmp_path):
    """Of two quotes the one that the file does not hold at its offsets is named."""
    (tmp_path / "laws" / "XAA").mkdir(parents=True)
    (tmp_path / "laws" / "XAA" / "a.txt").write_text("Section 1. Pay\n\nThe fund   pays.\n", encoding="utf-8")
    evidence = [{"file": "a.txt", "section": "Section 1", "start": 16, "end": 32, "quote": quote} for quote in ("The fund pays.", "The fund may pay.")]
    (tmp_path / "findings.jsonl").write_text(json.dumps({"country": "XAA", "requirement": "C102:8", "evidence": evidence}), encoding="utf-8")
    assert altered(tmp_path, tmp_path / "laws") == (2, ["XAA C102:8 a.txt Section 1"])
