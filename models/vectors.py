"""The cache: vectors by key in one file, in the folder that unpacked models lie in too."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray


def cache_folder() -> Path:
    """Return the folder for unpacked models and vectors: ``LEXFLOOR_CACHE``, else the user's cache folder."""
    base = os.environ.get("LEXFLOOR_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lexfloor"
    return Path(base)


class VectorCache:
    """Vectors by key in one SQLite file: readers see whole vectors or none."""

    def __init__(self, path: Path) -> None:
        """Open or create the file.

        Raises:
            ModelError: the cache cannot be written to, or its file is damaged.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connection()) as connection, connection:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID")
        except (OSError, sqlite3.Error) as error:
            raise ModelError(f"the cache {path} cannot be used ({error}); remove the file, or set LEXFLOOR_CACHE to a folder that can be written to") from error

    def _connection(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=60)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    def get(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """Return the vectors of those keys that are known."""
        found: dict[bytes, NDArray[np.float32]] = {}
        with closing(self._connection()) as connection:
            for start in range(0, len(keys), 500):
                chunk = keys[start : start + 500]
                marks = ",".join("?" * len(chunk))
                for key, vector in connection.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", chunk):  # noqa: S608 - marks are question marks
                    found[key] = np.frombuffer(vector, "<f4")
        return found

    def put(self, vectors: dict[bytes, NDArray[np.float32]]) -> None:
        """Store vectors; a key already known keeps its first vector."""
        with closing(self._connection()) as connection, connection:
            connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", [(key, vector.astype("<f4").tobytes()) for key, vector in vectors.items()])
