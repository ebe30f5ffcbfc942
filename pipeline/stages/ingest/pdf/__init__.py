"""Reads PDF: the text of pages by their geometry, tables with and without lines, scanned pages by tesseract where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.plain import plain
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest.pdf.facts import largest_words, stated_language_of, stated_title
from lexfloor.pipeline.stages.ingest.pdf.heads import without_heads
from lexfloor.pipeline.stages.ingest.pdf.lines import MOST_CHARACTERS, Line, PageText, page_text
from lexfloor.pipeline.stages.ingest.pdf.loose import loose_tables, without_repeated_headers
from lexfloor.pipeline.stages.ingest.pdf.scans import drawn_share, has_few_letters, page_list, read_scans, scanned
from lexfloor.pipeline.stages.ingest.pdf.tables import Table, TableFinder, is_ruled, outside
from lexfloor.pipeline.stages.ingest.pdf.writing import written
from lexfloor.pipeline.stages.ingest.settled_language import settled_language
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.text import title_of

_ENDS_SOON = "the file is damaged, or no PDF; open it in a viewer and save it anew"


def read(source: Source) -> Law:
    """Return a PDF file as a law.

    Raises:
        SourceError: the file is damaged, needs a password, has no or too many pages, or its pages are images and are not to be
            or cannot be read by text recognition.
    """
    document = _opened(source)
    try:
        pages, tables, remarks = _pages(document, source)
        scans = scanned(pages)
        if scans:
            pages, told = read_scans(document, pages, scans, source)
            remarks += told
        title, language = stated_title(document), stated_language_of(document)
    finally:
        document.close()
    kept, told = without_heads(pages)
    remarks += told
    made = written(_with_loose_tables([(outside(lines, found), found) for lines, found in zip(kept, tables, strict=True)]))
    words = plain(made.text).text
    if not words.strip():
        raise SourceError(f"{source.file}: holds {len(pages)} pages without any text; if they are images, use --ocr with tesseract installed")
    language, doubt = settled_language(language, words)
    remarks += doubt
    return Law(
        country=source.country,
        file=source.file,
        title=title or largest_words(made.text, *([*made.pages, len(made.text), len(made.text)])[:2]) or title_of(made.text, {}, 0, language) or source.file,
        language=language,
        text=made.text,
        format="pdf",
        sha256=source.sha256,
        encoding="pdf (decoded)",
        pages=tuple(made.pages),
        remarks=tuple(remarks),
    )


def _with_loose_tables(pages: Sequence[tuple[list[Line], list[Table]]]) -> list[tuple[list[Line], list[Table]]]:
    kept = without_repeated_headers([lines for lines, _ in pages])
    return [(outside(lines, found), [*tables, *found]) for lines, (_, tables), found in zip(kept, pages, loose_tables(kept), strict=True)]


def _opened(source: Source) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(source.data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise SourceError(f"{source.file}: this PDF needs a password; save it without one") from error
        raise SourceError(f"{source.file}: this PDF cannot be opened ({error}): {_ENDS_SOON}") from error
    count = len(document)
    if 0 < count <= source.config.max_pages:
        return document
    document.close()
    if not count:
        raise SourceError(f"{source.file}: this PDF has no pages: {_ENDS_SOON}")
    raise SourceError(f"{source.file}: {count:,} pages are more than the limit of {source.config.max_pages:,}; split the file, or raise ingest.max_pages")


def _pages(document: pdfium.PdfDocument, source: Source) -> tuple[list[PageText], list[list[Table]], list[str]]:
    """Return the text and the tables of every page, and what could not be read."""
    pages: list[PageText] = []
    tables: list[list[Table]] = []
    broken: list[int] = []
    whole: set[str] = set()
    with TableFinder(source.data) as finder:
        for number in range(len(document)):
            try:
                page = document[number]
            except pdfium.PdfiumError:
                broken.append(number)
                pages.append(PageText((), 595.0, 842.0, 0, 0))
                tables.append([])
                continue
            try:
                text = page_text(page, number, whole)
                pages.append(replace(text, image=drawn_share(page)) if has_few_letters(text) else text)
                tables.append(finder.tables(page, number) if pages[-1].lines and is_ruled(page) else [])
            finally:
                page.close()
    remarks = [f"{page_list(broken)} could not be read"] if broken else []
    if overfull := [number for number, page in enumerate(pages) if page.cut]:
        remarks.append(f"{page_list(overfull)}: read only as far as character {MOST_CHARACTERS:,}")
    if finder.skipped:
        remarks.append(f"{page_list(finder.skipped)}: tables there were read as lines of text")
    return pages, tables, remarks
