"""The figures of a section, each with what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.numbers import Quantity, quantities
from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Provision
from lexfloor.pipeline.stages.extract.around import Around
from lexfloor.pipeline.stages.extract.clauses import Outline
from lexfloor.pipeline.stages.extract.phrases import PhraseFinder, phrase_finder, phrases_in

BEFORE, AFTER = 900, 500
"""Characters before and after a figure in which phrases are looked for: the rest of a long section says nothing of it."""
INTERVAL = "adjustment_interval"
BEGINNING = 200
"""Characters at the beginning of a section, often its heading, that are always read."""


def figures_of(section: Provision, standard: Standard, title: str = "") -> Iterator[Around]:
    """Yield the figures of a section in order of the text, each with the phrases around it; ``title`` is that of its act."""
    rules = language_rules(nearest_language(section.language))
    found = list(quantities(section.text, rules, section.country))
    if not found:
        return
    finder = phrase_finder(rules.code, standard.key)
    outline = Outline(section.text, rules)
    hits = _hits(section.text, found, finder)
    heading = phrases_in(rules.code, standard.key, section.heading)
    path = phrases_in(rules.code, standard.key, "\n".join(section.path[-2:]))
    act = phrases_in(rules.code, standard.key, title)
    found = [quantity for quantity in found if not quantity.every or _adjusts(quantity, outline.setting(quantity.start, quantity.end).sentence, (*heading, *path), hits)]
    introduced: dict[tuple[int, int], tuple[Hit, ...]] = {}
    for quantity in found:
        setting = outline.setting(quantity.start, quantity.end)
        start, end = setting.sentence
        near = [hit for hit in hits if quantity.start - BEFORE <= hit.start and hit.end <= quantity.end + AFTER]
        own = [hit for hit in near if start <= hit.start and hit.end <= end]
        if setting.chapeau and setting.chapeau not in introduced:
            introduced[setting.chapeau] = tuple(finder.hits(section.text, *setting.chapeau))
        yield Around(
            quantity,
            setting,
            own,
            [hit for hit in near if hit.end <= start or hit.start >= end],
            introduced[setting.chapeau] if setting.chapeau else (),
            [hit for hit in near if setting.before[0] <= hit.start and hit.end <= setting.before[1]],
            heading,
            path,
            act,
            [other for other in found if other is not quantity and start <= other.start and other.end <= end],
        )


def _adjusts(quantity: Quantity, sentence: tuple[int, int], above: Sequence[Hit], hits: Sequence[Hit]) -> bool:
    """Return whether a figure that tells after what time something comes again stands with words of adjustment other than its own.

    Of such figures law asks for this kind alone; "every six months", "per 30 days" elsewhere measure no benefit.
    """
    near = (hit for hit in hits if sentence[0] <= hit.start and hit.end <= sentence[1] and (hit.start < quantity.start or hit.end > quantity.end))
    return any(hit.label == INTERVAL for hit in (*near, *above))


def _hits(text: str, found: Sequence[Quantity], finder: PhraseFinder) -> list[Hit]:
    """Return the phrases in the neighbourhood of the figures, in order."""
    windows = [[0, min(BEGINNING, len(text))]]
    for quantity in found:
        start, end = max(0, quantity.start - BEFORE), min(len(text), quantity.end + AFTER)
        if start <= windows[-1][1]:
            windows[-1][1] = max(windows[-1][1], end)
        else:
            windows.append([start, end])
    return [hit for start, end in windows for hit in finder.hits(text, _word_start(text, start), end)]


def _word_start(text: str, place: int) -> int:
    """Return the place itself, or the end of the word that it would cut."""
    while 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum():
        place += 1
    return place
