"""What a training of an adapter works with: its examples, those held out, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lexfloor.configs.run import load_config
from lexfloor.configs.training import AdapterTraining
from lexfloor.eval.suite import revision_of
from lexfloor.eval.training.corpus_examples import corpus_examples
from lexfloor.eval.training.judged import judged_files
from lexfloor.eval.training.law_examples import law_examples
from lexfloor.models.training.examples import Example, hash_of
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.runner import Report, Runner

_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """Examples to learn from, those held out by group, and the stamps of their sources."""

    learned: tuple[Example, ...]
    held_out: dict[str, tuple[Example, ...]]
    sources: tuple[dict[str, Any], ...]

    @property
    def sha256(self) -> str:
        """The hash of all examples."""
        return sha256("".join(map(hash_of, (self.learned, *self.held_out.values()))).encode()).hexdigest()


def prepared(config: AdapterTraining, device: str, report: Report) -> Prepared:
    """Return the examples of a configuration's data.

    Raises:
        DataFileError: judgements are faulty, or a law is another than the one judged.
        InputError: data are not there, nothing is left to learn from, or ``held_out`` names what is not among them.
    """
    data = config.data
    examples: list[Example] = []
    held = set(data.held_out)
    sources: list[dict[str, Any]] = []
    if data.judged:
        shipped = load_config()
        runner = Runner.of(shipped.model_copy(update={"embed": shipped.embed.model_copy(update={"model": config.base, "device": device})}))
        with TemporaryDirectory(prefix="lexfloor-") as unpacked:
            files = judged_files([source for source in data.judged if not source.incomplete], runner.standard, Path(unpacked), data.only)
            for number, file in enumerate(files):
                report(f"{file.country}: examples", number, len(files))
                own = law_examples(runner, file, data.candidates)
                examples += own
                sources.append(file.stamp() | {"examples": len(own)})
    for name in data.corpora:
        report(f"{name}: examples", 0, 1)
        folder = Path(name)
        own = corpus_examples(folder, data.candidates)
        held |= {group for group in {example.group for example in own} if _share(group, config.seed) < data.held_out_share}
        examples += own
        sources.append({"corpus": name, "sha256": revision_of(folder, "*.parquet"), "examples": len(own)})
    return Prepared(*_split(examples, held, data.held_out), tuple(sources))


def _split(examples: Sequence[Example], held: set[str], named: Sequence[str]) -> tuple[tuple[Example, ...], dict[str, tuple[Example, ...]]]:
    groups = {example.group for example in examples}
    if strangers := sorted(set(named) - groups):
        raise InputError(f"held_out names {', '.join(strangers)}, of which there are no examples; there are {', '.join(sorted(groups)[:20]) or 'none'}")
    learned = tuple(example for example in examples if example.group not in held)
    if not learned:
        raise InputError("nothing is left to learn from: every country, document or instrument is held out; name fewer under held_out")
    return learned, {group: tuple(example for example in examples if example.group == group) for group in sorted(groups & held)}


def _share(group: str, seed: int) -> float:
    """Return a number from 0 to 1 that a group has by chance, the same for the same seed."""
    return int(sha256(f"{seed} {group}".encode()).hexdigest(), 16) % _PARTS / _PARTS
