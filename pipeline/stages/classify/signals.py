"""Signals: what the pipeline sees of one requirement in one country's law, as plain numbers between stages and verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.reading import Reading
from lexfloor.pipeline.records import Contingency, Match
from lexfloor.pipeline.stages.classify.comparison import Comparison, Outcome

CUES = ("entitlement", "refusal", "delegation", "discretion", "exception", "lump_sum", "general_scope", "limited_scope")
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
        at_will: of the sentences that answer the requirement the likeliest that leaves the right to somebody's will.
    """

    requirement: Requirement
    found: Sequence[Match]
    passages: Sequence[Passage]
    nearest: Sequence[Passage]
    comparison: Comparison | None
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

    def cue_in_sections(self, label: str) -> float:
        """How often the sections as a whole give a cue, for each of their sentences: 0 to 1."""
        best = self.nearest[:PASSAGES]
        sentences = sum(len(passage.reading.sentences) for passage in best)
        count = sum(hit.label == label for passage in best for hit in passage.reading.hits if hit.group == "cues")
        return min(1.0, count / sentences) if sentences else 0.0


def _score(match: Match) -> float:
    return match.score


def signals(sight: Sight, peers: Sequence[Sight], everything: Sequence[Sight]) -> dict[str, float]:
    """Return the signals by name.

    ``peers`` are the requirements of the same Part: a scheme that does not exist has no waiting period. ``everything`` are
    all requirements of the country: law that delegates much delegates here too.
    """
    comparison, rule = sight.comparison, sight.requirement.rule
    found, first = sight.found, max(sight.found, key=_score, default=None)
    persons = float(rule is not None and rule.parameter == "persons_protected_share")
    rate = float(rule is not None and rule.parameter.startswith("replacement_rate"))
    measured = float(rule is not None and not persons)
    met, failed = (float(comparison is not None and comparison.outcome is outcome) for outcome in (Outcome.MET, Outcome.NOT_MET))
    values: dict[str, float] = {
        "score": sight.score,
        "dense": first.dense if first else 0.0,
        "lexical": first.lexical if first else 0.0,
        "fifth": sorted(match.score for match in found)[-5] if len(found) > 4 else 0.0,
        "part_mean": sum(peer.score for peer in peers) / len(peers),
        "part_best": max(peer.score for peer in peers),
        "named": sight.named,
        "part_named": sum(peer.named for peer in peers) / len(peers),
        "figure_met": met,
        "figure_failed": failed,
        "figure_below": float(comparison is not None and comparison.below),
        "figure_weight": comparison.weight if comparison else 0.0,
        "figure_wanting": measured * (1.0 - met - failed),
        "rate_met": rate * met,
        "persons_limited": persons * sight.cue_in_sections("limited_scope"),
        "persons_general": persons * sight.cue_in_sections("general_scope"),
        "delegation_in_sections": sight.cue_in_sections("delegation"),
        "delegation_in_country": sum(other.cue_in_sections("delegation") for other in everything) / len(everything),
        "named_in_country": sum(other.named for other in everything) / len(everything),
    }
    for cue in CUES:
        values[cue] = sight.cue(cue)
    return values
