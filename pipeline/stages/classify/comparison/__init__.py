"""The comparison engine: a requirement's rule over the figures of law found for it, as arithmetic that a lawyer can check."""

from __future__ import annotations

from lexfloor.pipeline.stages.classify.comparison.claims import answered_by
from lexfloor.pipeline.stages.classify.comparison.deciding import compare
from lexfloor.pipeline.stages.classify.comparison.outcomes import FAINT, Comparison, Considered, Outcome

__all__ = ["FAINT", "Comparison", "Considered", "Outcome", "answered_by", "compare"]
