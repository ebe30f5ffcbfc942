"""Results on disk: a folder is filled beside its place and put there whole, so that nobody reads half of it."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lexfloor.pipeline.errors import InputError


@contextmanager
def filled_whole(out: Path) -> Iterator[Path]:
    """Give a folder to write into; on success its files replace those of the same name in ``out``, else ``out`` stays as it was.

    Raises:
        InputError: ``out`` cannot be written to.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".writing-", dir=out))
    except OSError as error:
        raise InputError(f"{out}: cannot be written ({error.strerror}); choose another folder with --out") from error
    try:
        yield building
        files = sorted(building.iterdir())
        for file in files:
            if (out / file.name).is_dir():
                raise InputError(f"{out / file.name} is a folder, where a table of that name is to be written; choose another folder with --out")
        for file in files:
            file.replace(out / file.name)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def json_line(record: Mapping[str, Any]) -> str:
    """Return a record as one line of JSON, keys in the record's order, no escapes beyond what JSON needs."""
    return json.dumps(record, ensure_ascii=False, separators=(", ", ": ")) + "\n"


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file for people and programs."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
