"""What the fuzzer does to a file: damage as it happens, and what somebody who wants to break a reader would write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

from lexfloor.eval.hostile.bombs import BOMBS
from lexfloor.eval.hostile.seeds import NAMES, docx_parts, packed, seeds
from lexfloor.eval.hostile.words import BAIT, TAGS, WORDS

_LENGTHS = (5, 50, 500, 5000, 50_000)
_WEIGHTS = (40, 30, 20, 8, 2)
_HUGE = 1_000_000
_RARE = 0.002
_SPECIAL = 0.01
_LARGE = 500_000
"""Larger parts are changed as bytes: taking them apart may need more memory than a reader may have."""
_INTACT = 0.8
"""Share of changes to XML and JSON that leave it well formed: else most files would end in the parser."""


def hostile(form: str, seed: str) -> bytes:
    """Return a file of a format (a key of `NAMES`), changed; the same for the same seed."""
    random = Random(seed)  # noqa: S311 - chosen, not secret
    if random.random() < _SPECIAL and (special := BOMBS.get(form)):
        return random.choice(special)(random)
    if form == "docx" and random.random() < 0.8:  # inside the container, where the reader looks
        parts = dict(docx_parts())
        name = random.choice(["word/document.xml"] * 6 + list(parts))
        parts[name] = _changed(parts[name], form, random)
        return packed(parts)
    if form == "zip" and random.random() < 0.8:
        inner = random.choice([each for each in NAMES if each != "zip"])
        names = (f"x/{NAMES[inner]}", "b.md", random.choice(["../e.md", "/etc/x", "a\\b.md", "\ud7ff.md", "x" * 500, "__MACOSX/x", "c.zip"]))
        return packed({names[0]: _changed(random.choice(seeds(inner)), inner, random), names[1]: seeds("markdown")[0], names[2]: b"x"})
    return _changed(random.choice(seeds(form)), form, random)


def _changed(data: bytes, form: str, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        within = _WITHIN.get(form)
        data = within(data, random) if within and len(data) < _LARGE and random.random() < _INTACT else random.choice(_CHANGES)(data, form, random)
    return data


def _length(random: Random) -> int:
    return _HUGE if random.random() < _RARE else random.randint(1, random.choices(_LENGTHS, _WEIGHTS)[0])


def _place(data: bytes, random: Random) -> int:
    """Return a place to put something: often where a word or a line begins, for there the patterns look."""
    place = random.randint(0, len(data))
    if random.random() < 0.7:
        found = data.find(random.choice((b"\n", b" ", b">", b"(")), place)
        place = found + 1 if found >= 0 else place
    return place


def _with(data: bytes, words: bytes, random: Random) -> bytes:
    place = _place(data, random)
    return data[:place] + words + data[place:]


def _flipped(data: bytes, _form: str, random: Random) -> bytes:
    made = bytearray(data)
    for _ in range(random.randint(1, 20) if made else 0):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def _cut(data: bytes, _form: str, random: Random) -> bytes:
    return data[: random.randint(0, len(data))]


def _block(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(1, max(1, len(data) // 4)))


def _doubled(data: bytes, _form: str, random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:end] + data[start:end] * random.randint(1, 5) + data[end:]


def _without(data: bytes, _form: str, random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:start] + data[end:]


def _swapped(data: bytes, _form: str, random: Random) -> bytes:
    (a, b), (c, d) = sorted((_block(data, random), _block(data, random)))
    return data if b > c else data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _with_word(data: bytes, form: str, random: Random) -> bytes:
    return _with(data, random.choice(WORDS.get(form, BAIT)).encode(), random)


def _with_bait(data: bytes, _form: str, random: Random) -> bytes:
    bait = random.choice(BAIT) * _length(random)
    if random.random() < 0.3:
        bait += random.choice(("x", "\n", "]", ")", "1", " a"))
    return _with(data, bait.encode()[: 2 * _HUGE], random)


def _with_mixture(data: bytes, _form: str, random: Random) -> bytes:
    pair = random.choice(BAIT) + random.choice(BAIT) + random.choice(BAIT)
    return _with(data, (pair * _length(random)).encode()[:_HUGE], random)


def _nested(data: bytes, form: str, random: Random) -> bytes:
    depth = _length(random)
    if form in TAGS:
        tag = random.choice(TAGS[form])
        inner = f"<{tag}>" * depth + "x" + (f"</{tag}>" * depth if random.random() < 0.7 else "")
    elif form == "jsonl":
        opening, closing = random.choice((("[", "]"), ('{"a":', "}"), ('{"text":[', "]}")))
        inner = opening * depth + "1" + closing * depth
    elif form == "pdf":
        opening, closing = random.choice((("[", "]"), ("<<", ">>"), ("q ", "Q "), ("(", ")")))
        inner = opening * depth + closing * depth
    else:
        opening, closing = random.choice((("> ", ""), ("(", ")"), ("[", "]"), ("- ", ""), ("<b>", "</b>"), ("“", "”"), ("*", "*")))
        inner = opening * depth + "x" + closing * depth
    return _with(data, inner.encode(), random)


def _recoded(data: bytes, _form: str, random: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    return random.choice((b"", b"\xef\xbb\xbf", b"\xff\xfe")) + text.encode(
        random.choice(("utf-16", "utf-16-be", "utf-8", "cp1252", "cp1251", "gb18030", "utf-32", "utf-7")), "replace"
    )


def _with_odd_bytes(data: bytes, _form: str, random: Random) -> bytes:
    odd = (b"\xff", b"\x00", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x80", b"\x1a", b"\x0c", "\u2028\u0085".encode(), "\U0001f98a".encode(), "\u202e".encode())
    return _with(data, random.choice(odd) * random.randint(1, 20), random)


def _in_one_line(data: bytes, _form: str, random: Random) -> bytes:
    return data.replace(b"\n", random.choice((b" ", b"", b"\r", b"\r\n", b"\n\n\n", "\u2028".encode())))


def _spliced(data: bytes, _form: str, random: Random) -> bytes:
    other = random.choice(seeds(random.choice(list(NAMES))))
    start, end = _block(other, random)
    return _with(data, other[start:end], random)


def _long(data: bytes, _form: str, random: Random) -> bytes:
    start, end = _block(data, random)
    return data[:end] + data[start:end] * min(_length(random), 200_000 // max(1, end - start) + 1) + data[end:]


_CHANGES: tuple[Callable[[bytes, str, Random], bytes], ...] = (
    *(_flipped, _cut, _doubled, _without, _swapped, _with_word, _with_word, _with_bait, _with_bait, _with_bait),
    *(_with_mixture, _nested, _nested, _recoded, _with_odd_bytes, _in_one_line, _spliced, _long),
)


def _with_other_elements(data: bytes, random: Random) -> bytes:
    """Change an element of XML: double, drop, move, wrap or rename it, or give it other words."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return data
    elements = [each for each in root.iter(etree.Element) if each is not root][:5000]
    if not elements:
        return data
    one, other = random.choice(elements), random.choice(elements)
    kind, above = random.randrange(7), one.getparent()
    if kind == 0 and above is not None:
        for _ in range(min(_length(random), 5000 // (1 + len(list(one.iter()))) + 1)):
            above.insert(above.index(one), deepcopy(one))
    elif kind == 1 and above is not None:
        above.remove(one)
    elif kind == 2 and one not in list(other.iterancestors()) and one is not other:
        other.append(one)
    elif kind == 3:
        one.tag = other.tag
    elif kind == 4 and one.attrib:
        one.set(random.choice(list(one.attrib)), random.choice(("", "-1", "999999999999", "x" * 1000, "§ 1", "1.5", "#sec_1")))
    else:
        words = _SAFE.sub(" ", random.choice(BAIT) * _length(random))[:_HUGE]
        if kind == 5:
            one.text = words
        else:
            one.tail = words
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _with_other_values(data: bytes, random: Random) -> bytes:
    """Change a value of the objects of JSON Lines."""
    try:
        rows = [json.loads(line) for line in data.decode().splitlines()]
    except (ValueError, RecursionError):
        return data
    objects = [row for row in rows if isinstance(row, dict) and row]
    if not objects:
        return data
    words = (random.choice(BAIT) * _length(random))[:_HUGE]
    values: tuple[object, ...] = (words, words, words, None, [], {}, [words], {"a": words}, -1, 10**30, 1.5, True, "sec_1", "part", "subsection", [words[:50]] * 300)
    for _ in range(random.randint(1, 3)):
        chosen = random.choice(objects)
        chosen[random.choice((*chosen, "text", "parent", "path", "level"))] = random.choice(values)
    return "\n".join(json.dumps(row) for row in rows).encode()


_SAFE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_WITHIN: dict[str, Callable[[bytes, Random], bytes]] = {"akn": _with_other_elements, "justice": _with_other_elements, "docx": _with_other_elements, "jsonl": _with_other_values}
