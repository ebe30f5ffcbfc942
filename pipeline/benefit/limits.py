"""Ceilings, minimum benefits and family allowances of a benefit, measured against the reference wage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lexfloor.pipeline.benefit.convention import Profile
from lexfloor.pipeline.benefit.formula import Limits
from lexfloor.pipeline.benefit.reference import Missing, Reference, Share, shown
from lexfloor.pipeline.benefit.select import Selected
from lexfloor.pipeline.records import Parameter


@dataclass(frozen=True, slots=True)
class Measured:
    """Ceilings, minimum and family allowances in percent of the reference wage, as far as they can be measured."""

    ceiling: float | None
    minimum: float | None
    family: float
    steps: tuple[str, ...]
    used: tuple[Parameter, ...]
    unmeasured: tuple[str, ...]
    unmeasured_minimums: tuple[str, ...]
    family_missing: tuple[str, ...]

    @property
    def on_earnings(self) -> Limits:
        """The limits with the ceiling read as one on earnings: the reading that gives less."""
        return Limits(self.ceiling, None, self.minimum, self.family)

    @property
    def on_benefit(self) -> Limits:
        """The limits with the ceiling read as one on the benefit."""
        return Limits(None, self.ceiling, self.minimum, self.family)


def measured(reference: Reference, chosen: Selected, profile: Profile) -> Measured:
    """Return what bounds a benefit as shares of the reference wage, and what would have to be known for the rest."""
    ceilings = [(figure, reference.share(figure)) for figure in chosen.ceilings]
    minimums = [(figure, reference.share(figure)) for figure in chosen.minimums]
    family = reference.family() if profile.children else Share(0.0)
    told = [share for _, share in (*ceilings, *minimums) if isinstance(share, Share)]
    steps = [share.step for share in told if share.step]
    if isinstance(family, Share) and family.step:
        steps.append(family.step)
    return Measured(
        ceiling=min(percents([share for _, share in ceilings]), default=None),
        minimum=min(percents([share for _, share in minimums]), default=None),
        family=family.percent if isinstance(family, Share) else 0.0,
        steps=tuple(steps),
        used=tuple(figure for figure, share in (*ceilings, *minimums) if isinstance(share, Share)),
        unmeasured=tuple(f"ceiling of {shown(figure)}: {what}" for figure, share in ceilings if isinstance(share, Missing) for what in share.what),
        unmeasured_minimums=tuple(f"least benefit of {shown(figure)}: {what}" for figure, share in minimums if isinstance(share, Missing) for what in share.what),
        family_missing=family.what if isinstance(family, Missing) else (),
    )


def percents(shares: Sequence[Share | Missing]) -> list[float]:
    """Return the shares that are known, in percent."""
    return [share.percent for share in shares if isinstance(share, Share)]
