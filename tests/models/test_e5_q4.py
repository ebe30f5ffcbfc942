"""The 4-bit container becomes an ordinary model folder."""

import json
import struct

import numpy as np
import pytest

from lexfloor.models.e5_q4 import read_container, unpacked
from lexfloor.pipeline.errors import ModelError

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 32, 1, 2, 64, 24
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁benefit", "▁paid", "▁weeks", "é", *"abcdefghijklmnopqrstuvw"]
VOCABULARY = 32


def _quantized(integers, scales):
    """Return blocks of 32 weights: a 16-bit scale, then the weights in 4 bits, first halves in the low bits."""
    blocks = integers.reshape(-1, 32) + 8
    packed = (blocks[:, :16] | (blocks[:, 16:] << 4)).astype(np.uint8)
    return np.concatenate([scales.astype("<f2").view(np.uint8).reshape(-1, 2), packed], axis=1).tobytes()


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    """Return (path, matrices) of a small random container in the format that is read."""
    random = np.random.default_rng(0)
    data, matrices = {}, {}

    def matrix(name, rows, columns):
        integers = random.integers(-8, 8, (rows, columns))
        scales = random.choice([0.0625, 0.125], rows * columns // 32)
        matrices[name] = (integers.reshape(-1, 32) * scales[:, None]).reshape(rows, columns).astype(np.float32)
        data[name] = (1, rows * columns, _quantized(integers, scales))

    def floats(name, *shape):
        values = random.normal(0, 0.1, shape).astype("<f4")
        matrices[name] = values
        data[name] = (0, values.size, values.tobytes())

    matrix("emb.word", VOCABULARY, HIDDEN)
    floats("emb.pos", POSITIONS, HIDDEN)
    floats("emb.type", 1, HIDDEN)
    for name in ("emb.ln.w", "emb.ln.b", "l0.aln.w", "l0.aln.b", "l0.oln.w", "l0.oln.b", "l0.q.b", "l0.k.b", "l0.v.b", "l0.ao.b", "l0.fo.b"):
        floats(name, HIDDEN)
    floats("l0.fi.b", INNER)
    for name in ("q", "k", "v", "ao"):
        matrix(f"l0.{name}.w", HIDDEN, HIDDEN)
    matrix("l0.fi.w", INNER, HIDDEN)
    matrix("l0.fo.w", HIDDEN, INNER)

    words = [piece.encode() for piece in (PIECES + [f"w{n}" for n in range(VOCABULARY)])[:VOCABULARY]]
    offsets = np.cumsum([0, *map(len, words)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, 1, 1e-12, 0)
    head += struct.pack("<5iQ", VOCABULARY, 0, 2, 1, 3, int(offsets[-1])) + offsets.tobytes() + np.linspace(0, -5, VOCABULARY).astype("<f4").tobytes()
    head += b"".join(words) + struct.pack("<iI", 0, 5) + b"12345"
    directory = sum(2 + len(name) + struct.calcsize("<BIQQ") for name in data) + 4
    place = -(-(len(head) + directory) // 64) * 64
    entries, body = struct.pack("<i", len(data)), b""
    for name, (kind, count, content) in data.items():
        entries += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, count, place + len(body), len(content))
        body += content + b"\0" * (-len(content) % 64)
    path = tmp_path_factory.mktemp("container") / "tiny.bin"
    path.write_bytes((head + entries).ljust(place, b"\0") + body)
    return path, matrices


def test_header_and_vocabulary(container):
    """Shape, pieces and special tokens are read."""
    read = read_container(container[0])
    assert (read.hidden, read.layers, read.heads, read.inner, read.vocabulary_size, read.positions) == (HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS)
    assert [piece for piece, _ in read.pieces][:9] == PIECES[:9]
    assert read.special == {"<s>": 0, "</s>": 2, "<pad>": 1, "<unk>": 3}


def test_tensors_come_back_exactly(container):
    """4-bit weights times their scale, and plain floats, are what was written."""
    path, matrices = container
    read = read_container(path)
    for name in ("emb.word", "l0.q.w", "l0.fi.w", "l0.fo.w"):
        assert np.array_equal(read.matrix(name, *matrices[name].shape), matrices[name])
    assert np.array_equal(read.floats("emb.pos", POSITIONS, HIDDEN), matrices["emb.pos"])


def test_unpacked_loads_as_a_sentence_model(container, tmp_path):
    """The folder is one that sentence-transformers reads, with the container's weights; it is made once."""
    from safetensors.numpy import load_file
    from sentence_transformers import SentenceTransformer

    folder = unpacked(container[0], tmp_path / "models" / "tiny")
    weights = load_file(folder / "model.safetensors")
    assert np.array_equal(weights["encoder.layer.0.attention.self.query.weight"], container[1]["l0.q.w"])
    assert json.loads((folder / "config.json").read_text(encoding="utf-8"))["hidden_size"] == HIDDEN
    model = SentenceTransformer(str(folder), device="cpu")
    vectors = model.encode(["benefit paid", "weeks", "benefit paid"])
    assert vectors.shape == (3, HIDDEN)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert np.allclose(vectors[0], vectors[2], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert model.tokenizer.tokenize("benefit paid") == ["▁benefit", "▁paid"]
    made = (folder / "model.safetensors").stat().st_mtime_ns
    assert unpacked(container[0], folder) == folder
    assert (folder / "model.safetensors").stat().st_mtime_ns == made
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


@pytest.mark.parametrize("data", [b"GGUF" + b"\0" * 60, b"E5", b"E5S1", b"E5S1" + b"\0" * 12])
def test_what_is_no_container_is_refused(tmp_path, data):
    """Another file, or one cut off, says that it is none and leaves no half-made folder."""
    path = tmp_path / "other.bin"
    path.write_bytes(data)
    with pytest.raises(ModelError, match=r"other\.bin"):
        unpacked(path, tmp_path / "models" / "tiny")
    assert not (tmp_path / "models" / "tiny").exists()
