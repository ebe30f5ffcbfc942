"""Signals: what the pipeline sees of one requirement in one country's law, as plain numbers between stages and verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.reading import Reading
from lexfloor.pipeline.records import Contingency, Match
from lexfloor.pipeline.stages.classify.comparison import Comparison, Outcome

CUES = ("entitlement", "delegation", "lump_sum")
PASSAGES = 3
"""Cues are counted in the best passages of this many sections."""


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
        passages: passages of the likeliest sections: what is cited.
        nearest: passages of the sections that come nearest in words and meaning: what tells whether the matter is dealt with. Sections
            are likely evidence because they name the benefit, so that these tell nothing of whether the law names it at all.
        comparison: how the figures of the likeliest sections compare with the rule.
        figures: how many figures of the contingency the country's laws tell clearly.
        at_will: of the sentences that answer the requirement the likeliest that leaves the right to somebody's will.
    """

    requirement: Requirement
    found: Sequence[Match]
    passages: Sequence[Passage]
    nearest: Sequence[Passage]
    comparison: Comparison | None
    figures: int = 0
    at_will: Passage | None = None

    @property
    def score(self) -> float:
        """The best score of all sections found, 0 where nothing was found."""
        return max((match.score for match in self.found), default=0.0)

    @property
    def named(self) -> float:
        """Share of the best sections that name the requirement's contingency; 1 for requirements on all of them."""
        if self.requirement.contingency is Contingency.ALL or not self.nearest:
            return 1.0
        wanted = str(self.requirement.contingency)
        named = [any(hit.group == "contingencies" and hit.label == wanted for hit in passage.reading.hits) for passage in self.nearest]
        return sum(named) / len(named)

    def cue(self, label: str) -> float:
        """How often the best passages give a cue: 0 to 1."""
        count = sum(hit.label == label for passage in self.nearest[:PASSAGES] for hit in passage.reading.within(passage.start, passage.end, "cues"))
        return min(count, PASSAGES) / PASSAGES

    def says_in_sections(self, label: str) -> bool:
        """Tell whether the best sections give a cue anywhere."""
        return any(hit.group == "cues" and hit.label == label for passage in self.nearest[:PASSAGES] for hit in passage.reading.hits)


def signals(sight: Sight, peers: Sequence[Sight]) -> dict[str, float]:
    """Return the signals by name.

    ``peers`` are the requirements of the same Part: a scheme that does not exist has no waiting period. Few and plain on purpose: with twice as
    many, verdicts of countries not seen are worse, and what counts words over a whole country's law tells its language rather than its law.
    """
    comparison, rule = sight.comparison, sight.requirement.rule
    rate = float(rule is not None and rule.parameter.startswith("replacement_rate"))
    measured = float(rule is not None and rule.parameter != "persons_protected_share")
    met, failed = (float(comparison is not None and comparison.outcome is outcome) for outcome in (Outcome.MET, Outcome.NOT_MET))
    values: dict[str, float] = {
        "fifth": sorted(match.score for match in sight.found)[-5] if len(sight.found) > 4 else 0.0,
        "part_mean": sum(peer.score for peer in peers) / len(peers),
        "part_sections": math.log1p(sections_of_part(peers)),
        "named": sight.named,
        "part_named": sum(peer.named for peer in peers) / len(peers),
        "figures": math.log1p(sight.figures),
        "figure_met": met,
        "figure_failed": failed,
        "figure_below": float(comparison is not None and comparison.below),
        "figure_wanting": measured * (1.0 - met - failed),
        "rate_met": rate * met,
    }
    for cue in CUES:
        values[cue] = sight.cue(cue)
    return values


def sections_of_part(peers: Sequence[Sight]) -> float:
    """Return how many sections are to be expected that are evidence for some requirement of a Part: the sum of their likelihoods."""
    likeliest: dict[tuple[str, str], float] = {}
    for match in (match for peer in peers for match in peer.found):
        key = match.file, match.provision
        likeliest[key] = max(likeliest.get(key, 0.0), match.relevance or 0.0)
    return sum(likeliest.values())
