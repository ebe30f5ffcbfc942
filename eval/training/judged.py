"""The judged countries of a training: the judgements of lexfloor, a user's own, or both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.training import SHIPPED, JudgedSource
from lexfloor.corpora.judgements import read_judgements
from lexfloor.corpora.standards import Standard
from lexfloor.eval.labelled.own import own_judgements, unpacked_judgements
from lexfloor.models.cards import sha256_of
from lexfloor.pipeline.errors import InputError


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """A country's gold file, the folder that holds the countries' laws, whose judgements these are, and whether on some of its laws alone."""

    country: str
    gold: Path
    laws: Path
    source: str
    incomplete: bool = False

    def stamp(self) -> dict[str, str | bool]:
        """Return what a card says of it."""
        kind = {"incomplete": True} if self.incomplete else {}
        return {"country": self.country, "judgements": self.source, "sha256": sha256_of(self.gold)} | kind


def judged_files(sources: Sequence[JudgedSource], standard: Standard, unpacked: Path, only: Sequence[str] = ()) -> list[JudgedFile]:
    """Return the gold files of some sources, by country; of a country judged in several the last source counts, on all laws and on some apart.

    ``unpacked`` is a folder that the judgements of lexfloor are written into with their quotes.

    Raises:
        DataFileError: a gold file breaks the guidelines, or a law is another than the one judged.
        InputError: a folder is not there or holds no gold file, or nothing is left of ``only``.
    """
    found: dict[tuple[str, bool], JudgedFile] = {}
    for source in sources:
        laws = Path(source.laws)
        if not laws.is_dir():
            raise InputError(f"{laws}: no such folder of laws; name in the configuration the folder that holds a folder for each country")
        for gold in _gold_files(source, laws, unpacked / ("some" if source.incomplete else "all"), only):
            country = read_judgements(gold, standard).country
            if not only or country in only:
                found[country, source.incomplete] = JudgedFile(country, gold, laws, source.gold, source.incomplete)
    known = sorted({country for country, _ in found})
    if missing := sorted(set(only) - set(known)):
        raise InputError(f"no judgements of {', '.join(missing)}; judged are {', '.join(known) or 'none of those asked for'}")
    return [found[key] for key in sorted(found)]


def _gold_files(source: JudgedSource, laws: Path, unpacked: Path, only: Sequence[str]) -> Iterator[Path]:
    if source.gold == SHIPPED:
        for path in sorted(own_judgements(incomplete=source.incomplete).glob("*.json")):
            if not only or path.stem in only:
                yield unpacked_judgements(path, laws, unpacked)
        return
    folder = Path(source.gold)
    found = [folder] if folder.is_file() else sorted(folder.glob("*.json"))
    if not found:
        raise InputError(f"{folder}: no gold file (*.json) in it; `lexfloor corpus judgements` makes one of a Label Studio export")
    yield from found
