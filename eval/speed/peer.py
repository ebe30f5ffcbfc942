"""The peer: a plain script that finds passages for queries with the libraries' defaults, as one writes it in an afternoon.

Every passage is embedded (sentence-transformers, float32, default batches), FAISS gives the best `DEPTH` for each query, and a
cross-encoder of the encoder's own size reads each of these pairs. Its head is random: what it takes is measured, not what it says.

python -m lexfloor.eval.speed.peer TASK.json OUTCOME.json
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from lexfloor.pipeline.screen import peak_memory

DEPTH = 50


class Country(BaseModel):
    """What is searched in one country, and for what."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    passages: tuple[str, ...]
    queries: tuple[str, ...]


class Task(BaseModel):
    """What the peer is to do: ``passages`` and ``pairs`` bound how many of each country are computed, 0 is all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str
    device: str
    countries: dict[str, Country]
    passages: int = 0
    pairs: int = 0


class Outcome(BaseModel):
    """What it took: seconds for everything (``computed`` of them spent, the rest extrapolated by counts), counts of everything, memory in MB."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    embedding: float
    searching: float
    reading: float
    computed: float
    passages: int
    pairs: int
    peak_memory: int

    @property
    def seconds(self) -> float:
        """Seconds for everything."""
        return self.embedding + self.searching + self.reading


def run(task: Task) -> Outcome:
    """Return what the task takes on this machine; models are loaded before the clock starts."""
    import faiss
    from sentence_transformers import CrossEncoder, SentenceTransformer

    encoder = SentenceTransformer(task.folder, device=task.device)
    reader = CrossEncoder(task.folder, num_labels=1, device=task.device)
    drawn = random.Random(0)  # noqa: S311 - a sample that can be drawn again, no secret
    embedding = searching = reading = computed = 0.0
    passages = pairs = 0
    for country in task.countries.values():
        own = drawn.sample(country.passages, min(len(country.passages), task.passages or len(country.passages)))
        began = time.perf_counter()
        vectors = encoder.encode(own, normalize_embeddings=True)
        embedded = time.perf_counter()
        asked = encoder.encode(list(country.queries), normalize_embeddings=True)
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        _, found = index.search(asked, min(DEPTH, len(own)))
        searched = time.perf_counter()
        named = [(query, own[place]) for query, places in zip(country.queries, found, strict=True) for place in places]
        chosen = drawn.sample(named, min(len(named), task.pairs or len(named)))
        before = time.perf_counter()
        reader.predict(chosen)
        read = time.perf_counter()
        whole = len(country.queries) * min(DEPTH, len(country.passages))
        embedding += (embedded - began) * len(country.passages) / len(own)
        searching += searched - embedded
        reading += (read - before) * whole / len(chosen)
        computed += searched - began + read - before
        passages, pairs = passages + len(country.passages), pairs + whole
    return Outcome(embedding=embedding, searching=searching, reading=reading, computed=computed, passages=passages, pairs=pairs, peak_memory=peak_memory())


def main() -> None:
    """Read the task, run it and write the outcome."""
    task, outcome = map(Path, sys.argv[1:3])
    outcome.write_text(run(Task.model_validate_json(task.read_bytes())).model_dump_json(), encoding="utf-8")


if __name__ == "__main__":
    main()
