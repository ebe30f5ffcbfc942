"""What readers write is Markdown whose plain text is the words they read, one paragraph a line."""

import time

import pytest

from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.stages.ingest.rendering import Rendering

TEXT = "The Office pays the allowance from the fourth day. It tells the insured person (a) when, and (b) how much. "


def written(words, **how):
    made = Rendering()
    made.line(words, **how)
    return made.text.split("\n\n")


@pytest.mark.parametrize("cell", ["a|b", "a*b*c|d", "a\\|b", "|", "a\\"])
def test_cells_keep_their_words(cell):
    made = Rendering()
    made.row([cell, "60 %"])
    assert plain(made.text).text == f"| {cell} | 60 % |\n"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("**Section 3.—**The Office pays.", "Section 3.—The Office pays."),
        ("***Note***: repealed.", "Note: repealed."),
        ("** does not apply **", "** does not apply **"),
        ("**applies from 2020", "**applies from 2020"),
        ("The rate is a**2 + b**2.", "The rate is a**2 + b**2."),
    ],
)
def test_stars_of_bold_type_at_the_beginning_are_no_words(words, shown):
    assert plain(written(words)[0]).text.strip() == shown


@pytest.mark.parametrize("label", ["{}.", "{}।", "§ {}", "Section {}.", "第{}条"])
def test_a_law_in_one_paragraph_is_cut_at_its_labels(label):
    sections = [f"{label.format(number)} {TEXT * 4}".strip() for number in range(1, 31)]
    headings = ["Duties of the Office", "Rates", "Who is insured", "Claims and Appeals", "Duties of Masters"] * 6
    words = "Seafarers Act. " + " ".join(f"{heading} {section}" for heading, section in zip(headings, sections, strict=True))
    lines = [line.strip().replace("\\", "") for line in written(words)]
    assert lines == ["Seafarers Act.", *(line for pair in zip(headings, sections, strict=True) for line in pair)]


def test_numbers_that_were_repealed_or_put_in_do_not_end_the_count():
    numbers = [1, 2, 5, 6, "6a", 7, 8]
    lines = written(" ".join(f"{number}. {TEXT * 15}" for number in numbers))
    assert [line.split(".")[0] for line in lines] == [str(number) for number in numbers]


def test_a_long_paragraph_that_counts_nothing_is_one_line():
    assert len(written(TEXT * 200)) == 1
    assert len(written("".join(f"See section {number}. {TEXT}" for number in (4, 9, 2, 30, 7) * 30))) == 1


def test_a_paragraph_of_a_short_length_is_one_line():
    assert len(written(" ".join(f"{number}. The Office." for number in range(1, 100)))) == 1


@pytest.mark.parametrize("repeated", ["1. ", "1 2 ", "Section ", "§ 1 ", "1a. ", "a; "])
def test_endless_labels_take_no_long_time(repeated):
    start = time.monotonic()
    written(repeated * 200_000)
    assert time.monotonic() - start < 5
