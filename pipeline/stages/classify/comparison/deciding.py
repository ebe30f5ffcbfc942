"""Deciding: which figure speaks for the general scheme, and what it comes to where several have the same claim."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.pipeline.records import Contingency, Match, Parameter, Provision
from lexfloor.pipeline.stages.classify.comparison.claims import Claim, claims
from lexfloor.pipeline.stages.classify.comparison.doubts import TIED, doubt, is_part
from lexfloor.pipeline.stages.classify.comparison.lines import arithmetic
from lexfloor.pipeline.stages.classify.comparison.outcomes import Comparison, Considered, Outcome
from lexfloor.pipeline.stages.classify.comparison.tested import tested

CLOSE = 0.05
"""A figure this little behind the leading one has the same claim."""
CLOSE_PART = 0.3
"""A duration this little behind, in the same section, may be the whole of which the leading one is a part."""
CLOSE_AT_BIRTH = 0.5
"""The same of leave around a birth, which is told in several parts before the whole is."""
CLOSE_REDUCED = 0.45
"""A period this little behind may be the reduced benefit's, beside which the full benefit's longer one stands."""
CLOSE_ACT = 0.5
"""A figure this little behind, in another act, states the same benefit (found on countries held out one at a time, with the edits)."""
GIVING = (Outcome.NOT_MET, Outcome.CANNOT_TELL, Outcome.MET)
NO_SECTIONS: Mapping[tuple[str, str], Provision] = {}


def compare(
    requirement: Requirement,
    found: Sequence[Match],
    parameters: Mapping[tuple[str, str], Sequence[Parameter]],
    sections: Mapping[tuple[str, str], Provision] = NO_SECTIONS,
    tied: Collection[tuple[str, str]] = (),
) -> Comparison | None:
    """Return how the law's figures compare with the requirement's rule; None where no figure answers it.

    ``found`` are the requirement's matches, best first; ``parameters`` and ``sections`` those of each (file, provision id); ``tied`` are the sections
    that tie ages to how long people live.
    The figure with the strongest claim speaks, and with it the figures of its scheme that have the same claim: where they
    contradict each other, nobody can tell. A figure that misses the rule leaves it open where it may not be the whole (`doubts`).
    Where another act states the same benefit and gives less than it must, that counts.
    """
    rule = requirement.rule or requirement.practice
    if rule is None:
        return None
    ranked = claims(requirement, rule, found, parameters, sections)
    if not ranked:
        return None
    equals = _against_other_acts(rule, ranked, _equals(rule, ranked))
    outcome = _together(equals)
    leading = next((claim for claim in equals if claim.tested.outcome is outcome), ranked[0])
    place = leading.parameter.file, leading.parameter.provision
    since = doubt(rule, leading, ranked, parameters.get(place, ())) if outcome is Outcome.NOT_MET else ""
    if outcome is Outcome.MET and rule.parameter == "pensionable_age" and place in tied:
        since = TIED
    outcome = Outcome.CANNOT_TELL if since else outcome
    excepted = outcome is not Outcome.MET and _excepted(requirement, rule, leading.parameter)
    against = next((claim for claim in equals if claim.tested.outcome is not leading.tested.outcome), None) if outcome is Outcome.CANNOT_TELL else None
    return Comparison(
        parameter=leading.parameter,
        value=leading.tested.value,
        outcome=outcome,
        weight=leading.weight,
        distance=leading.tested.distance(rule.op),
        assumption=leading.tested.assumption,
        ratio=leading.tested.value / leading.tested.threshold.value if leading.tested.threshold.value else 0.0,
        excepted=excepted,
        arithmetic=arithmetic(requirement, rule, leading, against, outcome, since=since, excepted=excepted),
        others=tuple(Considered(claim.parameter, claim.tested.value, claim.tested.outcome, _why(claim, ranked[0], equals)) for claim in ranked if claim is not leading),
    )


def _equals(rule: Rule, ranked: Sequence[Claim]) -> list[Claim]:
    """Return the figures that have the leading one's claim, the one that is to be named first.

    Of durations in one section the longest is the whole, the others are parts of it ("of which six weeks after birth") or lengthen
    it; of qualifying periods the shortest is the reduced benefit's.
    """
    first = ranked[0]
    if rule.parameter == "maximum_duration":
        section = first.parameter.file, first.parameter.provision
        close = CLOSE_AT_BIRTH if first.parameter.contingency is Contingency.MATERNITY else CLOSE_PART
        near = [claim for claim in ranked if claim.weight >= first.weight - close and (claim.parameter.file, claim.parameter.provision) == section]
        return [max(_wholes(near), key=_given(rule))]
    own = [claim for claim in ranked if claim.scheme == first.scheme]
    if rule.parameter == "qualifying_period_reduced":
        return [max((claim for claim in own if claim.weight >= first.weight - CLOSE_REDUCED), key=_given(rule))]
    return [claim for claim in own if claim.weight >= first.weight - CLOSE]


def _against_other_acts(rule: Rule, ranked: Sequence[Claim], equals: list[Claim]) -> list[Claim]:
    """Return the figures of another act in place of those of the leading one, where only these meet the rule.

    A labour code and a social insurance act often state the same benefit, or an old act beside a new one: as long as they
    agree either will do, but who is owed the benefit cannot rely on the more generous one. The reduced benefit has its own
    period in every act and is left out.
    """
    if rule.parameter == "qualifying_period_reduced" or any(claim.tested.outcome is not Outcome.MET for claim in equals):
        return equals
    first = ranked[0]
    near = [claim for claim in ranked if claim.weight >= first.weight - CLOSE_ACT and claim.parameter.file != first.parameter.file and not claim.special]
    for place in dict.fromkeys((claim.parameter.file, claim.parameter.provision) for claim in near):
        others = _equals(rule, [claim for claim in ranked if (claim.parameter.file, claim.parameter.provision) == place])
        if not others[0].special and all(claim.tested.outcome is Outcome.NOT_MET for claim in others):
            return others
    return equals


def _wholes(near: Sequence[Claim]) -> list[Claim]:
    """Return the durations among which the longest is the general one: those of the first sentence, and what extends them follows.

    Leave around a birth may be told in parts, the compulsory ones before or after the whole: the first sentence is the first
    that states more than a part. Where there are only parts, the longest of all is meant; special cases count where nothing else is stated.
    """
    general = [claim for claim in near if not claim.special] or near
    whole = [claim for claim in general if not is_part(claim.parameter)]
    if not whole:
        return list(general)
    first = min(whole, key=_start).parameter.clause
    return [claim for claim in whole if claim.parameter.clause.start < first.end and first.start < claim.parameter.clause.end]


def _start(claim: Claim) -> int:
    return claim.parameter.span.start


def _given(rule: Rule) -> Callable[[Claim], tuple[int, float]]:
    """Return what orders claims by what they give: by outcome first, since a month counts as met that is a day too short."""

    def given(claim: Claim) -> tuple[int, float]:
        return GIVING.index(claim.tested.outcome), claim.tested.distance(rule.op)

    return given


def _together(equals: Sequence[Claim]) -> Outcome:
    """Return what figures of the same claim come to: their outcome where they agree."""
    outcomes = [claim.tested.outcome for claim in equals]
    return outcomes[0] if all(outcome is outcomes[0] for outcome in outcomes) else Outcome.CANNOT_TELL


def _excepted(requirement: Requirement, rule: Rule, parameter: Parameter) -> bool:
    """Whether a figure that misses the rule meets what the instrument allows in its place for a time."""
    allowed = requirement.exception.instead if requirement.exception else None
    if allowed is None:
        return False
    found = tested(rule.model_copy(update={"value": allowed.value, "unit": allowed.unit, "alternatives": ()}), parameter)
    return found is not None and found.outcome is Outcome.MET


def _why(claim: Claim, leading: Claim, equals: Sequence[Claim]) -> str:
    if any(claim is other for other in equals):
        return "same claim"
    if claim.special:
        return f"special case: {claim.special.replace('_', ' ')}"
    return "weaker claim" if claim.scheme == leading.scheme else "another scheme"
