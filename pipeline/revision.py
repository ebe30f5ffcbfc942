"""Which code this is: what decides results, by hash."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("lexfloor.pipeline", "lexfloor.models", "lexfloor.corpora", "lexfloor.configs")
CODE = (".py", ".toml", ".json", ".parquet", ".j2", ".txt", ".safetensors")
"""What decides results: modules, and data such as standards, languages and weights."""


@cache
def code_revision(*more: str) -> str:
    """Return the hash of the installed packages' modules and data files: 16 hexadecimal digits, the same for the same code.

    ``more`` names packages beyond those that a screening runs.
    """
    parts = []
    for package in (*PACKAGES, *more):
        for name, entry in _walked(files(package), package):
            parts.append(f"{name} {sha256(entry.read_bytes()).hexdigest()}")
    return sha256("\n".join(sorted(parts)).encode()).hexdigest()[:16]


def _walked(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        inner = f"{name}/{entry.name}"
        if entry.is_dir() and entry.name not in ("__pycache__", "baselines", "results"):
            found += _walked(entry, inner)
        elif entry.is_file() and entry.name.endswith(CODE):
            found.append((inner, entry))
    return found
