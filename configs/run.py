"""The configuration of a run: TOML files in this folder or a user's own, validated, unknown keys refused."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.pipeline.errors import DataFileError


class StageConfig(BaseModel):
    """Base of every stage's options: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class IngestConfig(StageConfig):
    """What files are read."""

    max_bytes: int = Field(default=64_000_000, gt=0, description="Larger files are refused.")
    max_line: int = Field(default=2_000_000, gt=0, description="Files with a longer line are refused: no law prints one.")
    max_unpacked: int = Field(default=512_000_000, gt=0, description="Archives and Office files that unpack to more bytes are refused.")
    max_members: int = Field(default=10_000, gt=0, description="Archives with more files are refused.")
    max_pages: int = Field(default=10_000, gt=0, description="PDF files with more pages are refused.")
    ocr: bool = Field(default=False, description="Read scanned pages through tesseract, where that program is installed.")
    ocr_languages: str = Field(default="", pattern=r"^[A-Za-z_+]*$", description="Languages for tesseract ('eng+fra'); empty: all that it has installed.")
    prefer_languages: tuple[str, ...] = Field(default=("en", "fr", "es"), description="Which version of an act published in several languages is judged.")


class EmbedConfig(StageConfig):
    """How provisions become vectors."""

    model: str = Field(default="auto", description="A model card's name, or auto.")
    device: str = Field(default="auto", description="auto, cpu, cuda or cuda:N; by name or fail.")
    precision: Literal["auto", "float32", "bfloat16", "float16", "int8"] = Field(
        default="auto", description="auto: the fastest with float32's results, measured at first use; int8 needs the extra onnx."
    )
    piece_characters: int = Field(default=900, ge=100, description="Longest piece of a section that is embedded, for alphabets.")
    piece_characters_dense: int = Field(default=350, ge=50, description="The same for scripts without spaces.")
    tokens_per_batch: int = Field(default=0, ge=0, description="Tokens, padding included where there is any, in one batch; 0: what suits the device.")


class RetrieveConfig(StageConfig):
    """How sections are found for a requirement."""

    top_k: int = Field(default=20, gt=0, description="Sections kept for each requirement.")
    candidates: int = Field(default=40, ge=0, description="Sections embedded for each requirement, by their best piece: those that share most words with it; 0 embeds all.")
    dense_weight: float = Field(default=1.0, ge=0)
    lexical_weight: float = Field(default=1.0, ge=0)
    word_pairs: bool = Field(default=False, description="Count pairs of neighbouring words as terms too: better for questions than for requirements worded several times.")
    rank: bool = Field(default=True, description="Order sections by the probability of being evidence that the ranking model gives; false orders them by score.")
    questions: bool = Field(default=False, description="Single questions: encode and weigh as was learned from such, count words over whole sections, in place of `rank`.")
    rerank: str = Field(default="", description="A reranker's card (its name or path) that orders the best sections of each requirement anew; empty: none.")
    rerank_depth: int = Field(default=10, gt=1, description="How many sections of each requirement the reranker reads.")


class ClassifyConfig(StageConfig):
    """How verdicts are reached."""

    promised_error: float = Field(
        default=0.1, ge=0, le=1, description="Share of a country's findings that may be wrong and not marked for review, in the mean over countries: sets the least confidence."
    )
    evidence: int = Field(default=5, ge=1, le=10, description="Passages cited for a finding.")


class RunConfig(StageConfig):
    """Everything that decides what a run finds."""

    standard: str = Field(default="c102", description="A standard in corpora/standards, or the path of a standard's file.")
    statistics: str = Field(default="", description="Path of a table of national statistics (CSV or TOML) by which benefit levels are measured; empty: none.")
    weights: str = Field(default="", description="Folder of weights that `lexfloor train classifier` wrote; empty: those shipped.")
    ingest: IngestConfig = IngestConfig()
    embed: EmbedConfig = EmbedConfig()
    retrieve: RetrieveConfig = RetrieveConfig()
    classify: ClassifyConfig = ClassifyConfig()

    @property
    def weights_folder(self) -> Path | None:
        """The folder of weights, None for those shipped."""
        return Path(self.weights) if self.weights else None


def load_config(path: Path | None = None) -> RunConfig:
    """Return the configuration in a TOML file; without a path the shipped default.

    Raises:
        DataFileError: the file is missing, no TOML, or has an unknown or impossible field.
    """
    name = str(path) if path else "configs/default.toml"
    try:
        source = path.read_text(encoding="utf-8") if path else (files("lexfloor.configs") / "default.toml").read_text(encoding="utf-8")
        return RunConfig.model_validate(tomllib.loads(source))
    except OSError as error:
        raise DataFileError(name, "", f"cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(name, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(name, "", error) from error
