"""Which kinds a figure can have by its unit and size, and which it has by the words around it."""

from __future__ import annotations

from collections.abc import Mapping

from lexfloor.models.kinds import NONE, KindModel, own_list
from lexfloor.pipeline.numbers import NAMED, Quantity
from lexfloor.pipeline.records import Contingency
from lexfloor.pipeline.stages.extract.around import AMOUNTS, DURATIONS, RATES, Around, contingency, features

KINDS: dict[str, tuple[str, ...]] = {
    RATES: (
        "replacement_rate",
        "replacement_rate_survivors",
        "contribution_rate",
        "accrual_rate",
        "degree_of_incapacity",
        "ceiling",
        "minimum_benefit",
        "total_value_per_child",
        "employee_contribution_share",
    ),
    DURATIONS: (
        "maximum_duration",
        "waiting_period",
        "qualifying_period",
        "reference_period",
        "pensionable_age",
        "age_limit_child",
        "time_limit_appeal",
        "adjustment_interval",
    ),
    AMOUNTS: ("ceiling", "minimum_benefit", "total_value_per_child"),
}
"""Kinds of figures that a family of units can have; the vocabulary is that of the annotation guidelines."""
RANGES: dict[tuple[str, str], tuple[float, float]] = {
    ("pensionable_age", "years"): (40, 80),
    ("pensionable_age", "months"): (480, 960),
    ("age_limit_child", "years"): (1, 35),
    ("qualifying_period", "years"): (0.25, 50),
    ("maximum_duration", "years"): (0.25, 25),
    ("waiting_period", "days"): (0, 366),
    ("waiting_period", "weeks"): (0.5, 53),
    ("waiting_period", "months"): (0.5, 12),
    ("replacement_rate", "percent"): (3, 200),
    ("replacement_rate_survivors", "percent"): (3, 200),
    ("contribution_rate", "percent"): (0, 60),
    ("accrual_rate", "percent"): (0, 20),
    ("degree_of_incapacity", "percent"): (3, 100),
    ("adjustment_interval", "years"): (0.5, 10),
}
"""What a kind can plausibly be, by unit; a pair that is not named has no bounds."""
CLEAR, IN_WORDS, FAINT = 0.5, 0.25, 0.08
"""A kind of the first probability needs no phrase of its list; pay in words needs the second, as it is often merely mentioned;
phrases that weigh less than the third together are too far away."""
_BENEFIT, _SURVIVORS = "replacement_rate", "replacement_rate_survivors"
_DURATION = "maximum_duration"
_YEARS_ONLY = ("pensionable_age", "age_limit_child")


def possible(quantity: Quantity, family: str) -> list[str]:
    """Return the kinds that the figure's unit and size allow."""
    return [kind for kind in KINDS[family] if _plausible(kind, quantity)]


def kind_of(around: Around, model: KindModel) -> tuple[str | None, float]:
    """Return the kind that the words around a figure speak for most, and its probability; None where they speak for none.

    A kind that is not likely by itself is left out where no phrase of its list stands anywhere near. Rates of benefit are told
    apart from those of survivors by the branch and the persons named, not by what the model makes of few examples.
    """
    allowed = [kind for kind in possible(around.quantity, around.family) if kind != _DURATION or not _is_date_of_birth(around)]
    if not allowed or (around.quantity.standing < 1 and not _stands(around)):
        return None, 0.0
    values = features(around)
    shares = model.probabilities(around.family, values, (*allowed, NONE))
    if around.family == RATES:
        shares[_BENEFIT] = shares.get(_BENEFIT, 0.0) + shares.pop(_SURVIVORS, 0.0)
    told = [kind for kind in allowed if kind != _SURVIVORS and shares[kind] >= _bar(kind, around.quantity, values, model)]
    if not told:
        return None, 0.0
    best = max(told, key=shares.__getitem__)
    return (_SURVIVORS if best == _BENEFIT and _of_survivors(around) else best), shares[best] * around.quantity.standing


def _bar(kind: str, quantity: Quantity, values: Mapping[str, float], model: KindModel) -> float:
    """Return the least probability of a kind for a figure: more where no phrase of its list stands near, or where it is pay in words."""
    if not _spoken(kind, values):
        return max(model.bar, CLEAR)
    return model.bar if quantity.standing == 1 else max(model.bar, IN_WORDS)


def counted(quantity: Quantity, kind: str) -> float:
    """Return the value of a figure of a kind; a benefit "from the fourth day" has a waiting period of three."""
    return quantity.value - 1 if quantity.ordinal and kind == "waiting_period" else quantity.value


def _spoken(kind: str, values: Mapping[str, float]) -> bool:
    """Tell whether a phrase of the kind's own list stands around the figure."""
    words = own_list(kind)
    return values.get(f"votes:{words}", 0.0) > FAINT or any(f"{place}:{words}" in values for place in ("on", "clause", "chapeau", "previous", "heading", "path"))


def _is_date_of_birth(around: Around) -> bool:
    """Tell whether a figure counts the weeks of a pregnancy or those after a birth: "the 34th week" is a date, no length of leave."""
    return around.quantity.ordinal and contingency(around) is Contingency.MATERNITY


def _stands(around: Around) -> bool:
    """Tell whether pay in words is what a benefit comes to: a branch or its rates are named; where a percentage stands beside it, that is."""
    if around.quantity.standing <= NAMED and any(other.unit == "percent" and other.standing == 1 for other in around.others):
        return False
    above = [hit for hits in (around.chapeau, around.heading, around.path) for hit in hits]
    return any(hit.group == "contingencies" for hit in (*around.own, *around.before, *above)) or any(hit.label == _BENEFIT for hit in above)


def _of_survivors(around: Around) -> bool:
    named = (hit for hits in (around.own, around.chapeau, around.heading) for hit in hits)
    return contingency(around) is Contingency.SURVIVORS or any(hit.group == "cases" and hit.label in ("widow", "orphan") for hit in named)


def _plausible(kind: str, quantity: Quantity) -> bool:
    if quantity.every and kind != "adjustment_interval":
        return False
    if kind in _YEARS_ONLY and quantity.unit not in ("years", "months"):
        return False
    if kind == "waiting_period" and quantity.unit == "years":
        return False
    low, high = RANGES.get((kind, quantity.unit), (0.0, float("inf")))
    return low <= quantity.value <= high
