"""ContractNLI: what a non-disclosure agreement says on seventeen statements, and the sentences that show it.

Source: Koreeda and Manning 2021, "ContractNLI: A Dataset for Document-level Natural Language Inference for Contracts".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lexfloor.eval.labelled.readers.entries import checked, entries, json_of
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Span

Choice = Literal["Entailment", "Contradiction", "NotMentioned"]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A statement that each contract is held against."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a contract says on a hypothesis; ``spans`` are indices into the contract's spans, none where it says nothing."""

    hypothesis: str
    choice: Choice
    spans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract cut into sentences and list items; spans count code points of its text. ``kind`` says where it came from."""

    id: str
    file: str
    kind: str
    url: str
    text: str
    spans: tuple[Span, ...]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class ContractNLI:
    """The contracts of a file and the hypotheses on them."""

    hypotheses: tuple[Hypothesis, ...]
    contracts: tuple[Contract, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    short_description: str
    hypothesis: str


@dataclass(frozen=True, slots=True)
class _Choice:
    choice: Choice
    spans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Annotations:
    annotations: dict[str, _Choice]


@dataclass(frozen=True, slots=True)
class _Document:
    id: int | str
    file_name: str
    text: str
    spans: tuple[tuple[int, int], ...]
    annotation_sets: tuple[_Annotations, ...]
    document_type: str = ""
    url: str = ""


def read_contract_nli(path: Path) -> ContractNLI:
    """Return the contracts and hypotheses of a published file (dev.json), in the file's order.

    Raises:
        DataFileError: the file is missing or broken; a span lies outside its text, an annotation names no span or no
            hypothesis, or a contract is not annotated exactly once.
    """
    content = json_of(path)
    if not isinstance(content, Mapping) or not isinstance(content.get("labels"), Mapping):
        raise DataFileError(str(path), "", "an object with the keys documents and labels is expected; is it the file meant?")
    labels = {name: checked(_Label, label, path, f"label {name}") for name, label in content["labels"].items()}
    documents = entries(_Document, content.get("documents"), path, "id")
    contracts = tuple(_contract(document, labels, path, f"entry {number} ({document.id})") for number, document in enumerate(documents, 1))
    return ContractNLI(tuple(Hypothesis(name, label.short_description, label.hypothesis) for name, label in labels.items()), contracts)


def _contract(document: _Document, labels: Mapping[str, Any], path: Path, entry: str) -> Contract:
    if len(document.annotation_sets) != 1:
        raise DataFileError(str(path), entry, f"{len(document.annotation_sets)} sets of annotations, one is expected")
    for start, end in document.spans:
        if not 0 <= start < end <= len(document.text):
            raise DataFileError(str(path), entry, f"span [{start}, {end}) is empty or outside the text of {len(document.text)} characters")
    judged = document.annotation_sets[0].annotations
    if strangers := sorted(set(judged) ^ set(labels)):
        raise DataFileError(str(path), entry, f"annotations and labels differ in {', '.join(strangers[:5])}")
    for name, choice in judged.items():
        if wrong := [index for index in choice.spans if not 0 <= index < len(document.spans)]:
            raise DataFileError(str(path), entry, f"{name} points at span {wrong[0]}, the contract has {len(document.spans)}")
        if bool(choice.spans) == (choice.choice == "NotMentioned"):
            raise DataFileError(str(path), entry, f"{name}: {choice.choice} with {len(choice.spans)} spans; only NotMentioned has none")
    annotations = tuple(Annotation(name, judged[name].choice, judged[name].spans) for name in labels)
    spans = tuple(Span(start, end) for start, end in document.spans)
    return Contract(str(document.id), document.file_name, document.document_type, document.url, document.text, spans, annotations)
