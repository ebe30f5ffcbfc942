"""Run the doctests under the modules' real names."""

import doctest
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pipeline", "models", "corpora", "configs", "eval")
MODULES = sorted(
    ".".join(("lexfloor", *p.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for part in PARTS
    for p in (ROOT / part).rglob("*.py")
    if ">>> " in p.read_text(encoding="utf-8") and "_root" not in p.parts
)


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    """The examples in the docstrings are true."""
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted
    assert not result.failed
