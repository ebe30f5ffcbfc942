"""Files that are small and would grow without end: entities in entities, zips of nothing, pages that hold themselves."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from random import Random

from lexfloor.eval.hostile.seeds import docx_parts, packed, seeds

_MILLION = 1_000_000


def _laughs(random: Random) -> str:
    deep = random.choice((3, 9, 20))
    entities = "".join(f"<!ENTITY e{number} '{f'&e{number - 1};' * 10}'>" for number in range(1, deep))
    return f"<!DOCTYPE x [<!ENTITY e0 'ha'>{entities}<!ENTITY out SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'>%p;]>"


def _xml_bomb(form: str) -> Callable[[Random], bytes]:
    def made(random: Random) -> bytes:
        source = seeds(form)[0].decode()
        head, _, rest = source.partition("?>")
        return f"{head}?>{_laughs(random)}{rest.replace('Name', '&e8;&out;').replace('fund', '&e2;')}".encode()

    return made


def _xml_wide(form: str) -> Callable[[Random], bytes]:
    def made(random: Random) -> bytes:
        tag = random.choice(("section", "p", "content", "ref"))
        wide = random.choice((f"<{tag}/>", f"<{tag} {' '.join(f'a{number}=1' for number in range(500))}>x</{tag}>", f"<{tag}>1</{tag}>"))
        return seeds(form)[0].replace(b"</section>", (wide * (_MILLION // len(wide) // 2)).encode() + b"</section>", 1)

    return made


def _docx_bomb(random: Random) -> bytes:
    parts = dict(docx_parts())
    name = random.choice(("word/document.xml", "word/styles.xml", "word/media/image1.png"))
    parts[name] = parts.get(name, b"")[:-20] + random.choice((b" ", b"<w:p/>", b"x", b"<w:r><w:t>a</w:t></w:r>")) * random.choice((_MILLION, 30 * _MILLION))
    return packed(parts)


def _docx_laughs(random: Random) -> bytes:
    parts = dict(docx_parts())
    name = random.choice(list(parts))
    head, _, rest = parts[name].decode().partition("?>")
    parts[name] = f"{head}?>{_laughs(random)}{rest.replace('Name', '&e8;&out;')}".encode()
    return packed(parts)


def _zip_bomb(random: Random) -> bytes:
    count, size = random.choice(((1, 60 * _MILLION), (300, 200_000), (1000, 10), (3, 20 * _MILLION)))
    return packed({f"{number}.txt": random.choice((b"\0", b"a ", b"(1)\n")) * (size // 2) for number in range(count)})


def _pdf_bomb(random: Random) -> bytes:
    drawn = random.choice((b"q ", b"BT ", b"[", b"(((", b"BT /F1 9 Tf 9 9 Td (a) Tj ET\n", b"1 0 0 1 0 0 cm ", b"0 0 1 1 re f ", b" ")) * random.choice((10_000, 100_000))
    source = seeds("pdf")[0]
    place, end = source.index(b"stream\n") + 7, source.index(b"\nendstream")
    stream = zlib.compress(drawn)
    return source[:place].replace(b"/Length ", b"/Filter /FlateDecode /L ", 1) + stream + source[end:]


def _pdf_loop(random: Random) -> bytes:
    loops = (
        (b"/Kids [", b"/Kids [2 0 R "),
        (b"/Parent 2 0 R", b"/Parent 4 0 R"),
        (b"/Count ", b"/Count 9999999"),
        (b"/Contents 5", b"/Contents 4"),
        (b"[0 0 595 842]", b"[0 0 1e30 -1e30]"),
    )
    return seeds("pdf")[0].replace(*random.choice(loops))


BOMBS: dict[str, tuple[Callable[[Random], bytes], ...]] = {
    "akn": (_xml_bomb("akn"), _xml_wide("akn")),
    "justice": (_xml_bomb("justice"),),
    "docx": (_docx_bomb, _docx_laughs),
    "zip": (_zip_bomb,),
    "pdf": (_pdf_bomb, _pdf_loop),
}
"""Makers of such files by format; they are invented anew for each random number."""
