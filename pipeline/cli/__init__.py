"""The command line: thin commands over operations; heavy libraries are imported only when a command needs them."""

from __future__ import annotations

import json
import logging
import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from lexfloor.pipeline.errors import LexfloorError

app = typer.Typer(
    name="lexfloor", help="Measure national social-security law against the international floor.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
standards = typer.Typer(help="The standards that laws are measured against.", no_args_is_help=True)
app.add_typer(standards, name="standards")
evaluations = typer.Typer(help="Evaluation runs: how good each step is, on labelled corpora and real laws.", no_args_is_help=True)
app.add_typer(evaluations, name="eval")


class Form(StrEnum):
    """What a law can be written as."""

    TREE = "tree"
    JSONL = "jsonl"
    AKN = "akn"
    HTML = "html"


AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for other programs.")]
SOME_FAILED, BELOW_BAR = 3, 1


def main() -> None:
    """Run the command line: 0 done, 1 a figure below its bar, 3 some files failed (the rest is written), 2 wrong use or a problem told on stderr."""
    try:
        app()
    except LexfloorError as error:
        print(f"lexfloor: {error}", file=sys.stderr)  # noqa: T201 - the command line is where text is printed
        sys.exit(2)


def _version(*, asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"lexfloor {version('lexfloor')}")
        raise typer.Exit


@app.callback()
def options(
    *,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Tell on stderr what is being done.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=lambda value: _version(asked=value), is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Set up logging."""
    for chatty in ("sentence_transformers", "transformers", "huggingface_hub"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)


@app.command()
def screen(
    paths: Annotated[list[Path], typer.Argument(help="Law files, a country's folder (named by its ISO code), or a folder of such folders.", show_default=False)],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results; made if it is not there.")],
    config: Annotated[Path | None, typer.Option(help="A TOML file in place of the shipped configuration (configs/default.toml).")] = None,
    country: Annotated[str | None, typer.Option(help="Name of the country whose laws these are, where the folder's name does not tell.")] = None,
    standard: Annotated[str | None, typer.Option(help="A shipped standard, or the path of a standard's TOML file.")] = None,
    model: Annotated[str | None, typer.Option(help="Encoder: auto, a model card's name, or the path of a card.")] = None,
    device: Annotated[str | None, typer.Option(help="auto, cpu, cuda or cuda:N; a device asked for by name must be there.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read scanned pages of PDF files through tesseract, where that program is installed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Screen laws against a standard and write the compliance tables.

    Writes compliance.xlsx, report.html, compliance.csv, findings.jsonl, provisions.parquet, links.parquet,
    definitions.parquet, parameters.parquet, matches.parquet, failures.jsonl and run.json. Exit code 0: done; 3: some files could not be read (the rest is
    written); 2: wrong use.
    """
    from lexfloor.configs.run import load_config
    from lexfloor.pipeline.progress import progress
    from lexfloor.pipeline.screen import screen as run

    settings = load_config(config)
    embed = {key: value for key, value in (("model", model), ("device", device)) if value is not None}
    ingest = settings.ingest.model_copy(update={"ocr": True}) if ocr else settings.ingest
    changed: dict[str, Any] = {"ingest": ingest, "embed": settings.embed.model_copy(update=embed)} | ({"standard": standard} if standard else {})
    with progress() as report:
        summary = run(paths, out, settings.model_copy(update=changed), country=country, report=report)
    if as_json:
        counts = {"out": str(out), "countries": summary.counts, "acceptance": {item.country: item.acceptance for item in summary.assessments}, "failed": summary.failed}
        typer.echo(json.dumps(counts, ensure_ascii=False, indent=2))
    else:
        from lexfloor.pipeline.progress import print_summary

        print_summary(summary)
    if summary.failed:
        raise typer.Exit(SOME_FAILED)


@app.command()
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


@standards.command("list")
def standards_list(*, as_json: AsJson = False) -> None:
    """List the standards that are shipped."""
    from lexfloor.corpora.standards import load_standard, standard_names

    found = [(name, load_standard(name)) for name in standard_names()]
    if as_json:
        typer.echo(json.dumps([{"name": name, "id": s.id, "title": s.title, "requirements": len(s.requirements), "languages": sorted(s.wording)} for name, s in found], indent=2))
        return
    for name, standard in found:
        typer.echo(f"{name}  {standard.title}: {len(standard.requirements)} requirements, in {', '.join(sorted(standard.wording))}")


@standards.command("show")
def standards_show(
    name: Annotated[str, typer.Argument(help="A shipped standard, or the path of a standard's TOML file.")],
    requirement: Annotated[str | None, typer.Argument(help="One requirement, C102:52 say.")] = None,
    *,
    language: Annotated[str, typer.Option(help="Language of the wording.")] = "en",
    as_json: AsJson = False,
) -> None:
    """Show a standard's requirements, or one of them with its rule, its wording as law and its terms."""
    from lexfloor.corpora.standards import load_standard
    from lexfloor.pipeline.errors import InputError

    standard = load_standard(name)
    if language not in standard.wording:
        raise InputError(f"{standard.id} is not worded in {language!r}; languages: {', '.join(sorted(standard.wording))}")
    wording = standard.in_language(language)
    chosen = [standard.requirement(requirement)] if requirement else list(standard.requirements)
    if as_json:
        rows = [{**item.model_dump(mode="json"), **wording.requirements[item.id].model_dump(mode="json")} for item in chosen]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    part = ""
    for item in chosen:
        words = wording.requirements[item.id]
        if item.part != part:
            part = item.part
            typer.echo(f"\nPart {part}  {wording.parts[part]}")
        typer.echo(f"  {item.id:18} {words.statement}")
        if requirement:
            typer.echo(f"  {'as a law words it':18} " + f"\n{'':21}".join(words.as_law))
            typer.echo(f"  {'terms':18} {', '.join(words.terms)}")
            if item.rule:
                others = "".join(f", or {other.value:g} {other.unit}" for other in item.rule.alternatives)
                typer.echo(f"  {'rule':18} {item.rule.parameter} {item.rule.op} {item.rule.value:g} {item.rule.unit}{others}")
            if item.exception:
                typer.echo(f"  {'exception allowed':18} {item.exception.allows} (art. {item.exception.article})")


@standards.command("schema")
def standards_schema() -> None:
    """Print the JSON Schema of a standard's file, for editors."""
    from lexfloor.corpora.standards import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))


@standards.command("attach")
def standards_attach(
    name: Annotated[str, typer.Argument(help="A shipped standard, or the path of a standard's TOML file.")],
    text: Annotated[Path, typer.Argument(help="A file of the instrument's official text that you have: JSON by article, Markdown or plain text.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Join the official text that you have to the requirements, by article: for reading beside them, never stored in lexfloor."""
    from lexfloor.corpora.attach import attached
    from lexfloor.corpora.standards import load_standard

    standard = load_standard(name)
    articles, missing = attached(standard, text)
    if as_json:
        typer.echo(json.dumps({"articles": articles, "missing": missing}, ensure_ascii=False, indent=2))
        return
    for requirement in standard.requirements:
        typer.echo(f"\n{requirement.id}  article {requirement.article}")
        typer.echo(f"  {articles.get(requirement.main_article, '(not in the file)')}")
    if missing:
        typer.echo(f"\nArticles not found in {text}: {', '.join(missing)}", err=True)


class Check(StrEnum):
    """The checks of the suite ``segment``."""

    GOLD = "gold"
    COVERAGE = "coverage"
    FORMATS = "formats"
    SPEED = "speed"
    FUZZ = "fuzz"


@evaluations.command("segment")
def eval_segment(
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
    LibreOffice). speed: megabytes and pages per second. fuzz: broken and hostile files. Exit code 1 where a figure is below its bar.
    """
    from lexfloor.eval.segmentation import Asked, suite
    from lexfloor.pipeline.errors import InputError

    for name, folder in (("--gold", gold), ("--laws", laws)):
        if not folder.is_dir():
            raise InputError(f"{folder}: no such folder; name it with {name}")
    chosen = [name.value for name in check or [item for item in Check if item is not Check.FUZZ]]
    below, figures = False, []
    for figure in suite(chosen, Asked(gold, laws, files, seed)):
        below = below or not figure.holds
        figures.append({"check": figure.check, "name": figure.name, "value": figure.value, "bar": figure.bar, "holds": figure.holds, "detail": figure.detail})
        if not as_json:
            typer.echo(figure.line)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    if below:
        raise typer.Exit(BELOW_BAR)


@app.command()
def doctor(*, as_json: AsJson = False) -> None:
    """Tell what is installed, which models are there, which device is used, and where the cache lies."""
    from lexfloor.pipeline.doctor import examine

    findings = examine()
    if as_json:
        typer.echo(json.dumps(findings, indent=2))
        return
    for name, content in findings.items():
        typer.echo(f"{name}:")
        for key, value in content.items():
            typer.echo(f"  {key:24} {value}")


if __name__ == "__main__":
    main()
