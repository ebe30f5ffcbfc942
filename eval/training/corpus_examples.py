"""Examples of labelled corpora, as ``lexfloor corpus build`` writes them: questions on regulations, articles in several languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lexfloor.configs.run import EmbedConfig, RetrieveConfig
from lexfloor.eval.adapters.questions import section_of, standard_of, worded
from lexfloor.eval.labelled.corpora.cards import SPLIT, table_file
from lexfloor.models.training.examples import Example
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.stages.embed import Piece, pieces
from lexfloor.pipeline.stages.retrieve import searched

LIKE = "c102"
"""The standard whose phrases the stages ask for; none of its contingencies counts."""
Rows = Sequence[dict[str, Any]]


def corpus_examples(folder: Path, candidates: int) -> list[Example]:
    """Return the examples of a corpus.

    Raises:
        InputError: the folder holds no corpus that can be learned from.
    """
    known = [name for name in KINDS if (folder / table_file(name)).is_file()]
    if not known:
        built = "obliqa and instruments can be learned from; judged law is named by [[data.judged]]"
        raise InputError(f"{folder}: no corpus with questions and answers, build one with `lexfloor corpus build NAME --out {folder}` ({built})")
    return list(KINDS[known[0]](folder, candidates))


def _table(folder: Path, name: str) -> Rows:
    """Return the rows of a table."""
    from datasets import disable_progress_bars, load_dataset

    disable_progress_bars()
    with TemporaryDirectory(prefix="lexfloor-") as cache:
        rows: Rows = load_dataset(str(folder), name, split=SPLIT, cache_dir=cache, keep_in_memory=True).to_list()
    return rows


def _questions(folder: Path, candidates: int) -> Iterator[Example]:
    """Yield an example for each question; ``ordered`` are the passages that share most words with it."""
    passages = [row for row in _table(folder, "passages") if row["text"].strip()]
    asked = _table(folder, "questions")
    relevant: dict[str, list[str]] = {}
    documents: dict[str, int] = {}
    for row in _table(folder, "relevance"):
        relevant.setdefault(row["question"], []).append(row["passage"])
        documents.setdefault(row["question"], row["document"])
    sections = [section_of(row["passage"], row["text"], 0, country="", file=str(row["document"]), label=row["label"]) for row in passages]
    place = {row["passage"]: index for index, row in enumerate(passages)}
    standard = standard_of("CORPUS", folder.name, [worded(row["text"]) for row in asked], LIKE)
    found = searched(standard, sections, pieces(sections, {}, EmbedConfig()), RetrieveConfig(candidates=0))
    own: dict[int, list[str]] = {}
    for piece in found.pieces:
        own.setdefault(piece.section, []).append(piece.words)
    for question, shared in zip(asked, found.lexical, strict=True):
        wanted = [place[name] for name in relevant[question["question"]] if name in place]
        positives = tuple(dict.fromkeys(words for section in wanted for words in own.get(section, ())))
        if not positives:
            continue
        first = _best(shared, found.pieces, candidates)
        yield Example(
            key=question["question"],
            group=str(documents[question["question"]]),
            questions=(question["text"],),
            positives=positives,
            negatives=tuple(words for words in dict.fromkeys(found.pieces[index].words for index in first) if words not in positives),
            ordered=tuple(found.pieces[index].words for index in first),
            prior=tuple(np.round(shared[first], 4).tolist()),
        )


def _best(scores: NDArray[np.float32], made: Sequence[Piece], count: int) -> list[int]:
    """Return the best piece of each of the best sections, best first."""
    chosen: dict[int, int] = {}
    for index in np.argsort(-scores, kind="stable")[: 4 * count].tolist():
        chosen.setdefault(made[index].section, index)
    return list(chosen.values())[:count]


def _articles(folder: Path, _candidates: int) -> Iterator[Example]:
    """Yield two examples for each article in two languages: each asks for the other."""
    for row in _table(folder, "pairs"):
        key = f"{row['instrument']} {row['article']} {row['occurrence']}"
        for question, answer in ((row["text"], row["other_text"]), (row["other_text"], row["text"])):
            yield Example(key=key, group=row["instrument"], questions=(question,), positives=(answer,))


KINDS: dict[str, Callable[[Path, int], Iterator[Example]]] = {"relevance": _questions, "pairs": _articles}
"""How the corpora are read, by a table that only they have."""
