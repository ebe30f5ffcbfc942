"""The commands over laws: ``lexfloor screen``, ``lexfloor segment`` and ``lexfloor figures``."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from lexfloor.pipeline.cli.common import SOME_FAILED, AsJson, Precision


class Form(StrEnum):
    """What a law can be written as."""

    TREE = "tree"
    JSONL = "jsonl"
    AKN = "akn"
    HTML = "html"


class FiguresForm(StrEnum):
    """What figures of law can be shown or written as."""

    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    JSONL = "jsonl"


def screen(
    paths: Annotated[list[Path], typer.Argument(help="Law files, a country's folder (named by its ISO code), or a folder of such folders.", show_default=False)],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; made if it is not there.")],
    config: Annotated[Path | None, typer.Option(help="A TOML file in place of the shipped configuration (configs/default.toml).")] = None,
    country: Annotated[str | None, typer.Option(help="Name of the country whose laws these are, where the folder's name does not tell.")] = None,
    standard: Annotated[str | None, typer.Option(help="A shipped standard, or the path of a standard's TOML file.")] = None,
    statistics: Annotated[
        Path | None,
        typer.Option(
            help="A table of wages and family allowances that benefits are measured by: CSV with the columns country, figure, value, currency, period, year, source; or TOML."
        ),
    ] = None,
    model: Annotated[str | None, typer.Option(help="Encoder: auto, a model card's name, or the path of a card.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or cuda:N; a device asked for by name must be there.")] = None,
    precision: Annotated[
        Precision | None, typer.Option(help="auto: the fastest with the results of float32, measured at first use; float16 needs CUDA, int8 the extra onnx.")
    ] = None,
    weights: Annotated[Path | None, typer.Option(help="Folder of weights that `lexfloor train classifier` wrote, in place of those shipped.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned pages of PDF files through tesseract, where that program is installed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Screen laws against a standard and write the compliance tables.

    Writes compliance.xlsx, report.html, compliance.csv, findings.jsonl, provisions.parquet, links.parquet,
    definitions.parquet, parameters.parquet, levels.parquet, matches.parquet, failures.jsonl and run.json. Exit code 0: done; 3: some
    files could not be read (the rest is written); 2: wrong use.

    What the Schedule's standard beneficiary receives is computed from the law's rates, accrual and ceilings, in percent of the
    reference wage. Benefits that are sums of money are measured with --statistics; figures of that table: skilled_wage,
    labourer_wage, average_earnings, average_wage, minimum_wage, family_allowance. Without it the figure that is missing is named.

    Findings are left without review as far as the promised rate of error allows (promised_error under [classify] in the configuration);
    the rate, what it costs and how it held on judged countries are printed at the end and stand in run.json.
    """
    from lexfloor.configs.run import load_config
    from lexfloor.pipeline.progress import progress
    from lexfloor.pipeline.screen import screen as run

    settings = load_config(config)
    embed = {key: value for key, value in (("model", model), ("device", device), ("precision", precision and precision.value)) if value is not None}
    ingest = settings.ingest.model_copy(update={"ocr": True}) if ocr else settings.ingest
    changed: dict[str, Any] = {"ingest": ingest, "embed": settings.embed.model_copy(update=embed)} | ({"standard": standard} if standard else {})
    changed |= {name: str(path) for name, path in (("statistics", statistics), ("weights", weights)) if path}
    with progress() as report:
        summary = run(paths, out, settings.model_copy(update=changed), country=country, report=report)
    if as_json:
        acceptance = {item.country: item.acceptance for item in summary.assessments}
        promises = {item.country: asdict(item.promise) for item in summary.assessments if item.promise}
        counts = {"out": str(out), "countries": summary.counts, "acceptance": acceptance, "promise": promises, "failed": summary.failed}
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        from lexfloor.pipeline.progress import print_summary

        print_summary(summary)
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


def segment(
    paths: Annotated[list[Path], typer.Argument(help="Law files, a country's folder (named by its ISO code), or a folder of such folders.", show_default=False)],
    *,
    to: Annotated[Form, typer.Option(help="What to write: a tree to read on the terminal, JSON Lines, Akoma Ntoso 3 XML, or a page that shows the cuts.")] = Form.TREE,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder for a file per law; without it they are printed.")] = None,
    config: Annotated[Path | None, typer.Option(help="A TOML file in place of the shipped configuration (configs/default.toml).")] = None,
    country: Annotated[str | None, typer.Option(help="Name of the country whose laws these are, where the folder's name does not tell.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned pages of PDF files through tesseract, where that program is installed.")] = False,
) -> None:
    """Cut laws into their provisions and show the cuts: parts, chapters, sections, subsections, items, with state and references.

    Exit code 0: done; 3: some files could not be read (the rest is written); 2: wrong use.
    """
    from lexfloor.configs.run import load_config
    from lexfloor.pipeline.laws import segmented, write_laws

    settings = load_config(config).ingest
    found = segmented(paths, settings.model_copy(update={"ocr": True}) if ocr else settings, country, out=out)
    failed = 0
    for laws in write_laws(found, to.value, out) if out else found:
        for law in laws.laws if not out else ():
            typer.echo(laws.written(law, to.value, shutil.get_terminal_size((120, 40)).columns), nl=False)
        for failure in laws.failures:
            typer.echo(f"lexfloor: {failure.message}", err=True)
        failed += sum(failure.category != "skipped" for failure in laws.failures)
        if out:
            typer.echo(f"{laws.country}: {len(laws.laws)} laws, {len(laws.provisions):,} provisions in {out / laws.country}")
    if failed:
        raise typer.Exit(SOME_FAILED)


def figures(
    paths: Annotated[list[Path], typer.Argument(help="Law files, a country's folder (named by its ISO code), or a folder of such folders.", show_default=False)],
    *,
    to: Annotated[FiguresForm | None, typer.Option(help="A table on the terminal, or a file: spreadsheet (xlsx), CSV, Parquet, JSON Lines. Told by the ending of --out.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="File to write, for example figures.xlsx; without it the figures are printed.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(help="Only this kind of figure, for example replacement_rate; may be given several times. Any other word lists the kinds."),
    ] = None,
    contingency: Annotated[list[str] | None, typer.Option(help="Only this contingency, for example maternity or old_age, or none; may be given several times.")] = None,
    least_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Leave out figures that are less likely than this to be right: 0.65 unless told, 0 keeps all.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="A TOML file in place of the shipped configuration (configs/default.toml).")] = None,
    country: Annotated[str | None, typer.Option(help="Name of the country whose laws these are, where the folder's name does not tell.")] = None,
    standard: Annotated[str | None, typer.Option(help="A shipped standard, or the path of a standard's TOML file: its words for the contingencies are used.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned pages of PDF files through tesseract, where that program is installed.")] = False,
) -> None:
    """List the figures of law with section and quote: qualifying periods, rates, durations, waiting periods, ages, contributions.

    Each figure is shown with what it measures, for which contingency, for whom, and the law's own words; nothing is compared with a
    standard here. The spreadsheet puts countries side by side. Exit code 0: done; 3: some files could not be read (the rest is written);
    2: wrong use.

    Examples: lexfloor figures laws/KEN, lexfloor figures laws/KEN --contingency maternity, lexfloor figures laws --out figures.xlsx
    """
    from lexfloor.configs.run import load_config
    from lexfloor.corpora.standards import load_standard
    from lexfloor.pipeline.figures_table import LISTED, Wanted, destination, print_figures, printed_figures, summary, write_figures
    from lexfloor.pipeline.figures_table import figures as of

    form, file = destination(out, to and to.value)
    settings = load_config(config)
    ingest = settings.ingest.model_copy(update={"ocr": True}) if ocr else settings.ingest
    wanted = Wanted.of(kind or (), contingency or (), LISTED if least_confidence is None else least_confidence)
    found = of(paths, ingest, load_standard(standard or settings.standard), wanted, country=country, out=file)
    failed = 0
    for number, done in enumerate(write_figures(found, form, file) if file else found):
        if file:
            typer.echo(summary(done))
        elif form == "table":
            print_figures(done)
        else:
            typer.echo(printed_figures(done, form, header=not number), nl=False)
        for failure in done.failures:
            typer.echo(f"lexfloor: {failure.message}", err=True)
        failed += sum(failure.category != "skipped" for failure in done.failures)
    if file:
        typer.echo(f"written: {file}")
    if failed:
        raise typer.Exit(SOME_FAILED)
