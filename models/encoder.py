"""Sentence encoders: text in, unit vectors out, each text of a model embedded once."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from lexfloor.models.adapter import merge, read_adapter
from lexfloor.models.cards import ModelCard, packaged_path
from lexfloor.models.device import resolved_device, resolved_precision
from lexfloor.pipeline.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

LENGTHS = (16, 32, 48, 64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512)
"""Token counts that texts are padded to."""
TOKENIZED_AT_ONCE = 1000
Role = Literal["query", "passage"]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """Whatever turns texts into unit vectors.

    ``space`` is the same for encoders whose vectors can be compared, whatever they run on; ``fingerprint`` for those whose
    vectors are the same to the last bit.
    """

    name: str
    space: str
    fingerprint: str
    dimension: int

    def encode(self, texts: Sequence[str], role: Role, *, progress: Progress | None = None) -> NDArray[np.float32]:
        """Return (n, dimension) float32, rows of unit length, in the order of the texts."""
        ...


def cache_folder() -> Path:
    """Return the folder for unpacked models and vectors: ``LEXFLOOR_CACHE``, else the user's cache folder."""
    base = os.environ.get("LEXFLOOR_CACHE") or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "lexfloor"
    return Path(base)


def _padded(count: int, most: int) -> int:
    """Return the length that a text of ``count`` tokens is padded to."""
    return min(most, next((length for length in LENGTHS if length >= count), most))


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


class SentenceEncoder:
    """An encoder in sentence-transformers layout; loaded when the first text comes that is in no cache."""

    def __init__(
        self, card: ModelCard, *, device: str = "auto", precision: str = "auto", tokens_per_batch: int = 2048, cache: Path | None = None, vectors: Path | None = None
    ) -> None:
        """Prepare the encoder of a card; weights are looked up and checked now, loaded later.

        ``vectors`` is a folder for vectors other than the cache: an empty one makes sure that everything is computed.

        Raises:
            ModelError: no source of the card has the weights, or the device asked for is not there.
        """
        self.card = card
        self.name = card.name
        self.dimension = card.dimension
        self.device = resolved_device(device)
        self.precision = resolved_precision(precision, self.device)
        self._tokens_per_batch = tokens_per_batch
        self._cache = cache or cache_folder()
        self._folder, base = self._located()
        self.adapter = read_adapter(Path(card.adapter.path), card.adapter.sha256, base) if card.adapter else None
        self.weights = f"{base}+{card.adapter.sha256}" if card.adapter else base
        self._vectors = VectorCache((vectors or self._cache) / "vectors.sqlite")
        self._model: SentenceTransformer | None = None
        parts = [card.name, self.weights, card.query_prefix, card.passage_prefix, str(card.max_tokens)]
        self.space = _digest(parts)
        parts.append(self.precision)
        if not self.device.startswith("cpu"):
            parts.append(self.device.partition(":")[0])
        self.fingerprint = _digest(parts)

    def _located(self) -> tuple[Callable[[], Path | str], str]:
        """Return a function that gives the model's folder, and the weights' identity for fingerprints."""
        card = self.card
        if card.folder:
            folder = Path(card.folder)
            weights = folder / "model.safetensors"
            if not weights.is_file():
                raise ModelError(f"model {card.name}: {weights} is missing; give the folder of a sentence-transformers model with safetensors weights")
            from lexfloor.models.cards import sha256_of

            return (lambda: folder), sha256_of(weights)
        if card.packaged:
            source = card.packaged
            try:
                path = packaged_path(source)
            except ModelMissingError:  # an altered package is an error: only an absent one is made up for
                if not card.hub:
                    raise
                logger.info("model %s: no package, trying the hub", card.name)
            else:
                if source.format == "e5-q4":
                    from lexfloor.models.e5_q4 import unpacked

                    return (lambda: unpacked(path, self._cache / "models" / f"{card.name}-{source.sha256[:16]}")), source.sha256
                return (lambda: path), source.sha256
        if card.hub:
            hub = card.hub
            return (lambda: hub.id), f"{hub.id}@{hub.revision}"
        raise ModelError(f"model {card.name}: its card names no source of weights")

    def encode(self, texts: Sequence[str], role: Role, *, progress: Progress | None = None) -> NDArray[np.float32]:
        """Return (n, dimension) float32, rows of unit length; only texts not seen before are computed."""
        prefix = self.card.query_prefix if role == "query" else self.card.passage_prefix
        prefixed = [prefix + text for text in texts]
        keys = [hashlib.sha256(f"{self.fingerprint}\0{text}".encode()).digest() for text in prefixed]
        known = self._vectors.get(keys)
        if progress:
            progress(sum(key in known for key in keys))
        wanted = {key: text for key, text in zip(keys, prefixed, strict=True) if key not in known}
        for batch in self._batches(wanted):
            vectors = self._computed([wanted[key] for key in batch])
            fresh = dict(zip(batch, vectors, strict=True))
            self._vectors.put(fresh)
            known.update(fresh)
            if progress:
                progress(len(batch))
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)

    def _batches(self, wanted: dict[bytes, str]) -> Iterator[list[bytes]]:
        """Yield keys in batches whose texts are padded to one of a few lengths."""
        by_length: dict[int, list[bytes]] = {}
        keys = sorted(wanted)
        for start in range(0, len(keys), TOKENIZED_AT_ONCE):
            chunk = keys[start : start + TOKENIZED_AT_ONCE]
            for key, count in zip(chunk, self._token_counts([wanted[key] for key in chunk]), strict=True):
                by_length.setdefault(_padded(count, self.card.max_tokens), []).append(key)
        for length in sorted(by_length):
            size = self._batch_size(length)
            for start in range(0, len(by_length[length]), size):
                yield by_length[length][start : start + size]

    def _batch_size(self, length: int) -> int:
        return max(1, self._tokens_per_batch // length)

    def _token_counts(self, texts: list[str]) -> list[int]:
        found = self._loaded().tokenizer(texts, truncation=True, max_length=self.card.max_tokens)["input_ids"]
        return [len(tokens) for tokens in found]

    def _computed(self, texts: list[str]) -> NDArray[np.float32]:
        """Return the vectors of texts of one padded length.

        Length and size of a batch are always the same, filled up with empty texts: so the vector of a text does not depend
        on what else is embedded with it, and a run with a full cache gives what a run with an empty one gives.
        """
        import torch

        model = self._loaded()
        length = max(_padded(count, self.card.max_tokens) for count in self._token_counts(texts))
        filled = [*texts, *[""] * (self._batch_size(length) - len(texts))]
        features = model.tokenizer(filled, padding="max_length", truncation=True, max_length=length, return_tensors="pt")
        with torch.inference_mode():
            vectors = model({name: tensor.to(self.device) for name, tensor in features.items()})["sentence_embedding"]
        array: NDArray[np.float32] = vectors[: len(texts)].float().cpu().numpy()
        norms = np.linalg.norm(array, axis=1, keepdims=True)
        return np.asarray(array / np.maximum(norms, 1e-12), dtype=np.float32)

    def _loaded(self) -> SentenceTransformer:
        if self._model is None:
            import torch
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            folder = self._folder()
            dtype = torch.bfloat16 if self.precision == "bfloat16" else torch.float32
            loaded = torch.float32 if self.adapter else dtype  # an adapter's small changes are added before anything is rounded
            local = isinstance(folder, Path)
            revision = self.card.hub.revision if self.card.hub and not local else None
            kinds = {"dtype": loaded, "use_safetensors": True}
            try:
                model = SentenceTransformer(str(folder), device=self.device, revision=revision, local_files_only=local, trust_remote_code=False, model_kwargs=kinds)
            except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
                raise ModelError(f"model {self.name}: the weights at {folder} cannot be loaded ({error}); install the packaged source or give a local folder") from error
            model.max_seq_length = self.card.max_tokens
            if self.adapter and self.card.adapter:
                merge(model[0].auto_model, self.adapter, Path(self.card.adapter.path))
                model.to(dtype)
            self._model = model
        return self._model

    def loaded(self) -> SentenceTransformer:
        """Return the model itself with its adapter merged, for training and for what else reads texts with it; it is shared, not copied.

        Raises:
            ModelError: the weights cannot be loaded, or the adapter does not fit them.
        """
        return self._loaded()


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
