"""What the Convention says of how a benefit level is measured, as data, in our own words."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.corpora.standards import Requirement, Standard, StandardBeneficiary
from lexfloor.pipeline.errors import DataFileError


@dataclass(frozen=True, slots=True)
class Qualifying:
    """After what period the Schedule's percentage must be secured.

    Attributes:
        contribution, residence: years of contribution or employment, or of residence, after which the full percentage is due.
        reduced: years of contribution after which some reduced benefit is due, however low.
        lowered_contribution, lowered_residence: years after which a percentage ``points`` lower is enough; between these and the
            full period the percentage rises in proportion to the years of contribution.
        article: article of the full period; ``lowered_article`` of the lower percentage.
    """

    contribution: float
    residence: float
    reduced: float
    lowered_contribution: float
    lowered_residence: float
    article: str
    lowered_article: str
    points: float = 10.0


QUALIFYING: dict[tuple[str, str], Qualifying] = {
    # Source: C102, art. 29(1)-(4).
    ("C102", "V"): Qualifying(30, 20, 15, 10, 5, "29(1)", "29(3)-(4)"),
    # Source: C102, art. 57(1)-(4).
    ("C102", "IX"): Qualifying(15, 10, 5, 5, 5, "57(1)", "57(3)-(4)"),
    # Source: C102, art. 63(1)-(4).
    ("C102", "X"): Qualifying(15, 10, 5, 5, 5, "63(1)", "63(3)-(4)"),
}
"""By standard and Part; a Part that is not here asks for no such period (art. 17, 23, 37, 51: none, or one to preclude abuse)."""

AVERAGED = {("C102", "VIII")}
"""Parts whose rate may vary as long as its average complies. Source: C102, art. 50."""

SKILLED_OF_AVERAGE = 1.25
"""A skilled worker may be one who earns this many times the average of all persons protected. Source: C102, art. 65(6)(d)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The standard beneficiary as the figures of a law see him.

    Attributes:
        fits: cases of the language data that describe the beneficiary; a figure for any other case is not his.
        children: children for whom family allowances are paid or a share of the deceased's pension is due.
        survivors: the benefit goes to the widow and children of the person insured.
    """

    fits: frozenset[str]
    children: int = 0
    survivors: bool = False


_MAN = frozenset({"men"})
_FATHER = frozenset({"men", "with_children", "total_incapacity"})
PROFILES: dict[str, Profile] = {
    "man with wife and two children": Profile(_FATHER, children=2),
    "man with wife of pensionable age": Profile(_MAN),
    "incapacity for work: man with wife and two children": Profile(_FATHER, children=2),
    "total loss of earning capacity: man with wife and two children": Profile(_FATHER, children=2),
    "death of the breadwinner: widow with two children": Profile(frozenset({"widow", "orphan", "women", "with_children"}), children=2, survivors=True),
    "woman": Profile(frozenset({"women", "before_birth", "after_birth"})),
    "widow with two children": Profile(frozenset({"widow", "orphan", "women", "with_children"}), children=2, survivors=True),
}
"""By the Schedule's own words for the beneficiary. Source: C102, Schedule to Part XI."""


def profile_of(standard: Standard, line: StandardBeneficiary) -> Profile:
    """Return what is known of a line's beneficiary.

    Raises:
        DataFileError: the standard names a beneficiary in other words than those known.
    """
    if line.beneficiary not in PROFILES:
        raise DataFileError(standard.id, f"schedule, Part {line.part}", f"beneficiary {line.beneficiary!r} is not known; known: {'; '.join(PROFILES)}")
    return PROFILES[line.beneficiary]


def requirement_of(standard: Standard, line: StandardBeneficiary) -> Requirement | None:
    """Return the requirement that asks for a line of the Schedule; None where the standard has none."""
    kinds = ("replacement_rate_survivors", "replacement_rate") if profile_of(standard, line).survivors else ("replacement_rate",)
    for kind in kinds:
        for requirement in standard.requirements:
            if requirement.part == line.part and requirement.rule and requirement.rule.parameter == kind:
                return requirement
    return None


def qualifying_requirement(standard: Standard, line: StandardBeneficiary) -> Requirement | None:
    """Return the requirement on the qualifying period of a line's Part; None where the Part asks for none of years."""
    if (standard.id, line.part) not in QUALIFYING:
        return None
    return next((one for one in standard.requirements if one.part == line.part and one.rule and one.rule.parameter == "qualifying_period"), None)
