"""Drawing a sample: so many of the figures that the extractor gives a kind, and so many of all others, at random."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lexfloor.eval.figure_samples.places import LawFigure
from lexfloor.eval.figure_samples.records import OTHER, TOLD, DrawnSample, Place
from lexfloor.eval.figure_samples.stored import words_at
from lexfloor.eval.labelled.positions import PackedFile


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a sample is called, how many figures are drawn of each country, and by which random numbers."""

    sample: str
    told: int
    others: int
    seed: int


def draw(figures: Sequence[LawFigure], drawing: Drawing, today: date) -> tuple[DrawnSample, list[LawFigure]]:
    """Return a sample of a country's figures, of which there is at least one, and these figures in its order.

    The same seed draws the same figures of the same law; ``today`` is written into the sample.
    """
    heaps = {TOLD: [figure for figure in figures if figure.parameter], OTHER: [figure for figure in figures if not figure.parameter]}
    chance = random.Random(drawing.seed)  # noqa: S311 - a sample, no secret
    picked = [
        (stratum, figure) for stratum, wanted in ((TOLD, drawing.told), (OTHER, drawing.others)) for figure in chance.sample(heaps[stratum], min(wanted, len(heaps[stratum])))
    ]
    chance.shuffle(picked)
    laws = {figure.law.file: figure.law for _, figure in picked}
    order = sorted(laws)
    languages = Counter(figure.law.language for figure in figures)
    sample = DrawnSample(
        sample=drawing.sample,
        drawn=today.isoformat(),
        country=figures[0].law.country,
        language=languages.most_common(1)[0][0],
        seed=drawing.seed,
        figures_told=len(heaps[TOLD]),
        figures_other=len(heaps[OTHER]),
        files=tuple(PackedFile(file=file, sha256=laws[file].sha256) for file in order),
        figures=tuple(
            Place(file=order.index(figure.law.file), start=figure.start, end=figure.end, words=words_at(figure.law, figure.start, figure.end), stratum=stratum)
            for stratum, figure in picked
        ),
    )
    return sample, [figure for _, figure in picked]
