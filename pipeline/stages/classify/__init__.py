"""Classify: for every requirement a verdict, its confidence, its evidence, and what the texts leave open.

A figure decides where the requirement has a rule and the figure is clearly read for the right benefit (comparison/), whichever
way it points; wording decides where the sentence that answers the requirement leaves the right to the will of whoever grants it
(wording.py); the verdict model (models/verdict.py) weighs retrieval scores and cues for the rest, and whether the law that
meets the figure does so for everyone. Confidence is the model's probability, fitted on countries held out one at a time.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lexfloor.configs.run import ClassifyConfig
from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.corpora.standards import Requirement, Standard
from lexfloor.corpora.statistics import Statistic
from lexfloor.models.verdict import Pull, VerdictModel
from lexfloor.pipeline.plain import collapsed
from lexfloor.pipeline.reading import Reading, reading_of
from lexfloor.pipeline.records import BenefitLevel, Evidence, Figure, Finding, Law, Match, Parameter, Promise, Provision, Span, Verdict
from lexfloor.pipeline.stages.classify.benefits import COMPUTED, benefit_levels, silent, telling, with_computed
from lexfloor.pipeline.stages.classify.comparison import FAINT, Comparison, Outcome, compare
from lexfloor.pipeline.stages.classify.looking import Survey, absence_doubts, silence_told, survey
from lexfloor.pipeline.stages.classify.promise import held_to
from lexfloor.pipeline.stages.classify.signals import Passage, Sight, signals
from lexfloor.pipeline.stages.classify.weighing import Ground, ground, heaviest
from lexfloor.pipeline.stages.classify.wording import SECTIONS, about_a_right, answering, left_to_will
from lexfloor.pipeline.stages.extract.kinds import CLEAR
from lexfloor.pipeline.stages.locate import located
from lexfloor.pipeline.stages.retrieve import lexical_query
from lexfloor.pipeline.words import index_terms

QUOTE_LIMIT = 400
QUOTE_MINIMUM = 40
NEAR_MISSES = 3
SHORT_SENTENCE = 8
"""Words by which every sentence counts as longer when sentences are ranked: a heading of two words must not win."""
CONFIDENCE_DIGITS = 3
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
        self._told = Counter(parameter.contingency for parameters in seen.parameters.values() for parameter in parameters if parameter.strength >= CLEAR)

    def findings(self) -> Iterator[Finding]:
        """Yield one finding for every requirement, in the standard's order."""
        yield from self.promised()[0]

    def promised(self) -> tuple[tuple[Finding, ...], Promise]:
        """Return one finding for every requirement, in the standard's order, and the rate of error that they keep."""
        return held_to(self.proposed(), self.model.risks, self.config.promised_error)

    def proposed(self) -> list[Finding]:
        """Return the findings before a rate of error is promised: for review are those that rest on too little that was looked at."""
        seen = list(self.seen_signals())
        return [self._finding(sight, values, [other for other, _ in seen if other.requirement.part == sight.requirement.part]) for sight, values in seen]

    def seen_signals(self) -> Iterator[tuple[Sight, dict[str, float]]]:
        """Yield what is seen of every requirement, and its signals, in the standard's order."""
        sights = [self._sight(requirement) for requirement in self.standard.requirements]
        for sight in sights:
            peers = [other for other in sights if other.requirement.part == sight.requirement.part]
            yield sight, signals(sight, peers) | dict(self.seen.precedents.get(sight.requirement.id, {}))

    def _sight(self, requirement: Requirement) -> Sight:
        found = self.seen.matches.get(requirement.id, [])
        likeliest, nearest = found[: self.config.evidence], sorted(found, key=_farthest)[: self.config.evidence]
        passages = {match.rank: self._passage(requirement, match) for match in (*likeliest, *nearest)}
        figures = with_computed(requirement, self.seen.parameters, self.levels.get(requirement.id, ()))
        comparison = compare(requirement, found, figures, self.seen.sections)
        return Sight(
            requirement,
            found,
            [passages[match.rank] for match in likeliest],
            [passages[match.rank] for match in nearest],
            comparison,
            self._told[requirement.contingency],
            self._at_will(requirement, found),
        )

    def _at_will(self, requirement: Requirement, found: Sequence[Match]) -> Passage | None:
        """Return the likeliest of the answering sentences that leaves the right to somebody's will; None where none does."""
        looked = [(match, self._reading((match.file, match.provision))) for match in found[:SECTIONS]] if about_a_right(requirement) else []
        if not any(hit.group == "will" for _, reading in looked for hit in reading.hits):
            return None  # the sentences need not be weighed
        sentences = [Passage(match, start, end, reading) for match, reading in looked for start, end in reading.sentences]
        answers = answering(sentences, [self._shared_with(requirement, sentence) for sentence in sentences])
        return next((sentence for sentence in answers if left_to_will(sentence, requirement.contingency)), None)

    def _shared_with(self, requirement: Requirement, passage: Passage) -> float:
        """Return how much of its words a passage shares with a requirement."""
        section = self.seen.sections[passage.match.file, passage.match.provision]
        rules = language_rules(nearest_language(section.language))
        return _shared(section.text[passage.start : passage.end], self._wanted(requirement, rules), rules)

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
            rationale=silence_told(self.survey, evidence) if verdict is Verdict.NOT_ADDRESSED else _rationale(comparison if figures else None, sight, will, evidence, told),
            missing=_missing(requirement, verdict, sight, told),
            levels=silent(told) if verdict is Verdict.NOT_ADDRESSED else told,
            because=heaviest(pulls, without=_unspoken(requirement, decided_by)) if passages else (),
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
        start, end = max(inside, key=lambda place: (_shared(section.text[place[0] : place[1]], wanted, rules), -place[0]))
        start, end = _widened(section.text, start, end, inside)
        return Passage(match, start, end, reading)

    def _evidence(self, passages: Sequence[Passage], comparison: Comparison | None, will: Passage | None, verdict: Verdict) -> tuple[Evidence, ...]:
        """Return the passages as evidence: the figure's first, then the wording that decided, then by score."""
        silent = verdict is Verdict.NOT_ADDRESSED
        chosen: list[tuple[Match, int, int]] = []
        if comparison:
            parameter = comparison.parameter
            owner = next(match for match in self.seen.matches[passages[0].match.requirement] if match.file == parameter.file and match.provision == parameter.provision)
            start, end = _around(parameter.clause, parameter.span, QUOTE_LIMIT)
            chosen.append((owner, start, end))
        if will:
            hit = next(hit for hit in will.reading.hits if hit.group == "will" and will.start <= hit.start and hit.end <= will.end)
            chosen.append((will.match, *_around(Span(will.start, will.end), Span(hit.start, hit.end), QUOTE_LIMIT)))
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


def _farthest(match: Match) -> float:
    return -match.score


def _shared(text: str, wanted: frozenset[str], rules: LanguageRules) -> float:
    """Return how many of the wanted terms a text has, long texts counting for less."""
    terms = index_terms(text, rules)
    return len(wanted.intersection(terms)) / math.sqrt(SHORT_SENTENCE + len(terms))


def _widened(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return a stretch of at least the least and at most the greatest quotable length: short sentences take their neighbours."""
    later = [place for place in inside if place[0] >= end]
    while end - start < QUOTE_MINIMUM * 2 and later:
        end = later.pop(0)[1]
    earlier = [place for place in inside if place[1] <= start]
    while end - start < QUOTE_MINIMUM and earlier:
        start = earlier.pop()[0]
    if end - start > QUOTE_LIMIT:
        cut = text.rfind(" ", start, start + QUOTE_LIMIT)
        end = cut if cut > start + QUOTE_MINIMUM else start + QUOTE_LIMIT
    return start, end


def _around(clause: Span, words: Span, limit: int) -> tuple[int, int]:
    """Return the clause, cut to ``limit`` characters around the words that count."""
    if clause.end - clause.start <= limit:
        return clause.start, clause.end
    start = max(clause.start, min(words.start - limit // 2, clause.end - limit))
    return start, min(clause.end, start + limit)


def _figures(comparison: Comparison | None, evidence: Sequence[Evidence]) -> tuple[Figure, ...]:
    if comparison is None or not evidence:
        return ()
    parameter = comparison.parameter
    qualifier = COMPUTED if parameter.qualifier == COMPUTED else parameter.comparator.replace("_", " ")
    return (Figure(parameter.kind, parameter.value, parameter.unit, qualifier, 0),)


def _rationale(comparison: Comparison | None, sight: Sight, will: Passage | None, evidence: Sequence[Evidence], told: Sequence[BenefitLevel]) -> str:
    """Return why, in one or two sentences that a lawyer can check."""
    where = f"{evidence[0].section or 'the text'} ({evidence[0].file})"
    parts = [_sentence(comparison) if comparison else f"Rests on the wording of {where}; no figure was compared."]
    if comparison and comparison.parameter.qualifier == COMPUTED and (level := telling(told)):
        parts.append(f"Computed: {'; '.join(level.steps)}.")
    if sight.comparison and sight.comparison.outcome is Outcome.CANNOT_TELL and sight.comparison.weight >= FAINT:
        parts = [f"Rests on the wording of {where}; its figures leave it open.", _sentence(sight.comparison)]
    if will:
        parts.append(f"{will.match.section or 'The text'} leaves the right to the will of whoever grants it.")
    seen = {"delegation": "leaves details to regulations or a decision", "limited_scope": "limits the persons it covers", "discretion": "leaves the grant to discretion"}
    noted = [words for cue, words in seen.items() if sight.cue(cue) > 0]
    if noted:
        parts.append(f"The text {' and '.join(noted)}.")
    return " ".join(parts)


def _sentence(comparison: Comparison) -> str:
    return f"{comparison.arithmetic[0].upper()}{comparison.arithmetic[1:]}."


def _missing(requirement: Requirement, verdict: Verdict, sight: Sight, told: Sequence[BenefitLevel]) -> tuple[str, ...]:
    """Return what would settle a finding that needs data."""
    if verdict is not Verdict.NEEDS_DATA:
        return ()
    wanted = []
    parameter = requirement.rule.parameter if requirement.rule else ""
    if parameter == "persons_protected_share":
        wanted.append("number of persons protected and of all employees or residents")
    if parameter.startswith("replacement_rate"):
        named = [what for level in told if level.method is not None for what in level.missing]
        wanted += dict.fromkeys(named) if named else ["reference wage and the benefit of the standard beneficiary"]
    if sight.says_in_sections("delegation"):
        wanted.append("the regulations or decisions that the text refers to")
    if parameter and not wanted:
        wanted.append(f"the figure for {parameter.replace('_', ' ')}")
    return tuple(wanted or ["regulations or statistics that are not among the files"])
