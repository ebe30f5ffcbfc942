"""Draw figures of law at random for people to judge, and take their judgements over.

python -m lexfloor.eval.figure_samples draw --laws LAWS --countries EST URY --sample final --told 30 --others 12 --seed 5 --out SHEETS
python -m lexfloor.eval.figure_samples take SHEETS --laws LAWS
"""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from lexfloor.configs.run import IngestConfig
from lexfloor.corpora.standards import load_standard
from lexfloor.eval.figure_samples.drawing import Drawing, draw
from lexfloor.eval.figure_samples.places import law_figures
from lexfloor.eval.figure_samples.records import write_sample
from lexfloor.eval.figure_samples.sheets import taken, write_sheets
from lexfloor.eval.figure_samples.stored import STORED, sampled_laws
from lexfloor.models.kinds import held_out_kind_model
from lexfloor.pipeline.errors import InputError, LexfloorError
from lexfloor.pipeline.laws import country_folders
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest import ingest


def main() -> None:
    """Draw or take; errors are told without a traceback, exit code 2."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True, dest="command")
    drawn = commands.add_parser("draw", help="write judging sheets; they quote the law: keep them outside the repository")
    drawn.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    drawn.add_argument("--countries", nargs="+", required=True, metavar="ISO3")
    drawn.add_argument("--sample", required=True, help="name of the sample: training (may be fitted on) or final (never)")
    drawn.add_argument("--told", type=int, default=30, help="figures of each country that the extractor gives a kind (30)")
    drawn.add_argument("--others", type=int, default=12, help="figures of each country that it gives none (12)")
    drawn.add_argument("--seed", type=int, required=True)
    drawn.add_argument("--out", type=Path, required=True, help="folder for the sheets")
    take = commands.add_parser("take", help="check filled-in sheets and write them as annotations, without words of law")
    take.add_argument("sheets", type=Path, help="folder that draw wrote, its ISO3.json filled in")
    take.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    take.add_argument("--into", type=Path, default=STORED, help=f"folder of annotations ({STORED})")
    asked = parser.parse_args()
    try:
        if asked.command == "draw":
            _draw(asked)
        else:
            _take(asked)
    except LexfloorError as error:
        parser.error(str(error))


def _draw(asked: argparse.Namespace) -> None:
    standard = load_standard("c102")
    for country in asked.countries:
        (folder,), _ = country_folders([asked.laws / country], country)
        laws = [law for law in ingest(folder, IngestConfig()) if isinstance(law, Law)]
        figures = list(law_figures(laws, standard, held_out_kind_model(country)))
        if not figures:
            raise InputError(f"{country}: no figures in {asked.laws / country}; leave the country out")
        sample, picked = draw(figures, Drawing(asked.sample, asked.told, asked.others, asked.seed), datetime.now(UTC).date())
        write_sheets(asked.out, sample, picked)
        print(f"{country}: {len(picked)} figures drawn of {sample.figures_told} told and {sample.figures_other} others")  # noqa: T201 - this module is a command


def _take(asked: argparse.Namespace) -> None:
    for sample in taken(asked.sheets):
        sampled_laws(sample, asked.laws)
        path = asked.into / sample.sample / f"{sample.country}.json"
        write_sample(path, sample)
        print(f"{path}: {len(sample.figures)} figures")  # noqa: T201


if __name__ == "__main__":
    main()
