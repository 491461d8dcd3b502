"""Which evidence of an answer stands behind one entry of its value."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.model import ConflictValue, Evidence

WORD = re.compile(r"\w+")
SAME_WORDS = 0.5
"""Share of an entry's words that a quote must hold to be its evidence."""


def words_of(text: str) -> list[str]:
    """The words of a text, for comparing."""
    return WORD.findall(text.casefold())


def overlap(text: str, quote: str) -> float:
    """Share of the text's words that the quote holds."""
    wanted = set(words_of(text))
    return len(wanted & set(words_of(quote))) / len(wanted) if wanted else 0.0


def supporting(text: str, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence whose quote holds the entry, best first; empty where none does."""
    scored = [(overlap(text, piece.quote), piece) for piece in evidence]
    ranked = sorted((pair for pair in scored if pair[0] >= SAME_WORDS), key=lambda pair: -pair[0])
    return tuple(piece for _, piece in ranked)


def verbatim(text: str, evidence: Sequence[Evidence]) -> bool:
    """Whether the entry is the documents' own words, in a row."""
    wanted = f" {' '.join(words_of(text))} "
    return any(wanted in f" {' '.join(words_of(piece.quote))} " for piece in evidence)


def behind(side: ConflictValue, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that one side of a contradiction rests on."""
    return tuple(
        piece
        for piece in evidence
        if (piece.file, piece.page) == (side.file, side.page)
        and (side.quote in piece.quote or piece.quote in side.quote)
    )
