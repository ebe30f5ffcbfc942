"""Edits of figures: the figure that decides a requirement is moved past its threshold, or moved without passing it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lexfloor.corpora.languages import LanguageRules
from lexfloor.corpora.standards import Requirement, Rule
from lexfloor.eval.counterfactual.drafts import Draft, Stretch
from lexfloor.eval.counterfactual.gold import Figure, Judged, Quote, chance
from lexfloor.eval.counterfactual.recipes import Recipe, recipe
from lexfloor.eval.counterfactual.records import Kind
from lexfloor.pipeline.numbers import HAN_NUMBER, converted, number_value, quantities
from lexfloor.pipeline.records import Span, Verdict
from lexfloor.pipeline.words import LETTER

MEASURED = ("days", "weeks", "months", "years", "percent")
PAST = {">=": (0.5, 0.65, 0.8), "<=": (1.5, 2.0, 2.5)}
"""How far past the threshold a figure is moved, as a factor of the threshold; one of them by chance of the requirement."""
YEARS_PAST = (1.2, 1.4, 1.6)
"""The same for years of contribution: no working life has 75."""
ADDED_UP = ("replacement_rate_survivors", "employee_contribution_share", "persons_protected_share")
"""What is added up from several figures or from statistics: moving one figure of the text does not settle it."""
YEARS_OF_AGE = (3, 4, 5)
"""Pensionable ages move by years: no law has an age of 130."""
LATER = 4
"""Waiting days move by at least as many."""
ROOM = 1.25
"""A figure this many times off its threshold has room to move towards it."""
LONGEST_RUN = 9
"""Words that one number takes, at most."""


Moves = Mapping[tuple[float, str], int]
"""New values of figures, by value and unit."""


@dataclass(frozen=True, slots=True)
class Written:
    """A number as the law writes it: its place in the plain text, in words or digits, or a fraction or an ordinal."""

    span: Span
    words: bool
    fraction: bool = False
    ordinal: bool = False


def figure_drafts(judged: Judged, requirement: Requirement, moves: Moves) -> Iterator[Draft]:
    """Yield the edits of the figures of one finding: past the threshold, as the law writes numbers and the other way, and within it.

    ``moves`` are what a reviewer set: figures that count together, each with its new value. Elsewhere every figure that meets
    the rule is moved.
    """
    rule = requirement.rule or requirement.practice
    if rule is None or judged.verdict is not Verdict.COMPLIANT or judged.certainty == "low":
        return
    figures = [figure for figure in judged.figures if figure.parameter == rule.parameter and figure.unit in MEASURED and figure.value and rule.value]
    meeting = [figure for figure in figures if (figure.value, figure.unit) in moves or (not moves and _meets(rule, figure.value, figure.unit))]
    found = [(figure, quote, places) for figure in meeting for quote in judged.quotes[figure.quote] if (places := written(quote, figure))]
    if not found:
        return
    all_places = [place for _, _, places in found for place in places]
    whole = all(any(figure is other for other, _, _ in found) for figure in meeting)
    after = (Verdict.NON_COMPLIANT,) if whole else (Verdict.NON_COMPLIANT, Verdict.PARTIAL)
    if rule.parameter not in ADDED_UP:
        aim = [(quote, figure, places, moves.get((figure.value, figure.unit)) or past(rule, figure, judged)) for figure, quote, places in found]
        yield from _draft(None, judged, after, _rewritten(aim, converting=False))
        if len({(place.words, place.ordinal) for place in all_places}) == 1 and not all_places[0].ordinal and chance(2, judged.requirement, judged.country):
            yield from _draft(None, judged, after, _rewritten(aim, converting=True))
    if not moves:
        yield from _draft(
            Kind.CONTROL_FIGURE, judged, (judged.verdict,), _rewritten([(quote, figure, places, within(rule, figure, judged)) for figure, quote, places in found], converting=False)
        )


def _draft(kind: Kind | None, judged: Judged, after: tuple[Verdict, ...], stretches: Sequence[Stretch | None]) -> Iterator[Draft]:
    """Yield the edit where every number could be written anew; its kind is told by how they are written where none is given."""
    made = [stretch for stretch in stretches if stretch is not None]
    if len(made) == len(stretches):
        in_words = any(not any(character.isdecimal() for character in stretch.text) for stretch in made)
        yield Draft(kind or (Kind.FIGURE_WORDS if in_words else Kind.FIGURE_DIGITS), judged, after, tuple(dict.fromkeys(made)))


def written(quote: Quote, figure: Figure) -> tuple[Written, ...]:
    """Return where a quote states a figure, in words, digits or both ("fourteen (14)"), as the pipeline reads it."""
    text, rules = quote.source.view.text, quote.source.rules
    end = quote.span.end + re.match(rf"[\s\-]*(?:%|{LETTER}*\.?)", text[quote.span.end : quote.span.end + 20]).end()  # type: ignore[union-attr]
    found: list[Written] = []
    for item in quantities(text[quote.span.start : end], rules):
        start, stop = quote.span.start + item.start, quote.span.start + item.end
        if item.unit != figure.unit:
            continue
        if item.ordinal and figure.parameter == "waiting_period" and item.value == figure.value + 1:
            rank = re.match(rf"\d+|{LETTER}+", text[start:stop])
            if rank is not None:
                found.append(Written(Span(start, start + rank.end()), not rank[0].isdigit(), ordinal=True))
        elif not item.ordinal and abs(item.value - figure.value) < 0.01:
            numbers = list(_numbers(text[start:stop], start, item.value, rules))
            found += numbers or [Written(Span(start, stop), words=False, fraction=True)]
    return tuple(found)


def _numbers(text: str, start: int, value: float, rules: LanguageRules) -> Iterator[Written]:
    """Yield the stretches of a figure's text that are its number: the longest runs of number words and digits of that value."""
    percent = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(rules.units.percent, key=len, reverse=True))
    unit = re.search(percent, text, re.IGNORECASE) if rules.spaced else None  # "por ciento" is no number
    tokens = list(re.finditer(rf"\d+(?:[.,]\d+)*|{LETTER}+" if rules.spaced else rf"\d+(?:[.,]\d+)*|{HAN_NUMBER}", text))
    numeric = [number_value(token[0], rules) is not None and not (unit and unit.start() <= token.start() < unit.end()) for token in tokens]
    first = 0
    while first < len(tokens):
        ends = [last for last in range(first, min(len(tokens), first + LONGEST_RUN)) if numeric[first] and numeric[last]]
        fitting = [last for last in ends if _plain_value(text[tokens[first].start() : tokens[last].end()], rules) == value]
        if fitting:
            yield Written(Span(start + tokens[first].start(), start + tokens[fitting[-1]].end()), words=not tokens[first][0][0].isdigit())
            first = fitting[-1]
        first += 1


def _plain_value(text: str, rules: LanguageRules) -> float | None:
    """Return the value of a run that is all digits or all words."""
    mixed = any(character.isdigit() for character in text) and any(character.isalpha() for character in text)
    return None if mixed or re.search(r"[()（）,;]\s", text) else number_value(text, rules)


def _meets(rule: Rule, value: float, unit: str) -> bool:
    own = converted(value, unit, rule.unit.partition("_")[0])
    return own is not None and (own >= rule.value if rule.op == ">=" else own <= rule.value * 1.02)


def past(rule: Rule, figure: Figure, judged: Judged) -> int:
    """Return a whole number, in the figure's unit, that misses the rule beyond doubt."""
    floor = converted(rule.value, rule.unit.partition("_")[0], figure.unit) or 0.0
    step = chance(3, judged.requirement, judged.country, "past")
    if rule.parameter == "pensionable_age":
        return round(floor) + YEARS_OF_AGE[step]
    if rule.op == ">=":
        return max(2 if floor > 2 else 1, math.floor(floor * PAST[">="][step]))  # units stand in the plural
    factor = YEARS_PAST[step] if rule.unit.startswith("years") else PAST["<="][step]
    return max(math.ceil(floor * factor), math.ceil(floor) + (LATER if rule.parameter == "waiting_period" else 1))


def within(rule: Rule, figure: Figure, judged: Judged) -> int:
    """Return another whole number, in the figure's unit, that meets the rule as the figure does."""
    floor = converted(rule.value, rule.unit.partition("_")[0], figure.unit) or 0.0
    if rule.op == ">=":
        nearer = math.ceil((floor + figure.value) / 2)
        towards = figure.value >= ROOM * floor and nearer < figure.value and chance(2, judged.requirement, judged.country) == 0
        return nearer if towards else math.ceil(figure.value + max(1.0, 0.15 * figure.value))
    nearer = math.floor((floor + figure.value) / 2)
    if figure.value * ROOM <= floor and nearer > figure.value and rule.parameter != "pensionable_age":
        return nearer
    return max(1, math.floor(figure.value - max(1.0, 0.15 * figure.value))) if rule.parameter != "pensionable_age" else math.floor(figure.value) - 2


def _rewritten(aims: Sequence[tuple[Quote, Figure, Sequence[Written], int]], *, converting: bool) -> list[Stretch | None]:
    """Return the new number in each place, in words where the law has words (or the other way, when ``converting``); None where it cannot be written."""
    made: list[Stretch | None] = []
    for quote, figure, places, value in aims:
        how = recipe(quote.source.rules.code)
        for place in places:
            old = quote.source.view.text[place.span.start : place.span.end]
            text = _number(how, place, old, figure, value, words=place.words is not converting) if value != figure.value else None
            made.append(None if text is None else Stretch.of(quote.source, place.span, text, float(value), figure.unit))
    return made


def _number(how: Recipe, place: Written, old: str, figure: Figure, value: int, *, words: bool) -> str | None:
    if place.ordinal:
        return how.ordinal(value + 1) if place.words else str(value + 1)
    number = (how.in_words(value, old if place.words else "", round(figure.value)) if words else None) or str(value)
    if place.fraction:
        return how.percent.format(number) if figure.unit == "percent" else None
    return number
