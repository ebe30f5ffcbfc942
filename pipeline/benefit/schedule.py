"""Benefit levels of a country, line by line of the Schedule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lexfloor.corpora.standards import Requirement, Standard, StandardBeneficiary
from lexfloor.corpora.statistics import Statistic
from lexfloor.pipeline.benefit.convention import AVERAGED, QUALIFYING, Profile, Qualifying, profile_of, requirement_of
from lexfloor.pipeline.benefit.formula import WHOLE, Counted, Limits, lowered_floor, replacement
from lexfloor.pipeline.benefit.limits import Measured, measured, percents
from lexfloor.pipeline.benefit.readings import CREDITED, Readings, pension, staged, survivors
from lexfloor.pipeline.benefit.reference import EARNINGS, Missing, Reference, Share, shown
from lexfloor.pipeline.benefit.select import Selected, selected
from lexfloor.pipeline.numbers import converted
from lexfloor.pipeline.records import BenefitLevel, Contingency, Method, Parameter, RequirementId

EQUAL = 1e-6
"""Rates this close are equal: what is left of fractions and rounding."""
DECEASED = (Contingency.INVALIDITY, Contingency.OLD_AGE)
"""Whose pension a survivors' pension is a share of, the likelier first."""


def levels(standard: Standard, parameters: Mapping[RequirementId, Sequence[Parameter]], statistics: Sequence[Statistic] = ()) -> Iterator[BenefitLevel]:
    """Yield the level of each line of the Schedule, one for each method by which the law fixes a benefit.

    ``parameters`` are one country's figures by the requirement they bear on, those clearest told with the greatest strength;
    of ``statistics`` only those of that country count.
    """
    country = next((figure.country for figures in parameters.values() for figure in figures), "")
    rows = tuple(row for row in statistics if row.country == country)
    for line in standard.schedule:
        requirement = requirement_of(standard, line)
        if requirement is not None:
            case = _Case(standard, line, requirement, profile_of(standard, line), parameters, rows)
            yield from case.levels()


def requirement_met(found: Iterable[BenefitLevel]) -> bool | None:
    """Return whether the levels of one requirement meet it: for each beneficiary one benefit that does; None where that cannot be told."""
    told: dict[str, list[bool | None]] = {}
    for level in found:
        told.setdefault(level.beneficiary, []).append(level.met)
    lines = [True if True in methods else None if None in methods else False for methods in told.values()]
    if False in lines or not lines:
        return False if lines else None
    return None if None in lines else True


def _percent(counted: Counted) -> float:
    return counted.percent


@dataclass(frozen=True, slots=True)
class _Case:
    """One line of the Schedule and one country."""

    standard: Standard
    line: StandardBeneficiary
    requirement: Requirement
    profile: Profile
    parameters: Mapping[RequirementId, Sequence[Parameter]]
    statistics: tuple[Statistic, ...]

    def levels(self) -> Iterator[BenefitLevel]:
        chosen = selected(self.parameters.get(self.requirement.id, ()), self.profile, accrues=self._full_years is not None)
        related = bool(chosen.rates or chosen.children or chosen.accruals)
        if related:
            yield self._related(chosen)
        if chosen.flat or chosen.flat_children:
            level = self._flat(chosen)
            if level.met or not related or any(figure.kind != "minimum_benefit" for figure in level.figures):  # else it is the least of the other benefit
                yield level
        elif not related:
            yield self._level(None, None, None, missing=(f"rate or amount of the benefit for {self.line.beneficiary}",))

    def _related(self, chosen: Selected) -> BenefitLevel:
        """Return the level of a benefit that is a share of previous earnings. Source: C102, art. 65."""
        method = Method.EARNINGS_RELATED
        reference = Reference("skilled_wage", self.statistics)
        if self._too_long(chosen) and chosen.reduced:
            chosen = replace(chosen, rates=(), accruals=chosen.reduced, reduced=())
        figures = (*chosen.rates, *chosen.children, *chosen.accruals)
        if any(figure.base not in (*EARNINGS, "reference_pension") for figure in (*chosen.rates, *chosen.children)):
            return self._of_shares(method, reference, chosen, chosen.rates, chosen.children)
        read = self._readings(chosen, self._full_years)
        if isinstance(read, Missing):
            return self._level(method, None, None, missing=read.what, figures=figures)
        if self._too_long(chosen):
            told = f"rate after {self._full_years:g} years of contribution: the law's figures are for {chosen.periods[0]:g} years"
            return self._level(method, None, None, missing=(told,), figures=figures)
        if read.least.percent > WHOLE + EQUAL:
            told = f"which of {', '.join(dict.fromkeys(map(shown, figures)))} hold together: with each other they come to {read.least.percent:.4g}%"
            return self._level(method, None, None, missing=(told,), figures=figures)
        limits = measured(reference, chosen, self.profile)
        low = [replacement(read.least.percent, bounds) for bounds in (limits.on_earnings, limits.on_benefit)]
        high = [replacement(read.most.percent, bounds) for bounds in (limits.on_earnings, limits.on_benefit)]
        worst, best = min(low, key=_percent), max(high, key=_percent)
        steps = (*self._period_step(chosen), *read.least.steps, *limits.steps, *worst.steps)
        rate, why = worst.percent, list(read.why)
        if self._meets(worst.percent) is not self._meets(max(low, key=_percent).percent):
            why.append("whether the ceiling is one on earnings or on the benefit")
        used = (*figures, *limits.used)
        if self._meets(rate) is not self._meets(best.percent):
            return self._level(method, rate, None, steps, tuple(why), figures=used)
        if self._meets(rate):
            return self._level(method, rate, True, steps, left_open=limits.unmeasured, figures=used)
        return self._below(method, rate, steps, self._what_would_raise(chosen, read, limits), self._lowered(chosen, limits), used)

    def _too_long(self, chosen: Selected) -> bool:
        """Whether the law's single rate is for more years than the Convention's period; what accrues with the years tells its own."""
        years = self._full_years
        return years is not None and not chosen.accruals and bool(chosen.periods) and chosen.periods[0] > years

    def _readings(self, chosen: Selected, years: float | None) -> Readings | Missing:
        if self.profile.survivors:
            if not chosen.rates and not chosen.children:
                return Missing(("share of the widow", "share of each child"))
            return survivors(chosen, self.profile, self._pension_of_the_deceased(chosen, years))
        if chosen.stages and (days := self._days) is not None:
            averaged = (self.standard.id, self.line.part) in AVERAGED
            read = staged(chosen, days, averaged)
            if read is not None:
                return read
        read = pension(chosen, years, self.line.contingency is Contingency.OLD_AGE)
        return read or Missing((f"rate of the benefit: {self.line.beneficiary}",) if years is None else ("rate of the benefit",))

    def _flat(self, chosen: Selected) -> BenefitLevel:
        """Return the level of a benefit that is the same sum for everyone. Source: C102, art. 66; art. 67(c) refers to it."""
        method = Method.MEANS_TESTED if chosen.means_tested else Method.FLAT_RATE
        return self._of_shares(method, Reference("labourer_wage", self.statistics), chosen, chosen.flat, chosen.flat_children)

    def _of_shares(self, method: Method, reference: Reference, chosen: Selected, figures: tuple[Parameter, ...], children: tuple[Parameter, ...] = ()) -> BenefitLevel:
        """Return the level of a benefit whose figures are sums of money or shares of a wage."""
        found, found_children = [reference.share(figure) for figure in figures], [reference.share(figure) for figure in children]
        missing = [what for share in (*found, *found_children) if isinstance(share, Missing) for what in share.what]
        used = (*figures, *children)
        if missing:
            return self._level(method, None, None, missing=tuple(dict.fromkeys(missing)), figures=used)
        own, of_child = percents(found), percents(found_children)
        family = reference.family() if self.profile.children else Share(0.0)
        limits = Limits(family=family.percent if isinstance(family, Share) else 0.0)
        count = self.profile.children
        worst = replacement(min(own, default=0.0) + count * min(of_child, default=0.0), limits)
        best = replacement(max(own, default=0.0) + count * max(of_child, default=0.0), limits)
        steps = [share.step or f"{shown(figure)} of the reference wage" for figure, share in zip(used, (*found, *found_children), strict=True) if isinstance(share, Share)]
        steps += [family.step] if isinstance(family, Share) and family.step else []
        if of_child:
            steps.append(f"{min(own, default=0.0):.4g}% + {count} × {min(of_child):.4g}% for a child = {min(own, default=0.0) + count * min(of_child):.4g}%")
        steps += worst.steps
        if self._meets(worst.percent) is not self._meets(best.percent):
            told = ", ".join(shown(figure) for figure in used)
            return self._level(method, worst.percent, None, tuple(steps), (f"which of {told} the standard beneficiary receives",), figures=used)
        if self._meets(worst.percent):
            left_open = tuple(f"ceiling of {shown(figure)}" for figure in chosen.ceilings)
            return self._level(method, worst.percent, True, tuple(steps), left_open=left_open, figures=used)
        raising = list(family.what) if isinstance(family, Missing) else []
        if method is Method.EARNINGS_RELATED:
            raising += [f"what {shown(figure)} adds" for figure in (*chosen.accruals, *chosen.apart)]
        if self.profile.survivors:
            raising += [] if own else ["amount for the widow"]
            raising += [] if of_child else ["amount for each child"]
        return self._below(method, worst.percent, tuple(steps), raising, self._lowered_sum(worst.percent, chosen.periods), used)

    def _below(self, method: Method, rate: float, steps: tuple[str, ...], raising: Sequence[str], lowered: str | Missing | None, used: tuple[Parameter, ...]) -> BenefitLevel:
        """Return the level of a rate under the floor: a lower percentage may be enough, or something not known may raise it."""
        if isinstance(lowered, str):
            return self._level(method, rate, True, (*steps, lowered), figures=used)
        missing = tuple(dict.fromkeys((*raising, *(lowered.what if lowered else ()))))
        if missing:
            return self._level(method, rate, None, (*steps, *self._needed(rate)), missing, figures=used)
        return self._level(method, rate, False, steps, figures=used)

    def _lowered(self, chosen: Selected, limits: Measured) -> str | Missing | None:
        """Return how the rate after fewer years meets the lower percentage that is then enough, or what is missing to tell."""
        period = self._qualifying
        if period is None:
            return None
        years = max((period.lowered_contribution, *chosen.periods))
        while years < period.contribution:
            read = self._readings(chosen, years)
            asked = self._asked(years, period)
            if isinstance(read, Readings):
                reached = replacement(read.least.percent, Limits(limits.ceiling, family=limits.family)).percent  # a minimum may ask for more years
                if reached + EQUAL >= asked:
                    told = f"{reached:.4g}% after {years:g} years ≥ {asked:.4g}% (art. {period.lowered_article})"
                    return told if chosen.periods else Missing(("qualifying period of the benefit",))
            years += 1
        return None

    def _lowered_sum(self, rate: float, periods: tuple[float, ...]) -> str | Missing | None:
        """Return the same for a benefit that does not grow with the years; its period may be one of residence."""
        period = self._qualifying
        if period is None or rate + EQUAL < self.line.percentage - period.points:
            return None
        if not periods:
            return Missing(("qualifying period of the benefit",))
        asked = self._asked(periods[-1], period)
        if rate + EQUAL < asked:
            return None
        if periods[-1] > period.lowered_residence:
            return Missing((f"whether the {periods[-1]:g} years asked for are years of contribution or of residence",))
        return f"{rate:.4g}% after {periods[-1]:g} years ≥ {asked:.4g}% (art. {period.lowered_article})"

    def _asked(self, years: float, period: Qualifying) -> float:
        return lowered_floor(self.line.percentage, period.points, years, period.lowered_contribution, period.contribution)

    def _what_would_raise(self, chosen: Selected, read: Readings, limits: Measured) -> tuple[str, ...]:
        """Return what is not known and could only raise the rate."""
        raising = [f"amount that {shown(figure)} adds for each year" for figure in chosen.apart]
        raising += [*limits.unmeasured_minimums, *limits.family_missing, *read.more]
        return tuple(raising)

    def _pension_of_the_deceased(self, chosen: Selected, years: float | None) -> Readings | None:
        """Return the pension of which the survivors' benefit is a share: what accrued to the deceased, as far as his figures tell."""
        for contingency in DECEASED:
            for line in self.standard.schedule:
                requirement = requirement_of(self.standard, line)
                if line.contingency is contingency and requirement is not None:
                    his = selected(self.parameters.get(requirement.id, ()), profile_of(self.standard, line))
                    read = pension(his, years, contingency is Contingency.OLD_AGE)
                    if read is not None:
                        return replace(read, more=(CREDITED,) if his.accruals else ())
        return pension(replace(chosen, rates=(), maximum=()), years)

    @property
    def _qualifying(self) -> Qualifying | None:
        return QUALIFYING.get((self.standard.id, self.line.part))

    @property
    def _full_years(self) -> float | None:
        return self._qualifying.contribution if self._qualifying else None

    @property
    def _days(self) -> float | None:
        """Days for which the Part's benefit must be paid at least; None where it has no limit."""
        for requirement in self.standard.requirements:
            rule = requirement.rule
            if requirement.part == self.line.part and rule and rule.parameter == "maximum_duration":
                return converted(rule.value, rule.unit, "days")
        return None

    def _period_step(self, chosen: Selected) -> tuple[str, ...]:
        period = self._qualifying
        if period is None or not chosen.accruals:
            return ()
        return (f"after {period.contribution:g} years of contribution (art. {period.article})",)

    def _meets(self, rate: float) -> bool:
        return rate + EQUAL >= self.line.percentage

    def _needed(self, rate: float) -> tuple[str, ...]:
        """Return how high family allowances would have to be: (rate + f) / (100 + f) = floor, solved for f."""
        floor = self.line.percentage
        if not self.profile.children or self._meets(rate) or floor >= WHOLE:
            return ()
        return (f"family allowances would have to be at least {WHOLE * (floor - rate) / (WHOLE - floor):.4g}% of the wage to attain {floor:g}%",)

    def _level(
        self,
        method: Method | None,
        rate: float | None,
        met: bool | None,
        steps: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        left_open: tuple[str, ...] = (),
        figures: tuple[Parameter, ...] = (),
    ) -> BenefitLevel:
        if rate is not None:
            attained = self._meets(rate)
            steps = (*steps, f"{rate:.4g}% {'≥' if attained else '<'} {self.line.percentage:g}% ({self.line.beneficiary}, art. {self.requirement.article})")
        return BenefitLevel(
            self.requirement.id, self.line.part, self.requirement.article, self.line.contingency, self.line.beneficiary,
            method, rate, self.line.percentage, met, steps, missing, left_open, figures,
        )  # fmt: skip
