"""New articles that an amending act quotes are cut out of it without losing a word, whatever stands around them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.eval.segmentation.coverage import coverage
from lexfloor.pipeline.records import Law, ProvisionKind
from lexfloor.pipeline.stages.segment import segment

LINES = st.sampled_from(
    [
        "### Article I.",
        "### Article II.",
        "### Article 3.",
        "## CHAPITRE I",
        "1. L'article 5 est remplacé comme suit :",
        "2. Le deuxième alinéa prend la teneur suivante :",
        "3. L'article 6 est abrogé.",
        "Après l'article 7 sont insérés les articles 8 et 9 libellés comme suit :",
        "« Art. 5. — Le potier se repose trois nuits.",
        "Art. 8.",
        "**Art. 9.**",
        "« Le repos est payé. »",
        "Le maître tient le registre. »",
        "a) le four ;",
        "| four | foyer |",
        "",
    ]
)


def law_of(text):
    return Law(country="XTS", file="act.md", title="Act", language="fr", text=text, format="markdown", sha256="0" * 64, encoding="utf-8 (valid)")


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(LINES, max_size=25))
def test_no_character_is_lost_in_an_amending_act(lines):
    """Every character lies in one provision, ids are unique, and each provision comes after the one above it."""
    law = law_of("\n\n".join(lines))
    cut = segment(law)
    assert coverage(law, cut).complete
    places = {node.id: place for place, node in enumerate(cut.provisions)}
    assert len(places) == len(cut.provisions)
    assert all(not node.parent or places[node.parent] < place for place, node in enumerate(cut.provisions))


def test_the_words_of_the_amending_section_do_not_hold_what_it_quotes():
    """A quoted article is found by itself: the section around it keeps its own words only, and both say where they belong."""
    text = "### Article I.\n\nL'article 5 est remplacé comme suit :\n\n« Art. 5.\n\nLe repos est payé. »\n\nLe maître en tient registre."
    text += "\n\n### Article II.\n\nLa loi entre en vigueur."
    amending, quoted, last = segment(law_of(text)).provisions
    assert (amending.kind, quoted.kind, last.kind) == (ProvisionKind.AMENDING, ProvisionKind.QUOTED, ProvisionKind.OPERATIVE)
    assert "repos" not in amending.text
    assert "registre" in amending.text
    assert (quoted.section, quoted.parent, quoted.path) == ("Art. 5", amending.id, ("Article I",))
    assert quoted.citable


def test_a_sentence_that_only_sounds_alike_leaves_a_law_as_it_is():
    """A list after a colon is no new wording where the act changes no other."""
    text = "### Article 1\n\nL'aide prévue à l'article 2 est complétée comme suit :\n\n- du bois ;\n\n- du sel.\n\n### Article 2\n\nL'aide est due.\n\n### Article 3\n\nFin."
    assert {node.kind for node in segment(law_of(text)).provisions} == {ProvisionKind.OPERATIVE}
