"""References: what provisions refer to, in the law itself and in the other acts of the set."""

from __future__ import annotations

import pytest

from lexfloor.pipeline.records import Level, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Span
from lexfloor.pipeline.stages.link import link
from lexfloor.pipeline.stages.segment import segment


class Drafted:
    """A law written node by node: (level, label, words), each below the last coarser one; the text is put together from them."""

    DEPTHS = (Level.SCHEDULE, Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM)

    def __init__(self, make_law, nodes, language="en", file="act.txt", title="Benefits Act, 1990"):
        pieces, starts, position = [], [], 0
        for _, label, words in nodes:
            starts.append(position)
            pieces.append(f"{label} {words}\n")
            position += len(pieces[-1])
        text = "".join(pieces)
        self.law = make_law(text, language, file, title=title)
        self.provisions = tuple(self._node(text, nodes, starts, index) for index in range(len(nodes)))

    def _node(self, text, nodes, starts, index):
        level, label, _ = nodes[index]
        depth = self.DEPTHS.index(level)
        end = next((starts[later] for later in range(index + 1, len(nodes)) if self.DEPTHS.index(nodes[later][0]) <= depth), len(text))
        above = next((earlier for earlier in range(index - 1, -1, -1) if self.DEPTHS.index(nodes[earlier][0]) < depth), None)
        section = next((nodes[earlier][1] for earlier in range(index, -1, -1) if nodes[earlier][0] is Level.SECTION), "")
        span = Span(starts[index], starts[index] + len(text[starts[index] : end].rstrip()))
        return Provision(
            id=ProvisionId(f"n{index}"),
            country="XTS",
            file=self.law.file,
            parent=f"n{above}" if above is not None else "",
            level=level,
            section=section if depth >= self.DEPTHS.index(Level.SECTION) else "",
            label=label,
            heading="",
            path=(),
            kind=ProvisionKind.OPERATIVE,
            status=ProvisionStatus.IN_FORCE,
            span=span,
            language=self.law.language,
            text=text[span.start : span.end],
        )

    def label(self, node_id):
        """Return the labels on the way down to a node, without those of groups above its section."""
        nodes = {node.id: node for node in self.provisions}
        way = []
        while node_id:
            node = nodes[node_id]
            if not way or node.level not in (Level.PART, Level.CHAPTER, Level.SCHEDULE):
                way.insert(0, node.label)
            node_id = node.parent
        return "".join(way)


def references(*drafted):
    _, links = link([one.law for one in drafted], [node for one in drafted for node in one.provisions])
    return [found for found in links if found.kind == "reference"]


def targets(drafted):
    return [(found.words, drafted.label(found.target)) for found in references(drafted)]


S, SS, P, I = Level.SECTION, Level.SUBSECTION, Level.PARAGRAPH, Level.ITEM  # noqa: E741 - as the labels below read


def english(make_law, words, **fields):
    """Return a law of five sections whose fourth says the words in its second subsection."""
    nodes = [
        (Level.PART, "Part I", "General"),
        (S, "1.", "Short title"),
        (S, "2.", "Benefit"),
        (SS, "(1)", "A benefit is paid to"),
        (P, "(a)", "a parent; or"),
        (P, "(b)", "a child."),
        (SS, "(2)", "It is paid weekly."),
        (Level.PART, "Part II", "Claims"),
        (S, "3.", "Claims are made in writing."),
        (S, "3A.", "Claims may be late."),
        (S, "4.", "Payment"),
        (SS, "(1)", "Payment is monthly."),
        (SS, "(2)", words),
        (S, "5.", "Appeals go to the court."),
    ]
    return Drafted(make_law, nodes, **fields)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("It follows section 2(1)(b).", [("section 2(1)(b)", "2.(1)(b)")]),
        ("It follows paragraph (b) of subsection (1) of section 2.", [("paragraph (b) of subsection (1) of section 2", "2.(1)(b)")]),
        ("It follows sections 2, 3 and 5.", [("sections 2, 3 and 5", "2."), ("sections 2, 3 and 5", "3."), ("sections 2, 3 and 5", "5.")]),
        ("It follows sections 3 to 5.", [("sections 3 to 5", "3."), ("sections 3 to 5", "3A."), ("sections 3 to 5", "4."), ("sections 3 to 5", "5.")]),
        ("It follows section 3A.", [("section 3A", "3A.")]),
        ("It follows subsection (1).", [("subsection (1)", "4.(1)")]),
        ("It follows subsection (1) of this section.", [("subsection (1) of this section", "4.(1)")]),
        ("It follows section 2 of this Act.", [("section 2 of this Act", "2.")]),
        ("It follows Part I.", [("Part I", "Part I")]),
        ("It follows section 2(7).", [("section 2(7)", "2.")]),
        ("It follows section 2 or section 3 at 5 per cent within 30 days.", [("section 2", "2."), ("section 3", "3.")]),
    ],
)
def test_finds_the_provision_that_words_name(make_law, words, expected):
    assert sorted(targets(english(make_law, words))) == sorted(expected)


def test_the_article_a_is_no_paragraph_and_a_heading_no_reference(make_law):
    assert targets(english(make_law, "In this paragraph a person means an adult; see the section in force.")) == []


def test_a_reference_to_nothing_of_the_law_is_kept_without_target(make_law):
    (found,) = references(english(make_law, "It follows section 77."))
    assert (found.words, found.target, found.target_file) == ("section 77", "", "")


def test_words_and_span_are_those_of_the_law_where_lines_break(make_law):
    drafted = english(make_law, "It follows\nsection\n 2 of the Pensions Act, 1975.")
    (found,) = references(drafted)
    assert found.words == "section 2 of the Pensions Act, 1975"
    assert " ".join(drafted.law.text[found.span.start : found.span.end].split()) == found.words
    assert drafted.label(found.provision) == "4.(2)"


def test_another_act_of_the_set_is_found_by_its_name(make_law):
    other = english(make_law, "Nothing.", file="pensions.txt", title="The Pensions Act, 1975")
    (found,) = references(english(make_law, "It follows section 2(2) of the Pensions Act, 1975."), other)
    assert (found.act, found.target_file, other.label(found.target)) == ("Pensions Act, 1975", "pensions.txt", "2.(2)")


def test_another_act_that_is_not_in_the_set_gets_no_target_in_this_one(make_law):
    (found,) = references(english(make_law, "It follows sections 2 of the Mines Act."))
    assert (found.act, found.target_file, found.target) == ("Mines Act", "", "")


def test_provisions_joined_before_one_act_all_belong_to_it(make_law):
    found = references(english(make_law, "It follows section 2 and section 3 of the Mines Act."))
    assert [(one.act, one.target) for one in found] == [("Mines Act", ""), ("Mines Act", "")]


def spanish(make_law, words, **fields):
    nodes = [
        (S, "Artículo 1.", "Objeto"),
        (S, "Artículo 2.", "Prestación"),
        (SS, "1.", "Se abona a"),
        (P, "a)", "la madre,"),
        (P, "b)", "el padre."),
        (S, "Artículo 3.", "Plazo"),
        (S, "Disposición transitoria primera.", "Norma anterior"),
        (S, "Artículo 4.", words),
    ]
    return Drafted(make_law, nodes, "es", **fields)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Según la letra b) del apartado 1 del artículo 2.", ["Artículo 2.1.b)"]),
        ("Según el artículo 2.1.", ["Artículo 2.1."]),
        ("Según los artículos 1 y 3 de esta ley.", ["Artículo 1.", "Artículo 3."]),
        ("Según la disposición transitoria primera.", ["Disposición transitoria primera."]),
    ],
)
def test_spanish(make_law, words, expected):
    assert [label for _, label in targets(spanish(make_law, words))] == expected


def test_an_act_is_found_by_number_and_kind(make_law):
    other = spanish(make_law, "Nada.", file="ley-12345.md", title="Ley 12.345 de pensiones")
    (found,) = references(spanish(make_law, "Según el artículo 3 de la Ley 12.345.", title="Otra"), other)
    assert (found.target_file, other.label(found.target)) == ("ley-12345.md", "Artículo 3.")
    (found,) = references(spanish(make_law, "Según el artículo 3 del Decreto 12.345.", title="Otra"), other)
    assert (found.act, found.target) == ("Decreto 12.345", "")


def german(make_law, words, **fields):
    nodes = [
        (S, "§ 1", "Zweck"),
        (S, "§ 2", "Leistung"),
        (SS, "(1)", "Sie wird gezahlt an"),
        (P, "1.", "Mütter,"),
        (P, "2.", "Väter."),
        (SS, "(2)", "Sie wird monatlich gezahlt."),
        (S, "§ 3", "Antrag"),
        (S, "§ 4", words),
    ]
    return Drafted(make_law, nodes, "de", **fields)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Es gilt § 2 Absatz 1 Satz 2 Nummer 2.", ["§ 2(1)2."]),
        ("Es gelten die §§ 1 bis 3.", ["§ 1", "§ 2", "§ 3"]),
        ("Es gilt § 2 Absatz 1 und Absatz 2.", ["§ 2(1)", "§ 2(2)"]),
    ],
)
def test_german(make_law, words, expected):
    assert [label for _, label in targets(german(make_law, words))] == expected


def test_a_book_of_a_code_is_another_file(make_law):
    other = german(make_law, "Ende.", file="buch4.md", title="Kodex (KX) Viertes Buch (IV) - Beihilfen")
    (found,) = references(german(make_law, "Es gilt § 3 des Vierten Buches.", title="Beihilfegesetz"), other)
    assert (found.target_file, other.label(found.target)) == ("buch4.md", "§ 3")


def test_chinese(make_law):
    nodes = [(S, "第一条", "目的。"), (S, "第二条", "津贴："), (SS, "（一）", "母亲；"), (SS, "（二）", "父亲。"), (S, "第三条", "依照本法第二条第一款第（二）项、第一条办理。")]
    drafted = Drafted(make_law, nodes, "zh")
    assert [label for _, label in targets(drafted)] == ["第二条（二）", "第一条"]


def test_finnish_numbers_stand_before_their_units(make_law):
    nodes = [(S, "1 §", "Tarkoitus"), (S, "2 §", "Etuus maksetaan:"), (SS, "1)", "äidille;"), (SS, "2)", "isälle."), (S, "3 §", "Sovelletaan 2 §:n 1 momentin 2 kohtaa.")]
    assert [label for _, label in targets(Drafted(make_law, nodes, "fi"))] == ["2 §2)"]


def test_hostile_repetition_ends_soon(make_law):
    words = "section 1(1)(a), " * 4000 + "(" * 3000 + "of the " * 4000
    assert references(english(make_law, words))


def test_spans_are_exact_under_heading_marks(make_law):
    """The words of a reference stand at its span, also where the section begins with the marks of a heading."""
    law = make_law("# Act\n\n### Section 1. One\n\nSee section 2 below.\n\n### Section 2. Two\n\nEnd.\n\n### Section 3. Three\n\nMore.\n")
    _, links = link([law], list(segment(law).provisions))
    assert [law.text[found.span.start : found.span.end] for found in links] == ["section 2"]
