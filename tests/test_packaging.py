"""The distribution holds what the folders hold."""

import importlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("pipeline", "models", "corpora", "configs", "eval")
DATA = {".toml", ".json", ".j2", ".txt", ".md", ".typed", ".xml"}


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in (*PARTS, "pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():  # a copy: building leaves traces in the folder it builds
            subprocess.run(["cp", "-r", ROOT / name, source], check=True)
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-w", folder, source]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


def _shipped(suffixes):
    return {
        f"lexfloor/{path.relative_to(ROOT).as_posix()}"
        for part in PARTS
        for path in (ROOT / part).rglob("*")
        if path.is_file() and path.suffix in suffixes and not {"_root", "__pycache__", "results"} & set(path.parts)
    }


def test_wheel_holds_every_module(wheel_names):
    """Every module of the folders is in the wheel, and no other."""
    root = {f"lexfloor/{path.name}" for path in (ROOT / "pipeline/_root").glob("*.py")}
    assert {name for name in wheel_names if name.endswith(".py")} == _shipped({".py"}) | root


def test_wheel_holds_every_data_file(wheel_names):
    """Standards, languages, cards, weights, template, samples and configurations are in the wheel."""
    wanted = _shipped(DATA)
    assert wanted - wheel_names == set()
    for kind in ("corpora/standards/c102/", "corpora/languages/", "models/cards/", "models/weights/", "pipeline/stages/export/report.html.j2", "corpora/samples/XVA/", "configs/"):
        assert any(name.startswith(f"lexfloor/{kind}") and not name.endswith(".py") for name in wheel_names), kind


def test_wheel_holds_no_tests_and_no_caches(wheel_names):
    """Nothing but the package and its metadata is in the wheel."""
    assert not [name for name in wheel_names if "tests/" in name or "__pycache__" in name or name.startswith((*(f"{part}/" for part in PARTS),))]


@pytest.mark.parametrize("part", PARTS)
def test_folder_name_does_not_import(part, monkeypatch):
    """A folder imported under its bare name says which name to use."""
    monkeypatch.syspath_prepend(ROOT)
    monkeypatch.delitem(sys.modules, part, raising=False)
    with pytest.raises(ImportError, match=f"import lexfloor.{part}"):
        importlib.import_module(part)
