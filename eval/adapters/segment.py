"""The suite ``segment``: is law cut where lawyers cut it, and is any of it lost?

Tables: ``quotes``, a row for each quote that people cited; ``files``, a row for each file of law. Formats, speed and hostile
files have bars of their own: ``lexfloor eval reading``.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from lexfloor.eval.segmentation.coverage import coverage
from lexfloor.eval.segmentation.gold import cut_quotes
from lexfloor.eval.suite import Asked, Columns, Measure, Row, Tables
from lexfloor.pipeline.records import Failure
from lexfloor.pipeline.stages.ingest import discover, ingest
from lexfloor.pipeline.stages.segment import segment


def predictions(asked: Asked) -> Tables:
    """Return the rows of all quotes of judged countries, and of all files of all countries."""
    quotes: list[Row] = []
    paths = [path for path in sorted(asked.data["gold"].glob("*.json")) if asked.wanted(path.stem)]
    for number, path in enumerate(paths):
        asked.report(path.stem, number, len(paths))
        for place, quote in enumerate(cut_quotes(path, asked.data["laws"])):
            shared: Row = {"item": f"{quote.country} {place}", "cluster": quote.country, "country": quote.country, "language": quote.language}
            quotes.append(
                shared | {"file": quote.file, "section": quote.section, "sections": ", ".join(quote.sections), "inside": bool(quote.sections), "labelled": quote.labelled}
            )
    return {"quotes": quotes, "files": _files(asked)}


def _files(asked: Asked) -> list[Row]:
    rows: list[Row] = []
    folders, _ = discover([asked.data["laws"]], None)
    for folder in folders:
        for law in ingest(folder, asked.config.ingest) if asked.wanted(folder.country) else ():
            shared: Row = {"item": f"{law.country}/{law.file}", "cluster": law.country, "country": law.country}
            if isinstance(law, Failure):
                rows += [] if law.category == "skipped" else [shared | {"read": False, "whole": False, "format": ""}]
                continue
            found = coverage(law, segment(law))
            rows.append(shared | {"read": True, "whole": found.complete, "format": law.format, "characters": found.characters, "refused": sum(found.refused.values())})
    return rows


def _share(column: str, rows: Columns) -> float:
    return float(np.mean(rows[column].astype(float))) if rows[column].size else np.nan


def _refused(rows: Columns) -> float:
    total = np.nansum(rows["characters"])
    return float(np.nansum(rows["refused"]) / total) if total else np.nan


MEASURES = (
    Measure("quotes/under the label", "quotes", partial(_share, "labelled")),
    Measure("quotes/inside one section", "quotes", partial(_share, "inside")),
    Measure("files/every character covered once", "files", partial(_share, "whole")),
    Measure("files/read", "files", partial(_share, "read")),
    Measure("files/characters left out with a reason", "files", _refused, None),
)
