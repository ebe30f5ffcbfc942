"""Edits of words: a right becomes discretionary, gets an exception, is denied, or its sections are deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lexfloor.corpora.standards import Requirement
from lexfloor.eval.counterfactual.drafts import Draft, Stretch
from lexfloor.eval.counterfactual.gold import Judged, Quote
from lexfloor.eval.counterfactual.recipes import Wording, recipe
from lexfloor.eval.counterfactual.records import Kind
from lexfloor.pipeline.records import Dimension, ProvisionKind, Span, Verdict

WEAKENED = (Verdict.PARTIAL, Verdict.NEEDS_DATA, Verdict.NON_COMPLIANT)
DENIED = (Verdict.NON_COMPLIANT, Verdict.NOT_ADDRESSED)
GONE = (Verdict.NOT_ADDRESSED,)
SECTIONS = 3
"""More sections than this decide a requirement together: no single edit settles it."""
BOUNDS = ("<=",)
"""A rule of this kind is an upper bound, which silence meets: taking words away proves nothing."""


def wording_drafts(judged: Judged, requirement: Requirement) -> Iterator[Draft]:
    """Yield the edits of words for one finding that is compliant beyond doubt and rests on few sections."""
    rule = requirement.rule or requirement.practice
    if judged.verdict is not Verdict.COMPLIANT or judged.certainty != "high" or (rule is not None and rule.op in BOUNDS):
        return
    quotes = tuple(quote for quote in judged.deciding if (node := quote.section) and node.kind is not ProvisionKind.DEFINITION)
    if not 1 <= len({(quote.file, quote.section) for quote in quotes}) <= SECTIONS:
        return
    if stretches := _reworded(quotes, discretion=True):
        yield Draft(Kind.SHALL_TO_MAY, judged, WEAKENED, stretches)
    persons = rule is not None and rule.parameter == "persons_protected_share"
    if stretches := _with_clause(quotes, persons=persons):
        yield Draft(Kind.EXCEPTION, judged, WEAKENED, stretches)
    if stretches := _reworded(quotes, discretion=False):
        yield Draft(Kind.RIGHT_REMOVED, judged, DENIED, stretches)
    elif requirement.dimension is not Dimension.COVERAGE:
        yield Draft(Kind.RIGHT_REMOVED, judged, DENIED, _cut(quotes))
    if not persons:
        yield Draft(Kind.SECTION_DELETED, judged, GONE, _deleted(quotes))


def _reworded(quotes: Sequence[Quote], *, discretion: bool) -> tuple[Stretch, ...]:
    """Return the operative words of the quotes made discretionary or denied: the first that are known in each."""
    made = []
    for quote in quotes:
        how = recipe(quote.source.rules.code)
        text = quote.source.view.text[quote.span.start : quote.span.end]
        hits = [
            (found.span(found.re.groups), wording)
            for wording in (how.discretion if discretion else how.denial)
            if (found := _found(wording, text, spaced=quote.source.rules.spaced))
        ]
        if hits:
            (start, end), wording = min(hits, key=_where)
            made.append(Stretch.of(quote.source, Span(quote.span.start + start, quote.span.start + end), wording.instead))
    return _disjoint(made)


def _found(wording: Wording, text: str, *, spaced: bool) -> re.Match[str] | None:
    edge_before, edge_after = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    pattern = wording.pattern.replace(" ", r"\s")
    return re.search(f"{edge_before}(?:{pattern})" + ("" if pattern.endswith(r"\s") else edge_after), text)


def _where(hit: tuple[tuple[int, int], Wording]) -> tuple[int, int]:
    return hit[0][0], -hit[0][1]


def _with_clause(quotes: Sequence[Quote], *, persons: bool) -> tuple[Stretch, ...]:
    """Return our clause at the end of the sentences that grant the right; of the first quote, which is the one that counts most, where none is told."""
    granting = [quote for quote in quotes if _reworded([quote], discretion=True)]
    made = []
    for quote in granting or [copy for copy in quotes if copy.section == quotes[0].section and copy.span.end - copy.span.start == quotes[0].span.end - quotes[0].span.start]:
        how = recipe(quote.source.rules.code)
        end = quote.source.stop_after(quote.span.end)
        made.append(Stretch.insertion(quote.source, end, how.exclusion if persons else how.condition))
    return _disjoint(made)


def _cut(quotes: Sequence[Quote]) -> tuple[Stretch, ...]:
    """Return the sentences of the quotes cut out."""
    return _disjoint([Stretch.of(quote.source, Span(quote.source.clause(quote.span).start, quote.source.stop_after(quote.span.end)), "") for quote in quotes])


def _deleted(quotes: Sequence[Quote]) -> tuple[Stretch, ...]:
    """Return the sections of the quotes cut out, headings included."""
    made = []
    for quote in quotes:
        if node := quote.section:
            made.append(Stretch(quote.source, node.span.start, node.span.end, ""))
    return _disjoint(made)


def _disjoint(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return the stretches once each, without those that overlap an earlier one."""
    kept: list[Stretch] = []
    for stretch in stretches:
        if not any(stretch.source is other.source and stretch.start < max(other.end, other.start + 1) and other.start < max(stretch.end, stretch.start + 1) for other in kept):
            kept.append(stretch)
    return tuple(kept)
