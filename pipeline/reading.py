"""Reading a section: its sentences, and the phrases in it that the language and standard data name.

spaCy does the tokens, the sentences and the phrase matching; phrases are compared in folded spelling, and where two
overlap the longer one counts ("is not entitled" over "entitled", "not less than" over "less than").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from lexfloor.corpora.languages import Cues, LanguageRules, ParameterWords, language_rules
from lexfloor.corpora.standards import Standard, load_standard
from lexfloor.pipeline.words import folded_word, index_terms

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

_ENDS = frozenset(".!?。！？；।৷؟;")
_CLOSERS = frozenset("\"'”’»)）」】]")
MAX_CHARACTERS = 60_000
"""Sections longer than this (schedules of a whole code) are read up to here."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: ``group`` is "cues", "parameters", "will", "longevity" or "contingencies", ``label`` the list it stands in."""

    group: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's sentences as (start, end) and the phrases found in it, both in order."""

    sentences: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]

    def within(self, start: int, end: int, group: str) -> list[Hit]:
        """Return the hits of a group that lie in a stretch."""
        return [hit for hit in self.hits if hit.group == group and hit.start >= start and hit.end <= end]


_BY_STEM = frozenset({"contingencies"})
"""Groups of names: what is named may stand in any case, while the phrases of cues are printed as laws have them."""


class SectionReader:
    """Reads texts of one language with the phrases of one standard."""

    def __init__(self, rules: LanguageRules, standard: Standard) -> None:
        """Make the spaCy pipeline and the matchers; takes a moment, so keep the reader."""
        import spacy
        from spacy.matcher import PhraseMatcher

        self.rules = rules
        self.nlp: Language = spacy.blank(_tokenizer(rules))
        self.nlp.max_length = MAX_CHARACTERS + 1
        self._abbreviations = frozenset(word.rstrip(".").lower() for word in rules.abbreviations)
        self._stems: dict[str, str] = {}
        self._matchers: dict[str, PhraseMatcher] = {}
        wording = standard.in_language(rules.code)
        groups: dict[str, dict[str, tuple[str, ...]]] = {
            "cues": {name: getattr(rules.cues, name) for name in Cues.model_fields},
            "parameters": {name: getattr(rules.parameters, name) for name in ParameterWords.model_fields},
            "will": {"at_will": rules.at_will},
            "longevity": {"longevity": rules.longevity},
            "contingencies": {str(name): phrases for name, phrases in wording.contingencies.items() if name != "all"},
        }
        for group, lists in groups.items():
            matcher = PhraseMatcher(self.nlp.vocab, attr="LEMMA" if group in _BY_STEM else "NORM")
            for label, phrases in lists.items():
                if phrases:
                    matcher.add(label, [self._doc(phrase) for phrase in phrases])
            self._matchers[group] = matcher

    def _doc(self, text: str) -> Doc:
        doc = self.nlp.make_doc(text.replace("’", "'").replace("‘", "'"))
        for token in doc:
            token.norm_ = folded_word(token.text)
            token.lemma_ = self._stem(token.text)
        return doc

    def _stem(self, word: str) -> str:
        """Return what a word is compared by in names: its stem where nouns are declined, the word itself elsewhere."""
        stem = self._stems.get(word)
        if stem is None:
            terms = index_terms(word, self.rules) if self.rules.definitions.by_stem else ()
            stem = self._stems[word] = terms[0] if len(terms) == 1 else folded_word(word)
        return stem

    def read(self, text: str) -> Reading:
        """Return the sentences and phrases of a text; positions are the text's own."""
        from spacy.util import filter_spans

        doc = self._doc(text[:MAX_CHARACTERS])
        hits = []
        for group, matcher in self._matchers.items():
            if len(matcher):
                spans = matcher(doc, as_spans=True)
                longest = {(span.start, span.end) for span in filter_spans(spans)}
                hits += [Hit(group, span.label_, span.start_char, span.end_char) for span in spans if (span.start, span.end) in longest]
        hits.sort(key=_place)
        return Reading(tuple(self._sentences(doc)), tuple(hits))

    def _sentences(self, doc: Doc) -> list[tuple[int, int]]:
        """Return sentences: ended by a full stop that closes no abbreviation or number, by ";", or by a blank line."""
        sentences: list[tuple[int, int]] = []
        start: int | None = None
        for token in doc:
            if start is None:
                if token.is_space:
                    continue
                start = token.idx
            text = token.text
            if token.is_space and "\n\n" in text:
                sentences.append((start, token.idx))
                start = None
            elif text[-1] in _ENDS and not self._is_abbreviation(doc, token.i) and (token.i + 1 == len(doc) or doc[token.i + 1].text[0] not in _CLOSERS):
                sentences.append((start, token.idx + len(text)))
                start = None
        if start is not None:
            sentences.append((start, doc[-1].idx + len(doc[-1].text)))
        return [(begin, end) for begin, end in sentences if end > begin]

    def _is_abbreviation(self, doc: Doc, index: int) -> bool:
        token = doc[index]
        if token.text[-1] != ".":
            return False
        word = token.text[:-1] or (doc[index - 1].text if index and not doc[index - 1].whitespace_ else "")
        following = doc[index + 1].text[:1] if index + 1 < len(doc) else ""
        if word.lower() in self._abbreviations or (len(word) == 1 and word.isalpha()):
            return True
        return (word.isdecimal() and not following.isupper()) or (not token.whitespace_ and following.isalnum())


def _tokenizer(rules: LanguageRules) -> str:
    """Return the spaCy language that cuts a language's text: scripts without spaces into characters, as spaCy's Chinese does."""
    if not rules.spaced:
        return "zh"
    return rules.spacy if rules.spacy not in ("th", "vi", "ko") else "xx"


def _place(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


@cache
def section_reader(language: str, standard: str) -> SectionReader:
    """Return the reader of a language for a standard, made once."""
    return SectionReader(language_rules(language), load_standard(standard))


@lru_cache(maxsize=4096)
def reading_of(language: str, standard: str, text: str) -> Reading:
    """Return the reading of a text; a section's figures and its evidence are read one after the other."""
    return section_reader(language, standard).read(text)
