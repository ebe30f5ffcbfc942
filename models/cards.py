"""Model cards: which models exist, where their weights come from, and how they are checked."""

from __future__ import annotations

import hashlib
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.pipeline.errors import DataFileError, ModelError, ModelMissingError

AUTO = "e5-small"
"""What the encoder ``auto`` stands for: the card that reads any language."""
Task = Literal["encoder", "reranker"]


class _Card(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PackagedSource(_Card):
    """Weights inside an installed distribution: found by its metadata, never by importing it."""

    distribution: str
    version: str
    path: str = Field(description="The weight file, or the folder of a sentence-transformers model.")
    format: Literal["e5-q4", "sentence-transformers"]
    weights: str = Field(default="", description="Weight file inside the folder.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the weight file.")


class HubSource(_Card):
    """Weights on a model hub, or in its local cache."""

    id: str
    revision: str = Field(description="Commit of the hub's repository: a moving name is no revision.")


class AdapterSource(_Card):
    """What training added to the weights (``models/adapter.py``)."""

    path: str = Field(description="The safetensors file; a path that does not begin at the root is taken from the card's folder.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of that file.")


class ModelCard(_Card):
    """What is known of one model."""

    name: str
    task: Task
    summary: str
    licence: str
    languages: tuple[str, ...]
    dimension: int = Field(gt=0)
    max_tokens: int = Field(gt=0)
    query_prefix: str
    passage_prefix: str
    citation: str
    packaged: PackagedSource | None = None
    hub: HubSource | None = None
    folder: str = Field(default="", description="A local folder in sentence-transformers layout, for models of one's own.")
    adapter: AdapterSource | None = None


def card_names() -> tuple[str, ...]:
    """Return the names of the shipped cards, sorted."""
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in (files("lexfloor.models") / "cards").iterdir() if entry.name.endswith(".toml")))


def model_card(name: str, task: Task | None = "encoder") -> ModelCard:
    """Return the card of a name: ``auto``, a shipped card, or the path of a card's file; its adapter's path is whole.

    ``task`` is what the model is wanted for; with None any will do.

    Raises:
        ModelError: there is no such card, or it is of a model for another task.
        DataFileError: the card is broken.
    """
    wanted = AUTO if name == "auto" else name
    entry = files("lexfloor.models") / "cards" / f"{wanted}.toml"
    own = Path(wanted)
    place = own if own.suffix == ".toml" and own.is_file() else entry
    if not place.is_file():
        raise ModelError(f"no model {name!r}; known: auto, {', '.join(card_names())}, or the path of a card's TOML file")
    try:
        card = ModelCard.model_validate(tomllib.loads(place.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(wanted, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(wanted, "", error) from error
    if task and card.task != task:
        raise ModelError(f"model {name!r} is for another task ({card.task}, not {task}); name another card")
    if card.adapter is None:
        return card
    return card.model_copy(update={"adapter": card.adapter.model_copy(update={"path": str(Path(str(place)).parent / card.adapter.path)})})


def packaged_path(source: PackagedSource) -> Path:
    """Return where a packaged model lies, its weight file checked by hash.

    Raises:
        ModelError: the distribution is missing, of another version, or its weight file is not the one of the card.
    """
    remedy = f"pip install {source.distribution}=={source.version}"
    try:
        found = distribution(source.distribution)
    except PackageNotFoundError as error:
        raise ModelMissingError(f"the model's package {source.distribution} is not installed; {remedy}") from error
    if found.version != source.version:
        raise ModelError(f"{source.distribution} {found.version} is installed, the card wants {source.version}; {remedy}")
    path = Path(str(found.locate_file(source.path)))
    weights = path / source.weights if source.weights else path
    if not weights.is_file():
        raise ModelError(f"{weights} is missing; reinstall: {remedy} --force-reinstall")
    digest = sha256_of(weights)
    if digest != source.sha256:
        raise ModelError(f"{weights} is not the file of the card (sha256 {digest[:16]}..., expected {source.sha256[:16]}...); reinstall: {remedy} --force-reinstall")
    return path


def sha256_of(path: Path) -> str:
    """Return the hexadecimal sha256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
