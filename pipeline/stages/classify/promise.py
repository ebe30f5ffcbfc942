"""Promise: which findings of a country are left without review at the promised rate of error, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lexfloor.corpora.standards import Standard
from lexfloor.models.abstention import THRESHOLDS, Risks, least_confidence
from lexfloor.models.verdict import VerdictModel
from lexfloor.pipeline.records import Finding, Promise, Verdict

NOTHING = "no confidence is high enough for the promised rate of error"
ONE_FIGURE = "one figure puts it below the floor: such a figure may be misread, or another benefit's"


def held_to(findings: Sequence[Finding], risks: Risks | None, rate: float) -> tuple[tuple[Finding, ...], Promise]:
    """Return one country's findings with those of too low a confidence marked for review, and what is promised of the rest.

    ``findings`` are all of the country's, those for review on other grounds marked; ``rate`` is the share of them that may be wrong and
    not marked, in the mean over countries.
    """
    least = least_confidence(risks, [finding.confidence for finding in findings], rate)
    held = tuple(_held(finding, least) for finding in findings)
    answered = sum(not finding.review for finding in held) / len(held) if held else 0.0
    if risks is None or least is None:
        return held, Promise(rate, None, answered, risks.countries if risks else 0)
    place = THRESHOLDS.index(least)
    return held, Promise(rate, least, answered, risks.countries, risks.answered[place], risks.wrong[place])


def _held(finding: Finding, least: float | None) -> Finding:
    if least is not None and finding.confidence >= least:
        return finding
    reasons = [*finding.review_because, NOTHING if least is None else f"confidence under {least:.0%}"]
    if finding.verdict is Verdict.NON_COMPLIANT and finding.decided_by == "figure":
        reasons.append(ONE_FIGURE)
    return replace(finding, review=True, review_because=tuple(reasons))


def doubt(model: VerdictModel, standard: Standard, encoder: str) -> str:
    """Return why a promise made on judged countries does not hold for a run, empty where it does."""
    if any(requirement.id not in model.usual for requirement in standard.requirements):
        return f"{standard.id} has requirements on which no country was judged"
    if model.risks is None:
        return "fewer than two countries were judged on all of their laws, so that none could be held out"
    fitted_with = model.about.get("encoder", "")
    return f"the countries were judged with the encoder {fitted_with}, not with {encoder}" if encoder != fitted_with else ""
