"""Figures of law are told by the words around them."""

import pytest

from lexfloor.pipeline.records import Contingency, Level
from lexfloor.pipeline.stages.embed import citable_sections, cuts, pieces
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.segment import segment


@pytest.fixture
def figures(make_law, standard):
    """Return a function: a law's text to its parameters."""

    def found(text, language="en"):
        law = make_law(text, language)
        return list(extract([node for node in segment(law).provisions if node.level is Level.SECTION], standard))

    return found


def _shown(parameter):
    return parameter.kind, round(parameter.value, 1), parameter.unit, parameter.contingency


def test_the_figures_of_an_act(figures, maternity_act):
    """Each figure of a small act is read with its kind, value and contingency."""
    found = {(parameter.section, *_shown(parameter)) for parameter in figures(maternity_act)}
    assert found == {
        ("Section 2", "replacement_rate", 60.0, "percent", Contingency.SICKNESS),
        ("Section 2", "waiting_period", 3.0, "days", Contingency.SICKNESS),
        ("Section 2", "maximum_duration", 26.0, "weeks", Contingency.SICKNESS),
        ("Section 3", "maximum_duration", 14.0, "weeks", Contingency.MATERNITY),
        ("Section 3", "replacement_rate", 66.7, "percent", Contingency.MATERNITY),
        ("Section 5", "time_limit_appeal", 30.0, "days", found_contingency(figures, maternity_act)),
    }


def found_contingency(figures, text):
    """Return what the appeal's contingency is read as: the section names none in particular."""
    return next(parameter.contingency for parameter in figures(text) if parameter.section == "Section 5")


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("The pensionable age is sixty-five years.", "pensionable_age", 65, "years"),
        ("Unemployment benefit is paid for a period of at most 13 weeks.", "maximum_duration", 13, "weeks"),
        ("No sickness benefit is paid for a waiting period of three days.", "waiting_period", 3, "days"),
        ("The qualifying period for the invalidity pension is five years of contributions.", "qualifying_period", 5, "years"),
        ("The employer pays contributions at the rate of 7 per cent of wages.", "contribution_rate_employer", 7, "percent"),
        ("The old-age pension is forty per cent of the average monthly earnings.", "replacement_rate", 40, "percent"),
        ("Each widow receives a pension of 50 per cent of the earnings of the deceased.", "replacement_rate_survivors", 50, "percent"),
        ("A child allowance is paid until the child reaches the age of sixteen years.", "age_limit_child", 16, "years"),
        ("An appeal is lodged with the tribunal within 60 days of the decision.", "time_limit_appeal", 60, "days"),
    ],
)
def test_kinds(figures, text, kind, value, unit):
    """One sentence with one figure gives the kind that its words name."""
    (parameter,) = figures(f"Section 1. Rule\n\n{text}\n")
    assert (parameter.kind, parameter.value, parameter.unit) == (kind, value, unit)


@pytest.mark.parametrize("text", ["The Act was made in 26 days.", "He walked for two weeks.", "Offices open 5 days a week."])
def test_a_figure_that_nothing_speaks_for_is_left_out(figures, text):
    """Figures that measure nothing of a benefit are not guessed at."""
    assert figures(f"Section 1. Other\n\n{text}\n") == []


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("at least fourteen weeks", "at_least"),
        ("not less than fourteen weeks", "at_least"),
        ("at most fourteen weeks", "at_most"),
        ("not more than fourteen weeks", "at_most"),
        ("a length that may not be shorter than fourteen weeks", "at_least"),
        ("fourteen weeks", "exactly"),
    ],
)
def test_comparators(figures, words, comparator):
    """Words like "at least" beside a figure are kept."""
    (parameter,) = figures(f"Section 1. Maternity\n\nMaternity benefit is paid for a period of {words}.\n")
    assert parameter.comparator == comparator


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "Article 1\nL'indemnité de maternité est versée pendant quatorze semaines.\n", 14),
        ("es", "Artículo 1. Uno.\nEl subsidio por maternidad se paga por un período máximo de catorce semanas.\n", 14),
        ("de", "§ 1 Dauer\nMutterschaftsgeld wird für vierzehn Wochen gezahlt.\n", 14),
        ("zh", "第一条 生育津贴支付期限为九十八天。\n", 98),
        ("pt", "Art. 1º O salário-maternidade é pago durante cento e vinte dias.\n", 120),
        ("ru", "Статья 1. Срок\nПособие по беременности и родам выплачивается в течение ста двадцати шести дней.\n", 126),
    ],
)
def test_duration_in_many_languages(figures, language, text, value):
    """How long maternity benefit is paid is read in each language."""
    found = figures(text, language)
    assert [(parameter.kind, parameter.value) for parameter in found if parameter.contingency is Contingency.MATERNITY] == [("maximum_duration", value)]


def test_spans_lie_in_the_section(make_law, standard, maternity_act):
    """Spans count from the section's plain text and hold the figure; the clause encloses it."""
    sections = {node.id: node for node in segment(make_law(maternity_act)).provisions if node.level is Level.SECTION}
    for parameter in extract(sections.values(), standard):
        text = sections[parameter.provision].text
        assert parameter.clause.start <= parameter.span.start < parameter.span.end <= parameter.clause.end
        assert " ".join(text[parameter.span.start : parameter.span.end].split()) in parameter.quote
        assert 0 < parameter.strength <= 1


@pytest.mark.parametrize("limit", [50, 120, 900])
def test_cuts_cover_the_text(limit, maternity_act):
    """Stretches follow each other without gaps and none is much longer than the limit."""
    for text in (maternity_act, "word " * 400, "x" * 1000, "", "。" * 300):
        found = cuts(text, limit)
        assert "".join(text[start:end] for start, end in found) == text
        assert all(end - start <= 2 * limit for start, end in found)


def test_pieces_carry_their_context(make_law, config, maternity_act):
    """A piece begins with the act's title and the section's heading."""
    law = make_law(maternity_act, title="Benefits Act")
    sections = citable_sections([law], segment(law).provisions)
    made = pieces(sections, {law.file: law.title}, config.embed)
    assert [piece.section for piece in made] == sorted(piece.section for piece in made)
    assert made[2].words.startswith("Benefits Act. Maternity benefit. ")


def test_repealed_sections_are_no_evidence(make_law):
    """Repealed sections and other language versions are not searched."""
    text = "Section 1. A\nThe benefit is paid.\nSection 2. Repealed.\nSection 3. C\nThe pension is paid.\n"
    law, other = make_law(text), make_law(text, file="fr/act.txt", parallel_of="act.txt")
    assert [node.label for node in citable_sections([law, other], [*segment(law).provisions, *segment(other).provisions])] == ["Section 1", "Section 3"]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("six weeks before and eight weeks after confinement", {6, 8, 14}),
        ("prenatal leave of six weeks and postnatal leave of eight weeks", {6, 8, 14}),
        ("fourteen weeks, six weeks before and eight weeks after confinement", {6, 8, 14}),
        ("six weeks after confinement", {6}),
        ("these weeks: (a) six weeks before confinement; and (b) eight weeks after confinement", {6, 8, 14}),
    ],
)
def test_the_time_before_and_after_the_birth_is_added_up(figures, words, values):
    """Leave before and after the birth is one duration, added up where the law does not do it, once."""
    found = figures(f"Section 1. Maternity leave\n\nMaternity benefit is paid for a period of {words}.\n")
    durations = [parameter.value for parameter in found if parameter.kind == "maximum_duration"]
    assert set(durations) == values
    assert len(durations) == len(values)


def test_who_pays_of_what_for_whom(figures):
    """Payer, base, case and modality of a figure are told by the words of its sentence."""
    text = """Section 1. Contributions
The employer shall pay contributions of 12 per cent of wages.
The employee shall pay contributions of 5 per cent of wages.
Section 2. Survivors' pension
Each widow is entitled to a pension of 60 per cent of the pension of the deceased.
"""
    by_value = {parameter.value: parameter for parameter in figures(text)}
    assert (by_value[12].kind, by_value[12].base) == ("contribution_rate_employer", "previous_earnings")
    assert by_value[5].kind == "contribution_rate_employee"
    assert (by_value[60].kind, by_value[60].base, by_value[60].qualifier, by_value[60].modality) == ("replacement_rate_survivors", "reference_pension", "widow", "shall")


def test_a_range_keeps_both_ends(figures):
    """The upper end of a range is kept beside the lower."""
    (parameter,) = figures("Section 1. Rate\n\nThe old-age pension is 40 to 60 per cent of the average monthly earnings.\n")
    assert (parameter.value, parameter.high) == (40, 60)
