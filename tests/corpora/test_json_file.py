"""Faults of a JSON file are told with the line on which they stand."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.corpora.json_file import JsonFile
from lexfloor.pipeline.errors import DataFileError

TEXT = st.text(st.sampled_from('ab "\\{}[]:,\n\té段'), max_size=5)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def places(value, above=()):
    yield above
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield from places(inner, (*above, key))


@given(st.data(), VALUES, st.sampled_from([None, 0, 1, "\t"]))
def test_the_line_of_every_value_is_found(data, value, indent):
    place = data.draw(st.sampled_from(list(places(value))))
    marked = json.loads(json.dumps(value))
    if place:
        around = marked
        for key in place[:-1]:
            around = around[key]
        around[place[-1]] = "HERE"
    else:
        marked = "HERE"
    text = json.dumps(marked, indent=indent)
    line = JsonFile("file", text, json.loads(text)).error([(place, "wrong")]).line
    assert '"HERE"' in text.split("\n")[line - 1]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (b'{"a": 1,\n "b": 2,}', 2, "not valid JSON"),
        (b'{"a":\n [1, 2}', 2, "not valid JSON"),
        (b"", 1, "not valid JSON"),
        (b"[" * 100_000, 1, "not valid JSON"),
        (b'{\n"a": NaN}', 2, "not valid JSON"),
        (b'{\n"a":' + b"9" * 5000 + b"}", 2, "not valid JSON"),
        (b'{"a": "\\ud800"}', 1, "not valid JSON"),
        (b'{"a": 1,\n"b": "\xff"}', 2, "UTF-8"),
        (b'{"a": {"b": 1,\n"c": 2,\n"b": 3}}', 3, "the key 'b' stands twice"),
        (b'{"a": [{"b": 1,\n"b": 2}],\n"a": 3}', 2, "the key 'b' stands twice; keep one; line 3: the key 'a' stands twice"),
    ],
)
def test_a_file_that_is_no_json_is_refused_by_its_line(tmp_path, content, line, said):
    path = tmp_path / "gold.json"
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=said) as refused:
        JsonFile.read(path)
    assert refused.value.line == line
    assert str(refused.value).startswith(f"{path}, line {line}")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataFileError, match=r"none\.json: cannot be read"):
        JsonFile.read(tmp_path / "none.json")


def test_keys_of_one_name_in_different_objects_are_no_fault(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text('[{"a": {"a": 1}}, {"a": []}]', encoding="utf-8")
    assert JsonFile.read(path).content == [{"a": {"a": 1}}, {"a": []}]
