"""The suite ``c102``: verdicts, evidence, figures and confidence against the judgements of people, each country held out.

Tables: ``findings``, a row for each country and requirement; ``figures``, a row for each figure that people noted (side
"gold") and each that a finding cites (side "said").
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lexfloor.corpora.judgements import JudgedEvidence, JudgedFinding, Judgements, read_judgements
from lexfloor.eval.held_out import Example, fitted, held_out_answers, risked, seen_in, stored_examples, together, usual_shares, without
from lexfloor.eval.kind_examples import SAME, close, plain_unit
from lexfloor.eval.labelled.checked import judged_folder
from lexfloor.eval.labelled.own import unpacked_judgements
from lexfloor.eval.labelled.quotes import placed
from lexfloor.eval.metrics import calibration, labels, ranking
from lexfloor.eval.metrics.spans import micro_precision
from lexfloor.eval.promise_measures import PROMISE_MEASURES, answered_at_rates
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.models.kinds import held_out_kind_model
from lexfloor.models.ranking import held_out_ranking
from lexfloor.models.verdict import VERDICTS, VerdictModel
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.records import Finding, Verdict
from lexfloor.pipeline.runner import Found, Runner
from lexfloor.pipeline.stages.classify import Judge
from lexfloor.pipeline.stages.classify.promise import held_to
from lexfloor.pipeline.stages.segment.labels import number_of

DEPTHS = (1, 3, 5, 10)
Place = tuple[str, str]
"""A section: file and number."""


@dataclass(frozen=True)
class Looked:
    """A judged country with everything that the pipeline found before the judge, and the examples it gives.

    ``runner`` is the pipeline with models that have not seen the country.
    """

    judgements: Judgements
    found: Found
    examples: list[Example]
    runner: Runner


def predictions(asked: Asked) -> Tables:
    """Return the rows of findings and figures of all judged countries, each judged by a model fitted on the others."""
    runner = asked.runner()
    looked = list(looks(asked, runner))
    known = known_examples(looked, asked.config.weights_folder)
    findings: list[Row] = []
    figures: list[Row] = []
    for item in looked:
        others = without(known, item.judgements.country)
        risks = risked(held_out_answers(others))
        proposed = judge_of(runner, item.found, fitted(others)).proposed()
        said, _ = held_to(proposed, risks, runner.config.classify.promised_error)
        shares, overall = usual_shares([example for example in others if not example.incomplete])
        for row, answered in zip(finding_rows(item, said), answered_at_rates(proposed, risks), strict=True):
            findings.append(row | answered | {"usual": str(VERDICTS[int(np.argmax(shares.get(row["requirement"], overall)))])})
        figures += figure_rows(item, said)
    return {"findings": findings, "figures": figures}


def judge_of(runner: Runner, found: Found, model: VerdictModel) -> Judge:
    """Return the pipeline's judge of one country, with a verdict model of the suite's choice."""
    return Judge(runner.standard, model, runner.config.classify, found.indexed())


INCOMPLETE = "incomplete"
SOURCES = (("gold", "laws"), ("sample_gold", "sample_laws"), (INCOMPLETE, "laws"))
"""Names under which a card may give judgements, and the laws they are about."""


def looks(asked: Asked, runner: Runner) -> Iterator[Looked]:
    """Yield the judged countries, looked at by the pipeline.

    Data of the card: gold files, or the judgements of lexfloor on some of a country's laws (``incomplete``). Options: ``countries``
    restricts the suite to some; ``folders`` names the folder of a country's laws where it is not its code; ``renamed`` maps beginnings
    of the judgements' file names to those in that folder.
    """
    options = asked.card.options
    folders: Mapping[str, str] = options.get("folders", {})
    chosen = options.get("countries") or folders
    judged: list[tuple[Path, Path, bool]] = []
    for name, laws_name in SOURCES:
        if name in asked.data:
            gold, laws = asked.data[name], asked.data[laws_name]
            paths = [gold] if gold.is_file() else [path for path in sorted(gold.glob("*.json")) if not chosen or path.stem in chosen]
            judged += [(path, laws / folders.get(path.stem, path.stem), name == INCOMPLETE) for path in paths if asked.wanted(path.stem)]
    with TemporaryDirectory(prefix="lexfloor-") as work:
        for number, (path, laws, incomplete) in enumerate(judged):
            asked.report(path.stem, number, len(judged))
            gold = unpacked_judgements(path, laws.parent, Path(work)) if incomplete else path
            yield look(runner, gold, laws, options.get("renamed", {}), incomplete=incomplete)


def look(runner: Runner, gold: Path, laws: Path, renamed: Mapping[str, str], *, incomplete: bool = False) -> Looked:
    """Return one judged country, looked at by the pipeline: the files that were judged, and no others.

    Raises:
        DataFileError: the judgements are faulty, or a quote is not in the law; tells the line. Of laws in another language than
            the one that was judged (``renamed``) quotes are not looked for.
    """
    judgements = read_judgements(gold, runner.standard)
    folder = judged_folder(judgements, laws) if not renamed else country_folders([laws], judgements.country)[0][0]
    weights = runner.config.weights_folder
    runner = replace(runner, kinds=held_out_kind_model(judgements.country, weights), ranking=held_out_ranking(judgements.country, weights))
    found = runner.look(folder)
    if renamed:
        judgements = _in_other_files(judgements, renamed)
    else:
        placed(judgements, {law.file: law for law in found.laws.laws}, gold)
    verdicts = {finding.requirement: finding.verdict for finding in judgements.findings}
    return Looked(judgements, found, seen_in(runner, found, verdicts, incomplete=incomplete), runner)


def _in_other_files(judgements: Judgements, renamed: Mapping[str, str]) -> Judgements:
    """Return the judgements with their evidence in the files of another language version, found by section."""

    def moved(item: JudgedEvidence) -> JudgedEvidence:
        begin = next((begin for begin in renamed if item.file.startswith(begin)), "")
        return item.model_copy(update={"file": renamed.get(begin, "") + item.file.removeprefix(begin)})

    findings = tuple(finding.model_copy(update={"evidence": tuple(moved(item) for item in finding.evidence)}) for finding in judgements.findings)
    return judgements.model_copy(update={"findings": findings})


def known_examples(looked: Sequence[Looked], weights: Path | None = None) -> list[Example]:
    """Return the examples of the countries looked at, and of all others those stored in a folder of weights (None: the shipped one)."""
    return together([example for item in looked for example in item.examples], stored_examples(weights))


def finding_rows(looked: Looked, said: Sequence[Finding]) -> Iterator[Row]:
    """Yield a row for every requirement: what people say, what the pipeline says, and where the evidence came."""
    judged = {finding.requirement: finding for finding in looked.judgements.findings}
    matches = looked.found.indexed().matches
    for finding in said:
        truth = judged[finding.requirement]
        wanted = gold_places(truth)
        found = list(dict.fromkeys((match.file, number_of(match.section)) for match in matches.get(finding.requirement, ())))
        cited = list(dict.fromkeys((item.file, number_of(item.section)) for item in finding.evidence))
        rank = (ranking.first_hit(found, wanted) or 0) if wanted else -1
        yield {
            "item": f"{finding.country} {finding.requirement}",
            "cluster": finding.country,
            "country": finding.country,
            "language": looked.judgements.language,
            "requirement": str(finding.requirement),
            "part": finding.part,
            "dimension": str(finding.dimension),
            "contingency": str(finding.contingency),
            "certainty": truth.certainty,
            "gold": str(truth.verdict),
            "said": str(finding.verdict),
            "right": truth.verdict is finding.verdict,
            "confidence": finding.confidence,
            "review": finding.review,
            "decided_by": finding.decided_by,
            "rank": rank,
            "wanted": len(wanted),
            "cited": len(cited),
            "cited_right": len(set(cited) & wanted),
            "sections": json.dumps(found[: max(DEPTHS)], ensure_ascii=False),
            "gold_sections": json.dumps(sorted(wanted), ensure_ascii=False),
        }


def gold_places(truth: JudgedFinding) -> frozenset[Place]:
    """Return the sections that people cite for a finding; none where nothing deals with the matter."""
    if truth.verdict is Verdict.NOT_ADDRESSED:
        return frozenset()
    return frozenset((item.file, number_of(item.section)) for item in truth.evidence if not item.near_miss)


def figure_rows(looked: Looked, said: Sequence[Finding]) -> Iterator[Row]:
    """Yield a row for every figure that people noted, and for every figure that a finding cites."""
    by_section: dict[Place, list[_Told]] = {}
    for parameter in looked.found.parameters:
        told = _Told(_kind(parameter.kind), parameter.value, parameter.unit)
        by_section.setdefault((parameter.file, number_of(parameter.section)), []).append(told)
    judged = {finding.requirement: finding for finding in looked.judgements.findings}
    country, language = looked.judgements.country, looked.judgements.language
    for finding in said:
        truth = judged[finding.requirement]
        shared = {"cluster": country, "country": country, "language": language, "requirement": str(finding.requirement), "dimension": str(finding.dimension)}
        noted = [_Told(_kind(figure.parameter), figure.value, plain_unit(figure.unit)) for figure in truth.parameters]
        cited = [_Told(_kind(figure.parameter), figure.value, figure.unit) for figure in finding.parameters]
        for number, (figure, wanted) in enumerate(zip(truth.parameters, noted, strict=True)):
            evidence = truth.evidence[figure.quote]
            there = by_section.get((evidence.file, number_of(evidence.section)), [])
            yield shared | {
                "item": f"{country} {finding.requirement} noted {number}",
                "side": "gold",
                "kind": figure.parameter,
                "value": figure.value,
                "unit": figure.unit,
                "value_read": any(told.measures_as(wanted) for told in there),
                "read": any(told.is_(wanted) for told in there),
                "cited": any(told.is_(wanted) for told in cited),
            }
        for number, (own, told) in enumerate(zip(finding.parameters, cited, strict=True)):
            yield shared | {
                "item": f"{country} {finding.requirement} cited {number}",
                "side": "said",
                "kind": own.parameter,
                "value": own.value,
                "unit": own.unit,
                "right": any(told.is_(wanted) for wanted in noted),
            }


class _Told(NamedTuple):
    """A figure as the pipeline would put it: years of contribution are years."""

    kind: str
    value: float
    unit: str

    def measures_as(self, other: _Told) -> bool:
        """Whether value and unit are the same."""
        return self.unit == other.unit and close(self.value, other.value)

    def is_(self, other: _Told) -> bool:
        """Whether kind, value and unit are the same."""
        return self.kind == other.kind and self.measures_as(other)


def _kind(kind: str) -> str:
    return SAME.get(kind, kind)


def _ranked(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["rank"] >= 0)


def _claimed(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray((rows["said"] != Verdict.NOT_ADDRESSED) & (rows["wanted"] > 0))


def _hit(depth: int, rows: Columns) -> float:
    return float(np.mean((rows["rank"] > 0) & (rows["rank"] <= depth)))


def _reciprocal_rank(rows: Columns) -> float:
    return float(np.mean(np.where(rows["rank"] > 0, 1 / np.maximum(rows["rank"], 1), 0.0)))


def _section_precision(rows: Columns) -> float:
    return micro_precision(rows["cited_right"], rows["cited"])


def _agreement(answer: str, rows: Columns) -> float:
    return labels.agreement(rows["gold"], rows[answer])


def _kappa(answer: str, rows: Columns) -> float:
    return labels.kappa(rows["gold"], rows[answer])


def _macro_f1(answer: str, rows: Columns) -> float:
    return labels.macro_f1(rows["gold"], rows[answer])


def _calibration_error(rows: Columns) -> float:
    return calibration.calibration_error(rows["confidence"], rows["right"])


def _brier(rows: Columns) -> float:
    return calibration.brier(rows["confidence"], rows["right"])


def _auroc_of_error(rows: Columns) -> float:
    return calibration.auroc(rows["confidence"], rows["right"])


def _area_under_risk(rows: Columns) -> float:
    return calibration.area_under_risk_coverage(rows["confidence"], rows["right"])


def _coverage(risk: float, rows: Columns) -> float:
    return calibration.coverage_at_risk(rows["confidence"], rows["right"], risk)


def _side(side: str, rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["side"] == side)


def _share(column: str, rows: Columns) -> float:
    return float(np.mean(rows[column].astype(float))) if rows[column].size else np.nan


VERDICT_MEASURES = (
    Measure("verdict/kappa", "findings", partial(_kappa, "said")),
    Measure("verdict/agreement", "findings", partial(_agreement, "said")),
    Measure("verdict/macro_f1", "findings", partial(_macro_f1, "said")),
    Measure("verdict/kappa of the usual verdict", "findings", partial(_kappa, "usual"), None),
    Measure("verdict/agreement of the usual verdict", "findings", partial(_agreement, "usual"), None),
)
EVIDENCE_MEASURES = (
    *(Measure(f"evidence/hit@{depth}", "findings", partial(_hit, depth), on=_ranked) for depth in DEPTHS),
    Measure("evidence/mrr", "findings", _reciprocal_rank, on=_ranked),
    Measure("evidence/section precision", "findings", _section_precision, on=_claimed),
)
CONFIDENCE_MEASURES = (
    Measure("confidence/calibration error", "findings", _calibration_error, "lower"),
    Measure("confidence/brier", "findings", _brier, "lower"),
    Measure("confidence/auroc of error", "findings", _auroc_of_error),
    Measure("confidence/area under risk-coverage", "findings", _area_under_risk, "lower"),
    Measure("abstention/coverage at 5% error", "findings", partial(_coverage, 0.05)),
    Measure("abstention/coverage at 10% error", "findings", partial(_coverage, 0.10)),
    Measure("abstention/for review", "findings", partial(_share, "review"), None),
)
FIGURE_MEASURES = (
    Measure("figures/recall, kind, value and unit", "figures", partial(_share, "read"), on=partial(_side, "gold")),
    Measure("figures/recall, value and unit", "figures", partial(_share, "value_read"), on=partial(_side, "gold")),
    Measure("figures/recall, cited by the finding", "figures", partial(_share, "cited"), on=partial(_side, "gold")),
    Measure("figures/precision of cited figures", "figures", partial(_share, "right"), on=partial(_side, "said")),
)
MEASURES = (*VERDICT_MEASURES, *EVIDENCE_MEASURES, *CONFIDENCE_MEASURES, *PROMISE_MEASURES, *FIGURE_MEASURES)
