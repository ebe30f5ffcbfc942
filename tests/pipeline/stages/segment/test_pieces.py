"""What travels with a provision: state and reason, introducing and closing words, page, language, and every character of the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.eval.segmentation.coverage import coverage
from lexfloor.pipeline.records import Level, Mark, ProvisionKind, ProvisionStatus, Refusal, Span, Version
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.components import COMPONENTS, law_doc, segmenter

LIST_ACT = """Section 1. Who is covered

A person is entitled to the benefit if that person

(a) is at least sixty years old; and

(b) has paid contributions for at least fifteen years,

and lives in the country when the claim is made.

Section 2. Amount

(1) The benefit is a monthly payment.

It is rounded up.

(2) It is never less than the minimum pension.

Section 3. End

The benefit ends with the month of death.
"""


def _nodes(law):
    return segment(law).provisions


def test_chapeau_and_continuation_travel_with_each_item(make_law):
    """An item can be read on its own: the words before its list and those after it go with it."""
    items = {node.label: node for node in _nodes(make_law(LIST_ACT)) if node.section == "Section 1" and node.level is not Level.SECTION}
    assert set(items) == {"(a)", "(b)"}
    for item in items.values():
        assert item.chapeau == "A person is entitled to the benefit if that person"[: len(item.chapeau)] or item.chapeau.endswith("if that person")
        assert item.continuation == "and lives in the country when the claim is made."
    assert items["(b)"].text.endswith("fifteen years,")


def test_a_second_paragraph_belongs_to_its_subsection(make_law):
    """Where nothing introduces a list, an unnumbered paragraph goes on with the subsection before it."""
    first, second = (node for node in _nodes(make_law(LIST_ACT)) if node.section == "Section 2" and node.level is Level.SUBSECTION)
    assert first.text.endswith("It is rounded up.")
    assert (second.label, second.continuation) == ("(2)", "")


def test_an_earlier_wording_is_a_piece_of_its_own(make_law):
    """A superseded wording left in the file is told with the words that say so, and is not in its section's text."""
    text = "Artículo 1. Pago.\n\nLa pensión es de diez pesos.\n\n> Redacción anterior: la pensión era de ocho pesos.\n\n"
    text += "Artículo 2. Edad.\n\nSesenta años.\n\nArtículo 3. Fin.\n\nNada más.\n"
    nodes = _nodes(make_law(text, "es"))
    section = next(node for node in nodes if node.section == "Artículo 1" and node.level is Level.SECTION)
    earlier = next(node for node in nodes if node.status is ProvisionStatus.SUPERSEDED)
    assert "ocho" not in section.text
    assert "ocho" in earlier.text
    assert (earlier.parent, earlier.kind, earlier.citable) == (section.id, ProvisionKind.NOTE, False)
    assert earlier.status_reason.startswith("text: Redacción anterior")


@pytest.mark.parametrize(
    ("stub", "status"),
    [("Repealed.", ProvisionStatus.REPEALED), ("[Omitted by Act 5 of 1999.]", ProvisionStatus.REPEALED), ("The rate is ten pesos.", ProvisionStatus.IN_FORCE)],
)
def test_a_status_comes_with_its_reason(stub, status, make_law):
    """What is no law says which words tell so; what is law needs no reason."""
    text = f"Section 1. One\n\nText of the first.\n\nSection 2.\n\n{stub}\n\nSection 3. Three\n\nText of the third.\n"
    node = next(node for node in _nodes(make_law(text)) if node.section == "Section 2")
    assert node.status is status
    assert bool(node.status_reason) is (status is not ProvisionStatus.IN_FORCE)
    if node.status_reason:
        assert stub.strip("[].")[:8] in node.status_reason


def test_a_repealed_act_gives_its_reason_to_every_provision(make_law):
    """Each provision of a repealed act says where the repeal is stated."""
    law = make_law(LIST_ACT, version=Version(status=ProvisionStatus.REPEALED, status_source="front matter: status"))
    assert {(node.status, node.status_reason, node.citable) for node in _nodes(law)} == {(ProvisionStatus.REPEALED, "act: front matter: status", False)}


def test_a_schedule_without_numbers_is_cited_by_its_own_label(make_law):
    """The content of a schedule is a unit that can be cited and searched."""
    text = LIST_ACT + "\nSchedule 1\n\nRates of benefit\n\n| Weeks | Rate |\n| --- | --- |\n| 1 to 26 | 60 % |\n| 27 to 52 | 50 % |\n"
    node = _nodes(make_law(text))[-1]
    assert (node.level, node.section, node.kind, node.citable) == (Level.SECTION, "Schedule 1", ProvisionKind.SCHEDULE, True)
    assert [row for row in node.text.splitlines() if "%" in row] == ["| 1 to 26 | 60 % |", "| 27 to 52 | 50 % |"]


def test_sections_of_a_schedule_do_not_take_the_ids_of_the_act(make_law):
    """A schedule that counts from 1 again has ids of its own."""
    text = "".join(f"Article {n}. Head {n}\n\nText of number {n} of the act.\n\n" for n in (1, 2, 3)) + "ANNEX 1\n\n"
    text += "".join(f"Article {n}. Other {n}\n\nText of number {n} of the annex.\n\n" for n in (1, 2, 3))
    ids = [node.id for node in _nodes(make_law(text)) if node.level is Level.SECTION]
    assert ids == ["art_1", "art_2", "art_3", "att_1__art_1", "att_1__art_2", "att_1__art_3"]


def test_pages_are_kept(make_law):
    """A provision tells the page on which it begins."""
    law = make_law(LIST_ACT, pages=(0, LIST_ACT.index("Section 2."), LIST_ACT.index("Section 3.")))
    assert [node.page for node in _nodes(law) if node.level is Level.SECTION] == [1, 2, 3]


def test_a_law_in_two_languages_tells_the_language_of_each_provision(make_law):
    """Provisions in another language than the law's are told as such."""
    english = "The insured person receives a pension from the fund after fifteen years of contributions, and the widow and children of that person after the death. "
    french = "La personne assurée reçoit une pension de la caisse après quinze années de cotisations, et la veuve et les enfants de cette personne après le décès. "
    text = "".join(f"Section {n}.\n\n{(english if n < 6 else french) * 6}\n\n" for n in range(1, 11))
    assert [node.language for node in _nodes(make_law(text)) if node.level is Level.SECTION] == ["en"] * 5 + ["fr"] * 5


def test_markup_states_the_inner_structure(make_law):
    """Where a file states subsections and ids, they are taken as they are, and numbers in the text make no others."""
    text = "36. Duration\n(1) Fourteen weeks, see (a) below (b) too.\n(2) No more."
    marks = (
        Mark(Level.SECTION, "36", "Duration", Span(0, len(text)), 90, id="art_36"),
        Mark(Level.SUBSECTION, "(1)", "", Span(13, text.index("(2)")), 91, id="art_36__para_1"),
        Mark(Level.SUBSECTION, "(2)", "", Span(text.index("(2)"), len(text)), 91),
    )
    nodes = _nodes(make_law(text, marks=marks))
    assert [(node.id, node.label, node.text) for node in nodes[1:]] == [
        ("art_36__para_1", "(1)", "(1) Fourteen weeks, see (a) below (b) too."),
        ("art_36__subsec_2", "(2)", "(2) No more."),
    ]


def test_the_pipeline_can_be_added_to(make_law):
    """Segmentation is a spaCy pipeline: a component of one's own sees what the steps before it found."""
    nlp = segmenter("en")
    assert tuple(nlp.pipe_names) == COMPONENTS
    doc = nlp(law_doc(nlp, make_law(LIST_ACT)))
    assert [stretch.label for stretch, _ in doc._.stretches] == ["Section 1", "Section 2", "Section 3"]


LINES = st.sampled_from(
    [
        "PART II",
        "GENERAL",
        "# Chapter 3",
        "Section 4. Pay",
        "Section 4",
        "5. Leave",
        "**Article 6.** Words.",
        "(1) One (a) two; (b) three",
        "(2) four",
        "(a) five,",
        "(i) six",
        "and seven.",
        "> Previous version: eight",
        "| a | b |",
        "| --- | --- |",
        "Schedule 1",
        "ARRANGEMENT OF SECTIONS",
        "Repealed.",
        "[^1]: a note",
        "",
        "",
        "   ",
        "&nbsp;",
        "<!-- gone -->",
        "***",
        "=====",
        "Section 9 does not apply to 5 < 6 persons.",
        "word " * 90,
    ]
)


@given(st.lists(LINES, max_size=30), st.integers(0, 12), st.sampled_from(["en", "es", "zh", "und"]))
def test_no_text_is_lost_and_none_is_doubled(make_law, lines, body, language):
    """Own stretches of provisions and refused stretches cover every character once, whatever the law looks like."""
    text = "\n".join(lines) or "x"
    law = make_law(text, language, body=min(body, len(text) - 1))
    found = coverage(law, segment(law))
    assert (found.uncovered, found.doubled, found.crossing) == (0, 0, ())
    ids = [node.id for node in segment(law).provisions]
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", node_id) for node_id in ids)


def test_what_the_reader_refuses_stays_refused(make_law):
    """Boilerplate that a reader knows of is told with the reader's reason."""
    text = "Menu of the site\n\n" + LIST_ACT
    law = make_law(text, body=0, refused=(Refusal(Span(0, 16), "navigation"),))
    assert segment(law).refused[0] == Refusal(Span(0, 16), "navigation")


def test_words_of_a_heading_are_no_repeal(make_law):
    """A section whose whole text stands in its heading is not repealed because it mentions something omitted; a stub is."""
    text = "### 1. Name of the law\n\nThis is the law.\n\n### 2. A widow whose name was omitted from the register is entitled to half of the pension\n\n"
    text += "### 3. Section 3 repealed\n\n### 4. End\n\nThe law ends here.\n"
    states = {node.label: node.status for node in _nodes(make_law(text)) if node.level is Level.SECTION}
    assert states["2"] is ProvisionStatus.IN_FORCE
    assert states["3"] is ProvisionStatus.REPEALED


def test_a_law_without_numbers_before_its_schedule_can_be_cited(make_law):
    """Where only a schedule has a heading, what stands before it is the law, not a preamble."""
    text = "Every worker is insured. " * 30 + "\n\n# SCHEDULE\n\nRates are as follows: sixty per cent.\n"
    assert next((node.kind, node.citable) for node in _nodes(make_law(text)) if node.level is Level.SECTION) == (ProvisionKind.OPERATIVE, True)


def test_a_subsection_directly_after_the_number_is_found(make_law):
    """ "3(1)" is section 3 with its first subsection."""
    text = "".join(f"{number}(1) First rule of {number}.\n(2) Second rule.\n" for number in range(1, 5))
    assert [node.label for node in _nodes(make_law(text))] == [label for number in "1234" for label in (number, "(1)", "(2)")]


def test_references_at_line_beginnings_hide_no_sections(make_law):
    """Lines that begin by citing sections here and there do not keep plain numbers from being sections."""
    text = "".join(f"{number}. (1) Rule number {number} of this law.\n(2) More.\n" for number in range(1, 30))
    for cited in (28, 9, 17):
        text = text.replace(f"Rule number {cited} ", f"Rule\nSection {cited}: it applies.\nnumber {cited} ")
    assert [node.label for node in _nodes(make_law(text)) if node.level is Level.SECTION] == [str(number) for number in range(1, 30)]


def test_texts_of_provisions_have_no_heading_marks(make_law):
    """The marks of Markdown are no part of a provision's words."""
    nodes = _nodes(make_law("# Act\n\n## Part I\n\n### Section 1. One\n\n> quoted words\n\n### Section 2. Two\n\n\\# no mark\n\n### Section 3. Three\n\nEnd.\n"))
    assert {node.text.splitlines()[0] for node in nodes if node.level is Level.SECTION} == {"Section 1. One", "Section 2. Two", "Section 3. Three"}
    assert any("# no mark" in node.text for node in nodes)
