"""Sentences and clauses around a figure."""

import pytest

from lexfloor.corpora.languages import language_rules
from lexfloor.pipeline.stages.extract.clauses import Outline
from lexfloor.pipeline.stages.extract.phrases import phrase_finder


def _around(text, figure, language="en"):
    start = text.index(figure)
    setting = Outline(text, language_rules(language)).setting(start, start + len(figure))
    return {name: text[span[0] : span[1]] for name in ("sentence", "clause", "before", "chapeau") if (span := getattr(setting, name))}


def test_a_sentence_ends_at_no_abbreviation():
    """A full stop after an abbreviation ends nothing; the sentence before is kept."""
    found = _around("Nothing is due. Under art. 5 a benefit is paid, if claimed, for 14 weeks. It ends.", "14 weeks")
    assert found["sentence"] == "Under art. 5 a benefit is paid, if claimed, for 14 weeks."
    assert found["clause"] == "for 14 weeks."
    assert found["before"] == "Nothing is due."


def test_an_item_keeps_the_words_that_introduce_it():
    """The words before the colon say what the items of a list measure."""
    found = _around("The waiting period is:\n(a) three days for the sick;\n(b) seven days for others.", "seven days")
    assert found["sentence"] == "(b) seven days for others."
    assert found["chapeau"].startswith("The waiting period is:")


def test_a_figure_at_the_very_beginning():
    """A text that begins with its figure has no sentence before."""
    assert _around("14 weeks", "14 weeks") == {"sentence": "14 weeks", "clause": "14 weeks", "before": ""}


@pytest.mark.parametrize(("text", "labels"), [("is not entitled to it", ["refusal"]), ("is entitled to it", ["entitlement"])])
def test_the_longest_phrase_counts(text, labels):
    """A phrase inside a longer one of its group is not found again."""
    hits = phrase_finder("en", "c102").hits(text)
    assert [hit.label for hit in hits if hit.group == "cues"] == labels


def test_hyphens_join_nothing():
    """ "Old-age pension" and "old age pension" are one phrase."""
    finder = phrase_finder("en", "c102")
    one, other = ({(hit.group, hit.label) for hit in finder.hits(text)} for text in ("an old-age pension", "an old age pension"))
    assert one == other
    assert ("contingencies", "old_age") in one
