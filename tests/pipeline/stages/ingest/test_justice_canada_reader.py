"""The inside of sections is taken from the markup of Justice Canada's files."""

import pytest

from lexfloor.pipeline.records import Level, ProvisionKind, ProvisionStatus
from lexfloor.pipeline.stages.ingest.justice_canada import read
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.segment import segment

HEAD = '<?xml version="1.0" encoding="utf-8"?><Statute xml:lang="en" in-force="yes"><Identification><ShortTitle>Quarry Act</ShortTitle></Identification>'


def law_of(body):
    return read(Source(f"{HEAD}<Body>{body}</Body></Statute>".encode(), "XTS", "Q-1.xml"))


def shown(law):
    return [(mark.depth, mark.level, mark.label, mark.heading, law.text[mark.span.start : mark.span.end]) for mark in law.marks]


def test_parts_of_sections():
    """Subsections, paragraphs and subparagraphs are marked with their own labels and marginal notes; clauses belong to the subparagraph."""
    law = law_of(
        "<Section><MarginalNote>Dust</MarginalNote><Label>4</Label><Subsection><Label>(1)</Label><Text>A quarry pays</Text><Paragraph><Label>(a)</Label><Text>for dust</Text>"
        "<Subparagraph><Label>(i)</Label><Text>inhaled</Text><Clause><Label>(A)</Label><Text>by day, or</Text></Clause></Subparagraph></Paragraph>"
        "<ContinuedSectionSubsection><Text>each week.</Text></ContinuedSectionSubsection></Subsection>"
        "<Subsection><MarginalNote>Noise</MarginalNote><Label>(2)</Label><Text>And for noise.</Text></Subsection><HistoricalNote>1999, c. 9</HistoricalNote></Section>"
    )
    assert shown(law) == [
        (90, Level.SECTION, "4", "Dust", law.text.partition("\n1999")[0].partition("Quarry Act\n")[2]),
        (91, Level.SUBSECTION, "(1)", "", "(1) A quarry pays\n(a) for dust\n(i) inhaled\n(A) by day, or\neach week."),
        (92, Level.PARAGRAPH, "(a)", "", "(a) for dust\n(i) inhaled\n(A) by day, or"),
        (93, Level.ITEM, "(i)", "", "(i) inhaled\n(A) by day, or"),
        (91, Level.SUBSECTION, "(2)", "Noise", "Noise\n(2) And for noise."),
    ]
    assert law.text.endswith("1999, c. 9\n")
    nodes = {node.label: node for node in segment(law).provisions}
    assert (nodes["(a)"].chapeau, nodes["(a)"].continuation) == ("A quarry pays", "each week.")


def test_definitions_are_provisions():
    """Each definition is a provision headed by its term; a section of nothing else is one of definitions."""
    definition = "<Definition><Text><DefinedTermEn>{0}</DefinedTermEn> means stone; (<DefinedTermFr>fr-{0}</DefinedTermFr>)</Text>{1}</Definition>"
    listed = definition.format("gravel", "<Paragraph><Label>(a)</Label><Text>small; and</Text></Paragraph>") + definition.format("slate", "")
    law = law_of(
        f"<Section><MarginalNote>Words</MarginalNote><Label>2</Label><Text>In this Act,</Text>{listed}</Section>"
        f"<Section><Label>3</Label><Subsection><Label>(1)</Label><Text>Pay is due.</Text></Subsection><Subsection><Label>(2)</Label>{listed}</Subsection></Section>"
    )
    marks = [(mark.level, mark.label, mark.heading, mark.kind) for mark in law.marks]
    assert marks[:4] == [
        (Level.SECTION, "2", "Words", ProvisionKind.DEFINITION),
        (Level.PARAGRAPH, "", "gravel", ProvisionKind.DEFINITION),
        (Level.ITEM, "(a)", "", ProvisionKind.DEFINITION),
        (Level.PARAGRAPH, "", "slate", ProvisionKind.DEFINITION),
    ]
    assert [kind for _, label, _, kind in marks[4:] if label in ("3", "(1)", "(2)")] == [ProvisionKind.OPERATIVE, ProvisionKind.OPERATIVE, ProvisionKind.DEFINITION]


def test_tables_are_rows():
    """The head of a table is followed by a rule; cells that fill several columns keep the others in place."""
    head = '<colspec colname="a"/><colspec colname="b"/><thead><row><entry>Weeks</entry><entry>Rate</entry></row></thead>'
    stacked = "<entry><Provision><Text>60</Text></Provision><Provision><Text>%</Text></Provision></entry>"
    rows = f'<tbody><row><entry>1 | 2</entry>{stacked}</row><row><entry namest="a" nameend="b">none</entry></row></tbody>'
    table = f"<TableGroup><Caption>TABLE</Caption><table><title>Rates</title><tgroup>{head}{rows}</tgroup></table></TableGroup>"
    law = law_of(f"<Section><Label>5</Label><Text>Paid:</Text>{table}</Section>")
    assert law.text.splitlines()[1:] == ["5 Paid:", "TABLE", "Rates", "| Weeks | Rate |", "| --- | --- |", "| 1 \\| 2 | 60 % |", "| none |  |"]


@pytest.mark.parametrize("tag", ["AmendedText", "ReadAsText"])
def test_quoted_law_has_no_parts(tag):
    """What an amending section quotes is words of that section."""
    law = law_of(
        f"<Section><Label>6</Label><Text>It reads:</Text><{tag}><Section><Label>9</Label><Subsection><Label>(1)</Label><Text>New.</Text></Subsection></Section></{tag}></Section>"
    )
    assert [(mark.label, law.text[mark.span.start : mark.span.end]) for mark in law.marks] == [("6", "6 It reads:\n9 (1) New.")]


def test_repealed_parts():
    """A subsection that only says it is repealed is no law, its neighbours are."""
    law = law_of(
        "<Section><Label>7</Label><Subsection><Label>(1)</Label><Text>Pay is due.</Text></Subsection>"
        "<Subsection><Label>(2)</Label><Text><Repealed>[Repealed, 2001, c. 3]</Repealed></Text></Subsection></Section>"
    )
    assert [(mark.label, mark.status) for mark in law.marks] == [
        ("7", ProvisionStatus.IN_FORCE),
        ("(1)", ProvisionStatus.IN_FORCE),
        ("(2)", ProvisionStatus.REPEALED),
    ]


def test_formulas_and_stars_are_kept():
    """The parts of a formula stand on lines of their own, and its stars are stars."""
    law = law_of(
        "<Section><Label>8</Label><Text>The rate is</Text><FormulaGroup><Formula><FormulaText>A*B*2</FormulaText></Formula><FormulaConnector>where</FormulaConnector>"
        "<FormulaDefinition><FormulaTerm>A</FormulaTerm><Text>is the pay.</Text></FormulaDefinition></FormulaGroup></Section>"
    )
    assert segment(law).provisions[0].text.splitlines() == ["8 The rate is", "A*B*2", "where", "A is the pay."]


def test_raised_words_are_alike_in_heading_and_text():
    """A marginal note with a raised ending is found in the text as the heading has it."""
    law = law_of("<Section><MarginalNote>From the 1<Sup>st</Sup> day</MarginalNote><Label>9</Label><Text>Pay is due.</Text></Section>")
    assert law.marks[0].heading == "From the 1ˢᵗ day"
    assert law.marks[0].heading in law.text
