"""Assess: findings rolled up to article, Part and country, and what that means for acceptance of the instrument."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from lexfloor.corpora.standards import Acceptance, Standard
from lexfloor.pipeline.records import ArticleResult, Assessment, Finding, PartResult, Verdict


def rolled_up(verdicts: Iterable[Verdict]) -> Verdict:
    """Return what several verdicts amount to together.

    One requirement below the floor puts the whole below it; silence on some and an answer on others is partial; statistics
    that are wanting leave the whole open.

    >>> rolled_up([Verdict.COMPLIANT, Verdict.NEEDS_DATA]).value, rolled_up([Verdict.COMPLIANT, Verdict.NOT_ADDRESSED]).value
    ('needs_data', 'partial')
    """
    found = set(verdicts)
    if found == {Verdict.NOT_ADDRESSED} or not found:
        return Verdict.NOT_ADDRESSED
    if Verdict.NON_COMPLIANT in found:
        return Verdict.NON_COMPLIANT
    if Verdict.PARTIAL in found or Verdict.NOT_ADDRESSED in found:
        return Verdict.PARTIAL
    return Verdict.NEEDS_DATA if Verdict.NEEDS_DATA in found else Verdict.COMPLIANT


def assess(country: str, findings: Sequence[Finding], standard: Standard) -> Assessment:
    """Return the roll-up of one country's findings."""
    title = standard.in_language("en").parts
    parts = []
    for part in standard.parts:
        own = [finding for finding in findings if finding.part == part.id]
        counts = Counter(finding.verdict for finding in own)
        verdicts = {verdict: counts[verdict] for verdict in Verdict}
        parts.append(PartResult(part.id, title[part.id], verdicts, rolled_up(counts), sum(finding.review for finding in own)))
    by_article: dict[tuple[str, str], list[Verdict]] = {}
    article_of = {requirement.id: requirement.main_article for requirement in standard.requirements}
    for finding in findings:
        by_article.setdefault((article_of[finding.requirement], finding.part), []).append(finding.verdict)
    articles = tuple(ArticleResult(article, part, rolled_up(verdicts)) for (article, part), verdicts in by_article.items())
    sentence, acceptable, open_parts = _acceptance(standard.acceptance, {part.part: part.state for part in parts})
    return Assessment(country, tuple(parts), articles, sentence, acceptable, open_parts)


def _acceptance(rule: Acceptance | None, states: dict[str, Verdict]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return what the states of the Parts mean for acceptance, the Parts met, and those open. Source: C102, art. 2."""
    if rule is None:
        return "This standard states no rule of acceptance.", (), ()
    met = tuple(part for part in rule.choose_from if states[part] is Verdict.COMPLIANT)
    unsettled = tuple(part for part in rule.choose_from if states[part] is Verdict.NEEDS_DATA)
    common_missed = [part for part in rule.always if states[part] in (Verdict.NON_COMPLIANT, Verdict.PARTIAL, Verdict.NOT_ADDRESSED)]
    enough = len(met) >= rule.minimum and any(part in rule.at_least_one_of for part in met)
    possible = (*met, *unsettled)
    could = len(possible) >= rule.minimum and any(part in rule.at_least_one_of for part in possible)
    if enough and not common_missed:
        sentence = f"On these texts the choice of Parts that Article {rule.article} asks for could be made from Parts {', '.join(met)}."
    elif could or (enough and common_missed):
        doubt = [f"Parts {', '.join(unsettled)} depend on data" if unsettled else "", f"common Parts {', '.join(common_missed)} are not wholly met" if common_missed else ""]
        sentence = f"Article {rule.article} is open: Parts {', '.join(met) or 'none'} are met; {'; '.join(part for part in doubt if part)}."
    else:
        state = f"met: {', '.join(met) or 'none'}; open: {', '.join(unsettled) or 'none'}"
        choice = ", ".join(rule.at_least_one_of)
        sentence = f"On these texts Article {rule.article} is not met: it asks for {rule.minimum} Parts, one of them among {choice} ({state})."
    return sentence, met, unsettled
