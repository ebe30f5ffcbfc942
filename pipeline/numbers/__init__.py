"""Figures in running text: digits and words, fractions, ranges, and the units they stand with, by the data of a language."""

from __future__ import annotations

from lexfloor.pipeline.numbers.convert import UNIT_DAYS, Conversion, convert, converted
from lexfloor.pipeline.numbers.figures import quantities
from lexfloor.pipeline.numbers.han import HAN_NUMBER, han_value
from lexfloor.pipeline.numbers.pay import NAMED
from lexfloor.pipeline.numbers.quantity import Quantity
from lexfloor.pipeline.numbers.value import number_value

__all__ = ["HAN_NUMBER", "NAMED", "UNIT_DAYS", "Conversion", "Quantity", "convert", "converted", "han_value", "number_value", "quantities"]
