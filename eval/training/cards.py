"""The card of what was trained: what people read (card.md), what programs read (card.json), and the model's own card (model.toml)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lexfloor.configs.run import StageConfig
from lexfloor.eval.report.document import Document, Section, Table
from lexfloor.eval.report.markdown import written
from lexfloor.eval.runs import versions
from lexfloor.eval.training.scores import Scores
from lexfloor.models.cards import ModelCard
from lexfloor.pipeline.revision import code_revision
from lexfloor.pipeline.store import write_json

CARD = "card.json"


def stamps(config: StageConfig, base: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a training was made with."""
    return {
        "configuration": config.model_dump(mode="json"),
        "base": dict(base),
        "data": dict(data),
        "code": {"lexfloor": versions()["lexfloor"], "revision": code_revision("lexfloor.eval")},
        "versions": versions(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def write_cards(folder: Path, title: str, lead: Sequence[str], warnings: Sequence[str], scores: Mapping[str, Scores], content: Mapping[str, Any], use: str) -> None:
    """Write card.json with ``content`` and ``scores`` (by what was scored, then by country), and card.md with the same for people; ``use`` is the command line for it."""
    write_json(folder / CARD, {"title": title, **content, "scores": scores})
    sections = [Section("use", "How to use it", code=use)]
    sections.append(Section("scores", "Scores", tables=tuple(_scores(name, rows) for name, rows in scores.items() if rows)))
    data, base = content["data"], content["base"]
    sections.append(Section("data", "Data", (f"SHA-256 of all examples: {data['sha256']}",), (_sources(data["sources"]),)))
    if base:
        sections.append(Section("base", "Base", tuple(f"{name}: {value}" for name, value in base.items())))
    made = {"licence": content["licence"], "seed": content["configuration"].get("seed", "none: fitting is exact"), "code": content["code"]["revision"], "made": content["made"]}
    sections.append(Section("made", "How it was made", tuple(f"{name}: {value}" for name, value in made.items())))
    sections.append(Section("configuration", "Configuration", code=json.dumps(content["configuration"], ensure_ascii=False, indent=1)))
    (folder / "card.md").write_text(written(Document(title, tuple(lead), tuple(warnings), tuple(sections))), encoding="utf-8", newline="\n")


def _scores(name: str, rows: Scores) -> Table:
    measures = list(dict.fromkeys(measure for row in rows.values() for measure in row))
    cells = [(group, *(_number(row.get(measure)) for measure in measures)) for group, row in rows.items()]
    return Table(name, ("held out", *measures), tuple(cells))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _sources(sources: Sequence[Mapping[str, Any]]) -> Table:
    heads = list(dict.fromkeys(name for row in sources for name in row))
    return Table("Sources", tuple(heads), tuple(tuple(str(row.get(name, "")) for name in heads) for row in sources), words=len(heads))


def write_model_card(path: Path, card: ModelCard) -> None:
    """Write a model's card as TOML."""
    content = card.model_dump(mode="json", exclude_defaults=True)
    tables = {name: value for name, value in content.items() if isinstance(value, dict)}
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in content.items() if name not in tables]
    for table, values in tables.items():
        lines += ["", f"[{table}]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
