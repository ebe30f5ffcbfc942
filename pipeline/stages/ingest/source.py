"""What a reader is given: a file's bytes with what is known of them before they are read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from lexfloor.configs.run import IngestConfig
from lexfloor.pipeline.records import Law


@dataclass(frozen=True, slots=True)
class Source:
    """One file, or one file of an archive.

    Attributes:
        file: path inside the country's folder, with forward slashes; for a file of an archive "acts.zip/inner/act.md".
        config: what may be read, and how.
    """

    data: bytes
    country: str
    file: str
    config: IngestConfig = field(default_factory=IngestConfig)

    @property
    def sha256(self) -> str:
        """Hash of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()


Reader = Callable[[Source], Law]
"""Returns the law of a source, or raises SourceError with what is wrong and what to do."""
