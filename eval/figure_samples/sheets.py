"""Judging sheets: each figure drawn in its context for a person to read, and the judgements to fill in beside it.

A folder of sheets holds, for each country, ISO3.md to read, ISO3.json to fill in, and ISO3.drawn.json, which says where the
figures stand. The first two hold words of law and belong outside the repository.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import Field, TypeAdapter, ValidationError

from lexfloor.corpora.json_file import JsonFile
from lexfloor.eval.figure_samples.places import LawFigure
from lexfloor.eval.figure_samples.records import DrawnSample, FigureSample, JudgedPlace, Judgement, read_drawn_sample, write_sample
from lexfloor.pipeline.errors import DataFileError, InputError
from lexfloor.pipeline.records import Parameter

BEFORE, AFTER = 700, 350
"""Characters of context that a sheet shows."""
OPENED, CLOSED = "⟦", "⟧"
_DRAWN = ".drawn.json"


class FilledIn(Judgement):
    """A judgement as a person fills it in: ``n`` is the figure's number on the sheet; ``why`` stays on the sheet, it may quote the law."""

    n: int = Field(ge=0)
    why: str = ""


def write_sheets(folder: Path, sample: DrawnSample, figures: Sequence[LawFigure]) -> None:
    """Write the three files of one country; ``figures`` are the sample's, in its order."""
    folder.mkdir(parents=True, exist_ok=True)
    write_sample(folder / f"{sample.country}{_DRAWN}", sample)
    shown = [f"# {sample.country}: sample {sample.sample} of {sample.drawn}\n", *(_shown(number, figure) for number, figure in enumerate(figures))]
    (folder / f"{sample.country}.md").write_text("\n".join(shown), encoding="utf-8")
    empty: dict[str, Any] = {"kind": "", "value": None, "unit": "", "comparator": "", "contingency": None, "doubtful": False, "why": ""}
    lines = ",\n".join(json.dumps({"n": number, **empty}) for number in range(len(figures)))
    (folder / f"{sample.country}.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def _shown(number: int, figure: LawFigure) -> str:
    text, section, quantity = figure.law.text, figure.section, figure.around.quantity
    value = f"{quantity.value:g}" + ("" if quantity.high is None else f" to {quantity.high:g}")
    read = f"read as {value} {quantity.unit}{', ordinal' if quantity.ordinal else ''}; {_told(figure.parameter)}"
    head = f"## {number}\n\n{figure.law.file}, {section.section}, heading {section.heading!r}, under {' > '.join(section.path[-3:]) or 'nothing'}\n\n{read}\n"
    return f"{head}\n{text[max(0, figure.start - BEFORE) : figure.start]}{OPENED}{text[figure.start : figure.end]}{CLOSED}{text[figure.end : figure.end + AFTER]}\n"


def _told(parameter: Parameter | None) -> str:
    if parameter is None:
        return "given no kind"
    told = (parameter.kind, f"{parameter.value:g} {parameter.unit}", parameter.comparator, parameter.contingency or "no contingency")
    return f"told as {', '.join(told)}; case {parameter.qualifier or 'none'}; of {parameter.base or 'nothing named'}"


def taken(folder: Path) -> list[FigureSample]:
    """Return the samples of a folder of sheets with the judgements that people filled in.

    Raises:
        DataFileError: a judgement is missing, stands twice or has a value that it does not take; names the file and its line.
        InputError: the folder holds no sheets.
    """
    paths = sorted(folder.glob(f"*{_DRAWN}"))
    if not paths:
        raise InputError(f"{folder}: no ISO3{_DRAWN} here; name the folder that 'draw' wrote")
    return [_judged(read_drawn_sample(path), folder / path.name.replace(_DRAWN, ".json")) for path in paths]


def _judged(drawn: DrawnSample, path: Path) -> FigureSample:
    filled = {judgement.n: judgement for judgement in read_filled(path)}
    if missing := sorted(set(range(len(drawn.figures))) - set(filled)):
        raise DataFileError(str(path), "", f"figures {', '.join(map(str, missing[:9]))} are not judged ({len(missing)} in all); judge each")
    if strangers := sorted(set(filled) - set(range(len(drawn.figures)))):
        raise DataFileError(str(path), "", f"figure {strangers[0]} was not drawn; there are {len(drawn.figures)}, the first is 0")
    figures = tuple(JudgedPlace(**place.model_dump(), **filled[number].model_dump(exclude={"n", "why"})) for number, place in enumerate(drawn.figures))
    return FigureSample(**{**drawn.model_dump(exclude={"figures"}), "files": drawn.files}, figures=figures)


def read_filled(path: Path) -> list[FilledIn]:
    """Return the judgements filled in.

    Raises:
        DataFileError: the file is broken, a judgement is not filled in or has a value that it does not take, or one stands twice.
    """
    file = JsonFile.read(path)
    try:
        filled = TypeAdapter(list[FilledIn]).validate_json(file.text)
    except ValidationError as error:
        raise file.error([(fault["loc"], f"{fault['loc'][-1]}: {fault['msg']}") for fault in error.errors(include_url=False)]) from error
    numbers = [judgement.n for judgement in filled]
    if twice := [((index, "n"), f"figure {number} is judged twice") for index, number in enumerate(numbers) if number in numbers[:index]]:
        raise file.error(twice)
    return filled
