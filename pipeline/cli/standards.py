"""The commands ``lexfloor standards ...``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from lexfloor.pipeline.cli.common import AsJson

standards = typer.Typer(help="The standards that laws are measured against.", no_args_is_help=True)


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
