"""When two texts say the same: the share of the shorter one's content words that the other has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractor.coding.wordlist import words
from extractor.cues import fold_case

OPENING = 12
"""How many words a text's opening has."""
MIN_OPENING, SAME_OPENING = 4, 0.8
_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset(
    words(
        "a an and are as at be been by for from had has have if in into is it its more not of on or should that "
        "the their there these this those to was were which will with would de des du la le les et en un une el "
        "los las y que para pour par del al au aux dans sur se"
    )
)


def content_words(text: str) -> frozenset[str]:
    """The words of a text that carry meaning, folded; plural endings are cut.

    >>> sorted(content_words("The police officers were trained"))
    ['officer', 'police', 'trained']
    """
    return frozenset(_stem(word) for word in _WORD.findall(fold_case(text)) if word not in _EMPTY)


def overlap(first: str, second: str) -> float:
    """Share of the shorter text's content words that the other has; 0.0 when one has none.

    >>> overlap("Police officers trained", "Police officers are trained in three districts")
    1.0
    """
    return share(content_words(first), content_words(second))


def share(first: frozenset[str], second: frozenset[str]) -> float:
    """As `overlap`, of words that are already cut out."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def opening_words(text: str) -> frozenset[str]:
    """The content words that a text begins with."""
    return content_words(" ".join(text.split()[:OPENING]))


def same_opening(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two texts begin by saying the same; of a few words this says nothing."""
    return min(len(first), len(second)) >= MIN_OPENING and share(first, second) >= SAME_OPENING


def covered(words: frozenset[str], others: Iterable[frozenset[str]]) -> float:
    """Share of the words that stand in any of the others."""
    if not words:
        return 0.0
    return len(words & frozenset().union(*others)) / len(words)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
