"""The suite ``contract_nli``: the judge of laws, retargeted at contracts by data alone.

A contract is read as a country's law, its annotated spans as sections, the seventeen hypotheses as the requirements of a
standard. Retrieval, signals and findings are those of the pipeline; what belongs to a standard is learned anew: what its
evidence reads like, by requirement and verdict, and the verdict model, five times, each time on four fifths of the contracts,
to judge the fifth. The card has all spans ranked for every hypothesis; spans of white space alone are never found.

Table: ``hypotheses``, a row for each contract and hypothesis. Its clusters are contracts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.adapters.questions import LANGUAGE, progress_of, section_of, standard_of, worded
from lexfloor.eval.held_out import Example, fitted, usual_shares
from lexfloor.eval.labelled.readers.contract_nli import Choice, Contract, read_contract_nli
from lexfloor.eval.metrics import calibration, labels
from lexfloor.eval.metrics.codes import listed
from lexfloor.eval.metrics.ranking import average_precision_at, first_hit, hit_at, mean_of_known
from lexfloor.eval.precedents import JudgedDocument, Learned
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.models.verdict import VERDICTS, VerdictModel, verdict_model
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Finding, Law, Verdict
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.classify import Country, Judge, country
from lexfloor.pipeline.stages.embed import embed, pieces
from lexfloor.pipeline.stages.rank.precedents import Likeness, apart
from lexfloor.pipeline.stages.retrieve import Scores, Searched, matches, score, searched

NAME, TITLE = "NDA", "ContractNLI hypotheses"
FOLDS = 5
DEPTHS = (1, 5)
MEANT: dict[Choice, Verdict] = {"Entailment": Verdict.COMPLIANT, "Contradiction": Verdict.NON_COMPLIANT, "NotMentioned": Verdict.NOT_ADDRESSED}
"""The verdict that each label of the benchmark amounts to; the two others, on half measures and on data, have no label."""
LABELS = {verdict: choice for choice, verdict in MEANT.items()}


@dataclass(frozen=True)
class Seen:
    """A contract with what the pipeline sees in it that rests on no other, and what people said of it."""

    contract: Contract
    judged: JudgedDocument
    scores: Scores
    examples: list[Example]


def predictions(asked: Asked) -> Tables:
    """Return a row for each contract and hypothesis. Contracts not asked for are looked at too: the model is fitted on them.

    Raises:
        DataFileError: the benchmark's file is broken, or too few contracts are left to fit a model on.
    """
    path = asked.data["contracts"]
    benchmark = read_contract_nli(path)
    if not any(asked.wanted(contract.id) for contract in benchmark.contracts):
        return {"hypotheses": []}
    runner = asked.runner()
    runner.standard = standard_of(NAME, TITLE, [worded(item.text, (item.title,)) for item in benchmark.hypotheses], asked.config.standard)
    seen = list(looks(runner, benchmark.contracts))
    fold_of = folds([contract.id for contract in benchmark.contracts])
    rows: list[Row] = []
    for fold in range(FOLDS):
        wanted = [item for item in seen if fold_of[item.contract.id] == fold and asked.wanted(item.contract.id)]
        if wanted:
            others = [item for item in seen if fold_of[item.contract.id] != fold]
            rows += judged(runner, wanted, others, path)
    return {"hypotheses": rows}


def looks(runner: Runner, contracts: Sequence[Contract]) -> Iterator[Seen]:
    """Yield what the pipeline finds in each contract: spans ranked for each hypothesis, and the signals.

    The contracts are embedded together: each by itself has too few spans to fill a batch.
    """
    prepared = [_searched(runner, contract) for contract in contracts]
    every = [piece for found in prepared for piece in found.pieces]
    vectors = embed(every, runner.encoder, progress=progress_of(runner, "embedding contracts", len(every)))
    ends = np.cumsum([len(found.pieces) for found in prepared])
    for contract, found, end in zip(contracts, prepared, ends, strict=True):
        yield _look(runner, contract, found, vectors[end - len(found.pieces) : end])


def _searched(runner: Runner, contract: Contract) -> Searched:
    sections = [
        section_of(str(place), text, span.start, country=contract.id, file=contract.file, label=f"span {place}")
        for place, span in enumerate(contract.spans)
        if (text := contract.text[span.start : span.end]).strip()
    ]
    made = pieces(sections, {}, runner.config.embed)
    if not made:
        raise DataFileError(contract.file, f"contract {contract.id}", "no span of it has words; leave it out")
    return searched(runner.standard, sections, made, runner.config.retrieve)


def _look(runner: Runner, contract: Contract, found: Searched, vectors: NDArray[np.float32]) -> Seen:
    scores = score(runner.standard, found, vectors, runner.encoder, runner.config.retrieve)
    judge = Judge(runner.standard, verdict_model(), runner.config.classify, _country(runner, contract, found, scores))  # its model has no part in the signals
    said = tuple(MEANT[annotation.choice] for annotation in contract.annotations)
    examples = [Example(contract.id, sight.requirement.id, values, verdict) for (sight, values), verdict in zip(judge.seen_signals(), said, strict=True)]
    spans = [int(found.sections[piece.section].id) for piece in found.pieces]
    cited = np.array([[span in annotation.spans for annotation in contract.annotations] for span in spans], bool)
    return Seen(contract, JudgedDocument(contract.id, found, apart(found, vectors), cited, said), scores, examples)


def _country(runner: Runner, contract: Contract, found: Searched, scores: Scores, like: Likeness | None = None) -> Country:
    """Return a contract as the judge reads a country: by scores alone, or by how like its spans are to the evidence of others."""
    law = Law(contract.id, contract.file, contract.file, LANGUAGE, contract.text, "text", _hash(contract.text), "utf-8 (decoded)")
    ranked = list(matches(runner.standard, found, scores, runner.config.retrieve, like.relevance(scores) if like else None))
    return country(contract.id, [law], found.sections, ranked, (), precedents=like.signals() if like else None)


def folds(names: Sequence[str]) -> dict[str, int]:
    """Return the fold of each contract: even in number, and in an order that has to do with nothing but the contracts' ids."""
    shuffled = sorted(names, key=_hash)
    return {name: place % FOLDS for place, name in enumerate(shuffled)}


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def judged(runner: Runner, wanted: Sequence[Seen], others: Sequence[Seen], path: Path) -> Iterator[Row]:
    """Yield the rows of some contracts, judged by what is learned of others.

    Raises:
        DataFileError: the others do not show all three labels.
    """
    known = [example for item in others for example in item.examples]
    if missing := sorted(LABELS[verdict] for verdict in set(LABELS) - {example.verdict for example in known}):
        raise DataFileError(str(path), "", f"without the contracts to be judged, none is left that shows {' or '.join(missing)}; more contracts are needed")
    ids = [requirement.id for requirement in runner.standard.requirements]
    learned = Learned([item.judged for item in others], ids)
    model, (shares, overall) = fitted(learned.examples(known), lean=0.0), usual_shares(known)
    usual: dict[str, Choice] = {requirement: LABELS[VERDICTS[_greatest(shares.get(requirement, overall))]] for requirement in ids}
    for item in wanted:
        like = Likeness.of(item.judged.found, item.judged.set_apart, learned.precedents)
        seen = _country(runner, item.contract, item.judged.found, item.scores, like)
        yield from contract_rows(runner, item.contract, seen, model, usual)


def _greatest(shares: Sequence[float]) -> int:
    return max(range(len(shares)), key=shares.__getitem__)


def contract_rows(runner: Runner, contract: Contract, seen: Country, model: VerdictModel, usual: Mapping[str, Choice]) -> Iterator[Row]:
    """Yield the rows of one contract: label given and said, and where the spans came that show it."""
    findings = Judge(runner.standard, model, runner.config.classify, seen).findings()
    for finding, truth in zip(findings, contract.annotations, strict=True):
        said = LABELS[finding.verdict]
        yield {
            "item": f"{contract.id} {truth.hypothesis}",
            "cluster": contract.id,
            "hypothesis": truth.hypothesis,
            "document_type": contract.kind,
            "gold": truth.choice,
            "said": said,
            "right": truth.choice == said,
            "usual": usual[finding.requirement],
            "confidence": finding.confidence,
            **_evidence(finding, contract, seen, frozenset(truth.spans)),
        }


def _evidence(finding: Finding, contract: Contract, seen: Country, relevant: frozenset[int]) -> Row:
    """Return the average precision of the ranked spans and the rank of the first that shows the label, None where none does."""
    ranked = [int(match.provision) for match in seen.matches.get(finding.requirement, ())]
    return {
        "spans": len(contract.spans),
        "relevant": len(relevant),
        "average_precision": average_precision_at(len(ranked), ranked, relevant) if relevant else None,
        "rank": first_hit(ranked, relevant),
        **{f"hit@{depth}": hit_at(depth, ranked, relevant) if relevant else None for depth in DEPTHS},
    }


def _accuracy(answer: str, rows: Columns) -> float:
    return labels.agreement(rows["gold"], rows[answer])


def _commonest(rows: Columns) -> float:
    gold = listed(rows["gold"])
    return max(Counter(gold).values()) / len(gold) if gold else float("nan")


def _f1(label: Choice, rows: Columns) -> float:
    return labels.f1_of(rows["gold"], rows["said"], label)


def _macro_f1(answer: str, rows: Columns) -> float:
    return labels.macro_f1(rows["gold"], rows[answer])


def _kappa(rows: Columns) -> float:
    return labels.kappa(rows["gold"], rows["said"])


def _mean(column: str, rows: Columns) -> float:
    return mean_of_known(rows[column])


def _calibration_error(rows: Columns) -> float:
    return calibration.calibration_error(rows["confidence"], rows["right"])


MEASURES = (
    Measure("label/macro_f1", "hypotheses", partial(_macro_f1, "said")),
    Measure("label/accuracy", "hypotheses", partial(_accuracy, "said")),
    Measure("label/kappa", "hypotheses", _kappa),
    *(Measure(f"label/f1 of {choice}", "hypotheses", partial(_f1, choice)) for choice in MEANT),
    Measure("label/macro_f1 of the hypothesis' usual label", "hypotheses", partial(_macro_f1, "usual"), None),
    Measure("label/accuracy of the hypothesis' usual label", "hypotheses", partial(_accuracy, "usual"), None),
    Measure("label/accuracy of the commonest label", "hypotheses", _commonest, None),
    Measure("evidence/map", "hypotheses", partial(_mean, "average_precision")),
    *(Measure(f"evidence/hit@{depth}", "hypotheses", partial(_mean, f"hit@{depth}")) for depth in DEPTHS),
    Measure("confidence/calibration error", "hypotheses", _calibration_error, "lower"),
)
