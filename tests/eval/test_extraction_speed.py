"""How fast figures are found is told for each country of a folder."""

from __future__ import annotations

from pathlib import Path

from lexfloor.eval.segmentation.extraction import Extraction, extractions

SAMPLES = Path(__file__).resolve().parents[2] / "corpora" / "samples"


def test_each_country_is_told():
    """The sample country's text is a few thousand characters with figures in them."""
    (found,) = extractions(SAMPLES / "XVA")
    assert found.country == "XVA"
    assert found.figures > 10
    assert 0.001 < found.megabytes < 1
    assert found.seconds > 0


def test_the_rate_is_megabytes_by_seconds():
    assert Extraction("XVA", 3.0, 2.0, 7).rate == 1.5
