"""Assess: findings rolled up to article, Part and country, and what that means for acceptance of the instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lexfloor.corpora.standards import Acceptance, Standard
from lexfloor.pipeline.records import ArticleResult, Assessment, Finding, PartResult, Promise, State, Verdict

MISSING_ACTS = "where the acts are not among them, other Parts may lack acts as well, and more may be wrong than is promised of sets that hold a country's main acts"


def rolled_up(states: Iterable[State]) -> State:
    """Return what several findings amount to together.

    One requirement below the floor puts the whole below it; one that may be, unsure, leaves the whole to be reviewed; silence on some
    and an answer on others is partial; statistics that are wanting leave the whole open.

    >>> rolled_up([State.COMPLIANT, State.NEEDS_DATA]).value, rolled_up([State.COMPLIANT, State.NOT_ADDRESSED]).value
    ('needs_data', 'partial')
    """
    found = set(states)
    if found == {State.NOT_ADDRESSED} or not found:
        return State.NOT_ADDRESSED
    for state in (State.NON_COMPLIANT, State.MAY_FALL_BELOW):
        if state in found:
            return state
    if State.PARTIAL in found or State.NOT_ADDRESSED in found:
        return State.PARTIAL
    return State.NEEDS_DATA if State.NEEDS_DATA in found else State.COMPLIANT


def assess(country: str, findings: Sequence[Finding], standard: Standard, promise: Promise | None = None) -> Assessment:
    """Return the roll-up of one country's findings; ``promise`` is the rate of error that they keep."""
    title = standard.in_language("en").parts
    parts = []
    for part in standard.parts:
        own = [finding for finding in findings if finding.part == part.id]
        counts = Counter(finding.verdict for finding in own)
        verdicts = {verdict: counts[verdict] for verdict in Verdict}
        parts.append(PartResult(part.id, title[part.id], verdicts, rolled_up(finding.state for finding in own), sum(finding.review for finding in own)))
    by_article: dict[tuple[str, str], list[State]] = {}
    article_of = {requirement.id: requirement.main_article for requirement in standard.requirements}
    for finding in findings:
        by_article.setdefault((article_of[finding.requirement], finding.part), []).append(finding.state)
    articles = tuple(ArticleResult(article, part, rolled_up(states)) for (article, part), states in by_article.items())
    sentence, acceptable, open_parts = _acceptance(standard.acceptance, {part.part: part.state for part in parts})
    unseen = sum(part.review for part in parts if part.part in acceptable)
    sentence += f" Of the findings in the Parts met {unseen} {'is' if unseen == 1 else 'are'} for review." if unseen else ""
    quiet = [part.part for part in parts if part.state is State.NOT_ADDRESSED]
    if 0 < len(quiet) < len(parts):
        sentence += f" The files say nothing of {_named(quiet)}: {MISSING_ACTS}."
    return Assessment(country, tuple(parts), articles, sentence, acceptable, open_parts, promise)


def _acceptance(rule: Acceptance | None, states: dict[str, State]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return what the states of the Parts mean for acceptance, the Parts met, and those open. Source: C102, art. 2."""
    if rule is None:
        return "This standard states no rule of acceptance.", (), ()
    if all(state is State.NOT_ADDRESSED for state in states.values()):
        return f"Article {rule.article} cannot be judged: these texts address no requirement at all; the acts that do may be missing.", (), ()
    met = _parts(rule.choose_from, states, State.COMPLIANT)
    unsettled = _parts(rule.choose_from, states, State.NEEDS_DATA, State.MAY_FALL_BELOW)
    common_missed = _parts(rule.always, states, State.NON_COMPLIANT, State.PARTIAL, State.NOT_ADDRESSED)
    unsure = _parts((*rule.choose_from, *rule.always), states, State.MAY_FALL_BELOW)
    enough = len(met) >= rule.minimum and any(part in rule.at_least_one_of for part in met)
    possible = (*met, *unsettled)
    could = len(possible) >= rule.minimum and any(part in rule.at_least_one_of for part in possible)
    if enough and not common_missed and not any(part in rule.always for part in unsure):
        sentence = f"On these texts the choice of Parts that Article {rule.article} asks for could be made from Parts {', '.join(met)}."
    elif could:
        waiting = [part for part in unsettled if part not in unsure]
        doubt = [
            f"open for want of data: {_named(waiting)}" if waiting else "",
            f"a figure may lie below the floor, to be reviewed: {_named(unsure)}" if unsure else "",
            f"common to all and not wholly met: {_named(common_missed)}" if common_missed else "",
        ]
        sentence = f"Article {rule.article} is open. Met: {_named(met)}; {'; '.join(part for part in doubt if part)}."
    else:
        state = f"met: {_named(met)}; open: {_named(unsettled)}"
        choice = ", ".join(rule.at_least_one_of)
        sentence = f"On these texts Article {rule.article} is not met: it asks for {rule.minimum} Parts, one of them among {choice} ({state})."
    return sentence, met, unsettled


def _named(parts: Sequence[str]) -> str:
    """Return Parts as people write them.

    >>> _named(["II"]), _named(["II", "V"]), _named([])
    ('Part II', 'Parts II, V', 'no Part')
    """
    return f"{'Parts' if len(parts) > 1 else 'Part'} {', '.join(parts)}" if parts else "no Part"


def _parts(among: Iterable[str], states: dict[str, State], *wanted: State) -> tuple[str, ...]:
    return tuple(part for part in among if states[part] in wanted)
