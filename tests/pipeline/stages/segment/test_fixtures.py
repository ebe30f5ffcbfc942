"""Invented laws in the conventions of each language come apart as a lawyer of that language would take them apart."""

import tomllib
from pathlib import Path

import pytest

from lexfloor.eval.segmentation.coverage import coverage
from lexfloor.pipeline.stages.segment import segment

FOLDER = Path(__file__).parent / "laws"
CASES = [
    pytest.param(case["language"], case["text"], [tuple(row) for row in case["expected"]], id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.toml"))
    for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["law"], 1)
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_every_node_is_found(language, text, expected, make_law):
    """Levels, labels, headings, kinds and statuses are those that the fixture states, in order, and no text is lost."""
    law = make_law(text, language)
    cut = segment(law)
    found = [(str(node.level), node.label, node.heading, str(node.kind), str(node.status)) for node in cut.provisions]
    assert found == expected
    assert coverage(law, cut).complete
