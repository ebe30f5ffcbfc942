"""Broken and hostile files give a law or a clean refusal, soon: what once broke a reader is kept here as the code that makes it."""

import io
import json
import time
import zipfile

import pytest

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Failure
from lexfloor.pipeline.stages.ingest import law_of
from lexfloor.pipeline.stages.ingest.archives import is_archive, members
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.segment import segment

SECONDS = 10
AKN = (
    "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><act name='act'><body><section><num>1</num>"
    "<content><p>{}</p></content></section></body></act></akomaNtoso>"
)
JUSTICE = "<Statute xml:lang='en' in-force='yes'><Body><Section><Label>1</Label><Text>{}</Text></Section></Body></Statute>"
PAGE = "<html lang=en><body><h1>Act</h1><p>Section 1. Keepers are paid.</p>{}</body></html>"
WORD = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>Section 1. Pay</w:t></w:r></w:p>{}</w:body></w:document>"


def outcome(data, name):
    """Return the provisions of a file, or None where it is refused; neither may take long."""
    began = time.process_time()
    source = Source(data if isinstance(data, bytes) else data.encode(), "XTS", name, IngestConfig())
    found = []
    try:
        for each in members(source) if is_archive(source.data) else [source]:
            if isinstance(each, Failure):
                continue
            law = law_of(each)
            law.text.encode()
            found.extend(segment(law).provisions)
    except SourceError:
        found = []
    assert time.process_time() - began < SECONDS
    return found or None


def zipped(parts):
    """Return a zip of names to contents."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def document(inside="", before=""):
    """Return a Word document with something in its body, and something before its first element."""
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": f"<Types xmlns='{package}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
            f"<Override PartName='/word/document.xml' ContentType='{main}'/></Types>",
            "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' Type='{office}' Target='word/document.xml'/></Relationships>",
            "word/document.xml": before + WORD.format(inside),
        }
    )


RUNS = (
    "(",
    "[",
    "*",
    "_",
    "<",
    "&",
    "`",
    "|",
    "\\",
    "^",
    " ",
    "\n",
    "\u00a0",
    "9",
    "1.",
    "1 000 ",
    "§ § § ",
    "a a a ",
    "IVX",
    "(1)(a)(i)",
    "(a)\n",
    "1.\n",
    "[^1]",
    "[](",
    "<b>",
    "<!--",
    "> ",
    "第一条",
    "and, ",
)


@pytest.mark.parametrize("run", RUNS)
def test_long_runs_in_a_text(run):
    """Tens of thousands of anything are read in time."""
    assert outcome(f"Section 1. Pay\n\nKeepers are paid.\n\n{run * (40_000 // len(run))}\n\nSection 2. More\n\nMore.\n", "act.md")


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "li", "table", "blockquote", "font", "svg"])
def test_nested_html(tag):
    """Elements in elements without end cost no stack."""
    outcome(PAGE.format(f"<{tag}>" * 100_000 + "x" + f"</{tag}>" * 100_000), "act.html")


@pytest.mark.parametrize(("whole", "tag"), [(AKN, "section"), (AKN, "i"), (JUSTICE, "Emphasis"), (JUSTICE, "Subsection")])
@pytest.mark.parametrize("depth", [200, 5000, 200_000])
def test_nested_xml(whole, tag, depth):
    """So do they in XML, whether the parser lets them through or not."""
    outcome(whole.format(f"<{tag}>" * depth + "x" + f"</{tag}>" * depth), "act.xml")


@pytest.mark.parametrize("tag", ["tbl", "tr", "tc", "p", "r", "sdt", "ins"])
@pytest.mark.parametrize("depth", [200, 5000])
def test_nested_word(tag, depth):
    """And in Word documents."""
    outcome(document(f"<w:{tag}>" * depth + f"</w:{tag}>" * depth), "act.docx")


def laughs():
    """Return a document type whose entities hold ten of one another."""
    return "<!DOCTYPE x [<!ENTITY e0 'ha'>" + "".join(f"<!ENTITY e{number} '{f'&e{number - 1};' * 10}'>" for number in range(1, 12)) + "]>"


@pytest.mark.parametrize("whole", [AKN, JUSTICE])
def test_entities_in_xml(whole):
    """Entities in entities do not grow."""
    outcome(laughs() + whole.format("&e11;"), "act.xml")


def test_entities_in_word():
    """Nor in a Word document."""
    outcome(document("<w:p><w:r><w:t>&e11;</w:t></w:r></w:p>", laughs()), "act.docx")


def test_zips_of_nothing():
    """A small file that unpacks to a large one is refused or read within bounds."""
    outcome(zipped({"a.txt": b"\0" * 80_000_000}), "acts.zip")
    outcome(document(" " * 40_000_000), "act.docx")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/Kids [3 0 R]", "/Kids [2 0 R 2 0 R]"),
        ("/Count 1", "/Count 99999999"),
        ("[0 0 595 842]", "[0 0 1e30 -1e30]"),
        ("/Contents 4", "/Contents 3"),
        ("q Q", "q " * 50_000),
        ("q Q", "[" * 50_000),
    ],
)
def test_odd_pdf(old, new):
    """Pages that hold themselves, of no size, or with nonsense for their content."""
    page = "3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n"
    whole = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" + page
    outcome((whole + "4 0 obj\n<< /Length 9 >>\nstream\nq Q\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n").replace(old, new), "act.pdf")


def test_broken_characters_in_data():
    """Half a character out of JSON is in no text, title or id."""
    row = {"id": "a\ud800", "label": "\ud800", "heading": "\udfff", "text": "One.", "path": ["\ud800"], "title": "\ud800"}
    nodes = outcome(json.dumps({"title": "\ud800", "language": "en", "provisions": [row]}), "act.json")
    assert all(f"{node.id}{node.label}{node.heading}{node.text}{node.path}".encode() for node in nodes)
