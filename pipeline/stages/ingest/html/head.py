"""What the head of a page says of the law in it: encoding, title, language, date and state, by vocabularies that many gazettes share."""

from __future__ import annotations

import codecs
import re

from selectolax.lexbor import LexborHTMLParser

from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.records import ProvisionStatus, TextState, Version
from lexfloor.pipeline.stages.ingest.text import decoded

_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|\A\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})", re.IGNORECASE)
_HEAD = 8192
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs"}
"""Names that pages use for the larger set that browsers read them as."""
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_BROKEN = 0.001
"""Share of a page's characters that may be invalid in the encoding that it declares."""
VALID_FOR_EACH_BROKEN = 10
"""Characters beyond ASCII that must be valid UTF-8 for each that is not; a page in another encoding has none."""
_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f\ufffd]+")
_DATES = ("eli:version_date", "dcterms.modified", "dc.date.modified", "dcterms.date", "eli:date_document")
_TITLES = ("eli:title", "dcterms.title", "dc.title")
_LANGUAGES = ("dcterms.language", "dc.language", "eli:language", "content-language")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
_LANGUAGE = re.compile(r"(?:.*/)?([A-Za-z]{2,3})(?:[-_]\w{1,20})*")


def text_of(data: bytes, file: str) -> tuple[str, str, str]:
    """Return a page's text, how its encoding was told, and a remark on what could not be read (or nothing).

    A byte order mark decides, then valid UTF-8 with other than ASCII characters, which no other encoding looks like, then what
    the page declares, then validity and a guess.

    Raises:
        SourceError: the bytes are binary, or no encoding makes text of them.
    """
    declared = "" if data.startswith(_BOMS) else declared_encoding(data)
    if data.startswith(_BOMS) or data.count(b"\x00") > len(data) // 100:
        return *decoded(data, file), ""
    if not declared or codecs.lookup(declared).name == "utf-8":
        return _read_as_utf8(data, file, "declared" if declared else "valid")
    codec = _SUPERSETS.get(codecs.lookup(declared).name, declared)
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return decoded(data, file)[0], "utf-8 (valid)", f"the page declares {declared} but is valid UTF-8, and was read as that"
    text = data.decode(codec, "replace")
    broken = text.count("\ufffd")
    if broken > MOST_BROKEN * len(text) + 1:
        return *decoded(data, file), f"the page declares {declared} but is not"
    remark = f"{broken:,} characters are not valid {declared} and are shown as \ufffd" if broken else ""
    return decoded(text.encode(), file)[0], f"{declared} (declared)", remark


def _read_as_utf8(data: bytes, file: str, why: str) -> tuple[str, str, str]:
    """Return a page as UTF-8 where it is that but for a few bytes, else as validity or a guess tells."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    other = sum(len(run) for run in _OTHER_THAN_ASCII.findall(text)) if broken else 0
    if not broken:
        return decoded(data, file)[0], f"utf-8 ({why})", ""
    if other >= VALID_FOR_EACH_BROKEN * broken:
        return decoded(text.encode(), file)[0], f"utf-8 ({why})", f"{broken:,} characters are not valid utf-8 and are shown as \ufffd"
    return *decoded(data, file), "the page declares utf-8 but is not" if why == "declared" else ""


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page declares, lower case; empty where it declares none or none that is known."""
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return ""
    name = (found[1] or found[2]).decode("ascii", "ignore").lower()
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if codec.name.startswith(("utf-16", "utf-32")):
        return "utf-8"  # a declaration that can be read as ASCII is none of UTF-16
    return name if _is_character_set(codec) else ""


def _is_character_set(codec: codecs.CodecInfo) -> bool:
    """Tell an encoding of text from Python's other codecs (base64, rot13, unicode_escape)."""
    try:
        return codec.decode(b"a")[0] == "a" and codec.name not in ("unicode_escape", "raw-unicode-escape", "raw_unicode_escape", "utf-7", "punycode", "idna")
    except (ValueError, LookupError):
        return False


class Head:
    """The stated facts of a page, by name in lower case; a name stated twice keeps its first value."""

    def __init__(self, page: LexborHTMLParser) -> None:
        self._facts: dict[str, str] = {}
        for node in page.css("meta[name], meta[property], meta[http-equiv], [property^='eli:']"):
            attributes = node.attributes
            name = (attributes.get("property") or attributes.get("name") or attributes.get("http-equiv") or "").strip().lower()
            value = attributes.get("content") or attributes.get("resource") or attributes.get("href") or ""
            if name and collapsed(value):
                self._facts.setdefault(name, collapsed(value))
        self._title = collapsed(title.text()) if (title := page.css_first("title")) is not None else ""
        self._languages = [node.attributes.get(name) or "" for node in page.css("main, [role=main], article, html, body")[:20] for name in ("lang", "xml:lang")]

    @property
    def title(self) -> str:
        """The title that the page states, empty where it states none."""
        return next((self._facts[name] for name in _TITLES if name in self._facts), self._title)

    @property
    def language(self) -> str:
        """The language code that the page states in its own way, empty where it states none."""
        stated = [*reversed(self._languages), *(self._facts.get(name, "") for name in _LANGUAGES)]
        codes = (found[1].lower() for value in stated if (found := _LANGUAGE.fullmatch(value.strip())))
        return next((code for code in codes if code not in ("und", "zxx", "mul")), "")

    @property
    def version(self) -> Version:
        """What the page states of the law's date, state and force."""
        dated = next((name for name in _DATES if _DATE.match(self._facts.get(name, ""))), "")
        state, state_source = self._state()
        status, status_source = self._status()
        date = _DATE.match(self._facts[dated]) if dated else None
        return Version(state, state_source, date[0] if date else "", f"markup: {dated}" if dated else "", status, status_source)

    def _state(self) -> tuple[TextState, str]:
        for name in ("eli:version", "eli:type_document"):
            stated = self._facts.get(name, "").lower()
            if "consolidat" in stated:
                return TextState.CONSOLIDATED, f"markup: {name}"
            if re.search(r"(?<![a-z])(?:as[ _-]?enacted|enacted|original)(?![a-z])", stated):
                return TextState.AS_ENACTED, f"markup: {name}"
        return TextState.UNKNOWN, ""

    def _status(self) -> tuple[ProvisionStatus, str]:
        stated = re.sub(r"[\W_]+", "", self._facts.get("eli:in_force", "").rpartition("#")[2].rpartition("/")[2].lower())
        if stated.endswith(("notinforce", "nolongerinforce")):
            return ProvisionStatus.REPEALED, "markup: eli:in_force"
        if stated.endswith("inforce"):
            return ProvisionStatus.IN_FORCE, "markup: eli:in_force"
        return ProvisionStatus.UNKNOWN, ""
