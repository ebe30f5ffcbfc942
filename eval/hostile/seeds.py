"""Small invented laws as files of every format: what the fuzzer changes until something breaks."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

_TITLE = "Lighthouse Keepers Pensions Act"
_SECTIONS = (
    ("1", "Name", ("This Act is the Lighthouse Keepers Pensions Act.",)),
    (
        "2",
        "Meaning of words",
        ("(1) In this Act—", "(a) “keeper” means a person who tends a lamp;", "(b) “fund” means the fund of section 4.", "(2) A word not explained here has its usual sense."),
    ),
    ("3", "Pension", ("(1) A keeper aged 60 is paid 45.5 per cent of the reference wage, see subsection (2).", "(2) The wage is 1 250.75 a month; 12½ weeks of leave count.")),
    ("3A", "Survivors", ("[Repealed]",)),
    ("4", "The fund", ("(1) The fund pays: (a) pensions; (b) grants of 1,000; (i) for oil; (ii) for wicks.", "(2) Section 3 does not apply to visitors.")),
)
_FOREIGN = (
    "第一章 总则\n\n第一条 灯塔看守人享有养老金。\n（一）年满六十岁；\n（二）工作满十年。\n第二条 本法自公布之日起施行。\n",
    "ΜΕΡΟΣ Α΄\n\nΆρθρο 1\nΟι φύλακες των φάρων ασφαλίζονται.\n1. Η σύνταξη είναι 45%.\nα) για τους άνδρες·\nβ) για τις γυναίκες.\n",
    "TEIL I\n\n§ 1 Name\n(1) Dieses Gesetz heißt Leuchtturm­wärtergesetz.\n(2) Es gilt\n1. für Wärter,\n2. für Wärterinnen.\n§ 2 (weggefallen)\n",
    "القسم الأول\n\nالمادة 1\nيستحق الحارس معاشا.\n(أ) عند بلوغ الستين؛\n(ب) عند العجز.\n",
)
_FIXED = (2020, 1, 1, 0, 0, 0)
NAMES = {
    "text": "act.txt",
    "markdown": "act.md",
    "html": "act.html",
    "docx": "act.docx",
    "pdf": "act.pdf",
    "akn": "act.xml",
    "justice": "act.xml",
    "jsonl": "act.jsonl",
    "zip": "acts.zip",
}
"""Formats that are fuzzed, each with the name of its files."""


def seeds(form: str) -> tuple[bytes, ...]:
    """Return the seed files of a format; those of ``docx`` and ``zip`` are packed."""
    return _all_seeds()[form]


@cache
def _all_seeds() -> dict[str, tuple[bytes, ...]]:
    lines = _json_lines()
    return {
        "text": (_text().encode(), *((each * 3).encode() for each in _FOREIGN)),
        "markdown": (_markdown().encode(),),
        "html": (_html().encode(), _html("<table><tr><th>Age<td>Rate<tr><td>60<td>45 %</table><ol type=a start=3><li>x<li>y<ul><li>z</ul></ol>").encode()),
        "docx": (packed(docx_parts()),),
        "pdf": (_pdf(compress=False), _pdf(compress=True)),
        "akn": (_akn().encode(),),
        "justice": (_justice().encode(),),
        "jsonl": (lines.encode(), json.dumps({"title": _TITLE, "provisions": [json.loads(line) for line in lines.splitlines()]}, indent=1).encode()),
        "zip": (packed({"a/act.md": _markdown().encode(), "b.html": _html().encode(), "c.txt": _text().encode()}),),
    }


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return a zip container of the parts, the same bytes every time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _text() -> str:
    parts = "".join(f"Section {label}. {title}\n\n" + "\n".join(lines) + "\n\n" for label, title, lines in _SECTIONS)
    return f"{_TITLE.upper()}\n\nPART I\nGENERAL\n\n{parts}SCHEDULE\n\nRates\n\n1. Small lamps: 3.\n2. Great lamps: 4.\n"


def _markdown() -> str:
    table = "| Age | Rate |\n| --- | --- |\n| 60 | 45 % |\n\n"
    parts = "".join(f"### {label}. {title}\n\n" + "\n\n".join(f"- {line}" for line in lines) + "\n\n> Note: *old* wording[^1].\n\n" for label, title, lines in _SECTIONS)
    return f"---\ntitle: {_TITLE}\nlanguage: en\nlast_updated: 2020-01-02\n---\n# {_TITLE}\n\n## PART I **General**\n\n{parts}{table}[^1]: A note.\n"


def _html(more: str = "") -> str:
    parts = "".join(
        f"<h3 id=s{label}>Section {label}. {title}</h3>" + "".join(f"<p class=x style='margin-left:2em'>{line}<sup>1</sup></p>\n" for line in lines)
        for label, title, lines in _SECTIONS
    )
    menu = "<nav><ul><li><a href=/>Home</a><li><a href=/x>Laws</a></ul></nav>"
    head = f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{_TITLE}</title><style>p{{x:y}}</style></head>"
    return f"{head}<body>{menu}<main><h1>{_TITLE}</h1><h2>PART I</h2>{parts}{more}</main><footer>Contact</footer></body></html>"


def docx_parts() -> dict[str, bytes]:
    """Return the parts of a Word document, before they are packed."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"

    def paragraph(words: str, style: str = "", inside: str = "") -> str:
        named = f"<w:pStyle w:val='{style}'/>" if style else ""
        return f"<w:p><w:pPr>{named}{inside}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{words} </w:t></w:r><w:r><w:tab/><w:t>end</w:t></w:r></w:p>"

    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    body = "".join(paragraph(f"Section {label}. {title}", "Heading2") + "".join(paragraph(line, inside=listed) for line in lines) for label, title, lines in _SECTIONS)
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Age')}</w:tc><w:tc>{paragraph('Rate')}</w:tc></w:tr></w:tbl>"
    changed = "<w:p><w:ins w:id='1'><w:r><w:t>new</w:t></w:r></w:ins><w:del w:id='2'><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    levels = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='(%1)'/></w:lvl></w:abstractNum>"
    parts = {
        "[Content_Types].xml": f"<Types xmlns='{package}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
        f"<Override PartName='/word/document.xml' ContentType='{types}.document.main+xml'/><Override PartName='/word/styles.xml' ContentType='{types}.styles+xml'/>"
        f"<Override PartName='/word/numbering.xml' ContentType='{types}.numbering+xml'/><Override PartName='/word/footnotes.xml' ContentType='{types}.footnotes+xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' Type='{office}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{package}/relationships'>"
        + "".join(f"<Relationship Id='r{number}' Type='{office}/{name}' Target='{name}.xml'/>" for number, name in enumerate(("styles", "numbering", "footnotes"), 1))
        + "</Relationships>",
        "word/document.xml": f"<w:document xmlns:w='{word}'><w:body>{paragraph(_TITLE, 'Heading1')}{body}{table}{changed}</w:body></w:document>",
        "word/styles.xml": f"<w:styles xmlns:w='{word}'>"
        + "".join(f"<w:style w:type='paragraph' w:styleId='Heading{level}'><w:name w:val='heading {level}'/><w:basedOn w:val='Normal'/></w:style>" for level in (1, 2))
        + "</w:styles>",
        "word/numbering.xml": f"<w:numbering xmlns:w='{word}'>{levels}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>",
        "word/footnotes.xml": f"<w:footnotes xmlns:w='{word}'><w:footnote w:id='2'>{paragraph('A note.')}</w:footnote></w:footnotes>",
    }
    return {name: (head + part).encode() for name, part in parts.items()}


def _pdf(*, compress: bool) -> bytes:
    """Return a PDF of several pages with running heads, written object by object."""
    lines = _text().encode("cp1252", "replace").decode("latin-1").splitlines()
    pages = [lines[start : start + 12] for start in range(0, len(lines), 12)]
    objects = [b"<< /Type /Catalog /Pages 2 0 R /Lang (en) >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for number, page in enumerate(pages, 1):
        shown = [f"{_TITLE} {number}", *page]
        drawn = "".join(f"BT /F1 {12 if place else 9} Tf 72 {780 - 20 * place} Td ({_pdf_words(line)}) Tj ET\n" for place, line in enumerate(shown)).encode("latin-1")
        stream, how = (zlib.compress(drawn), "/Filter /FlateDecode ") if compress else (drawn, "")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>".encode())
        objects.append(f"<< {how}/Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * place} 0 R' for place in range(len(pages)))}] /Count {len(pages)} >>".encode()
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return made + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n".encode()


def _pdf_words(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _akn() -> str:
    sections = "".join(
        f"<section eId='sec_{label}'><num>{label}.</num><heading>{title}</heading>"
        + "".join(
            f"<subsection eId='sec_{label}__subsec_{place}'><num>({place})</num><content><p>{line} <ref href='#sec_1'>x</ref></p></content></subsection>"
            for place, line in enumerate(lines, 1)
        )
        + "</section>"
        for label, title, lines in _SECTIONS
    )
    identity = "".join(
        f"<FRBR{kind}><FRBRthis value='/akn/xx/act/2020/1'/><FRBRdate date='2020-01-01' name='x'/><FRBRlanguage language='eng'/></FRBR{kind}>" for kind in ("Work", "Expression")
    )
    meta = f"<meta><identification source='#x'>{identity}</identification><notes><note eId='n1'><p>A note.</p></note></notes></meta>"
    table = "<table><tr><th><p>Age</p></th><td><p>60</p></td></tr></table>"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'><act name='act'>{meta}"
        f"<preface><longTitle><p><docTitle>{_TITLE}</docTitle></p></longTitle></preface><body><part eId='part_I'>"
        f"<num>PART I</num><heading>General</heading>{sections}</part></body>"
        f"<attachments><attachment><doc name='x'><mainBody>{table}</mainBody></doc></attachment></attachments></act></akomaNtoso>"
    )


def _justice() -> str:
    sections = "".join(
        f"<Section><MarginalNote>{title}</MarginalNote><Label>{label}</Label>"
        + "".join(f"<Subsection><Label>({place})</Label><Text>{line} <Emphasis style='italic'>x</Emphasis></Text></Subsection>" for place, line in enumerate(lines, 1))
        + "<HistoricalNote>2020, c. 1</HistoricalNote></Section>"
        for label, title, lines in _SECTIONS
    )
    return (
        f"<?xml version='1.0' encoding='utf-8'?>\n<Statute xmlns:lims='http://example.org/lims' lims:current-date='2020-01-01' xml:lang='en' in-force='yes'>"
        f"<Identification><ShortTitle>{_TITLE}</ShortTitle>"
        f"</Identification><Body><Heading level='1'><Label>PART I</Label><TitleText>General</TitleText></Heading>{sections}</Body>"
        "<Schedule id='NifProvs'><ScheduleFormHeading><Label>SCHEDULE</Label>"
        "</ScheduleFormHeading><AmendedText><Section><Label>9</Label><Text>Later.</Text></Section></AmendedText></Schedule></Statute>"
    )


def _json_lines() -> str:
    rows: list[dict[str, object]] = []
    for label, title, lines in _SECTIONS:
        rows.append({"id": f"sec_{label}", "level": "section", "label": label, "heading": title, "text": "\n".join(lines), "path": ["PART I General"]})
        rows.extend({"parent": f"sec_{label}", "level": "subsection", "number": place, "text": line} for place, line in enumerate(lines, 1))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
