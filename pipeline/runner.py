"""Run the stages over countries: one country at a time, so that memory does not grow with the corpus."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lexfloor.configs.run import RunConfig
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.corpora.statistics import Statistic, read_statistics
from lexfloor.models.cards import model_card
from lexfloor.models.encoder import Encoder, SentenceEncoder
from lexfloor.models.kinds import KindModel, kind_model
from lexfloor.models.questions import Asking, asking_of
from lexfloor.models.ranking import Ranking, ranking
from lexfloor.models.reranker import Reranker
from lexfloor.models.verdict import VerdictModel, verdict_model
from lexfloor.pipeline.errors import LexfloorError
from lexfloor.pipeline.kept import Kept
from lexfloor.pipeline.laws import Laws, read_laws
from lexfloor.pipeline.records import CountryResult, Failure, Law, Match, Parameter, Provision, Topics
from lexfloor.pipeline.stages.assess import assess
from lexfloor.pipeline.stages.classify import Country, Judge, country
from lexfloor.pipeline.stages.classify.promise import doubt
from lexfloor.pipeline.stages.embed import citable_sections, embed, pieces
from lexfloor.pipeline.stages.extract import extract
from lexfloor.pipeline.stages.ingest import CountryFolder
from lexfloor.pipeline.stages.rank import relevance
from lexfloor.pipeline.stages.rank.questions import answering
from lexfloor.pipeline.stages.rank.view import View
from lexfloor.pipeline.stages.rerank import reranked
from lexfloor.pipeline.stages.retrieve import matches, score, searched, topics
from lexfloor.pipeline.stages.segment import segment

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

logger = logging.getLogger(__name__)
Item = TypeVar("Item")
Report = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

KEPT = "kept"
"""The stage of a country whose result was at hand."""


def _silent(_what: str, _done: int, _total: int) -> None:
    """Report nothing."""


@dataclass
class Runner:
    """The pipeline with its models loaded once.

    ``kinds`` tells what figures measure, ``ranking`` which sections are evidence, and ``verdict`` what it amounts to, in place of the
    shipped models; ``reranker``, where there is one, orders the best sections anew. ``questions`` is what single questions are asked with.
    ``kept``, where it is given, spares ``run`` the countries of which nothing has changed.
    ``statistics`` are the wages and allowances by which benefit levels are measured, of any countries.
    """

    config: RunConfig
    standard: Standard
    encoder: Encoder
    report: Report = _silent
    kinds: KindModel | None = None
    statistics: tuple[Statistic, ...] = ()
    ranking: Ranking | None = None
    verdict: VerdictModel | None = None
    reranker: Reranker | None = None
    questions: Asking | None = None
    kept: Kept | None = None

    @classmethod
    def of(cls, config: RunConfig, report: Report = _silent, *, vectors: Path | None = None) -> Runner:
        """Return the runner of a configuration; ``vectors`` is a folder to keep vectors in, other than the cache.

        Raises:
            DataFileError: the standard, a model card or the table of statistics is broken.
            ModelError: a model's weights are missing or the device asked for is not there.
        """
        statistics = read_statistics(Path(config.statistics)) if config.statistics else ()
        card = model_card(config.embed.model)
        chosen = config.embed
        encoder = SentenceEncoder(card, device=chosen.device, precision=chosen.precision, tokens_per_batch=chosen.tokens_per_batch, vectors=vectors)
        runner = cls(config, load_standard(config.standard), encoder, report, statistics=statistics)
        if config.retrieve.rerank:
            reranking = model_card(config.retrieve.rerank, "reranker")
            runner.reranker = Reranker(reranking, device=chosen.device, precision=chosen.precision, tokens_per_batch=chosen.tokens_per_batch, vectors=vectors)
        return runner.weighted()

    def weighted(self) -> Runner:
        """Return the runner with the weights of its configuration's folder, where it names one.

        Raises:
            ModelError: a weight file is missing or broken.
        """
        folder = self.config.weights_folder
        return replace(self, kinds=kind_model(folder), ranking=ranking(folder), verdict=verdict_model(folder)) if folder else self

    @cached_property
    def _asking(self) -> Asking:
        return self.questions or asking_of(self.encoder)

    @property
    def asks(self) -> Encoder:
        """What requirements, or single questions, are encoded with; passages are encoded with ``encoder``."""
        return self._asking.encoder if self.config.retrieve.questions else self.encoder

    def run(self, folders: Sequence[CountryFolder]) -> Iterator[tuple[CountryResult | None, list[Failure], dict[str, float]]]:
        """Yield each country's result, its failures and the seconds that each stage took; no result where the country failed."""
        for number, folder in enumerate(folders):
            self.report(f"{folder.country}", number, len(folders))
            try:
                outcome: tuple[CountryResult | None, list[Failure], dict[str, float]] = self._known(folder) or self.country(folder)
                if self.kept and outcome[0] and KEPT not in outcome[2]:
                    self.kept.put(folder, outcome[0], outcome[1])
            except LexfloorError:
                raise  # a missing model or a full disk concerns every country
            except Exception as error:
                logger.exception("screening %s", folder.country)
                message = f"{folder.country}: the country could not be screened ({type(error).__name__}: {error}); the others are, please report it"
                outcome = None, [Failure("screen", folder.country, "", "internal", message)], {}
            yield outcome
        self.report("done", len(folders), len(folders))

    def _known(self, folder: CountryFolder) -> tuple[CountryResult, list[Failure], dict[str, float]] | None:
        """Return the result kept of a country, in the place of one to be found."""
        clock = _Clock()
        found = self.kept.get(folder) if self.kept else None
        clock.lap(KEPT)
        return (*found, clock.laps) if found else None

    def country(self, folder: CountryFolder) -> tuple[CountryResult, list[Failure], dict[str, float]]:
        """Return the result of one country, its failures and the seconds that each stage took."""
        found = self.look(folder)
        judge = Judge(self.standard, self.verdict or verdict_model(), self.config.classify, found.indexed(), self.statistics)
        findings, promise = judge.promised()
        found.clock.lap("classify")
        promise = replace(promise, doubt=doubt(judge.model, self.standard, self.encoder.name))
        assessment = assess(folder.country, findings, self.standard, promise)
        read = found.laws
        result = CountryResult(
            folder.country, read.laws, read.provisions, found.parameters, found.matches, findings, assessment, found.topics, links=read.links, definitions=read.definitions
        )
        return result, found.failures, found.clock.laps

    def look(self, folder: CountryFolder) -> Found:
        """Return everything that the stages before the judge find for one country."""
        clock = _Clock()
        return self.looked(read_laws(folder, self.config.ingest, clock.lap), clock)

    def looked(self, read: Laws, clock: _Clock | None = None, known: Sequence[Parameter] = (), changed: frozenset[str] | None = None) -> Found:
        """Return everything that the stages before the judge find in laws already read.

        Where only the files ``changed`` differ from laws looked at before, ``known`` are the figures found then: those of the
        other files are not read again.
        """
        clock, config = clock or _Clock(), self.config
        laws, nodes, failures = read.laws, read.provisions, read.failures
        failures.extend(noted for law in laws for noted in _noted(law, read.cuts[law.file].provisions))
        sections = citable_sections(laws, nodes)
        parameters: list[Parameter] = []
        for law in laws:
            if changed is not None and law.file not in changed:
                parameters += [parameter for parameter in known if parameter.file == law.file]
                continue
            own = [section for section in sections if section.file == law.file]
            parameters += _guarded("extract", law, failures, partial(_extracted, own, self.standard, self.kinds, law.title))
        clock.lap("extract")
        found_matches: tuple[Match, ...] = ()
        about: Topics = {}
        view = self._view(read, sections, parameters, clock)
        if view is not None:
            likely = self.likely(view)
            clock.lap("rank")
            found_matches = tuple(matches(self.standard, view.found, view.scores, config.retrieve, likely))
            about = topics(self.standard, view.found, view.vectors, view.scores, self.encoder)
        else:
            message = f"{read.country}: no provision of law in force was found; every requirement is reported as not addressed"
            failures.append(Failure("segment", read.country, "", "source", message))
        clock.lap("retrieve")
        return Found(read, tuple(sections), tuple(parameters), found_matches, about, failures, clock, view)

    def _view(self, read: Laws, sections: Sequence[Provision], parameters: Sequence[Parameter], clock: _Clock) -> View | None:
        """Return what was searched of a country's sections, with its scores; None where there is nothing to search."""
        config, titles = self.config, {law.file: law.title for law in read.laws}
        made = pieces(sections, titles, config.embed)
        if not made:
            return None
        chosen = searched(self.standard, sections, made, config.retrieve)
        clock.lap("search")
        vectors = embed(chosen.pieces, self.encoder, progress=self._counting(f"{read.country}: embedding", len(chosen.pieces)))
        clock.lap("embed")
        scores = score(self.standard, chosen, vectors, self.asks, config.retrieve)
        clock.lap("score")
        return View(self.standard, chosen, vectors, scores, parameters, read.links, titles)

    def likely(self, view: View) -> Matrix | None:
        """Return (requirements, sections): the probability of each section to be evidence; None where the configuration orders by score."""
        config = self.config.retrieve
        if config.questions:
            likely = answering(view, self._asking.model)
        elif config.rank:
            likely = relevance(view, self.ranking or ranking(), self.encoder.space)
        else:
            return None
        if self.reranker is None:
            return likely
        depth = min(self.config.retrieve.rerank_depth, view.shape[1])
        return reranked(view, likely, self.reranker, depth, self._counting(f"{view.sections[0].country}: reading the best sections", view.shape[0] * depth))

    def look_again(self, found: Found, instead: Sequence[Law]) -> Found:
        """Return what would have been found, had some files been the laws ``instead``: for questions of what if.

        Only these files are cut and read for figures again; links, which a change of wording seldom moves, stay as they were.
        """
        read, others = found.laws, {law.file: law for law in instead}
        laws = tuple(others.get(old.file, old) for old in read.laws)
        cuts = read.cuts | {law.file: segment(law) for law in instead}
        return self.looked(replace(read, laws=laws, cuts=cuts, failures=[]), known=found.parameters, changed=frozenset(others))

    def _counting(self, what: str, total: int) -> Callable[[int], None]:
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            self.report(what, done, total)

        return report


@dataclass(frozen=True)
class Found:
    """What the stages before the judge found for one country; ``view`` is what its sections were ranked by, None without any."""

    laws: Laws
    sections: tuple[Provision, ...]
    parameters: tuple[Parameter, ...]
    matches: tuple[Match, ...]
    topics: Topics
    failures: list[Failure]
    clock: _Clock
    view: View | None = None

    def indexed(self) -> Country:
        """Return it as the judge reads it."""
        unread = [failure.file for failure in self.failures if failure.file and failure.category != "skipped"]
        return country(self.laws.country, self.laws.laws, self.sections, self.matches, self.parameters, unread)


def _extracted(sections: Sequence[Provision], standard: Standard, kinds: KindModel | None, title: str) -> list[Parameter]:
    return list(extract(sections, standard, kinds, title))


def _guarded(stage: str, law: Law, failures: list[Failure], work: Callable[[], Sequence[Item]]) -> Sequence[Item]:
    """Return what the work on one law gives; what goes wrong in it becomes a failure of that law and ends nothing else."""
    try:
        return work()
    except Exception as error:
        logger.exception("%s of %s", stage, law.file)
        message = f"{law.file}: {stage} went wrong ({type(error).__name__}: {error}); the file is left out, please report it"
        failures.append(Failure(stage, law.country, law.file, "internal", message))
        return ()


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
            "segment",
            law.country,
            law.file,
            "skipped",
            f"not in force as a whole ({str(law.version.status).replace('_', ' ')}; {law.version.status_source or 'its provisions say so'}): no evidence is taken from it",
        )
