"""How far annotators agree who judged the same law: verdicts beyond chance, and the sections that they cite."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from lexfloor.corpora.judgements import JudgedFinding, Judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.metrics.labels import agreement, kappa, krippendorff_alpha, weighted_kappa
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Dimension, Verdict
from lexfloor.pipeline.stages.segment.labels import number_of

ORDER = (Verdict.NOT_ADDRESSED, Verdict.NON_COMPLIANT, Verdict.NEEDS_DATA, Verdict.PARTIAL, Verdict.COMPLIANT)
"""Verdicts by how much of the requirement the texts give, least first: nothing, less than asked, so much as figures or regulations
not at hand decide, the whole for some persons or cases, the whole. Weighted kappa and ordinal alpha rest on this order."""
CERTAINTIES = ("low", "medium", "high")
ALL = "all"
LISTED = 20
"""Findings on which annotators differ that the table lists."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How far annotators agree on some findings.

    Attributes:
        by, of: what the findings have in common: "all", "pair" (two annotators), "country", "dimension", "part" or "certainty" (the
            lowest that any annotator gave), and which.
        findings: number of findings that at least two annotators judged.
        agreement: share of equal verdicts, 0 to 1.
        kappa: Cohen's kappa; weighted_kappa: the same with linear weights in ``ORDER``.
        alpha, ordinal_alpha: Krippendorff's alpha of all annotators together, nominal and ordinal in ``ORDER``.
        common_section: share of the findings for which both cite evidence in which they cite a common section.

    Agreement, the kappas and common_section are means over the pairs of annotators that have such findings (Light 1971). nan
    where a measure is not defined.
    """

    by: str
    of: str
    findings: int
    agreement: float
    kappa: float
    weighted_kappa: float
    alpha: float
    ordinal_alpha: float
    common_section: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding on which annotators differ: their verdicts by name."""

    country: str
    requirement: str
    verdicts: Mapping[str, Verdict]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far annotators agree over all findings, in pairs and by stratum, and where they differ."""

    annotators: tuple[str, ...]
    measured: tuple[Agreed, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One requirement of one country, judged by at least two annotators."""

    country: str
    requirement: str
    findings: Mapping[str, JudgedFinding]


def agreement_of(annotators: Mapping[str, Sequence[Judgements]], standard: Standard) -> Agreement:
    """Return how far annotators agree; each is given by name with the countries that they judged.

    Only what two or more of them judged counts; files may be of some countries and some requirements only.

    Raises:
        InputError: there are fewer than two annotators, one has judgements of a country twice, or no finding was judged by two.
    """
    units = _units(annotators, standard)
    if not units:
        raise InputError(f"{', '.join(annotators) or 'nobody'}: no requirement of any country was judged by two annotators; give files of the same countries")
    strata: dict[tuple[str, str], list[_Unit]] = defaultdict(list)
    for unit in units:
        requirement = standard.requirement(unit.requirement)
        certainty = min((finding.certainty for finding in unit.findings.values()), key=CERTAINTIES.index)
        for by, of in (("country", unit.country), ("dimension", str(requirement.dimension)), ("part", requirement.part), ("certainty", certainty)):
            strata[by, of].append(unit)
    orders = {
        "country": sorted({unit.country for unit in units}),
        "dimension": [str(dimension) for dimension in Dimension],
        "part": [part.id for part in standard.parts],
        "certainty": list(CERTAINTIES),
    }
    names = tuple(annotators)
    measured = [_agreed(ALL, "", units, names)]
    if len(names) > 2:
        measured += [_agreed("pair", f"{one}, {two}", [unit for unit in units if {one, two} <= set(unit.findings)], (one, two)) for one, two in combinations(names, 2)]
    for by, order in orders.items():
        measured += [_agreed(by, of, strata[by, of], names) for of in order if (by, of) in strata]
    differences = [unit for unit in units if len({finding.verdict for finding in unit.findings.values()}) > 1]
    told = tuple(Difference(unit.country, unit.requirement, {name: finding.verdict for name, finding in unit.findings.items()}) for unit in differences)
    return Agreement(names, tuple(measured), told)


def _units(annotators: Mapping[str, Sequence[Judgements]], standard: Standard) -> list[_Unit]:
    """Return what at least two judged, by country and in the standard's order."""
    found: dict[tuple[str, str], dict[str, JudgedFinding]] = defaultdict(dict)
    for name, judged in annotators.items():
        for judgements in judged:
            for finding in judgements.findings:
                if name in found[judgements.country, finding.requirement]:
                    raise InputError(f"{name}: {judgements.country} is judged twice; give one file a country")
                found[judgements.country, finding.requirement][name] = finding
    order = [requirement.id for requirement in standard.requirements]
    countries = sorted({country for country, _ in found})
    return [_Unit(country, item, found[country, item]) for country in countries for item in order if len(found.get((country, item), ())) > 1]


def _agreed(by: str, of: str, units: Sequence[_Unit], names: Sequence[str]) -> Agreed:
    pairs = [[(unit.findings[one], unit.findings[two]) for unit in units if one in unit.findings and two in unit.findings] for one, two in combinations(names, 2)]
    verdicts = [([first.verdict for first, _ in pair], [second.verdict for _, second in pair]) for pair in pairs if pair]
    ratings = [[unit.findings[name].verdict if name in unit.findings else None for name in names] for unit in units]
    return Agreed(
        by,
        of,
        len(units),
        _mean([agreement(first, second) for first, second in verdicts]),
        _mean([kappa(first, second) for first, second in verdicts]),
        _mean([weighted_kappa(first, second, ORDER) for first, second in verdicts]),
        krippendorff_alpha(ratings),
        krippendorff_alpha(ratings, ORDER),
        _mean([_common(pair) for pair in pairs]),
    )


def _common(pair: Sequence[tuple[JudgedFinding, JudgedFinding]]) -> float:
    """Return the share of findings with a section that both cite, of those for which both cite any; nan where there are none."""
    cited = [(_sections(first), _sections(second)) for first, second in pair]
    both = [bool(first & second) for first, second in cited if first and second]
    return sum(both) / len(both) if both else math.nan


def _sections(finding: JudgedFinding) -> set[tuple[str, str]]:
    return {(item.file, number_of(item.section)) for item in finding.evidence if not item.near_miss}


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def agreement_table(found: Agreement) -> str:
    """Return the agreement as text for a terminal: a line for each group of findings, then the findings on which annotators differ."""
    heads: tuple[str, ...] = ("findings of", "number", "equal", "kappa", "weighted", "alpha", "ordinal", "section")
    rows = [heads]
    for item in found.measured:
        figures = (item.agreement, item.kappa, item.weighted_kappa, item.alpha, item.ordinal_alpha, item.common_section)
        rows.append((f"{item.by} {item.of}".strip(), str(item.findings), *("-" if math.isnan(figure) else f"{figure:.2f}" for figure in figures)))
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    lines = ["  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]) for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    if found.differences:
        lines += ["", f"{len(found.differences)} findings on which {', '.join(found.annotators)} differ:"]
        for difference in found.differences[:LISTED]:
            said = ", ".join(f"{name} {verdict}" for name, verdict in difference.verdicts.items())
            lines.append(f"  {difference.country} {difference.requirement}: {said}")
        lines += [f"  and {len(found.differences) - LISTED} more"] if len(found.differences) > LISTED else []
    return "\n".join(lines)


def agreement_record(found: Agreement) -> dict[str, Any]:
    """Return the agreement as JSON has it; what is not defined is null."""
    measured = [{name: None if isinstance(value, float) and math.isnan(value) else value for name, value in asdict(item).items()} for item in found.measured]
    differences = [asdict(item) for item in found.differences]
    return {"annotators": list(found.annotators), "order_of_verdicts": list(ORDER), "measured": measured, "differences": differences}
