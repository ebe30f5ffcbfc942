"""Run the stages over countries: one country at a time, so that memory does not grow with the corpus."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexfloor.configs.run import RunConfig
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import Encoder, SentenceEncoder
from lexfloor.models.verdict import verdict_model
from lexfloor.pipeline.errors import InputError
from lexfloor.pipeline.records import CountryResult, Failure, Law, Provision
from lexfloor.pipeline.stages.assess import assess
from lexfloor.pipeline.stages.classify import Judge, country
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.ingest import CountryFolder, discover, ingest
from lexfloor.pipeline.stages.retrieve import matches, score, topics
from lexfloor.pipeline.stages.segment import segment

Report = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def _silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


@dataclass
class Runner:
    """The pipeline with its models loaded once."""

    config: RunConfig
    standard: Standard
    encoder: Encoder
    report: Report = _silent

    @classmethod
    def of(cls, config: RunConfig, report: Report = _silent) -> Runner:
        """Return the runner of a configuration.

        Raises:
            DataFileError: the standard or a model card is broken.
            ModelError: the model's weights are missing or the device asked for is not there.
        """
        card = model_card(config.embed.model)
        encoder = SentenceEncoder(card, device=config.embed.device, precision=config.embed.precision, tokens_per_batch=config.embed.tokens_per_batch)
        return cls(config, load_standard(config.standard), encoder, report)

    def countries(self, paths: Sequence[Path], country_name: str | None = None) -> list[CountryFolder]:
        """Return the countries to be screened.

        Raises:
            InputError: a path does not exist, or there is no file at all.
        """
        folders = discover(paths, country_name)
        if not any(folder.files for folder in folders):
            raise InputError(f"no files in {', '.join(map(str, paths))}; put the laws there as text, Markdown or XML")
        return folders

    def run(self, folders: Sequence[CountryFolder]) -> Iterator[tuple[CountryResult, list[Failure], dict[str, float]]]:
        """Yield each country's result, its failures and the seconds that each stage took."""
        for number, folder in enumerate(folders):
            self.report(f"{folder.country}", number, len(folders))
            yield self.country(folder)
        self.report("done", len(folders), len(folders))

    def country(self, folder: CountryFolder) -> tuple[CountryResult, list[Failure], dict[str, float]]:
        """Return the result of one country, its failures and the seconds that each stage took."""
        config, standard = self.config, self.standard
        clock = _Clock()
        read = list(ingest(folder, config.ingest))
        failures = [item for item in read if isinstance(item, Failure)]
        laws = [item for item in read if isinstance(item, Law)]
        clock.lap("ingest")
        nodes: list[Provision] = []
        for law, found in segment(laws):
            nodes.extend(found)
            failures.extend(_noted(law, found))
        sections = citable_sections(laws, nodes)
        clock.lap("segment")
        parameters = list(extract(sections, standard))
        clock.lap("extract")
        made = pieces(sections, {law.file: law.title for law in laws}, config.embed)
        done = 0

        def embedded(count: int) -> None:
            nonlocal done
            done += count
            self.report(f"{folder.country}: embedding", done, len(made))

        vectors = embed(made, self.encoder, progress=embedded)
        clock.lap("embed")
        if made:
            scores = score(standard, sections, made, vectors, self.encoder, config.retrieve)
            found_matches = list(matches(standard, sections, made, scores, config.retrieve))
            about = topics(standard, sections, made, vectors, scores, self.encoder)
        else:
            found_matches, about = [], {}
            failures.append(
                Failure("ingest", folder.country, "", "source", f"{folder.root}: no provision of law in force was found; every requirement is reported as not addressed")
            )
        clock.lap("retrieve")
        judge = Judge(standard, verdict_model(), config.classify, country(folder.country, laws, sections, found_matches, parameters))
        findings = tuple(judge.findings())
        clock.lap("classify")
        result = CountryResult(folder.country, tuple(laws), tuple(nodes), tuple(parameters), tuple(found_matches), findings, assess(folder.country, findings, standard), about)
        return result, failures, clock.laps


class _Clock:
    """Seconds spent between laps."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 3)
        self._last = now


def _noted(law: Law, nodes: Sequence[Provision]) -> Iterator[Failure]:
    """Yield what was left out of the search on purpose: other language versions, acts repealed as a whole."""
    if law.parallel_of:
        yield Failure("segment", law.country, law.file, "skipped", f"version in another language ({law.language}) of {law.parallel_of}: segmented, not searched twice")
    if nodes and not any(node.citable for node in nodes):
        yield Failure(
            "segment", law.country, law.file, "skipped", f"not in force as a whole ({law.status}; {law.status_source or 'its provisions say so'}): no evidence is taken from it"
        )
