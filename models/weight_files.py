"""Weight files in models/weights/: JSON objects that fitting writes, read once each."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from lexfloor.pipeline.errors import ModelError


def broken(name: str, problem: object, fit: str) -> ModelError:
    """Return the error that a weight file gives cause for; ``fit`` is the command that makes it anew."""
    return ModelError(f"models/weights/{name} is missing or broken ({problem}); reinstall lexfloor, or fit it: {fit}")


@cache
def weights_in(name: str, fit: str) -> dict[str, Any]:
    """Return what a weight file holds.

    Raises:
        ModelError: it is missing, no JSON, or no object.
    """
    try:
        content = json.loads((files("lexfloor.models") / "weights" / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken(name, error, fit) from error
    if not isinstance(content, dict):
        raise broken(name, "it holds no object", fit)
    return content
