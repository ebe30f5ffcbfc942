"""Reads plain text and Markdown; the text stays exactly as the file has it, front matter included."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from lexfloor.corpora.languages import language_rules, nearest_language
from lexfloor.pipeline.errors import SourceError
from lexfloor.pipeline.language import stated_language, told_language
from lexfloor.pipeline.plain import plain, readable
from lexfloor.pipeline.records import Law
from lexfloor.pipeline.stages.ingest.source import Source
from lexfloor.pipeline.stages.ingest.version import stated_version

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DECLARED = re.compile(rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?([A-Za-z0-9_\-]{3,20})")
_NO_CHARACTER_SETS = frozenset(("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "utf-7", "rot13", "hex", "base64", "zlib", "bz2", "quopri", "uu"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MENDABLE = 20
"""Where so many characters beyond ASCII are well-formed UTF-8 for each broken one, the file is UTF-8 with slips."""
TITLE_LINES, LONGEST_TITLE = 5, 200
LATIN_END = 0x250
"""Latin letters lie below this code point."""
_LINE_ENDS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read(source: Source) -> Law:
    """Return a text or Markdown file as a law.

    Raises:
        SourceError: the bytes are no text in any encoding that can be told.
    """
    text, encoding = decoded(source.data, source.file)
    facts, body = front_matter(text)
    markdown = bool(facts) or source.file.lower().endswith((".md", ".markdown")) or re.search(r"(?m)^#{1,6}\s?\S", text) is not None
    language = language_of(text, facts, body)
    return Law(
        country=source.country,
        file=source.file,
        title=title_of(text, facts, body, language) or source.file,
        language=language,
        text=text,
        format="markdown" if markdown else "text",
        sha256=source.sha256,
        encoding=encoding,
        version=stated_version(facts),
        body=body,
    )


def decoded(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file's bytes and how its encoding was told: by mark, declaration, validity, or a guess.

    Raises:
        SourceError: the bytes are binary, or no encoding makes text of them.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return _text(data.decode(name), file), f"{name.removesuffix('-sig')} (byte order mark)"
            except UnicodeDecodeError as error:
                raise SourceError(f"{file}: begins with the mark of {name} but is not valid ({error.reason} at byte {error.start}); save it as UTF-8") from error
    if data.count(b"\x00") > len(data) // 100:
        raise SourceError(f"{file}: this is a binary file, not text; give the law as text, Markdown or XML")
    try:
        return _text(data.decode("utf-8"), file), "utf-8 (valid)"
    except UnicodeDecodeError:
        pass
    if declared := _DECLARED.search(data[:2048]):
        name = declared[1].decode("ascii")
        try:
            if codecs.lookup(name).name in _NO_CHARACTER_SETS:
                raise LookupError(name)
            return _text(data.decode(name), file), f"{name.lower()} (declared)"
        except (LookupError, UnicodeDecodeError):
            pass
    mended = data.decode("utf-8", "replace")
    broken = mended.count("\ufffd")
    if MENDABLE * broken < sum(character > "\x7f" for character in mended):
        return _text(mended, file), f"utf-8 ({broken} broken bytes replaced)"
    guess = _guessed(data, file)
    try:
        return _text(data.decode(guess), file), f"{guess} (guessed)"
    except UnicodeDecodeError as error:
        raise SourceError(f"{file}: not valid UTF-8, and not {guess} throughout (byte {error.start}); save it as UTF-8") from error


def _guessed(data: bytes, file: str) -> str:
    """Return the likeliest encoding of bytes that declare none; among Latin ones the language of the text decides."""
    from charset_normalizer import from_bytes

    sample = data[:200_000]
    guess = from_bytes(sample).best()
    if guess is None:
        raise SourceError(f"{file}: no encoding makes text of these bytes; is it a document or an image? Save it as UTF-8 text")
    words = str(guess)
    letters = [letter for letter in words if letter.isalpha()]
    latin = sum(ord(letter) < LATIN_END for letter in letters)
    if latin < len(letters) // 2:
        return guess.encoding
    plain_words = sample.decode("ascii", "ignore")
    usual = language_rules(nearest_language(told_language(plain_words))).legacy_encoding
    try:
        data.decode(usual)
    except UnicodeDecodeError:
        return guess.encoding
    return usual


def _text(source: str, file: str) -> str:
    control = len(_CONTROL.findall(source[:200_000]))
    if control > max(2, len(source[:200_000]) // 200):
        raise SourceError(f"{file}: {control} control characters: this is a binary file, not text; give the law as text, Markdown or XML")
    if source.count("\r") == source.count("\r\n") and not any(end in source for end in "\x85\u2028\u2029"):
        return source
    return _LINE_ENDS.sub("\n", source)  # one character for one: positions stay


def front_matter(source: str) -> tuple[dict[str, Any], int]:
    """Return the facts of a file's YAML front matter and where the text after it begins; ({}, 0) where it has none.

    >>> front_matter(chr(10).join(["---", "title: A law", "---", "Section 1."]))
    ({'title': 'A law'}, 21)
    """
    import yaml

    found = _FRONT_MATTER.match(source)
    if not found:
        return {}, 0
    try:
        facts = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError):  # broken front matter: lines of "key: value" still tell
        pairs = (line.split(":", 1) for line in found["yaml"].splitlines() if re.match(r"\w+:", line))
        facts = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    if not isinstance(facts, dict):
        return {}, found.end()
    return {str(key).strip().lower(): value for key, value in facts.items()}, found.end()


def title_of(source: str, facts: Mapping[str, object], body: int, language: str) -> str:
    """Return the title of a law: from its front matter, else its first line that names a kind of act, else its first line of words.

    Empty where it has neither. The first line of a print is often the country or the gazette.
    """
    title = facts.get("title")
    if isinstance(title, str) and title.strip():
        return _writable(readable(title))
    lines = [words for line in source[body : body + 5000].splitlines() if len(words := readable(line)) > 3 and not words.startswith("<")][:TITLE_LINES]
    named = _act_names(nearest_language(language))
    chosen = next((words for words in lines if named and len(words) <= LONGEST_TITLE and named.search(words)), lines[0] if lines else "")
    return _writable(chosen[:LONGEST_TITLE])


@cache
def _act_names(language: str) -> re.Pattern[str] | None:
    """Return the pattern of the nouns that name kinds of acts in a language, None where it has none."""
    rules = language_rules(language)
    before, after = (r"(?<!\w)", r"(?!\w)") if rules.spaced else ("", "")
    nouns = "|".join(re.escape(noun[1:]) if noun.startswith("-") else rf"{before}{re.escape(noun)}" for noun in rules.references.act)
    return re.compile(rf"(?:{nouns}){after}", re.IGNORECASE) if nouns else None


def _writable(words: str) -> str:
    """Return words that can be written as UTF-8, lone surrogates replaced."""
    return words.encode("utf-8", "replace").decode("utf-8")


def language_of(source: str, facts: Mapping[str, object], body: int) -> str:
    """Return the ISO 639-1 code of a law's language: as stated, else as its text reads."""
    for key in ("language", "lang"):
        stated = facts.get(key)
        if isinstance(stated, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_]\w+)*", stated):
            return stated_language(stated)
    return told_language(plain(source[body : body + 200_000]).text)
