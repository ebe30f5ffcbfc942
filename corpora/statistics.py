"""National statistics that a user supplies: wages and family allowances against which benefits are measured.

No statistics are shipped. A table is CSV (with a header) or TOML (``[[statistic]]``), one row a figure:

    country,figure,value,currency,period,year,source
    XVA,skilled_wage,2400,EUR,month,2024,Statistical office: wages by occupation
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.pipeline.errors import DataFileError

StatisticName = Literal["skilled_wage", "labourer_wage", "average_earnings", "average_wage", "minimum_wage", "family_allowance"]
Period = Literal["day", "week", "month", "year"]
FIGURES: dict[StatisticName, str] = {
    "skilled_wage": "wage of a skilled manual male employee (art. 65(6))",
    "labourer_wage": "wage of an ordinary adult male labourer (art. 66(4))",
    "average_earnings": "average earnings of all persons protected (art. 65(6)(d))",
    "average_wage": "average wage as the national law means it",
    "minimum_wage": "minimum wage as the national law means it",
    "family_allowance": "family allowances for two children, paid to a person at work and during the contingency alike (art. 65(1), 66(1))",
}
"""What each figure is. Source: C102, art. 65 and 66."""


class Statistic(BaseModel):
    """A wage or allowance of a country in one year: gross, in a currency, for a day, a week, a month or a year."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    country: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 3166-1 alpha-3 code.")
    figure: StatisticName
    value: float = Field(ge=0, allow_inf_nan=False)
    currency: str = Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code.")
    period: Period
    year: int = Field(ge=1900, le=2100)
    source: Annotated[str, Field(min_length=2)]


def read_statistics(path: Path) -> tuple[Statistic, ...]:
    """Return the figures of a user's table, in the order of the file.

    Raises:
        DataFileError: the file cannot be read, a column is missing or unknown, a value is not what the column takes, a wage is
            zero, or one figure stands twice for one country, currency and year; names the row.
    """
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(name, "", f"cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise DataFileError(name, "", "not UTF-8: save the file in that encoding") from error
    rows = _toml_rows(text, name) if path.suffix.lower() == ".toml" else _csv_rows(text, name)
    read: list[Statistic] = []
    seen: dict[tuple[str, str, str, int], str] = {}
    for line, where, row in rows:
        try:
            statistic = Statistic.model_validate(row)
        except ValidationError as error:
            fault = DataFileError.of_validation(name, where, error)
            raise DataFileError(name, where, fault.problem, line) from error
        if statistic.value == 0 and statistic.figure != "family_allowance":
            raise DataFileError(name, where, "field value: a wage is more than 0; leave the row out where it is not known", line)
        key = (statistic.country, statistic.figure, statistic.currency, statistic.year)
        if key in seen:
            raise DataFileError(name, where, f"{statistic.figure} of {statistic.country} in {statistic.currency} for {statistic.year} stands twice ({seen[key]}); keep one", line)
        seen[key] = f"first at line {line}" if line else f"first in {where}"
        read.append(statistic)
    return tuple(read)


def candidates(statistics: Sequence[Statistic], figure: StatisticName, currency: str = "") -> tuple[Statistic, ...]:
    """Return the rows of a figure, in a currency where one is named, the latest year first."""
    fitting = [statistic for statistic in statistics if statistic.figure == figure and currency in ("", statistic.currency)]
    return tuple(sorted(fitting, key=_year, reverse=True))


def _year(statistic: Statistic) -> int:
    return statistic.year


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Yield each row with its line; a cell that is empty counts as not given."""
    reader = csv.DictReader(io.StringIO(text), strict=True, delimiter=";" if ";" in text.partition("\n")[0] else ",")
    wanted = set(Statistic.model_fields)
    columns = {column.strip() for column in reader.fieldnames or ()}
    if columns != wanted:
        lacking, strange = sorted(wanted - columns), sorted(columns - wanted)
        told = [f"missing: {', '.join(lacking)}"] * bool(lacking) + [f"unknown: {', '.join(strange)}"] * bool(strange)
        raise DataFileError(name, "", f"columns {'; '.join(told)}; the header is {','.join(Statistic.model_fields)}", 1)
    try:
        for row in reader:
            if None in row:
                raise DataFileError(name, "", "more cells than columns; quote a cell that holds the separator", reader.line_num)
            yield reader.line_num, "", {key.strip(): value.strip() for key, value in row.items() if value and value.strip()}
    except csv.Error as error:
        raise DataFileError(name, "", f"not valid CSV: {error}", reader.line_num) from error


def _toml_rows(text: str, name: str) -> Iterator[tuple[int, str, dict[str, object]]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error
    rows = content.pop("statistic", None)
    if content or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DataFileError(name, "", "a table of statistics is a list of [[statistic]] entries and nothing else")
    for number, row in enumerate(rows, 1):
        yield 0, f"statistic {number}", row
