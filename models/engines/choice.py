"""Which precision a model runs in: the fastest of those that the machine can do, measured at first use and kept.

Only a precision whose rows are those of float32 but for rounding can be chosen, so 8 bits never are: they are asked for by name.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from lexfloor.models.engines import Precision
from lexfloor.pipeline.errors import ModelError

if TYPE_CHECKING:
    from lexfloor.models.engines import Engine, Features

logger = logging.getLogger(__name__)

GAIN = 1.3
"""How many times as fast as float32 another precision must be: less can be what other work on the machine makes of a short measurement."""
LEAST_COSINE = 0.995
"""How near each row must be to the row in float32; bfloat16 reaches .999 with the shipped encoders."""
ROUNDS = 5


class Choice(BaseModel):
    """A precision and why it was chosen; ``milliseconds`` for a batch, and the least of the batch's ``cosines`` with float32, by precision measured."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    precision: Precision
    why: str
    milliseconds: dict[str, float] = {}
    cosines: dict[str, float] = {}


def chosen(able: Sequence[Precision], load: Callable[[Precision], Engine], example: Callable[[], Features], kept: Path) -> Choice:
    """Return the choice kept in a file; where there is none, measure the precisions that the machine is ``able`` to do and keep the choice.

    ``load`` gives the engine of a precision, then ``example`` a batch to measure with; neither is called when the choice is kept.

    Raises:
        ModelError: the choice cannot be kept.
    """
    try:
        return Choice.model_validate_json(kept.read_bytes())
    except FileNotFoundError:
        logger.info("measuring which of %s is fastest on this machine", ", ".join(able))
    except (OSError, ValidationError) as error:
        logger.warning("%s cannot be read (%s): measured anew", kept, error)
    choice = measured(able, load, example)
    logger.info("%s: %s; kept in %s", choice.precision, choice.why, kept)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=kept.parent, encoding="utf-8", delete=False) as file:
            file.write(choice.model_dump_json(indent=2) + "\n")
        Path(file.name).replace(kept)
    except OSError as error:
        raise ModelError(f"{kept} cannot be written ({error.strerror}); set LEXFLOOR_CACHE to a folder that can be written to, or name a --precision") from error
    return choice


def measured(able: Sequence[Precision], load: Callable[[Precision], Engine], example: Callable[[], Features]) -> Choice:
    """Return the fastest precision whose rows are those of float32 (one of ``able``): float32 itself unless another is `GAIN` times as fast."""
    seconds: dict[str, float] = {}
    cosines: dict[str, float] = {}
    rows = {}
    for precision in able:
        engine = load(precision)
        features = example()
        found = engine.rows(features).astype(np.float64)
        rows[precision] = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        seconds[precision] = min(_seconds(engine, features) for _ in range(ROUNDS))
    for precision, found in rows.items():
        cosines[precision] = float((found * rows["float32"]).sum(axis=1).min())
    exact = seconds["float32"]
    fit = [name for name in able if name == "float32" or (cosines[name] >= LEAST_COSINE and exact / seconds[name] >= GAIN)]
    best = min(fit, key=seconds.__getitem__)
    others = "; ".join(f"{name} {exact / seconds[name]:.2f} times as fast as float32, cosine at least {cosines[name]:.4f}" for name in able if name != "float32")
    why = f"measured on this machine: {others} (chosen from {GAIN} times and {LEAST_COSINE} on)"
    return Choice(precision=best, why=why, milliseconds={name: round(1000 * value, 3) for name, value in seconds.items()}, cosines=cosines)


def _seconds(engine: Engine, features: Features) -> float:
    began = time.perf_counter()
    engine.rows(features)
    return time.perf_counter() - began
