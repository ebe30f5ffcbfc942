"""The language of a text whose file states one, which may be that of the program or the portal that made the file."""

from __future__ import annotations

from lexfloor.corpora.languages import nearest_language
from lexfloor.pipeline.language import told_language

ENOUGH_TO_TELL = 400
"""Letters of text from which its language is told more surely than from what a file states by default."""


NO_LANGUAGE = ("und", "zxx")
"""What is told of a text that is in no language, or in none that is known."""


def settled_language(stated: str, text: str) -> tuple[str, tuple[str, ...]]:
    """Return the ISO 639-1 code of a text's language and, where the file states another one, a remark that says so.

    >>> settled_language("fi", "too short to tell")
    ('fi', ())
    """
    told = told_language(text)
    if not stated or nearest_language(stated) == nearest_language(told) != "und":
        return stated or told, ()
    if told in NO_LANGUAGE or sum(map(str.isalpha, text)) < ENOUGH_TO_TELL:
        return stated, ()
    return told, (f"the file states the language {stated!r}, but the text reads as {told!r}",)
