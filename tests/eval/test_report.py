from __future__ import annotations

import re

import pytest
from lxml import html
from markdown_it import MarkdownIt

from lexfloor.eval.compare import compare
from lexfloor.eval.report import comparison_markdown, comparison_page, markdown, page, write_comparison, write_report

HOSTILE = "<img src=x onerror=alert(1)>|*[a](b)*"


@pytest.fixture(scope="module")
def run(run_of, rows_of):
    return run_of(rows_of())


@pytest.fixture(scope="module")
def comparison(run_of, rows_of):
    return compare(run_of(rows_of(right=0.9)), run_of(rows_of(right=0.6, seed=2)))


@pytest.fixture(scope="module")
def shown(run):
    """Return the page of the run."""
    return page(run)


@pytest.fixture(scope="module")
def compared(comparison):
    """Return the page of the comparison."""
    return comparison_page(comparison)


def tables_in(text):
    """Return the tables of a page by caption: rows of cells, heads first."""
    return {table.findtext("caption"): [[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")] for table in html.fromstring(text).iter("table")}


def titles_in(text):
    return re.findall(r"<title id=[^>]*>([^<]*)</title>", text)


def test_the_page_asks_for_nothing_from_elsewhere(shown, compared):
    for text in (shown, compared):
        without_names = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"https?:|<script|<link|<img|<iframe|<object|@import|url\(|\bon[a-z]+=", without_names)
        assert all(link.startswith("#") for link in re.findall(r'(?:href|src)="([^"]*)"', without_names))


def test_the_files_written_are_the_same_bytes_every_time(run, comparison, shown, compared, tmp_path):
    paths = [*write_report(run, tmp_path), *write_comparison(comparison, tmp_path)]
    assert [path.name for path in paths] == ["report.md", "report.html", "compare.md", "compare.html"]
    assert [path.read_bytes().decode() for path in paths] == [markdown(run), shown, comparison_markdown(comparison), compared]


def test_every_head_has_a_scope_every_name_is_there_once_and_every_link_leads_somewhere(shown, compared):
    for text in (shown, compared):
        tree = html.fromstring(text)
        assert all(head.get("scope") in ("row", "col") for head in tree.iter("th"))
        names = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(names) == len(set(names))
        assert {link.get("href")[1:] for link in tree.iter("a")} <= set(names)


def test_every_plot_has_a_title_and_a_description(shown):
    tree = html.fromstring(shown)
    plots = list(tree.iter("svg"))
    assert titles_in(shown) == [
        "Confusion of labels",
        "Reliability diagram",
        "Risk-coverage curve",
        "Share found by number of places",
        "verdict/agreement, confidence/calibration error, abstention/for review by country",
        "verdict/agreement, confidence/calibration error, abstention/for review by part",
    ]
    for plot in plots:
        title, description = (tree.get_element_by_id(name) for name in plot.get("aria-labelledby").split())
        assert title.text
        assert len(description.text) > 20


def test_only_what_the_rows_have_columns_for_is_drawn(run_of, rows_of):
    rows = [{name: value for name, value in row.items() if name not in ("said", "rank", "country", "part")} for row in rows_of()]
    text = page(run_of(rows, card={"strata": {}, "answers": {}}, measures=()))
    assert titles_in(text) == ["Reliability diagram", "Risk-coverage curve"]


def test_a_measure_that_is_the_same_everywhere_is_told_and_not_drawn(run_of, rows_of):
    run = run_of(rows_of(right=1.0), card={"strata": {"findings": ("part",)}})
    assert not any("verdict/agreement" in title for title in titles_in(page(run)))
    assert "1.000 (1.000 to 1.000)" in markdown(run)
    assert "does not mean certainty" in markdown(run)


def test_where_a_right_answer_differs_from_gold_no_confusion_is_shown(run_of, rows_of):
    edits = [row | {"right": row["gold"] != row["said"]} for row in rows_of()]
    assert "which answers are taken for which" not in markdown(run_of(edits))


def test_labels_cannot_bring_markup_in(run_of, rows_of):
    rows = [row | {"part": HOSTILE if row["part"] == "IX" else row["part"], "gold": HOSTILE if row["gold"] == "partial" else row["gold"]} for row in rows_of()]
    rows = [row | {"right": row["gold"] == row["said"]} for row in rows]
    run = run_of(rows, card={"title": f"Laws {HOSTILE}"})
    other = [row | {"said": HOSTILE} for row in rows]
    comparison = compare(run, run_of([row | {"right": row["gold"] == HOSTILE} for row in other], card={"title": f"Laws {HOSTILE}"}))
    for text in (page(run), comparison_page(comparison)):
        assert not list(html.fromstring(text).iter("img"))
        assert "&lt;img src=x onerror=alert(1)&gt;" in text
    for text in (markdown(run), comparison_markdown(comparison)):
        rendered = html.fromstring(MarkdownIt("commonmark").enable("table").render(text))
        assert not list(rendered.iter("img", "a", "em"))
        assert HOSTILE in rendered.text_content()


def test_markdown_has_the_tables_of_the_page(run, comparison, shown, compared):
    for written, drawn in ((markdown(run), shown), (comparison_markdown(comparison), compared)):
        rendered = html.fromstring(MarkdownIt("commonmark").enable("table").render(written))
        rows = [[[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")] for table in rendered.iter("table")]
        assert rows == list(tables_in(drawn).values())


def test_the_main_score_the_data_and_the_published_figures_are_told(run):
    text = markdown(run)
    score = next(item for item in run.measures if item.measure == "verdict/agreement" and item.stratum == "all")
    assert f"Main score: verdict/agreement {score.value:.3f} (95% interval {score.low:.3f} to {score.high:.3f}), measured on 160 rows." in text
    assert "| gold | two lawyers | CC BY 4.0 | Nobody 2026 | 00000000000000aa | yes |" in text
    assert "| a larger model | 0.800 | not given |" in text
    assert "lexfloor eval invented " in text


def test_data_that_are_not_the_declared_ones_and_a_part_of_the_data_are_told_first(run_of, rows_of):
    other = {"gold": {"path": "g", "revision": "00000000000000bb", "expected": "00000000000000aa"}}
    text = markdown(run_of(rows_of(), stamps={"data": other, "only": ["XAA"]}))
    head = text[: text.index("## ")]
    assert "Data gold are not the ones that the suite declares: revision 00000000000000bb, declared 00000000000000aa." in head
    assert "Only XAA was measured" in head
    assert "--only XAA" in text


def test_the_confusion_counts_every_judged_row(run, shown):
    rows = tables_in(shown)["Rows: what people judged; columns: what the system said"]
    assert rows[0] == ["people judged", "Compliant", "Partial", "Needs data", "Not addressed", "all", "of these right"]
    counts = [[int(cell) for cell in row[1:-1]] for row in rows[1:]]
    right = sum(row["right"] for row in run.tables["findings"])
    assert counts[-1][-1] == 160
    assert sum(counts[place][place] for place in range(4)) == right
    assert [sum(column) for column in zip(*counts[:-1], strict=True)] == counts[-1]


def test_of_many_labels_the_most_frequent_errors_are_listed(run_of, rows_of):
    rows = [row | {"gold": f"class {number % 40}", "said": "class 0", "right": number % 40 == 0} for number, row in enumerate(rows_of())]
    text = page(run_of(rows))
    assert "Confusion of labels" not in titles_in(text)
    assert tables_in(text)["The 20 most frequent errors"][1] == ["class 1", "class 0", "4"]


def test_small_strata_are_marked_and_strata_keep_the_order_of_the_data(shown):
    rows = tables_in(shown)
    assert [row[0] for row in rows["By part"][1:]] == ["II", "III", "IX"]
    assert {row[1] for row in rows["By country"][1:]} == {"20 †"}
    assert not any("†" in row[1] for row in rows["By part"][1:])


def test_a_comparison_says_what_is_worse_and_lists_the_changed_answers(comparison, compared):
    assert "Worse beyond chance over all: verdict/agreement" in comparison_markdown(comparison)
    assert titles_in(compared)[0] == "Differences over all"
    changed = tables_in(compared)["Changed answers"]
    assert changed[0] == ["item", "people judged", "first run", "second run", "so it"]
    assert len(changed) - 1 == len(comparison.changed)
    assert changed[1][-1] == "became wrong"
