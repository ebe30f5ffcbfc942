"""What a labelled corpus is: its declaration as data, and its dataset card."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lexfloor.eval.labelled.corpora.columns import columns_told
from lexfloor.pipeline.errors import DataFileError

SPLIT = "dev"
BEGINS = "---\npretty_name: "
"""How a dataset card begins."""
Text = Annotated[str, Field(min_length=2)]


class CorpusCard(BaseModel):
    """The declaration of a corpus, one TOML file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    title: Text
    description: Text
    path: Text = Field(description="Source files, below the data folder (--shared), or PACKAGE:PATH for the package's own data.")
    pattern: Text = Field(description="Which files of a folder belong to it.")
    languages: tuple[str, ...] = Field(min_length=1, description="ISO 639-1 codes.")
    licence_id: Text = Field(description="As the Hugging Face hub names licences; 'other' for what it has no name for.")
    licence: Text
    made: Text = Field(description="Who labelled it, how and by what guideline.")
    citation: Text
    tasks: tuple[str, ...] = Field(default=(), description="Task categories of the Hugging Face hub.")
    configs: dict[str, Text] = Field(min_length=1, description="Its tables, the default first.")
    options: dict[str, dict[str, str]] = Field(default_factory=dict, description="What its reader is told.")


def corpus_names() -> tuple[str, ...]:
    """Return the names of the corpora, sorted."""
    folder = files("lexfloor.eval.labelled.corpora") / "cards"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load_corpus(name: str) -> CorpusCard:
    """Return a corpus's card by its name.

    Raises:
        DataFileError: there is no such corpus, or its card is broken.
    """
    shown = f"eval/labelled/corpora/cards/{name}.toml"
    if name not in corpus_names():
        raise DataFileError(name, "", f"no such corpus; known: {', '.join(corpus_names())}")
    entry = files("lexfloor.eval.labelled.corpora") / "cards" / f"{name}.toml"
    try:
        return CorpusCard.model_validate(tomllib.loads(entry.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataFileError(shown, "", f"not valid TOML: {error}") from error
    except ValidationError as error:
        raise DataFileError.of_validation(shown, "", error) from error


def table_file(table: str) -> str:
    """Return the name of a table's file in a built corpus."""
    return f"{table}-{SPLIT}.parquet"


def dataset_card(card: CorpusCard, records: Mapping[str, type[Any]], counts: Mapping[str, int], revision: str, *, with_laws: bool) -> str:
    """Return the README.md of a built corpus: front matter that ``load_dataset`` reads, and what is in it for people.

    ``records`` and ``counts`` are the rows of each table and their number, ``revision`` the hash of the source data;
    ``with_laws`` tells that words of national law were added.
    """
    front = {
        "pretty_name": card.title,
        "language": list(card.languages),
        "license": "other" if with_laws else card.licence_id,
        "task_categories": list(card.tasks),
        "size_categories": [_size(sum(counts.values()))],
        "configs": [
            {"config_name": name, "data_files": [{"split": SPLIT, "path": table_file(name)}]} | ({"default": True} if index == 0 else {}) for index, name in enumerate(card.configs)
        ],
    }
    lines = ["---", yaml.safe_dump(front, sort_keys=False, allow_unicode=True).rstrip(), "---", "", f"# {card.title}", "", card.description, ""]
    lines += [f"Built by `lexfloor` of `{card.path}`, revision `{revision}` (hash of its files).", ""]
    if with_laws:
        lines += ["**This copy holds words of national law: keep it on your own disk unless the licences of the laws let you pass them on.**", ""]
    lines += ["## Made", "", card.made, "", "## Licence", "", card.licence, "", "## Citation", "", card.citation, ""]
    lines += ["## Splits", "", f"One split, `{SPLIT}`. Where a table has a `country` column, never split a country:", ""]
    lines += ["```python", "from datasets import load_dataset", "from lexfloor.eval.labelled.corpora import held_out", ""]
    lines += [f'rows = load_dataset("this folder", "{next(iter(card.configs))}", split="{SPLIT}")', 'train, test = held_out(rows, "XVA")', "```", ""]
    for name, about in card.configs.items():
        lines += [f"## {name}: {counts[name]} rows", "", about, "", "| column | type | what it holds |", "|---|---|---|"]
        lines += [f"| {column} | {kind} | {told} |" for column, kind, told in columns_told(records[name])]
        lines.append("")
    return "\n".join(lines)


def _size(rows: int) -> str:
    """Return a number of rows as the hub groups it."""
    bounds = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
    return next((name for bound, name in bounds if rows < bound), "1M<n<10M")
