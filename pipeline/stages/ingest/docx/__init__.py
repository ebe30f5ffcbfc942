"""Reads Word documents (DOCX, DOCM): the text as it is printed, changes resolved, automatic numbers counted.

Source: ISO/IEC 29500 (Office Open XML), transitional and strict; python-docx loads whole packages unbounded and prints no numbers.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.language import stated_language
from lexfloor.pipeline.plain import collapsed, plain
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest.docx.body import BodyWriter
from lexfloor.pipeline.stages.ingest.docx.numbering import Numbering
from lexfloor.pipeline.stages.ingest.docx.parts import Parts, W, value
from lexfloor.pipeline.stages.ingest.docx.styles import Styles
from lexfloor.pipeline.stages.ingest.docx.words import WordReader
from lexfloor.pipeline.stages.ingest.rendering import Rendering
from lexfloor.pipeline.stages.ingest.settled_language import settled_language
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.text import title_of

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_NO_TITLE = re.compile(
    r"(?:microsoft (?:office )?(?:word|powerpoint|excel)\b|untitled|unbenannt|document ?\d*$|dokument ?\d*$|normal$|title$|.*\.(?:docx?|docm|dotx?|rtf|odt|pdf)$)"
)
_COUNTED = {
    "insertions": "{} tracked insertions kept",
    "deletions": "{} tracked deletions left out",
    "deleted marks": "{} paragraphs joined to the next, their ends being tracked deletions",
    "hidden": "{} passages of hidden text left out",
    "struck": "{} passages of struck-through text left out",
    "foreign": "{} embedded documents in another format left out",
}


def read(source: Source) -> Law:
    """Return a Word document as a law: its text as printed with all tracked changes accepted, without comments and running heads.

    Raises:
        SourceError: the container is broken or unsafe, or the document in it cannot be read.
    """
    parts = Parts(source)
    document = parts.document()
    body = document.find(W + "body")
    if body is None:
        raise SourceError(f"{source.file}: the document in it begins with <{etree.QName(document).localname}> and has no body; save it as DOCX again")
    styles = Styles(next(iter(parts.related("styles")), None))
    words = WordReader(styles)
    rendering = Rendering()
    writer = BodyWriter(styles, Numbering(next(iter(parts.related("numbering")), None), styles), words, rendering)
    writer.write(body)
    _write_notes(parts, writer, rendering)
    text = rendering.text
    shown = plain(text).text
    language, doubt = _language(parts, styles, shown)
    return Law(
        country=source.country,
        file=source.file,
        title=_stated_title(parts, shown) or writer.title or title_of(text, {}, 0, language) or source.file,
        language=language,
        text=text,
        format="docx",
        sha256=source.sha256,
        encoding=f"{(document.getroottree().docinfo.encoding or 'utf-8').lower()} (declared)",
        remarks=(*_remarks(parts, words.counts), *doubt),
    )


def _write_notes(parts: Parts, writer: BodyWriter, rendering: Rendering) -> None:
    """Write the notes that the text refers to, in the order in which it does; notes may refer to notes."""
    stated = {(kind, value(note, "id")): note for kind in ("footnotes", "endnotes") for root in parts.related(kind) for note in root}
    for mark, kind, id_ in writer.words.notes:
        if (kind, id_) in stated:
            rendering.note(mark, writer.flat(stated[kind, id_])[0])
    rendering.end()


def _stated_title(parts: Parts, text: str) -> str:
    """Return the title in the file's properties; empty where it is none, or is left over from another document."""
    properties = parts.properties()
    title = collapsed(properties.findtext(_TITLE) or "") if properties is not None else ""
    if len(title) < 4 or _NO_TITLE.match(title.lower()):
        return ""
    words = re.findall(r"\w+", title.lower())
    held = set(re.findall(r"\w+", text.lower()))
    return title if sum(word in held for word in words) * 2 > len(words) else ""


def _language(parts: Parts, styles: Styles, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the language of the text and, where the file states another one, a remark that says so."""
    stated = styles.paragraph("").language or styles.language
    for settings in parts.related("settings"):
        stated = stated or value(settings.find(W + "themeFontLang"))
    stated = stated_language(stated) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w{1,8})*", stated) else ""
    return settled_language(stated, text)


def _remarks(parts: Parts, counts: Counter[str]) -> list[str]:
    """Return what was left out or resolved, in words."""
    told = [wording.format(counts[what]) for what, wording in _COUNTED.items() if counts[what]]
    if comments := sum(len(root.findall(W + "comment")) for root in parts.related("comments")):
        told.append(f"{comments} comments left out")
    heads = {words for kind in ("header", "footer") for root in parts.related(kind) if any(map(str.isalpha, words := _words(root)))}
    if heads:
        told.append(f"{len(heads)} running heads and feet left out")
    return told


def _words(root: etree._Element) -> str:
    return collapsed("".join(text.text or "" for text in root.iter(W + "t")))
