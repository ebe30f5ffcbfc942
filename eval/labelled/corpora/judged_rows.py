"""The rows of judged laws: findings, the quotes that are their evidence, and the figures in these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    country: Annotated[str, "ISO 3166-1 alpha-3 code of the country."]
    language: Annotated[str, "ISO 639-1 code of the language of the law."]
    requirement: Annotated[str, "Id of the requirement in the standard."]
    verdict: Annotated[str, "What the texts amount to: compliant, partial, non_compliant, needs_data or not_addressed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow(_Judged):
    """One requirement judged for one country."""

    certainty: Annotated[str, "Would another careful reader give the same verdict? high, medium or low."]
    statement: Annotated[str, "What the requirement asks, in the language of the law (in English where the standard has no wording in it)."]
    part: Annotated[str, "Part of the standard."]
    article: Annotated[str, "Article of the standard."]
    dimension: Annotated[str, "coverage, benefit_level or governance."]
    contingency: Annotated[str, "The contingency that the requirement is on."]
    quotes: Annotated[int, "Number of quotes that decide the finding."]
    near_misses: Annotated[int, "Number of quotes that come close to the matter and do not deal with it."]
    figures: Annotated[int, "Number of figures in the quotes."]
    rationale: Annotated[str, "Why, in words; empty where the corpus keeps its hash alone."]
    rationale_hash: Annotated[str, "First 16 hexadecimal digits of the SHA-256 of the rationale, white space collapsed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch(_Judged):
    evidence: Annotated[int, "Position of the quote within its finding, from 0."]
    file: Annotated[str, "File of the law, within the country's folder."]
    file_sha256: Annotated[str, "SHA-256 of the file's bytes."]
    start: Annotated[int, "First code point of the quote in the text that lexfloor reads of the file."]
    end: Annotated[int, "Code point after the quote's last."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow(_Stretch):
    """One quote: a stretch of a file of law."""

    section: Annotated[str, "Number of the section, as the annotator gave it."]
    near_miss: Annotated[bool, "The quote comes close to the matter and does not deal with it."]
    quote_hash: Annotated[str, "First 16 hexadecimal digits of the SHA-256 of the quote without markup, white space collapsed."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTextRow(EvidenceRow):
    """One quote with its words and those of its section."""

    quote: Annotated[str, "Words of the quote, without markup."]
    provision: Annotated[str, "Id of the section in lexfloor's segmentation, empty where the quote lies in none."]
    section_start: Annotated[int | None, "First code point of the section in the text read of the file."]
    section_end: Annotated[int | None, "Code point after the section's last."]
    section_text: Annotated[str, "Words of the section, without markup."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow(_Stretch):
    """One figure in a quote; the stretch is the quote's."""

    parameter: Annotated[str, "What the figure measures: maximum_duration, replacement_rate, ..."]
    value: Annotated[float, "The number, in the law's own unit."]
    unit: Annotated[str, "The law's own unit."]
    qualifier: Annotated[str, "For whom it holds; empty where it holds for all, or where the words are the law's own."]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTextRow(FigureRow):
    """One figure with the words in which it stands."""

    quote: Annotated[str, "Words of the quote, without markup."]
