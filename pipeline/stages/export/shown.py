"""How records are shown to people: the words for verdicts, figures in one line, the wording of a requirement."""

from __future__ import annotations

from dataclasses import dataclass

from lexfloor.pipeline.records import Assessment, Figure, Finding, Law, Verdict

LABELS = {
    Verdict.COMPLIANT: "Compliant",
    Verdict.PARTIAL: "Partial",
    Verdict.NON_COMPLIANT: "Below the floor",
    Verdict.NEEDS_DATA: "Needs data",
    Verdict.NOT_ADDRESSED: "Not addressed",
}
COLOURS = {
    Verdict.COMPLIANT: "#c9e7cb",
    Verdict.PARTIAL: "#fdeeb5",
    Verdict.NON_COMPLIANT: "#f6c1bb",
    Verdict.NEEDS_DATA: "#cfe2f7",
    Verdict.NOT_ADDRESSED: "#e4e4e4",
}
EXPLAINED = {
    Verdict.COMPLIANT: "The text meets the requirement for the persons it protects.",
    Verdict.PARTIAL: "The text meets it for some persons, benefits or cases only, or under a condition the instrument does not allow.",
    Verdict.NON_COMPLIANT: "The text deals with the matter and falls below the requirement.",
    Verdict.NEEDS_DATA: "The text deals with the matter; statistics, a wage level or regulations not among the files decide.",
    Verdict.NOT_ADDRESSED: "Nothing in the files deals with the matter; the nearest misses are shown.",
}


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


def figure_text(figure: Figure) -> str:
    """Return a figure in one line.

    >>> figure_text(Figure("maximum_duration", 26.0, "weeks", "at least", 0))
    'maximum duration: at least 26 weeks'
    """
    qualifier = f"{figure.qualifier} " if figure.qualifier and figure.qualifier != "exactly" else ""
    unit = "%" if figure.unit == "percent" else f" {figure.unit}"
    return f"{figure.parameter.replace('_', ' ')}: {qualifier}{figure.value:g}{unit}"


def source_text(section: str, file: str) -> str:
    """Return where a quote stands: the section as the law prints it, and the file."""
    return f"{section or '(no number)'} · {file}"
