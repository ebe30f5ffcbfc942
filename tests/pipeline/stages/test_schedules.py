"""Acts that refer to schedules which are not in the files."""

from dataclasses import replace

import pytest

from lexfloor.pipeline.records import Level, Match, Provision, ProvisionId, ProvisionKind, ProvisionStatus, RequirementId, Span
from lexfloor.pipeline.stages.classify.schedules import lacked, lacking


def _section(number, text, file="a.txt", language="en", kind=ProvisionKind.OPERATIVE):
    return Provision(
        ProvisionId(f"sec_{number}"), "XTS", file, "", Level.SECTION, str(number), str(number), "", (), kind, ProvisionStatus.IN_FORCE, Span(0, len(text)), language, text
    )


@pytest.mark.parametrize(
    ("language", "speaking", "silent"),
    [
        ("en", "The rate is that of the Second Schedule.", "The rate is fixed by the board."),
        ("de", "Die Höhe ergibt sich aus der Anlage.", "Die Höhe beträgt die Hälfte."),
        ("el", "Το ποσό ορίζεται στον Πρώτο Πίνακα.", "Το ποσό ορίζεται εδώ."),
        ("bn", "হার দ্বিতীয় তফসিলে নির্ধারিত।", "হার বোর্ড নির্ধারণ করিবে।"),
        ("ja", "率は別表に定める。", "この率は附則に定める。"),
        ("zh", "标准见附表。", "标准由本条规定。"),
    ],
)
def test_an_act_without_its_schedules_is_told(language, speaking, silent):
    """The share of its sections that speak of schedules; none where the act prints one, or never speaks of any."""
    act = [_section(1, speaking, language=language), *(_section(number, silent, language=language) for number in (2, 3, 4))]
    assert lacking(act) == {"a.txt": 0.25}
    assert lacking([*act, _section(9, "...", language=language, kind=ProvisionKind.SCHEDULE)]) == {}
    assert lacking(act[1:]) == {}
    assert lacking([*act, *(replace(section, file="b.txt") for section in act[1:])]) == {"a.txt": 0.25}


def test_the_likeliest_sections_count_most():
    """A section that is hardly evidence brings its act in hardly at all; nothing is told where nothing was ranked."""

    def match(rank, file, relevance):
        return Match("XTS", RequirementId("C102:28"), file, ProvisionId(f"sec_{rank}"), str(rank), rank, 1.0, 1.0, 1.0, Span(0, 5), relevance)

    found = [match(1, "a.txt", 0.6), match(2, "b.txt", 0.2), match(3, "b.txt", 0.0), match(4, "a.txt", 0.9)]
    assert lacked(found, {"a.txt": 0.2}) == pytest.approx(0.15)
    assert lacked(found, {}) == 0
    assert lacked([match(1, "a.txt", None)], {"a.txt": 0.2}) == 0
