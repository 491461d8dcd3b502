"""What a language's words say of doing: the shape of the tables in `sentence`, `sentence_fr` and `sentence_es`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What bears a mark: any of `words` by itself, a word with one of the `endings`, or a phrase.

    A phrase is looked for only where one of its `cues` stands.
    """

    words: frozenset[str]
    cues: frozenset[str] = frozenset()
    phrases: re.Pattern[str] = re.compile("(?!)")
    endings: tuple[str, ...] = ()

    def is_borne(self, words: Set[str], folded: str) -> bool:
        """Whether a passage of these words bears the mark."""
        return (
            not self.words.isdisjoint(words)
            or (not self.cues.isdisjoint(words) and self.phrases.search(folded) is not None)
            or (bool(self.endings) and any(word.endswith(self.endings) for word in words))
        )


@dataclass(frozen=True, slots=True)
class Grammar:
    """How one language marks its sentences."""

    marks: Mapping[str, tuple[Mark, ...]]
    """Name of the mark -> what bears it, over the folded, lower-case text."""
    advice_stems: tuple[str, ...]
    """One of these stands in any word of advice."""
    advice: re.Pattern[str]
    followed: re.Pattern[str]
    """Advice that was taken: what follows from it was done."""
    question: re.Pattern[str]
    """How a question begins that bears no question mark."""


def word_set(*texts: str) -> frozenset[str]:
    """The words of texts, which blanks or bars part."""
    return frozenset(word for text in texts for word in text.replace("|", " ").split())


def forms(stems: str, endings: str, but: str = "") -> frozenset[str]:
    """Each stem with each ending; `but` names forms that mean something else as well."""
    return frozenset(stem + ending for stem in stems.split() for ending in endings.split()) - word_set(but)


def either(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, in a fixed order."""
    return "|".join(sorted(words))
