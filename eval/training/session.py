"""One training of an adapter: its base, its data, its checkpoint, and the folder that it leaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from lexfloor.configs.training import AdapterTraining
from lexfloor.eval.training.cards import CARD, stamps, write_cards, write_model_card
from lexfloor.eval.training.prepared import Prepared, prepared
from lexfloor.eval.training.scores import Scores
from lexfloor.models.adapter import Adapter, write_adapter
from lexfloor.models.cards import AdapterSource, Task, model_card
from lexfloor.models.encoder import SentenceEncoder
from lexfloor.models.training.examples import Drawn, Example, batch_of
from lexfloor.models.training.loop import train
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.runner import Report
from lexfloor.pipeline.store import filled_whole

ADAPTER, MODEL, CHECKPOINT = "adapter.safetensors", "model.toml", "checkpoint.safetensors"
NOTHING_HELD_OUT = "Nothing was held out, so that nothing is known of how good it is on what it has not seen: name countries under held_out."


class Session:
    """A training from its configuration to the card.

    Attributes:
        base: the card of the encoder that is trained.
        encoder: that encoder in full precision; its model is changed by the training.
        data: examples to learn from and those held out.
        stamp: tells trainings of another configuration, base or data apart.
    """

    def __init__(self, config: AdapterTraining, task: Task, out: Path, device: str, report: Report) -> None:
        """Load the base and prepare the data.

        Raises:
            DataFileError: data are faulty.
            InputError: data are not there, or the base is itself a trained model.
            ModelError: the base is missing, or the device asked for is not there.
        """
        self.config, self.task, self.out, self.report = config, task, out, report
        self.base = model_card(config.base)
        if self.base.adapter:
            raise InputError(f"base {config.base} has an adapter already, and a model has one at most; train the encoder that it was trained on, with all data")
        self.encoder = SentenceEncoder(self.base, device=device, precision="float32")
        self.data: Prepared = prepared(config, device, report)
        told = json.dumps([task, config.model_dump(mode="json", exclude={"steps": {"checkpoint_every"}}), self.encoder.weights, self.data.sha256], sort_keys=True)
        self.stamp = sha256(told.encode()).hexdigest()

    @property
    def finished(self) -> bool:
        """Whether the folder holds what this training comes to."""
        try:
            return bool(json.loads((self.out / CARD).read_text(encoding="utf-8"))["stamp"] == self.stamp)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def trained(self, learned: Sequence[Example], parameters: Mapping[str, nn.Parameter], loss_of: Callable[[list[Drawn]], Tensor]) -> list[float]:
        """Train parameters on examples, rounded at the end to the half precision in which they are written, and return the loss of every step."""
        steps = self.config.steps

        def of_step(step: int) -> Tensor:
            return loss_of(batch_of(learned, step, size=steps.batch, negatives=steps.negatives, seed=self.config.seed))

        try:
            self.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.out}: cannot be written ({error.strerror}); choose another folder with --out") from error
        losses = train(parameters, of_step, steps, self.out / CHECKPOINT, self.stamp, self.report)
        with torch.no_grad():
            for parameter in parameters.values():
                parameter.copy_(parameter.to(torch.float16).to(parameter.dtype))
        return losses

    def write(self, adapter: Adapter, losses: list[float], scores: Mapping[str, Scores], *, use: str, about: str, max_tokens: int) -> None:
        """Write adapter, model card and cards into the folder, whole, and remove the checkpoint."""
        config, learned = self.config, len(self.data.learned)
        licence = config.licence or self.base.licence
        summary = f"{self.base.name} trained with lexfloor: {self.task}, {config.steps.steps} steps on {learned} examples."
        base = {"name": self.base.name, "weights": self.encoder.weights, "licence": self.base.licence, "citation": self.base.citation}
        content = stamps(config, base, {"sha256": self.data.sha256, "learned": learned, "sources": list(self.data.sources)})
        with filled_whole(self.out) as building:
            digest = write_adapter(building / ADAPTER, adapter)
            changed: dict[str, Any] = {
                "name": config.name,
                "task": self.task,
                "summary": summary,
                "licence": licence,
                "max_tokens": max_tokens,
                "adapter": AdapterSource(path=ADAPTER, sha256=digest),
            }
            if self.base.packaged:  # the hub's weights are not the very ones it was trained on
                changed["hub"] = None
            write_model_card(building / MODEL, self.base.model_copy(update=changed))
            content |= {
                "task": self.task,
                "stamp": self.stamp,
                "adapter_sha256": digest,
                "licence": licence,
                "weight": adapter.weight,
                "losses": [round(loss, 4) for loss in losses],
            }
            count = sum(tensor.numel() for part in (adapter.down, adapter.up, adapter.head) for tensor in part.values())
            size = (building / ADAPTER).stat().st_size / 1e6
            course = f"the loss went from {_mean(losses[:10]):.3f} (first ten steps) to {_mean(losses[-10:]):.3f} (last ten)"
            lead = (about, f"Trained were {count:,} numbers ({size:.1f} MB) beside the base's, on {learned} examples; {course}.")
            write_cards(building, f"{config.name}: {summary}", lead, () if self.data.held_out else (NOTHING_HELD_OUT,), scores, content, use)
        (self.out / CHECKPOINT).unlink(missing_ok=True)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
