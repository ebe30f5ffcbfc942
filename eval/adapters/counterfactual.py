"""The suite ``counterfactual``: laws with one change whose effect on a verdict is known; does the verdict follow, and only then?

Table ``edits``: a row an edit, judged before and after by the same model, which was not fitted on the country.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.adapters.c102 import judge_of, known_examples, looks
from lexfloor.eval.counterfactual.applying import applied
from lexfloor.eval.counterfactual.stored import load_edits
from lexfloor.eval.held_out import fitted, without
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables

FIGURES = ("figure_digits", "figure_words")


def predictions(asked: Asked) -> Tables:
    """Return a row for every stored edit of the judged countries."""
    runner = asked.runner()
    rows: list[Row] = []
    for item in looks(asked, runner):
        country = item.judgements.country
        model = fitted(without(known_examples([item]), country))
        before = {finding.requirement: finding for finding in judge_of(runner, item.found, model).findings()}
        edits = [edit for edit in load_edits() if edit.country == country]
        for number, edit in enumerate(edits):
            asked.report(f"{country}: edits", number, len(edits))
            changed = [applied(law, edit) for law in item.found.laws.laws if law.file in edit.files]
            found = runner.look_again(item.found, changed)
            after = next(finding for finding in judge_of(runner, found, model).findings() if finding.requirement == edit.requirement)
            first = before[edit.requirement]
            flipped = after.verdict is not first.verdict
            rows.append(
                {
                    "item": edit.id,
                    "cluster": country,
                    "country": country,
                    "language": edit.language,
                    "kind": str(edit.kind),
                    "expects": edit.expects,
                    "requirement": str(edit.requirement),
                    "gold": str(edit.before),
                    "before": str(first.verdict),
                    "said": str(after.verdict),
                    "applicable": first.verdict is edit.before,
                    "by_figure": first.decided_by == "figure",
                    "flipped": flipped,
                    "right": (flipped and after.verdict in edit.after) if edit.expects == "flip" else not flipped,
                    "confidence_before": first.confidence,
                    "confidence_after": after.confidence,
                }
            )
    return {"edits": rows}


def _share(column: str, chosen: NDArray[np.bool_], rows: Columns) -> float:
    return float(np.mean(rows[column][chosen].astype(float))) if chosen.any() else np.nan


def _flips(column: str, rows: Columns) -> float:
    return _share(column, (rows["expects"] == "flip") & rows["applicable"].astype(bool), rows)


def _numeric_flips(rows: Columns) -> float:
    return _share("right", np.isin(rows["kind"], FIGURES) & rows["applicable"].astype(bool), rows)


def _numeric_flips_where_read(rows: Columns) -> float:
    return _share("right", np.isin(rows["kind"], FIGURES) & rows["applicable"].astype(bool) & rows["by_figure"].astype(bool), rows)


def _kept(rows: Columns) -> float:
    return _share("right", rows["expects"] == "keep", rows)


def _applicable(rows: Columns) -> float:
    return _share("applicable", rows["expects"] == "flip", rows)


def _less_sure(rows: Columns) -> float:
    """Return how often an edit that must flip at least lowers the confidence, or flips."""
    chosen = (rows["expects"] == "flip") & rows["applicable"].astype(bool)
    fell = rows["flipped"].astype(bool) | (rows["confidence_after"] < rows["confidence_before"])
    return float(np.mean(fell[chosen])) if chosen.any() else np.nan


MEASURES = (
    Measure("flips/to a right verdict", "edits", partial(_flips, "right")),
    Measure("flips/to any other verdict", "edits", partial(_flips, "flipped")),
    Measure("flips/figures", "edits", _numeric_flips),
    Measure("flips/figures, where a figure decided before", "edits", _numeric_flips_where_read),
    Measure("flips/at least less sure", "edits", _less_sure),
    Measure("controls/kept", "edits", _kept),
    Measure("edits/verdict right before the edit", "edits", _applicable, None),
)
