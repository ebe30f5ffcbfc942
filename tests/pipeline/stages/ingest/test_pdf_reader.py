"""PDF files: what a reader of the page sees is what the law's text has, in order, without what only the printer put there."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.stages.ingest.pdf import read
from lexfloor.pipeline.stages.ingest.source import Source

REGULAR, BOLD = 0, 1
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", (56, 56, 50, 56, 56, 28, 56, 56, 22, 22, 50, 22, 83, 56, 56, 56, 56, 33, 50, 28, 56, 50, 72, 50, 50, 50), strict=True))
WIDTHS = {
    **LETTERS,
    **dict.fromkeys(" .,:;", 28),
    **dict.fromkeys("()-", 33),
    **dict.fromkeys("ABEKPSVXY", 67),
    **dict.fromkeys("CDHNRUw", 72),
    **dict.fromkeys("FTZ", 61),
    "I": 28,
    "M": 83,
}
"""Widths of Helvetica, in hundredths of the size."""


class Page:
    """Operators of one page; places count from the lower left corner, in points."""

    def __init__(self):
        self.operators = []

    def text(self, x, y, words, size=10, font=REGULAR, mode=0):
        shown = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        self.operators.append(b"BT %d Tr /F%d %g Tf %g %g Td (%s) Tj ET" % (mode, font, size, x, y, shown))
        return self

    def lines(self, x, y, words, size=10, leading=12.0, font=REGULAR):
        """Write lines one under the other, each of them as it stands in ``words``."""
        for number, line in enumerate(words):
            self.text(x, y - number * leading, line, size, font)
        return self

    def rule(self, x, y, width, height):
        self.operators.append(b"%g %g %g %g re f" % (x, y, width, height))
        return self

    def image(self):
        self.operators.append(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        return self


def pdf(*pages, info="", catalog="", extra=b""):
    """Return a PDF file of pages."""
    objects = [b"", b""]

    def add(content):
        objects.append(content)
        return len(objects)

    fonts = [add(b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name) for name in (b"Helvetica", b"Helvetica-Bold")]
    picture = b"\x80" * 64
    image = add(b"<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 64 >>\nstream\n%s\nendstream" % picture)
    kids = []
    for page in pages:
        content = b"\n".join(page.operators)
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        resources = b"<< /Font << /F0 %d 0 R /F1 %d 0 R >> /XObject << /Im0 %d 0 R >> >>" % (*fonts, image)
        kids.append(add(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources %s >>" % (stream, resources)))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog.encode()
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids))
    described = add(b"<< %s >>" % info.encode("latin-1"))
    written, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + table + b"trailer << /Size %d /Root 1 0 R /Info %d 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, described, extra, len(written))


def wrapped(words, width=250.0, size=10):
    """Return words in lines that fill a column of some width, as a printer sets them."""
    lines, line = [], ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if sum(WIDTHS.get(letter, 56) for letter in longer) * size > 100 * width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def law(data, file="act.pdf", **config):
    return read(Source(data, "XTS", file, IngestConfig(**config)))


def shown(read_law):
    """Return the paragraphs of a law, without markup."""
    return [line.lstrip("# ") for line in plain(read_law.text).text.splitlines() if line.strip()]


INSURED = "Every employee who works under a contract of service in the territory is insured against sickness from the first day of that work."
BENEFIT = "The sickness benefit amounts to sixty per cent of the average daily wage of the last three months before the incapacity began."
PAID = "It is paid for as long as the incapacity lasts, but at most for twenty-six weeks in each case of sickness, holidays included."
APPEAL = "A person whose claim has been refused may appeal to the tribunal of the district within thirty days after the refusal."
CLAUSES = (INSURED, BENEFIT, PAID, APPEAL)


def test_wrapped_lines_are_one_paragraph_and_a_gap_begins_another():
    first, second = wrapped(INSURED), wrapped(BENEFIT)
    page = Page().lines(60, 700, first).lines(60, 700 - 12 * len(first) - 8, second)
    assert shown(law(pdf(page))) == [INSURED, BENEFIT]


def test_without_gaps_an_indent_or_a_short_last_line_begins_a_paragraph():
    page, height = Page(), 700
    for words in (INSURED, BENEFIT, PAID):
        indented = wrapped("xxxx " + words)
        indented[0] = indented[0].removeprefix("xxxx ")
        page.text(60 + 22, height, indented[0]).lines(60, height - 12, indented[1:])
        height -= 12 * len(indented)
    assert shown(law(pdf(page))) == [INSURED, BENEFIT, PAID]


def test_numbered_items_of_a_list_begin_lines_and_hang():
    items = [f"({letter}) {words}" for letter, words in zip("abc", (INSURED, BENEFIT, PAID), strict=True)]
    page, height = Page().text(60, 712, "In this Act:"), 700
    for item in items:
        label, words = item.split(" ", 1)
        lines = wrapped(words, 230)
        page.text(60, height, label).lines(80, height, lines)
        height -= 12 * len(lines)
    assert shown(law(pdf(page))) == ["In this Act:", *items]


@pytest.mark.parametrize("begin", ["60 years", "12 leaves", "(2) of"])
def test_a_figure_at_a_lines_beginning_is_no_new_paragraph(begin):
    words = "The pension is reduced where the person insured has reached the age of 60 years, and is not paid before the claim, "
    words += "which section 12 leaves to the Minister under subsection (2) of that section."
    lines = next(lines for lines in (wrapped(words, width / 4) for width in range(1400, 300, -1)) if any(line.startswith(begin) for line in lines))
    assert shown(law(pdf(Page().lines(60, 700, lines)))) == [words]


def test_columns_are_read_one_after_the_other_and_a_paragraph_runs_from_one_into_the_next():
    words = " ".join([INSURED, BENEFIT, PAID, APPEAL] * 3)[:-1] + " and so on without an end"
    lines = wrapped(words, 220)
    half = len(lines) // 2
    page = Page().text(120, 760, "An act on sickness benefit for all those who work in the two islands", 12, BOLD)
    for number in range(half):  # the file has the lines of both columns in turn
        page.text(60, 720 - 12 * number, lines[number]).text(310, 720 - 12 * number, lines[half + number])
    page.lines(310, 720 - 12 * half, lines[2 * half :])
    assert shown(law(pdf(page)))[1:] == [words]


def test_running_heads_feet_and_page_numbers_are_left_out_and_told():
    pages = []
    for number in range(1, 6):
        page = Page().text(60, 800, f"Official Journal No. 7, {number + 40}", 8).text(290, 30, str(number + 40))
        pages.append(page.text(60, 740, f"Section {number}. Provision number {number}", 10, BOLD).lines(60, 716, wrapped(CLAUSES[number % 4])))
    found = law(pdf(*pages))
    assert "Journal" not in found.text
    assert [line for line in shown(found) if line not in CLAUSES] == [f"Section {number}. Provision number {number}" for number in range(1, 6)]
    assert found.remarks == ("5 running heads left out of 5 pages", "5 running feet left out of 5 pages")


def test_sections_that_begin_each_page_are_no_running_heads():
    pages = [Page().text(60, 780, f"Section {number}", 14, BOLD).lines(60, 740, wrapped(CLAUSES[number % 4])) for number in range(1, 8)]
    assert [line for line in shown(law(pdf(*pages))) if line not in CLAUSES] == [f"Section {number}" for number in range(1, 8)]


def test_a_paragraph_that_runs_over_a_page_is_one_and_belongs_to_the_page_where_it_begins():
    words = BENEFIT.removesuffix(".") + " and " + PAID[0].lower() + PAID[1:]
    lines = wrapped(words)
    found = law(pdf(Page().text(60, 760, "Section 1. Benefit", 14).lines(60, 136, lines[:3]), Page().lines(60, 780, lines[3:]).lines(60, 700, wrapped(APPEAL)), Page()))
    assert shown(found) == ["Section 1. Benefit", words, APPEAL]
    assert len(found.pages) == 3
    assert [found.page_of(found.text.index(begin)) for begin in (BENEFIT[:20], APPEAL[:20])] == [1, 2]


def test_hyphens_at_line_ends_are_joined_where_the_printer_put_them():
    lines = [
        "A self-employed person is insured with the Fund, and so is a per-",
        "son who is no longer self-",
        "employed, as laid down in Act No. 12-",
        "2004 on the in\xad",
        "surance of fishermen.",
    ]
    padded = [line if number in (0, 4) else line.replace(" ", "   ") for number, line in enumerate(lines)]
    found = shown(law(pdf(Page().lines(60, 700, padded).lines(60, 600, wrapped("The self-employed person and the person insured are treated alike.")))))
    assert (
        re.sub(" +", " ", found[0])
        == "A self-employed person is insured with the Fund, and so is a person who is no longer self-employed, as laid down in Act No. 12-2004 on the insurance of fishermen."
    )


def test_large_words_are_headings_by_rank_and_a_heading_of_two_lines_is_one():
    page = Page().lines(60, 780, ["Act on the Insurance of Employees and of", "the Persons Assisting Them"], 20, 24)
    page.text(60, 720, "Part I", 14).lines(60, 690, wrapped(INSURED)).text(60, 630, "Section 1. Scope", 10, BOLD).lines(60, 606, wrapped(BENEFIT))
    found = law(pdf(page)).text
    assert "# Act on the Insurance of Employees and of the Persons Assisting Them\n" in found
    assert "## Part I\n" in found
    assert "**Section 1. Scope**\n" in found


def test_raised_figures_are_references_where_there_is_a_note_and_part_of_the_number_elsewhere():
    page = Page().text(60, 700, "§ 27", 10, BOLD).text(81, 704, "1", 6, BOLD).text(88, 700, "Pension of the fishermen", 10, BOLD)
    page.text(60, 670, "The pension is paid monthly").text(186, 674, "2", 6).text(191, 670, "to the person insured.").lines(60, 640, wrapped(INSURED))
    page.text(60, 60, "2", 5).text(64, 56, "Amended by Act 9 of the year before.", 8)
    found = law(pdf(page))
    assert "§ 27¹ Pension of the fishermen" in shown(found)
    assert "The pension is paid monthly[^2] to the person insured." in found.text
    assert found.text.rstrip().endswith("[^2]: Amended by Act 9 of the year before.")


def test_a_table_drawn_with_lines_keeps_its_rows_and_goes_on_over_the_page():
    def table(rows):
        page = Page().lines(60, 780, wrapped(INSURED))
        for column in (60, 200, 340):
            page.rule(column, 700 - 24 * len(rows), 1, 24 * len(rows))
        for number in range(len(rows) + 1):
            page.rule(60, 700 - 24 * number, 281, 1)
        for number, row in enumerate(rows):
            for column, cell in zip((66, 206), row, strict=True):
                page.lines(column, 690 - 24 * number, cell.split("\n"), 8, 9)
        return page

    first, second = [["Weeks", "Rate"], ["1 to 26", "60 per cent of\nthe wage"]], [["27 to 52", "50 per cent"]]
    found = law(pdf(table(first))).text
    assert "| Weeks | Rate |\n| --- | --- |\n| 1 to 26 | 60 per cent of the wage |\n" in found
    assert found.count("Weeks") == 1
    over = law(pdf(table(first), table([first[0], *second]))).text
    assert over.count("60 per cent") == 1
    assert "| 27 to 52 | 50 per cent |" in over


def loose(rows, header=("Weeks", "Rate", "Paid by")):
    """Return a page with a table without lines; the second line of a cell hangs, cells of one line stand in the middle."""
    page = Page().lines(60, 780, wrapped(INSURED))
    height = 700
    for row in (header, *rows):
        deepest = max(cell.count("\n") for cell in row)
        for column, cell in zip((60, 160, 320), row, strict=True):
            page.lines(column, height - 6 * (deepest - cell.count("\n")), cell.split("\n"), font=BOLD if row is header else REGULAR)
        height -= 12 * deepest + 16
    return page


RATES = [("1 to 26", "sixty per cent of\nthe daily wage", "the Fund"), ("27 to 52", "fifty per cent", "the Fund"), ("53 to 78", "forty per cent", "the employer\nor the Fund")]


def test_a_table_without_lines_keeps_its_cells_together():
    found = law(pdf(loose(RATES))).text
    assert "| Weeks | Rate | Paid by |\n| --- | --- | --- |\n| 1 to 26 | sixty per cent of the daily wage | the Fund |\n" in found
    assert "| 53 to 78 | forty per cent | the employer or the Fund |\n" in found
    assert INSURED in found


def test_the_header_of_a_table_that_goes_on_over_the_page_is_read_once():
    second = Page()
    for number, row in enumerate((("Weeks", "Rate", "Paid by"), ("79 to 90", "thirty per cent", "the Fund"), ("91 to 95", "ten per cent", "the Fund"))):
        for column, cell in zip((60, 160, 320), row, strict=True):
            second.text(column, 780 - 16 * number, cell, font=REGULAR if number else BOLD)
    found = law(pdf(loose(RATES), second.lines(60, 700, wrapped(APPEAL)))).text
    assert found.count("Paid by") == 1
    assert "79 to 90" in found


def test_a_list_with_a_number_before_each_text_is_no_table():
    page = Page().lines(60, 760, wrapped(INSURED))
    for number, words in enumerate(("in the Fund", "in the Chamber", "in the Register", "in the Gazette"), 1):
        page.text(60, 700 - 16 * number, f"{number}.").text(100, 700 - 16 * number, words)
    assert "|" not in law(pdf(page)).text


def test_the_words_of_a_long_text_tell_its_language_where_the_program_states_its_own():
    spanish = [f"La persona asegurada tiene derecho a la prestaci\xf3n de enfermedad durante {weeks} semanas como m\xe1ximo en cada caso." for weeks in range(20, 28)]
    found = law(pdf(Page().lines(60, 700, spanish), catalog="/Lang (en-US)"))
    assert found.language == "es"
    assert found.remarks == ("the file states the language 'en', but the text reads as 'es'",)


def test_title_and_language_as_stated_and_never_the_name_of_a_file():
    page = Page().text(60, 780, "Act on Sickness", 18).lines(60, 740, wrapped(INSURED))
    stated = law(pdf(page, info="/Title (Sickness Act, 1999) /CreationDate (D:20240102)", catalog="/Lang (en-GB)"))
    assert (stated.title, stated.language, stated.format, stated.version.date) == ("Sickness Act, 1999", "en", "pdf", "")
    for useless in ("Microsoft Word - act_final.docx", "untitled", "scan0012.pdf"):
        assert law(pdf(page, info=f"/Title ({useless})")).title == "Act on Sickness"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"%PDF-1.7\nnothing more", "cannot be opened"),
        (pdf(), "no pages|cannot be opened"),
        (pdf(Page().lines(60, 700, wrapped(INSURED)))[:-900], "cannot be opened|without any text"),
        (pdf(Page(), Page()), "2 pages without any text"),
        (pdf(*[Page().text(60, 700, INSURED)] * 4), "4 pages are more than the limit of 3"),
    ],
)
def test_files_that_cannot_be_read_are_told_by_name(data, told):
    with pytest.raises(SourceError, match=rf"^act\.pdf: .*(?:{told})"):
        law(data, max_pages=3)


def test_a_file_with_a_password_is_told():
    locked = b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (
        b"41" * 32,
        b"42" * 32,
    )
    with pytest.raises(SourceError, match=r"^act\.pdf: .*needs a password; save it without one"):
        law(pdf(Page().lines(60, 700, wrapped(INSURED)), extra=locked))


def test_a_file_of_images_is_refused_with_the_way_to_read_it():
    with pytest.raises(SourceError, match=r"^act\.pdf: 2 of 2 pages are images; to read them, install the program tesseract and use --ocr"):
        law(pdf(Page().image(), Page().image()))


def test_single_images_among_pages_are_left_out_and_told():
    first, second, last = (Page().lines(60, 700, wrapped(words)) for words in CLAUSES[:3])
    found = law(pdf(first, second, Page().image(), last))
    assert found.remarks == ("page 3 is an image and was not read: use --ocr",)
    assert len(found.pages) == 4


@pytest.fixture
def tesseract(tmp_path, monkeypatch):
    """Put a program named tesseract first on the path: it knows two languages and reads the same lines off every page."""

    def installed(rows):
        table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" + "".join(
            f"5\t1\t1\t1\t{line}\t{number}\t{left}\t{300 + 60 * line}\t{width}\t40\t96\t{word}\n" for line, number, left, width, word in rows
        )
        (tmp_path / "table.tsv").write_text(table, encoding="utf-8")
        program = tmp_path / "tesseract"
        program.write_text(
            textwrap.dedent(f"""\
            #!{sys.executable}
            import pathlib, sys
            folder = pathlib.Path({str(tmp_path)!r})
            if "--version" in sys.argv:
                print("tesseract 9.8.7")
            elif "--list-langs" in sys.argv:
                print("List of available languages (3):\\nosd\\nfra\\neng")
            else:
                assert sys.stdin.buffer.read(2) == b"P5"
                (folder / "arguments").write_text(" ".join(sys.argv[1:]))
                sys.stdout.write((folder / "table.tsv").read_text(encoding="utf-8"))
            """),
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return installed


@pytest.mark.skipif(os.name == "nt", reason="the program of the test is a script")
def test_scanned_pages_are_read_by_tesseract_where_asked(tesseract):
    folder = tesseract([(1, 1, 100, 900, "Every"), (1, 2, 1010, 900, "em\ufb01loyee"), (2, 1, 100, 300, "is"), (2, 2, 410, 300, "insured.")])
    found = law(pdf(Page().image(), Page().lines(60, 700, wrapped(INSURED))), ocr=True)
    assert "Every emfiloyee is insured." in shown(found)
    assert INSURED in shown(found)
    assert found.remarks == ("1 page read by tesseract 9.8.7 (eng+fra)",)
    assert "-l eng+fra" in (folder / "arguments").read_text()
    law(pdf(Page().image()), ocr=True, ocr_languages="fra")
    assert "-l fra " in (folder / "arguments").read_text()
    with pytest.raises(SourceError, match=r"no data for deu .*it has .*install it, or set ingest\.ocr_languages"):
        law(pdf(Page().image()), ocr=True, ocr_languages="deu")


def test_without_tesseract_the_user_is_told_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceError, match=r"^act\.pdf: .*tesseract, which is not installed; install it \('apt install tesseract-ocr'"):
        law(pdf(Page().image()), ocr=True)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_tesseract_reads_a_page_that_is_an_image():
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(pdf(Page().lines(60, 700, wrapped(INSURED, 400, 14), 14, 18)))
    dots = document[0].render(scale=2, grayscale=True).to_numpy()
    document.close()
    picture = b"/Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>\nstream\n" % (dots.shape[1], dots.shape[0], dots.size) + dots.tobytes()
    scan = pdf(Page().image()).replace(b"/Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 64 >>\nstream\n" + b"\x80" * 64, picture)
    assert " ".join(shown(law(scan, ocr=True))) == INSURED


def test_arabic_and_hebrew_are_read_from_right_to_left():
    from lexfloor.pipeline.stages.ingest.pdf.direction import logical

    seen = "\u05d0\u05d1 12 (\u05d2\u05d3)"
    places = [(letter, 200 - 6 * index, 206 - 6 * index) for index, letter in enumerate("\u05d0\u05d1 21 )\u05d2\u05d3(") if letter != " "]
    assert [piece[0] for piece in logical(sorted(places, key=lambda each: each[1]), 10)] == [seen]
