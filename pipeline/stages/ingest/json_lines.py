"""Reads laws that come as data: JSON Lines with one provision a line, a JSON list of provisions, or an object that holds one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.language import stated_language, told_language
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import Law, ProvisionStatus, TextState, Version
from lexfloor.pipeline.stages.ingest.json_record import HEADING_KEYS, LABEL_KEYS, TEXT_KEYS, Record, clean, record_of
from lexfloor.pipeline.stages.ingest.json_text import Writer
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.text import decoded
from lexfloor.pipeline.stages.ingest.version import stated_version

LIST_KEYS = ("provisions", "articles", "sections")
_MOST_VALUES = 5_000_000
"""A file with more brackets, commas and colons is no law: its values would fill the memory."""
_MOST_BAD = 0.2
_SHOWN = 8


@dataclass(slots=True)
class _Content:
    """What a file holds: facts of the law, its provisions, and what could not be used with the place and the reason."""

    facts: dict[str, object] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    refused: int = 0


def read(source: Source) -> Law:
    """Return a JSON or JSON Lines file of provisions as a law with its marks.

    Raises:
        SourceError: it is not valid JSON, or too few of its objects are provisions with a text; names the first bad line.
    """
    file = source.file
    text, encoding = decoded(source.data, file)
    if sum(text.count(mark) for mark in '{[,:"') > _MOST_VALUES:
        raise SourceError(f"{file}: holds more values than any law; split the file, one law each")
    unit, values = _values(text.removeprefix("\ufeff"), file)
    content = _content(values)
    _checked(content, unit, file)
    writer = Writer()
    writer.write(content.records)
    written = writer.text
    remarks = []
    if content.bad:
        remarks.append(f"{len(content.bad)} of the file's {unit}s left out: {unit} {_listed(content.bad)}")
    if content.refused:
        remarks.append(f"{content.refused} stretches that the export refused are not in it, and so not in this text")
    stated = content.facts.get("title")
    return Law(
        country=source.country,
        file=file,
        title=collapsed(clean(stated)) if isinstance(stated, str) and stated.strip() else file,
        language=_language(content, written),
        text=written,
        format="jsonl",
        sha256=source.sha256,
        encoding=encoding,
        version=_version(content.facts),
        marks=writer.marks,
        pages=tuple(writer.pages),
        remarks=tuple(remarks),
    )


def _values(text: str, file: str) -> tuple[str, Iterator[tuple[int, object]]]:
    """Return what the file counts by ("line" or "entry") and its values, each with its number; a bad one is an exception."""
    try:
        value, end = json.JSONDecoder(strict=False).raw_decode(text, len(text) - len(text.lstrip()))
    except RecursionError as error:
        raise SourceError(f"{file}: its JSON is nested too deeply to be a law; check where the file comes from") from error
    except ValueError as error:
        if text.lstrip().startswith("[") or not text.lstrip().partition("\n")[0].rstrip().endswith("}"):
            line = getattr(error, "lineno", 1)
            raise SourceError(f"{file}: line {line} is not valid JSON ({error}); get the file again, or save it as JSON Lines") from error
        return "line", _lines(text)
    if text[end:].strip():
        return "line", _lines(text)
    if isinstance(value, dict):
        listed = next((value[key] for key in value if key.lower() in LIST_KEYS and isinstance(value[key], list)), None)
        if listed is not None:
            facts = {key: each for key, each in value.items() if each is not listed}
            return "entry", iter([(0, {"law": facts}), *enumerate(listed, 1)])
    return "entry", iter(enumerate(value if isinstance(value, list) else [value], 1))


def _lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line, strict=False)
            except RecursionError:
                yield number, ValueError("nested too deeply")
            except ValueError as error:
                yield number, error


def _content(values: Iterator[tuple[int, object]]) -> _Content:
    """Return what the values are: the law's facts, provisions, refused stretches, or nothing that can be used."""
    content = _Content()
    for number, value in values:
        if isinstance(value, ValueError):
            content.bad.append((number, f"is not valid JSON ({str(value)[:200]})"))
            continue
        if not isinstance(value, dict):
            content.bad.append((number, f"is {_kind(value)}, not an object with a provision"))
            continue
        stated = {str(key).strip().lower(): each for key, each in value.items()}
        about = stated.get("law")
        if isinstance(about, dict):
            content.facts.update({str(key).strip().lower(): each for key, each in about.items()})
            continue
        if stated.keys() == {"definition"}:
            continue  # what lexfloor's own export tells besides the provisions
        content.keys.update(list(stated)[:50])
        record = record_of(stated)
        if isinstance(stated.get("refused"), dict):
            content.refused += 1
        elif record.text or record.label or record.own or (record.heading and content.records):
            content.records.append(record)
        elif record.heading and not content.facts:
            content.facts.update(stated)  # a first object with a title and no text tells of the law
        else:
            content.bad.append((number, f"holds no text (it has {clean(', '.join(sorted(stated)[:_SHOWN]))[:200] or 'nothing'})"))
    return content


def _kind(value: object) -> str:
    return {list: "a list", str: "a string", bool: "true or false", type(None): "null"}.get(type(value), "a number")


def _checked(content: _Content, unit: str, file: str) -> None:
    """Refuse a file in which no provision has a text, or in which too much cannot be used."""
    first = f"{unit} {content.bad[0][0]} {content.bad[0][1]}; " if content.bad else ""
    if not any(record.text for record in content.records):
        found = ", ".join(clean(key)[:40] for key in sorted(content.keys)[:_SHOWN]) or "none"
        wanted = f"the text under one of {', '.join(TEXT_KEYS)}, the number under one of {', '.join(LABEL_KEYS)}, the title under one of {', '.join(HEADING_KEYS)}"
        raise SourceError(f"{file}: no provision with a text is in this JSON (keys found: {found}); {first}give one object a provision: {wanted}")
    if len(content.bad) > _MOST_BAD * (len(content.records) + len(content.bad)):
        raise SourceError(f"{file}: {len(content.bad)} of {len(content.bad) + len(content.records)} {unit}s cannot be used; {first}mend the file, or get it again")


def _listed(bad: list[tuple[int, str]]) -> str:
    shown = "; ".join(f"{number} {reason}" for number, reason in bad[:_SHOWN])
    return f"{shown}; and {len(bad) - _SHOWN} more" if len(bad) > _SHOWN else shown


def _language(content: _Content, text: str) -> str:
    stated = content.facts.get("language") or content.facts.get("lang") or next((record.language for record in content.records if record.language), "")
    if isinstance(stated, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", stated):
        return stated_language(stated)
    return told_language(text[:200_000])


def _version(facts: Mapping[str, object]) -> Version:
    """Return the state of the law: as lexfloor's own export gives it, else as front matter would tell it."""
    words = {key: clean(value) for key, value in facts.items() if isinstance(value, str)}
    told = stated_version({**facts, **words})
    if "status_source" not in words:
        return told
    return Version(
        state=TextState(words["text_state"]) if words.get("text_state") in set(TextState) else told.state,
        state_source=words.get("text_state_source", ""),
        date=words.get("text_date", ""),
        date_source=words.get("text_date_source", ""),
        status=ProvisionStatus(words["status"]) if words.get("status") in set(ProvisionStatus) else told.status,
        status_source=words["status_source"],
    )
