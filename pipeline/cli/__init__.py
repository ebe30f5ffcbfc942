"""The command line: thin commands over operations; heavy libraries are imported only when a command needs them."""

from __future__ import annotations

import json
import logging
import sys
from typing import Annotated

import typer

from lexfloor.pipeline.cli.common import AsJson
from lexfloor.pipeline.cli.corpora import corpus
from lexfloor.pipeline.cli.evaluations import evaluations
from lexfloor.pipeline.cli.laws import figures, screen, segment
from lexfloor.pipeline.cli.standards import standards
from lexfloor.pipeline.cli.training import training
from lexfloor.pipeline.errors import LexfloorError

app = typer.Typer(
    name="lexfloor", help="Measure national social-security law against the international floor.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
)
app.command()(screen)
app.command()(segment)
app.command()(figures)
app.add_typer(evaluations, name="eval")
app.add_typer(corpus, name="corpus")
app.add_typer(training, name="train")
app.add_typer(standards, name="standards")


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
