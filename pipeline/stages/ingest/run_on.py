"""A whole law in one paragraph: the program that made the file dropped its line breaks, and its printed labels show where they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

LEAST_LENGTH = 8000
"""Characters; no paragraph of law is as long as this."""
LEAST_LABELS = 5
MOST_MISSING = 2
LONGEST_HEADING = 150
"""Characters between the end of a sentence and a label that may be the section's heading."""
_LABEL = re.compile(
    r"(?<!\S)(?:(?P<word>§|[^\W\d_a-z][^\W\d_]{1,14}\.?)\s?)?(?:\d{0,3}\[)?(?P<number>\d{1,4})(?P<letter>[^\W\d_৷]{0,2})(?P<sign>[.।৷:]?)(?=[\s(\[（])"
    r"|(?<!\S)第\s?(?P<counted>\d{1,4})\s?(?P<unit>[条條])"
)
_ENDS_SENTENCE = re.compile(r"[.;:!?।৷。；：！？][\"'”’»)\]]?\s")


def lines_of_run_on(words: str) -> list[str]:
    """Return a paragraph's lines: one, unless it is as long as a law and counts sections by labels that are all of one form.

    A label begins a line, with what stands between it and the end of the last sentence as a line before it, a heading.

    >>> lines_of_run_on("1. One. 2. Two.")
    ['1. One. 2. Two.']
    """
    if len(words) < LEAST_LENGTH or len(labels := _counted_labels(words)) < LEAST_LABELS:
        return [words]
    cuts = {0}
    for label, before in zip(labels, [0, *labels], strict=False):
        cuts.add(label)
        earliest = max(before + 1, label - LONGEST_HEADING)
        ends = [found.end() for found in _ENDS_SENTENCE.finditer(words, earliest, label)]
        if ends:
            cuts.add(ends[-1])
    places = [*sorted(cuts), len(words)]
    return [line for begin, end in pairwise(places) if (line := words[begin:end].strip())]


def _counted_labels(words: str) -> list[int]:
    """Return where the labels stand that count upwards from the first numbers, of the form with most of them.

    One or two numbers may be missing, as of sections that were repealed; labels with letters stand after the number that they add to.
    """
    last: dict[tuple[tuple[str, str], int], _Link] = {}  # the longest chain of a form that ends with a number
    best = _Link(0, 0, None)
    for place, form, number, letter in _labels(words):
        before = [found for step in ((0,) if letter else (1, 2, 3)) if (found := last.get((form, number - step))) is not None]
        if not before and (letter or number > MOST_MISSING + 1):
            continue
        earlier = max(before, key=lambda link: link.count, default=None)
        link = _Link(place, 1 + (earlier.count if earlier else 0), earlier)
        if (known := last.get((form, number))) is None or link.count > known.count:
            last[form, number] = link
        best = max(best, link, key=lambda each: each.count)
    places = []
    while best.count:
        places.append(best.place)
        if best.before is None:
            break
        best = best.before
    return places[::-1]


class _Link(NamedTuple):
    """A label in a chain of them: its place, how many labels the chain has up to here, and the one before it."""

    place: int
    count: int
    before: _Link | None


def _labels(words: str) -> Iterator[tuple[int, tuple[str, str], int, str]]:
    """Yield the place, form, number and letter of what may be labels of sections; bare numbers without a sign are none."""
    for found in _LABEL.finditer(words):
        word, sign = found["word"] or "", (found["sign"] or "").replace("৷", "।")  # one stop, in two characters
        if found["counted"]:
            yield found.start(), ("第", found["unit"]), int(found["counted"]), ""
        elif word and (word == "§" or word[0].isupper()):
            yield found.start(), (word.casefold(), sign), int(found["number"]), found["letter"]
        elif sign:
            yield found.end("word") if word else found.start(), ("", sign), int(found["number"]), found["letter"]
