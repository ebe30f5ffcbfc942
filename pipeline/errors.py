"""The failures that a user can meet: each says what is wrong, where, why, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class LexfloorError(Exception):
    """Base of every error that lexfloor raises on purpose; its text is meant for the user."""


class DataFileError(LexfloorError):
    """A data file (standard, language, model card, configuration) is missing or broken.

    Attributes:
        file: the file as the user knows it.
        item: the entry in it (a requirement id, say), empty for the file as a whole.
        problem: what is wrong, with the field.
        line: the line of the fault, from 1; 0 where it is not known.
    """

    def __init__(self, file: str, item: str, problem: str, line: int = 0) -> None:
        self.file, self.item, self.problem, self.line = file, item, problem, line
        where = (file, f"line {line}" if line else "", item)
        super().__init__(f"{', '.join(filter(None, where))}: {problem}")

    @classmethod
    def of_validation(cls, file: str, item: str, error: ValidationError) -> DataFileError:
        """Return the error for the first faults of a pydantic validation, each with its field."""
        faults = [f"field {'.'.join(map(str, fault['loc'])) or '(whole)'}: {fault['msg']}" for fault in error.errors()[:5]]
        more = error.error_count() - len(faults)
        return cls(file, item, "; ".join(faults) + (f"; and {more} more" if more else ""))


class InputError(LexfloorError):
    """What the user pointed at cannot be screened at all."""


class SourceError(LexfloorError):
    """One file cannot be read as law; the run goes on without it."""


class ModelError(LexfloorError):
    """A model's weights are missing, altered or cannot run on the device asked for."""


class ModelMissingError(ModelError):
    """The package that a model's weights come in is not installed."""
