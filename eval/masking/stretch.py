"""What masking finds: a stretch of a text, and what it would tell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text, half open; ``kind`` is country, city, currency or year."""

    start: int
    end: int
    kind: str
