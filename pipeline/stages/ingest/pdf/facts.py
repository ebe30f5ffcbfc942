"""What a PDF file states of itself: its title and its language. Its dates are the file's, not the law's."""

from __future__ import annotations

import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lexfloor.pipeline.language import stated_language
from lexfloor.pipeline.plain import collapsed, readable

_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|excel|powerpoint)|untitled|document\d*$|about:|file:|https?:)|.*\.(?:docx?|pdf|odt|rtf|indd|qxd|html?|tex|dvi|fm|wpd|tmp)$|[\W\d_]*$|\S*[_/\\]\S*$",
    re.IGNORECASE,
)
"""Titles that programs write where nobody gave one: their own name, the file's name, a number."""
_LONGEST = 300


def stated_title(document: pdfium.PdfDocument) -> str:
    """Return the title in the file's own description, empty where there is none that a person would have written."""
    title = collapsed("".join(letter for letter in document.get_metadata_value("Title") if letter.isprintable()))
    return "" if len(title) > _LONGEST or (" " not in title and len(title) < 4) or _NO_TITLE.match(title) else title


def stated_language_of(document: pdfium.PdfDocument) -> str:
    """Return the ISO 639-1 code of the language that the file states, empty where it states none."""
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    if not 2 < size < 200:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFCatalog_GetLanguage(document, buffer, size)
    stated = bytes(buffer).decode("utf-16-le", "replace").strip("\x00 ")
    return stated_language(stated) if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", stated) else ""


def largest_words(text: str, begin: int, end: int) -> str:
    """Return the heading of the highest level on the first page of a text that reaches from ``begin`` to ``end``, empty where there is none."""
    headings = re.findall(r"(?m)^(#{1,6}) (.+)$", text[begin:end])
    if not headings:
        return ""
    least = min(len(marks) for marks, _ in headings)
    return readable(next(words for marks, words in headings if len(marks) == least))[:_LONGEST]
