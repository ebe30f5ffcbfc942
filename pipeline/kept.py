"""Results of countries kept in the cache folder: a country is not screened again while nothing that decides its result has changed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import TypeAdapter, ValidationError

from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import Contingency, CountryResult, Dimension, Failure
from lexfloor.pipeline.stages.ingest import CountryFolder

logger = logging.getLogger(__name__)
About = list[tuple[tuple[str, str], tuple[Dimension, Contingency]]]
_CONTENT: TypeAdapter[tuple[CountryResult, list[Failure], About]] = TypeAdapter(tuple[CountryResult, list[Failure], About])


@dataclass(frozen=True)
class Kept:
    """Results in a folder, one file for each country's folder: the latest. ``decided_by`` names all that decides a result, but for the laws."""

    folder: Path
    decided_by: Sequence[str]

    def get(self, asked: CountryFolder) -> tuple[CountryResult, list[Failure]] | None:
        """Return a country's result and failures, equal to those put in; None where there are none of these laws, or where they cannot be read."""
        try:
            mark, _, content = self._place(asked).read_bytes().partition(b"\n")
            if mark.decode() != self._mark(asked):
                return None
            result, failures, about = _CONTENT.validate_json(content)
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError, ValidationError) as error:
            logger.warning("%s: the result kept cannot be read (%s); the country is screened anew", asked.country, error)
            return None
        return replace(result, topics=dict(about)), failures

    def put(self, asked: CountryFolder, result: CountryResult, failures: list[Failure]) -> None:
        """Keep a country's result, whole or not at all; what went wrong within the program is not kept.

        Raises:
            InputError: the folder cannot be written to.
        """
        if any(failure.category == "internal" for failure in failures):
            return
        content = _CONTENT.dump_json((replace(result, topics={}), failures, list(result.topics.items())))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, delete=False) as file:
                file.write(self._mark(asked).encode() + b"\n" + content)
            Path(file.name).replace(self._place(asked))
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be written ({error.strerror}); set LEXFLOOR_CACHE to a folder that can be written to") from error

    def _place(self, asked: CountryFolder) -> Path:
        where = sha256(str(asked.root.resolve()).encode()).hexdigest()[:16]
        return self.folder / f"{asked.country}-{where}.json"

    def _mark(self, asked: CountryFolder) -> str:
        parts = [*self.decided_by, asked.country]
        for file in asked.files:
            parts += [str(file.relative_to(asked.root)), sha256(file.read_bytes()).hexdigest()]
        return sha256("\0".join(parts).encode()).hexdigest()
