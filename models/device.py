"""Where models run: the device and the precision, chosen by what the machine has."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from lexfloor.models.engines import Precision


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine offers to models."""

    cuda: str
    amx_bf16: bool
    avx512_bf16: bool
    threads: int
    processor: str


def machine() -> Machine:
    """Return what this machine offers; ``cuda`` is the first device's name or empty."""
    import torch

    flags = frozenset(_cpu("flags").split())
    name = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
    return Machine(name, "amx_bf16" in flags, "avx512_bf16" in flags, torch.get_num_threads(), _cpu("model name") or platform.processor())


def _cpu(field: str) -> str:
    """Return what Linux tells of the first core, empty where it tells nothing."""
    info = Path("/proc/cpuinfo")
    if platform.system() != "Linux" or not info.is_file():
        return ""
    lines = (line.partition(":") for line in info.read_text(encoding="utf-8", errors="replace").splitlines())
    return next((value.strip() for name, _, value in lines if name.strip() == field), "")


def resolved_device(asked: str) -> str:
    """Return the torch device for ``auto``, ``cpu``, ``cuda`` or ``cuda:N``; only ``auto`` may fall back.

    Raises:
        ModelError: a device asked for by name is not there, or the name is none.
    """
    import torch

    if asked == "cpu":
        return "cpu"
    if asked == "auto":
        return "cuda:0" if torch.cuda.is_available() else "cpu"
    if not (asked == "cuda" or asked.startswith("cuda:")):
        raise ModelError(f"no device {asked!r}; use auto, cpu, cuda or cuda:N")
    number = asked.partition(":")[2] or "0"
    if not number.isdecimal():
        raise ModelError(f"no device {asked!r}; use auto, cpu, cuda or cuda:N")
    if not torch.cuda.is_available():
        raise ModelError(f"device {asked!r} was asked for, but this machine has no CUDA device; use --device auto or cpu")
    index = int(number)
    if index >= torch.cuda.device_count():
        raise ModelError(f"device {asked!r} was asked for, but there are {torch.cuda.device_count()} CUDA devices")
    return f"cuda:{index}"


def able(device: str) -> tuple[Precision, ...]:
    """Return the precisions that ``auto`` may choose from on a device, float32 first: others only where its hardware multiplies in them.

    A CPU that has bfloat16 without AMX gains nothing from it (measured), so there is no choice there.
    """
    if device.startswith("cuda"):
        import torch

        return ("float32", "bfloat16", "float16") if torch.cuda.is_bf16_supported() else ("float32", "float16")
    return ("float32", "bfloat16") if machine().amx_bf16 else ("float32",)


def checked_precision(asked: Precision, device: str) -> Precision:
    """Return a precision asked for by name.

    Raises:
        ModelError: the device does not compute in it.
    """
    if asked == "float16" and not device.startswith("cuda"):
        raise ModelError("precision float16 needs a CUDA device; use auto, float32, bfloat16 or int8")
    if asked == "int8" and device != "cpu":
        raise ModelError(f"precision int8 runs on the CPU, not on {device}; use --device cpu, or auto, float32, bfloat16 or float16")
    return asked
