"""Pages of invented laws, built the ways in which gazettes and portals build theirs."""

import textwrap
import time

import pytest

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import ProvisionStatus, TextState
from lexfloor.pipeline.stages.ingest.formats import reader_of
from lexfloor.pipeline.stages.ingest.html import read
from lexfloor.pipeline.stages.ingest.source import Source

SENTENCE = "Every insured person who loses the work that was paid is entitled to the allowance from the fourth day."


def law_of(markup, file="act.html"):
    return read(Source(markup if isinstance(markup, bytes) else markup.encode(), "XTS", file))


def lines(body, head=""):
    """Return the lines of the law that a page with this body holds."""
    text = law_of(f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>").text
    return [line for line in text.splitlines() if line]


def words(body):
    return [plain(line).text for line in lines(body)]


def test_pages_are_given_to_this_reader():
    data = b"<!DOCTYPE html><html><body><p>Section 1. Scope</p></body></html>"
    assert reader_of(data, "act.bin")(Source(data, "XTS", "act.bin")).format == "html"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h2>Part I</h2><p>Text</p>", ["## Part I", "Text"]),
        ("<h3>§ 5<br>Scope of the Act</h3>", ["### § 5 Scope of the Act"]),
        ("<div role=heading aria-level=4>Part I</div>", ["#### Part I"]),
        ("<p><b>Section 5</b></p><p>Text <b>in bold</b> here.</p>", ["**Section 5**", "Text in bold here."]),
        ("<p><strong>Section 5<br>Scope</strong><br>Text.</p>", ["**Section 5**", "**Scope**", "Text."]),
        ("<p style='font-weight: bold'>Section 5</p><p>Text.</p><p>More text here.</p>", ["**Section 5**", "Text.", "More text here."]),
        ("<div>One<div>two<div>three</div></div>four</div>", ["One", "two", "three", "four"]),
        ("<p>Text.</p><p>More of it.</p><blockquote><p>Earlier.</p></blockquote>", ["Text.", "More of it.", "> Earlier."]),
        ("<blockquote><p>All of it is indented.</p></blockquote>", ["All of it is indented."]),
        ("<pre>Section 1\n  Text</pre>", ["Section 1", "Text"]),
    ],
)
def test_blocks(body, expected):
    assert lines(body) == expected


INSURED = "Every insured person who loses the work that was paid is entitled to it, unless section 12 or"
FILLED = textwrap.fill(" ".join(f"{INSURED} 1{number}. Part of the Act says otherwise of the Office (a)" for number in range(40)), 70)


def test_lines_that_a_program_filled_to_a_margin_are_one_paragraph():
    assert len(lines(f"<p>Section\n1. Scope</p><p>{FILLED}</p>")) == 2


def test_lines_of_one_block_without_a_margin_are_lines_of_law():
    long = "The Office pays the allowance to every person insured from the fourth day on, and for each week of the year in which that person"
    long += " has no work that is paid, has a child, or is ill."
    paragraph = f"<p>Seafarers Act\nScope of the Act\n1৷ {long}\nRates\n2৷ {long}</p>"
    assert lines(paragraph) == ["Seafarers Act", "Scope of the Act", f"1৷ {long}", "Rates", f"2৷ {long}"]
    assert lines(f"<p>In this Act\n<dfn>Office</dfn>\nmeans what {long}</p>") == [f"In this Act Office means what {long}"]


def test_a_language_that_the_text_is_not_in_does_not_count():
    sentence = "Jeder Versicherte hat vom vierten Tag an Anspruch auf das Tagegeld, wenn er arbeitslos oder krank ist. "
    law = law_of(f"<html><body lang=en-US><p>§ 1</p><p>{sentence * 8}</p></body></html>")
    assert law.language == "de"
    assert law.remarks == ("the file states the language 'en', but the text reads as 'de'",)


def test_signs_of_markdown_in_the_text_stay_signs():
    assert words("<p>a <ins>new</ins> word, 3 &lt; 4 &amp; x*y*z</p><p># of weeks</p>") == ["a new word, 3 < 4 & x*y*z", "# of weeks"]


def test_a_style_sheet_tells_what_is_bold():
    assert lines("<p class=c1>Section 1</p><p>Text of the section.</p>", "<style>p { margin: 0 } .c1, .c2 { font-weight: 700 }</style>")[0] == "**Section 1**"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ol><li>one<li>two</ol>", ["1. one", "2. two"]),
        ("<ol type=a start=3><li>one</li><li value=7>two</li></ol>", ["c) one", "g) two"]),
        ("<ol reversed><li>one<li>two</ol>", ["2. one", "1. two"]),
        ("<ol style='list-style-type: upper-roman'><li>one</ol>", ["I. one"]),
        ("<ol><li><p>One</p><p>goes on</p><li><ol type=a><li>x<li>y</ol></ol>", ["1. One", "goes on", "2. a) x", "b) y"]),
        ("<ol><li>(1) one<li>(2) two</ol>", ["(1) one", "(2) two"]),
        ("<ol type=a><li>a) one<li>b) two</ol>", ["a) one", "b) two"]),
        ("<ol style='list-style: none'><li>one</ol>", ["one"]),
        ("<ol><li></ol><p>the text of the first;</p>", ["1. the text of the first;"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<dl><dt>1.</dt><dd><div>farmers,</div></dd><dt>2.</dt><dd>fishers;</dd></dl>", ["1. farmers,", "2. fishers;"]),
        ("<dl><dt>wage</dt><dd>all that is paid</dd></dl>", ["wage", "all that is paid"]),
        ("<div><span>(a)</span></div><div>the widow;</div>", ["(a) the widow;"]),
    ],
)
def test_lists_print_their_numbers_once(body, expected):
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<p>An insured person is entitled to\nthe allowance under section 5 and under\n§ 7 of the Act, or for the others cf.\n§ 9.</p>",
            ["An insured person is entitled to the allowance under section 5 and under § 7 of the Act, or for the others cf. § 9."],
        ),
        ("<p>(1) The allowance is paid.\n(2) It is not taxed, as stated in\nsection 7.</p>", ["(1) The allowance is paid.", "(2) It is not taxed, as stated in section 7."]),
        ("<p>Section 5\nThe allowance is paid each week.</p>", ["Section 5", "The allowance is paid each week."]),
        ("<p><b>Art. 5</b>\nThe allowance is paid.</p>", ["**Art. 5**", "The allowance is paid."]),
        ("<p>One<br>two<br/>three</p>", ["One", "two", "three"]),
    ],
)
def test_line_breaks_in_the_source_separate_lines_only_where_that_is_plain(body, expected):
    assert lines(body) == expected


RATES = "<thead><tr><th>Weeks</th><th colspan=2>Rate</th></tr></thead><tr><td rowspan=2>1-26</td><td>60 %</td><td>low</td></tr><tr><td>70 %</td><td>high</td></tr>"


def test_tables_of_data_keep_rows_and_spread_their_spans():
    assert lines(f"<table><caption>Rates</caption>{RATES}</table>") == [
        "Rates",
        "| Weeks | Rate | Rate |",
        "| --- | --- | --- |",
        "| 1-26 | 60 % | low |",
        "| 1-26 | 70 % | high |",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<table><tr><td>(a)</td><td>the widow;</td></tr><tr><td>(b)</td><td>the child.</td></tr></table>", ["(a) the widow;", "(b) the child."]),
        (f"<table><tr><td>§ 1</td><td>{SENTENCE}</td></tr></table>", ["§ 1", SENTENCE]),
        ("<table><tr><td>menu</td><td><h2>Part I</h2><p>Text</p></td></tr></table>", ["menu", "## Part I", "Text"]),
        ("<table><tr><td><p>One</p></td></tr><tr><td>two</td></tr></table>", ["One", "two"]),
        ("<table><tr><td>x</td><td><table><tr><td>1</td><td>2</td></tr></table></td></tr></table>", ["x", "| 1 | 2 |"]),
        ("<table role=presentation><tr><td>x</td><td>y</td></tr></table>", ["x", "y"]),
    ],
)
def test_tables_that_lay_out_a_page_are_lines(body, expected):
    assert lines(body) == expected


def test_raised_figures_of_labels_stay_raised():
    assert words("<h2>§ 27<sup>1</sup>. Scope <a href='#p27'>¶</a></h2><p>The 2<span style='vertical-align: super'>e</span> day.</p>") == ["## § 27¹. Scope", "The 2ᵉ day."]


def test_footnotes_are_marks_and_stand_at_the_end():
    body = "<p>Each person<sup><a href='#fn1' id='r1'>1</a></sup> is insured.</p><p id=fn1><a href='#r1'>1</a> As amended.</p><p>(2) More<a href='#n2' name='b2'>[2]</a>.</p>"
    body += "<div id=n2><p><a href='#b2'>[2]</a> In force from 2020.</p><p>In part.</p></div>"
    assert lines(body) == ["Each person[^1] is insured.", "(2) More[^2].", "[^1]: As amended.", "[^2]: In force from 2020. In part."]


def test_a_link_to_a_numbered_section_is_no_footnote():
    assert lines("<p>Under section <a href='#s5'>5</a> it is due.</p><div id=s5><h2>5 Payment</h2><p>Text.</p></div>")[0] == "Under section 5 it is due."


def test_struck_out_and_hidden_text_is_left_out_and_told():
    law = law_of(f"<p>It is <del>sixty</del><s>55</s> seventy per cent.</p><div hidden>Menu</div><p style='display: none'>Old</p><p>{SENTENCE}</p>")
    assert "It is seventy per cent." in law.text
    assert "sixty" not in law.text
    assert "Old" not in law.text
    assert "7 characters left out: struck-out text" in law.remarks
    assert "7 characters left out: hidden text" in law.remarks


def test_a_page_that_only_a_script_unfolds_is_read():
    assert SENTENCE in law_of(f"<body><p>Unfold</p><div style='display:none'><h2>Section 1</h2><p>{SENTENCE}</p></div></body>").text


SITE = (
    "<header><a href='/'>Portal of laws</a></header><nav><a href='/a'>Search</a></nav><div class='breadcrumb'><a href='/x'>Acts</a> / Benefits</div>"
    "{}<aside>Related acts</aside><div id='cookie-banner'>We store cookies.</div><form><select><option>Year</select><button>Go</button></form><footer>Contact the office</footer>"
)


@pytest.mark.parametrize("frame", ["<main>{}</main>", "<div role=main>{}</div>", "<article>{}</article>", "<div>{}</div>"])
def test_the_site_around_the_law_is_left_out_and_told(frame):
    law = law_of("<body>" + SITE.format(frame.format(f"<h1>Benefits Act</h1><h2>Section 1</h2><p>{SENTENCE}</p>")) + "</body>")
    assert law.text == f"# Benefits Act\n\n## Section 1\n\n{SENTENCE}\n"
    assert any(remark.endswith("characters left out: navigation") for remark in law.remarks)
    assert any(remark.endswith("characters left out: cookie notices") for remark in law.remarks)


@pytest.mark.parametrize("frame", ["<nav>{}</nav>", "<footer>{}</footer>", "<aside>{}</aside>", "<div class=menu>{}</div>", "<noscript>{}</noscript>", "<div>{}</div>"])
def test_what_may_be_law_stays_wherever_it_stands(frame):
    law_text = f"<h2>Annex</h2><p>§ 9 {SENTENCE}</p><p>{SENTENCE}</p>"
    assert f"§ 9 {SENTENCE}" in law_of(f"<main><h1>Act</h1>{f'<p>{SENTENCE}</p>' * 9}</main>{frame.format(law_text)}").text


def test_menus_of_plain_links_are_left_out_but_contents_stay():
    menu = "".join(f"<li><a href='/page{number}'>Ministry</a>" for number in range(6))
    contents = "".join(f"<li><a href='#s{number}'>Section {number}</a>" for number in range(1, 7))
    shown = lines(f"<ul>{menu}</ul><ul>{contents}</ul><p>{SENTENCE}</p>")
    assert shown[0] == "Section 1"
    assert "Ministry" not in shown


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("<meta charset=windows-1251><p>Статья 1</p>".encode("windows-1251"), "windows-1251 (declared)"),
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>Статья 1</p>".encode("windows-1251"), "windows-1251 (declared)"),
        ("<?xml version='1.0' encoding='windows-1251'?><html><p>Статья 1</p></html>".encode("windows-1251"), "windows-1251 (declared)"),
        ("<meta charset=utf-8><p>Статья 1</p>".encode(), "utf-8 (declared)"),
        ("<p>Статья 1</p>".encode(), "utf-8 (valid)"),
        ("<p>Статья 1</p>".encode("utf-8-sig"), "utf-8 (byte order mark)"),
        ("<p>Статья 1</p>".encode("utf-16"), "utf-16 (byte order mark)"),
        ("<meta charset=iso-8859-1><p>Статья 1</p>".encode(), "utf-8 (valid)"),
        ("<meta charset=base64><p>Статья 1</p>".encode(), "utf-8 (valid)"),
    ],
)
def test_encodings(data, encoding):
    law = law_of(data)
    assert law.text == "Статья 1\n"
    assert law.encoding == encoding


def test_a_few_broken_bytes_do_not_lose_the_declared_encoding():
    law = law_of(b"<meta charset=utf-8>" + f"<p>é {SENTENCE}</p>".encode() * 50 + b"\xff")
    assert law.encoding == "utf-8 (declared)"
    assert "1 characters are not valid utf-8" in " ".join(law.remarks)


def test_facts_in_the_head():
    head = "<title>Benefits Act | Portal</title><meta property='eli:in_force' resource='http://example.org/eli#InForce-inForce'>"
    head += "<meta property='eli:version' content='consolidated'><meta name='DCTERMS.modified' content='2024-03-01T00:00'>"
    law = law_of(f"<html xml:lang='pt-BR'><head>{head}</head><body><p>Artigo 1</p></body></html>")
    assert (law.title, law.language) == ("Benefits Act | Portal", "pt")
    assert (law.version.date, law.version.date_source) == ("2024-03-01", "markup: dcterms.modified")
    assert (law.version.state, law.version.state_source) == (TextState.CONSOLIDATED, "markup: eli:version")
    assert (law.version.status, law.version.status_source) == (ProvisionStatus.IN_FORCE, "markup: eli:in_force")


def test_an_act_that_its_page_says_is_not_in_force():
    assert law_of("<meta property='eli:in_force' content='notInForce'><p>Text</p>").version.status is ProvisionStatus.REPEALED


def test_the_first_heading_is_the_title():
    assert law_of("<title>Portal</title><h1>Benefits Act</h1><p>Text</p>").title == "Benefits Act"


def test_empty_elements_of_xhtml_end_where_they_stand():
    markup = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head><body><p>One<b/> two</p><a id='x'/><p>Three.</p></body></html>"
    assert law_of(markup).text == "One two\n\nThree.\n"


def test_what_cannot_be_read_is_told():
    law = law_of("<p>Text</p><img src=f.png><img src=g.png><iframe src=annex.html></iframe>")
    assert law.remarks == ("1 embedded pages not read", "2 images not read")


@pytest.mark.parametrize("markup", ["<html><body></body></html>", "<html><script>load('law')</script></html>"])
def test_a_page_without_text_is_refused(markup):
    with pytest.raises(SourceError, match=r"^act\.html: .* save it from a browser"):
        law_of(markup)


@pytest.mark.parametrize("nested", ["<div>", "<ul><li>", "<table><tr><td>", "<blockquote><p>", "<a><div>", "<svg><title><div>", "<rt>", "<div a='</div>'><!-- </div> -->"])
def test_bottomless_nesting_is_refused_at_once(nested):
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"^act\.html: more than 512 elements"):
        law_of("<html><body>" + nested * 200_000 + "x")
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("repeated", ["<b>x", "<p>x", "<font size=1>x<p>", "<td>", "</div>", "<!--", "<li>x", "<sup>1</sup>", "<a href=#a>1</a>", "<title>", "&#", "<", "\n(1)"])
def test_endless_repetition_takes_no_longer_than_its_length(repeated):
    start = time.monotonic()
    law_of("<html lang=en><body><p>Text</p>" + repeated * 10_000)
    assert time.monotonic() - start < 5


def test_spans_do_not_multiply_without_end():
    cells = "<td rowspan=65534 colspan=1000>x" * 1000 + "<tr><td>y" * 1000
    assert len(law_of(f"<html lang=en><table><tr>{cells}</table>").text) < 100_000


def test_a_long_cell_over_many_rows_is_written_once():
    cell = f"<td rowspan=5000>{'The whole text of the schedule. ' * 200}"
    text = law_of(f"<html lang=en><table><tr><th>Weeks<th>Rate</tr><tr>{cell}<td>1" + "<tr><td>2" * 3000 + "</table>").text
    assert text.count("The whole text") == 200
    assert text.count("\n") > 3000


def test_a_page_of_far_too_many_elements_is_refused_soon():
    start = time.monotonic()
    with pytest.raises(SourceError, match=r"^act\.html: this page has more than 600,000 elements; give the law in several files"):
        law_of("<html><body>" + "<p>x" * 1_000_000)
    assert time.monotonic() - start < 5


def test_fonts_that_are_never_closed_are_told():
    law = law_of("<html lang=en>" + "".join(f"<p><font size={number}>x</p>" for number in range(2000)))
    assert law.remarks == ("bold and struck-out text was not told apart: 2,000 formatting elements are never closed",)


@pytest.mark.parametrize("unclosed", ["<nav>", "<s>", "<del>", "<div class=menu>", "<noscript>", "<?pi ?>", "<svg><?pi></svg>", "<select>"])
def test_an_element_left_open_does_not_lose_the_law(unclosed):
    assert SENTENCE in law_of(f"<html lang=en><body>{unclosed}<p>{SENTENCE}</p><p>{SENTENCE}</p>").text
