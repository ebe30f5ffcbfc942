"""Labelled data: what people judged, and where in the law it stands."""

from lexfloor.eval.labelled.checked import Judged, check_judgements, laws_of

__all__ = ["Judged", "check_judgements", "laws_of"]
