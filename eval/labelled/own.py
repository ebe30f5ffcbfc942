"""The judgements of lexfloor: kept without text of law, and given back with their quotes where the laws are at hand."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from lexfloor.eval.labelled.checked import laws_in
from lexfloor.eval.labelled.label_studio import write_judgements
from lexfloor.eval.labelled.positions import read_packed, unpacked


def own_judgements(*, incomplete: bool) -> Path:
    """Return the folder of lexfloor's own judgements, without text of law: on all laws of each country, or on some."""
    return Path(str(files("lexfloor.corpora") / "annotations" / ("incomplete" if incomplete else "c102")))


def unpacked_judgements(path: Path, laws: Path, out: Path) -> Path:
    """Return the gold file, written into a folder, of judgements kept without text of law; ``laws`` holds a folder for each country.

    Raises:
        DataFileError: a law is missing or another than the one judged.
        InputError: there is no folder for the country.
    """
    kept = read_packed(path)
    (written,) = write_judgements([unpacked(kept, laws_in(kept.country, [file.file for file in kept.files], laws))], out)
    return written
