"""What stands around a figure, as numbers that mean the same in every language: by these its kind is told.

A feature is named "place:word": ``before:waiting_period`` is 1 where a phrase of that list of the language data ends at the
figure, and falls with the distance. Places are the figure itself ("on"), its sentence ("before", "after"), its clause
between commas, the words that introduce its list, the sentence before, the section, its heading, and the headings above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lexfloor.pipeline.numbers import Quantity
from lexfloor.pipeline.reading import Hit
from lexfloor.pipeline.records import Contingency
from lexfloor.pipeline.stages.extract.clauses import Setting

NEAR, FAR = 25, 200
"""Characters over which a phrase loses half its weight: in the figure's sentence, and elsewhere in its section."""
VOTE_NEAR, VOTE_FAR, ELSEWHERE = 40, 150, 0.4
"""The same where the phrases of a list are added up: in the sentence, elsewhere, and what one elsewhere counts at most."""
SIZES: dict[str, tuple[float, ...]] = {
    "percent": (0.5, 2, 5, 10, 20, 33, 49.9, 50.1, 66, 74, 90, 99.9, 100.1),
    "days": (3.1, 7.1, 14.1, 29, 46, 89, 111, 200, 400, 1000),
    "weeks": (2.1, 5.1, 11, 19, 27, 60),
    "months": (1.1, 2.1, 3.1, 6.1, 12.1, 24.1, 48.1, 72.1, 130, 300),
    "years": (1.1, 2.1, 3.1, 5.1, 8, 13, 17.1, 19, 22, 30.1, 41, 49, 59, 66, 71),
    "hours": (50, 400, 2000),
    "times": (1.1, 3.1),
}
"""Bounds of the classes of size of a figure, by unit: an age of retirement is not three years."""
RATES, DURATIONS, AMOUNTS = FAMILIES = ("rates", "durations", "amounts")
_GROUPS = {"parameters": "", "payers": "payer_", "bases": "base_", "cases": "case_", "contingencies": "branch_", "cues": "cue_", "matters": "about_"}
_VOTING = ("parameters", "matters", "contingencies")
"""Groups whose phrases are added up; of the others the nearest counts."""


@dataclass(frozen=True, slots=True)
class Around:
    """The phrases around one figure.

    Attributes:
        own: those of its sentence; ``section`` those elsewhere in its section, as far as it was read.
        chapeau: those of the words that introduce its list; ``before`` those of the sentence before its own.
        heading, path, title: those of its section's heading, of the headings above, and of its act's title.
        others: other figures of the section.
    """

    quantity: Quantity
    setting: Setting
    own: Sequence[Hit]
    section: Sequence[Hit]
    chapeau: Sequence[Hit]
    before: Sequence[Hit]
    heading: Sequence[Hit]
    path: Sequence[Hit]
    title: Sequence[Hit]
    others: Sequence[Quantity]

    @property
    def family(self) -> str:
        """Return the family of kinds that the unit allows."""
        return family_of(self.quantity.unit)

    def gap(self, hit: Hit) -> int:
        """Return the characters between a phrase and the figure, 0 where they touch or overlap."""
        return max(hit.start - self.quantity.end, self.quantity.start - hit.end, 0)


def family_of(unit: str) -> str:
    """Return the family of a unit: rates, durations or amounts.

    >>> family_of("percent"), family_of("weeks"), family_of("amount_EUR")
    ('rates', 'durations', 'amounts')
    """
    return RATES if unit == "percent" else AMOUNTS if unit == "times" or unit.startswith("amount_") else DURATIONS


def features(around: Around) -> dict[str, float]:
    """Return the features that are not 0, by name."""
    values: dict[str, float] = {"always": 1.0}
    quantity, setting = around.quantity, around.setting
    for hit, name in _named(around.own):
        if hit.start < quantity.end and hit.end > quantity.start:
            _most(values, f"on:{name}", 1.0)
        else:
            side = "before" if hit.end <= quantity.start else "after"
            _most(values, f"{side}:{name}", 1 / (1 + around.gap(hit) / NEAR))
        if setting.clause[0] <= hit.start < setting.clause[1]:
            _most(values, f"clause:{name}", 1.0)
        if hit.group in _VOTING:
            _add(values, f"votes:{name}", 1 / (1 + around.gap(hit) / VOTE_NEAR))
    for hit, name in _named(around.section):
        if hit.group in _VOTING:
            _add(values, f"votes:{name}", ELSEWHERE / (1 + around.gap(hit) / VOTE_FAR))
        _most(values, f"section:{name}", 1 / (1 + around.gap(hit) / FAR))
    for place, hits in (("chapeau", around.chapeau), ("previous", around.before), ("heading", around.heading), ("path", around.path)):
        for _, name in _named(hits):
            _most(values, f"{place}:{name}", 1.0)
    if (about := contingency(around)) is not None:
        values[f"about:{about}"] = 1.0
    values |= _of_figure(quantity)
    values |= _of_neighbours(around)
    return values


def _of_figure(quantity: Quantity) -> dict[str, float]:
    """Return what the figure itself says: its unit, its size, whether it is an ordinal or a range."""
    unit = "amount" if quantity.unit.startswith("amount_") else quantity.unit
    values = {f"unit:{unit}": 1.0}
    if bounds := SIZES.get(unit):
        values[f"size:{unit}_{sum(quantity.value > bound for bound in bounds)}"] = 1.0
    if quantity.ordinal:
        values["ordinal"] = 1.0
    if quantity.standing < 1:
        values["in_words"] = values["on:replacement_rate"] = 1.0  # pay in words is itself a phrase for a rate of benefit
    return values


def _of_neighbours(around: Around) -> dict[str, float]:
    """Return what other figures of the sentence say: a reference period follows the period that is counted in it."""
    quantity, (start, end) = around.quantity, around.setting.sentence
    values: dict[str, float] = {}
    inside = [other for other in around.others if start <= other.start and other.end <= end]
    for other in inside:
        side = "after" if other.start < quantity.start else "before"
        _most(values, f"{side}_figure:{family_of(other.unit)}", 1.0)
        if other.unit == quantity.unit and other.value != quantity.value:
            _most(values, f"{side}_figure:{'smaller' if other.value < quantity.value else 'larger'}", 1.0)
    values["figures_in_sentence"] = min(len(inside), 4) / 4
    return values


def contingency(around: Around) -> Contingency | None:
    """Return the contingency that stands nearest: in the figure's clause, its sentence, the words of its list, its headings, its section."""
    sentence = [hit for hit in around.own if hit.group == "contingencies"]
    clause = [hit for hit in sentence if around.setting.clause[0] <= hit.start < around.setting.clause[1]]
    above = ([hit for hit in hits if hit.group == "contingencies"] for hits in (around.chapeau, around.heading, around.before, around.path, around.section))
    for hits in (clause, sentence, *above):
        if hits:
            weights = dict.fromkeys({hit.label for hit in around.heading if hit.group == "contingencies" and hits is sentence}, 1.0)
            weights = {label: weight for label, weight in weights.items() if any(hit.label == label for hit in hits)}
            for hit in hits:
                weights[hit.label] = weights.get(hit.label, 0.0) + 1 / (1 + (around.gap(hit) / FAR if hits is sentence or hits is clause else 0))
            return Contingency(max(sorted(weights), key=weights.__getitem__))
    return None


def _named(hits: Iterable[Hit]) -> Iterator[tuple[Hit, str]]:
    """Yield phrases with the names that they have in features; what a percentage is taken of speaks for a rate of benefit."""
    for hit in hits:
        yield hit, _GROUPS[hit.group] + hit.label
        if hit.group == "bases" and hit.label != "contribution":
            yield hit, "replacement_rate"


def _add(values: dict[str, float], name: str, value: float) -> None:
    values[name] = values.get(name, 0.0) + value


def _most(values: dict[str, float], name: str, value: float) -> None:
    values[name] = max(values.get(name, 0.0), value)
