"""The figures of each country as rows: what a figure measures, for whom, and the place and words of the law that give it."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.standards import Standard
from lexfloor.pipeline.benefit.select import NEUTRAL
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.figures_table.wanted import BRANCHES, EVERYTHING, KINDS, Wanted, confidence
from lexfloor.pipeline.laws import country_folders, read_laws
from lexfloor.pipeline.plain import collapsed, readable
from lexfloor.pipeline.records import Failure, Law, Parameter, Provision, ProvisionKind, Span
from lexfloor.pipeline.stages.embed import citable_sections
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.ingest import CountryFolder
from lexfloor.pipeline.stages.locate import located

logger = logging.getLogger(__name__)
QUOTE = 400
"""Characters of a quote, at most."""
BEFORE = 260
"""Characters of a long clause that are quoted before its figure, at most."""
SPECIAL, ASIDE = 0.7, 0.5
"""What a figure counts that holds in some case only, and one of a transitional provision, a schedule or a definition."""
PLUS = " + "
"""Between the cases of a sum, which is the whole and no special case: weeks before and after the birth."""
_KIND_ORDER = {kind: place for place, kind in enumerate(KINDS)}
_BRANCH_ORDER = {name: place for place, name in enumerate(BRANCHES)}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure of law with everything that a comparative table says of it; texts are empty where the law says nothing.

    Attributes:
        contingency, kind, value, high, unit, own_unit, comparator, qualifier, base, modality: as in `Parameter`.
        confidence: probability that kind, value and unit are right, by judged samples.
        printed: the figure as the law prints it ("fourteen weeks").
        act: title of the act; ``file`` is its file, ``section`` and ``heading`` are as the law prints them.
        provision: id of the provision; ``provision_kind`` and ``status`` say what it is there for, and whether it is in force.
        page: None where the format has no pages.
        quote: the clause around the figure, white space collapsed; the figure as printed stands at ``place``.
        start, end: of the figure in the law's text, in code points.
        text_state, text_date: what the file says of its own text ("consolidated", "2024-05-01").
        language: ISO 639-1 code.
        weight: by how much the figure, with its equals elsewhere, speaks for the general scheme: orders figures of one kind.
    """

    country: str
    contingency: str
    kind: str
    value: float
    high: float | None
    unit: str
    own_unit: str
    comparator: str
    qualifier: str
    base: str
    modality: str
    confidence: float
    printed: str
    act: str
    file: str
    section: str
    heading: str
    provision: str
    provision_kind: str
    status: str
    page: int | None
    quote: str
    start: int
    end: int
    text_state: str
    text_date: str
    language: str
    place: int = 0
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class CountryFigures:
    """The figures asked for of one country, by contingency and kind, the general scheme's before others.

    ``found`` counts all figures of ``laws`` laws, asked for or not; ``failures`` tells what could not be read.
    """

    country: str
    rows: tuple[FigureRow, ...]
    laws: int
    found: int
    failures: tuple[Failure, ...]


def figures(
    paths: Sequence[Path], config: IngestConfig, standard: Standard, wanted: Wanted = EVERYTHING, *, country: str | None = None, out: Path | None = None
) -> Iterator[CountryFigures]:
    """Return the figures of the laws at the paths, country by country; ``out`` is the file that they are to be written into.

    Raises:
        InputError: a path does not exist, there is no file at all, or ``out`` lies among the laws.
    """
    folders, stray = country_folders(paths, country)
    if out is not None:
        _refuse_among_laws(out, paths, folders)
    return _countries(folders, stray, config, standard, wanted)


def _refuse_among_laws(out: Path, paths: Sequence[Path], folders: Sequence[CountryFolder]) -> None:
    place, given = out.resolve(), {path.resolve() for path in paths if path.is_dir()}
    for folder in folders:
        root = folder.root.resolve()
        beneath = root in place.parents and ({root, root.parent} & given)
        if beneath or place in (file.resolve() for file in folder.files):
            raise InputError(f"{out}: the table would lie among the laws of {folder.country}, and be read as a law the next time; choose another place with --out")


def _countries(folders: Sequence[CountryFolder], stray: Sequence[Failure], config: IngestConfig, standard: Standard, wanted: Wanted) -> Iterator[CountryFigures]:
    for folder in folders:
        read = read_laws(folder, config)
        failures = [*read.failures, *(stray if folder is folders[0] else ())]
        sections: dict[str, list[Provision]] = defaultdict(list)
        for section in citable_sections(read.laws, read.provisions):
            sections[section.file].append(section)
        rows, found = [], 0
        for law in read.laws:
            try:
                parameters = list(extract(sections[law.file], standard, title=law.title))
            except Exception as error:
                logger.exception("figures of %s", law.file)
                message = f"{law.file}: reading figures went wrong ({type(error).__name__}: {error}); the file is left out, please report it"
                failures.append(Failure("extract", law.country, law.file, "internal", message))
                continue
            found += len(parameters)
            known = {section.id: section for section in sections[law.file]}
            rows += [_row(law, known[parameter.provision], parameter) for parameter in parameters if wanted.takes(parameter)]
        yield CountryFigures(folder.country, tuple(_ordered(rows)), len(read.laws), found, tuple(failures))


def _row(law: Law, section: Provision, parameter: Parameter) -> FigureRow:
    place = located(law.text, section, parameter.span)
    quote, figure_at = quote_around(section.text, parameter.clause, parameter.span)
    return FigureRow(
        country=parameter.country,
        contingency=str(parameter.contingency or ""),
        kind=parameter.kind,
        value=parameter.value,
        high=parameter.high,
        unit=parameter.unit,
        own_unit=parameter.own_unit,
        comparator=parameter.comparator,
        qualifier=parameter.qualifier,
        base=parameter.base,
        modality=parameter.modality,
        confidence=confidence(parameter),
        printed=collapsed(section.text[parameter.span.start : parameter.span.end]),
        act=readable(law.title),
        file=law.file,
        section=parameter.section,
        heading=readable(section.heading),
        provision=parameter.provision,
        provision_kind=str(section.kind),
        status=str(section.status),
        page=law.page_of(place.start),
        quote=quote,
        start=place.start,
        end=place.end,
        text_state=str(law.version.state),
        text_date=law.version.date,
        language=law.language,
        place=figure_at,
    )


def quote_around(text: str, clause: Span, figure: Span, limit: int = QUOTE) -> tuple[str, int]:
    """Return the clause of a figure and the figure's place in it, white space collapsed.

    Of a longer clause ``limit`` characters around the figure are quoted; an ellipsis shows what is left out.

    >>> quote_around("one two three four five six", Span(0, 27), Span(14, 18), limit=12)
    ('… three four …', 8)
    """
    start, end = clause.start, max(clause.end, figure.end)
    if end - start > limit and len(collapsed(text[start:end])) > limit:
        start = max(start, min(figure.start - min(BEFORE, limit // 2), end - limit))
        end = min(end, max(start + limit, figure.end))
        if start > clause.start and (space := text.find(" ", start - 1, figure.start)) >= 0:
            start = space
        if end < clause.end and (space := text.rfind(" ", figure.end, end)) >= 0:
            end = space
    before = ("… " if start > clause.start else "") + " ".join(text[start : figure.start].split())
    joint = " " if before and not before.endswith(" ") and text[figure.start - 1].isspace() else ""
    after = " ".join(f"{text[figure.start : end]}.".split())[:-1]
    return f"{before}{joint}{after.rstrip()}{' …' if end < clause.end else ''}", len(before) + len(joint)


def _ordered(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Return the rows by contingency and kind, and of one kind first what holds in general.

    That is what is told clearly and often, for no special case, in operative provisions, by the act that says most of the
    contingency: on the laws of three countries that people judged, the figure told most was right more often than the one
    told most clearly.
    """
    by_act: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        by_act[row.contingency, row.file] += row.confidence
    most: dict[str, float] = defaultdict(float)
    for (contingency, _), clear in by_act.items():
        most[contingency] = max(most[contingency], clear)
    support: dict[tuple[object, ...], float] = defaultdict(float)
    for row in rows:
        main = by_act[row.contingency, row.file] / most[row.contingency] if most[row.contingency] else 1.0
        operative = 1.0 if row.provision_kind in (ProvisionKind.OPERATIVE, ProvisionKind.QUOTED) else ASIDE
        special = PLUS not in row.qualifier and frozenset(filter(None, row.qualifier.split(", "))) - NEUTRAL
        support[_said(row)] += row.confidence * (SPECIAL if special else 1.0) * operative * (1 + main) / 2
    return sorted((replace(row, weight=round(support[_said(row)], 4)) for row in rows), key=_place)


def _said(row: FigureRow) -> tuple[object, ...]:
    """Return what makes two figures equal, wherever they stand."""
    return row.contingency, row.kind, row.value, row.high, row.unit, row.comparator, row.qualifier, row.base


def _place(row: FigureRow) -> tuple[int, int, str, float, float, str, int]:
    return (
        _BRANCH_ORDER.get(row.contingency or "none", len(_BRANCH_ORDER)),
        _KIND_ORDER.get(row.kind, len(_KIND_ORDER)),
        row.kind,
        -row.weight,
        -row.confidence,
        row.file,
        row.start,
    )
