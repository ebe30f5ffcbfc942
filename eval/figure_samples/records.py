"""A sample of figures of one country's law as data: where they stand, and what people judged each to be.

A figure is a stretch of its file's text with the hash of its words, so that nothing of the law is in the file. ``stratum``
says which of two heaps it was drawn from: the figures that the extractor of that day gave a kind ("told"), or all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field

from lexfloor.corpora.countries import is_country_code
from lexfloor.corpora.json_file import Fault, JsonFile
from lexfloor.corpora.judgements import FIGURES, GoldModel, whole
from lexfloor.eval.labelled.positions import PackedFile, write_by_line
from lexfloor.models.kinds import NONE
from lexfloor.pipeline.records import Contingency

JUDGED_KINDS = (*FIGURES, "contribution_rate", NONE)
"""What a figure may be judged to be: the annotators' vocabulary, a contribution without its payer, and nothing of a benefit."""
CONTINGENCIES = tuple(str(name) for name in Contingency if name is not Contingency.ALL)
TOLD, OTHER = STRATA = ("told", "other")


class Judgement(GoldModel):
    """What people say of a figure: ``contingency`` is None where it serves several or none.

    ``doubtful`` marks where two careful readers may differ on kind, value or unit.
    """

    kind: Literal[JUDGED_KINDS]  # type: ignore[valid-type]
    value: Annotated[float, AfterValidator(whole)]
    unit: str = Field(pattern=r"^[A-Za-z][A-Za-z_]*$", max_length=60)
    comparator: Literal["at_least", "at_most", "exactly"]
    contingency: Literal[CONTINGENCIES] | None = None  # type: ignore[valid-type]
    doubtful: bool = False


class Place(GoldModel):
    """Where a figure stands: ``file`` is the file's position in the list, ``words`` the hash of the text there."""

    file: int = Field(ge=0)
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    words: str = Field(pattern=r"^[0-9a-f]{16}$")
    stratum: Literal[STRATA]  # type: ignore[valid-type]


class JudgedPlace(Place, Judgement):
    """A figure drawn and judged."""


Drawn = TypeVar("Drawn", bound=Place)


class Sample(GoldModel, Generic[Drawn]):
    """Figures of one country's law, drawn at random.

    ``language`` is that of most of its figures; ``figures_told`` and ``figures_other`` count the figures of the two heaps; ``seed`` is that of the random numbers.
    """

    schema_version: Literal[1] = 1
    sample: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    drawn: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    country: str
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    seed: int
    figures_told: int = Field(ge=0)
    figures_other: int = Field(ge=0)
    files: tuple[PackedFile, ...]
    figures: tuple[Drawn, ...]

    @property
    def for_training(self) -> bool:
        """Return whether models may be fitted on it: "training", "training-2"; all others are held apart."""
        return self.sample.partition("-")[0] == "training"

    def weight(self, stratum: str) -> float:
        """Return for how many figures of the country's law one that was drawn of a stratum stands."""
        drawn = sum(figure.stratum == stratum for figure in self.figures)
        return (self.figures_told if stratum == TOLD else self.figures_other) / drawn if drawn else 0.0


DrawnSample = Sample[Place]
"""A sample that nobody has judged yet."""
FigureSample = Sample[JudgedPlace]
"""A sample that people have judged."""


def read_figure_sample(path: Path) -> FigureSample:
    """Return a judged sample.

    Raises:
        DataFileError: it is no such file, has an unknown kind or unit, or points at no file; names file, line and entry.
    """
    return _read(path, FigureSample)


def read_drawn_sample(path: Path) -> DrawnSample:
    """Return a sample that nobody has judged yet; raises as ``read_figure_sample``."""
    return _read(path, DrawnSample)


Read = TypeVar("Read", bound=Sample[Any])


def _read(path: Path, model: type[Read]) -> Read:
    file = JsonFile.read(path)
    sample = file.record(model)
    if faults := list(_faults(sample)):
        raise file.error(faults)
    return sample


def _faults(sample: Sample[Any]) -> Iterator[Fault]:
    if not is_country_code(sample.country):
        yield ("country",), f"country {sample.country!r} is no ISO 3166-1 alpha-3 code such as 'KEN'"
    seen: dict[tuple[int, int], int] = {}
    for index, figure in enumerate(sample.figures):
        place = ("figures", index)
        if figure.file >= len(sample.files):
            yield (*place, "file"), f"file {figure.file} points at no file; there are {len(sample.files)}, the first is 0"
        if figure.start >= figure.end:
            yield (*place, "end"), f"end {figure.end} is not after start {figure.start}"
        if (first := seen.setdefault((figure.file, figure.start), index)) != index:
            yield (*place, "start"), f"the same place as figure {first + 1}; keep one"
        if isinstance(figure, JudgedPlace) and figure.kind == NONE and figure.contingency is not None:
            yield (*place, "contingency"), f"kind none with contingency {figure.contingency}: a figure of no benefit has none; remove one"
    drawn = {stratum: sum(figure.stratum == stratum for figure in sample.figures) for stratum in STRATA}
    for stratum, key in ((TOLD, "figures_told"), (OTHER, "figures_other")):
        if (whole := getattr(sample, key)) < drawn[stratum]:
            yield (key,), f"{key} is {whole}, yet {drawn[stratum]} were drawn of them"


def write_sample(path: Path, sample: Sample[Any]) -> None:
    """Write a sample, a figure on each line; what is as usual (not doubtful, no contingency) is left out."""
    write_by_line(path, sample, ("files", "figures"))
