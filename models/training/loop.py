"""The training loop: seeded steps with checkpoints, so that a training that was ended goes on to the same weights."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from lexfloor.configs.training import StepsConfig
from lexfloor.pipeline.errors import InputError

if TYPE_CHECKING:
    Report = Callable[[str, int, int], None]

WEIGHT_DECAY, LONGEST_GRADIENT = 0.01, 1.0
MOMENTS = ("exp_avg", "exp_avg_sq")
"""What AdamW remembers of each parameter."""


def rate_at(step: int, options: StepsConfig) -> float:
    """Return the learning rate of a step, from 0: a rise over the warm-up, then half a cosine down to 0."""
    warm = max(1, round(options.warmup * options.steps))
    if step < warm:
        return options.learning_rate * (step + 1) / warm
    return options.learning_rate * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, options.steps - warm)))


def train(parameters: Mapping[str, nn.Parameter], loss_of: Callable[[int], Tensor], options: StepsConfig, checkpoint: Path, stamp: str, report: Report) -> list[float]:
    """Train parameters in place and return the loss of every step.

    ``loss_of`` gives the loss of a step, from 0, and depends on the parameters, all of them, and the step alone. Where ``checkpoint`` is a
    file that an earlier training with the same ``stamp`` left, the training goes on from there.

    Raises:
        InputError: the checkpoint is of another training, broken, or cannot be written.
    """
    optimizer = torch.optim.AdamW(parameters.values(), lr=options.learning_rate, weight_decay=WEIGHT_DECAY)
    losses = _resumed(parameters, optimizer, checkpoint, stamp) if checkpoint.is_file() else []
    for step in range(len(losses), options.steps):
        report("training", step, options.steps)
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, options)
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(step)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters.values(), LONGEST_GRADIENT)
        optimizer.step()
        losses.append(float(loss.detach()))
        if len(losses) % options.checkpoint_every == 0 or len(losses) == options.steps:
            _kept(parameters, optimizer, losses, checkpoint, stamp)
    report("training", options.steps, options.steps)
    return losses


def _kept(parameters: Mapping[str, nn.Parameter], optimizer: torch.optim.Optimizer, losses: list[float], path: Path, stamp: str) -> None:
    """Write a checkpoint: the file is the old one or the new one, never half of it."""
    from safetensors.torch import save

    tensors = {name: parameter.detach() for name, parameter in parameters.items()}
    for name, parameter in parameters.items():
        tensors |= {f"{name}:{moment}": optimizer.state[parameter][moment] for moment in MOMENTS}
    about = {"about": json.dumps({"stamp": stamp, "losses": losses})}
    beside = path.with_suffix(".part")
    try:
        beside.write_bytes(save({name: tensor.cpu().contiguous() for name, tensor in tensors.items()}, about))
        beside.replace(path)
    except OSError as error:
        raise InputError(f"{path}: the checkpoint cannot be written ({error.strerror}); choose another folder with --out") from error


def _resumed(parameters: Mapping[str, nn.Parameter], optimizer: torch.optim.Optimizer, path: Path, stamp: str) -> list[float]:
    """Put parameters and optimizer into the state of a checkpoint and return the losses so far."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            about = json.loads((file.metadata() or {})["about"])
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no dictionary
        found, losses = about["stamp"], about["losses"]
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: this checkpoint is broken ({error!r}); remove it to begin again") from error
    if found != stamp:
        raise InputError(f"{path} is of a training with another configuration, base or data; choose another folder with --out, or remove it to begin again")
    with torch.no_grad():
        for name, parameter in parameters.items():
            parameter.copy_(tensors[name])
            moments = {moment: tensors[f"{name}:{moment}"].to(parameter.device) for moment in MOMENTS}
            optimizer.state[parameter] = {"step": torch.tensor(float(len(losses))), **moments}
    return list(losses)
