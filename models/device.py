"""Where models run: the device and the precision, chosen by what the machine has."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path

from lexfloor.pipeline.errors import ModelError


@dataclass(frozen=True, slots=True)
class Machine:
    """What this machine offers to models."""

    cuda: str
    amx_bf16: bool
    avx512_bf16: bool
    threads: int


def machine() -> Machine:
    """Return what this machine offers; ``cuda`` is the first device's name or empty."""
    import torch

    flags = _cpu_flags()
    name = torch.cuda.get_device_name(0) if torch.cuda.is_available() else ""
    return Machine(name, "amx_bf16" in flags, "avx512_bf16" in flags, torch.get_num_threads())


def _cpu_flags() -> frozenset[str]:
    info = Path("/proc/cpuinfo")
    if platform.system() != "Linux" or not info.is_file():
        return frozenset()
    for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("flags"):
            return frozenset(line.partition(":")[2].split())
    return frozenset()


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


def resolved_precision(asked: str, device: str) -> str:
    """Return ``bfloat16`` or ``float32``: with ``auto``, bfloat16 only where it is faster (CUDA, or a CPU with AMX)."""
    if asked != "auto":
        return asked
    if device.startswith("cuda"):
        import torch

        return "bfloat16" if torch.cuda.is_bf16_supported() else "float32"
    return "bfloat16" if machine().amx_bf16 else "float32"
