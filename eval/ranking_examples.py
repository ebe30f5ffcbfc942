"""Judged countries as the ranking is fitted on and scored by: what is seen of every section, and which of them people cite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lexfloor.corpora.judgements import read_judgements
from lexfloor.eval.adapters.c102 import Place, gold_places
from lexfloor.eval.labelled.checked import judged_folder
from lexfloor.eval.labelled.quotes import PlacedQuote, placed
from lexfloor.models.counterparts import Counterparts
from lexfloor.models.kinds import held_out_kind_model
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Law, Span, Verdict
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.locate import located
from lexfloor.pipeline.stages.rank import beside, by_nearness, by_words
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.segment.labels import number_of

Matrix = NDArray[np.float32]
FITTED_ON = 60
"""The model is fitted on this many of the best sections of each requirement: the others are told from evidence by everything."""


@dataclass(frozen=True)
class JudgedCountry:
    """One country with the sections that people cite.

    Attributes:
        view: what is seen of its sections, without the evidence of other countries.
        words: the features that rest on the texts alone.
        wanted: for each requirement the sections cited, none where the law is silent; None where people did not judge.
        cited: by row of a requirement the pieces that hold a quote cited for it; none for the others.
        evidence: mean vectors of the pieces cited, less the mean of all, a row a requirement; zeros where nothing is cited.
    """

    country: str
    view: View
    words: dict[str, Matrix]
    wanted: tuple[frozenset[Place] | None, ...]
    cited: Mapping[int, Sequence[int]]
    evidence: Matrix

    def is_wanted(self) -> NDArray[np.bool_]:
        """Return (requirements, sections): whether people cite the section."""
        own = [(section.file, number_of(section.section)) for section in self.view.sections]
        return np.array([[place in (wanted or ()) for place in own] for wanted in self.wanted], bool)

    def features(self, evidence: Matrix | None) -> dict[str, Matrix]:
        """Return all features, by the evidence of some countries or without any."""
        return by_nearness(self.view if evidence is None else beside(self.view, evidence)) | self.words

    def rows(self, evidence: Matrix | None) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.bool_]]:
        """Return the names of the features, and for the best sections of every requirement judged the features and whether it is cited."""
        view = self.view if evidence is None else beside(self.view, evidence)
        features, cited = self.features(evidence), self.is_wanted()
        best = np.argsort(-view.together, axis=1, kind="stable")[:, :FITTED_ON]
        judged = np.array([row for row, wanted in enumerate(self.wanted) if wanted is not None])
        places = judged[:, None], best[judged]
        values = np.stack([matrix[places].ravel() for matrix in features.values()], axis=1)
        return tuple(features), values.astype(np.float64), cited[places].ravel()


def judged_country(runner: Runner, path: Path, laws: Path) -> JudgedCountry:
    """Return one judged country as the pipeline sees it, its figures read by a model that has not seen it.

    Raises:
        DataFileError: the judgements are faulty, or a quote is not in the law.
        InputError: the laws hold no provision in force.
    """
    judgements = read_judgements(path, runner.standard)
    folder = judged_folder(judgements, laws / judgements.country)
    found = replace(runner, kinds=held_out_kind_model(judgements.country, runner.config.weights_folder)).look(folder)
    if found.view is None:
        raise InputError(f"{judgements.country}: its laws hold no provision in force; nothing can be fitted on it")
    judged = {finding.requirement: finding for finding in judgements.findings}
    wanted = tuple(gold_places(judged[requirement.id]) if requirement.id in judged else None for requirement in runner.standard.requirements)
    texts = {law.file: law for law in found.laws.laws}
    rows = {requirement.id: row for row, requirement in enumerate(runner.standard.requirements)}
    cited: dict[int, list[PlacedQuote]] = {}
    for quote in placed(judgements, texts, path):
        finding = judgements.findings[quote.finding]
        if finding.verdict is not Verdict.NOT_ADDRESSED and not finding.evidence[quote.evidence].near_miss:
            cited.setdefault(rows[finding.requirement], []).append(quote)
    holding = _holding(found.view, texts, cited)
    return JudgedCountry(judgements.country, found.view, by_words(found.view), wanted, holding, _evidence(found.view, holding))


def _holding(view: View, laws: dict[str, Law], cited: dict[int, list[PlacedQuote]]) -> dict[int, list[int]]:
    """Return the pieces that hold a quote, by row of the requirement."""
    spans = []
    for piece in view.found.pieces:
        section = view.sections[piece.section]
        spans.append((section.file, located(laws[section.file].text, section, Span(piece.start, piece.end))))
    holding = {}
    for row, quotes in cited.items():
        held = [number for number, (file, span) in enumerate(spans) if any(quote.file == file and span.start < quote.end and quote.start < span.end for quote in quotes)]
        if held:
            holding[row] = held
    return holding


def _evidence(view: View, holding: Mapping[int, Sequence[int]]) -> Matrix:
    """Return the mean vector of the pieces that hold a quote, for each requirement."""
    evidence = np.zeros((view.shape[0], view.vectors.shape[1]), np.float32)
    mean = view.vectors.mean(axis=0)
    for row, held in holding.items():
        evidence[row] = view.vectors[list(held)].mean(axis=0) - mean
    return evidence


def counterparts(countries: Sequence[JudgedCountry], space: str) -> Counterparts:
    """Return the evidence of some countries, in the half precision that it is kept in."""
    requirements = tuple(str(requirement.id) for requirement in countries[0].view.standard.requirements)
    return Counterparts(space, requirements, {item.country: item.evidence.astype(np.float16).astype(np.float32) for item in countries})
