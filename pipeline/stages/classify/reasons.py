"""Reasons: why a finding says what it says, and what would settle what it leaves open, in sentences that a lawyer can check."""

from __future__ import annotations

from collections.abc import Sequence

from lexfloor.corpora.standards import Requirement
from lexfloor.pipeline.records import BenefitLevel, Evidence, Verdict
from lexfloor.pipeline.stages.classify.benefits import COMPUTED, telling
from lexfloor.pipeline.stages.classify.comparison import FAINT, Comparison, Outcome
from lexfloor.pipeline.stages.classify.comparison.claims import RATES
from lexfloor.pipeline.stages.classify.signals import Passage, Sight


def rationale(comparison: Comparison | None, sight: Sight, will: Passage | None, evidence: Sequence[Evidence], told: Sequence[BenefitLevel]) -> str:
    """Return why, in one or two sentences that a lawyer can check."""
    where = f"{evidence[0].section or 'the text'} ({evidence[0].file})"
    parts = [_sentence(comparison) if comparison else f"Rests on the wording of {where}; no figure was compared."]
    if comparison and comparison.parameter.qualifier == COMPUTED and (level := telling(told)):
        parts.append(f"Computed: {'; '.join(level.steps)}.")
    if sight.comparison and sight.comparison.outcome is Outcome.CANNOT_TELL and sight.comparison.weight >= FAINT:
        parts = [f"Rests on the wording of {where}; its figures leave it open.", _sentence(sight.comparison)]
    if sight.share:
        parts.append(f"Computed from the rates of contribution: {sight.share}.")
    if will:
        parts.append(f"{will.match.section or 'The text'} leaves the right to the will of whoever grants it.")
    seen = {"delegation": "leaves details to regulations or a decision", "limited_scope": "limits the persons it covers", "discretion": "leaves the grant to discretion"}
    noted = [words for cue, words in seen.items() if sight.cue(cue) > 0]
    if noted:
        parts.append(f"The text {' and '.join(noted)}.")
    return " ".join(parts)


def _sentence(comparison: Comparison) -> str:
    return f"{comparison.arithmetic[0].upper()}{comparison.arithmetic[1:]}."


def missing(requirement: Requirement, verdict: Verdict, sight: Sight, told: Sequence[BenefitLevel]) -> tuple[str, ...]:
    """Return what would settle a finding that needs data."""
    if verdict is not Verdict.NEEDS_DATA:
        return ()
    wanted = []
    parameter = requirement.rule.parameter if requirement.rule else ""
    if parameter == "persons_protected_share":
        wanted.append("number of persons protected and of all employees or residents")
    if parameter in RATES:
        named = [what for level in told if level.method is not None for what in level.missing]
        wanted += dict.fromkeys(named) if named else ["reference wage and the benefit of the standard beneficiary"]
    if sight.says_in_sections("delegation"):
        wanted.append("the regulations or decisions that the text refers to")
    if parameter and not wanted:
        wanted.append(f"the figure for {parameter.replace('_', ' ')}")
    return tuple(wanted or ["regulations or statistics that are not among the files"])
