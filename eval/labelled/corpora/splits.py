"""Splits that leave whole countries out: what is learnt of a country's law must not be tested on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lexfloor.pipeline.errors import InputError

if TYPE_CHECKING:
    from datasets import Dataset


def held_out(dataset: Dataset, country: str) -> tuple[Dataset, Dataset]:
    """Return the rows of all other countries (train) and those of one country (test), each in order; no country is in both.

    ``dataset`` is a configuration with a ``country`` column, as ``load_dataset(folder, "evidence", split="dev")`` gives it.

    Raises:
        InputError: there is no such country, or it is the only one.
    """
    found = list(dataset["country"])
    if country not in found:
        raise InputError(f"no country {country!r} in this corpus; it has {', '.join(sorted(set(found)))}")
    test = [index for index, name in enumerate(found) if name == country]
    train = [index for index, name in enumerate(found) if name != country]
    if not train:
        raise InputError(f"{country} is the only country in this corpus: nothing is left to train on")
    return dataset.select(train), dataset.select(test)
