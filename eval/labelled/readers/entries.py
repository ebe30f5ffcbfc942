"""Lists of entries in JSON files, checked one by one, so that a fault is told with its file and its entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lexfloor.pipeline.errors import DataFileError

Record = TypeVar("Record")


def json_of(path: Path) -> Any:
    """Return what a JSON file holds.

    Raises:
        DataFileError: the file is not there, is not UTF-8 or is no JSON; names the line of the fault.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DataFileError(str(path), "", f"cannot be read ({error.strerror}); give the path of the file as it was published") from error
    except UnicodeDecodeError as error:
        raise DataFileError(str(path), "", f"not UTF-8 (byte {error.start}); fetch the file again") from error
    except json.JSONDecodeError as error:
        raise DataFileError(str(path), f"line {error.lineno}", f"not valid JSON: {error.msg}; fetch the file again") from error


def checked(record: type[Record], content: Any, path: Path, entry: str) -> Record:
    """Return one entry of a file as a record; keys that the record does not name are left aside.

    Raises:
        DataFileError: a field is missing or of another kind than the record's; names file, entry and field.
    """
    return _checked(TypeAdapter(record), content, path, entry)


def entries(record: type[Record], content: Any, path: Path, named_by: str) -> tuple[Record, ...]:
    """Return the entries of a JSON list as records; a fault names the entry by its field ``named_by`` and its place from 1.

    Raises:
        DataFileError: the content is no list, or an entry is not as the record has it.
    """
    if not isinstance(content, list):
        raise DataFileError(str(path), "", f"a list of entries is expected, this is {type(content).__name__}; is it the file meant?")
    adapter = TypeAdapter(record)
    return tuple(_checked(adapter, item, path, _name(item, number, named_by)) for number, item in enumerate(content, 1))


def _checked(adapter: TypeAdapter[Record], content: Any, path: Path, entry: str) -> Record:
    try:
        return adapter.validate_python(content)
    except ValidationError as error:
        raise DataFileError.of_validation(str(path), entry, error) from error


def _name(item: Any, number: int, named_by: str) -> str:
    name = item.get(named_by, "") if isinstance(item, Mapping) else ""
    return f"entry {number} ({name})" if name != "" else f"entry {number}"
