"""The judged countries of a training: the judgements of lexfloor, a user's own, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from lexfloor.configs.training import SHIPPED, JudgedSource
from lexfloor.corpora.judgements import read_judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.checked import laws_in
from lexfloor.eval.labelled.label_studio import write_judgements
from lexfloor.eval.labelled.positions import read_packed
from lexfloor.eval.labelled.positions import unpacked as judgements_of
from lexfloor.models.cards import sha256_of
from lexfloor.pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A country's gold file, the folder that holds the countries' laws, and whose judgements these are."""

    country: str
    gold: Path
    laws: Path
    source: str

    def stamp(self) -> dict[str, str]:
        """Return what a card says of it."""
        return {"country": self.country, "judgements": self.source, "sha256": sha256_of(self.gold)}


def judged_files(sources: Sequence[JudgedSource], standard: Standard, unpacked: Path, only: Sequence[str] = ()) -> list[JudgedFile]:
    """Return the gold files of some sources, by country; of a country judged in several the last source counts.

    ``unpacked`` is a folder that the judgements of lexfloor are written into with their quotes.

    Raises:
        DataFileError: a gold file breaks the guidelines, or a law is another than the one judged.
        InputError: a folder is not there or holds no gold file, or nothing is left of ``only``.
    """
    found: dict[str, JudgedFile] = {}
    for source in sources:
        laws = Path(source.laws)
        if not laws.is_dir():
            raise InputError(f"{laws}: no such folder of laws; name in the configuration the folder that holds a folder for each country")
        for gold in _gold_files(source, laws, unpacked, only):
            country = read_judgements(gold, standard).country
            if not only or country in only:
                found[country] = JudgedFile(country, gold, laws, source.gold)
    if missing := sorted(set(only) - set(found)):
        raise InputError(f"no judgements of {', '.join(missing)}; judged are {', '.join(sorted(found)) or 'none of those asked for'}")
    return [found[country] for country in sorted(found)]


def _gold_files(source: JudgedSource, laws: Path, unpacked: Path, only: Sequence[str]) -> Iterator[Path]:
    if source.gold == SHIPPED:
        for path in sorted(Path(str(files("lexfloor.corpora") / "annotations" / "c102")).glob("*.json")):
            if not only or path.stem in only:
                packed = read_packed(path)
                yield from write_judgements([judgements_of(packed, laws_in(packed.country, [file.file for file in packed.files], laws))], unpacked)
        return
    folder = Path(source.gold)
    found = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    if not found:
        raise InputError(f"{folder}: no gold file (*.json) in it; `lexfloor corpus judgements` makes one of a Label Studio export")
    yield from found
