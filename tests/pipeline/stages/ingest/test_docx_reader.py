"""Word documents are read as they are printed: numbers counted, changes resolved, tables in place, hostile files refused."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.stages.ingest.docx import read
from lexfloor.pipeline.stages.ingest.source import Source

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = f'xmlns:w="{TRANSITIONAL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def packed(body, **parts):
    """Return a document of raw markup; parts are the content of styles, numbering, footnotes ..."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body if isinstance(body, bytes) else f'<?xml version="1.0"?><w:document {NAMES}><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{content}</w:{name}>")
    return made.getvalue()


def law_of(data):
    return read(Source(data, "XTS", "act.docx"))


def lines(body, **parts):
    return [line for line in law_of(packed(body, **parts)).text.split("\n") if line]


def paragraph(words, properties="", run=""):
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def level(place, text, form="decimal", more="", start=1):
    return f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def numbering(*levels, lists='<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>{lists}'


def item(words, place=0, list_id=1):
    return paragraph(words, f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{list_id}"/></w:numPr>')


def style(id_, name, based_on="", properties=""):
    named = f'<w:name w:val="{name}"/><w:basedOn w:val="{based_on}"/>'
    return f'<w:style w:type="paragraph" w:styleId="{id_}">{named}<w:pPr>{properties}</w:pPr></w:style>'


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_a_document_as_people_write_them():
    document = docx.Document()
    document.core_properties.title = "Seafarers Benefits Act"
    document.add_heading("Seafarers Benefits Act", 0)
    document.add_heading("Part I Persons insured", 1)
    document.add_paragraph("Every seafarer is insured.", style="List Number")
    document.add_paragraph("Their families are insured too.", style="List Number")
    document.add_paragraph().add_run("Section 2. Rates").bold = True
    table = document.add_table(2, 2)
    for cell, words in zip([*table.rows[0].cells, *table.rows[1].cells], ("Weeks", "Rate", "1 to 26", "60 %"), strict=True):
        cell.text = words
    document.add_paragraph("An earlier wording.", style="Quote")
    law = law_of(saved(document))
    assert law.text.split("\n\n") == [
        "# Seafarers Benefits Act",
        "# Part I Persons insured",
        "1. Every seafarer is insured.",
        "2. Their families are insured too.",
        "**Section 2. Rates**",
        "| Weeks | Rate |\n| 1 to 26 | 60 % |",
        "> An earlier wording.\n",
    ]
    assert (law.title, law.language, law.format, law.marks) == ("Seafarers Benefits Act", "en", "docx", None)


def test_numbers_of_several_levels_are_counted_and_begin_anew():
    parts = {"numbering": numbering(level(0, "Section %1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))}
    body = item("A") + item("B", 1) + item("C", 2) + item("D", 2) + item("E", 1) + item("F", 2) + item("G") + item("H", 1)
    assert lines(body, **parts) == ["Section 1. A", "1.1 B", "(a) C", "(b) D", "1.2 E", "(a) F", "Section 2. G", "2.1 H"]


def test_restarts_and_starts_follow_the_definitions():
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    lists += '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    never = level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    body = item("a") + item("b", list_id=2) + item("c", 1) + item("d", list_id=3) + item("e", 1) + item("f", list_id=3)
    assert lines(body, numbering=numbering(level(0, "%1.", start=5), never, lists=lists)) == ["5. a", "6. b", "1) c", "9. d", "2) e", "10. f"]


@pytest.mark.parametrize(
    ("form", "seventh"),
    [
        ("decimal", "7"),
        ("decimalZero", "07"),
        ("upperRoman", "VII"),
        ("lowerRoman", "vii"),
        ("upperLetter", "G"),
        ("ordinal", "7th"),
        ("chineseCounting", "七"),
        ("ideographTraditional", "庚"),
        ("arabicAbjad", "ز"),
        ("arabicAlpha", "خ"),
        ("hindiNumbers", "७"),
        ("thaiNumbers", "๗"),
        ("russianLower", "ж"),
        ("hebrew1", "ז"),
        ("decimalEnclosedCircle", "⑦"),
        ("somethingNew", "7"),
    ],
)
def test_numbers_are_printed_in_their_format(form, seventh):
    assert lines(item("words"), numbering=numbering(level(0, "%1.", form, start=7))) == [f"{seventh}. words"]


def test_what_stands_between_number_and_words():
    for after, shown in (("nothing", "§ 1words"), ("space", "§ 1 words"), ("tab", "§ 1 words")):
        assert lines(item("words"), numbering=numbering(level(0, "§ %1", more=f'<w:suff w:val="{after}"/>'))) == [shown]


def test_legal_numbers_bullets_and_no_numbers():
    parts = {"numbering": numbering(level(0, "%1.", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"), level(2, "\uf0b7", "bullet"), level(3, "", "none"))}
    assert lines(item("a") + item("b", 1) + item("c", 2) + item("d", 3), **parts) == ["I. a", "1.1 b", "- c", "d"]
    assert lines(item("off", list_id=0) + item("gone", list_id=8) + item("deep", 77) + item("negative", -1), **parts) == ["off", "gone", "deep", "negative"]


def test_levels_that_were_skipped_print_their_first_number():
    assert lines(item("a", 1) + item("b", 1), numbering=numbering(level(0, "%1."), level(1, "%1.%2"))) == ["1.1 a", "1.2 b"]


def test_styles_number_and_make_headings_through_what_they_are_based_on():
    heading = '<w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/>'
    article = '<w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="2"/>'
    styles = style("Titre1", "heading 1", "", heading) + style("Article", "My Article", "Titre1", article) + style("Round", "Round", "Around") + style("Around", "Around", "Round")
    body = "".join(paragraph(words, f'<w:pStyle w:val="{style}"/>') for words, style in (("General", "Titre1"), ("Scope", "Article"), ("Words.", "Round"), ("Rates", "Article")))
    made = lines(body, styles=styles, numbering=numbering(level(0, "PART %1", "upperRoman"), level(1, "Article %2.")))
    assert made == ["# PART I General", "### Article 1. Scope", "Words.", "### Article 2. Rates"]


def test_a_paragraph_is_bold_where_all_of_it_is():
    document = docx.Document()
    style = document.styles.add_style("Strong line", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_paragraph("Section 1", style="Strong line")
    undone = document.add_paragraph(style="Strong line")
    undone.add_run("Section 2").bold = False
    twice = document.add_paragraph(style="Strong line")
    twice.add_run("Section 3", style="Strong")
    partly = document.add_paragraph()
    partly.add_run("Section 4.").bold = True
    partly.add_run(" Words follow.")
    assert law_of(saved(document)).text.split("\n\n") == ["**Section 1**", "Section 2", "Section 3", "Section 4. Words follow.\n"]


def test_tracked_changes_are_resolved_and_told():
    replaced = '<w:del w:id="1"><w:r><w:delText>twelve</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>fourteen</w:t></w:r></w:ins>'
    body = (
        f"<w:p><w:r><w:t>Paid for </w:t></w:r>{replaced}<w:r><w:t> weeks.</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>This goes </w:t></w:r></w:p><w:p><w:r><w:t>on here.</w:t></w:r></w:p>'
        '<w:p><w:moveFrom w:id="4"><w:r><w:t>Old place.</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo w:id="5"><w:r><w:t>New place.</w:t></w:r></w:moveTo></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>"
        '<w:tr><w:trPr><w:del w:id="6"/></w:trPr><w:tc><w:p><w:r><w:delText>c</w:delText></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    )
    law = law_of(packed(body))
    assert [line for line in law.text.split("\n") if line] == ["Paid for fourteen weeks.", "This goes on here.", "New place.", "| a | b |"]
    assert law.remarks[:3] == ("2 tracked insertions kept", "3 tracked deletions left out", "1 paragraphs joined to the next, their ends being tracked deletions")


def test_a_paragraph_whose_end_was_deleted_takes_no_number():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    deleted = f'<w:p><w:pPr>{numbered}<w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
    assert lines(item("a") + deleted + item("b"), numbering=numbering(level(0, "%1."))) == ["1. a", "2. b"]


def test_hidden_and_struck_text_and_comments_are_left_out_and_told():
    hidden, struck = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", "<w:r><w:rPr><w:strike/></w:rPr><w:t>repealed</w:t></w:r>"
    law = law_of(packed(f'<w:p>{hidden}{struck}<w:r><w:t>The law.</w:t><w:commentReference w:id="1"/></w:r></w:p>', comments='<w:comment w:id="1"><w:p/></w:comment>'))
    assert law.text == "The law.\n"
    assert law.remarks == ("1 passages of hidden text left out", "1 passages of struck-through text left out", "1 comments left out")


def test_a_number_stands_directly_before_words_that_begin_with_a_space():
    after = '<w:suff w:val="nothing"/>'
    assert lines(item(" Scope"), numbering=numbering(level(0, "§ %1", more=after))) == ["§ 1 Scope"]


def test_a_heading_that_runs_into_its_text_is_one_line():
    heading = '<w:p><w:pPr><w:outlineLvl w:val="1"/><w:rPr><w:vanish/><w:specVanish/></w:rPr></w:pPr><w:r><w:t>Scope.</w:t></w:r></w:p>'
    assert lines(heading + paragraph("This Act applies.")) == ["Scope. This Act applies."]


def test_fields_show_their_results():
    def turn(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:t>never shown</w:t></w:r>"
    result = "<w:r><w:t>section 5</w:t></w:r>"
    assert lines(f"<w:p><w:r><w:t>See </w:t></w:r>{turn('begin')}{code}{turn('separate')}{result}{turn('end')}<w:r><w:t>.</w:t></w:r></w:p>") == ["See section 5."]
    assert lines('<w:p><w:fldSimple w:instr="REF x"><w:r><w:t>section 6</w:t></w:r></w:fldSimple></w:p>') == ["section 6"]
    assert lines(f"<w:p>{turn('begin')}{code}</w:p>" + paragraph("A field that never ends.")) == ["A field that never ends."]


def test_characters_that_are_elements():
    run = (
        "<w:r><w:t>co</w:t><w:softHyphen/><w:t>operation</w:t><w:tab/><w:t>self</w:t><w:noBreakHyphen/><w:t>employed</w:t>"
        '<w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t><w:br/><w:t>next line</w:t><w:cr/><w:t>last</w:t></w:r>'
    )
    assert lines(f"<w:p>{run}</w:p>") == ["cooperation self-employed≥5", "next line", "last"]


def test_raised_figures_stay_raised():
    assert lines('<w:p><w:r><w:t>§ 9</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r></w:p>') == ["§ 9¹"]


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ('<w:position w:val="8"/><w:sz w:val="13"/>', "§ 9¹"),
        ('<w:position w:val="8"/>', "§ 91"),
        ('<w:sz w:val="13"/>', "§ 91"),
        ('<w:position w:val="-8"/><w:sz w:val="13"/>', "§ 91"),
    ],
)
def test_figures_that_are_lifted_and_smaller_are_raised(look, shown):
    assert lines(f"<w:p><w:r><w:t>§ 9</w:t></w:r><w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r></w:p>") == [shown]


def test_formulas_are_one_line():
    fraction = "<m:f><m:num><m:r><m:t>G</m:t></m:r></m:num><m:den><m:r><m:t>B+C</m:t></m:r></m:den></m:f>"
    power = "<m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    law = law_of(packed(f"<w:p><w:r><w:t>P = </w:t></w:r><m:oMath>{fraction}<m:r><m:t> · </m:t></m:r>{power}</m:oMath></w:p>"))
    assert plain(law.text).text.strip() == "P = G/(B+C) · r²"


def test_what_is_wrapped_is_read_and_alternatives_once():
    link = "<w:hyperlink><w:r><w:t>linked </w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>tagged </w:t></w:r></w:smartTag>"
    control = "<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>controlled</w:t></w:r></w:sdtContent></w:sdt>"
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    drawn = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    boxes = f"<w:p><w:r><w:t>Before.</w:t>{drawn}</w:r></w:p>"
    outer = f"<w:sdt><w:sdtContent>{paragraph('Block control.')}</w:sdtContent></w:sdt>"
    assert lines(f"<w:p>{link}{control}{prompt}</w:p>{boxes}{outer}") == ["linked tagged controlled", "Before.", "In a box.", "Block control."]


def cell(words, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def test_tables_keep_their_columns():
    wide, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Branch')}{cell('Rates', wide)}</w:tr>"
        f"<w:tr>{cell('Sickness', top)}{cell('first year')}{cell('60 %')}</w:tr><w:tr>{cell('', below)}{cell('later')}{cell('50 %')}</w:tr>"
        f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("at most")}{cell("26 weeks")}</w:tr>'
    )
    assert lines(f"<w:tbl>{rows}</w:tbl>") == [
        "| Branch | Rates | Rates |",
        "| --- | --- | --- |",
        "| Sickness | first year | 60 % |",
        "| Sickness | later | 50 % |",
        "|  | at most | 26 weeks |",
    ]


def test_a_long_cell_over_many_rows_is_written_once():
    below = f"<w:tr>{cell('', '<w:vMerge/>')}{cell('x')}{cell('y')}</w:tr>" * 2000
    law = law_of(
        packed(f"<w:tbl><w:tr>{cell('long ' * 20_000, '<w:vMerge/>')}{cell('a')}{cell('b')}</w:tr>{below}</w:tbl>".replace("<w:vMerge/>", '<w:vMerge w:val="restart"/>', 1))
    )
    assert law.text.count("long") == 20_000


def test_tables_that_only_place_text_are_lines():
    labelled = "".join(f"<w:tr>{cell(label)}{cell(words)}</w:tr>" for label, words in (("(a)", "to the widow;"), ("(b)", "to the orphans.")))
    boxed = f"<w:tbl><w:tr>{cell('Section 1. Scope')}</w:tr><w:tr>{cell('This Act applies.')}</w:tr></w:tbl>"
    assert lines(f"<w:tbl>{labelled}</w:tbl>{boxed}") == ["(a) to the widow;", "(b) to the orphans.", "Section 1. Scope", "This Act applies."]
    nested = f"<w:tbl><w:tr><w:tc><w:tbl><w:tr>{cell('x')}{cell('y')}</w:tr></w:tbl><w:p/></w:tc>{cell('z')}</w:tr></w:tbl>"
    assert lines(nested) == ["| x | y |", "z"]


def test_notes_stand_at_the_end_and_running_heads_nowhere():
    footnotes = f'<w:footnote w:id="-1" w:type="separator"/><w:footnote w:id="4">{paragraph("As amended.")}</w:footnote>'
    endnotes = f'<w:endnote w:id="4">{paragraph("In force since May.")}</w:endnote>'
    body = (
        '<w:p><w:r><w:t>Rates</w:t></w:r><w:r><w:footnoteReference w:id="4" w:customMarkFollows="1"/><w:t>*</w:t></w:r><w:r><w:t> apply</w:t></w:r>'
        '<w:r><w:endnoteReference w:id="4"/></w:r><w:r><w:t>.</w:t></w:r></w:p>'
    )
    assert lines(body, footnotes=footnotes, endnotes=endnotes) == ["Rates[^1] apply[^i].", "[^1]: As amended.", "[^i]: In force since May."]
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Official Gazette"
    document.add_paragraph("Section 1. Words of law.")
    law = law_of(saved(document))
    assert "Gazette" not in law.text
    assert "1 running heads and feet left out" in law.remarks


def test_the_title_is_the_documents_own():
    for stated in ("", "Microsoft Word - draft3.doc", "untitled", "Budget of another office"):
        document = docx.Document()
        document.core_properties.title = stated
        document.add_heading("Miners Pensions Act", 1)
        document.add_paragraph("Section 1. Every miner is insured.")
        assert law_of(saved(document)).title == "Miners Pensions Act"


def test_the_language_is_that_of_the_text_where_the_checker_was_left_as_it_was():
    document = docx.Document()  # set to be checked as English
    document.add_paragraph("Toute personne assurée a droit aux prestations de maladie pendant vingt-six semaines au plus. " * 8)
    law = law_of(saved(document))
    assert law.language == "fr"
    assert any("'en'" in remark and "'fr'" in remark for remark in law.remarks)


def test_strict_and_wide_encodings_are_read_too():
    strict = f'<?xml version="1.0"?><w:document {NAMES}><w:body>{paragraph("Strictly.")}</w:body></w:document>'.replace(
        TRANSITIONAL, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    assert law_of(packed(strict.encode())).text == "Strictly.\n"
    wide = f'<?xml version="1.0" encoding="UTF-16"?><w:document {NAMES}><w:body>{paragraph("Ευρέως.")}</w:body></w:document>'
    assert law_of(packed(wide.encode("utf-16"))).text == "Ευρέως.\n"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<w:tbl><w:tr><w:tc>" * 100_000 + "</w:tc></w:tr></w:tbl>" * 100_000, "not well-formed"),
        ("<w:p/>" * 200_001, "200,001 paragraphs"),
        (b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>', "document type"),
        (b"<w:p", "not well-formed"),
        ("<w:p><w:r><w:t>&#xD800;</w:t></w:r></w:p>", "not well-formed"),
        (b"<html/>", "has no body"),
        ("<w:p>" + "<w:r/>" * 2_600_000 + "</w:p>", "millions of tags"),
    ],
    ids=["nested tables", "paragraphs", "entities", "broken", "surrogate", "no document", "tags"],
)
def test_hostile_documents_are_refused_in_words(body, said):
    with pytest.raises(SourceError, match=said) as told:
        law_of(packed(body))
    assert str(told.value).startswith("act.docx: ")


def test_a_file_without_a_document_is_told():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    with pytest.raises(SourceError, match="no main document"):
        law_of(made.getvalue())


def test_odd_definitions_do_no_harm():
    styles = '<w:style w:type="paragraph" w:default="1" w:styleId="n"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    odd = numbering(level(0, "%9%1", start=-5), level(1, "%1%2" * 500, "lowerLetter", start=999_999_999), level(1_000_000, "%1"))
    made = lines(paragraph("x") * 3, styles=styles, numbering=odd)
    assert len(made) == 3
    assert all(len(line) < 200 for line in made)
    assert lines(paragraph("x"), numbering='<w:num w:numId="1"/><w:abstractNum/>', styles="<w:style/><w:docDefaults/>") == ["x"]


@pytest.mark.shared
def test_a_real_law_comes_back_from_word_as_it_was(shared):
    """The lines of a Markdown law, set as a document whose section numbers are automatic, are read as the lines they were."""
    source = (shared / "laws" / "DEU" / "muschg_2018.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
    given = [line for line in source.splitlines() if plain(line).text.strip()]
    body, lists, wanted = "", "", ""
    for line in given:
        words = " ".join(plain(line.lstrip("# ")).text.split())
        wanted += words
        if line.startswith("#") and (found := re.match(r"§ (\d+) (.*)", words)):
            override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{found[1]}"/></w:lvlOverride>'
            lists += f'<w:num w:numId="{found[1]}"><w:abstractNumId w:val="7"/>{override}</w:num>'
            body += item(escape(found[2]), list_id=found[1])
        else:
            body += paragraph(escape(words))
    made = plain(law_of(packed(body, numbering=numbering(level(0, "§ %1"), lists=lists))).text).text
    assert "§ 33 " in made
    assert "".join(made.split()) == "".join(wanted.split())
