"""Looking: what of a country's law was looked at, and where that was too little to say that the law is silent.

Silence is a claim about everything that was searched. It is not left without review where a file could not be read, where no section
that comes nearest so much as names the benefit (the act on it may not be among the files), or on any ground that holds for all findings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.records import Evidence, Provision
from lexfloor.pipeline.stages.classify.signals import Sight

FEW_SECTIONS = 30
"""Scores compare a section with the country's others: with fewer than this every finding is for review."""
RULE_LETTERS, RULE_LETTERS_DENSE = 60, 20
"""A section of fewer letters states no rule: a heading, an entry of an index. The second holds for scripts without spaces."""
UNWORDED = 0.1
"""From this share of sections on whose language the standard has no wording in every finding is for review."""
NAMED_FILES = 3


@dataclass(frozen=True, slots=True)
class Survey:
    """What of one country was looked at.

    Attributes:
        sections, files: number of sections in force that were searched, and of the files that hold them.
        unread: files of which all or some could not be read.
        doubts: why every finding of the country is for review, in words; empty where there is no reason.
    """

    sections: int
    files: int
    unread: tuple[str, ...]
    doubts: tuple[str, ...]


def survey(standard: Standard, sections: Collection[Provision], unread: Sequence[str]) -> Survey:
    """Return what of a country was looked at; ``sections`` are those in force, ``unread`` the files that could not be read."""
    doubts = []
    rules = sum(map(_states_a_rule, sections))
    if rules < FEW_SECTIONS:
        doubts.append(f"only {rules} sections in the files state a rule: too few to tell near from far")
    unworded = [section.language for section in sections if nearest_language(section.language) not in standard.wording]
    if len(unworded) >= UNWORDED * len(sections) > 0:
        languages = ", ".join("not known" if language == "und" else language for language in sorted(set(unworded)))
        doubts.append(f"{len(unworded):,} of {len(sections):,} sections are in a language that the standard is not worded in ({languages})")
    return Survey(len(sections), len({section.file for section in sections}), tuple(dict.fromkeys(unread)), tuple(doubts))


def _states_a_rule(section: Provision) -> bool:
    spaced = language_rules(nearest_language(section.language)).spaced
    return sum(letter.isalpha() for letter in section.text) >= (RULE_LETTERS if spaced else RULE_LETTERS_DENSE)


def absence_doubts(looked: Survey, peers: Sequence[Sight]) -> Iterator[str]:
    """Yield why silence on a requirement needs a person's look; ``peers`` are what is seen of all requirements of its Part."""
    if looked.unread:
        further = f" and {len(looked.unread) - NAMED_FILES} more" if len(looked.unread) > NAMED_FILES else ""
        yield f"not all files could be read ({', '.join(looked.unread[:NAMED_FILES])}{further}): the rule may stand there"
    if not any(peer.named for peer in peers):
        nearest = {(match.file, match.provision) for peer in peers for match in peer.nearest}
        yield f"none of the {len(nearest)} sections that come nearest to this Part names its contingency: the act on it may not be among the files"


def silence_told(looked: Survey, misses: Sequence[Evidence]) -> str:
    """Return what was looked at and what came nearest, for a requirement on which the law is called silent."""
    if not misses:
        return "The files hold no section in force."
    files = "1 file" if looked.files == 1 else f"{looked.files:,} files"
    nearest = "; ".join(f"{item.section or 'no number'} ({item.file}), {item.score:.1f}" for item in misses)
    searched = f"{looked.sections:,} sections in force of {files} were searched; none deals with the matter clearly enough."
    return f"{searched} Nearest misses, with scores in standard deviations above the mean section: {nearest}."
