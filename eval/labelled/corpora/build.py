"""Build a labelled corpus: its tables as Parquet files, and its dataset card, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.labelled.corpora import benchmark_rows as benchmark
from lexfloor.eval.labelled.corpora.cards import BEGINS, CorpusCard, dataset_card, load_corpus, table_file
from lexfloor.eval.labelled.corpora.columns import write_rows
from lexfloor.eval.labelled.corpora.judged import JudgedCountry, evidence_rows, figure_rows, finding_rows, gold_countries, packed_countries
from lexfloor.eval.labelled.corpora.judged_rows import EvidenceRow, EvidenceTextRow, FigureRow, FigureTextRow, FindingRow
from lexfloor.eval.labelled.readers.contract_nli import read_contract_nli
from lexfloor.eval.labelled.readers.instruments import read_instruments
from lexfloor.eval.labelled.readers.maternity import read_maternity
from lexfloor.eval.labelled.readers.obliqa import read_obliqa
from lexfloor.eval.suite import revision_of
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.store import filled_whole

Tables = dict[str, tuple[type[Any], Iterable[Any]]]
"""The rows of each table with their record."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a corpus is built of: ``place`` is the card's data, ``laws`` the countries' laws where their words are asked for."""

    card: CorpusCard
    place: Path
    laws: Path | None


def _c102(source: Source) -> Tables:
    return _judged(list(packed_countries(source.place, source.laws)), with_text=source.laws is not None)


def _sample(source: Source) -> Tables:
    samples = Path(str(files("lexfloor.corpora") / "samples"))
    return _judged(list(gold_countries(source.place, samples, load_standard("c102"))), with_text=True)


def _judged(countries: list[JudgedCountry], *, with_text: bool) -> Tables:
    standard = load_standard("c102")
    return {
        "findings": (FindingRow, (row for country in countries for row in finding_rows(country, standard))),
        "evidence": (EvidenceTextRow if with_text else EvidenceRow, (row for country in countries for row in evidence_rows(country))),
        "figures": (FigureTextRow if with_text else FigureRow, (row for country in countries for row in figure_rows(country))),
    }


def _obliqa(source: Source) -> Tables:
    read = read_obliqa(source.place)
    return {
        "questions": (benchmark.QuestionRow, benchmark.question_rows(read)),
        "passages": (benchmark.PassageRow, benchmark.passage_rows(read)),
        "relevance": (benchmark.RelevanceRow, benchmark.relevance_rows(read)),
    }


def _contract_nli(source: Source) -> Tables:
    read = read_contract_nli(source.place)
    return {"labels": (benchmark.LabelRow, benchmark.label_rows(read)), "documents": (benchmark.ContractRow, benchmark.contract_rows(read))}


def _maternity(source: Source) -> Tables:
    # The records of the reader have the very fields of the row.
    return {"leave": (benchmark.LeaveRow, read_maternity(source.place))}


def _instruments(source: Source) -> Tables:
    articles = read_instruments(source.place, source.card.options.get("same"))
    return {"articles": (benchmark.ArticleRow, benchmark.article_rows(articles)), "pairs": (benchmark.PairRow, benchmark.pair_rows(articles))}


TABLES: dict[str, Callable[[Source], Tables]] = {
    "c102": _c102,
    "sample": _sample,
    "obliqa": _obliqa,
    "contract_nli": _contract_nli,
    "maternity": _maternity,
    "instruments": _instruments,
}
WITHOUT_WORDS = ("c102",)
"""Corpora that hold no words of law unless the laws are given."""


def build(name: str, out: Path, shared: Path, *, laws: Path | None = None) -> dict[str, int]:
    """Write a corpus into ``out`` and return the number of rows of each table; the same data give the same bytes.

    ``datasets.load_dataset(str(out))`` opens the first table, ``load_dataset(str(out), NAME)`` any. ``shared`` is the folder of
    data that are not part of the package. With ``laws``, the folder of the countries' laws, the quotes of ``c102`` and the
    sections around them are added as text, for one's own disk; without, they are positions and hashes.

    Raises:
        DataFileError: there is no such corpus, a file of it is broken, or a law is another than the one judged.
        InputError: the data are not there, ``laws`` is given for a corpus that has its words already, or ``out`` cannot be written to.
    """
    card = load_corpus(name)
    if laws is not None and name not in WITHOUT_WORDS:
        raise InputError(f"corpus {name} has its text already; laws are asked for with {', '.join(WITHOUT_WORDS)} alone")
    package, _, inside = card.path.rpartition(":")
    place = Path(str(files(package) / inside)) if package else shared / card.path
    if not place.exists():
        raise InputError(f"corpus {name}: its data are not at {place}; give the folder of data with --shared")
    tables = TABLES[name](Source(card, place, laws))
    readme = out / "README.md"
    if readme.is_file() and not readme.read_bytes().startswith(BEGINS.encode()):
        raise InputError(f"{readme} is there and is no dataset card; choose another folder for the corpus")
    counts = {}
    with filled_whole(out) as building:
        for table in card.configs:
            record, rows = tables[table]
            counts[table] = write_rows(building / table_file(table), record, rows)
        records = {table: record for table, (record, _) in tables.items()}
        told = dataset_card(card, records, counts, revision_of(place, card.pattern), with_laws=laws is not None)
        (building / readme.name).write_text(told, encoding="utf-8", newline="\n")
    return counts
