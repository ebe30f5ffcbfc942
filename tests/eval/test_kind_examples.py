"""What a figure of law is by the judgements on it: the gold file speaks first, then the sample that it was drawn into."""

from __future__ import annotations

import pytest

from lexfloor.eval.figure_samples import JudgedPlace
from lexfloor.eval.kind_examples import Example
from lexfloor.eval.kind_fitting import fitted, is_known
from lexfloor.models.kinds import NONE
from lexfloor.pipeline.records import Level
from lexfloor.pipeline.stages.extract.around import features
from lexfloor.pipeline.stages.extract.sections import figures_of
from lexfloor.pipeline.stages.segment import segment


@pytest.fixture
def around(make_law, standard):
    """Return a function: what stands around the only figure of a sentence."""

    def found(text, language="en"):
        (section,) = [node for node in segment(make_law(f"Section 1. Rule\n\n{text}\n", language)).provisions if node.level is Level.SECTION]
        (only,) = figures_of(section, standard)
        return only

    return found


def drawn(kind):
    return JudgedPlace(file=0, start=3, end=9, words="0" * 16, stratum="told", kind=kind, value=3.0, unit="years", comparator="exactly")


@pytest.mark.parametrize(
    ("kinds", "judged", "kind"),
    [
        (("ceiling",), None, "ceiling"),
        (("ceiling",), "none", "ceiling"),
        ((), "contribution_rate_state", "contribution_rate"),
        ((), "qualifying_period_reduced", "qualifying_period"),
        ((), "none", NONE),
        ((), None, NONE),
    ],
)
def test_the_class_of_an_example(around, kinds, judged, kind):
    example = Example("XTS", "act.txt", "1", 3, 9, around("The pension is paid for three years."), True, bool(kinds), kinds, drawn(judged) if judged else None)
    assert example.kind == kind
    assert is_known(example) == bool(kinds or judged)


def test_figures_that_nobody_looked_at_teach_nothing(around):
    told = around("The pension is paid for three years.")
    unseen = [Example("XTS", "act.txt", "1", number, number + 1, told, False, False, ()) for number in range(5)]
    assert fitted(unseen).content() == fitted([]).content()


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("Whoever does so is liable to imprisonment for three years.", "penalty"),
        ("A member of the board holds office for three years.", "office"),
        ("The employer keeps the records for three years.", "records"),
        ("An insured person is entitled to the allowance for three years.", "benefit"),
    ],
)
def test_the_matter_of_a_passage_is_a_feature(around, text, matter):
    votes = {name: value for name, value in features(around(text)).items() if name.startswith("votes:about_")}
    assert max(votes, key=votes.__getitem__) == f"votes:about_{matter}"
