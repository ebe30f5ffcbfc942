"""Laws that come as data: JSON Lines, lists and objects of provisions, and lexfloor's own export."""

import json

import pytest

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Level, ProvisionKind, ProvisionStatus, TextState, Version
from lexfloor.pipeline.stages.ingest.json_lines import read
from lexfloor.pipeline.stages.ingest.source import Source

FIRST = {"section": 1, "heading": "Name", "text": "This is the Ferry Workers Act.", "part": "PART I General"}
SECOND = {"section": "2", "heading": "Sick pay", "text": "2. Sick pay is due for ten weeks.", "part": "PART I General"}
THIRD = {"section": "3", "heading": "Pensions", "text": "A pension is due at sixty.", "part": "PART II Pensions"}


def law(*objects, name="act.jsonl"):
    """Read objects, one a line."""
    return read(Source("\n".join(json.dumps(each) for each in objects).encode(), "XTS", name))


def words(of, mark):
    """Return the plain text of a mark."""
    return plain(of.text[mark.span.start : mark.span.end]).text


def outline(of):
    """Return the levels and labels of a law's marks."""
    return [(mark.level.value, mark.label) for mark in of.marks]


def refusal(text, name="act.jsonl"):
    """Return the message with which a file is refused."""
    with pytest.raises(SourceError) as caught:
        read(Source(text.encode(), "XTS", name))
    assert str(caught.value).startswith(f"{name}: ")
    return str(caught.value)


def test_each_line_is_a_section_under_its_headings():
    """Sections come in order, under the parts that their lines name, each part once."""
    read_law = law(FIRST, SECOND, THIRD)
    assert outline(read_law) == [("part", "PART I"), ("section", "1"), ("section", "2"), ("part", "PART II"), ("section", "3")]
    assert [mark.heading for mark in read_law.marks] == ["General", "Name", "Sick pay", "Pensions", "Pensions"]
    part, first, second, *_ = read_law.marks
    assert part.span.start <= first.span.start < second.span.end <= part.span.end
    assert read_law.language == "en"


def test_the_label_is_printed_once():
    """A label that the text lacks stands before it, one that it has is not doubled."""
    read_law = law(FIRST, SECOND, {"label": "36", "text": "365 days are a year."}, {"label": "§ 37", "text": "Section 37. Days"})
    shown = [words(read_law, mark) for mark in read_law.marks if mark.level is Level.SECTION]
    assert shown == ["1. Name\nThis is the Ferry Workers Act.", "2. Sick pay is due for ten weeks.", "36. 365 days are a year.", "Section 37. Days"]


@pytest.mark.parametrize(
    "keys", [("text", "section", "heading"), ("content", "label", "title"), ("body", "number", "caption"), ("Text", "Article", "Heading"), ("TEXT", "label", "heading")]
)
def test_usual_keys(keys):
    """Text, number and title are found under the keys that people use."""
    (mark,) = (read_law := law(dict(zip(keys, ("It is paid.", "7", "Payment"), strict=True)))).marks
    assert (mark.label, mark.heading, words(read_law, mark)) == ("7", "Payment", "7. Payment\nIt is paid.")


def test_markup_in_the_text_stays_words():
    """What Markdown would take for markup comes out as it went in."""
    odd = "# no heading\n> no quote\n| no | row |\n*a* & <b> [c](d) 2*3 snake_case &amp; \\x `y`"
    read_law = law({"text": odd})
    assert words(read_law, read_law.marks[0]) == odd


def test_pieces_of_a_section_are_marked_in_its_text():
    """A subsection whose text the section holds already is no second text."""
    section = {"id": "s1", "label": "1", "text": "1. A fund (a) pays; (b) collects [*]."}
    pieces = [{"parent": "s1", "level": "paragraph", "label": f"({letter})", "text": text} for letter, text in (("a", "(a) pays;"), ("b", "(b) collects [*]."))]
    read_law = law(section, *pieces)
    assert plain(read_law.text).text == section["text"]
    assert [words(read_law, mark) for mark in read_law.marks] == [section["text"], "(a) pays;", "(b) collects [*]."]


def test_levels_tell_what_lies_under_what():
    """Without parents named, a chapter holds the sections after it, and a section the subsections."""
    rows = [("part", "I"), ("section", "1"), ("subsection", "(1)"), ("subsection", "(2)"), ("section", "2"), ("part", "II"), ("section", "3")]
    read_law = law(*({"level": level, "label": label, "text": f"Words of {level} {label}."} for level, label in rows))
    assert outline(read_law) == rows
    spans = {mark.label: mark.span for mark in read_law.marks}
    assert spans["I"].start < spans["1"].start < spans["(1)"].start < spans["(2)"].end <= spans["1"].end < spans["2"].end <= spans["I"].end < spans["II"].start


def export():
    """Return the lines that lexfloor writes of an invented law."""
    about = {"title": "Lamp Act", "language": "en", "text_state": "consolidated", "text_date": "2020", "status": "repealed", "status_source": "text: x", "file": "lamp.md"}
    shared = {"path": [], "kind": "operative", "status": "in_force", "status_reason": "", "page": 1, "language": "en", "chapeau": "", "continuation": ""}
    yield {"law": about}
    yield shared | {"id": "part_I", "parent": "", "level": "part", "section": "", "label": "PART I", "heading": "Lamps", "start": 0, "end": 90, "text": "PART I Lamps"}
    text = "§ 1 Who\nA keeper *\n(1) has oil; (1) has oil;"
    yield shared | {"id": "sec_1", "parent": "part_I", "level": "section", "section": "§ 1", "label": "§ 1", "heading": "Who", "start": 20, "end": 64, "text": text}
    for number, start in ((1, 38), (2, 51)):
        own = {"id": f"sec_1__subsec_{number}", "parent": "sec_1", "level": "subsection", "section": "§ 1", "label": "(1)", "heading": "", "start": start, "end": start + 12}
        yield shared | own | {"text": "(1) has oil;", "page": 3}
    gone = {"status": "repealed", "status_reason": "text: [Gone]", "kind": "transitional"}
    yield shared | gone | {"id": "sec_2", "parent": "part_I", "level": "section", "section": "2", "label": "2", "heading": "", "start": 70, "end": 80, "text": "[Gone]"}
    yield {"refused": {"start": 80, "end": 90, "reason": "a menu"}}


def test_own_export_comes_back():
    """Reading what lexfloor wrote gives the same provisions, texts, facts and pages."""
    lines = list(export())
    read_law = law(*lines)
    written = [line for line in lines if "id" in line]
    assert [(m.id, m.level, m.label, m.heading, m.kind, m.status, m.status_reason) for m in read_law.marks] == [
        (line["id"], Level(line["level"]), line["label"], line["heading"], ProvisionKind(line["kind"]), ProvisionStatus(line["status"]), line["status_reason"]) for line in written
    ]
    assert [words(read_law, mark) for mark in read_law.marks[1:]] == [line["text"] for line in written[1:]]
    assert [read_law.page_of(mark.span.start) for mark in read_law.marks] == [1, 1, 3, 3, 3]
    assert (read_law.title, read_law.language) == ("Lamp Act", "en")
    assert read_law.version == Version(TextState.CONSOLIDATED, date="2020", status=ProvisionStatus.REPEALED, status_source="text: x")
    assert "refused" in read_law.remarks[0]


@pytest.mark.parametrize("key", ["provisions", "articles", "sections", None])
def test_lists_and_objects(key):
    """A list of provisions, alone or in an object with the law's facts, is a law too."""
    listed = [FIRST, SECOND]
    data = {"title": "Ferry Act", "status": "repealed", key: listed} if key else listed
    read_law = read(Source(json.dumps(data, indent=2).encode(), "XTS", "act.json"))
    assert [label for level, label in outline(read_law) if level == "section"] == ["1", "2"]
    assert (read_law.title, read_law.version.status) == (("Ferry Act", ProvisionStatus.REPEALED) if key else ("act.json", ProvisionStatus.UNKNOWN))


def test_a_few_bad_lines_cost_only_themselves():
    """Bad lines among many are left out, and their numbers told."""
    good = [json.dumps({"section": number, "text": f"Rule {number}."}) for number in range(1, 21)]
    read_law = read(Source("\n".join([*good[:4], '{"section": 5, "te', "7", *good[5:]]).encode(), "XTS", "act.jsonl"))
    assert len(read_law.marks) == 19
    assert "line" in read_law.remarks[0]
    assert " 5 is not valid JSON" in read_law.remarks[0]
    assert " 6 is a number" in read_law.remarks[0]


def test_many_bad_lines_are_refused():
    """A file that is broken through and through names its first bad line."""
    assert "line 2 is not valid JSON" in refusal('{"text": "a"}\n{"text": \n{"text": \n')
    assert "line 3 is not valid JSON" in refusal('{"text": "a",\n "b": 1,\n "c" 2}\n')
    assert "line 2 is not valid JSON" in refusal('[{"text": "a"},\n {"text" "b"}]\n')


@pytest.mark.parametrize("data", [{"findings": [{"quote": "x"}]}, [{"title": "An act", "url": "u"}, {"title": "Another", "url": "v"}], [1, 2], [], {}, "words", [[]]])
def test_data_without_a_text_are_refused(data):
    """Data about laws are refused, with the keys that were expected and those found."""
    message = refusal(json.dumps(data))
    assert "text, content, body" in message
    assert "keys found:" in message
    assert "url" in message or "url" not in json.dumps(data)


@pytest.mark.parametrize("bomb", ["[" * 200_000, '{"a":' * 200_000, '{"text": "a", "x": ' + "[" * 200_000 + "]" * 200_000 + "}"])
def test_nesting_bombs_are_refused(bomb):
    """Brackets in brackets are no law."""
    assert "nested too deeply" in refusal(bomb)


def test_too_many_values_are_refused():
    """Millions of empty lists are not read into memory."""
    assert "more values" in refusal("[" + "[]," * 3_000_000 + "[]]")


def test_hostile_parents_and_strings():
    """Loops of parents, chains without end and broken characters give a law that can be written."""
    rows = [{"id": "a", "parent": "a", "text": "One \ud800 \x00."}, {"id": "b", "parent": "c", "text": "Two."}, {"id": "c", "parent": "b", "text": "Three."}]
    chain = [{"id": str(number), "parent": str(number - 1), "text": f"Link {number}."} for number in range(5000)]
    read_law = law(*rows, *chain)
    assert read_law.text.encode("utf-8").startswith(b"One ?  .")
    assert len(read_law.marks) == 5003
    assert max(mark.depth for mark in read_law.marks) < 100
    assert all(read_law.text.count(f"Link {number}.") == 1 for number in (1, 77, 4999))
