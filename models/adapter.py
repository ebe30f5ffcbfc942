"""Adapters: what training adds to a packaged model, as low-rank changes of its linear layers in one small safetensors file.

A layer's weight W becomes ``W + scale * up @ down`` (Hu et al. 2021, LoRA). The sum is taken once, when the model is loaded, so that
a trained model runs as fast as its base. A reranker's adapter also holds its head.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.models.cards import sha256_of
from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from torch import Tensor, nn

DOWN, UP, HEAD = ".down", ".up", "head."


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter's content.

    Attributes:
        base_sha256: the weights it was trained on, as ``SentenceEncoder.weights`` tells them.
        scale: what the product of the two matrices counts.
        down: (rank, inputs) by the name of a linear layer.
        up: (outputs, rank) by the same names.
        head: tensors of a reranker's head by name, none for an encoder.
        weight: what a reranker's score counts beside the order it is given.
    """

    base_sha256: str
    scale: float
    down: Mapping[str, Tensor]
    up: Mapping[str, Tensor]
    head: Mapping[str, Tensor] = field(default_factory=dict)
    weight: float = 1.0


def write_adapter(path: Path, adapter: Adapter) -> str:
    """Write an adapter in half precision and return its sha256; the same adapter gives the same bytes."""
    import torch
    from safetensors.torch import save

    tensors = {f"{name}{DOWN}": tensor for name, tensor in adapter.down.items()}
    tensors |= {f"{name}{UP}": tensor for name, tensor in adapter.up.items()}
    tensors |= {f"{HEAD}{name}": tensor for name, tensor in adapter.head.items()}
    rank = max((tensor.shape[0] for tensor in adapter.down.values()), default=0)
    about = {"base_sha256": adapter.base_sha256, "rank": rank, "scale": adapter.scale, "weight": adapter.weight}
    kept = {name: tensor.detach().to("cpu", torch.float16).contiguous() for name, tensor in sorted(tensors.items())}
    path.write_bytes(save(kept, {"about": json.dumps(about, sort_keys=True)}))  # one entry: several come in any order
    return sha256_of(path)


def read_adapter(path: Path, sha256: str, base: str) -> Adapter:
    """Return the adapter in a file, for a base of known weights.

    Raises:
        ModelError: the file is missing, broken, another than the one of the hash, or was trained on another base.
    """
    import torch
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        raise ModelError(f"adapter {path} is missing; put the file there that the model's card names, or train it again")
    found = sha256_of(path)
    if found != sha256:
        raise ModelError(f"adapter {path} is not the file of the model's card (sha256 {found[:16]}..., expected {sha256[:16]}...); put that file there, or its hash into the card")
    try:
        with safe_open(path, "pt") as file:
            about = json.loads((file.metadata() or {})["about"])
            tensors = {name: file.get_tensor(name).to(torch.float32) for name in sorted(file.keys())}
        down, up, head = (_named(tensors, ending) for ending in (DOWN, UP, HEAD))
        if set(down) != set(up) or len(tensors) != len(down) + len(up) + len(head):
            raise ValueError("its tensors are no pairs of .down and .up")
        adapter = Adapter(about["base_sha256"], float(about["scale"]), down, up, head, float(about.get("weight", 1.0)))
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"adapter {path} is broken ({error!r}); train it again") from error
    if adapter.base_sha256 != base:
        raise ModelError(
            f"adapter {path} was trained on another base ({adapter.base_sha256[:16]}..., the model's card gives {base[:16]}...); name in the card the base it was trained on"
        )
    return adapter


def _named(tensors: Mapping[str, Tensor], part: str) -> dict[str, Tensor]:
    """Return the tensors of one part (an ending, or the head's beginning) by what is left of their names."""
    if part == HEAD:
        return {name.removeprefix(HEAD): tensor for name, tensor in tensors.items() if name.startswith(HEAD)}
    return {name.removesuffix(part): tensor for name, tensor in tensors.items() if name.endswith(part) and not name.startswith(HEAD)}


def merge(model: nn.Module, adapter: Adapter, path: Path) -> None:
    """Add an adapter to the weights of a model, in place; ``path`` is named in errors.

    Raises:
        ModelError: the model has no such layers, or they are of another size.
    """
    import torch

    layers = linear_layers(model)
    with torch.no_grad():
        for name, down in adapter.down.items():
            up = adapter.up[name]
            if name not in layers or tuple(layers[name].weight.shape) != (up.shape[0], down.shape[1]) or up.shape[1] != down.shape[0]:
                raise ModelError(f"adapter {path}: layer {name} does not fit the base; name in the card the base it was trained on")
            weight = layers[name].weight
            change = adapter.scale * (up @ down)
            weight.copy_((weight.to(torch.float32) + change.to(weight.device)).to(weight.dtype))


def linear_layers(model: nn.Module, wanted: Sequence[str] = ()) -> dict[str, nn.Linear]:
    """Return the linear layers of a model by name, in its order; with ``wanted``, those whose name ends in one of these."""
    from torch import nn

    return {name: layer for name, layer in model.named_modules() if isinstance(layer, nn.Linear) and (not wanted or name.endswith(tuple(wanted)))}
