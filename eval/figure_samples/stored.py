"""Samples in a folder of files, SAMPLE/ISO3.json each, and the laws that they were drawn from."""

from __future__ import annotations

from pathlib import Path

from lexfloor.eval.figure_samples.records import Drawn, FigureSample, Sample, read_figure_sample
from lexfloor.eval.labelled.checked import laws_in
from lexfloor.eval.labelled.positions import short_hash
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Law

STORED = Path(__file__).resolve().parents[2] / "corpora" / "annotations" / "figures"
"""Where the checkout keeps them."""


def stored_samples(folder: Path) -> list[FigureSample]:
    """Return the samples below a folder, by name and country.

    Raises:
        DataFileError: a file is broken, or lies under another sample's or country's name than its own; names file and entry.
    """
    found = []
    for path in sorted(folder.glob("*/*.json")):
        sample = read_figure_sample(path)
        if (sample.sample, sample.country) != (path.parent.name, path.stem):
            raise DataFileError(str(path), "", f"holds the sample {sample.sample!r} of {sample.country}; move it to {sample.sample}/{sample.country}.json")
        found.append(sample)
    return found


def sampled_laws(sample: Sample[Drawn], laws: Path) -> dict[str, Law]:
    """Return the laws that a sample was drawn from, by file, every figure found where it is said to stand.

    ``laws`` holds a folder for each country.

    Raises:
        DataFileError: a file is missing or another than the one drawn from, or the words at a place are not those that were drawn.
        InputError: there is no folder for the country, or a law cannot be read.
    """
    known = laws_in(sample.country, [packed.file for packed in sample.files], laws)
    for packed in sample.files:
        _check(f"{sample.country}/{packed.file}", packed.sha256, known.get(packed.file))
    for number, figure in enumerate(sample.figures, start=1):
        name = sample.files[figure.file].file
        if words_at(known[name], figure.start, figure.end) != figure.words:
            problem = f"characters {figure.start} to {figure.end} of {name} are not the figure drawn; the file is read otherwise than then, draw the sample anew"
            raise DataFileError(f"sample {sample.sample} of {sample.country}", f"figure {number}", problem)
    return known


def words_at(law: Law, start: int, end: int) -> str:
    """Return the hash of the words between two places of a law."""
    return short_hash(law.text[start:end])


def _check(name: str, expected: str, law: Law | None) -> None:
    if law is None:
        raise DataFileError(name, "", "this file is not among the laws; figures were drawn from it")
    if law.sha256 != expected:
        raise DataFileError(name, "", f"not the file that figures were drawn from: expected SHA-256 {expected}, found {law.sha256}; get that version")
