"""Laws come apart where their own numbering says so."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexfloor.pipeline.records import GROUPING, INNER, Level, ProvisionKind, ProvisionStatus, Version
from lexfloor.pipeline.stages.segment import segment
from lexfloor.pipeline.stages.segment.inner import inner_marks
from lexfloor.pipeline.stages.segment.labels import normalized, number_of

LAWS = [
    ("en", "Section 1. Name\n\nThis is the law.\n\nSection 2. Scope\n\nEvery worker is within it.\n", ["Section 1", "Section 2"]),
    ("en", "Article 1\n\nThe decree is in force at once.\n", ["Article 1"]),
    ("zh", "第一条 为了保护工人，制定本法。\n第二条 工人参加保险。\n", ["第一条", "第二条"]),
    (
        "en",
        "Section 1. Name\n\nThis is the law.\n\nSection 2. Scope\n\nEvery worker is within it.\n\nSection 3. Pay\n\nPay is due monthly.\n",
        ["Section 1", "Section 2", "Section 3"],
    ),
    ("en", "Article 1. Aim\nThis Act protects.\nArticle 2. Scope\nIt covers all.\nArticle 3. End\nIt ends.\n", ["Article 1", "Article 2", "Article 3"]),
    ("en", "### Section 1. Name\n\nThe law.\n\n### Section 2. Scope\n\nAll.\n\n### Section 3. Pay\n\nMonthly.\n", ["Section 1", "Section 2", "Section 3"]),
    ("en", "1. Name\nThis is the name.\n2. Scope\n(1) It covers all.\n(2) It covers more.\n3. Pay\nPaid each week.\n4. End\nDone.\n", ["1", "2", "3", "4"]),
    ("en", "1.—(1) This is the name.\n(2) It is short.\n2.—(1) It covers all.\n3.—(1) Pay is due.\n", ["1", "2", "3"]),
    ("de", "§ 1 Zweck\nDas Gesetz schützt.\n§ 2 Kreis\n(1) Alle sind erfasst.\n(2) Auch Boten.\n§ 3 Geld\nDas Geld wird gezahlt.\n", ["§ 1", "§ 2", "§ 3"]),
    ("de", "Artikel 1\nDas Gesetz schützt.\nArtikel 2\nAlle sind erfasst.\nArtikel 3\nDas Geld wird gezahlt.\n", ["Artikel 1", "Artikel 2", "Artikel 3"]),
    ("nl", "Artikel 1\nDe wet heet zo.\n\nArtikel 2\nIedereen valt eronder.\n\nArtikel 3\nHet geld komt.\n", ["Artikel 1", "Artikel 2", "Artikel 3"]),
    ("zh", "第一条 为了保护工人，制定本法。\n第二条 工人参加保险。\n第三条 待遇按月支付。\n", ["第一条", "第二条", "第三条"]),
    ("ja", "第一条　この法律は働く人を守る。\n第二条　給付を行う。\n第三条　給付は月ごとに払う。\n", ["第一条", "第二条", "第三条"]),
    ("es", "Artículo 1. Objeto.\nLa ley ampara.\nArtículo 2. Ámbito.\nCubre a todos.\nArtículo 3. Pago.\nSe paga.\n", ["Artículo 1", "Artículo 2", "Artículo 3"]),
    ("fr", "Article 1er\nLa loi protège.\nArticle 2\nElle couvre tous.\nArticle 3\nElle finit.\n", ["Article 1er", "Article 2", "Article 3"]),
    ("it", "Art. 1. Scopo\nLa legge tutela.\nArt. 2. Ambito\nTutti.\nArt. 3. Fine\nFine.\n", ["Art. 1", "Art. 2", "Art. 3"]),
    ("pt", "Art. 1º A lei protege.\nArt. 2º Todos são cobertos.\nArt. 3º Paga-se por mês.\n", ["Art. 1º", "Art. 2º", "Art. 3º"]),
    ("el", "Άρθρο 1\nΣκοπός\nΟ νόμος προστατεύει.\nΆρθρο 2\nΠεδίο\nΚαλύπτει όλους.\nΆρθρο 3\nΠληρωμή\nΚάθε μήνα.\n", ["Άρθρο 1", "Άρθρο 2", "Άρθρο 3"]),
    ("et", "§ 1. Eesmärk\nSeadus kaitseb.\n§ 2. Ulatus\nKõik.\n§ 3. Raha\nMakstakse.\n", ["§ 1", "§ 2", "§ 3"]),
    ("fi", "1 §\nTarkoitus\nLaki suojaa.\n2 §\nAla\nKaikki.\n3 §\nRaha\nMaksetaan.\n", ["1 §", "2 §", "3 §"]),
    ("cs", "§ 1\nÚčel\nZákon chrání.\n§ 2\nRozsah\nVšichni.\n§ 3\nPeníze\nKaždý měsíc.\n", ["§ 1", "§ 2", "§ 3"]),
    ("bn", "১। নাম।—(১) এই আইনের নাম।\n(২) ইহা সকলের জন্য।\n২। পরিধি।—সকল শ্রমিক।\n৩। টাকা।—মাসে প্রদেয়।\n", ["১", "২", "৩"]),
    ("ar", "المادة 1\nيحمي هذا القانون العمال.\nالمادة 2\nيشمل الجميع.\nالمادة 3\nيصرف كل شهر.\n", ["المادة 1", "المادة 2", "المادة 3"]),
    ("ar", "المادة ١\nيحمي هذا القانون العمال.\nالمادة ٢\nيشمل الجميع.\nالمادة ٣\nيصرف كل شهر.\n", ["المادة ١", "المادة ٢", "المادة ٣"]),
    ("ru", "Статья 1. Цель\nЗакон защищает.\nСтатья 2. Круг\nВсе работники.\nСтатья 3. Деньги\nВыплата.\n", ["Статья 1", "Статья 2", "Статья 3"]),
    ("id", "Pasal 1\nUndang-undang ini melindungi.\n\nPasal 2\nSemua pekerja.\n\nPasal 3\nDibayar tiap bulan.\n", ["Pasal 1", "Pasal 2", "Pasal 3"]),
    ("sw", "Kifungu 1. Jina\nSheria hii inalinda.\nKifungu 2. Upeo\nWote.\nKifungu 3. Malipo\nKila mwezi.\n", ["Kifungu 1", "Kifungu 2", "Kifungu 3"]),
    ("no", "§ 1. Formål\nLoven verner.\n§ 2. Omfang\nAlle.\n§ 3. Penger\nBetales.\n", ["§ 1", "§ 2", "§ 3"]),
    ("en", "Section 3. Pay\nPay is due.\nSection 3A. Late pay\nInterest is due.\nSection 3AB. Later pay\nMore is due.\n", ["Section 3", "Section 3A", "Section 3AB"]),
    (
        "es",
        "Artículo 12. Uno.\nTexto.\nArtículo 13. Dos.\nTexto.\nArtículo 13-BIS. Tres.\nTexto.\nArtículo 13 ter. Cuatro.\nTexto.\n",
        ["Artículo 12", "Artículo 13", "Artículo 13-BIS", "Artículo 13 ter"],
    ),
    ("et", "§ 26. Üks\nTekst.\n§ 27. Kaks\nTekst.\n§ 27<sup>1</sup>. Kolm\nTekst.\n§ 28. Neli\nTekst.\n", ["§ 26", "§ 27", "§ 27¹", "§ 28"]),
    ("zh", "第三条 待遇按月支付。\n第三条之一 另有规定。\n第四条 终。\n", ["第三条", "第三条之一", "第四条"]),
    ("fr", "Article L. 521-1\nUn texte.\nArticle L. 521-2\nUn autre.\nArticle R. 521-3\nEncore.\n", ["Article L. 521-1", "Article L. 521-2", "Article R. 521-3"]),
]


def _sections(nodes):
    return [node for node in nodes if node.level is Level.SECTION]


@pytest.mark.parametrize(("language", "text", "labels"), LAWS)
def test_labels_by_convention(language, text, labels, make_law):
    """Each way of printing headings gives the labels as printed."""
    law = make_law(text, language)
    found = _sections(segment(law).provisions)
    assert [node.label for node in found] == labels
    assert [node.section for node in found] == labels


@pytest.mark.parametrize(("language", "text", "labels"), LAWS)
def test_spans_point_at_the_sections(language, text, labels, make_law):
    """A section's stretch of the source holds its label at its beginning and the sections cover the whole text."""
    law = make_law(text, language)
    found = _sections(segment(law).provisions)
    for node in found:
        assert law.text[node.span.start : node.span.end].replace("<sup>1</sup>", "¹").lstrip("# ").startswith(node.label)
    assert "".join(law.text[node.span.start : node.span.end] for node in found).replace("\n", "") == text.replace("\n", "")


@pytest.mark.parametrize(
    "line",
    [
        "Section 30 does not apply to seafarers.",
        "Section 30(2) applies with the necessary changes.",
        "section 30, as amended, stays in force.",
        "Sections 30 and 31 do not apply.",
        "Part II applies to public servants.",
        "Article 30 of the Covenant is followed.",
        "Subsection (3) is no bar.",
    ],
)
def test_a_reference_at_line_start_is_no_heading(line, make_law):
    """A sentence that begins with a reference belongs to the section it stands in."""
    text = f"Section 1. Name\n\nThis is the law.\n\nSection 2. Scope\n\nEvery worker is within it.\n\n{line}\n\nSection 3. Pay\n\nPay is due monthly.\n"
    nodes = segment(make_law(text)).provisions
    assert [node.label for node in nodes if node.level not in INNER] == ["Section 1", "Section 2", "Section 3"]
    assert line in next(node for node in nodes if node.label == "Section 2").text


def test_references_in_chinese_are_no_headings(make_law):
    """A line that begins by citing an article is text."""
    text = "第一条 为了保护工人，制定本法。\n第二条 工人参加保险。\n依照第十二条的规定办理。\n第十二条的规定不适用。\n第三条 待遇按月支付。\n"
    assert [node.label for node in _sections(segment(make_law(text, "zh")).provisions)] == ["第一条", "第二条", "第三条"]


def test_groups_hold_their_sections(make_law):
    """Parts and chapters nest, sections know the path above them."""
    text = "PART I\nGENERAL\n\nCHAPTER 1\nNAMES\n\nSection 1. Name\nThis law.\n\nCHAPTER 2\nSCOPE\n\nSection 2. Scope\nAll.\n\nPART II\nMONEY\n\nSection 3. Pay\nMonthly.\n"
    nodes = {node.label: node for node in segment(make_law(text)).provisions}
    assert nodes["CHAPTER 1"].parent == nodes["PART I"].id
    assert nodes["Section 2"].parent == nodes["CHAPTER 2"].id
    assert nodes["Section 2"].path == ("PART I GENERAL", "CHAPTER 2 SCOPE")
    assert nodes["Section 3"].path == ("PART II MONEY",)


@pytest.mark.parametrize(
    ("language", "text", "levels"),
    [
        ("id", "BAB I\nKETENTUAN UMUM\n\nPasal 1\nSatu.\n\nPasal 2\nDua.\n\nPasal 3\nTiga.\n", [Level.CHAPTER]),
        ("et", "1. peatükk\nÜldsätted\n\n§ 1. Eesmärk\nÜks.\n§ 2. Ulatus\nKaks.\n§ 3. Raha\nKolm.\n", [Level.CHAPTER]),
        ("fi", "1 luku\nYleistä\n\n1 §\nTarkoitus\nYksi.\n2 §\nAla\nKaksi.\n3 §\nRaha\nKolme.\n", [Level.CHAPTER]),
        ("es", "TÍTULO I\nDisposiciones\n\nCAPÍTULO II\nPagos\n\nArtículo 1. A.\nUno.\nArtículo 2. B.\nDos.\nArtículo 3. C.\nTres.\n", [Level.TITLE, Level.CHAPTER]),
        ("zh", "第一章 总则\n第一条 一。\n第二条 二。\n第三条 三。\n", [Level.CHAPTER]),
        ("ru", "Глава 1. Общие положения\nСтатья 1. Цель\nОдин.\nСтатья 2. Круг\nДва.\nСтатья 3. Деньги\nТри.\n", [Level.CHAPTER]),
    ],
)
def test_groups_by_language(language, text, levels, make_law):
    """Each language's words for the levels above the section are known."""
    nodes = segment(make_law(text, language)).provisions
    assert [node.level for node in nodes if node.level in GROUPING] == levels
    assert len(_sections(nodes)) == 3


def test_a_number_printed_twice_gets_two_ids(make_law):
    """Two sections of one number are both kept."""
    text = "Section 1. One\nText one here.\nSection 2. Two\nText two here.\nSection 2. Two again\nOther text.\nSection 3. Three\nText.\n"
    nodes = segment(make_law(text)).provisions
    assert [node.label for node in nodes] == ["Section 1", "Section 2", "Section 2", "Section 3"]
    assert len({node.id for node in nodes}) == 4


def test_contents_are_told_from_the_law(make_law):
    """A table of contents is marked as such and the law after it is not."""
    head = "ARRANGEMENT OF SECTIONS\n\nSection 1. Name\nSection 2. Scope\nSection 3. Pay\n\n"
    body = "Section 1. Name\n\nThis law has a name that nobody will use in court.\n\nSection 2. Scope\n\nIt covers every person who works for another, for pay.\n\n"
    body += "Section 3. Pay\n\nPay is due every month, on the first day, in money, to the person entitled and nobody else.\n"
    found = _sections(segment(make_law(head + body)).provisions)
    assert [(node.label, node.heading) for node in found] == [("", "ARRANGEMENT OF SECTIONS"), ("Section 1", "Name"), ("Section 2", "Scope"), ("Section 3", "Pay")]
    assert [node.kind is ProvisionKind.CONTENTS for node in found] == [True, False, False, False]


@pytest.mark.parametrize(
    ("language", "stub"),
    [
        ("en", "Section 2. Repealed.\n"),
        ("en", "Section 2. [Repealed by Act No. 9 of 2001]\n"),
        ("en", "Section 2. Scope\n\nRepealed.\n"),
        ("en", "Section 2. * * *\n"),
    ],
)
def test_repealed_stubs(language, stub, make_law):
    """A section of which only the word that it is gone is left is repealed; its neighbours are not."""
    text = f"Section 1. Name\n\nThis is the law of the land.\n\n{stub}\nSection 3. Pay\n\nThe old rule was repealed; pay is due monthly.\n"
    states = {node.label: node.status for node in _sections(segment(make_law(text)).provisions)}
    assert states == {"Section 1": ProvisionStatus.IN_FORCE, "Section 2": ProvisionStatus.REPEALED, "Section 3": ProvisionStatus.IN_FORCE}


@pytest.mark.parametrize(
    ("language", "text", "label"),
    [
        ("de", "§ 1 Zweck\nDas Gesetz schützt.\n§ 2 (weggefallen)\n§ 3 Geld\nDas Geld kommt.\n", "§ 2"),
        ("fr", "Article 1\nLa loi protège.\nArticle 2\n(abrogé)\nArticle 3\nElle finit.\n", "Article 2"),
        ("es", "Artículo 1. Objeto.\nLa ley ampara.\nArtículo 2. (Derogado)\nArtículo 3. Pago.\nSe paga.\n", "Artículo 2"),
        ("pt", "Art. 1º A lei protege.\nArt. 2º (Revogado).\nArt. 3º Paga-se por mês.\n", "Art. 2º"),
        ("ru", "Статья 1. Цель\nЗакон защищает.\nСтатья 2. Утратила силу.\nСтатья 3. Деньги\nВыплата.\n", "Статья 2"),
    ],
)
def test_repealed_stubs_by_language(language, text, label, make_law):
    """Each language's way to leave a repealed number standing is known."""
    assert [node.label for node in _sections(segment(make_law(text, language)).provisions) if node.status is ProvisionStatus.REPEALED] == [label]


def test_a_repealed_act_is_repealed_throughout(make_law):
    """The state of an act as a whole reaches all of its provisions."""
    law = make_law("Section 1. A\nText.\nSection 2. B\nText.\nSection 3. C\n(1) One.\n(2) Two.\n", version=Version(status=ProvisionStatus.REPEALED))
    assert {node.status for node in segment(law).provisions} == {ProvisionStatus.REPEALED}


def test_subsections_paragraphs_items(make_law):
    """Inner numbering nests three deep and every piece lies inside the one above."""
    text = "Section 1. Name\nLaw.\nSection 2. Scope\n(1) It covers\n(a) cooks who\n(i) cook; or\n(ii) bake;\n(b) pilots.\n(2) It ends.\nSection 3. Pay\nMonthly.\n"
    law = make_law(text)
    nodes = {node.id: node for node in segment(law).provisions}
    inner = [(node.level, node.label, nodes[node.parent].label) for node in nodes.values() if node.level in INNER]
    assert inner == [
        (Level.SUBSECTION, "(1)", "Section 2"),
        (Level.PARAGRAPH, "(a)", "(1)"),
        (Level.ITEM, "(i)", "(a)"),
        (Level.ITEM, "(ii)", "(a)"),
        (Level.PARAGRAPH, "(b)", "(1)"),
        (Level.SUBSECTION, "(2)", "Section 2"),
    ]
    assert all(node.section == "Section 2" for node in nodes.values() if node.level in INNER)


@pytest.mark.parametrize(
    "text", ["1. Name\nThis is the name.\n2. Scope\nIt covers all.\n3. Pay\nPaid.\n4. End\nDone.\n", "Article 1. Aim\nText.\nArticle 2. B\nText.\nArticle 3. C\nText.\n"]
)
def test_a_sections_own_number_is_no_subsection(text, make_law):
    """The number of a section is not found again inside it."""
    assert [node.label for node in segment(make_law(text)).provisions if node.level in INNER] == []


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("(1) One. (2) Two.", [("(1)", 1), ("(2)", 1)]),
        ("as subsection (1) and (2) of Act (63 of 1948) say", []),
        ("a) one\nb) two\nc) three", [("a)", 1), ("b)", 1), ("c)", 1)]),
        ("1. one\n2. two", [("1.", 1), ("2.", 1)]),
        ("(1) A:\n(a) x\n(b) y\n(1A) B\n(2) C", [("(1)", 1), ("(a)", 2), ("(b)", 2), ("(1A)", 1), ("(2)", 1)]),
        ("α) ένα\nβ) δύο", [("α)", 1), ("β)", 1)]),
        ("（一）甲；\n（二）乙。", [("（一）", 1), ("（二）", 1)]),
        ("(a) one\n(b) two\n(c) three\n(d) four\n(e) five\n(f) six\n(g) seven\n(h) eight\n(i) nine\n(j) ten", [(f"({letter})", 1) for letter in "abcdefghij"]),
    ],
)
def test_inner_marks(text, marks):
    """Markers begin or carry on a list; references do neither."""
    assert [(mark.label, mark.depth) for mark in inner_marks(text)] == marks


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Section 36", "36"),
        ("§ 44", "44"),
        ("Artículo 5.º", "5"),
        ("Art. 1º", "1"),
        ("Article 1er", "1"),
        ("第三十五条", "35"),
        ("第三条之一", "3-1"),
        ("المادة ١٢", "12"),
        ("§ 27¹", "27-1"),
        ("3A", "3a"),
        ("Part IV", "iv"),
    ],
)
def test_numbers_of_labels(label, number):
    """One number has one spelling for comparison."""
    assert normalized(label).strip("-") == number


def test_number_of_ignores_hyphens():
    """Spellings of one label compare equal."""
    assert number_of("Artículo 13-BIS") == number_of("Art. 13 bis") == number_of("art. 13bis")


def test_a_text_without_numbering_is_one_section(make_law):
    """Nothing of a law is lost where no structure is found."""
    law = make_law("\n\n  This is a decree without any number. It says one thing.\n")
    (node,) = segment(law).provisions
    assert (node.level, node.label) == (Level.SECTION, "")
    assert law.text[node.span.start : node.span.end] == "This is a decree without any number. It says one thing."


def test_front_matter_is_outside(make_law):
    """Spans count from the beginning of the file, front matter included."""
    head = "---\ntitle: A law\nSection 9. No\n---\n"
    text = head + "Section 1. A\nText one.\nSection 2. B\nText two.\nSection 3. C\nText three.\n"
    found = segment(make_law(text, body=len(head))).provisions
    assert [node.label for node in found] == ["Section 1", "Section 2", "Section 3"]
    assert found[0].span.start == len(head)


def test_other_line_ends(make_law):
    """Carriage returns change neither labels nor headings nor subsections."""
    text = "Section 1. Name\n\nThis is the law.\n\nSection 2. Scope\n\n(1) All.\n(2) More.\n\nSection 3. Pay\n\nMonthly.\n".replace("\n", "\r\n")
    nodes = segment(make_law(text)).provisions
    assert [(node.label, node.heading) for node in _sections(nodes)] == [("Section 1", "Name"), ("Section 2", "Scope"), ("Section 3", "Pay")]
    assert [node.label for node in nodes if node.level in INNER] == ["(1)", "(2)"]


LINES = st.sampled_from(
    [
        "PART I",
        "PART II",
        "## Part III - Money",
        "CHAPTER 1",
        "GENERAL RULES",
        "Section 1. Name",
        "Section 2. Scope",
        "**Section 3.** Pay",
        "Section 3A. More",
        "### Section 4",
        "Section 2. Again",
        "(1) One.",
        "(2) Two: (a) x; (b) y.",
        "(a) first;",
        "(i) small;",
        "1. Number",
        "2. Number",
        "12.—(1) Number",
        "Schedule 1",
        "Repealed.",
        "",
        "A sentence about <b>pay</b> and section 3.",
        "> quoted",
        "<p>Article 1</p>",
        "Article 1",
        "Article 2<sup>1</sup>",
        "* * *",
        "| a | b |",
        "\u00ad",
        "&nbsp;",
        "---",
        "words " * 40,
    ]
)


@given(st.lists(LINES, max_size=30), st.sampled_from(["en", "fr", "zh", "und", "fi"]))
def test_the_tree_is_sound(make_law, lines, language):
    """Ids are unique, parents exist and contain their children, sections do not overlap, in any text."""
    law = make_law("\n".join(lines) or "x", language)
    nodes = segment(law).provisions
    by_id = {node.id: node for node in nodes}
    assert len(by_id) == len(nodes)
    for node in nodes:
        assert 0 <= node.span.start < node.span.end <= len(law.text)
        if node.parent:
            above = by_id[node.parent]
            assert above.span.start <= node.span.start
            assert node.span.end <= above.span.end
    sections = sorted(_sections(nodes), key=lambda node: node.span.start)
    assert all(a.span.end <= b.span.start for a, b in pairwise(sections))


@pytest.mark.shared
def test_real_laws_come_apart(shared, config):
    """Most files of a real country give sections."""
    from lexfloor.pipeline.stages.ingest import discover, ingest

    folder = shared / "laws" / "EST"
    if not folder.is_dir():
        pytest.skip("no laws of EST in the shared folder")
    (country,), _ = discover([folder], None)
    for law in ingest(country, config.ingest):
        assert len(_sections(segment(law).provisions)) > 5, law.file


def test_earlier_wordings_are_not_searched(make_law):
    """A block quote that begins with the language's words for an earlier wording is blanked; the rest keeps its place."""
    law = make_law("Section 1. Rate\n\nThe rate is 60 per cent.\n\n> Previous wording:\n\n> The rate is 40 per cent.\n\nIt is paid monthly.\n\n> A note.\n")
    (section,) = _sections(segment(law).provisions)
    assert "60 per cent" in section.text
    assert "40 per cent" not in section.text
    assert "A note." in section.text
    assert "40 per cent" in law.text[section.span.start : section.span.end]
    assert section.text.index("It is paid") == law.text.index("It is paid") - section.span.start
