"""The suite ``counterfactual``: laws with one change whose effect on a verdict is known; does the verdict follow, and only then?

Table ``edits``: a row an edit, judged before and after by the same model, which was not fitted on the country.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from lexfloor.eval.adapters.c102 import judge_of, known_examples, looks
from lexfloor.eval.counterfactual.applying import applied
from lexfloor.eval.counterfactual.records import Edit
from lexfloor.eval.counterfactual.stored import load_edits
from lexfloor.eval.held_out import fitted, without
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.pipeline.records import Finding

FIGURES = ("figure_digits", "figure_words")


def predictions(asked: Asked) -> Tables:
    """Return a row for every stored edit of the judged countries."""
    runner = asked.runner()
    rows: list[Row] = []
    for item in looks(asked, runner):
        country = item.judgements.country
        model = fitted(without(known_examples([item], asked.config.weights_folder), country))
        before = {finding.requirement: finding for finding in judge_of(runner, item.found, model).findings()}
        edits = [edit for edit in load_edits() if edit.country == country]
        for number, edit in enumerate(edits):
            asked.report(f"{country}: edits", number, len(edits))
            changed = [applied(law, edit) for law in item.found.laws.laws if law.file in edit.files]
            found = item.runner.look_again(item.found, changed)
            first = before[edit.requirement]
            after = next(finding for finding in judge_of(runner, found, model).proposed(first.part) if finding.requirement == edit.requirement)
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
                    "figure_found": _cites(first, edit),
                    "flipped": flipped,
                    "right": (flipped and after.verdict in edit.after) if edit.expects == "flip" else not flipped,
                    "confidence_before": first.confidence,
                    "confidence_after": after.confidence,
                }
            )
    return {"edits": rows}


def _cites(finding: Finding, edit: Edit) -> bool:
    """Tell whether the finding cites a figure in a quote that the edit changes."""
    quotes = [finding.evidence[figure.quote] for figure in finding.parameters]
    return any(quote.file == change.file and quote.start < change.end and change.start < quote.end for quote in quotes for change in edit.replacements)


def _must_flip(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray((rows["expects"] == "flip") & rows["applicable"].astype(bool))


def _figures(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(_must_flip(rows) & np.isin(rows["kind"], FIGURES))


def _figures_read(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(_figures(rows) & rows["by_figure"].astype(bool))


def _figures_found(rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(_figures(rows) & rows["figure_found"].astype(bool))


def _expects(what: str, rows: Columns) -> NDArray[np.bool_]:
    return np.asarray(rows["expects"] == what)


def _share(column: str, rows: Columns) -> float:
    return float(np.mean(rows[column].astype(float)))


def _less_sure(rows: Columns) -> float:
    return float(np.mean(rows["flipped"].astype(bool) | (rows["confidence_after"] < rows["confidence_before"])))


MEASURES = (
    Measure("flips/to a right verdict", "edits", partial(_share, "right"), on=_must_flip),
    Measure("flips/to any other verdict", "edits", partial(_share, "flipped"), on=_must_flip),
    Measure("flips/figures", "edits", partial(_share, "right"), on=_figures),
    Measure("flips/figures, where a figure decided before", "edits", partial(_share, "right"), on=_figures_read),
    Measure("flips/figures, where the edited figure was cited before", "edits", partial(_share, "right"), on=_figures_found),
    Measure("flips/or at least less sure", "edits", _less_sure, on=_must_flip),
    Measure("controls/kept", "edits", partial(_share, "right"), on=partial(_expects, "keep")),
    Measure("edits/verdict right before the edit", "edits", partial(_share, "applicable"), None, on=partial(_expects, "flip")),
)
