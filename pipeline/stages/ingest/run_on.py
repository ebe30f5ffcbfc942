"""A whole law in one paragraph: the program that made the file dropped its line breaks, and its printed labels show where they were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

LEAST_LENGTH = 8000
"""Characters; no paragraph of law is as long as this."""
LEAST_LABELS, MOST_LABELS = 5, 50_000
MOST_MISSING = 2
AFTER_WORD, AFTER_WORD_WEIGHT = "after any word", 0.8
"""The form of bare numbers, those after a word with a capital letter included: they may belong to the word, so they count for less."""
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
    best: dict[tuple[str, str], _Link] = {}
    for place, form, number, letter in islice(_labels(words), MOST_LABELS):
        before = [found for step in ((0,) if letter else (1, 2, 3)) if (found := last.get((form, number - step))) is not None]
        if not before and (letter or number > MOST_MISSING + 1):
            continue
        earlier = max(before, key=lambda link: link.length, default=None)
        link = _Link(place, 1 + (earlier.length if earlier else 0), earlier)
        if (known := last.get((form, number))) is None or link.length > known.length:
            last[form, number] = link
        best[form] = max(best.get(form, link), link, key=lambda each: each.length)
    places = []
    end: _Link | None = max(best.items(), key=_weight)[1] if best else None
    while end is not None:
        places.append(end.place)
        end = end.before
    return places[::-1]


class _Link(NamedTuple):
    """A label in a chain of them: its place, the length of the chain up to here, and the one before it."""

    place: int
    length: int
    before: _Link | None


def _weight(item: tuple[tuple[str, str], _Link]) -> float:
    (word, _), link = item
    return link.length * (AFTER_WORD_WEIGHT if word == AFTER_WORD else 1)


def _labels(words: str) -> Iterator[tuple[int, tuple[str, str], int, str]]:
    """Yield the place, form, number and letter of what may be labels of sections; bare numbers without a sign are none.

    A number after a word with a capital letter may be a label of that word ("Section 5."), or one after a heading ("The Office 5.").
    """
    for found in _LABEL.finditer(words):
        word, sign = found["word"] or "", (found["sign"] or "").replace("৷", "।")  # one stop, in two characters
        if found["counted"]:
            yield found.start(), ("第", found["unit"]), int(found["counted"]), ""
            continue
        of_word = word == "§" or word[:1].isupper()
        if of_word:
            yield found.start(), (word.casefold(), sign), int(found["number"]), found["letter"]
        if sign:
            place = found.end("word") + 1 if word else found.start()
            yield place, (AFTER_WORD, sign), int(found["number"]), found["letter"]
            if not of_word:
                yield place, ("", sign), int(found["number"]), found["letter"]
