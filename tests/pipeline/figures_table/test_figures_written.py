"""A user gets the figures of invented laws as a table, in every form, and no law can run anything in a spreadsheet."""

import csv
import io
import json
import zipfile
from dataclasses import fields

import pyarrow.parquet as pq
import pytest
from lxml import etree

from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.figures_table import FORMS, CountryFigures, FigureRow, Wanted, destination, figures, print_figures, printed_figures, write_figures
from lexfloor.pipeline.figures_table.comparison import compared
from lexfloor.pipeline.figures_table.flat import COLUMNS
from lexfloor.pipeline.figures_table.rows import quote_around
from lexfloor.pipeline.figures_table.told import case_words, each_once, figure_words, place_words
from lexfloor.pipeline.figures_table.wanted import BRANCHES, KINDS
from lexfloor.pipeline.records import Failure, Span
from lexfloor.pipeline.stages.extract import kinds as extracted

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = ('=HYPERLINK("http://example.org","14 weeks")', "+14 weeks", "-14 weeks", "@14 weeks", "\t14 weeks", "<b>14 weeks</b> &", "bell\x07 \x1b[31m 14 weeks", "14 weeks")


def made(**changes):
    """Return a row of an invented law."""
    usual = {
        "country": "XAA",
        "contingency": "maternity",
        "kind": "maximum_duration",
        "value": 14.0,
        "high": None,
        "unit": "weeks",
        "own_unit": "weeks",
        "comparator": "at_least",
        "qualifier": "",
        "base": "",
        "modality": "shall",
        "confidence": 0.8,
        "printed": "14 weeks",
        "act": "Invented Act",
        "file": "act.txt",
        "section": "3",
        "heading": "Benefit",
        "provision": "sec_3",
        "provision_kind": "operative",
        "status": "in_force",
        "page": None,
        "quote": "for 14 weeks at least",
        "start": 40,
        "end": 48,
        "text_state": "unknown",
        "text_date": "",
        "language": "en",
        "place": 4,
        "weight": 0.8,
    }
    return FigureRow(**(usual | changes))


def country(*rows, code="XAA"):
    return CountryFigures(code, tuple(rows), 1, len(rows), ())


def nasty():
    rows = [
        made(act=words, file=words, section=words, heading=words, quote=words, printed=words, place=0, own_unit=words, qualifier=words, provision=str(number))
        for number, words in enumerate(NASTY)
    ]
    return country(*rows), country(*rows, code="=XBB")


def written(countries, form, path):
    list(write_figures(iter(countries), form, path))
    return path


def xml(path, name):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def strings(path):
    """Return the texts of all cells of a workbook, sheet by sheet."""
    shared = ["".join(item.itertext()) for item in xml(path, "xl/sharedStrings.xml")]
    with zipfile.ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    sheets = [sheet.get("name") for sheet in xml(path, "xl/workbook.xml").iter(f"{SHEET}sheet")]
    found = {}
    for title, name in zip(sheets, names, strict=True):
        found[title] = [shared[int(cell.findtext(f"{SHEET}v"))] for cell in xml(path, name).iter(f"{SHEET}c") if cell.get("t") == "s"]
    return found


@pytest.fixture
def found(config, standard, write_country, maternity_act):
    """Return the figures of an invented country with one broken file."""
    folder = write_country("XAA", {"act.txt": maternity_act, "broken.pdf": b"%PDF-1.4 nothing"})
    (only,) = figures([folder], config.ingest, standard, Wanted())
    return only


def test_figures_of_a_law_say_where_they_stand(found, maternity_act):
    """Each figure comes with its section, act, quote and its exact place in the file; a broken file is told."""
    (weeks,) = [row for row in found.rows if row.contingency == "maternity" and row.kind == "maximum_duration"]
    assert (weeks.value, weeks.unit, weeks.section, weeks.act, weeks.file) == (14, "weeks", "Section 3", "MATERNITY AND SICKNESS ACT", "act.txt")
    assert weeks.printed == "fourteen weeks"
    assert "is entitled to maternity benefit" in weeks.quote
    for row in found.rows:
        assert " ".join(maternity_act[row.start : row.end].split()) == row.printed
        assert row.quote[row.place :].startswith(row.printed)
    assert [failure.file for failure in found.failures] == ["broken.pdf"]
    assert found.laws == 1


def test_figures_come_by_contingency_and_kind(found):
    """Rows stand in the order of the Convention's Parts."""
    order = [row.contingency for row in found.rows]
    assert order == sorted(order, key=lambda name: list(BRANCHES).index(name or "none"))


def test_filters_take_what_is_asked_for(config, standard, write_country, maternity_act):
    """Kinds, contingencies and confidence narrow the table; names are taken as people write them."""
    folder = write_country("XAA", {"act.txt": maternity_act})

    def rows(**asked):
        return [row for item in figures([folder], config.ingest, standard, Wanted.of(**({"kinds": (), "contingencies": ()} | asked))) for row in item.rows]

    everything = rows()
    assert {row.kind for row in rows(kinds=["Waiting-Period", "maximum duration"])} == {"waiting_period", "maximum_duration"}
    assert {row.contingency for row in rows(contingencies=["Maternity"])} == {"maternity"}
    assert all(not row.contingency for row in rows(contingencies=["none"]))
    middle = sorted(row.confidence for row in everything)[len(everything) // 2]
    assert 0 < len(rows(least_confidence=middle)) < len(everything) or len({row.confidence for row in everything}) == 1


@pytest.mark.parametrize(("kinds", "contingencies", "words"), [(["rates"], [], "replacement_rate"), ([], ["pregnancy"], "maternity, invalidity")])
def test_unknown_names_are_told_with_those_there_are(kinds, contingencies, words):
    """A user who asks for what is not there learns what there is."""
    with pytest.raises(InputError, match=words):
        Wanted.of(kinds, contingencies)


def test_every_kind_has_a_name():
    """Whatever the extractor reads can be asked for, and is shown under a name."""
    read = {kind for kinds in extracted.KINDS.values() for kind in kinds} | {f"contribution_rate_{payer}" for payer in ("employee", "employer", "state")}
    assert read == set(KINDS)


def test_csv_reads_back(tmp_path):
    """The CSV has a byte order mark, a header, one row a figure, and no cell that begins like a formula."""
    data = written(nasty(), "csv", tmp_path / "f.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 2 * len(NASTY)
    assert list(rows[0]) == list(COLUMNS)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert (rows[0]["value"], rows[0]["high"], rows[0]["quote"]) == ("14", "", f"'{NASTY[0]}")


def test_json_lines_read_back(tmp_path):
    """Each line is a figure as it is, numbers as numbers."""
    lines = written([country(made(high=16.5, page=2))], "jsonl", tmp_path / "f.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0]) == {name: getattr(made(high=16.5, page=2), name) for name in COLUMNS}
    assert set(COLUMNS) == {field.name for field in fields(FigureRow)} - {"place", "weight"}


def test_parquet_reads_back(tmp_path):
    """Columns keep their types; what is not there is null; a country without figures is no fault."""
    table = pq.read_table(written([country(made(), made(page=3, high=20.0)), country(code="XBB")], "parquet", tmp_path / "f.parquet"))
    assert table.column_names == list(COLUMNS)
    assert table.column("high").to_pylist() == [None, 20.0]
    assert table.column("page").to_pylist() == [None, 3]
    assert table.column("quote").to_pylist() == ["for 14 weeks at least"] * 2


def test_workbook_holds_no_formula(tmp_path):
    """Words of a law that look like a formula or a link are text in cells and notes, and all of it is valid XML."""
    path = written(nasty(), "xlsx", tmp_path / "f.xlsx")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                tree = etree.fromstring(archive.read(name))
                assert not list(tree.iter(f"{SHEET}f", f"{SHEET}hyperlink"))
    cells = [cell for sheet in strings(path).values() for cell in sheet]
    assert not [cell for cell in cells if cell.startswith(("=", "+1", "-", "@", "\t"))]
    assert f"'{NASTY[0]}" in cells


def test_workbook_puts_countries_side_by_side(tmp_path):
    """A comparison first, a sheet a country, then how to read it; heads frozen, columns to filter, rows to print."""
    path = written([country(made()), country(made(country="XBB", value=98.0, unit="days"), code="XBB")], "xlsx", tmp_path / "f.xlsx")
    sheets = strings(path)
    assert list(sheets) == ["Comparison", "XAA", "XBB", "About"]
    assert [cell.split("\n")[0] for cell in sheets["Comparison"] if "weeks" in cell or "days" in cell] == ["at least 14 weeks", "at least 98 days"]
    assert "for 14 weeks at least" in sheets["XAA"]
    for number in (1, 2, 3):
        tree = xml(path, f"xl/worksheets/sheet{number}.xml")
        assert tree.find(f".//{SHEET}pane").get("state") == "frozen"
        assert tree.find(f"{SHEET}autoFilter") is not None
        assert tree.find(f"{SHEET}pageSetup").get("orientation") == "landscape"
    numbers = [cell.findtext(f"{SHEET}v") for cell in xml(path, "xl/worksheets/sheet2.xml").iter(f"{SHEET}c") if cell.get("t") is None and cell.find(f"{SHEET}v") is not None]
    assert "14" in numbers  # a number that can be sorted and summed


def test_same_figures_same_bytes(tmp_path):
    """Writing twice gives the same bytes, in every form."""
    for form in FORMS:
        first, second = (written(nasty(), form, tmp_path / run / f"f.{form}").read_bytes() for run in ("one", "two"))
        assert first == second, form


@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_written_whole_or_not_at_all(tmp_path, form):
    """Where reading breaks off, the table of the last time stays."""
    path = tmp_path / f"f.{form}"
    path.write_text("of yesterday", encoding="utf-8")

    def broken():
        yield country(made())
        raise OSError("the disk was pulled")

    with pytest.raises(OSError, match="pulled"):
        list(write_figures(broken(), form, path))
    assert path.read_text(encoding="utf-8") == "of yesterday"
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("form", FORMS)
def test_no_figures_make_an_empty_table(tmp_path, form):
    """A country without figures is written all the same."""
    assert written([country()], form, tmp_path / f"f.{form}").is_file()


@pytest.mark.parametrize(
    ("out", "form", "expected"),
    [
        (None, None, ("table", None)),
        (None, "csv", ("csv", None)),
        ("f.xlsx", None, ("xlsx", "f.xlsx")),
        ("F.CSV", "csv", ("csv", "F.CSV")),
        ("new/folder", "parquet", ("parquet", "new/folder/figures.parquet")),
    ],
)
def test_destinations(tmp_path, out, form, expected):
    """The ending tells the form; a folder gets a file named figures."""
    form, path = destination(tmp_path / out if out else None, form)
    assert (form, path and path.relative_to(tmp_path).as_posix()) == expected


@pytest.mark.parametrize(
    ("out", "form", "words"), [(None, "xlsx", "--out figures.xlsx"), ("f.csv", "xlsx", "leave one out"), ("f.txt", None, ".parquet"), ("f", "table", "terminal")]
)
def test_wrong_destinations(tmp_path, out, form, words):
    """What cannot be written is told with what can."""
    with pytest.raises(InputError, match=words):
        destination(tmp_path / out if out else None, form)


def test_comparison_shows_the_general_scheme_first(tmp_path):
    """Equal figures are one, with all their sections; a special case comes after what holds in general, and is kept."""
    rows = (
        made(provision="sec_3"),
        made(provision="sec_9", section="9"),
        made(value=20.0, qualifier="multiple birth", weight=0.4),
        made(kind="replacement_rate", value=60.0, high=80.0, unit="percent"),
    )
    duration, rate = compared([country(*rows)])
    assert [told.figure for told in duration.told["XAA"]] == ["at least 14 weeks", "at least 20 weeks"]
    assert duration.told["XAA"][0].places == ("section 3 · Invented Act", "section 9 · Invented Act")
    assert duration.told["XAA"][1].line == "at least 20 weeks (multiple birth): section 3 · Invented Act"
    assert (rate.kind, rate.told["XAA"][0].figure) == ("replacement_rate", "at least 60 to 80%")


def test_order_of_figures_of_one_kind(config, standard, write_country, maternity_act):
    """A transitional provision's figure comes after the operative one."""
    act = maternity_act + "\nPART III\nTRANSITIONAL PROVISIONS\n\nSection 6. Transitional provisions\n\nA woman is entitled to maternity benefit for a period of ten weeks.\n"
    (only,) = figures([write_country("XAA", {"act.txt": act})], config.ingest, standard, Wanted.of(["maximum_duration"], ["maternity"]))
    assert [row.value for row in only.rows] == [14, 10]


def test_a_figure_is_told_in_words():
    """Range, comparator, case, base, page and section read like a report."""
    row = made(value=60.0, high=80.0, unit="percent", comparator="exactly", qualifier="women, early", base="previous_earnings", page=12)
    assert (figure_words(row), case_words(row), place_words(row)) == ("60 to 80%", "women, early; of previous earnings", "section 3, page 12 · Invented Act")
    assert place_words(made(section="§ 4", act="")) == "§ 4 · act.txt"
    assert len(each_once([row, made(), made(start=90), made(provision="sec_4")])) == 3


@pytest.mark.parametrize("limit", [10, 20, 60, 400])
def test_quotes_hold_their_figure(limit):
    """However long the clause, the quote holds the figure, at the place told."""
    text = "The benefit that is due\n  under this  invented clause is paid  for fourteen\n weeks in all cases, and never for longer than the Minister says."
    start = text.index("fourteen")
    quote, place = quote_around(text, Span(0, len(text)), Span(start, start + 15), limit)
    assert quote[place:].startswith("fourteen weeks")
    assert len(quote) <= max(limit, 15) + 8


def test_terminal_shows_a_table(capsys, monkeypatch):
    """The table fits the terminal, groups by contingency, and passes on no character that steers it."""
    monkeypatch.setenv("COLUMNS", "100")
    print_figures(country(made(quote="\x1b[31mfor\x1b[0m 14 weeks [bold]at least", place=13), made(contingency="", kind="other_kind")))
    shown = capsys.readouterr().out
    assert "XAA · Maternity" in shown
    assert "No contingency named" in shown
    assert "14 weeks" in shown
    assert "[bold]" in shown
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_printed_forms():
    """CSV and JSON lines can be piped into other programs, with one header."""
    assert printed_figures(country(made()), "csv", header=True).startswith("country,contingency,kind,value")
    assert printed_figures(country(made()), "csv", header=False).startswith("XAA,maternity,")
    assert json.loads(printed_figures(country(made()), "jsonl", header=False))["kind"] == "maximum_duration"


def test_failures_are_kept():
    """A file whose figures could not be read does not end the others."""
    assert CountryFigures("XAA", (), 0, 0, (Failure("extract", "XAA", "a.txt", "internal", "went wrong"),)).failures[0].file == "a.txt"
