"""The edits as stored in corpora/annotations/edits: a file a country, positions and hashes, never the words of a law."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from lexfloor.eval.counterfactual.records import Collection, Edit
from lexfloor.pipeline.errors import DataFileError

SHOWN = "corpora/annotations/edits"


@cache
def load_edits() -> tuple[Edit, ...]:
    """Return all stored edits, by country and id.

    Raises:
        DataFileError: there are none, a file is broken, an edit contradicts itself, or an id stands twice; names file and field.
    """
    folder = files("lexfloor.corpora") / "annotations" / "edits"
    if not folder.is_dir():
        raise DataFileError(SHOWN, "", "this installation holds no edits; install the package with its data, or work in a checkout")
    edits: list[Edit] = []
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".json")):
        edits += read_edits((folder / name).read_text(encoding="utf-8"), f"{SHOWN}/{name}")
    ids = [edit.id for edit in edits]
    if twice := sorted({known for known in ids if ids.count(known) > 1}):
        raise DataFileError(SHOWN, twice[0], "the id stands twice")
    return tuple(edits)


def read_edits(source: str, name: str) -> tuple[Edit, ...]:
    """Return the edits in one file's text; ``name`` is the file named in errors.

    Raises:
        DataFileError: the text is no JSON, or not edits of one country.
    """
    try:
        collection = Collection.model_validate_json(source)
    except ValidationError as error:
        raise DataFileError.of_validation(name, "", error) from error
    if strangers := [edit.id for edit in collection.edits if edit.country != collection.country]:
        raise DataFileError(name, strangers[0], f"edit of another country than {collection.country}")
    return collection.edits


def write_edits(folder: Path, country: str, edits: tuple[Edit, ...]) -> Path:
    """Write the edits of one country, sorted by id, and return the file; the same edits always give the same bytes."""
    content = {"country": country, "edits": [edit.model_dump(mode="json", exclude_none=True) for edit in sorted(edits, key=_by_id)]}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{country}.json"
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _by_id(edit: Edit) -> str:
    return edit.id
