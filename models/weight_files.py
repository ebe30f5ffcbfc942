"""Weight files: JSON objects that fitting writes, the shipped ones in models/weights/, a user's own in a folder of the same files."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from lexfloor.pipeline.errors import ModelError

FIT = "lexfloor train classifier"
"""The command that makes weight files anew."""


def broken(name: str, problem: object, folder: Path | None = None, fit: str = FIT) -> ModelError:
    """Return the error that a weight file gives cause for; ``folder`` is that of a user's own, ``fit`` the command that makes the file."""
    if folder:
        return ModelError(f"{folder / name} is missing or broken ({problem}); make the folder anew: {fit}, or leave out --weights")
    return ModelError(f"models/weights/{name} is missing or broken ({problem}); reinstall lexfloor, or fit it: {fit}")


def weights_in(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Return what a weight file holds: one of a folder, or without that the shipped one.

    Raises:
        ModelError: it is missing, no JSON, or no object.
    """
    return _content(folder / name, folder) if folder else _shipped(name)


@cache
def _shipped(name: str) -> dict[str, Any]:
    return _content(shipped_weights() / name, None)


def shipped_weights() -> Traversable:
    """Return the folder of the shipped weight files."""
    return files("lexfloor.models") / "weights"


def _content(file: Traversable, folder: Path | None) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken(file.name, error, folder) from error
    if not isinstance(content, dict):
        raise broken(file.name, "it holds no object", folder)
    return content
