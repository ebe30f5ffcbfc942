"""Ages that rise step by step: "born in 1958: 63 years, in 1959: 64 years, from 1960: 65 years" ends at one age, the law's own.

Law that phases an age in lists it by year of birth or by calendar year. The years tell the steps in every language: where at
least three follow each other in a section, each with an age, and the ages rise with them, all but the last year's are steps on
the way, told by the case `PHASED`. Months beside the years ("65 years and 2 months") do not matter for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lexfloor.pipeline.records import Parameter, Provision
from lexfloor.pipeline.stages.extract.sums import Told

AGE = "pensionable_age"
PHASED = "phased"
"""Case of an age that is a step on the way to the age of a law."""
LEAST = 3
"""Years that make a phasing in: two may be those of an amendment."""
NEAR = 250
"""Characters between a year and an age of its step, at most: a row of a table, an item of a list."""
_YEAR = re.compile(r"(?<![\d./,])(?:19[3-9]|20[0-6])\d(?![\d/%]|[.,]\d)")


def with_steps(section: Provision, told: Sequence[Told]) -> list[Told]:
    """Return the figures of a section, ages that are steps on the way marked as such."""
    ages = [parameter for _, parameter in told if parameter is not None and parameter.kind == AGE]
    years = [(found.start(), int(found[0])) for found in _YEAR.finditer(section.text)] if len(ages) >= LEAST else []
    steps = {id(age): year for after in (False, True) for age, year in _on_the_way(ages, years, after=after)}
    return [(around, _marked(parameter) if parameter is not None and id(parameter) in steps else parameter) for around, parameter in told]


def _on_the_way(ages: Sequence[Parameter], years: Sequence[tuple[int, int]], *, after: bool) -> list[tuple[Parameter, int]]:
    """Return the ages before the last year's, with their years: those before an age, or those after it; none where ages do not rise with the years."""
    of_age = [(age, year) for age in ages if (year := _year_of(age, years, after=after)) is not None]
    in_order = list(dict.fromkeys(year for _, year in of_age))
    highest = [max(age.value for age, own in of_age if own == year) for year in in_order]
    rising = all(one < other for one, other in pairwise(in_order)) and all(one <= other for one, other in pairwise(highest))
    if len(in_order) < LEAST or not rising or highest[0] == highest[-1]:
        return []
    return [(age, year) for age, year in of_age if year < in_order[-1]]


def _year_of(age: Parameter, years: Sequence[tuple[int, int]], *, after: bool) -> int | None:
    if after:
        return next((year for place, year in years if age.span.end <= place <= age.span.end + NEAR), None)
    return next((year for place, year in reversed(years) if age.span.start - NEAR <= place < age.span.start), None)


def _marked(age: Parameter) -> Parameter:
    return replace(age, qualifier=", ".join(filter(None, (age.qualifier, PHASED))))
