"""``lexfloor train classifier``: the fitted models, made anew from judgements into a folder of weights.

What is fitted rests on what was fitted before: kinds of figures, then the ranking of sections, then verdicts.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lexfloor.configs.run import RunConfig, load_config
from lexfloor.configs.training import ClassifierTraining
from lexfloor.eval import fit as verdicts
from lexfloor.eval import fit_kinds, fit_ranking
from lexfloor.eval.held_out import EXAMPLES, stored_examples
from lexfloor.eval.suite import revision_of
from lexfloor.eval.training.cards import CARD, stamps, write_cards
from lexfloor.eval.training.judged import JudgedFile, judged_files
from lexfloor.eval.training.scores import Scores
from lexfloor.models import counterparts, kinds, ranking, verdict
from lexfloor.models.weight_files import shipped_weights
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.revision import code_revision
from lexfloor.pipeline.runner import Report, Runner
from lexfloor.pipeline.store import filled_whole, write_json

WEIGHTS = (kinds.SHIPPED, kinds.HELD_OUT, ranking.SHIPPED, ranking.HELD_OUT, counterparts.SHIPPED, verdict.SHIPPED, EXAMPLES)
"""The files of a folder of weights."""
STEPS = ("kinds", "ranking", "verdict")
UNFINISHED, DONE = "unfinished", "done.json"
ABOUT = (
    "Small regressions: what a figure of law measures (kinds), which sections are evidence (ranking), what the evidence amounts to (verdict). "
    "Nothing is scored by a model that has seen its country."
)
FEW = "Fewer than two countries were judged on all of their laws: none could be held out, so that nothing is known of how this does on another."


def train_classifier(config: ClassifierTraining, out: Path, *, device: str = "auto", report: Report) -> dict[str, Scores]:
    """Fit models and leave a whole folder of weights with its card in ``out``; return the scores of countries held out.

    Where ``out`` holds what this very training comes to, nothing is done, and no scores are returned.

    Raises:
        DataFileError: judgements are faulty, or a law is another than the one judged.
        InputError: judgements or laws are not there, they are too few, or ``out`` cannot be written to.
        ModelError: a model is missing, or the device asked for is not there.
    """
    shipped = load_config()
    settings = shipped.model_copy(update={"embed": shipped.embed.model_copy(update={"device": device})})
    runner = Runner.of(settings, report)
    with TemporaryDirectory(prefix="lexfloor-") as unpacked:
        files = judged_files(config.judged, runner.standard, Path(unpacked))
        if sum(not file.incomplete for file in files) < 2 and set(config.fit) - {"verdict"}:
            raise InputError("kinds and ranking are fitted on two judged countries or more, so that each can be held out; name more judgements, or fit verdict alone")
        sources = [file.stamp() | {"laws": revision_of(file.laws / file.country)} for file in files]
        stamp = sha256(json.dumps([config.model_dump(mode="json"), sources, runner.encoder.fingerprint, code_revision("lexfloor.eval")], sort_keys=True).encode()).hexdigest()
        if _stamp_of(out / CARD) == stamp:
            return {}
        work = _begun(out, stamp)
        scores = _fitted(config, files, settings, work, report)
    data = {"sha256": sha256(json.dumps(sources, sort_keys=True).encode()).hexdigest(), "sources": sources}
    base = {"encoder": runner.encoder.name, "space": runner.encoder.space}
    content = stamps(config, base, data) | {"task": "classifier", "stamp": stamp, "licence": config.licence}
    with filled_whole(out) as building:
        for name in WEIGHTS:
            shutil.copyfile(work / name, building / name)
        learned = " and the countries lexfloor was fitted on" if config.shipped_examples else ""
        lead = (
            ABOUT,
            f"Fitted were {', '.join(step for step in STEPS if step in config.fit)}, on {', '.join(map(_told, files))}{learned}; the others are as shipped.",
        )
        warnings = () if sum(not file.incomplete for file in files) > 1 or config.shipped_examples else (FEW,)
        write_cards(building, "Weights fitted with lexfloor", lead, warnings, scores, content, f"lexfloor screen LAWS --out OUT --weights {out}")
    shutil.rmtree(work)
    return scores


def _told(file: JudgedFile) -> str:
    return f"{file.country} (some of its laws)" if file.incomplete else file.country


def _fitted(config: ClassifierTraining, files: Sequence[JudgedFile], settings: RunConfig, work: Path, report: Report) -> dict[str, Scores]:
    """Fit what is not done yet into the working folder and return all scores."""
    own = Runner.of(settings.model_copy(update={"weights": str(work)}), report)
    whole = [file for file in files if not file.incomplete]
    fits = {
        "kinds": partial(fit_kinds.fit, whole, own.standard, work),
        "ranking": partial(fit_ranking.fit, own, whole, work),
        "verdict": partial(verdicts.fit, own, files, work, stored_examples() if config.shipped_examples else ()),
    }
    state: dict[str, Any] = json.loads((work / DONE).read_text(encoding="utf-8"))
    for number, step in enumerate(STEPS):
        if step in config.fit and step not in state["scores"]:
            report(f"fitting {step}", number, len(STEPS))
            state["scores"][step] = fits[step]()
            _write_whole(work / DONE, state)
    return {name: rows for step in STEPS for name, rows in state["scores"].get(step, {}).items()}


def _begun(out: Path, stamp: str) -> Path:
    """Return the working folder: that of the same training where it was ended, else a new one with the shipped weights.

    Raises:
        InputError: the folder cannot be written.
    """
    work = out / UNFINISHED
    if _stamp_of(work / DONE) == stamp:
        return work
    try:
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir(parents=True)
        with as_file(shipped_weights()) as shipped:
            for name in WEIGHTS:
                shutil.copyfile(shipped / name, work / name)
        _write_whole(work / DONE, {"stamp": stamp, "scores": {}})
    except OSError as error:
        raise InputError(f"{work}: cannot be written ({error.strerror}); choose another folder with --out") from error
    return work


def _stamp_of(path: Path) -> str:
    """Return the stamp that a JSON file carries, empty where there is none."""
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["stamp"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _write_whole(path: Path, content: dict[str, Any]) -> None:
    """Write a JSON file that is the old one or the new one, never half of it."""
    beside = path.with_suffix(".part")
    write_json(beside, content)
    beside.replace(path)
