"""Extract: the figures of law, each with what it measures, for which contingency, and how clearly the words say so.

What a figure measures is told by its unit and by the phrases of the language's data that stand near it in its sentence;
a figure for which nothing speaks is left out rather than guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.numbers import Quantity, quantities
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.reading import MAX_CHARACTERS, Hit, Reading, reading_of
from lexfloor.pipeline.records import Contingency, Parameter, Provision, Span

NEAR, FAR = 40, 150
"""Characters over which the weight of a phrase halves: in the figure's sentence, and elsewhere in its section."""
EXPLICIT = {"contribution_rate": 1.6, "accrual_rate": 1.5}
"""Kinds whose words outweigh the base of a rate: "contributions of 7 per cent of wages" is no benefit."""
FAR_WEIGHT, HEADING_WEIGHT, FAINT = 0.4, 0.4, 0.08
QUOTE_LIMIT = 400
_KINDS = {
    "percent": ("replacement_rate", "contribution_rate", "accrual_rate", "degree_of_incapacity"),
    "years": ("pensionable_age", "age_limit_child", "qualifying_period", "maximum_duration", "deadline", "time_limit_appeal"),
    "months": ("maximum_duration", "qualifying_period", "waiting_period", "deadline", "time_limit_appeal"),
    "weeks": ("maximum_duration", "qualifying_period", "waiting_period", "deadline", "time_limit_appeal"),
    "days": ("maximum_duration", "waiting_period", "qualifying_period", "deadline", "time_limit_appeal"),
}
_RANGES = {
    ("pensionable_age", "years"): (45, 75),
    ("age_limit_child", "years"): (3, 30),
    ("qualifying_period", "years"): (0, 50),
    ("maximum_duration", "years"): (0, 12),
    ("waiting_period", "days"): (0, 90),
    ("waiting_period", "weeks"): (0, 12),
    ("waiting_period", "months"): (0, 3),
    ("replacement_rate", "percent"): (5, 130),
    ("contribution_rate", "percent"): (0, 45),
    ("accrual_rate", "percent"): (0, 6),
    ("degree_of_incapacity", "percent"): (5, 100),
}


def extract(sections: Iterable[Provision], standard: Standard) -> Iterator[Parameter]:
    """Yield the parameters of the sections, in order of the text."""
    for section in sections:
        rules = language_rules(nearest_language(section.language))
        if found := list(quantities(section.text, rules)):
            yield from _of_section(section, found, partial(reading_of, rules.code, standard.key))


def _of_section(section: Provision, found: list[Quantity], read: Callable[[str], Reading]) -> Iterator[Parameter]:
    reading = read(section.text)
    setting = read("\n\n".join((*section.path[-2:], section.heading)))
    for quantity in found:
        if quantity.end > MAX_CHARACTERS:
            break  # beyond what is read of a schedule: its sentence is not known
        start, end = reading.sentence_of(quantity.start)
        kind, strength = _kind(quantity, (start, end), reading, setting)
        if kind is None:
            continue
        contingency = _contingency(reading.within(start, end, "contingencies"), setting, reading)
        cues = [hit for hit in reading.within(max(start, quantity.start - 40), quantity.start + 25, "cues") if hit.label in ("at_least", "at_most")]
        yield Parameter(
            section.country,
            section.file,
            section.id,
            section.section,
            kind,
            round(_counted(quantity, kind), 4),
            quantity.unit,
            _comparator(cues),
            contingency,
            Span(quantity.start, quantity.end),
            Span(start, end),
            collapsed(section.text[start:end])[:QUOTE_LIMIT],
            round(strength, 3),
        )


def _counted(quantity: Quantity, kind: str) -> float:
    """Return the figure's value; a benefit "from the fourth day" has a waiting period of three."""
    return quantity.value - 1 if quantity.ordinal and kind == "waiting_period" else quantity.value


def _comparator(cues: list[Hit]) -> Literal["at_least", "at_most", "exactly"]:
    if not cues:
        return "exactly"
    return "at_least" if cues[-1].label == "at_least" else "at_most"


def _kind(quantity: Quantity, sentence: tuple[int, int], reading: Reading, setting: Reading) -> tuple[str | None, float]:
    """Return the kind that the words around a figure speak for most, and how clearly (0 to 1).

    Words of the figure's own sentence count most, those of the section (the chapeau of a list) and of its headings less.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    allowed = _KINDS[quantity.unit]
    for hit in reading.hits:
        if hit.group == "parameters":
            gap = max(hit.start - quantity.end, quantity.start - hit.end, 0)
            own = sentence[0] <= hit.start < sentence[1]
            votes[hit.label] += EXPLICIT.get(hit.label, 1.0) * (1 / (1 + gap / NEAR) if own else FAR_WEIGHT / (1 + gap / FAR))
    for hit in setting.hits:
        if hit.group == "parameters":
            votes[hit.label] += HEADING_WEIGHT
    survivors = votes.pop("survivors", 0.0)
    ranked = [(votes[kind], kind) for kind in allowed if votes[kind] > FAINT and _plausible(kind, quantity)]
    if not ranked:
        return None, 0.0
    best, kind = max(ranked)
    total = sum(votes[other] for other in allowed)
    if kind == "replacement_rate" and survivors >= HEADING_WEIGHT:
        kind = "replacement_rate_survivors"
    return kind, best / (total + 0.5)


def _plausible(kind: str, quantity: Quantity) -> bool:
    low, high = _RANGES.get((kind, quantity.unit), (0, float("inf")))
    return low <= quantity.value <= high


def _contingency(near: list[Hit], setting: Reading, whole: Reading) -> Contingency | None:
    """Return the contingency that the sentence names, else the heading, else the section as a whole."""
    for hits in (near, [hit for hit in setting.hits if hit.group == "contingencies"], [hit for hit in whole.hits if hit.group == "contingencies"]):
        if hits:
            counts = Counter(hit.label for hit in hits)
            return Contingency(max(sorted(counts), key=counts.__getitem__))
    return None
