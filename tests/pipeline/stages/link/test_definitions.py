"""Definitions: the terms that a law defines, how far they hold, and where they are used."""

from __future__ import annotations

import pytest

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Level, Provision, ProvisionId, ProvisionKind, ProvisionStatus, Span
from lexfloor.pipeline.stages.link import link


def drafted(make_law, sections, language="en"):
    """Return a law and its sections; each is (part, heading, words), and what stands in one part follows one another."""
    text, nodes = "", []
    for number, (part, heading, words) in enumerate(sections, 1):
        start = len(text)
        if part and (not nodes or nodes[-1].parent != f"part_{part}"):
            text += f"Part {part}\n\n"
            nodes.append(node(f"part_{part}", "", Level.PART, f"Part {part}", "", Span(start, start + 1), "", language))
            start = len(text)
        text += f"{number}. {heading}\n\n{words}\n\n"
        span = Span(start, len(text.rstrip()))
        nodes.append(node(f"sec_{number}", f"part_{part}" if part else "", Level.SECTION, f"{number}.", heading, span, text[span.start : span.end], language))
    return make_law(text, language), nodes


def node(name, parent, level, label, heading, span, text, language):
    section = label if level is Level.SECTION else ""
    kind, status = ProvisionKind.OPERATIVE, ProvisionStatus.IN_FORCE
    return Provision(ProvisionId(name), "XTS", "act.txt", parent, level, section, label, heading, (), kind, status, span, language, plain(text).text)


def read(make_law, sections, language="en"):
    law, nodes = drafted(make_law, sections, language)
    terms, links = link([law], nodes)
    for term in terms:
        assert law.text[term.span.start : term.span.end].split()[0].startswith(term.term.split()[0])
    return terms, [found for found in links if found.kind == "term"]


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("In this Act, “benefit” means a payment; “insured person”, in relation to a claim, means a worker.", ["benefit", "insured person"]),
        ('(a) "wage" includes a bonus; (b) "week" means seven days.', ["wage", "week"]),
        ("This means that a benefit is paid.", []),
        ("“fund” is in the words of the Act “pension fund”.", []),
        ("“2019” means the year.", []),
    ],
)
def test_quoted_terms_before_words_of_meaning(make_law, words, terms):
    assert [term.term for term in read(make_law, [("", "Benefits", words)])[0]] == terms


def test_bold_terms_of_markdown_are_quoted_exactly(make_law):
    terms, _ = read(make_law, [("", "Interpretation", "In this Act:\n\n- **weekly benefit** means money.\n")])
    assert [term.term for term in terms] == ["weekly benefit"]


@pytest.mark.parametrize(
    ("language", "heading", "words", "terms"),
    [
        ("es", "Cotización", "A estos efectos, se entenderá por salario mínimo la suma que fije el ministerio.", ["salario mínimo"]),
        ("fr", "Définitions", "On entend par «salaire» la somme versée chaque mois.", ["salaire"]),
        ("de", "Begriff", "Arbeitgeber im Sinne dieses Gesetzes ist, wer andere beschäftigt.", ["Arbeitgeber"]),
        ("nl", "Begrippen", "In deze wet wordt verstaan onder:\n\na. loon: het bedrag per maand;\n\nb. werknemer: de persoon in dienst.", ["loon", "werknemer"]),
        ("cs", "Pojmy", "(1) Mzdou se rozumí plnění za práci.", ["Mzdou"]),
        ("zh", "定义", "本法所称工资，是指劳动报酬。", ["工资"]),
        ("el", "Ορισμοί", "«μισθός» σημαίνει το ποσό.", ["μισθός"]),
        ("bn", "সংজ্ঞা", "(১) “মজুরি” অর্থ পারিশ্রমিক;", ["মজুরি"]),
    ],
)
def test_definitions_of_many_languages(make_law, language, heading, words, terms):
    assert [term.term for term in read(make_law, [("", heading, words)], language)[0]] == terms


def test_a_definition_ends_with_its_clause(make_law):
    law, nodes = drafted(make_law, [("", "Interpretation", "“benefit” means a payment; “wage” means pay. Other matters follow.")])
    (first, second), _ = link([law], nodes)
    assert law.text[first.span.start : first.span.end] == "benefit” means a payment"
    assert law.text[second.span.start : second.span.end] == "wage” means pay"


def test_sections_use_terms_in_the_plural_too_and_link_once(make_law):
    terms, uses = read(
        make_law, [("", "Interpretation", "“claim” means a request; “late claim” means one made late."), ("", "Claims", "Claims and late claims. A claim is heard.")]
    )
    assert [(use.section, use.words, use.target, use.target_section) for use in uses] == [("2.", "Claims", "sec_1", "1."), ("2.", "late claims", "sec_1", "1.")]
    assert len(terms) == 2


def test_a_word_of_the_same_stem_is_no_use(make_law):
    _, uses = read(make_law, [("", "Interpretation", "“employer” means a person who pays."), ("", "Scope", "Persons employed on a ship are insured.")])
    assert uses == []


def test_a_definition_holds_within_its_scope(make_law):
    sections = [
        ("I", "Meaning", "In this Part, “wage” means basic pay."),
        ("I", "Rate", "The wage counts."),
        ("II", "Other", "The wage counts here too."),
        ("II", "Section", "In this section, “rate” means a share. The rate is fixed."),
        ("II", "Rates", "A rate is published."),
    ]
    terms, uses = read(make_law, sections)
    assert [(term.term, term.scope) for term in terms] == [("wage", "part_I"), ("rate", "sec_4")]
    assert [(use.section, use.words) for use in uses] == [("2.", "wage")]


def test_the_narrower_definition_wins(make_law):
    sections = [("I", "Act", "In this Act, “wage” means all pay."), ("II", "Part", "In this Part, “wage” means basic pay."), ("II", "Use", "The wage counts.")]
    _, uses = read(make_law, sections)
    assert [(use.section, use.target) for use in uses if use.section == "3."] == [("3.", "sec_2")]


def test_thousands_of_terms_and_uses_take_no_time(make_law):
    words = "; ".join(f"“item {letter}{other}” means a thing" for letter in "bcdfghjklmnp" * 5 for other in "bcdfghjklmnpqrst")
    terms, uses = read(make_law, [("", "Interpretation", words), ("", "Use", "item bb and " * 5000)])
    assert len(terms) == 12 * 16
    assert len(uses) == 1
