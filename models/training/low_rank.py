"""Low-rank layers: the linear layers of a frozen model with a small change that is learned (Hu et al. 2021, LoRA)."""

from __future__ import annotations

import math
import re

import torch
from torch import Tensor, nn

from lexfloor.models.adapter import Adapter, linear_layers
from lexfloor.pipeline.errors import ModelError

_NUMBER = re.compile(r"(?:^|\.)layers?\.(\d+)\.")


class LowRank(nn.Module):
    """A linear layer and its change: at first the change is 0."""

    def __init__(self, base: nn.Linear, rank: int, scale: float, generator: torch.Generator) -> None:
        super().__init__()
        self.base, self.scale = base, scale
        bound = math.sqrt(3 / base.in_features)
        down = torch.rand(rank, base.in_features, generator=generator) * 2 * bound - bound
        self.down = nn.Parameter(down.to(base.weight.device))
        self.up = nn.Parameter(torch.zeros(base.out_features, rank, device=base.weight.device))

    def forward(self, values: Tensor) -> Tensor:
        """Return what the changed layer makes of values."""
        changed: Tensor = self.base(values) + self.scale * nn.functional.linear(nn.functional.linear(values, self.down), self.up)
        return changed


def add_low_rank(model: nn.Module, *, rank: int, scale: float, layers: int, seed: int) -> dict[str, LowRank]:
    """Freeze a model, put low-rank layers in place of the linear layers of its upper layers, and return these by name.

    Raises:
        ModelError: the model has no numbered layers.
    """
    numbered = {name: int(found[1]) for name in linear_layers(model) if (found := _NUMBER.search(name))}
    if not numbered:
        raise ModelError("the base has no numbered layers that low-rank changes could be added to; name an encoder of another kind")
    lowest = max(numbered.values()) + 1 - layers
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    generator = torch.Generator().manual_seed(seed)
    added = {}
    for name in (name for name, number in numbered.items() if number >= lowest):
        parent, _, own = name.rpartition(".")
        holder = model.get_submodule(parent)
        layer = LowRank(getattr(holder, own), rank, scale, generator)
        setattr(holder, own, layer)
        added[name] = layer
    return added


def parameters_of(added: dict[str, LowRank]) -> dict[str, nn.Parameter]:
    """Return what is learned of low-rank layers, by name."""
    return {f"{name}.{part}": getattr(layer, part) for name, layer in added.items() for part in ("down", "up")}


def adapter_of(added: dict[str, LowRank], base: str) -> Adapter:
    """Return the adapter that low-rank layers of one scale come to."""
    scale = next(iter(added.values())).scale
    return Adapter(base, scale, {name: layer.down for name, layer in added.items()}, {name: layer.up for name, layer in added.items()})
