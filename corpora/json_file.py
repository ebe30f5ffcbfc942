"""A JSON file that people wrote: checked against a record, its faults told with the line on which they stand."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from lexfloor.pipeline.errors import DataFileError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]
"""The way to a value: keys and positions, ("findings", 30, "evidence", 1)."""
Fault = tuple[Place, str]
"""Where something is wrong, and what."""

SHOWN = 3
"""Faults told in one message."""
_TOKEN = re.compile(r'(?P<mark>[\[\]{}:,])|(?P<string>"(?:[^"\\]+|\\.)*")|[^\s\[\]{}:,"]+', re.DOTALL)
_LINE = re.compile(r"(?P<problem>.*) at line (?P<line>\d+) column (?P<column>\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class JsonFile:
    """A JSON text under the name that its errors give it; ``content`` is what it says."""

    name: str
    text: str
    content: Any

    @classmethod
    def read(cls, path: Path) -> JsonFile:
        """Return the file's content.

        Raises:
            DataFileError: it cannot be read, is not UTF-8, is no JSON, or an object in it has one key twice.
        """
        name = str(path)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise DataFileError(name, "", f"cannot be read ({error.strerror}); check the path") from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise DataFileError(name, "", "not UTF-8: save the file in that encoding", line) from error
        try:
            content = from_json(text, allow_inf_nan=False)
        except ValueError as error:
            told = _LINE.fullmatch(str(error))
            problem = f"{told['problem']} (column {told['column']})" if told else str(error)
            raise DataFileError(name, "", f"not valid JSON: {problem}", int(told["line"]) if told else 0) from error
        file = cls(name, text, content)
        repeated = [(place, f"the key {place[-1]!r} stands twice; keep one") for place, _, again in _values(text) if again]
        if repeated:
            raise file.error(repeated)
        return file

    def record(self, model: type[Model]) -> Model:
        """Return the content as a record.

        Raises:
            DataFileError: a key is missing or unknown, or a value is not what the record takes; names the line.
        """
        try:
            return model.model_validate_json(self.text)
        except ValidationError as error:
            raise self.error([(fault["loc"], _told(fault)) for fault in error.errors(include_url=False)]) from error

    def error(self, faults: Iterable[Fault]) -> DataFileError:
        """Return the error that tells the first faults, in the order of the file."""
        starts: dict[Place, int] = {}
        for place, position, _ in _values(self.text):
            starts[place] = position  # of a key that stands twice the second counts
        line_ends = [found.start() for found in re.finditer("\n", self.text)]
        ordered = sorted((starts[_known(place, starts)], number, _known(place, starts), problem) for number, (place, problem) in enumerate(faults))
        lines = {position: bisect_left(line_ends, position) + 1 for position, *_ in ordered}
        (position, _, place, problem), *others = ordered
        more = [f"{', '.join(filter(None, (f'line {lines[at]}', self.item(where))))}: {also}" for at, _, where, also in others[: SHOWN - 1]]
        if left := len(others) - len(more):
            more.append(f"and {left} more")
        return DataFileError(self.name, self.item(place), "; ".join([problem, *more]), lines[position])

    def item(self, place: Place) -> str:
        """Return a place in words: a finding by its requirement, other members of lists by their number from 1."""
        value, names = self.content, []
        for above, step in zip(("", *place), place, strict=False):
            members = dict(enumerate(value)) if isinstance(value, list) else value if isinstance(value, dict) else {}
            value = members.get(step)  # none where the key stands twice and the other was kept
            if isinstance(step, int):
                told = value.get("requirement") if isinstance(value, dict) else None
                names.append(told if isinstance(told, str) else f"{above} {step + 1}")
        return ", ".join(names)


def _known(place: Place, starts: dict[Place, int]) -> Place:
    """Return the place, or the innermost around it that the file has (of a missing key: the object that lacks it)."""
    while place not in starts:
        place = place[:-1]
    return place


def _values(text: str) -> Iterator[tuple[Place, int, bool]]:
    """Yield the place of each value of a valid JSON text, where it begins (its key, for members of objects), and whether its key stood before."""
    path: list[int | str] = []
    keys: list[set[str] | None] = []  # of the objects and, None, lists around
    at_key = False
    for token in _TOKEN.finditer(text):
        mark, inside = token["mark"], keys[-1] if keys else None
        if mark == ":":
            continue
        if mark == ",":
            if inside is not None:
                at_key = True
            else:
                path[-1] = int(path[-1]) + 1
        elif mark in ("]", "}"):
            path.pop()
            keys.pop()
            at_key = False
        elif at_key and inside is not None:
            key = json.loads(token["string"])
            path[-1], at_key = key, False
            yield tuple(path), token.start(), key in inside
            inside.add(key)
        else:
            if inside is None:
                yield tuple(path), token.start(), False
            if mark:
                path.append("" if mark == "{" else 0)
                keys.append(set() if mark == "{" else None)
                at_key = mark == "{"


def _told(fault: ErrorDetails) -> str:
    """Return a fault of validation in plain words."""
    key = next((step for step in reversed(fault["loc"]) if isinstance(step, str)), "the file:")
    if fault["type"] == "missing":
        return f"the key {key!r} is missing"
    if fault["type"] == "extra_forbidden":
        return f"unknown key {key!r}; check its spelling or remove it"
    given = json.dumps(fault["input"], ensure_ascii=False, default=str)
    given = given if len(given) <= 60 else f"{given[:60]}..."
    if fault["type"] in ("enum", "literal_error"):
        return f"{key} {given} is none of {fault.get('ctx', {})['expected']}"
    return f"{key} {given}: {fault['msg']}"
