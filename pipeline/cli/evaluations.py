"""The commands ``lexfloor eval ...``: suites run, compared and reported."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from lexfloor.pipeline.cli.common import BELOW_BAR, AsJson, Precision

if TYPE_CHECKING:
    from lexfloor.eval.segmentation import Figure


class Suites(TyperGroup):
    """The group of evaluation commands, where a suite's name stands for ``run`` with that suite."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command for the words given: one of the group's, else ``run``."""
        known = args and (args[0] in self.commands or args[0].startswith("-"))
        return super().resolve_command(ctx, args if known else ["run", *args])


evaluations = typer.Typer(cls=Suites, help="Evaluation runs: how good each step is, on labelled corpora and real laws. `lexfloor eval SUITE` runs a suite.", no_args_is_help=True)
RunFolder = Annotated[Path, typer.Argument(help="Folder that an evaluation run was written to.", show_default=False)]


@evaluations.command("list")
def eval_list(*, as_json: AsJson = False) -> None:
    """List the suites: what each measures, on what, judged by whom."""
    from lexfloor.eval.suite import load_suite, suite_names

    cards = [load_suite(name) for name in suite_names()]
    if as_json:
        typer.echo(json.dumps([card.model_dump(mode="json") for card in cards], ensure_ascii=False, indent=2))
        return
    for card in cards:
        about = f"main score: {card.main_score}; data: {', '.join(card.data)}; languages: {', '.join(card.languages)}"
        typer.echo("\n".join((f"{card.name:16} {card.title}", f"{'':16} {card.description}", f"{'':16} {about}")))


@evaluations.command("run")
def eval_run(
    suite: Annotated[str, typer.Argument(help="A suite of `lexfloor eval list`, or the path of a suite's TOML file.", show_default=False)],
    *,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for the run; out/eval/SUITE where none is given.")] = None,
    config: Annotated[Path | None, typer.Option(help="A TOML file in place of the shipped configuration (configs/default.toml).")] = None,
    shared: Annotated[Path | None, typer.Option(help="Folder of the data that are not part of the project; LEXFLOOR_SHARED or ../shared where none is given.")] = None,
    data: Annotated[list[str] | None, typer.Option(help="NAME=PATH: other data in place of the suite's; may be given several times.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="Only this country (contract, instrument); may be given several times.")] = None,
    stored: Annotated[Path | None, typer.Option("--from", help="Take the predictions of this earlier run: nothing is computed but the measures.")] = None,
    cold: Annotated[bool, typer.Option("--cold", help="Use no vectors of earlier runs.")] = False,
    baseline: Annotated[Path | None, typer.Option(help="Run that this one must not fall behind; the suite's own where it has one.")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="Make this run the baseline: the suite's own, or the folder given with --baseline.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a suite and store its predictions and measures. `lexfloor eval SUITE` is short for `lexfloor eval run SUITE`.

    Exit code 0: done; 1: behind the baseline by more than chance; 2: wrong use or faulty data, with file and line.
    """
    from lexfloor.configs.run import load_config
    from lexfloor.eval.baselines import against, baseline_folder
    from lexfloor.eval.measuring import lines
    from lexfloor.eval.operations import remeasured, run_suite
    from lexfloor.eval.runs import read_run, write_run
    from lexfloor.eval.suite import load_suite, located_data, shared_folder
    from lexfloor.pipeline.progress import progress

    card = load_suite(suite)
    if stored:
        run = remeasured(read_run(stored), card)
    else:
        places = located_data(card, shared_folder(shared), _named(data or []))
        with progress() as report:
            run = run_suite(card, places, load_config(config), report, only=only or (), cold=cold)
    folder = out or Path("out") / "eval" / card.name
    write_run(run, folder)
    place = baseline or (baseline_folder(card) if card.baseline or write_baseline else None)
    outcome = against(run, place) if place and not write_baseline else None
    if as_json:
        measures = [asdict(item) for item in run.measures if item.stratum == "all"]
        typer.echo(json.dumps({"out": str(folder), "measures": measures, "baseline": outcome.as_json() if outcome else None}, indent=2))
    else:
        typer.echo(lines(run.measures, card.main_score))
        typer.echo(f"\nPredictions and measures: {folder}; `lexfloor eval report {folder}` writes the report.")
        if outcome:
            typer.echo(outcome.text)
    if write_baseline and place:
        write_run(run, place)
        typer.echo(f"Baseline moved: {place}")
    if outcome and outcome.behind:
        raise typer.Exit(BELOW_BAR)


def _named(pairs: list[str]) -> dict[str, Path]:
    from lexfloor.pipeline.errors import InputError

    found = {}
    for pair in pairs:
        name, equals, path = pair.partition("=")
        if not equals or not path:
            raise InputError(f"--data {pair}: write NAME=PATH, gold=my/gold say")
        found[name] = Path(path)
    return found


@evaluations.command("compare")
def eval_compare(
    first: RunFolder,
    second: RunFolder,
    *,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for compare.md and compare.html.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs of a suite: differences with paired bootstrap intervals, and the findings that changed."""
    from lexfloor.eval.compare import as_json as comparison_json
    from lexfloor.eval.compare import compare, lines
    from lexfloor.eval.report import write_comparison
    from lexfloor.eval.runs import read_run

    found = compare(read_run(first), read_run(second))
    typer.echo(json.dumps(comparison_json(found), ensure_ascii=False, indent=2) if as_json else lines(found))
    if out:
        write_comparison(found, out)


@evaluations.command("report")
def eval_report(
    run: RunFolder,
    *,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for report.md and report.html; the run's own where none is given.")] = None,
) -> None:
    """Write a run's report: Markdown, and one HTML page with plots (confusion, reliability, risk and coverage, strata)."""
    from lexfloor.eval.report import write_report
    from lexfloor.eval.runs import read_run

    for path in write_report(read_run(run), out or run):
        typer.echo(str(path))


class Check(StrEnum):
    """The checks of how law is read."""

    GOLD = "gold"
    COVERAGE = "coverage"
    FORMATS = "formats"
    SPEED = "speed"
    FUZZ = "fuzz"


@evaluations.command("reading")
def eval_reading(
    *,
    gold: Annotated[Path, typer.Option(help="Folder of gold judgements, one file a country.")] = Path("../shared/gold/dev"),
    laws: Annotated[Path, typer.Option(help="Folder of the countries' laws.")] = Path("../shared/laws"),
    check: Annotated[list[Check] | None, typer.Option(help="Which checks to run; may be given several times. All but fuzz where none is named.")] = None,
    files: Annotated[int, typer.Option(help="Hostile files of each format in the fuzz check.")] = 1000,
    seed: Annotated[int, typer.Option(help="Which hostile files: the same for the same seed.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Check that laws are cut where a lawyer would cut them, that no text is lost, that formats agree, how fast, and under attack.

    gold: quotes that people cited lie inside one section under the label they gave. coverage: every character is in one
    provision or one refused stretch. formats: the same law as HTML, DOCX and PDF gives the same sections (DOCX and PDF need
    LibreOffice). speed: megabytes and pages per second, and how fast figures are found. fuzz: broken and hostile files. Exit code 1 where a figure is below its bar.
    """
    from lexfloor.eval.segmentation import Asked, checked
    from lexfloor.pipeline.errors import InputError

    for name, folder in (("--gold", gold), ("--laws", laws)):
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder; name it with {name}")
    chosen = [name.value for name in check or [item for item in Check if item is not Check.FUZZ]]
    _tell(checked(chosen, Asked(gold, laws, files, seed)), as_json)


@evaluations.command("speed")
def eval_speed(
    *,
    laws: Annotated[Path, typer.Option(help="Folder of the countries' laws.")] = Path("../shared/laws"),
    countries: Annotated[list[str] | None, typer.Option("--only", help="A country to screen; may be given several times. CAN, DEU and IND where none is named.")] = None,
    model: Annotated[str, typer.Option(help="Encoder: auto, a model card's name, or the path of a card.")] = "auto",
    device: Annotated[str, typer.Option(help="auto, cpu, cuda or cuda:N, for both sides.")] = "auto",
    precision: Annotated[Precision, typer.Option(help="Of ours; the peer is in float32.")] = Precision.AUTO,
    whole: Annotated[bool, typer.Option("--whole", help="Let the peer compute everything (an hour and more), not a sample from which the rest follows.")] = False,
    as_json: AsJson = False,
) -> None:
    """Time a screening with an empty cache and again with what it left, beside a plain script, on this machine in one run.

    The script embeds every passage (sentence-transformers, float32), searches with FAISS and lets a cross-encoder of the encoder's size read the best
    fifty passages of every requirement; reading and cutting the laws is not on its clock. Also told: peak memory, and which share of the
    machine's rate of matrix products embedding reaches. Let nothing else run meanwhile. Exit code 1 where a figure is below its bar.
    """
    from lexfloor.configs.run import load_config
    from lexfloor.eval.speed import speed

    config = load_config()
    embed = config.embed.model_copy(update={"model": model, "device": device, "precision": precision.value})
    _tell(speed(laws, countries or ["CAN", "DEU", "IND"], config.model_copy(update={"embed": embed}), whole=whole), as_json)


def _tell(found: Iterable[Figure], as_json: bool) -> None:
    """Print figures as they are measured; exit where one is below its bar."""
    below, figures = False, []
    for figure in found:
        below = below or not figure.holds
        figures.append({"check": figure.check, "name": figure.name, "value": figure.value, "bar": figure.bar, "holds": figure.holds, "detail": figure.detail})
        if not as_json:
            typer.echo(figure.line)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    if below:
        raise typer.Exit(BELOW_BAR)
