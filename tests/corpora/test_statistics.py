"""A user's table of wages is read as it stands, and its faults are told with their place."""

from pathlib import Path

import pytest

from lexfloor.corpora.statistics import FIGURES, Statistic, candidates, read_statistics
from lexfloor.pipeline.errors import DataFileError

HEADER = "country,figure,value,currency,period,year,source\n"
ROW = "XVA,skilled_wage,2400,EUR,month,2024,Wage survey\n"


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "wages.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_and_toml_say_the_same(tmp_path: Path) -> None:
    toml = tmp_path / "wages.toml"
    toml.write_text(
        '[[statistic]]\ncountry = "XVA"\nfigure = "skilled_wage"\nvalue = 2400\ncurrency = "EUR"\nperiod = "month"\nyear = 2024\nsource = "Wage survey"\n', encoding="utf-8"
    )
    expected = (Statistic(country="XVA", figure="skilled_wage", value=2400, currency="EUR", period="month", year=2024, source="Wage survey"),)
    assert read_statistics(toml) == read_statistics(csv_file(tmp_path, HEADER + ROW)) == expected


def test_spreadsheets_may_write_semicolons_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "wages.csv"
    path.write_text((HEADER + ROW).replace(",", ";"), encoding="utf-8-sig")
    assert read_statistics(path)[0].value == 2400


def test_every_figure_is_explained_and_accepted(tmp_path: Path) -> None:
    rows = "".join(f"XVA,{figure},100,EUR,month,2024,Survey\n" for figure in FIGURES)
    assert [row.figure for row in read_statistics(csv_file(tmp_path, HEADER + rows))] == list(FIGURES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEADER.replace(",year", "") + ROW, "missing: year"),
        (HEADER + ROW.replace("2400", "much"), r"line 2.*value"),
        (HEADER + ROW.replace("EUR", "euros"), r"line 2.*currency"),
        (HEADER + ROW.replace("skilled_wage", "wage"), r"line 2.*figure"),
        (HEADER + ROW.replace("month", "fortnight"), r"line 2.*period"),
        (HEADER + ROW.replace("2400", "0"), r"line 2.*more than 0"),
        (HEADER + ROW.replace("2400", "-1"), r"line 2.*value"),
        (HEADER + ROW.replace("2400", "nan"), r"line 2.*value"),
        (HEADER + ROW.replace("2400", "2,400"), "more cells than columns"),
        (HEADER + ROW.replace(",Wage survey", ","), r"line 2.*source"),
        (HEADER + ROW + ROW, r"line 3.*stands twice \(first at line 2\)"),
        ("", "missing"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DataFileError, match=told):
        read_statistics(csv_file(tmp_path, text))


@pytest.mark.parametrize(("text", "told"), [("[[statistic]]\ncountry = 1", r"statistic 1.*country"), ("wage = 3", "list of"), ("[[", "not valid TOML")])
def test_faults_of_toml_are_told_with_their_entry(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "wages.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=told):
        read_statistics(path)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="cannot be read"):
        read_statistics(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes(b"\xe9\xff")
    with pytest.raises(DataFileError, match="not UTF-8"):
        read_statistics(tmp_path / "latin.csv")


def test_the_latest_year_comes_first_and_currencies_do_not_mix(tmp_path: Path) -> None:
    rows = read_statistics(csv_file(tmp_path, HEADER + ROW.replace("2024", "2019") + ROW + ROW.replace("EUR", "USD").replace("2024", "2025")))
    assert [row.year for row in candidates(rows, "skilled_wage", "EUR")] == [2024, 2019]
    assert [row.year for row in candidates(rows, "skilled_wage")] == [2025, 2024, 2019]
    assert candidates(rows, "labourer_wage") == ()
