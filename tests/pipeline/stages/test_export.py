"""Tables that people open hold text, whatever the law says."""

import csv
import io
import zipfile
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from lxml import etree

from lexfloor.pipeline.records import (
    Assessment,
    BenefitLevel,
    Contingency,
    CountryResult,
    Evidence,
    Figure,
    Finding,
    Law,
    Level,
    Method,
    Parameter,
    PartResult,
    Promise,
    Provision,
    ProvisionId,
    ProvisionKind,
    ProvisionStatus,
    Span,
    State,
    Verdict,
)
from lexfloor.pipeline.stages.assess import assess
from lexfloor.pipeline.stages.export import Exporter
from lexfloor.pipeline.stages.export.page import write_page
from lexfloor.pipeline.stages.export.shown import CountryPage, Quoted, figure_text, promise_text
from lexfloor.pipeline.stages.export.tables import finding_record, plain_cell, write_csv
from lexfloor.pipeline.stages.export.workbook import write_workbook

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = ('=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "<script>alert(1)</script>", '"; DROP', "a,b\nc", "{{ 7*7 }}", "bell\x07 and \x0b tab")


def _page(standard, country="XTS", quotes=NASTY, verdict=Verdict.PARTIAL):
    findings, quoted = [], []
    for number, requirement in enumerate(standard.requirements):
        quote = quotes[number % len(quotes)]
        evidence = tuple(Evidence(f"=a{place}.txt", ProvisionId("sec_1"), "=1", 0, 5, quote, 1.0) for place in range(2))
        figure = (Figure("maximum_duration", 26.0, "weeks", "at least", 0),)
        findings.append(
            Finding(
                country,
                standard.id,
                requirement.id,
                requirement.part,
                requirement.article,
                requirement.dimension,
                requirement.contingency,
                verdict,
                0.5,
                True,
                "cues",
                evidence,
                figure,
                quote,
                (quote,),
            )
        )
        quoted.append(tuple(Quoted(quote, quote, quote) for _ in evidence))
    laws = (Law(country, "=a0.txt", "=The <script> Act", "en", "", "text", "0" * 64, "utf-8"),)
    return CountryPage(country, laws, tuple(findings), assess(country, findings, standard), tuple(quoted), 3, 2)


def _xml(path, name):
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(name))


def _sheets(path):
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_plain_cell_disarms(text):
    """What begins like a formula gets an apostrophe."""
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1. A law", "a = b", "§ 3", "(1)", "–"])
def test_plain_cell_leaves_the_rest(text):
    """Ordinary words stay as they are."""
    assert plain_cell(text) == text


def test_csv_holds_no_formula(standard, tmp_path):
    """No cell of the CSV begins like a formula, and every value comes back whole."""
    write_csv(tmp_path / "c.csv", [_page(standard)], standard)
    data = (tmp_path / "c.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 1 + len(standard.requirements)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert rows[1][rows[0].index("quote")] == "'" + NASTY[0]


def test_workbook_holds_no_formula(standard, tmp_path):
    """A quote that is a formula is text in the workbook, no formula, no link, and all of it is valid XML."""
    path = tmp_path / "c.xlsx"
    write_workbook(path, [_page(standard), _page(standard, "=XTS")], standard)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))
    for name in _sheets(path):
        tree = _xml(path, name)
        assert not list(tree.iter(f"{SHEET}f"))
        assert not list(tree.iter(f"{SHEET}hyperlink"))
    strings = ["".join(item.itertext()) for item in _xml(path, "xl/sharedStrings.xml")]
    assert f"'{NASTY[0]}" in strings


def test_workbook_is_made_for_reading(standard, tmp_path):
    """Summary first, a sheet a country, heads frozen, columns that can be filtered."""
    path = tmp_path / "c.xlsx"
    write_workbook(path, [_page(standard, "XAA"), _page(standard, "XBB")], standard)
    names = [sheet.get("name") for sheet in _xml(path, "xl/workbook.xml").iter(f"{SHEET}sheet")]
    assert names[:3] == ["Summary", "XAA", "XBB"]
    for name in _sheets(path)[:3]:
        tree = _xml(path, name)
        assert tree.find(f".//{SHEET}pane").get("state") == "frozen"
        assert tree.find(f"{SHEET}autoFilter") is not None
    country = _xml(path, _sheets(path)[1])
    assert country.find(f"{SHEET}autoFilter").get("ref") == f"A4:N{4 + len(standard.requirements)}"


@pytest.mark.parametrize("name", ["History", "a/b:c*d", "x" * 60, "Summary", "about", "'quoted'", "[x]", "Côte d’Ivoire", "中国", "&", " "])
def test_any_country_name_makes_a_sheet(standard, tmp_path, name):
    """Names that spreadsheets refuse are changed, and two alike are told apart."""
    path = tmp_path / "c.xlsx"
    write_workbook(path, [_page(standard, name), _page(standard, name.upper() + " ")], standard)
    names = [sheet.get("name") for sheet in _xml(path, "xl/workbook.xml").iter(f"{SHEET}sheet")]
    assert len({shown.lower() for shown in names}) == 4
    assert all(0 < len(shown) <= 31 and not set(shown) & set("[]:*?/\\") for shown in names)
    assert "history" not in {shown.lower() for shown in names}  # a name that Excel keeps for itself


def test_html_is_escaped(standard, tmp_path):
    """Markup and template code in a law are shown, not run."""
    write_page(tmp_path / "r.html", [_page(standard, "<b>X</b>")], standard)
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>X</b>" not in text
    assert "{{ 7*7 }}" in text


def test_html_stands_alone(standard, tmp_path):
    """The page fetches nothing."""
    write_page(tmp_path / "r.html", [_page(standard, quotes=("plain",))], standard)
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "http://" not in text.replace("http://www.w3.org", "")
    assert "src=" not in text
    assert "<link" not in text


def test_same_pages_same_bytes(standard, tmp_path):
    """Writing twice gives the same bytes."""
    for name, write in (("c.csv", write_csv), ("c.xlsx", write_workbook), ("r.html", write_page)):
        for folder in ("one", "two"):
            (tmp_path / folder).mkdir(exist_ok=True)
            write(tmp_path / folder / name, [_page(standard)], standard)
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


def test_long_quotes_fit_into_cells(standard, tmp_path):
    """A quote longer than a cell allows is cut with an ellipsis."""
    path = tmp_path / "c.xlsx"
    write_workbook(path, [_page(standard, quotes=("x" * 50_000,))], standard)
    longest = max(("".join(item.itertext()) for item in _xml(path, "xl/sharedStrings.xml")), key=len)
    assert len(longest) <= 32_767
    assert longest.endswith("…")


def test_a_country_without_a_law(standard, tmp_path):
    """A country of which nothing could be read is written all the same."""
    findings = tuple(replace(finding, verdict=Verdict.NOT_ADDRESSED, evidence=(), parameters=()) for finding in _page(standard).findings)
    result = CountryResult("XTS", (), (), (), (), findings, assess("XTS", findings, standard))
    exporter = Exporter(tmp_path, standard)
    exporter.add(result, [])
    exporter.close()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "compliance.csv").read_text(encoding="utf-8-sig"))))
    assert {row["verdict"] for row in rows} == {"not_addressed"}
    assert {row["quote"] for row in rows} == {""}


def test_figures_keep_all_that_is_known_of_them(standard, tmp_path):
    """The table of figures tells range, own unit, case, base and whether the law says shall or may."""
    text = "A widow may receive 60 to 80 per cent of the pension."
    node = Provision(ProvisionId("sec_1"), "XTS", "a.txt", "", Level.SECTION, "1", "1", "", (), ProvisionKind.OPERATIVE, ProvisionStatus.IN_FORCE, Span(0, len(text)), "en", text)
    start = text.index("60")
    figure = Parameter(
        *("XTS", "a.txt", node.id, "1", "replacement_rate_survivors", 60.0, "percent", "exactly", None, Span(start, start + 17), Span(0, len(text)), text, 0.9),
        *(80.0, "per cent", "widow", "reference_pension", "may"),
    )
    law = Law("XTS", "a.txt", "An act", "en", text, "text", "0" * 64, "utf-8")
    findings = tuple(replace(finding, verdict=Verdict.NOT_ADDRESSED, evidence=(), parameters=()) for finding in _page(standard).findings)
    exporter = Exporter(tmp_path, standard)
    exporter.add(CountryResult("XTS", (law,), (node,), (figure,), (), findings, assess("XTS", findings, standard)), [])
    exporter.close()
    (row,) = pq.read_table(tmp_path / "parameters.parquet").to_pylist()
    assert (row["high"], row["own_unit"], row["qualifier"], row["base"], row["modality"]) == (80.0, "per cent", "widow", "reference_pension", "may")
    assert text[row["start"] : row["end"]] == "60 to 80 per cent"


def _with_level(standard, **known):
    page = _page(standard)
    finding = page.findings[0]
    level = BenefitLevel(
        finding.requirement, "III", "16", Contingency.SICKNESS, "man with wife and two children", Method.FLAT_RATE, None, 45.0, None, missing=("wage of a labourer",)
    )
    return replace(page, findings=(replace(finding, levels=(replace(level, **known),)), *page.findings[1:]))


def test_benefit_levels_are_told_everywhere(standard, tmp_path):
    """Rate, floor, whether it is met, the arithmetic and what is missing stand in the finding, the CSV, the workbook and the page."""
    met = _with_level(standard, method=Method.EARNINGS_RELATED, rate=61.90476, met=True, steps=("60% <b>of</b> earnings",), missing=())
    for page, words in ((met, ("61.9%", "45%", "met", "Art. 65")), (_with_level(standard), ("not known", "cannot be told", "wage of a labourer", "Art. 66"))):
        write_workbook(tmp_path / "c.xlsx", [page], standard)
        write_page(tmp_path / "r.html", [page], standard)
        cells = "\n".join("".join(item.itertext()) for item in _xml(tmp_path / "c.xlsx", "xl/sharedStrings.xml"))
        html = (tmp_path / "r.html").read_text(encoding="utf-8")
        assert "Benefit levels" in html
        assert all(word in cells and word in html for word in words)
    write_csv(tmp_path / "c.csv", [met], standard)
    row = next(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8-sig"))))
    assert row["level"] == "man with wife and two children: 61.9%, floor 45%: met"
    (record,) = finding_record(met.findings[0])["levels"]
    assert (record["rate"], record["met"], record["method"], record["steps"]) == (61.9048, True, "earnings_related", ["60% <b>of</b> earnings"])
    write_page(tmp_path / "r.html", [met], standard)
    assert "60% &lt;b&gt;of&lt;/b&gt; earnings" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_an_unsure_finding_below_the_floor_is_shown_as_such(standard, tmp_path):
    """Page, workbook and CSV show a Part that may fall below the floor, why it is for review, and what decided: nothing is called below the floor."""
    page = _page(standard, quotes=("plain",), verdict=Verdict.COMPLIANT)
    unsure = replace(
        page.findings[0], verdict=Verdict.NON_COMPLIANT, decided_by="figure", because=("a figure lies clearly below the floor",), review_because=("confidence under 70%",)
    )
    findings = (unsure, *page.findings[1:])
    page = replace(page, findings=findings, assessment=assess("XTS", findings, standard))
    write_page(tmp_path / "r.html", [page], standard)
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<td class="may_fall_below">' in html
    assert '<td class="non_compliant">' not in html
    assert 'data-state="non_compliant"' not in html
    write_workbook(tmp_path / "c.xlsx", [page], standard)
    cells = ["".join(item.itertext()) for item in _xml(tmp_path / "c.xlsx", "xl/sharedStrings.xml")]
    assert "Below the floor?\n5 / 6" in cells
    assert "review; confidence under 70%" in cells
    told = "a figure of the law, compared with the requirement's own; a figure lies clearly below the floor"
    assert told in cells
    assert "confidence under 70%" in html
    write_csv(tmp_path / "c.csv", [page], standard)
    row = next(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8-sig"))))
    assert (row["verdict"], row["part_state"], row["review_because"]) == ("non_compliant", "may_fall_below", "confidence under 70%")
    assert (row["decided_by"], row["because"]) == ("figure", "a figure lies clearly below the floor")


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (Promise(0.1, 0.7, 0.5, 13, 0.48, 0.06), "at most 10% of all findings are wrong"),
        (Promise(0.01, None, 0.0, 13), "no confidence is high enough"),
        (Promise(0.1, 0.99, 0.0, 13), "0% were left at this confidence (99%)."),
        (Promise(0.1, 0.7, 0.5, 13, 0.48, 0.06, "another standard"), "No rate of error is promised: another standard."),
    ],
)
def test_what_is_promised_in_words(promise, words):
    """The sentence says how many findings are left, what is promised of them, and where it is not."""
    assert words in promise_text(promise, 60)
    assert promise_text(promise, 60).startswith(f"{round(60 * promise.answered)} of 60 findings")


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("waiting_period", 3.0, "days", "exactly", 0), "waiting period: 3 days"),
        (Figure("replacement_rate", 66.6667, "percent", "at least", 0), "replacement rate: at least 66.67%"),
        (Figure("contribution_rate", 9.125, "percent", "at most", 0), "contribution rate: at most 9.125%"),
        (Figure("qualifying_period", 1.0, "years", "exactly", 0), "qualifying period: 1 year"),
        (Figure("minimum_benefit", 1250000.0, "amount_EUR", "at least", 0), "minimum benefit: at least EUR 1,250,000"),
    ],
)
def test_figures_in_one_line(figure, shown):
    """Figures read like words of a report."""
    assert figure_text(figure) == shown


def test_records_refuse_what_they_cannot_show(standard):
    """A finding without evidence, or with a figure that points nowhere, cannot be made."""
    finding = _page(standard).findings[0]
    with pytest.raises(ValueError, match="without evidence"):
        replace(finding, evidence=(), parameters=())
    with pytest.raises(ValueError, match="points at no evidence"):
        replace(finding, parameters=(Figure("a", 1.0, "days", "exactly", 7),))
    with pytest.raises(ValueError, match="not asked for"):
        replace(finding, review=False, review_because=("too little was looked at",))
    with pytest.raises(ValueError, match="no probability"):
        replace(finding, confidence=1.5)
    assert Assessment("X", (PartResult("II", "t", {}, State.PARTIAL, 0),), (), "", (), ()).country == "X"
