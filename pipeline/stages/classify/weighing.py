"""Weighing: what decided a verdict, and which signals weighed most, in words that a lawyer reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

from lexfloor.models.verdict import USUAL, Pull, VerdictModel

Ground = Literal["figure", "cues", "scores", "usual"]
OF_ONE = ("own_act", "leading", "headed")
"""Signals that say something of a requirement on one contingency alone."""
HEAVIEST = 3
FELT = 0.1
"""A pull weaker than this (of the logarithm of the odds) is not spoken of."""


class Words(NamedTuple):
    """What a signal rests on, and how it is told where it is above its mean and below; empty where that is not worth telling."""

    ground: Ground
    high: str
    low: str


WORDS = {
    "figures": Words("figure", "the laws state many figures for the contingency", "the laws state few figures for the contingency"),
    "least_named": Words(
        "scores",
        "of every Part some of the nearest sections name its contingency",
        "for some Part few or none of the nearest sections name its contingency: acts may be missing from the files",
    ),
    "own_act": Words("scores", "an act is chiefly about the contingency", "no act is chiefly about the contingency"),
    "leading": Words("scores", "the likeliest sections of the Part name its contingency before others", "the likeliest sections of the Part name other contingencies more often"),
    "expected": Words("scores", "several sections are likely to deal with the Part", "few sections are likely to deal with the Part"),
    "headed": Words(
        "scores", "the likeliest sections stand under headings that name the contingency", "the likeliest sections seldom or never stand under a heading that names the contingency"
    ),
    "figure_below": Words("figure", "a figure lies clearly below the floor", "no figure lies clearly below the floor"),
    "figure_wanting": Words("figure", "no figure settles what is asked", "a figure settles what is asked"),
    "figure_likely": Words("figure", "a figure of a likely section meets the floor", "no figure of a likely section meets the floor"),
    "rate_of_earnings": Words("figure", "a rate of the person's earnings meets the floor", "no rate of the person's earnings was found that meets the floor"),
    "schedules": Words("cues", "the acts refer to schedules that are not in the files", ""),
    "entitlement": Words("cues", "the passages grant a right", "the passages hardly grant a right"),
    "delegation": Words("cues", "the passages leave the matter to regulations or decisions", "the passages do not leave the matter to regulations or decisions"),
    USUAL: Words("usual", "it is what such requirements usually come to in other countries", ""),
}
"""The signals of the verdict model in words."""


def heaviest(pulls: Sequence[Pull], *, without: Collection[Ground], unsaid: Collection[str] = ()) -> tuple[str, ...]:
    """Return the signals that weighed most for the verdict, in words, the heaviest first; ``without`` those of some grounds, and ``unsaid`` some by name."""
    spoken = [pull for pull in _told(pulls) if pull.strength >= FELT and WORDS[pull.signal].ground not in without and pull.signal not in unsaid]
    words = [WORDS[pull.signal].high if pull.high else WORDS[pull.signal].low for pull in sorted(spoken, key=_strength, reverse=True)]
    return tuple(dict.fromkeys(filter(None, words)))[:HEAVIEST]


def ground(pulls: Sequence[Pull]) -> Ground:
    """Return what pulled most towards the verdict, where no figure decided: cues, scores, or what is usual.

    Signals of figures then tell of figures that are not found, or not clear enough: they count as what the sections say.
    """
    sums: dict[Ground, float] = {"usual": 0.0, "scores": 0.0, "cues": 0.0}
    for pull in _told(pulls):
        own = WORDS[pull.signal].ground
        sums["cues" if own == "figure" else own] += pull.strength
    return max(sums, key=sums.__getitem__)


def unknown_signals(model: VerdictModel) -> list[str]:
    """Return the signals of a model that are not seen of laws: another version fitted it."""
    return [name for name in model.signals if name not in WORDS or name == USUAL]


def _told(pulls: Sequence[Pull]) -> Iterator[Pull]:
    """Yield the pulls of signals that have words: a model of another making may have others."""
    return (pull for pull in pulls if pull.signal in WORDS)


def _strength(pull: Pull) -> float:
    return pull.strength
