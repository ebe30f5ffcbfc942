"""The configuration of a training: TOML files in configs/train/ or a user's own, validated, unknown keys refused.

Paths are taken from the folder in which the command is run.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, ValidationError, model_validator

from lexfloor.configs.run import StageConfig
from lexfloor.pipeline.errors import DataFileError

SHIPPED = "shipped"
"""Stands for the judgements that are part of lexfloor, where a folder of judgements is asked for."""


class JudgedSource(StageConfig):
    """Judgements and the laws they were made on."""

    gold: str = Field(min_length=1, description="Folder of gold files, one a country (`lexfloor corpus judgements` writes one), or shipped: those of lexfloor.")
    laws: str = Field(min_length=1, description="Folder of the countries' laws, a folder for each country in it.")
    incomplete: bool = Field(default=False, description="Judged on some of a country's laws, as offices often have them: verdicts alone are learned from it, and it counts less.")


class DataConfig(StageConfig):
    """What is learned from, and what is held out to score by."""

    judged: tuple[JudgedSource, ...] = Field(default=(), description="Judged law; of a country judged in several sources the last counts.")
    corpora: tuple[str, ...] = Field(default=(), description="Folders that `lexfloor corpus build` wrote: obliqa, instruments.")
    only: tuple[str, ...] = Field(default=(), description="Only these countries are read; all where none is named.")
    held_out: tuple[str, ...] = Field(default=(), description="Countries, documents or instruments that nothing is learned from: the card gives the scores on them.")
    held_out_share: float = Field(default=0.2, ge=0, lt=1, description="Share of the other documents and instruments of the corpora that is held out as well.")
    candidates: int = Field(default=10, gt=0, description="Passages that the search gives first: those that do not answer are the hard negatives.")

    @model_validator(mode="after")
    def _has_data(self) -> DataConfig:
        if not self.judged and not self.corpora:
            raise ValueError("names nothing to learn from: add [[data.judged]] with gold and laws, or corpora")
        return self


class StepsConfig(StageConfig):
    """How the weights are moved."""

    steps: int = Field(gt=0)
    batch: int = Field(default=16, gt=1, description="Examples in a step.")
    negatives: int = Field(default=3, ge=0, description="Hard negatives of each example.")
    learning_rate: float = Field(default=5e-4, gt=0)
    warmup: float = Field(default=0.1, ge=0, le=1, description="Share of the steps in which the rate rises; afterwards it falls to 0.")
    checkpoint_every: int = Field(default=20, gt=0, description="Steps between two checkpoints, from which a training that was ended goes on.")


class AdapterConfig(StageConfig):
    """What is trained: low-rank changes of the linear layers of the upper layers."""

    rank: int = Field(default=8, gt=0)
    scale: float = Field(default=2.0, gt=0, description="What the low-rank change counts.")
    layers: int = Field(default=6, gt=0, description="How many of the upper layers are changed.")


class AdapterTraining(StageConfig):
    """What the trainings of encoder and reranker have in common."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Name of the model in its card.")
    base: str = Field(default="auto", description="The encoder to begin with: auto, a model card's name, or the path of a card.")
    licence: str = Field(default="", description="Licence of what is trained; the base's where none is given.")
    seed: int = Field(default=0, ge=0)
    max_tokens: int = Field(default=192, ge=8, description="Longer texts are cut: in training alone for an encoder, in use as well for a reranker.")
    data: DataConfig
    steps: StepsConfig
    adapter: AdapterConfig = AdapterConfig()


class EncoderTraining(AdapterTraining):
    """An encoder that is taught what answers what."""

    temperature: float = Field(default=0.02, gt=0, description="What similarities are divided by: smaller looks at the nearest negatives alone.")


class RerankerTraining(AdapterTraining):
    """A reranker that reads question and passage together."""


class ClassifierTraining(StageConfig):
    """The fitted models: what figures measure (kinds), which sections are evidence (ranking), what the evidence amounts to (verdict)."""

    fit: tuple[Literal["kinds", "ranking", "verdict"], ...] = Field(default=("verdict",), min_length=1, description="What is fitted; the others are taken as shipped.")
    judged: tuple[JudgedSource, ...] = Field(min_length=1, description="Judged law; of a country judged in several sources the last counts.")
    shipped_examples: bool = Field(default=True, description="Learn verdicts also from what was seen of the countries lexfloor was fitted on; needs no laws.")
    licence: str = Field(default="Apache-2.0", description="Licence of the weights.")


Training = TypeVar("Training", bound=StageConfig)


def load_training(kind: type[Training], path: Path) -> Training:
    """Return the configuration in a TOML file.

    Raises:
        DataFileError: the file is missing, no TOML, or has an unknown, missing or impossible field.
    """
    try:
        return kind.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise DataFileError(str(path), "", f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(str(path), "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(str(path), "", error) from error
