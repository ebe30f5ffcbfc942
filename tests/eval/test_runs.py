"""Sections and quotes against gold, on the bundled sample."""

from __future__ import annotations

import json
from pathlib import Path

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


def test_a_quote_that_is_not_the_law_is_told(tmp_path):
    """Of two quotes the one that the file does not hold at its offsets is named."""
    (tmp_path / "laws" / "XAA").mkdir(parents=True)
    (tmp_path / "laws" / "XAA" / "a.txt").write_text("Section 1. Pay\n\nThe fund   pays.\n", encoding="utf-8")
    evidence = [{"file": "a.txt", "section": "Section 1", "start": 16, "end": 32, "quote": quote} for quote in ("The fund pays.", "The fund may pay.")]
    (tmp_path / "findings.jsonl").write_text(json.dumps({"country": "XAA", "requirement": "C102:8", "evidence": evidence}), encoding="utf-8")
    assert altered(tmp_path, tmp_path / "laws") == (2, ["XAA C102:8 a.txt Section 1"])
