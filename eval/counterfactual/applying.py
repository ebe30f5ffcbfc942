"""Applying an edit to a law: the same law with other words, or an error where the law is not the one that was edited."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from lexfloor.eval.counterfactual.records import Edit, Replacement
from lexfloor.pipeline.errors import DataFileError
from lexfloor.pipeline.records import Law, Refusal, Span


def hashed(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal.

    >>> hashed("14")[:8]
    '8527a891'
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def applied(law: Law, edit: Edit) -> Law:
    """Return the law with the edit's replacements in its text; a law that the edit does not touch comes back as it is.

    The body, the pages and the refused stretches move with the text. ``sha256`` stays that of the file, which is unchanged.

    Raises:
        DataFileError: the law's file or the words to be replaced are not those for which the edit was made, or the structure of
            the law is stated by markup, whose places an edit would put wrong.
    """
    if law.country != edit.country or law.file not in edit.files:
        return law
    own = [item for item in edit.replacements if item.file == law.file]
    where = f"{law.country}/{law.file}"
    if law.sha256 != edit.files[law.file]:
        problem = f"the file is another than the one that edit was made for (SHA-256 expected {edit.files[law.file]}, found {law.sha256}); use that file, or make the edits anew"
        raise DataFileError(where, edit.id, problem)
    if law.marks is not None:
        raise DataFileError(where, edit.id, f"edits apply to files whose text is the law itself (text, Markdown), not to {law.format}")
    for item in own:
        found = hashed(law.text[item.start : item.end])
        if item.end > len(law.text) or found != item.original_hash:
            problem = (
                f"the words at [{item.start}, {item.end}) are not those to be replaced (SHA-256 expected {item.original_hash}, found {found}); read the file as it was read then"
            )
            raise DataFileError(where, edit.id, problem)
    moved = _Moved(own)
    refused = (Refusal(Span(moved.place(item.span.start), moved.place(item.span.end)), item.reason) for item in law.refused if moved.remains(item.span))
    pages = tuple(moved.place(page) for page in law.pages)
    return replace(law, text=changed(law.text, own), body=moved.place(law.body), pages=pages, refused=tuple(refused))


def changed(text: str, replacements: Sequence[Replacement]) -> str:
    """Return a text with replacements made; they are in order of their places."""
    pieces, position = [], 0
    for item in replacements:
        pieces += [text[position : item.start], item.text]
        position = item.end
    return "".join([*pieces, text[position:]])


class _Moved:
    """Where positions of a text lie after replacements."""

    def __init__(self, replacements: Sequence[Replacement]) -> None:
        self._items = replacements
        self._ends = [item.end for item in replacements]

    def place(self, position: int) -> int:
        """Return the new place of a position; one inside a replaced stretch goes to its beginning."""
        before = bisect_left(self._ends, position + 1)
        shift = sum(len(item.text) - (item.end - item.start) for item in self._items[:before])
        inside = next((item for item in self._items[before:] if item.start < position < item.end), None)
        return (inside.start if inside else position) + shift

    def remains(self, span: Span) -> bool:
        """Whether anything is left of a stretch."""
        return self.place(span.end) > self.place(span.start)
