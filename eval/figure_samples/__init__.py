"""Figures of law drawn at random and judged by people: how precise the extractor is over whole laws.

What people judged is kept by position and hash in ``corpora/annotations/figures/SAMPLE/ISO3.json``, without any word of law.
Samples are drawn, and judgements taken over, by ``python -m lexfloor.eval.figure_samples``.
"""

from lexfloor.eval.figure_samples.records import FigureSample, JudgedPlace, read_figure_sample
from lexfloor.eval.figure_samples.stored import sampled_laws, stored_samples

__all__ = ["FigureSample", "JudgedPlace", "read_figure_sample", "sampled_laws", "stored_samples"]
