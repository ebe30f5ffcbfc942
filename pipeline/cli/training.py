"""The commands ``lexfloor train ...``: encoders, rerankers and the fitted models, on judged law and labelled corpora."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexfloor.pipeline.cli.common import AsJson

if TYPE_CHECKING:
    from lexfloor.eval.training.scores import Scores

training = typer.Typer(help="Train models on judgements: lexfloor's, your own corrected findings, labelled corpora.", no_args_is_help=True)
Config = Annotated[Path, typer.Option(help="A TOML file that says what is trained on what; configs/train/ has examples.", show_default=False)]
Device = Annotated[str, typer.Option(help="auto, cpu, cuda or cuda:N; a device asked for by name must be there.")]


@training.command("encoder")
def train_encoder(
    *,
    config: Config,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the adapter and its card; made if it is not there.")] = Path("out/train/encoder"),
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Train an encoder: what answers a question comes nearer to it. Use it with `lexfloor screen --model OUT/model.toml`.

    Writes adapter.safetensors, model.toml, card.md and card.json. A training that was ended goes on where its last checkpoint was when
    the same command is given again, and ends with the same weights.
    """
    from lexfloor.configs.training import EncoderTraining, load_training
    from lexfloor.eval.training.encoder import train_encoder as train
    from lexfloor.pipeline.progress import progress

    asked = load_training(EncoderTraining, config)
    with progress() as report:
        scores = train(asked, out, device=device, report=report)
    _told(out, scores, as_json=as_json)


@training.command("reranker")
def train_reranker(
    *,
    config: Config,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the adapter and its card; made if it is not there.")] = Path("out/train/reranker"),
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Train a reranker: it reads a requirement and a section together. Use it with the line `rerank = "OUT/model.toml"` in a configuration.

    Writes adapter.safetensors, model.toml, card.md and card.json. A training that was ended goes on where its last checkpoint was when
    the same command is given again, and ends with the same weights.
    """
    from lexfloor.configs.training import RerankerTraining, load_training
    from lexfloor.eval.training.reranker import train_reranker as train
    from lexfloor.pipeline.progress import progress

    asked = load_training(RerankerTraining, config)
    with progress() as report:
        scores = train(asked, out, device=device, report=report)
    _told(out, scores, as_json=as_json)


@training.command("classifier")
def train_classifier(
    *,
    config: Config,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the weights and their card; made if it is not there.")] = Path("out/train/weights"),
    device: Device = "auto",
    as_json: AsJson = False,
) -> None:
    """Fit what tells figures, evidence and verdicts. Use it with `lexfloor screen --weights OUT`.

    Writes a whole folder of weights (what is not fitted is as shipped), card.md and card.json. A fitting that was ended goes on after
    the last model that was done when the same command is given again.
    """
    from lexfloor.configs.training import ClassifierTraining, load_training
    from lexfloor.eval.training.classifier import train_classifier as train
    from lexfloor.pipeline.progress import progress

    asked = load_training(ClassifierTraining, config)
    with progress() as report:
        scores = train(asked, out, device=device, report=report)
    _told(out, scores, as_json=as_json)


def _told(out: Path, scores: dict[str, Scores], *, as_json: bool) -> None:
    """Print what a training came to."""
    if as_json:
        typer.echo(json.dumps({"out": str(out), "scores": scores}, ensure_ascii=False, indent=2))
        return
    if not scores:
        typer.echo(f"{out}: trained already with this configuration and these data; nothing was done")
        return
    for name, rows in scores.items():
        for group, row in rows.items():
            typer.echo(f"{name}: {group}: " + ", ".join(f"{measure} {value:g}" for measure, value in row.items()))
    typer.echo(f"{out / 'card.md'} says what was trained, on what, how good it is, and how to use it")
