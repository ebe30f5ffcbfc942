"""How records are shown to people: the words for verdicts, figures in one line, the wording of a requirement."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.pipeline.records import Assessment, BenefitLevel, Figure, Finding, Law, Promise, State

LABELS = {
    State.COMPLIANT: "Compliant",
    State.PARTIAL: "Partial",
    State.NON_COMPLIANT: "Below the floor",
    State.MAY_FALL_BELOW: "Below the floor?",
    State.NEEDS_DATA: "Needs data",
    State.NOT_ADDRESSED: "Not addressed",
}
COLOURS = {
    State.COMPLIANT: "#c9e7cb",
    State.PARTIAL: "#fdeeb5",
    State.NON_COMPLIANT: "#f6c1bb",
    State.MAY_FALL_BELOW: "#e9d9f2",
    State.NEEDS_DATA: "#cfe2f7",
    State.NOT_ADDRESSED: "#e4e4e4",
}
EXPLAINED = {
    State.COMPLIANT: "The text meets the requirement for the persons it protects.",
    State.PARTIAL: "The text meets it for some persons, benefits or cases only, or under a condition the instrument does not allow.",
    State.NON_COMPLIANT: "The text deals with the matter and falls below the requirement.",
    State.MAY_FALL_BELOW: "To be reviewed: a figure may lie below the floor, and the tool is unsure of it.",
    State.NEEDS_DATA: "The text deals with the matter; statistics, a wage level or regulations not among the files decide.",
    State.NOT_ADDRESSED: "Nothing in the files deals with the matter; the nearest misses are shown.",
}
DECIDED = {
    "figure": "a figure of the law, compared with the requirement's own",
    "wording": "a sentence that leaves the right to somebody's will",
    "cues": "the words of the sections found",
    "scores": "how near the sections found come to what is asked, and what they name",
    "usual": "what such requirements mostly come to in other countries",
    "silence": "silence: no section deals with the matter clearly enough",
}
"""What decided a verdict, for people."""
METHODS = {"earnings_related": "share of earnings (Art. 65)", "flat_rate": "flat rate (Art. 66)", "means_tested": "means-tested (Art. 67)", "": "not told"}
"""How a benefit is fixed, for people. Source: C102, art. 65 to 67."""
MET = {True: "met", False: "not met", None: "cannot be told"}
MET_COLOURS = {True: COLOURS[State.COMPLIANT], False: COLOURS[State.NON_COMPLIANT], None: COLOURS[State.NEEDS_DATA]}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote for people: without markup, with what stands before and after it."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class CountryPage:
    """What is shown of one country: small, so that pages of many countries fit in memory."""

    country: str
    laws: tuple[Law, ...]
    findings: tuple[Finding, ...]
    assessment: Assessment
    quoted: tuple[tuple[Quoted, ...], ...]
    provisions: int
    sections: int


def number_text(value: float) -> str:
    """Return a number for people: thousands apart, no zeros at the end; what no three decimals give exactly is rounded to two.

    >>> number_text(1234567.5), number_text(66.6667), number_text(1.125), number_text(26.0)
    ('1,234,567.5', '66.67', '1.125', '26')
    """
    decimals = 4 if abs(value) < 1 else 3 if round(value, 3) == value else 2
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".")


def quantity_text(value: float, unit: str, high: float | None = None) -> str:
    """Return a quantity or a range of quantities for people.

    >>> quantity_text(1.0, "weeks"), quantity_text(60.0, "percent", 80.0), quantity_text(1500.0, "amount_EUR")
    ('1 week', '60 to 80%', 'EUR 1,500')
    """
    number = number_text(value) if high is None else f"{number_text(value)} to {number_text(high)}"
    if unit == "percent":
        return f"{number}%"
    if unit.startswith("amount"):
        return f"{unit.removeprefix('amount').removeprefix('_')} {number}".strip()
    one = value == 1 and high is None and unit in ("hours", "days", "weeks", "months", "years")
    return f"{number} {unit.removesuffix('s') if one else unit.replace('_', ' ')}"


def figure_text(figure: Figure) -> str:
    """Return a figure in one line.

    >>> figure_text(Figure("maximum_duration", 26.0, "weeks", "at least", 0))
    'maximum duration: at least 26 weeks'
    """
    qualifier = f"{figure.qualifier} " if figure.qualifier and figure.qualifier != "exactly" else ""
    return f"{figure.parameter.replace('_', ' ')}: {qualifier}{quantity_text(figure.value, figure.unit)}"


def source_text(section: str, file: str) -> str:
    """Return where a quote stands: the section as the law prints it, and the file."""
    return f"{section or '(no number)'} · {file}"


def method_text(level: BenefitLevel) -> str:
    """Return how a benefit is fixed, for people."""
    return METHODS[str(level.method or "")]


def rate_text(level: BenefitLevel) -> str:
    """Return the rate of a benefit for people: "72.5%", "at least 40%" where the figures may mean more, "not known"."""
    if level.rate is None:
        return "not known"
    return f"{'' if level.met is not None else 'at least '}{number_text(level.rate)}%"


def level_line(level: BenefitLevel) -> str:
    """Return a benefit level in one line: beneficiary, rate, floor, whether it is met, what is missing."""
    missing = f"; missing: {', '.join(level.missing)}" if level.missing else ""
    return f"{level.beneficiary}: {rate_text(level)}, floor {number_text(level.floor)}%: {MET[level.met]}{missing}"


def level_places(level: BenefitLevel) -> tuple[str, ...]:
    """Return where the figures of a level stand, each section once."""
    return tuple(dict.fromkeys(source_text(figure.section, figure.file) for figure in level.figures))


def promise_text(promise: Promise, findings: int) -> str:
    r"""Return how many of a country's findings are left without review, and what is promised and known of their errors.

    >>> print(promise_text(Promise(0.1, 0.7, 0.25, 13, 0.5, 0.0625), 8).replace(". ", ".\n"))
    2 of 8 findings (25%) are left without review.
    Promised: in the mean over countries at most 10% of all findings are wrong and left without review.
    On 13 judged countries, each held out, 50% were left at this confidence (70%), and 12% of these were wrong.
    """
    left = f"{round(promise.answered * findings)} of {findings} findings ({promise.answered:.0%}) are left without review."
    if promise.doubt:
        return f"{left} No rate of error is promised: {promise.doubt}."
    if promise.least is None:
        return f"{left} At most {promise.rate:.0%} of all findings may be wrong and left without review, and no confidence is high enough to promise that."
    held = f"On {promise.countries} judged countries, each held out, {promise.held_out_answered:.0%} were left at this confidence ({promise.least:.0%})"
    wrong = f", and {promise.held_out_wrong / promise.held_out_answered:.0%} of these were wrong" if promise.held_out_answered else ""
    return f"{left} Promised: in the mean over countries at most {promise.rate:.0%} of all findings are wrong and left without review. {held}{wrong}."
