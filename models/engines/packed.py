"""The engine of packed texts: a BERT in float32 on a CPU, computed for the tokens of texts and nothing else.

The tokens of a batch stand in a single row, one text after the other: products run over all of them at once, attention text by text.
Weights are laid out for the CPU once; queries, keys and values are one product, and what follows a product (the bias, the activation, a sum)
is computed with it, by the oneDNN that PyTorch ships.

The row of a text depends on its own tokens; how many others stand beside it is oneDNN's to use, so rows are promised to `TOLERANCE` only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from lexfloor.models.batches import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer
    from torch import Tensor, nn

    from lexfloor.models.engines import Features

FAMILIES = ("bert", "roberta", "xlm-roberta", "camembert")
"""Kinds of models with BERT's layers: attention and a normalized sum, two products with an activation between them and a normalized sum."""
ACTIVATIONS = {"gelu": "none", "gelu_new": "tanh", "gelu_pytorch_tanh": "tanh"}
"""Activations by their names in models, and how oneDNN is to approximate each."""
AFTERWARDS = {"Pooling", "Dense", "Normalize"}
"""Modules of sentence-transformers that need no more than the last layer's tokens."""
LAID_OUT_FOR = 1024
"""The tokens of a batch for which weights are laid out; others are computed as well."""
TOLERANCE = 1e-6
"""The most by which the numbers of a text's vector, of unit length, differ between batches."""


class PackedEngine:
    """Computes the rows of texts of several lengths together; their padding is left out."""

    single = False
    packed = True

    def __init__(self, model: SentenceTransformer) -> None:
        """Take a model that `fits` over: the weights of its layers are moved."""
        import torch

        bert = model[0].auto_model
        self._embeddings, self._pooling = bert.embeddings, list(model)[1:]
        self._first = getattr(bert.embeddings, "padding_idx", -1) + 1  # where RoBERTa counts positions from; BERT from 0
        layers, bert.encoder.layer = bert.encoder.layer, torch.nn.ModuleList()
        with torch.inference_mode():
            self._layers = [_Layer(layers.pop(0), ACTIVATIONS[bert.config.hidden_act]) for _ in range(len(layers))]

    def rows(self, features: Features) -> NDArray[np.float32]:
        """Return (n, width) float32."""
        import torch

        mask = features["attention_mask"].astype(bool)
        lengths = mask.sum(axis=1)
        positions = self._first + np.broadcast_to(np.arange(mask.shape[1]), mask.shape)
        kinds = features.get("token_type_ids", np.zeros_like(positions))
        ids, places, types = (_row(values[mask]) for values in (features["input_ids"], positions, kinds))
        with torch.inference_mode():
            states = self._embeddings(input_ids=ids, position_ids=places, token_type_ids=types)[0]
            for layer in self._layers:
                states = layer(states, lengths.tolist())
            tokens = torch.nn.utils.rnn.pad_sequence(states[: lengths.sum()].split(lengths.tolist()), batch_first=True)
            found = {"token_embeddings": tokens, "attention_mask": torch.from_numpy(np.arange(lengths.max()) < lengths[:, None]).long()}
            for module in self._pooling:
                found = module(found)
            array: NDArray[np.float32] = found["sentence_embedding"].numpy()
        return array


def fits(model: SentenceTransformer) -> bool:
    """Return whether the engine computes what the modules of a model do, on this machine."""
    import torch

    shape = getattr(getattr(model[0], "auto_model", None), "config", None)
    if getattr(shape, "model_type", "") not in FAMILIES or not _joins_products():
        return False
    encodes = not getattr(shape, "is_decoder", False) and getattr(shape, "position_embedding_type", "absolute") == "absolute"
    after = {type(module).__name__ for module in list(model)[1:]}
    return encodes and after <= AFTERWARDS and getattr(shape, "hidden_act", "") in ACTIVATIONS and model.dtype == torch.float32


def _joins_products() -> bool:
    """Return whether this PyTorch on this processor has the products of oneDNN, which are no part of its promised interface: by trying them."""
    import torch

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return False
    try:
        with torch.inference_mode():
            states = torch.zeros(STEP, STEP)
            product = _Product(torch.nn.Linear(STEP, STEP))
            product.added_to(states, product.activated(states, "none"))
    except (AttributeError, RuntimeError, TypeError):
        return False
    return True


def _row(values: NDArray[np.int64]) -> Tensor:
    """Return (1, n) for (n,), filled up to a multiple of `STEP`: few shapes, for each of which oneDNN makes itself ready once."""
    import torch

    return torch.from_numpy(np.pad(values, (0, -len(values) % STEP)))[None]


class _Product:
    """A linear map, or several of the same states as one, laid out for oneDNN."""

    def __init__(self, *parts: nn.Linear) -> None:
        import torch

        self._weight = torch.ops.mkldnn._reorder_linear_weight(torch.cat([part.weight for part in parts]), LAID_OUT_FOR)
        self._bias = torch.cat([part.bias for part in parts])
        self._compute: Any = torch.ops.mkldnn._linear_pointwise

    def of(self, states: Tensor) -> Tensor:
        found: Tensor = self._compute(states, self._weight, self._bias, "none", [], "")
        return found

    def activated(self, states: Tensor, approximation: str) -> Tensor:
        found: Tensor = self._compute(states, self._weight, self._bias, "gelu", [], approximation)
        return found

    def added_to(self, other: Tensor, states: Tensor) -> Tensor:
        found: Tensor = self._compute.binary(states, other, self._weight, self._bias, "add")
        return found


class _Layer:
    """A layer of a BERT over packed texts."""

    def __init__(self, layer: nn.Module, approximation: str) -> None:
        own: Any = layer
        attention = own.attention.self
        self._heads: int = attention.num_attention_heads
        self._asked = _Product(attention.query, attention.key, attention.value)
        self._joined, self._inner, self._outer = _Product(own.attention.output.dense), _Product(own.intermediate.dense), _Product(own.output.dense)
        self._middle, self._last = own.attention.output.LayerNorm, own.output.LayerNorm
        self._approximation = approximation

    def __call__(self, states: Tensor, lengths: list[int]) -> Tensor:
        """Return (n, width) for (n, width); the rows that follow the last text's mean nothing."""
        states = self._middle(self._joined.added_to(states, self._attended(self._asked.of(states), lengths)))
        found: Tensor = self._last(self._outer.added_to(states, self._inner.activated(states, self._approximation)))
        return found

    def _attended(self, asked: Tensor, lengths: list[int]) -> Tensor:
        """Return (n, width) for (n, 3 width), each text's tokens looking at its own."""
        import torch

        heads = asked.view(len(asked), 3, self._heads, -1).permute(1, 2, 0, 3)
        rest = len(asked) - sum(lengths)
        texts = (text[:, None] for text in torch.split(heads, [*lengths, rest], dim=2)[: len(lengths)])
        found = [torch.nn.functional.scaled_dot_product_attention(*text)[0].transpose(0, 1).flatten(1) for text in texts]
        return torch.cat([*found, asked.new_zeros(rest, asked.shape[1] // 3)])
