"""Sentence encoders: text in, unit vectors out, each text of a model embedded once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from lexfloor.models.adapter import merge, read_adapter
from lexfloor.models.batches import Batch, batches, packs
from lexfloor.models.cards import AdapterSource, ModelCard, packaged_path
from lexfloor.models.device import able, checked_precision, machine, resolved_device
from lexfloor.models.engines import Engine, Precision
from lexfloor.models.engines.choice import Choice, chosen
from lexfloor.models.engines.packed import PackedEngine, fits
from lexfloor.models.engines.pytorch import TorchEngine, sentence_vectors
from lexfloor.models.engines.threads import side_by_side
from lexfloor.models.vectors import VectorCache, cache_folder
from lexfloor.pipeline.errors import ModelError, ModelMissingError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from transformers import PreTrainedTokenizerBase

    from lexfloor.models.engines import Features

logger = logging.getLogger(__name__)

TOKENIZED_AT_ONCE = 4096
"""Texts sorted by length together: what their tokens take in memory does not grow with the corpus."""
KEPT_AT_ONCE = 256
"""Vectors that the cache takes together: each time costs it some milliseconds."""
PACKED = "packed"
"""The part of a fingerprint that says which way of computing its bits come from: another word wherever these may change."""
TOKENS_PER_BATCH = {"cpu": 1024, "cuda": 32_768}
"""What a batch holds unless told otherwise: on a CPU more tokens are no faster, and more is filled up."""
TOKENS_PER_PACK = 2048
"""The same where padding is left out, so that nothing is filled up."""
MEASURED_ON = (
    "A worker who has paid contributions for six months receives sickness benefit of two thirds of the daily wage from the fourth day on.",
    "Une pension est versée au conjoint survivant qui élève un enfant à charge, jusqu'à ce que celui-ci ait seize ans.",
    "Die Rente beginnt mit dem Monat nach dem Antrag; sie ruht, solange Lohn gezahlt wird.",
    "La prestación por maternidad se paga durante catorce semanas.",
)
"""Texts by which precisions are compared."""
Role = Literal["query", "passage"]
Progress = Callable[[int], None]


class Encoder(Protocol):
    """Whatever turns texts into unit vectors.

    ``space`` is the same for encoders whose vectors can be compared, whatever they run on; ``fingerprint`` for those whose
    vectors can stand for each other in a cache: the same to the last bit, or to the tolerance that their engine names.
    """

    name: str
    space: str
    fingerprint: str
    dimension: int

    def encode(self, texts: Sequence[str], role: Role, *, progress: Progress | None = None) -> NDArray[np.float32]:
        """Return (n, dimension) float32, rows of unit length, in the order of the texts."""
        ...


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


class SentenceEncoder:
    """An encoder in sentence-transformers layout; loaded when the first text comes that is in no cache."""

    def __init__(
        self,
        card: ModelCard,
        *,
        device: str = "auto",
        precision: Precision | Literal["auto"] = "auto",
        tokens_per_batch: int = 0,
        cache: Path | None = None,
        vectors: Path | None = None,
    ) -> None:
        """Prepare the encoder of a card; weights are looked up and checked now, loaded later (now where the precision is to be measured).

        ``tokens_per_batch`` counts padding where there is any; 0 is what suits the device. ``vectors`` is a folder for vectors other than the cache: an
        empty one makes sure that everything is computed.

        Raises:
            ModelError: no source of the card has the weights, or the device asked for is not there or does not compute in the precision.
        """
        self.card = card
        self.name = card.name
        self.dimension = card.dimension
        self.device = resolved_device(device)
        self.tokens_per_batch = tokens_per_batch or TOKENS_PER_BATCH[self.device.partition(":")[0]]
        self._tokens_per_pack = tokens_per_batch or TOKENS_PER_PACK
        self._cache = cache or cache_folder()
        self._like = partial(SentenceEncoder, device=device, tokens_per_batch=tokens_per_batch, cache=cache, vectors=vectors)
        self.folder, base = self._located()
        self.adapter = read_adapter(Path(card.adapter.path), card.adapter.sha256, base) if card.adapter else None
        self.weights = f"{base}+{card.adapter.sha256}" if card.adapter else base
        self._vectors = VectorCache((vectors or self._cache) / "vectors.sqlite")
        self._engine: Engine | None = None
        self._shared: SentenceTransformer | None = None
        self._tokenizer: PreTrainedTokenizerBase | None = None
        parts = [card.name, self.weights, card.query_prefix, card.passage_prefix, str(card.max_tokens)]
        self.space = _digest(parts)
        choice = Choice(precision=checked_precision(precision, self.device), why="asked for") if precision != "auto" else self._chosen()
        self.precision: Precision = choice.precision
        self.precision_because = choice.why
        parts.append(self.precision)
        if not self.device.startswith("cpu"):
            parts.append(self.device.partition(":")[0])
        elif self.precision == "float32":
            parts.append(PACKED)
        self.fingerprint = _digest(parts)

    def taught(self, source: AdapterSource) -> SentenceEncoder:
        """Return the encoder with an adapter in place of its own, computed as this one is: for texts that are encoded otherwise than the rest.

        Raises:
            ModelError: the adapter is missing, another file than the one of the hash, or was trained on another base.
        """
        return self._like(self.card.model_copy(update={"adapter": source}), precision=self.precision)

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
        missing = sorted(wanted)
        fresh: dict[bytes, NDArray[np.float32]] = {}
        try:
            for start in range(0, len(missing), TOKENIZED_AT_ONCE):
                chunk = missing[start : start + TOKENIZED_AT_ONCE]
                with closing(self._computed([wanted[key] for key in chunk])) as computed:  # when it is broken off, nothing more is computed
                    for places, vectors in computed:
                        fresh.update(zip([chunk[place] for place in places], vectors, strict=True))
                        if progress:
                            progress(len(places))
                        if len(fresh) >= KEPT_AT_ONCE:
                            self._vectors.put(fresh)
                            known.update(fresh)
                            fresh = {}
        finally:  # what is computed is kept when the rest is broken off
            if fresh:
                self._vectors.put(fresh)
        known.update(fresh)
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)

    def _computed(self, texts: list[str]) -> Generator[tuple[tuple[int, ...], NDArray[np.float32]]]:
        """Yield batch by batch the places of its texts and their vectors, of unit length."""
        engine = self._ready()
        cut = list(self.batches(texts))
        features = [batch.features for batch in cut]
        for batch, rows in zip(cut, side_by_side(engine, features) if engine.packed else map(engine.rows, features), strict=True):
            found = rows[: len(batch.places)]
            yield batch.places, np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def batches(self, texts: Sequence[str]) -> Iterator[Batch]:
        """Yield texts, prefixes included, as the batches in which they are computed; loads the model."""
        engine = self._ready()
        if engine.packed:
            return packs(self._tokenizer, texts, self.card.max_tokens, self._tokens_per_pack)
        return batches(self._tokenizer, texts, self.card.max_tokens, 1 if engine.single else self.tokens_per_batch)

    @property
    def packed(self) -> bool:
        """Whether padding is left out; loads the model."""
        return self._ready().packed

    def _ready(self) -> Engine:
        if self._engine is None:
            self._engine = self._engine_of(self.precision)
        return self._engine

    def _chosen(self) -> Choice:
        """Return the precision for this device: the only one there is, or the one that was fastest when it was measured."""
        possible = able(self.device)
        if len(possible) == 1:
            return Choice(precision=possible[0], why=f"the only one that {self.device} gains from")
        import torch

        here = machine()
        marks = [self.space, self.device.partition(":")[0], here.cuda or here.processor, str(here.threads), torch.__version__, *possible]
        return chosen(possible, self._engine_of, self._example, self._cache / "precisions" / f"{self.name}-{_digest(marks)}.json")

    def _example(self) -> Features:
        """Return a batch of a usual size to measure with; the tokenizer is that of an engine made before."""
        prefixed = [self.card.passage_prefix + " ".join(MEASURED_ON[start:] + MEASURED_ON[:start]) for start in range(len(MEASURED_ON))]
        return next(batches(self._tokenizer, prefixed, self.card.max_tokens, self.tokens_per_batch)).features

    def _engine_of(self, precision: Precision) -> Engine:
        """Return the engine of a precision, its tokenizer kept.

        Raises:
            ModelError: the weights cannot be loaded, or what the precision needs is not installed.
        """
        if precision != "int8":
            own = self._model(precision)
            return PackedEngine(own) if self.device == "cpu" and fits(own) else TorchEngine(sentence_vectors(own), self.device)
        from lexfloor.models.engines.int8 import OnnxEngine, quantize, require

        require()
        path = self._cache / "models" / f"{self.name}-{self.space}-int8.onnx"
        model = self._model("float32")
        if not path.is_file():
            logger.info("model %s: turning its weights into 8 bits, once, into %s", self.name, path)
            quantize(path, model, sentence_vectors(model), self._example())
        return OnnxEngine(path)

    def _model(self, precision: Precision) -> SentenceTransformer:
        """Return the model in a precision of PyTorch, and keep its tokenizer."""
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        folder = self.folder()
        local = isinstance(folder, Path)
        revision = self.card.hub.revision if self.card.hub and not local else None
        dtype = getattr(torch, precision)
        loaded = torch.float32 if self.adapter else dtype  # an adapter's small changes are added before anything is rounded
        kinds = {"dtype": loaded, "use_safetensors": True}
        try:
            model = SentenceTransformer(str(folder), device=self.device, revision=revision, local_files_only=local, trust_remote_code=False, model_kwargs=kinds)
        except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
            raise ModelError(f"model {self.name}: the weights at {folder} cannot be loaded ({error}); install the packaged source or give a local folder") from error
        model.max_seq_length = self.card.max_tokens
        if self.adapter and self.card.adapter:
            merge(model[0].auto_model, self.adapter, Path(self.card.adapter.path))
            model.to(dtype)
        self._tokenizer = model.tokenizer
        return model

    def loaded(self) -> SentenceTransformer:
        """Return the model itself with its adapter merged, for training and for what else reads texts with it; it is shared, not copied.

        Raises:
            ModelError: the weights cannot be loaded, or the adapter does not fit them.
        """
        if self._shared is None:
            self._shared = self._model("float32" if self.precision == "int8" else self.precision)
        return self._shared
