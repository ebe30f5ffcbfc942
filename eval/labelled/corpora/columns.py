"""Typed rows: the columns of a table are the fields of a frozen dataclass, each annotated with a word on what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

_ALIASES = {str: "string", int: "int64", float: "float64", bool: "bool"}


def schema_of(record: type[Any]) -> pa.Schema:
    """Return the Arrow schema of a record of str, int, float, bool and tuples of these; ``X | None`` makes a column nullable."""
    import pyarrow as pa

    return pa.schema([_field(name, hint) for name, hint in get_type_hints(record).items()])


def _field(name: str, hint: Any) -> pa.Field:
    import pyarrow as pa

    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return pa.field(name, _type(kinds[0]), nullable=NoneType in kinds)


def _type(kind: Any) -> pa.DataType:
    import pyarrow as pa

    return pa.list_(_type(get_args(kind)[0])) if get_origin(kind) is tuple else pa.type_for_alias(_ALIASES[kind])


def columns_told(record: type[Any]) -> list[tuple[str, str, str]]:
    """Return name, type and description of each column of a record; each field is ``Annotated`` with its description."""
    schema = schema_of(record)
    return [(name, str(schema.field(name).type), _about(hint)) for name, hint in get_type_hints(record, include_extras=True).items()]


def _about(hint: Any) -> str:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{hint}: a column needs a description")
    return str(get_args(hint)[1])


def write_rows(path: Path, record: type[Any], rows: Iterable[Any]) -> int:
    """Write records as a Parquet file and return their number; the same rows give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    listed = list(rows)
    schema = schema_of(record)
    columns = [pa.array([getattr(row, item.name) for row in listed], type=item.type) for item in schema]
    pq.write_table(pa.table(columns, schema=schema), path, compression="zstd")
    return len(listed)
