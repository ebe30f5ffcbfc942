"""Labelled corpora as folders that ``datasets.load_dataset`` opens offline: Parquet files and a dataset card.

>>> corpus_names()
('c102', 'contract_nli', 'instruments', 'maternity', 'obliqa', 'sample')
"""

from lexfloor.eval.labelled.corpora.build import build
from lexfloor.eval.labelled.corpora.cards import corpus_names, load_corpus
from lexfloor.eval.labelled.corpora.splits import held_out

__all__ = ["build", "corpus_names", "held_out", "load_corpus"]
