"""Classify: for every requirement a verdict, its confidence, its evidence, and what the texts leave open.

A figure decides where the requirement has a rule and the figure is clearly read for the right benefit (comparison/), whichever
way it points; wording decides where the sentence that answers the requirement leaves the right to the will of whoever grants it
(wording.py); the verdict model (models/verdict.py) weighs retrieval scores and cues for the rest, and whether the law that
meets the figure does so for everyone. Confidence is the model's probability, fitted on countries held out one at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lexfloor.configs.run import ClassifyConfig
from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.corpora.standards import Requirement, Standard
from lexfloor.corpora.statistics import Statistic
from lexfloor.models.verdict import Pull, VerdictModel
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.reading import Reading, reading_of
from lexfloor.pipeline.records import Contingency, Evidence, Figure, Finding, Law, Match, Parameter, Promise, Provision, Span, Verdict
from lexfloor.pipeline.stages.classify.benefits import COMPUTED, benefit_levels, silent, with_computed
from lexfloor.pipeline.stages.classify.comparison import Comparison, compare
from lexfloor.pipeline.stages.classify.financing import is_computed_share, told_share, with_share
from lexfloor.pipeline.stages.classify.looking import Survey, absence_doubts, silence_told, survey
from lexfloor.pipeline.stages.classify.promise import held_to
from lexfloor.pipeline.stages.classify.quotes import around, shared, widened
from lexfloor.pipeline.stages.classify.reasons import missing, rationale
from lexfloor.pipeline.stages.classify.schedules import lacked, lacking
from lexfloor.pipeline.stages.classify.signals import Passage, Sight, signals
from lexfloor.pipeline.stages.classify.weighing import OF_ONE, Ground, ground, heaviest
from lexfloor.pipeline.stages.classify.wording import SECTIONS, about_a_right, answering, left_to_will
from lexfloor.pipeline.stages.extract.kinds import CLEAR
from lexfloor.pipeline.stages.extract.phrases import hits_in
from lexfloor.pipeline.stages.locate import located
from lexfloor.pipeline.stages.retrieve import lexical_query

NEAR_MISSES = 3
CONFIDENCE_DIGITS = 3
HEADED = 10
"""Headings above this many of the likeliest sections are read."""
FEWEST_NAMES = 5
"""An act that names a contingency less often than this is on another matter."""
NO_TEXT = 0.5
"""Confidence of silence where no provision in force was found at all: the files may be the wrong ones."""


Signals = Mapping[str, Mapping[str, float]]
"""Further signals of a requirement, by its id and their names."""


@dataclass(frozen=True)
class Country:
    """What the earlier stages found for one country, indexed for the judge; ``unread`` are the files that could not be read, or not wholly."""

    name: str
    laws: dict[str, Law]
    sections: dict[tuple[str, str], Provision]
    matches: dict[str, list[Match]]
    parameters: dict[tuple[str, str], list[Parameter]]
    precedents: Signals
    unread: tuple[str, ...]


def country(
    name: str,
    laws: Sequence[Law],
    sections: Sequence[Provision],
    found: Sequence[Match],
    parameters: Sequence[Parameter],
    unread: Sequence[str] = (),
    precedents: Signals | None = None,
) -> Country:
    """Return the records of one country, indexed.

    ``precedents`` is what its sections tell beside the evidence of judged documents, by requirement (``rank/precedents.py``);
    None where the standard has no judged documents that the verdict model was fitted with.
    """
    by_requirement: dict[str, list[Match]] = defaultdict(list)
    for match in found:
        by_requirement[match.requirement].append(match)
    by_section: dict[tuple[str, str], list[Parameter]] = defaultdict(list)
    for parameter in parameters:
        by_section[parameter.file, parameter.provision].append(parameter)
    own: dict[tuple[str, str], Provision] = {(section.file, section.id): section for section in sections}
    return Country(name, {law.file: law for law in laws}, own, by_requirement, by_section, precedents or {}, tuple(unread))


class Judge:
    """Judges one country's requirements against what was found."""

    def __init__(self, standard: Standard, model: VerdictModel, config: ClassifyConfig, seen: Country, statistics: Sequence[Statistic] = ()) -> None:
        """Keep what judging needs; texts are read when a requirement points at them."""
        self.standard, self.model, self.config, self.seen = standard, model, config, seen
        self.levels = benefit_levels(standard, seen.matches, seen.parameters, seen.sections, statistics)
        self.survey: Survey = survey(standard, seen.sections.values(), seen.unread)
        self._terms: dict[tuple[str, str], frozenset[str]] = {}
        self._headings: dict[tuple[str, str], frozenset[str]] = {}
        self._schedules = lacking(seen.sections.values())
        self._told = Counter(parameter.contingency for parameters in seen.parameters.values() for parameter in parameters if parameter.strength >= CLEAR)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for every requirement, in the standard's order."""
        yield from self.promised()[0]

    def promised(self) -> tuple[tuple[Finding, ...], Promise]:
        """Return one finding for every requirement, in the standard's order, and the rate of error that they keep."""
        return held_to(self.proposed(), self.model.risks, self.config.promised_error)

    def proposed(self, part: str = "") -> list[Finding]:
        """Return the findings before a rate of error is promised, of one Part where it is named: for review are those that rest on too little that was looked at."""
        seen = list(self.seen_signals(part))
        return [self._finding(sight, values, [other for other, _ in seen if other.requirement.part == sight.requirement.part]) for sight, values in seen]

    def seen_signals(self, part: str = "") -> Iterator[tuple[Sight, dict[str, float]]]:
        """Yield what is seen of every requirement, or of those of one Part, and its signals, in the standard's order."""
        sights = [self._sight(requirement) for requirement in self.standard.requirements if part in ("", requirement.part)]
        for sight in sights:
            peers = [other for other in sights if other.requirement.part == sight.requirement.part]
            yield sight, signals(sight, peers, self._least_named) | dict(self.seen.precedents.get(sight.requirement.id, {}))

    def _sight(self, requirement: Requirement) -> Sight:
        found = self.seen.matches.get(requirement.id, [])
        likeliest = found[: self.config.evidence]
        figures = with_share(requirement, found, with_computed(requirement, self.seen.parameters, self.levels.get(requirement.id, ())))
        comparison = compare(requirement, found, figures, self.seen.sections, self._tied(requirement, likeliest))
        return Sight(
            requirement,
            found,
            [self._passage(requirement, match) for match in likeliest],
            self._nearest(requirement),
            comparison,
            self._named(requirement),
            self._own_acts.get(str(requirement.contingency), 0.0) if requirement.contingency is not Contingency.ALL else 1.0,
            refused=comparison is not None and self._refused(comparison.parameter),
            share=told_share(self.seen.parameters[_place(comparison.parameter)]) if comparison and is_computed_share(comparison.parameter) else "",
            figures=self._told[requirement.contingency],
            headed=self._headed(requirement, found),
            schedules=lacked(found, self._schedules),
            at_will=self._at_will(requirement, found, comparison),
        )

    def _nearest(self, requirement: Requirement) -> list[Match]:
        """Return the sections that come nearest to a requirement."""
        return sorted(self.seen.matches.get(requirement.id, ()), key=_farthest)[: self.config.evidence]

    def _named(self, requirement: Requirement) -> float:
        """Return the share of the nearest sections that name the requirement's contingency; 1 for requirements on all of them."""
        nearest = self._nearest(requirement)
        if requirement.contingency is Contingency.ALL or not nearest:
            return 1.0
        readings = [self._reading((match.file, match.provision)) for match in nearest]
        return sum(any(hit.group == "contingencies" and hit.label == requirement.contingency for hit in reading.hits) for reading in readings) / len(readings)

    @cached_property
    def _least_named(self) -> float:
        """How far the nearest sections name the contingency of the Part that is named least, its requirements taken together."""
        parts: dict[str, list[float]] = defaultdict(list)
        for requirement in self.standard.requirements:
            if requirement.contingency is not Contingency.ALL:
                parts[requirement.part].append(self._named(requirement))
        return min((sum(own) / len(own) for own in parts.values()), default=1.0)

    @cached_property
    def _own_acts(self) -> dict[str, float]:
        """For each contingency the largest share that it has, in any act, of all that the act names."""
        acts: dict[str, Counter[str]] = defaultdict(Counter)
        for section in self.seen.sections.values():
            acts[section.file].update(hit.label for hit in hits_in(section, self.standard.key) if hit.group == "contingencies")
        shares: dict[str, float] = defaultdict(float)
        for act in acts.values():
            for name, count in act.items():
                if count >= FEWEST_NAMES:
                    shares[name] = max(shares[name], count / act.total())
        return shares

    def _refused(self, figure: Parameter) -> bool:
        """Tell whether a figure stands in a sentence that refuses something."""
        cues = self._reading(_place(figure)).within(figure.clause.start, figure.clause.end, "cues")
        return any(hit.label == "refusal" for hit in cues)

    def _tied(self, requirement: Requirement, likeliest: Sequence[Match]) -> frozenset[tuple[str, str]]:
        """Return the sections that tie ages to how long people live, where an age is asked for."""
        if requirement.rule is None or requirement.rule.parameter != "pensionable_age":
            return frozenset()
        places = [(match.file, match.provision) for match in likeliest]
        return frozenset(place for place in places if any(hit.group == "longevity" for hit in self._reading(place).hits))

    def _headed(self, requirement: Requirement, found: Sequence[Match]) -> float:
        """Return the share of the likeliest sections that stand under a heading which names the contingency; 1 for requirements on all of them."""
        if requirement.contingency is Contingency.ALL or not found:
            return float(requirement.contingency is Contingency.ALL)
        sections = [self.seen.sections[match.file, match.provision] for match in found[:HEADED]]
        under = [any(str(requirement.contingency) in self._contingencies(section.language, heading) for heading in section.path) for section in sections]
        return sum(under) / len(under)

    def _contingencies(self, language: str, heading: str) -> frozenset[str]:
        """Return the contingencies that a heading names; the same headings stand above many sections."""
        if (language, heading) not in self._headings:
            hits = reading_of(nearest_language(language), self.standard.key, heading).hits
            self._headings[language, heading] = frozenset(hit.label for hit in hits if hit.group == "contingencies")
        return self._headings[language, heading]

    def _at_will(self, requirement: Requirement, found: Sequence[Match], comparison: Comparison | None) -> Passage | None:
        """Return the likeliest of the answering sentences that leaves the right to somebody's will; None where none does.

        Where a figure settles the rule the sentences of its own section count alone: others speak of other things than what it measures.
        """
        settled = _place(comparison.parameter) if comparison and comparison.met and comparison.decides else None
        near = [match for match in found[:SECTIONS] if settled in (None, (match.file, match.provision))] if about_a_right(requirement) else []
        looked = [(match, self._reading((match.file, match.provision))) for match in near]
        if not any(hit.group == "will" for _, reading in looked for hit in reading.hits):
            return None  # the sentences need not be weighed
        sentences = [Passage(match, start, end, reading) for match, reading in looked for start, end in reading.sentences]
        answers = answering(sentences, [self._shared_with(requirement, sentence) for sentence in sentences])
        return next((sentence for sentence in answers if left_to_will(sentence, requirement.contingency)), None)

    def _shared_with(self, requirement: Requirement, passage: Passage) -> float:
        """Return how much of its words a passage shares with a requirement."""
        section = self.seen.sections[passage.match.file, passage.match.provision]
        rules = language_rules(nearest_language(section.language))
        return shared(section.text[passage.start : passage.end], self._wanted(requirement, rules), rules)

    def _finding(self, sight: Sight, values: dict[str, float], peers: Sequence[Sight]) -> Finding:
        """Return the finding for one requirement; ``peers`` is what is seen of its whole Part."""
        requirement, comparison, passages = sight.requirement, sight.comparison, sight.passages
        verdict, confidence, worded = self._verdict(sight, values)
        pulls = self.model.pulls(requirement.id, values, verdict)
        decided_by = "wording" if worded else _decided_by(verdict, comparison, pulls)
        will = sight.at_will if worded else None
        if comparison and (verdict is Verdict.NOT_ADDRESSED or not comparison.spoken or not comparison.agrees(verdict)):
            comparison = None  # a figure that says otherwise than the verdict is not cited for it
        evidence = self._evidence(passages, comparison, will, verdict)
        figures = _figures(comparison, evidence)
        told = self.levels.get(requirement.id, ())
        reasons = (*self.survey.doubts, *(absence_doubts(self.survey, peers) if verdict is Verdict.NOT_ADDRESSED else ()))
        return Finding(
            country=self.seen.name,
            instrument=self.standard.id,
            requirement=requirement.id,
            part=requirement.part,
            article=requirement.article,
            dimension=requirement.dimension,
            contingency=requirement.contingency,
            verdict=verdict,
            confidence=round(confidence, CONFIDENCE_DIGITS),
            review=bool(reasons),
            decided_by=decided_by,
            evidence=evidence,
            parameters=figures,
            rationale=silence_told(self.survey, evidence) if verdict is Verdict.NOT_ADDRESSED else rationale(comparison if figures else None, sight, will, evidence, told),
            missing=missing(requirement, verdict, sight, told),
            levels=silent(told) if verdict is Verdict.NOT_ADDRESSED else told,
            because=heaviest(pulls, without=_unspoken(requirement, decided_by), unsaid=OF_ONE if requirement.contingency is Contingency.ALL else ()) if passages else (),
            review_because=reasons,
        )

    def _verdict(self, sight: Sight, values: dict[str, float]) -> tuple[Verdict, float, bool]:
        """Return verdict, confidence, and whether the wording decided against what is likeliest."""
        if not sight.passages:
            return Verdict.NOT_ADDRESSED, NO_TEXT, False
        probabilities, below = self.model.probabilities(sight.requirement.id, values), sight.comparison is not None and sight.comparison.below
        verdict, confidence = self.model.decided(probabilities, below=below, at_will=sight.at_will is not None)
        return verdict, confidence, verdict is not self.model.decided(probabilities, below=below)[0]

    def _reading(self, key: tuple[str, str]) -> Reading:
        section = self.seen.sections[key]
        return reading_of(nearest_language(section.language), self.standard.key, section.text)

    def _wanted(self, requirement: Requirement, rules: LanguageRules) -> frozenset[str]:
        """Return the index terms of a requirement in a language."""
        key = (rules.code, requirement.id)
        if key not in self._terms:
            self._terms[key] = frozenset(lexical_query(requirement, self.standard.in_language(rules.code), rules))
        return self._terms[key]

    def _passage(self, requirement: Requirement, match: Match) -> Passage:
        """Return the sentences of the match's best piece that share most words with the requirement."""
        section = self.seen.sections[match.file, match.provision]
        reading = self._reading((match.file, match.provision))
        rules = language_rules(nearest_language(section.language))
        wanted = self._wanted(requirement, rules)
        inside = [(start, end) for start, end in reading.sentences if end > match.span.start and start < match.span.end] or [(match.span.start, match.span.end)]
        start, end = max(inside, key=lambda place: (shared(section.text[place[0] : place[1]], wanted, rules), -place[0]))
        start, end = widened(section.text, start, end, inside)
        return Passage(match, start, end, reading)

    def _evidence(self, passages: Sequence[Passage], comparison: Comparison | None, will: Passage | None, verdict: Verdict) -> tuple[Evidence, ...]:
        """Return the passages as evidence: the figure's first, then the wording that decided, then by score."""
        silent = verdict is Verdict.NOT_ADDRESSED
        chosen: list[tuple[Match, int, int]] = []
        if comparison:
            parameter = comparison.parameter
            owner = next(match for match in self.seen.matches[passages[0].match.requirement] if match.file == parameter.file and match.provision == parameter.provision)
            start, end = around(parameter.clause, parameter.span)
            chosen.append((owner, start, end))
        if will:
            hit = next(hit for hit in will.reading.hits if hit.group == "will" and will.start <= hit.start and hit.end <= will.end)
            chosen.append((will.match, *around(Span(will.start, will.end), Span(hit.start, hit.end))))
        for passage in passages[: NEAR_MISSES if silent else self.config.evidence]:
            if not any(passage.match.provision == match.provision and passage.match.file == match.file for match, _, _ in chosen):
                chosen.append((passage.match, passage.start, passage.end))
        return tuple(self._cited(match, start, end, near_miss=silent) for match, start, end in chosen[: self.config.evidence])

    def _cited(self, match: Match, start: int, end: int, *, near_miss: bool) -> Evidence:
        section, law = self.seen.sections[match.file, match.provision], self.seen.laws[match.file]
        place = located(law.text, section, Span(start, end))
        quote = collapsed(law.text[place.start : place.end])
        return Evidence(match.file, match.provision, section.section, place.start, place.end, quote, match.score, near_miss, match.relevance)


def _decided_by(verdict: Verdict, comparison: Comparison | None, pulls: Sequence[Pull]) -> str:
    """Return what decided: a figure that was compared and agrees, silence, or what pulled most towards the verdict."""
    if verdict is Verdict.NOT_ADDRESSED:
        return "silence"
    by_figure = comparison is not None and comparison.decides and comparison.agrees(verdict)
    return "figure" if by_figure else ground(pulls)


def _unspoken(requirement: Requirement, decided_by: str) -> list[Ground]:
    """Return the grounds of signals that say nothing further: of figures where no rule asks for one, what is usual where that decided."""
    figures: list[Ground] = [] if requirement.rule or requirement.practice else ["figure"]
    return [*figures, "usual"] if decided_by == "usual" else figures


def _place(figure: Parameter) -> tuple[str, str]:
    return figure.file, figure.provision


def _farthest(match: Match) -> float:
    return -match.score


def _figures(comparison: Comparison | None, evidence: Sequence[Evidence]) -> tuple[Figure, ...]:
    if comparison is None or not evidence:
        return ()
    parameter = comparison.parameter
    qualifier = COMPUTED if parameter.qualifier == COMPUTED else parameter.comparator.replace("_", " ")
    return (Figure(parameter.kind, parameter.value, parameter.unit, qualifier, 0),)
