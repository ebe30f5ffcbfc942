"""Retrieve: for every requirement the sections of a country's law that are likeliest to answer it.

Two views of every section are fused: nearness of meaning (FAISS over the pieces' vectors, the queries worded as a national
law would word the rule) and shared words (BM25 over stems, with the terms of art of the requirement). Each view is
measured in standard deviations from the country's mean section, since raw similarities have no fixed scale.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from lexfloor.configs.run import RetrieveConfig
from lexfloor.corpora.languages import LanguageRules, language_rules, nearest_language
from lexfloor.corpora.standards import Requirement, Standard, Wording
from lexfloor.models.encoder import Encoder
from lexfloor.pipeline.records import Contingency, Match, Provision, Span, Topics
from lexfloor.pipeline.stages.embed import Piece
from lexfloor.pipeline.words import index_terms, terms_and_pairs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]
    TermsOf = Callable[[str, LanguageRules], list[str]]

SCORE_DIGITS = 4
HEADINGS = 3
"""How many of the headings above a section count among its words."""
PENALTY, PENALTY_OF_QUESTIONS = 1.5, 1.2
"""BM25's k1 for requirements, which are worded several times, and for single questions."""
TOPIC_NEIGHBOURS = 5
TOPIC_BAR = 1.5
"""A section is given a topic when its best requirement stands this many standard deviations above the mean section."""


@dataclass(frozen=True)
class Scores:
    """How well every section answers every requirement: (requirements, sections), in standard deviations.

    ``dense`` is the mean nearness of the requirement's queries and ``nearest`` that of the nearest of them; ``passage`` is
    what the section's best piece has of meaning and words together, and ``best_piece`` the index of that piece.
    """

    fused: Matrix
    dense: Matrix
    lexical: Matrix
    nearest: Matrix
    passage: Matrix
    best_piece: NDArray[np.int64]


@dataclass(frozen=True)
class Searched:
    """What of a country's law is searched by meaning: sections, their pieces, and (requirements, pieces) BM25 scores.

    ``Piece.section`` is the section's place in ``sections``.
    """

    sections: tuple[Provision, ...]
    pieces: tuple[Piece, ...]
    lexical: Matrix


def queries(requirement: Requirement, wording: Wording) -> list[str]:
    """Return the texts that a requirement is searched with: as a law words it, and as the instrument asks it."""
    words = wording.requirements[requirement.id]
    return [*words.as_law, words.statement]


def lexical_query(requirement: Requirement, wording: Wording, rules: LanguageRules, terms_of: TermsOf = index_terms) -> list[str]:
    """Return the index terms that a requirement is searched with: all of its wording, and once each those of its contingency's names.

    There are many names, and they share their words: counted as often as they come they would drown the rule.
    """
    words = wording.requirements[requirement.id]
    names = wording.contingencies[requirement.contingency] if requirement.contingency is not Contingency.ALL else ()
    worded = [term for text in (*words.as_law, *words.terms) for term in terms_of(text, rules)]
    return worded + list(dict.fromkeys(term for text in names for term in terms_of(text, rules)))


def searched(standard: Standard, sections: Sequence[Provision], made: Sequence[Piece], config: RetrieveConfig) -> Searched:
    """Return the pieces worth embedding, with the sections they belong to and their lexical scores.

    Words are counted much faster than meaning is computed: of a large code of law only those pieces are embedded with which a
    section is among the sections that share most words with some requirement. Where the standard is not worded in a section's language words tell nothing, and all its
    pieces are searched.
    """
    lexical = np.zeros((len(standard.requirements), len(made)), np.float32)
    terms_of = terms_and_pairs if config.word_pairs else index_terms
    kept = np.zeros(len(made), bool)
    for language, chosen in by_language(sections, made):
        wording, rules = standard.in_language(nearest_language(language)), language_rules(nearest_language(language))
        if config.questions:  # a question is answered by a passage as a whole: its pieces share its score
            whole, own = np.unique([made[int(i)].section for i in chosen], return_inverse=True)
            shared = _lexical(standard, wording, rules, [sections[place].text for place in whole], terms_of, PENALTY_OF_QUESTIONS)[:, own]
        else:
            shared = _lexical(standard, wording, rules, [_with_path(made[int(i)], sections) for i in chosen], terms_of)
        lexical[:, chosen] = shared
        if config.candidates == 0 or wording.language != language:
            kept[chosen] = True
        else:
            belonging = np.array([made[int(i)].section for i in chosen])
            kept[chosen[_best_of_sections(shared, belonging, config.candidates)]] = True
    places = np.flatnonzero(kept)
    owners = sorted({made[int(i)].section for i in places})
    moved = {owner: place for place, owner in enumerate(owners)}
    pieces = [replace(made[int(i)], section=moved[made[int(i)].section]) for i in places]
    return Searched(tuple(sections[owner] for owner in owners), tuple(pieces), lexical[:, places])


def _best_of_sections(shared: Matrix, owners: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return the pieces that are the best of their section for a requirement that the section is among the ``count`` best for."""
    kept: set[int] = set()
    for order in np.argsort(-shared, axis=1, kind="stable"):
        _, first = np.unique(owners[order], return_index=True)
        kept.update(order[np.sort(first)[:count]].tolist())
    return np.array(sorted(kept), np.int64)


def by_language(sections: Sequence[Provision], made: Sequence[Piece]) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """Yield each language with the places of its pieces."""
    languages = np.array([sections[piece.section].language for piece in made])
    for language in sorted(set(languages.tolist())):
        yield language, np.flatnonzero(languages == language)


def score(standard: Standard, found: Searched, vectors: Matrix, encoder: Encoder, config: RetrieveConfig) -> Scores:
    """Return the scores of all sections for all requirements; sections are compared within their own language."""
    sections, made = found.sections, found.pieces
    shape = (len(standard.requirements), len(sections))
    dense, lexical, nearest, passage = (np.zeros(shape, np.float32) for _ in range(4))
    best = np.zeros(shape, np.int64)
    for language, chosen in by_language(sections, made):
        wording = standard.in_language(nearest_language(language))
        owners = np.array([made[int(i)].section for i in chosen])
        (near, single), shared = _dense(standard, wording, vectors[chosen], encoder), found.lexical[:, chosen]
        members = np.unique(owners)
        first = np.searchsorted(owners, members)
        together = config.dense_weight * standardized(near) + config.lexical_weight * standardized(shared)
        for target, by_piece in ((dense, near), (lexical, shared), (nearest, single), (passage, together)):
            target[:, members] = standardized(np.maximum.reduceat(by_piece, first, axis=1))
        for place, begin, end in zip(members, first, [*first[1:], len(owners)], strict=True):
            best[:, place] = chosen[begin + np.argmax(together[:, begin:end], axis=1)]
    fused = config.dense_weight * dense + config.lexical_weight * lexical
    fused = np.round(fused / max(1e-6, config.dense_weight + config.lexical_weight), SCORE_DIGITS)
    return Scores(fused, dense, lexical, nearest, passage, best)


def _with_path(piece: Piece, sections: Sequence[Provision]) -> str:
    """Return a piece's words with the headings that its section stands under: they often name the benefit."""
    return " ".join((*sections[piece.section].path[-HEADINGS:], piece.words))


def standardized(values: Matrix) -> Matrix:
    """Return rows with mean 0 and standard deviation 1; constant rows become 0."""
    spread = values.std(axis=1, keepdims=True)
    centred: Matrix = values - values.mean(axis=1, keepdims=True)
    return np.asarray(np.divide(centred, spread, out=np.zeros_like(centred), where=spread > 1e-9), dtype=np.float32)


def _dense(standard: Standard, wording: Wording, vectors: Matrix, encoder: Encoder) -> tuple[Matrix, Matrix]:
    """Return (requirements, pieces) twice: the mean nearness of a requirement's queries to each piece, and that of the nearest query."""
    import faiss

    texts = [queries(requirement, wording) for requirement in standard.requirements]
    encoded = encoder.encode([text for group in texts for text in group], "query")
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors))
    near, where = index.search(np.ascontiguousarray(encoded), vectors.shape[0])
    ordered = np.empty_like(near)
    np.put_along_axis(ordered, where, near, axis=1)
    ends = np.cumsum([len(group) for group in texts])
    groups = [ordered[end - len(group) : end] for end, group in zip(ends, texts, strict=True)]
    return np.stack([group.mean(axis=0) for group in groups]), np.stack([group.max(axis=0) for group in groups])


def _lexical(standard: Standard, wording: Wording, rules: LanguageRules, texts: Sequence[str], terms_of: TermsOf, penalty: float = PENALTY) -> Matrix:
    """Return (requirements, texts): BM25 of each requirement's words; ``penalty`` is its k1, below which a word that comes again counts little."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it makes itself loud when imported

    corpus = [terms_of(text, rules) or ["-"] for text in texts]
    index = bm25s.BM25(k1=penalty)
    index.index(corpus, show_progress=False)
    known = index.vocab_dict
    rows = []
    for requirement in standard.requirements:
        terms = [term for term in lexical_query(requirement, wording, rules, terms_of) if term in known]
        rows.append(index.get_scores(terms) if terms else np.zeros(len(texts), np.float32))
    return np.stack(rows).astype(np.float32)


def matches(standard: Standard, found: Searched, scores: Scores, config: RetrieveConfig, relevance: Matrix | None = None) -> Iterator[Match]:
    """Yield the best sections of every requirement, best first, in the standard's order.

    ``relevance`` is the probability of each section to be evidence, by which they are ordered; without it, by score.
    """
    sections, made = found.sections, found.pieces
    places = sorted(range(len(sections)), key=lambda place: (sections[place].file, sections[place].span.start))
    for row, requirement in enumerate(standard.requirements):
        by = [scores.fused[row]] if relevance is None else [scores.fused[row], relevance[row]]
        order = np.array(places)[np.lexsort([-values[places] for values in by])]
        for rank, place in enumerate(order[: config.top_k].tolist(), 1):
            section, piece = sections[place], made[int(scores.best_piece[row, place])]
            yield Match(
                section.country,
                requirement.id,
                section.file,
                section.id,
                section.section,
                rank,
                round(float(scores.fused[row, place]), SCORE_DIGITS),
                round(float(scores.dense[row, place]), SCORE_DIGITS),
                round(float(scores.lexical[row, place]), SCORE_DIGITS),
                Span(piece.start, piece.end),
                None if relevance is None else round(float(relevance[row, place]), SCORE_DIGITS),
            )


def topics(standard: Standard, searched: Searched, vectors: Matrix, scores: Scores, encoder: Encoder) -> Topics:
    """Return what each section is about: dimension and contingency of the requirement statements nearest to it.

    The other direction of retrieval: a FAISS index of the statements is asked for the neighbours of every piece. A
    section that stands out for no requirement has no topic. Keys are (file, provision id).
    """
    import faiss

    found: Topics = {}
    sections = searched.sections
    for language in sorted({section.language for section in sections}):
        wording = standard.in_language(nearest_language(language))
        texts = [queries(requirement, wording) for requirement in standard.requirements]
        owner = [row for row, group in enumerate(texts) for _ in group]
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(encoder.encode([text for group in texts for text in group], "query")))
        standing_out = [place for place, section in enumerate(sections) if section.language == language and float(scores.fused[:, place].max()) >= TOPIC_BAR]
        best = {place: np.unique(scores.best_piece[:, place]) for place in standing_out}
        asked = np.unique(np.concatenate([*best.values(), np.zeros(0, np.int64)]))
        near, where = index.search(np.ascontiguousarray(vectors[asked]), TOPIC_NEIGHBOURS)
        for place, pieces in best.items():
            votes = np.zeros(len(standard.requirements))
            rows = np.searchsorted(asked, pieces)
            for similarity, neighbour in zip(near[rows].ravel(), where[rows].ravel(), strict=True):
                votes[owner[int(neighbour)]] += float(similarity)
            chosen = standard.requirements[int(np.argmax(votes + 1e-3 * scores.fused[:, place]))]
            found[sections[place].file, sections[place].id] = (chosen.dimension, chosen.contingency)
    return found
