"""Akoma Ntoso files become laws: what the markup states is taken, nothing is guessed."""

import time

import pytest

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.records import Level, ProvisionKind, ProvisionStatus, TextState
from lexfloor.pipeline.stages.ingest.akoma_ntoso import read
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.segment import segment

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
META = """<meta><identification source="#office"><FRBRWork><FRBRalias name="title" value="Harvest Workers Act"/></FRBRWork>
<FRBRExpression><FRBRdate date="2021-07-01" name="expression"/><FRBRlanguage language="eng"/></FRBRExpression></identification></meta>"""


def document(inside, *, meta=META, kind="act", namespace=NAMESPACE, attributes='name="act"'):
    """Return an Akoma Ntoso file with the given parts after its metadata."""
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<akomaNtoso xmlns="{namespace}"><{kind} {attributes}>{meta}{inside}</{kind}></akomaNtoso>'
    return text.encode()


def law_of(inside, **options):
    """Return the law of a file with the given parts."""
    return read(Source(document(inside, **options), "XTS", "harvest.xml"))


def body(inside, **options):
    return law_of(f"<body>{inside}</body>", **options)


def shown(law):
    """Return level, label, heading and own words of each mark."""
    return [(mark.level, mark.label, mark.heading, law.text[mark.span.start : mark.span.end]) for mark in law.marks]


SECTION = """<part eId="part_I"><num>PART I</num><heading>Who is insured</heading>
<section eId="part_I__sec_4"><num>4.</num><heading>Pickers</heading>
 <subsection eId="s1"><num>(1)</num><intro><p>Every <b>pick</b>er is insured who</p></intro>
  <paragraph eId="a"><num>(a)</num><content><p>works for pay; or</p></content></paragraph>
  <paragraph eId="b"><num>(b)</num><intro><p>lives on the farm</p></intro>
   <subparagraph><num>(i)</num><content><p>all year; or</p></content></subparagraph><subparagraph><num>(ii)</num><content><p>in season,</p></content></subparagraph>
  </paragraph>
  <wrapUp><p>unless another law insures the picker.</p></wrapUp></subsection>
 <subsection eId="s2" status="removed"><num>(2)</num><content><p>[gone]</p></content></subsection>
</section></part>"""


def test_levels_numbers_headings_and_ids():
    """Each numbered element is a provision with its label, and the words stand in order."""
    law = body(SECTION)
    assert [(mark.level, mark.label, mark.heading, mark.id) for mark in law.marks] == [
        (Level.PART, "PART I", "Who is insured", "part_I"),
        (Level.SECTION, "4", "Pickers", "part_I__sec_4"),
        (Level.SUBSECTION, "(1)", "", "s1"),
        (Level.PARAGRAPH, "(a)", "", "a"),
        (Level.PARAGRAPH, "(b)", "", "b"),
        (Level.ITEM, "(i)", "", ""),
        (Level.ITEM, "(ii)", "", ""),
        (Level.SUBSECTION, "(2)", "", "s2"),
    ]
    assert law.text.splitlines() == [
        "PART I Who is insured",
        "4. Pickers",
        "(1) Every picker is insured who",
        "(a) works for pay; or",
        "(b) lives on the farm",
        "(i) all year; or",
        "(ii) in season,",
        "unless another law insures the picker.",
        "(2) [gone]",
    ]
    assert law.marks[-1].status is ProvisionStatus.REPEALED
    assert law.marks[-1].status_reason == "markup: status=removed"


def test_the_segmenter_takes_the_structure():
    """Items know what introduces them and what goes on after their list."""
    nodes = {node.id: node for node in segment(body(SECTION)).provisions}
    assert nodes["a"].parent == "s1"
    assert nodes["a"].section == "4"
    assert nodes["a"].chapeau == "Every picker is insured who"
    assert nodes["a"].continuation == "unless another law insures the picker."
    assert not nodes["s2"].citable


def test_a_number_stands_on_the_line_of_its_words():
    """A section without heading and its first subsection are printed on one line, and each mark begins at its own number."""
    law = body("<section><num>7</num><subsection><num>(1)</num><content><p>Pay is weekly.</p></content></subsection></section>")
    assert law.text == "7 (1) Pay is weekly.\n"
    assert shown(law)[1] == (Level.SUBSECTION, "(1)", "", "(1) Pay is weekly.")


@pytest.mark.parametrize(("printed", "label"), [("12.", "12"), ("Art. 5.—", "Art. 5"), ("§ 3a", "§ 3a"), ("…", "…"), ("VII:", "VII")])
def test_labels_of_sections_are_without_the_stop(printed, label):
    """The stop or dash after a section's number is no part of its label, but stays in the text."""
    law = body(f"<article><num>{printed}</num><content><p>Words.</p></content></article>")
    assert law.marks[0].label == label
    assert law.text.startswith(printed)


def test_a_section_that_holds_articles_is_a_group():
    """What is called a section in one country is a group of articles in another."""
    law = body("<chapter><num>I</num><section><num>Section 2</num><article><num>Art. 9</num><content><p>Words.</p></content></article></section></chapter>")
    assert [(mark.level, mark.label) for mark in law.marks] == [(Level.CHAPTER, "I"), (Level.DIVISION, "Section 2"), (Level.SECTION, "Art. 9")]


def test_paragraphs_of_a_schedule_are_sections():
    """Where nothing is called a section, the topmost numbered element is the unit that lawyers cite."""
    law = body(
        '<hcontainer name="schedule"><num>Schedule 2</num><paragraph><num>1</num><content><p>Rates rise.</p></content>'
        "</paragraph><paragraph><num>2</num><subparagraph><num>(1)</num><content><p>Rates fall.</p></content></subparagraph></paragraph></hcontainer>"
    )
    assert [(mark.level, mark.label, mark.kind) for mark in law.marks] == [
        (Level.SCHEDULE, "Schedule 2", ProvisionKind.SCHEDULE),
        (Level.SECTION, "1", ProvisionKind.OPERATIVE),
        (Level.SECTION, "2", ProvisionKind.OPERATIVE),
        (Level.ITEM, "(1)", ProvisionKind.OPERATIVE),
    ]


def test_wrappers_are_no_groups():
    """An element that only holds others, without number or heading of its own, is neither group nor section."""
    schedule = '<hcontainer name="schedule"><num>Schedule</num><hcontainer name="crossheading"><heading>Boats</heading>{0}</hcontainer></hcontainer>'
    inside = schedule.format("<paragraph><num>1<authorialNote marker='a'><p>Old.</p></authorialNote>.</num><content><p>Row.</p></content></paragraph>")
    law = body(f'<hcontainer name="wrapper"><section><num>1</num><content><p>Sail.</p></content></section></hcontainer><hcontainer name="schedules">{inside}</hcontainer>')
    assert [(mark.depth, mark.level, mark.label) for mark in law.marks] == [
        (90, Level.SECTION, "1"),
        (1, Level.SCHEDULE, "Schedule"),
        (90, Level.SECTION, "1"),
        (90, Level.SECTION, ""),
    ]
    assert law.text.splitlines() == ["1 Sail.", "Schedule", "Boats", "1[^a]. Row.", "[^a]: Old."]


def test_lists_of_blocks_are_inner_provisions():
    """Items of a block list, and of a list in it, lie under the section, one level deeper each."""
    law = body(
        "<section><num>3</num><content><blockList><listIntroduction>A farm pays</listIntroduction><item><num>(a)</num><heading>rent</heading><p>in kind;</p></item>"
        "<item><num>(b)</num><blockList><item><num>(i)</num><p>in coin.</p></item></blockList></item></blockList></content></section>"
    )
    assert [row[:3] for row in shown(law)] == [
        (Level.SECTION, "3", ""),
        (Level.PARAGRAPH, "(a)", "rent"),
        (Level.PARAGRAPH, "(b)", ""),
        (Level.ITEM, "(i)", ""),
    ]
    assert law.text.splitlines() == ["3 A farm pays", "(a) rent", "in kind;", "(b) (i) in coin."]


def test_elements_without_number_arrange_words_only():
    """An unnumbered paragraph or list is no provision of its own."""
    law = body(
        "<article><num>1</num><paragraph><content><p>One.</p></content></paragraph><list><intro><p>Two:</p></intro><point><num>a)</num><content><p>x</p></content></point></list></article>"
    )
    assert [(mark.level, mark.label) for mark in law.marks] == [(Level.SECTION, "1"), (Level.ITEM, "a)")]


def test_elements_nested_deeper_than_items_belong_to_the_item():
    """There are three levels inside a section; what is deeper is words of the item."""
    inner = "<p>deep</p>"
    for name in ("indent", "point", "subparagraph", "paragraph", "subsection"):
        inner = f"<{name}><num>({name[0]})</num><content>{inner}</content></{name}>" if inner.startswith("<p>") else f"<{name}><num>({name[0]})</num>{inner}</{name}>"
    law = body(f"<section><num>1</num>{inner}</section>")
    assert [mark.level for mark in law.marks] == [Level.SECTION, Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM]
    assert law.text == "1 (s) (p) (s) (p) (i) deep\n"


def test_quoted_law_belongs_to_the_amending_section():
    """Articles that an amending provision quotes are no provisions of this law."""
    quoted = "<section><num>88</num><heading>Rent</heading><content><p>No rent is due.</p></content></section>"
    law = body(f"<section><num>5</num><content><p>After section 87 there is put: <mod><quotedStructure>{quoted}</quotedStructure></mod></p></content></section>")
    assert [mark.label for mark in law.marks] == ["5"]
    assert "No rent is due." in law.text
    assert segment(law).provisions[0].text.endswith("No rent is due.")


def test_words_inside_a_line():
    """Deleted words go, inserted ones stay, raised ones are raised, references and terms are words, breaks are lines."""
    law = body(
        "<section><num>1</num><content><p>A <term>picker</term> has <del>two</del><ins>three</ins> m<sup>2</sup> as in <ref href='#x'>section 4</ref>"
        "<br/>and H<sub>2</sub>O <remark status='editorial'>[see note]</remark></p></content></section>"
    )
    assert segment(law).provisions[0].text.splitlines() == ["1 A picker has three m² as in section 4", "and H2O [see note]"]
    assert law.remarks == ("left out as deleted by the markup: 1 passages",)


def test_tables_are_rows():
    """A row of headings is followed by a rule; bars in cells are escaped; a wide cell keeps the columns in place."""
    law = body(
        "<section><num>1</num><content><p>Rates:</p><table><tr><th><p>Weeks</p></th><th><p>Rate</p></th></tr><tr><td><p>1</p><p>to 4</p></td><td>60|70</td></tr>"
        '<tr><td colspan="2">none</td></tr><tr><td/><td/></tr></table></content></section>'
    )
    assert law.text.splitlines() == ["1 Rates:", "| Weeks | Rate |", "| --- | --- |", "| 1 to 4 | 60\\|70 |", "| none |  |"]


def test_notes_stand_at_the_end():
    """A footnote is marked in the text and is no part of the provision; its words stand in a note at the end."""
    meta = META.replace("</meta>", '<notes source="#o"><note eId="n9"><p>From the year 2000.</p></note></notes></meta>')
    law = body(
        "<section><num>1</num><content><p>Pay<authorialNote marker='1'><p>In coin.</p></authorialNote> is due<noteRef href='#n9' marker='*'/>.</p></content></section>", meta=meta
    )
    assert law.text.splitlines() == ["1 Pay[^1] is due[^*].", "[^1]: In coin.", "[^*]: From the year 2000."]
    assert [(node.text, node.kind) for node in segment(law).provisions] == [
        ("1 Pay is due.", ProvisionKind.OPERATIVE),
        ("In coin.\n From the year 2000.", ProvisionKind.NOTE),
    ]


def test_preface_contents_preamble_and_conclusions():
    """What stands around the body is kept apart by its kind."""
    law = law_of(
        "<preface><longTitle><p>An Act about <docTitle>harvests</docTitle></p></longTitle><toc><tocItem href='#s' level='1'>1 Name</tocItem></toc></preface>"
        "<preamble><p>Whereas pickers pick,</p></preamble><body><section eId='s'><num>1</num><heading>Name</heading><content><p>This is it.</p></content></section></body>"
        "<conclusions><p>Signed by the clerk</p></conclusions>"
    )
    assert [(mark.kind, mark.level, law.text[mark.span.start : mark.span.end]) for mark in law.marks] == [
        (ProvisionKind.PREAMBLE, Level.SECTION, "An Act about harvests"),
        (ProvisionKind.CONTENTS, Level.SECTION, "1 Name"),
        (ProvisionKind.PREAMBLE, Level.SECTION, "Whereas pickers pick,"),
        (ProvisionKind.OPERATIVE, Level.SECTION, "1 Name\nThis is it."),
        (ProvisionKind.NOTE, Level.SECTION, "Signed by the clerk"),
    ]


def test_attachments_and_components_are_schedules():
    """Annexes with a document of their own are schedules, with its heading or title, and their sections lie in them."""
    section = "<section><num>1</num><content><p>Wheat.</p></content></section>"
    doc = f"<doc name='annex'><meta/><preface><p><docTitle>Table of crops</docTitle></p></preface><mainBody>{section}</mainBody></doc>"
    law = law_of(
        f"<body><section><num>1</num><content><p>See the annex.</p></content></section></body><attachments><attachment><heading>Annex A</heading>{doc}</attachment></attachments>"
        f"<components><component>{doc}</component></components>"
    )
    assert [(node.level, node.heading, node.label, node.parent) for node in segment(law).provisions if node.level in (Level.SCHEDULE, Level.SECTION)] == [
        (Level.SECTION, "", "1", ""),
        (Level.SCHEDULE, "Annex A", "", ""),
        (Level.SECTION, "", "", "att_x"),
        (Level.SECTION, "", "1", "att_x"),
        (Level.SCHEDULE, "Table of crops", "", ""),
        (Level.SECTION, "", "1", "att_x~2"),
    ]


def test_what_the_metadata_tell():
    """Title, language, date and state are the file's own words."""
    law = body(SECTION, attributes='contains="singleVersion" name="act"')
    assert (law.title, law.language, law.encoding, law.format) == ("Harvest Workers Act", "en", "utf-8 (declared)", "akoma-ntoso-xml")
    assert (law.version.state, law.version.date, law.version.date_source) == (TextState.CONSOLIDATED, "2021-07-01", "markup: FRBRExpression/FRBRdate")
    assert body(SECTION, attributes='contains="originalVersion"').version.state is TextState.AS_ENACTED
    assert body(SECTION).version.state is TextState.UNKNOWN


def test_without_metadata_the_document_tells():
    """The title is taken from the preface, the language from the root or the words; a stand-in date is none."""
    meta = META.replace("FRBRalias", "FRBRname").replace("2021-07-01", "0001-01-01").replace('<FRBRlanguage language="eng"/>', "")
    words = "Le salaire est payé chaque semaine au travailleur."
    preface = "<preface><p><docTitle>Loi sur <i>la</i> récolte</docTitle></p></preface>"
    law = law_of(f"{preface}<body><article><num>1</num><content><p>{words}</p></content></article></body>", meta=meta)
    assert (law.title, law.language, law.version.date) == ("Loi sur la récolte", "fr", "")
    assert law_of("<body><p>Words</p></body>", meta="").title == "harvest.xml"


@pytest.mark.parametrize(
    ("old", "new"), [("</meta>", '<lifecycle source="#o"><eventRef type="repeal" date="2019-01-01" source="#x"/></lifecycle></meta>'), ("<body>", '<body status="removed">')]
)
def test_a_repealed_act_gives_no_evidence(old, new):
    """Repeal of the whole act, as an event or as its state, reaches every provision."""
    law = read(Source(document(f"<body>{SECTION}</body>").replace(old.encode(), new.encode()), "XTS", "harvest.xml"))
    assert law.version.status is ProvisionStatus.REPEALED
    assert not any(node.citable for node in segment(law).provisions)


@pytest.mark.parametrize(
    "namespace", ["http://docs.oasis-open.org/legaldocml/ns/akn/3.0/CSD13", "http://docs.oasis-open.org/legaldocml/ns/akn/3.0/WD17", "http://www.akomantoso.org/2.0"]
)
def test_older_versions(namespace):
    """Drafts of the format are read alike; ids that older ones call ``id`` are kept."""
    law = body(SECTION.replace("eId=", "id="), namespace=namespace)
    assert shown(law) == shown(body(SECTION))
    assert law.marks[0].id == "part_I"


def test_bills_documents_and_collections():
    """Every kind of document that may be law is read; of a collection the first, which is told."""
    assert shown(body(SECTION, kind="bill")) == shown(body(SECTION))
    assert shown(law_of(f"<mainBody>{SECTION}</mainBody>", kind="doc")) == shown(body(SECTION))
    act = f"<act name='act'>{META}<body>{SECTION}</body></act>"
    cover = "<component><doc name='cover'><mainBody><p>Cover</p></mainBody></doc></component>"
    law = law_of(f"<collectionBody>{cover}<component>{act}</component><component>{act}</component></collectionBody>", kind="documentCollection")
    assert shown(law) == shown(body(SECTION))
    assert law.remarks == ("a collection of 3 documents, of which the first act was read",)


def test_a_document_without_structure_is_left_to_the_segmenter():
    """A document of mere paragraphs has no marks; its sections are found in the words."""
    law = law_of(
        "<mainBody><p>Section 1. Name</p><p>This Act has a name that is long enough.</p><p>Section 2. Pay</p><p>Pay is due every week to every picker.</p></mainBody>", kind="doc"
    )
    assert law.marks is None
    assert [node.label for node in segment(law).provisions if node.level is Level.SECTION] == ["Section 1", "Section 2"]


def test_words_that_look_like_markup_stay_words():
    """Stars, bars, hashes and angle brackets of the law are in its plain text as printed."""
    words = ["# 3 of the list", "a*b*c and *d", "| no table", "> 5 years", "[x](y) &lt;b> _z_", "](odd)"]
    law = body(f"<section><num>1</num><content><p>Words</p>{''.join(f'<p>{line}</p>' for line in words)}</content></section>")
    assert segment(law).provisions[0].text.splitlines()[1:] == [line.replace("&lt;", "<") for line in words]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (document("<body/>")[:90], "not well formed"),
        (document("", kind="judgment"), "<judgment>"),
        (document("", kind="debate"), "<debate>"),
        (b"<akomaNtoso/>", "without a document"),
        (b"<other/>", "<other>"),
        (document("<body>" + "<part>" * 400 + "</part>" * 400 + "</body>"), "not well formed"),
    ],
)
def test_what_is_no_law_is_refused(data, what):
    """The refusal names the file and what was found."""
    with pytest.raises(SourceError, match=what) as caught:
        read(Source(data, "XTS", "folder/harvest.xml"))
    assert str(caught.value).startswith("folder/harvest.xml: ")


def with_entities(declared, inside):
    """Return a file whose document type declares entities."""
    return f'<?xml version="1.0"?><!DOCTYPE akomaNtoso [{declared}]>'.encode() + document(inside).partition(b"?>")[2]


def test_entities_fetch_nothing(tmp_path):
    """No file of the machine gets into the law; the words around its name stay."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    inside = "<body><section><num>1</num><content><p>Pay &x; is due.</p></content></section></body>"
    law = read(Source(with_entities(f'<!ENTITY x SYSTEM "{secret.as_uri()}">', inside), "XTS", "harvest.xml"))
    assert law.text == "1 Pay is due.\n"


def test_entities_expand_to_nothing():
    """A bomb of entities is refused or left out, at once."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    data = with_entities(f'<!ENTITY e0 "lol">{bomb}', "<body><section><num>1</num><content><p>Pay &e11; is due.</p></content></section></body>")
    try:
        text = read(Source(data, "XTS", "harvest.xml")).text
    except SourceError:  # what newer parsers do
        return
    assert text == "1 Pay is due.\n"


def test_large_and_hostile_files_are_quick():
    """Deep nesting, many notes, many columns and many empty elements take no more than their size."""
    nested = "<part>" * 200 + "<section><num>1</num><content><p>deep</p></content></section>" + "</part>" * 200
    notes = "".join("<p>x<authorialNote marker='1'><p>y</p></authorialNote></p>" for _ in range(5000))
    wide = '<table><tr><td colspan="999999999">x</td></tr></table>'
    started = time.monotonic()
    law = body(f"{nested}<section><num>2</num><content>{notes}{wide}{'<p/>' * 20000}</content></section>")
    assert time.monotonic() - started < 5
    assert [mark.label for mark in law.marks if mark.level is Level.SECTION][:2] == ["1", "2"]
    assert len(law.text) < 300_000


def test_marks_enclose_one_another():
    """Every mark lies within those that are open around it, and marks are in order."""
    marks = body(SECTION * 3).marks
    assert list(marks) == sorted(marks, key=lambda mark: (mark.span.start, mark.depth))
    above = []
    for mark in marks:
        while above and above[-1].depth >= mark.depth:
            above.pop()
        assert not above or (above[-1].span.start <= mark.span.start and mark.span.end <= above[-1].span.end)
        above.append(mark)
