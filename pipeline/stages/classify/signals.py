"""Signals: what the pipeline sees of one requirement in one country's law, as plain numbers between stages and verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.reading import Reading
from lexfloor.pipeline.records import Contingency, Match
from lexfloor.pipeline.stages.classify.benefits import COMPUTED
from lexfloor.pipeline.stages.classify.comparison import Comparison, Outcome
from lexfloor.pipeline.stages.classify.comparison.claims import RATES

CUES = ("entitlement", "delegation")
PASSAGES = 3
"""Cues are looked for in the passages of this many sections."""
LIKELY = 0.1
"""A figure of a section at least this likely to be evidence answers the requirement."""
OF_EARNINGS = "previous_earnings"
BY_SCHEDULE = (*RATES, "qualifying_period", "qualifying_period_reduced")
"""What laws leave to their schedules: rates and conditions, hardly ever ages or durations."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The passage of a section that answers a requirement best: positions in the section's plain text."""

    match: Match
    start: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one requirement by itself, before the country as a whole is looked at.

    Attributes:
        found: the sections found, the likeliest evidence first.
        passages: passages of the likeliest sections: what is cited, and what the law is taken to say.
        nearest: the sections that come nearest in words and meaning: what tells whether the matter is dealt with. Sections are likely
            evidence because they name the benefit, so that these tell nothing of whether the law names it at all.
        comparison: how the figures of the likeliest sections compare with the rule.
        named: share of the nearest sections that name the contingency.
        own_act: how far the act most about the contingency is about it: 0 to 1.
        refused: whether the figure that was compared stands in a sentence that refuses something.
        share: how the employees' share of the contributions was computed, where it was.
        figures: how many figures of the contingency the country's laws tell clearly.
        headed: share of the likeliest sections under a heading that names the contingency.
        schedules: how much of the acts of the likeliest sections refers to schedules that are not in the files: 0 to 1.
        at_will: of the sentences that answer the requirement the likeliest that leaves the right to somebody's will.
    """

    requirement: Requirement
    found: Sequence[Match]
    passages: Sequence[Passage]
    nearest: Sequence[Match]
    comparison: Comparison | None
    named: float = 1.0
    own_act: float = 1.0
    refused: bool = False
    share: str = ""
    figures: int = 0
    headed: float = 0.0
    schedules: float = 0.0
    at_will: Passage | None = None

    def cue(self, label: str) -> float:
        """Share of the likeliest passages that give a cue: 0 to 1."""
        looked = self.passages[:PASSAGES]
        giving = [any(hit.label == label for hit in passage.reading.within(passage.start, passage.end, "cues")) for passage in looked]
        return sum(giving) / max(1, len(looked))

    def says_in_sections(self, label: str) -> bool:
        """Tell whether the likeliest sections give a cue anywhere."""
        return any(hit.group == "cues" and hit.label == label for passage in self.passages[:PASSAGES] for hit in passage.reading.hits)


def signals(sight: Sight, peers: Sequence[Sight], least_named: float) -> dict[str, float]:
    """Return the signals by name.

    ``peers`` are the requirements of the same Part: a scheme that does not exist has no waiting period. ``least_named`` is how far sections
    name the contingency of the Part that is named least: where a Part is missing, others may be as well. Few and plain on purpose: with twice as
    many, verdicts of countries not seen are worse, and what counts words over a whole country's law tells its language rather than its law.
    """
    comparison, rule = sight.comparison, sight.requirement.rule or sight.requirement.practice
    rate = rule is not None and rule.parameter in RATES
    met, below = comparison is not None and comparison.met, comparison is not None and comparison.below
    open_still = comparison is None or comparison.outcome is Outcome.CANNOT_TELL
    values: dict[str, float] = {
        "least_named": least_named,
        "own_act": sight.own_act,
        "leading": _leading(peers),
        "expected": sum(match.relevance or 0.0 for peer in peers for match in peer.found) / len(peers),
        "headed": sight.headed,
        "figures": math.log1p(sight.figures),
        "figure_below": float(below),
        "figure_wanting": float(_measured(sight.requirement) and open_still),
        "figure_likely": float(met and not rate and _likely(sight)),
        "rate_of_earnings": float(met and rate and _of_earnings(sight)),
        "schedules": sight.schedules if rule is not None and rule.parameter in BY_SCHEDULE else 0.0,
    }
    for cue in CUES:
        values[cue] = sight.cue(cue)
    return values


def _leading(peers: Sequence[Sight]) -> float:
    """Return the Part's share of what the likeliest sections of its requirements name; 1 for requirements on all contingencies."""
    wanted = peers[0].requirement.contingency
    if wanted is Contingency.ALL:
        return 1.0
    readings = {(passage.match.file, passage.match.provision): passage.reading for peer in peers for passage in peer.passages}
    named = [hit.label for reading in readings.values() for hit in reading.hits if hit.group == "contingencies"]
    return named.count(str(wanted)) / max(1, len(named))


def _measured(requirement: Requirement) -> bool:
    return requirement.rule is not None and requirement.rule.parameter != "persons_protected_share"


def _likely(sight: Sight) -> bool:
    """Tell whether the figure stands in a section that is likely evidence: elsewhere it may be another benefit's."""
    figure = sight.comparison.parameter if sight.comparison else None
    return figure is not None and any((match.file, match.provision) == (figure.file, figure.provision) and (match.relevance or 0.0) >= LIKELY for match in sight.found)


def _of_earnings(sight: Sight) -> bool:
    """Tell whether a rate is clearly one of the person's own earnings, as the law grants it.

    What is taken of a minimum wage or another benefit leaves the rate open, and so does a sentence that refuses a benefit to who gets full wages.
    """
    comparison = sight.comparison
    return comparison is not None and comparison.decides and comparison.parameter.base == OF_EARNINGS and comparison.parameter.qualifier != COMPUTED and not sight.refused
