"""The records of a Label Studio export: what is read of its tasks and annotations, and the rest left aside."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, RootModel

from lexfloor.eval.labelled.label_studio.shown import ShownSection
from lexfloor.pipeline.records import RequirementId


def _listed(value: Any) -> Any:
    """Return a list: Label Studio writes one text of a text area as a list or as itself."""
    return [] if value is None else [value] if isinstance(value, str) else value


def _named(value: Any) -> Any:
    """Return who made an annotation: exports give a number, or an object with the address."""
    return str(value.get("email") or value.get("id") or "") if isinstance(value, dict) else str(value or "")


class _Exported(BaseModel):
    """Base of what an export holds: Label Studio adds keys with every version, which are left aside."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ResultValue(_Exported):
    """What a control says: a marked stretch, choices, or texts."""

    start: int | None = None
    end: int | None = None
    text: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    labels: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


class Result(_Exported):
    """One entry of an annotation; what belongs to one marked stretch has one ``id``."""

    id: str = ""
    from_name: str = ""
    value: ResultValue = ResultValue()


class Annotation(_Exported):
    """One annotator's answer to a task."""

    completed_by: Annotated[str, BeforeValidator(_named)] = ""
    was_cancelled: bool = False
    ground_truth: bool = False
    updated_at: str = ""
    result: tuple[Result, ...] = ()


class TaskData(_Exported):
    """What the task was made of."""

    country: str
    requirement: RequirementId
    text: str
    sections: tuple[ShownSection, ...]


class Task(_Exported):
    """A task with its annotations."""

    data: TaskData
    annotations: tuple[Annotation, ...] = ()


class Export(RootModel[tuple[Task, ...]]):
    """The whole file: its tasks."""
