"""What a file is, is told by its content."""

import io
import zipfile

import pytest

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.stages.ingest.formats import format_of

PAGE = "<html><head><title>Act</title></head><body><h1>Act</h1><p>Section 1.</p></body></html>"
HASHES = "\n\n# Lamp Act\n\n## Section 1\n\nKeepers are paid.\n\n## Section 2\n\nNobody else is.\n"
AKN = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act/></akomaNtoso>'


def told(data, name="act.txt"):
    """Return the format of a file."""
    return format_of(data if isinstance(data, bytes) else data.encode(), name)


@pytest.mark.parametrize(
    "data",
    [
        PAGE,
        "\ufeff\n\n" + PAGE.upper(),
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        f"<!-- saved from the web --><!-- twice -->\n{PAGE}",
        f"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' 'x.dtd'>\n{PAGE}",
        f"<?xml version='1.0'?>\n<!DOCTYPE html>\n{PAGE}",
        f"<!--{'x' * 9000}-->{PAGE}",
        f"HTTP/1.1 200 OK\nServer: x\n\n{PAGE}",
        f"<!-- {AKN} -->{PAGE}",
        "<div class='law'><h2>Section 1</h2><p>Keepers\nare paid.</p><h2>Section 2</h2><p>Nobody else is.</p></div>",
        "<style>\n#top { color: red }\n#menu { color: blue }\n</style>\n<h2>Section 1</h2><p>Keepers are paid.</p>",
        "<p>Section 1. Keepers are paid.<br>Monthly.</p>\n\n<p>Section 2.</p>",
        "<table><tr><td>1.</td><td>Keepers are paid.</td></tr></table>",
    ],
)
def test_web_pages(data):
    """A page is a page whatever it is named, whatever stands before it, whole or a piece."""
    assert told(data) == "html"


@pytest.mark.parametrize(
    "data",
    [
        f'<a id="top"></a>{HASHES}',
        f"<div align=center>\n\n# Lamp Act\n\n</div>{HASHES}",
        f"<meta http-equiv='Content-Type' content='text/html; charset=utf-8' />{HASHES}",
        f"<!-- converted -->{HASHES}",
        f"<center><h1>Lamp Act</h1></center>{HASHES}",
        f"<table><tr><td>a</td></tr></table>{HASHES}",
        "<div align=center>\n\n**Section 1**\n\n</div>\n\nKeepers are paid.\n\n**Section 2**\n\nNobody else is.\n",
        "---\ntitle: <html>\n---\nSection 1. Keepers are paid.\n",
        "<<Section 1>> Keepers are paid.\n",
        "Section 1. Where x < y, the <b>rate</b> is 3.\n",
        "[Section 1] Keepers are paid.\n[Section 2] Nobody else is.\n",
        "{Section 1} Keepers are paid.\n",
        "[1] Keepers are paid.\n[2] Nobody else is.\n",
        "1, 2 and 3 are numbers.\n4, 5 and 6 are too, and so on.\n",
    ],
)
def test_text_and_markdown(data):
    """Tags, brackets and commas make neither a page nor data of a law's text."""
    assert told(data, "act.html") == "text"


@pytest.mark.parametrize("before", ["", "\ufeff", "<?xml version='1.0'?>\n", "<?xml version='1.0'?>\n<!-- by a machine: <html> -->\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<?style x?>\n"])
@pytest.mark.parametrize(
    ("root", "expected"),
    [(AKN, "akoma-ntoso-xml"), (AKN.replace("akomaN", "an:akomaN").replace("xmlns=", "xmlns:an="), "akoma-ntoso-xml"), ("<Statute><Body/></Statute>", "justice-canada-xml")],
)
def test_xml_of_laws(before, root, expected):
    """The first element tells, whatever stands before it."""
    assert told(before + root) == expected


@pytest.mark.parametrize("data", ["<?xml version='1.0'?><timetable/>", "<timetable><train/></timetable>\n", "<!DOCTYPE note SYSTEM 'n'><note/>", f"<feed>{AKN}</feed>"])
def test_other_xml_is_refused(data):
    """XML that no reader knows is refused by the name of its first element, not read as text full of tags."""
    with pytest.raises(SourceError, match=r"act\.txt: this XML begins with <(?:timetable|note|feed)>"):
        told(data)


@pytest.mark.parametrize("before", [b"", b"\n\n", b"\xef\xbb\xbf", b"junk of a mail program\r\n" * 20])
def test_pdf(before):
    """A PDF may begin with something else."""
    assert told(before + b"%PDF-1.4\n%\xe2\xe3\n") == "pdf"


@pytest.mark.parametrize("data", ['{"text": "a"}\n{"text": "b"}', ' \n[{"text": "a"}]', "{}", '[\n {\n  "text": 1}]'])
def test_data(data):
    """Objects of data are data; lists of other things only by name."""
    assert told(data) == "jsonl"
    assert told("[1, 2]", "x.json") == "jsonl"


def zipped(*names):
    """Return a zip of files with a letter in each."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "application/epub+zip" if name == "mimetype" else "x")
    return made.getvalue()


def test_a_protected_document_is_refused_as_what_it_may_be():
    """Old documents and those with a password begin alike, so both are named."""
    with pytest.raises(SourceError, match=r"act\.docx: .*\(\.doc\), or one that is protected by a password.*without a password"):
        told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "act.docx")


def test_office():
    """Documents are read, workbooks and e-books are not."""
    assert told(zipped("[Content_Types].xml", "word/document.xml")) == "docx"
    for names, what in ((("[Content_Types].xml", "xl/workbook.xml"), "workbook"), (("mimetype", "a.xhtml"), "EPUB")):
        with pytest.raises(SourceError, match=what):
            told(zipped(*names))


TABLE = "year;rate;note\n" + "1990;4,5;first\n" * 9


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        ("year,rate\n1990,4\n", "rates.csv", "csv is a table, not a law"),
        (TABLE, "rates.txt", "this is a table, not a law"),
        (TABLE.replace(";", "\t"), "rates.tsv", "tsv is a table, not a law"),
        (b"GIF89a\x01", "a.gif", "image"),
        (b"MM\x00*\x00", "a.tif", "image"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n" + PAGE, "a.mht", "MHTML"),
        ("%!PS-Adobe-3.0", "a.ps", "PostScript"),
    ],
)
def test_what_is_not_read(data, name, what):
    """What is no law's file is refused by what it is."""
    with pytest.raises(SourceError) as caught:
        told(data, name)
    assert str(caught.value).startswith(f"{name}: ")
    assert what in str(caught.value)
