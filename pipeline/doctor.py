"""What this installation has: libraries, models, device, cache."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from lexfloor.corpora.languages import known_languages
from lexfloor.corpora.standards import load_standard, standard_names
from lexfloor.models.cards import AUTO, card_names, model_card, packaged_path
from lexfloor.models.device import able, machine, resolved_device
from lexfloor.models.vectors import cache_folder
from lexfloor.pipeline.errors import ModelError
from lexfloor.pipeline.screen import LIBRARIES


def examine() -> dict[str, dict[str, Any]]:
    """Return what was found, by subject; nothing is loaded that a run would not load, nothing is fetched."""
    return {"software": _software(), "machine": _machine(), "models": _models(), "data": _data(), "cache": _cache()}


def _software() -> dict[str, Any]:
    found: dict[str, Any] = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "MISSING: pip install --requirement .ci/constraints.txt"
    return found


def _machine() -> dict[str, Any]:
    here = machine()
    device = resolved_device("auto")
    return {
        "system": platform.platform(),
        "device": device,
        "precision": " or ".join(able(device)) + (": measured at first use" if len(able(device)) > 1 else ""),
        "CUDA": here.cuda or "none",
        "AMX bf16": here.amx_bf16,
        "AVX-512 bf16": here.avx512_bf16,
        "threads": here.threads,
    }


def _models() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in card_names():
        card = model_card(name, None)
        auto = " (auto)" if name == AUTO else ""
        try:
            state = f"ready: {packaged_path(card.packaged)}" if card.packaged else "from the hub"
        except ModelError as error:
            state = f"NOT READY: {error}"
        found[f"{name}{auto}"] = f"{state}; {card.licence}"
    return found


def _data() -> dict[str, Any]:
    standards = {name: f"{len(load_standard(name).requirements)} requirements in {len(load_standard(name).wording)} languages" for name in standard_names()}
    return {**standards, "language rules": ", ".join(known_languages())}


def _cache() -> dict[str, Any]:
    folder = cache_folder()
    size = sum(entry.stat().st_size for entry in folder.rglob("*") if entry.is_file()) if folder.is_dir() else 0
    return {"folder": str(folder), "size": f"{size / 1e6:.0f} MB", "change it": "LEXFLOOR_CACHE=/another/folder"}
