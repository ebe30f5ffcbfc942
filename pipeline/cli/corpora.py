"""The commands ``lexfloor corpus ...``: labelled corpora made, checked, annotated and compared."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from lexfloor.pipeline.cli.common import AsJson

corpus = typer.Typer(help="Labelled corpora: judgements checked, packed, annotated, compared, and built as data sets.", no_args_is_help=True)
Gold = Annotated[list[Path], typer.Argument(help="Gold files of judgements, one a country, or folders of them.", show_default=False)]
LawsFolder = Annotated[Path, typer.Option(help="Folder of the countries' laws, a folder for each country in it.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write into; made if it is not there.", show_default=False)]
StandardName = Annotated[str, typer.Option(help="A shipped standard, or the path of a standard's TOML file.")]


def _files(paths: list[Path]) -> list[Path]:
    """Return the JSON files at the paths.

    Raises:
        InputError: there are none.
    """
    from lexfloor.pipeline.errors import InputError

    found = [file for path in paths for file in (sorted(path.glob("*.json")) if path.is_dir() else [path])]
    if not found:
        raise InputError(f"no .json file in {', '.join(map(str, paths))}; name gold files, or folders of them")
    return found


@corpus.command("check")
def corpus_check(gold: Gold, *, laws: LawsFolder, standard: StandardName = "c102") -> None:
    """Check judgements: every requirement once, the five verdicts, every quote in the law that it names. A fault is told with its line (exit code 2)."""
    from lexfloor.corpora.standards import load_standard
    from lexfloor.eval.labelled import check_judgements

    for path in _files(gold):
        judged = check_judgements(path, load_standard(standard), laws)
        figures = sum(len(finding.parameters) for finding in judged.judgements.findings)
        typer.echo(f"{path}: {len(judged.judgements.findings)} findings, {len(judged.quotes)} quotes found in {len(judged.laws)} laws, {figures} figures")


@corpus.command("pack")
def corpus_pack(gold: Gold, *, laws: LawsFolder, out: Out, standard: StandardName = "c102") -> None:
    """Turn judgements into positions and hashes, without any text of law: a form that may be kept and passed on."""
    from lexfloor.corpora.standards import load_standard
    from lexfloor.eval.labelled import check_judgements
    from lexfloor.eval.labelled.positions import packed, write_packed

    for path in _files(gold):
        judged = check_judgements(path, load_standard(standard), laws)
        out.mkdir(parents=True, exist_ok=True)
        write_packed(out / path.name, packed(judged.judgements, judged.laws, path))
        typer.echo(f"{out / path.name}: {len(judged.quotes)} quotes as positions")


@corpus.command("unpack")
def corpus_unpack(positions: Gold, *, laws: LawsFolder, out: Out) -> None:
    """Turn positions and hashes back into judgements with their quotes, given the laws; laws that are not the same files are refused."""
    from lexfloor.eval.labelled.checked import laws_in
    from lexfloor.eval.labelled.label_studio import write_judgements
    from lexfloor.eval.labelled.positions import read_packed, unpacked

    for path in _files(positions):
        content = read_packed(path)
        for written in write_judgements([unpacked(content, laws_in(content.country, [file.file for file in content.files], laws))], out):
            typer.echo(f"{written}")


@corpus.command("list")
def corpus_list() -> None:
    """List the labelled corpora that can be built as data sets."""
    from lexfloor.eval.labelled.corpora import corpus_names, load_corpus

    for name in corpus_names():
        typer.echo(f"{name:16} {load_corpus(name).title}")


@corpus.command("build")
def corpus_build(
    name: Annotated[str, typer.Argument(help="A corpus of `lexfloor corpus list`.", show_default=False)],
    *,
    out: Out,
    shared: Annotated[Path | None, typer.Option(help="Folder of the data that are not part of the project; LEXFLOOR_SHARED or ../shared where none is given.")] = None,
    laws: Annotated[Path | None, typer.Option(help="Folder of the countries' laws: adds the quotes and sections themselves, for your own disk only.")] = None,
) -> None:
    """Build a labelled corpus as Parquet files that `datasets.load_dataset(FOLDER)` opens, with a data card."""
    from lexfloor.eval.labelled.corpora import build
    from lexfloor.eval.suite import shared_folder

    for table, count in build(name, out, shared_folder(shared), laws=laws).items():
        typer.echo(f"{out}: {table}, {count:,} rows")


@corpus.command("tasks")
def corpus_tasks(
    run: Annotated[Path, typer.Argument(help="Folder that `lexfloor screen` wrote.", show_default=False)],
    *,
    laws: LawsFolder,
    out: Out,
    review_only: Annotated[bool, typer.Option("--review-only", help="Only findings marked for review.")] = False,
) -> None:
    """Write findings as Label Studio tasks, the least certain first: tasks.json to import, and labelling.xml for the project's interface."""
    from lexfloor.eval.labelled.label_studio import labelling_interface, tasks
    from lexfloor.pipeline.store import filled_whole

    made = tasks(run, laws, review_only=review_only)
    with filled_whole(out) as building:
        (building / "tasks.json").write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (building / "labelling.xml").write_text(labelling_interface(), encoding="utf-8")
    typer.echo(f"{out}: {len(made)} tasks")


@corpus.command("judgements")
def corpus_judgements(
    export: Annotated[Path, typer.Argument(help="JSON file that Label Studio exported.", show_default=False)],
    *,
    laws: LawsFolder,
    out: Out,
    accept_untouched: Annotated[Path | None, typer.Option(help="Folder of the screening run: findings that nobody touched are taken over from it.")] = None,
    standard: StandardName = "c102",
) -> None:
    """Turn a Label Studio export back into judgements, one gold file a country; conflicts and quotes that are not in the law are told."""
    from lexfloor.corpora.standards import load_standard
    from lexfloor.eval.labelled.label_studio import judgements, write_judgements

    found = judgements(export, laws, load_standard(standard), accept_untouched=accept_untouched)
    for path in write_judgements(found.values(), out):
        typer.echo(str(path))


@corpus.command("agreement")
def corpus_agreement(
    annotators: Annotated[list[Path], typer.Argument(help="Two or more folders (or files) of judgements, one an annotator.", show_default=False)],
    *,
    standard: StandardName = "c102",
    as_json: AsJson = False,
) -> None:
    """Tell how far annotators agree: Cohen's kappa, Krippendorff's alpha, by dimension, Part and certainty, and evidence in common."""
    from lexfloor.corpora.judgements import read_judgements
    from lexfloor.corpora.standards import load_standard
    from lexfloor.eval.labelled.agreement import agreement_of, agreement_record, agreement_table

    wanted = load_standard(standard)
    found = agreement_of({str(path): [read_judgements(file, wanted) for file in _files([path])] for path in annotators}, wanted)
    typer.echo(json.dumps(agreement_record(found), ensure_ascii=False, indent=2) if as_json else agreement_table(found))
