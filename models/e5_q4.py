"""Reads the 4-bit container of multilingual-e5-small and lays it out as an ordinary sentence-transformers folder.

The container holds, after a header, the vocabulary with its scores, the character map of the tokenizer (unused: the
same normalization is named below) and a directory of tensors: 32-bit floats, or blocks of 32 weights in 4 bits with a
16-bit scale each.
"""

from __future__ import annotations

import json
import shutil
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MAGIC = b"E5S1"
_BLOCK = 32
_LINEAR = {"q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense", "fi": "intermediate.dense", "fo": "output.dense"}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


class _Reader:
    """Reads little-endian fields one after the other."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.position = data, len(_MAGIC)

    def fields(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values

    def skip(self, count: int) -> None:
        self.position += count


@dataclass(frozen=True, slots=True)
class _Tensor:
    offset: int
    size: int


@dataclass(frozen=True)
class Container:
    """The header and directory of a container; tensors are decoded on request."""

    data: memoryview
    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary_size: int
    positions: int
    pieces: list[tuple[str, float]]
    special: dict[str, int]
    tensors: dict[str, _Tensor]

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """Return a 4-bit tensor as float32, (rows, columns)."""
        tensor = self.tensors[name]
        blocks = np.frombuffer(self.data, np.uint8, rows * columns // _BLOCK * 18, tensor.offset).reshape(-1, 18)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        packed = blocks[:, 2:]
        weights = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8.0
        return (weights * scales).reshape(rows, columns)

    def floats(self, name: str, *shape: int) -> NDArray[np.float32]:
        """Return a float32 tensor in the given shape."""
        return np.frombuffer(self.data, "<f4", int(np.prod(shape)), self.tensors[name].offset).reshape(shape).copy()


def read_container(path: Path) -> Container:
    """Return the opened container.

    Raises:
        ModelError: the file is no such container.
    """
    data = memoryview(np.memmap(path, dtype=np.uint8, mode="r")).cast("B")  # type: ignore[arg-type]  # an array is a buffer
    if bytes(data[:4]) != _MAGIC:
        raise ModelError(f"{path} is no E5 container (it begins with {bytes(data[:4])!r})")
    try:
        return _opened(data)
    except (struct.error, ValueError) as error:
        raise ModelError(f"{path} is broken off or damaged ({error}); reinstall the model's package") from error


def _opened(data: memoryview) -> Container:
    reader = _Reader(data)
    reader.fields("I")
    hidden, layers, heads, inner, vocabulary_size, positions, _ = reader.fields("7i")
    reader.fields("fi")
    count, begin, end, pad, unknown = reader.fields("5i")
    (text_size,) = reader.fields("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = bytes(reader.data[reader.position : reader.position + text_size])
    reader.skip(text_size)
    reader.fields("i")
    (map_size,) = reader.fields("I")
    reader.skip(map_size)
    tensors = {}
    (entries,) = reader.fields("i")
    for _entry in range(entries):
        (length,) = reader.fields("H")
        name = bytes(reader.data[reader.position : reader.position + length]).decode()
        reader.skip(length)
        _kind, _count, offset, size = reader.fields("BIQQ")
        tensors[name] = _Tensor(offset, size)
    pieces = [(text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)]
    special = {"<s>": begin, "</s>": end, "<pad>": pad, "<unk>": unknown}
    return Container(data, hidden, layers, heads, inner, vocabulary_size, positions, pieces, special, tensors)


def unpacked(path: Path, folder: Path) -> Path:
    """Return ``folder``, laid out from the container if it is not there yet; written whole or not at all."""
    if (folder / "model.safetensors").is_file() and (folder / "tokenizer.json").is_file():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    container = read_container(path)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        building = Path(name) / folder.name
        building.mkdir()
        _write_weights(container, building)
        _write_tokenizer(container, building)
        _write_layout(container, building)
        if not folder.is_dir():
            shutil.move(building, folder)
    return folder


def _write_weights(container: Container, folder: Path) -> None:
    from safetensors.numpy import save_file

    hidden, inner = container.hidden, container.inner
    types = container.floats("emb.type", container.tensors["emb.type"].size // 4 // hidden, hidden)
    weights: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": container.matrix("emb.word", container.vocabulary_size, hidden),
        "embeddings.position_embeddings.weight": container.floats("emb.pos", container.positions, hidden),
        "embeddings.token_type_embeddings.weight": np.concatenate([types, types])[:2],
        "embeddings.LayerNorm.weight": container.floats("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": container.floats("emb.ln.b", hidden),
        "pooler.dense.weight": np.zeros((hidden, hidden), np.float32),  # unused: sentences are pooled by their mean
        "pooler.dense.bias": np.zeros(hidden, np.float32),
    }
    sizes = {"fi": (inner, hidden), "fo": (hidden, inner)}
    for layer in range(container.layers):
        for short, long in _LINEAR.items():
            rows, columns = sizes.get(short, (hidden, hidden))
            weights[f"encoder.layer.{layer}.{long}.weight"] = container.matrix(f"l{layer}.{short}.w", rows, columns)
            weights[f"encoder.layer.{layer}.{long}.bias"] = container.floats(f"l{layer}.{short}.b", rows)
        for short, long in _NORMS.items():
            weights[f"encoder.layer.{layer}.{long}.weight"] = container.floats(f"l{layer}.{short}.w", hidden)
            weights[f"encoder.layer.{layer}.{long}.bias"] = container.floats(f"l{layer}.{short}.b", hidden)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(container: Container, folder: Path) -> None:
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    special = container.special
    tokenizer = Tokenizer(models.Unigram(container.pieces, unk_id=special["<unk>"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", special["<s>"]), ("</s>", special["</s>"])]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>"}
    settings |= {"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}
    _write_json(folder / "tokenizer_config.json", {**settings, "model_max_length": container.positions, "model_input_names": ["input_ids", "attention_mask"]})


def _write_layout(container: Container, folder: Path) -> None:
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": container.hidden,
            "num_hidden_layers": container.layers,
            "num_attention_heads": container.heads,
            "intermediate_size": container.inner,
            "vocab_size": container.vocabulary_size,
            "max_position_embeddings": container.positions,
            "type_vocab_size": 2,
            "layer_norm_eps": 1e-12,
            "hidden_act": "gelu",
            "pad_token_id": 0,
            "tokenizer_class": "XLMRobertaTokenizer",
            "dtype": "float32",
        },
    )
    kinds = (("0", "", "Transformer"), ("1", "1_Pooling", "Pooling"), ("2", "2_Normalize", "Normalize"))
    _write_json(folder / "modules.json", [{"idx": int(name), "name": name, "path": path, "type": f"sentence_transformers.models.{kind}"} for name, path, kind in kinds])
    (folder / "1_Pooling").mkdir()
    _write_json(folder / "1_Pooling" / "config.json", {"word_embedding_dimension": container.hidden, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False})
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": container.positions, "do_lower_case": False})


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
